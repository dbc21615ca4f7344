"""Documents of DDI-CDI held to shapes that the user names, such as the drafts that the DDI Alliance's group has published.

The drafts state no licence, so nobody but the user brings them. A SHACL engine passes whatever no shape looks at: a document
none of whose nodes is a target has not been validated, and that is what is said.
"""

from collections.abc import Iterable, Iterator

from rdflib import Graph, URIRef

from semstat.interop.formats.ddi.cdi import cdi_statements
from semstat.interop.formats.ddi.cdi_statements import Statements
from semstat.interop.options import Options
from semstat.interop.reading import Reading, content
from semstat.interop.reports import listed, totals
from semstat.interop.sources import Source
from semstat.ontology.cdi_model import CDI
from semstat.ontology.literals import exact_literals
from semstat.ontology.terms import RDF, RDFS, SH
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic, Location, Report, Severity
from semstat.validators.engine import EngineFailure, GraphResult, run_shapes

__all__ = ["of_cdi_shapes"]

_RULE = "SHACL"
_GRADES = {SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}
_TARGETS = (SH.targetSubjectsOf, SH.targetObjectsOf)


def of_cdi_shapes(items: Iterable[Source | Diagnostic], reading: Reading, options: Options) -> Iterator[Report]:
    """Yield what the user's shapes say of each document of DDI-CDI among the inputs; nothing where no shape is about DDI-CDI.

    Findings:
        One for each result, under the IRI of the shape that it breaks.

    Source:
        W3C *SHACL* (2017), 2.1.3 *Targets*, 3.6 *Validation Report*.
    """
    shapes = reading.shapes
    if shapes is None or not _is_about_cdi(shapes):
        return
    for item in items:
        if isinstance(item, Source) and reading.formats.get(item.name) == "ddi-cdi":
            yield _judged(item, shapes, options)


def _is_about_cdi(shapes: Graph) -> bool:
    named = (SH.targetClass, *_TARGETS, SH.path)
    about = any(str(term).startswith(CDI) for predicate in named for term in shapes.objects(None, predicate))
    return about or any(str(node).startswith(CDI) for node in shapes.subjects(RDF.type, SH.NodeShape))


def _judged(source: Source, shapes: Graph, options: Options) -> Report:
    statements = cdi_statements(content(source), origin=source.name)
    graph = _graph(statements)
    focus = _targets(graph, shapes)
    if not focus:
        return _unjudged(source, "no node of the document is a target of the shapes")
    try:
        results = run_shapes(graph, _plain(shapes))
    except EngineFailure as problem:
        return _unjudged(source, f"the SHACL engine gave up: {problem}")
    found = [_finding(result, shapes, statements) for result in results]
    found.sort(key=lambda item: (item.location.line or 0, item.rule, item.message))
    limit = options.max_findings or None
    outcome = CheckOutcome(_RULE, None, CheckStatus.CHECKED, source.name, len(focus), len(found), "graph")
    return Report(tuple(listed(found, limit)), tuple(totals(found, limit)), (outcome,), sources=(source.name,))


def _unjudged(source: Source, reason: str) -> Report:
    outcome = CheckOutcome(_RULE, None, CheckStatus.NOT_CHECKED, source.name, reason=reason)
    return Report(checks=(outcome,), sources=(source.name,))


def _graph(statements: Statements) -> Graph:
    graph = Graph()
    with exact_literals():
        for triple in statements.triples:
            graph.add(triple)
    return graph


def _plain(shapes: Graph) -> Graph:
    """Return the shapes without what makes an engine look elsewhere: imports of other graphs."""
    from semstat.ontology.terms import OWL

    kept = Graph()
    for triple in shapes:
        if triple[1] != OWL.imports:
            kept.add(triple)
    return kept


def _targets(graph: Graph, shapes: Graph) -> set[object]:
    """Return the nodes that the shapes look at: by class, by property, by name, or because a class is itself a shape."""
    classes = {*shapes.objects(None, SH.targetClass)}
    implicit = {*shapes.subjects(RDF.type, RDFS.Class)}
    classes |= {node for node in shapes.subjects(RDF.type, SH.NodeShape) if node in implicit}
    found: set[object] = {node for cls in classes for node in graph.subjects(RDF.type, cls)}
    found |= {node for one in shapes.objects(None, SH.targetSubjectsOf) for node in graph.subjects(_iri(one), None)}
    found |= {node for one in shapes.objects(None, SH.targetObjectsOf) for node in graph.objects(None, _iri(one))}
    return found | {node for node in shapes.objects(None, SH.targetNode) if (node, None, None) in graph}


def _iri(term: object) -> URIRef:
    return URIRef(str(term))


def _finding(result: GraphResult, shapes: Graph, statements: Statements) -> Diagnostic:
    shape = URIRef(result.shape)
    said = shapes.value(shape, SH.message)
    about = f" by `{result.path.replace(CDI, 'cdi:')}`" if result.path else ""
    message = str(said) if said is not None else f"`{result.focus}` does not keep to the shape{about}"
    grade = _GRADES.get(_iri(shapes.value(shape, SH.severity)), Severity.ERROR)
    place = statements.location(result.focus, result.path)
    where = Location(place.source, place.line, focus=result.focus, path=result.path)
    return Diagnostic(result.rule, grade, message, where, value=result.value)
