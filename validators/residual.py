"""Shapes that the column executor cannot run, given to the graph executor on a cube of the staged records."""

from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa
from rdflib import Graph, URIRef

from semstat.ontology.terms import BASE, SH, SS
from semstat.validators.columns.execute import Breach, Hit
from semstat.validators.columns.stage import TABLE, Staged
from semstat.validators.columns.stream import record_batches
from semstat.validators.cube import DATASET, cube, row_of, unknown_name
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Severity
from semstat.validators.engine import EngineFailure, GraphResult, run_shapes
from semstat.validators.plan import YIELDS_TO, Plan, RecordCheck
from semstat.validators.predicates import AllOf, has_range

__all__ = ["graph_findings", "run_residual"]

_SEVERITIES = {str(SH.Violation): Severity.ERROR, str(SH.Warning): Severity.WARNING, str(SH.Info): Severity.INFO}


def run_residual(
    staged: Staged, shapes: Graph, plan: Plan, residual: Sequence[URIRef], *, limit: int | None, most: int
) -> tuple[list[Breach], list[CheckOutcome]]:
    """Run the residual shapes with the graph executor, or say why not.

    Returns:
        The breaches found, and one outcome for each residual shape: checked by the graph executor, or not checked because
        the dataset has more than ``most`` records or because the engine gave up.
    """
    if not residual:
        return [], []
    source = staged.source.source or "table"
    rules = {shape: _rule_of(shapes, shape) for shape in residual}
    if staged.rows > most:
        reason = f"only the graph executor can run this shape, and {staged.rows} records are more than its {most}"
        return [], [CheckOutcome(rule, None, CheckStatus.NOT_CHECKED, source, reason=reason) for rule in rules.values()]
    data = cube(staged_batches(staged), plan.components, shapes, multivalued=staged.multivalued)
    try:
        results = run_shapes(data, _only(shapes, residual))
    except EngineFailure as failure:
        reason = f"the SHACL engine could not run the shape: {str(failure).splitlines()[0] if str(failure) else 'no reason given'}"
        return [], [CheckOutcome(rule, None, CheckStatus.NOT_CHECKED, source, reason=reason) for rule in rules.values()]
    breaches = list(_breaches(results, shapes, plan, limit))
    failed = {rule: sum(breach.findings for breach in breaches if breach.check.rule == rule) for rule in rules.values()}
    return breaches, [
        CheckOutcome(rule, None, CheckStatus.CHECKED, source, staged.rows, failed[rule], "graph")
        for rule in rules.values()
    ]


def graph_findings(results: Sequence[GraphResult], plan: Plan) -> set[tuple[str, int, str | None]]:
    """Return the findings of the graph executor as (rule, row, component), a more basic fault silencing the others."""
    names = {str(iri): name for name, iri in plan.components.items()}
    checks = {str(check.shape): check for check in plan.checks}
    found: set[tuple[str, int, str | None]] = set()
    for result in results:
        check = checks.get(result.shape)
        component = check.component if check is not None else names.get(result.path or "")
        if result.value == "NaN" and isinstance(check, RecordCheck) and has_range(check.predicate):
            continue  # NaN marks a value as intentionally missing (SDMX 3.0, Section 6); SHACL takes it for out of range
        if result.path is not None and component is None:
            component = unknown_name(result.path)
        row = row_of(result.focus)
        row = row_of(result.value or "") if row is None else row
        if row is not None:
            found.add((result.rule, row, component))
    return {
        (rule, row, component)
        for rule, row, component in found
        if component is None or not any((basic, row, component) in found for basic in YIELDS_TO.get(rule, ()))
    }


def staged_batches(staged: Staged) -> Iterator[pa.RecordBatch]:
    """Yield the staged records as batches of raw terms."""
    for batch in record_batches(staged.connection, f"SELECT * FROM {TABLE} ORDER BY rowid"):
        arrays = [_decoded(batch.column(name), staged.dictionaries.get(name)) for name in batch.schema.names]
        yield pa.RecordBatch.from_arrays(arrays, names=batch.schema.names)


def _decoded(column: pa.Array, terms: Sequence[str] | None) -> pa.Array:
    return column if terms is None else pa.array(terms, pa.string()).take(column)


def _rule_of(shapes: Graph, shape: URIRef) -> str:
    rule = shapes.value(shape, SS.checksRule)
    return str(rule).removeprefix(BASE + "rule/") if rule is not None else str(shape)


def _only(shapes: Graph, residual: Sequence[URIRef]) -> Graph:
    """Return the shapes graph with the targets of all shapes but the residual ones taken away."""
    targets = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target)
    kept = Graph()
    wanted = set(residual)
    for subject, predicate, value in shapes:
        if predicate not in targets or subject in wanted:
            kept.add((subject, predicate, value))
    return kept


def _breaches(results: Sequence[GraphResult], shapes: Graph, plan: Plan, limit: int | None) -> Iterator[Breach]:
    names: Mapping[str, str] = {str(iri): name for name, iri in plan.components.items()}
    groups: dict[tuple[str, str, str | None], dict[int, str | None]] = {}
    for result in results:
        row = row_of(result.focus)
        row = row_of(result.value or "") if row is None else row
        if row is None and result.focus != str(DATASET):
            continue
        component = names.get(result.path or "")
        groups.setdefault((result.rule, result.shape, component), {})[row or 0] = result.value if component else None
    for (rule, shape, component), rows in sorted(
        groups.items(), key=lambda item: (item[0][0], item[0][1], item[0][2] or "")
    ):
        node = URIRef(shape)
        severity = _SEVERITIES.get(str(shapes.value(node, SH.severity)), Severity.ERROR)
        expected = str(shapes.value(node, SH.description) or shapes.value(node, SH.message) or "")
        check = RecordCheck(rule, component, severity, AllOf(()), node, expected)
        ordered = sorted(rows.items())
        hits = tuple(Hit(row, value) for row, value in ordered[:limit])
        yield Breach(check, component, len(ordered), len(ordered), hits)
