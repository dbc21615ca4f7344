"""Shapes and plans of structures as text: what a structure demands, and how it will be checked."""

from collections.abc import Iterator, Sequence
from os import PathLike

import duckdb
from rdflib import Graph

from semstat.interop.inputs import inputs, structure_inputs
from semstat.interop.options import Options
from semstat.interop.reading import Reading, read_sources
from semstat.interop.structures import NoSuchStructure, Structures
from semstat.ontology.access import iris
from semstat.ontology.terms import RDF, SST
from semstat.validators.columns.execute import unsupported
from semstat.validators.columns.plan_text import plan_text
from semstat.validators.diagnostics import Diagnostic, Severity
from semstat.validators.selection import EVERYTHING, Selection

__all__ = ["plans", "problem_line", "published_shapes"]

AnyPath = str | PathLike[str]


def published_shapes(structure: Sequence[AnyPath], *, against: str | None = None) -> tuple[str | None, tuple[str, ...]]:
    """Return the shapes graph of a structure as Turtle, and what was wrong with reading it, a line for each error.

    The text is ``None`` when nothing was found because something could not be read.

    Raises:
        NoSuchStructure: all was read, and ``against`` names nothing at hand, or is needed to choose among several.
    """
    reading = read_sources(list(structure_inputs(structure, Options().limits)))
    problems = _problems(reading)
    try:
        graph = _shapes(reading, against)
    except NoSuchStructure as reason:
        if not problems:
            raise
        return None, (*problems, f"error: {reason}")
    return graph.serialize(format="turtle"), problems


def plans(
    structure: Sequence[AnyPath],
    *,
    shapes: Sequence[AnyPath] = (),
    against: str | None = None,
    selection: Selection = EVERYTHING,
) -> tuple[str | None, tuple[str, ...]]:
    """Return the plan of each data structure at hand (which shape runs where, as what), and what could not be read.

    The text is ``None`` when no structure is at hand because something could not be read.

    Raises:
        NoSuchStructure: all was read, and there is no structure, or none that ``against`` names.
    """
    reading = read_sources([*structure_inputs(structure, Options().limits), *inputs(shapes, Options().limits)])
    problems = _problems(reading)
    structures = Structures(reading.document.graph, against, reading.shapes, selection)
    try:
        return "\n".join(_plans(structures, against)), problems
    except NoSuchStructure as reason:
        if not problems:
            raise
        return None, (*problems, f"error: {reason}")


def _plans(structures: Structures, against: str | None) -> Iterator[str]:
    with duckdb.connect() as engine:
        for name in _names(structures, against):
            rules = structures.rules(Structures(structures.graph, name).resolve(None))
            foreign = {check.shape for check in unsupported(rules.plan.checks, engine)}
            yield plan_text(rules.plan, rules.structure, foreign)


def _names(structures: Structures, against: str | None) -> Iterator[str]:
    if against is not None:
        yield against
        return
    described = [
        iri
        for iri in iris(structures.graph, None, RDF.type, SST.DataStructure)
        if (iri, SST.component, None) in structures.graph
    ]
    if not described:
        raise NoSuchStructure("no data structure is at hand; name one with --structure")
    yield from (structures.view(iri).label for iri in described)


def _shapes(reading: Reading, against: str | None) -> Graph:
    structures = Structures(reading.document.graph, against)
    return structures.shapes(structures.resolve(None))


def _problems(reading: Reading) -> tuple[str, ...]:
    return tuple(problem_line(item) for item in reading.document.diagnostics if item.severity is Severity.ERROR)


def problem_line(item: Diagnostic) -> str:
    """Return a finding as one line: where, how grave, which rule, and what."""
    where = f"{item.location.source}:{item.location.line or 1}"
    return f"{where}: {item.severity.value} {item.rule}  {item.message}"
