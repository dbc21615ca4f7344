"""Shapes and plans of structures as text: what a structure demands, and how it will be checked."""

from collections.abc import Iterator, Sequence
from os import PathLike

import duckdb
from rdflib import Graph

from semstat.interop.reading import Reading, read_sources
from semstat.interop.structures import NoSuchStructure, Structures
from semstat.interop.validation import Options, inputs
from semstat.ontology.terms import RDF, SST
from semstat.validators.columns.execute import supports
from semstat.validators.columns.plan_text import plan_text
from semstat.validators.diagnostics import Diagnostic, Severity

__all__ = ["plans", "published_shapes"]

AnyPath = str | PathLike[str]


def published_shapes(structure: Sequence[AnyPath], *, against: str | None = None) -> tuple[str | None, tuple[str, ...]]:
    """Return the shapes graph of a structure as Turtle, and what was wrong with reading it, a line for each error.

    The text is ``None`` when no structure could be found, or when the choice among several was not made.
    """
    reading = read_sources(list(inputs(structure, Options().limits)))
    problems = [_line(item) for item in reading.document.diagnostics if item.severity is Severity.ERROR]
    try:
        graph = _shapes(reading, against)
    except NoSuchStructure as reason:
        return None, (*problems, f"error: {reason}")
    return graph.serialize(format="turtle"), tuple(problems)


def plans(structure: Sequence[AnyPath], *, shapes: Sequence[AnyPath] = (), against: str | None = None) -> str:
    """Return the plan of each data structure at hand: shape by shape, where it runs, and as what."""
    reading = read_sources([*inputs(structure, Options().limits), *inputs(shapes, Options().limits)])
    structures = Structures(reading.document.graph, against, reading.shapes)
    texts = []
    with duckdb.connect() as engine:
        for name in _names(structures, against):
            rules = structures.rules(Structures(structures.graph, name).resolve(None))
            unsupported = {check.shape for check in rules.plan.checks if not supports(check, engine)}
            texts.append(plan_text(rules.plan, rules.structure, unsupported))
    return "\n".join(texts) or "no data structure is at hand: name one with --structure\n"


def _names(structures: Structures, against: str | None) -> Iterator[str]:
    if against is not None:
        yield against
        return
    for iri in sorted(structures.graph.subjects(RDF.type, SST.DataStructure)):
        if (iri, SST.component, None) in structures.graph:
            yield structures.view(iri).label


def _shapes(reading: Reading, against: str | None) -> Graph:
    structures = Structures(reading.document.graph, against)
    return structures.shapes(structures.resolve(None))


def _line(item: Diagnostic) -> str:
    where = f"{item.location.source}:{item.location.line or 1}"
    return f"{where}: {item.severity.value} {item.rule}  {item.message}"
