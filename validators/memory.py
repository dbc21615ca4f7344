"""Tables in memory judged by a structure: the library's entry for pipelines that hold frames, not files."""

from rdflib import Graph, URIRef

from semstat.ontology.terms import RDF, SST
from semstat.validators.diagnostics import Report, Severity
from semstat.validators.selection import EVERYTHING, Selection
from semstat.validators.structural import shapes_of, structure_view
from semstat.validators.tables import ArrowSource, from_arrow
from semstat.validators.validate import DataRules, validate_observations

__all__ = ["validate_data"]


def validate_data(
    table: ArrowSource,
    structure: Graph,
    *,
    against: URIRef | None = None,
    max_findings: int = 10,
    fail_on: Severity = Severity.ERROR,
    source: str = "table",
    selection: Selection = EVERYTHING,
) -> Report:
    """Return the verdict on a table in memory whose columns are component ids.

    Args:
        table: Anything with the Arrow PyCapsule interface: a pandas or polars frame, a pyarrow table, a DuckDB relation.
        structure: A hub graph with the structure (``semstat.interop.read(…).graph``), or a SHACL shapes graph that
            :func:`semstat.validators.shapes_of` made.
        against: The data structure to judge by, needed where the graph describes several.
        max_findings: Places listed in full for each rule and component; 0 for all. Totals are always exact.
        fail_on: The least severity that fails.
        source: What the report calls the table.
        selection: Which rules are checked, and how grave each is; see :func:`semstat.validators.selection_of`.

    Raises:
        TypeError: the table does not speak Arrow, or a column has no text form.
        ValueError: the graph describes no structure, or several and ``against`` is not given.

    Findings:
        DF001 to DF012; places are record numbers, since a table has no lines.
    """
    rules = _rules(structure, against, selection)
    observations = from_arrow(table, source=source)
    report = validate_observations(observations, rules, limit=max_findings or None)
    return Report(report.diagnostics, report.totals, report.checks, report.datasets, report.sources, fail_on=fail_on)


def _rules(graph: Graph, against: URIRef | None, selection: Selection) -> DataRules:
    described = sorted(
        iri
        for iri in graph.subjects(RDF.type, SST.DataStructure)
        if isinstance(iri, URIRef) and (iri, SST.component, None) in graph
    )
    if not described and against is None:
        return DataRules.of(_shapes(graph), structure="the shapes", selection=selection)
    chosen = against or (described[0] if len(described) == 1 else None)
    if chosen is None:
        raise ValueError(
            f"the graph describes {len(described)} structures; choose one with against=: {', '.join(described)}"
        )
    view = structure_view(graph, chosen)
    flows = [flow for flow in graph.subjects(SST.structure, chosen) if isinstance(flow, URIRef)]
    scope = flows if len(flows) == 1 else []
    return DataRules.of(
        shapes_of(graph, chosen, scope=scope),
        structure=view.label,
        time=view.time.id if view.time else None,
        selection=selection,
    )


def _shapes(graph: Graph) -> Graph:
    from semstat.ontology.terms import SH, SS

    if (None, SS.identifier, None) not in graph or (None, SH.targetClass, None) not in graph:
        raise ValueError("the graph describes neither a data structure nor shapes of one")
    return graph
