"""Competency questions put to a catalogue, wherever it is kept."""

from collections.abc import Iterable, Iterator

from semstat.interop.asking import Answer, in_order, state_of
from semstat.interop.catalogue.backends import Backend, Cell
from semstat.interop.catalogue.guard import QueryRefused
from semstat.interop.catalogue.querying import QueryInvalid, QueryStopped
from semstat.interop.catalogue.web import EndpointRefused
from semstat.ontology.questions import Question

__all__ = ["ask_questions"]


def ask_questions(backend: Backend, asked: Iterable[Question], *, seconds: float = 30.0) -> Iterator[Answer]:
    """Yield the answer to each question, in order; one that cannot be run, or of which there may be more, is not checked.

    Raises:
        EndpointFailed: the endpoint does not answer at all.
    """
    for question in asked:
        yield _answer(backend, question, seconds)


def _answer(backend: Backend, question: Question, seconds: float) -> Answer:
    try:
        found = backend.ask(question.text, seconds=seconds)
    except (QueryRefused, QueryInvalid, QueryStopped, EndpointRefused) as problem:
        return Answer(question, (), (), "not checked", str(problem))
    if found.holds is not None or found.graph is not None:
        return Answer(question, (), (), "not checked", "it is no SELECT query")
    if found.cut:
        return Answer(question, (), (), "not checked", found.cut)
    rows = in_order(question, [tuple(_text(row.get(name)) for name in found.columns) for row in found.rows])
    return Answer(question, found.columns, rows, state_of(question, rows))


def _text(cell: Cell | None) -> str | None:
    """Return a term as N-Triples writes it."""
    import pyoxigraph as ox

    if cell is None:
        return None
    if cell["type"] == "uri":
        return str(ox.NamedNode(cell["value"]))
    if cell["type"] == "bnode":
        return f"_:{cell['value']}"
    kind = cell.get("datatype")
    return str(ox.Literal(cell["value"], datatype=ox.NamedNode(kind) if kind else None, language=cell.get("xml:lang")))
