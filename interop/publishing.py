"""Shapes and plans of structures as text: what a structure demands, and how it will be checked."""

from collections.abc import Iterator, Sequence
from os import PathLike

import duckdb
from rdflib import Graph

from semstat.interop.inputs import inputs, structure_inputs
from semstat.interop.microdata_hook import description
from semstat.interop.microdata_references import reference_of
from semstat.interop.options import Options
from semstat.interop.reading import Reading, read_sources
from semstat.interop.structures import NoSuchStructure, Structures
from semstat.ontology.access import iris
from semstat.ontology.terms import RDF, SST
from semstat.validators.columns.execute import unsupported
from semstat.validators.columns.plan_text import plan_text
from semstat.validators.diagnostics import Diagnostic, Severity
from semstat.validators.microdata import described_files
from semstat.validators.microdata.compile import compile_record
from semstat.validators.microdata.described import record_links
from semstat.validators.microdata.plan_text import microdata_plan_text
from semstat.validators.microdata.shapes import record_shapes
from semstat.validators.producer_conventions import USUAL, Conventions
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
    conventions: Conventions = USUAL,
) -> tuple[str | None, tuple[str, ...]]:
    """Return the plan of each data structure and described data file at hand: which shape runs where, as what.

    What could not be read is the second part.

    The text is ``None`` when no structure is at hand because something could not be read.

    Raises:
        NoSuchStructure: all was read, and there is no structure, or none that ``against`` names.
    """
    reading = read_sources([*structure_inputs(structure, Options().limits), *inputs(shapes, Options().limits)])
    problems = _problems(reading)
    structures = Structures(reading.document.graph, against, reading.shapes, selection)
    files = list(_file_plans(description(reading), selection, conventions)) if against is None else []
    try:
        described = _plans(structures, against) if not files or _has_structure(structures) else iter(())
        return "\n".join([*described, *files]), problems
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


def _file_plans(graph: Graph | None, selection: Selection, conventions: Conventions) -> Iterator[str]:
    """Yield the plan of each kind of record of each data file that is described."""
    if graph is None:
        return
    files, links = described_files(graph), record_links(graph)
    called = {item.iri: item.name for file in files for item in file.variables}
    for file in files:
        for number, record in enumerate(file.records, 1):
            own = [link for link in links if link.source == record.iri]
            references = [item for link in own if (item := reference_of(record, link, files)) is not None]
            cases = file.cases if len(file.records) == 1 else None
            shapes = record_shapes(record, cases=cases, references=references, conventions=conventions)
            plan = compile_record(shapes, record.iri)
            name = file.name or file.identifier
            kind = f", kind {record.type or number} of record" if len(file.records) > 1 else ""
            yield microdata_plan_text(plan, f"{name}{kind}", selection.deselected, called)


def _has_structure(structures: Structures) -> bool:
    return any(
        (iri, SST.component, None) in structures.graph
        for iri in iris(structures.graph, None, RDF.type, SST.DataStructure)
    )


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
