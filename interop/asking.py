"""Competency questions put to a graph: files read into a store, dependencies closed, each question run within a time."""

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Literal as OneOf

from rdflib import Graph, Literal, URIRef

from semstat.interop.catalogue.guard import QueryRefused, guarded
from semstat.interop.counting import Limits
from semstat.interop.inputs import inputs
from semstat.interop.ontologies import read_rdf
from semstat.ontology.dependencies import closed, edges_of, implied_in
from semstat.ontology.questions import Question, question_of, questions
from semstat.validators.diagnostics import Diagnostic
from semstat.validators.sets import add_rdf, empty_store

if TYPE_CHECKING:
    import pyoxigraph as ox

    from semstat.interop.catalogue import Snapshot

__all__ = ["Answer", "Graphs", "ask", "ask_all", "graphs_in", "graphs_of", "in_order", "state_of", "suite_of"]

_UPDATE = re.compile(r"\b(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|MOVE|COPY)\b\s", re.IGNORECASE)
_TEXTS = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|<[^<>\s]*>|^\s*#.*$", re.MULTILINE)
_SELECTS = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_ORDERED = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)
_MOST_BYTES = 1 << 20
"""A question fills a page; beyond a mebibyte somebody has named the wrong file."""

State = OneOf["answered", "empty", "work", "clear", "failed", "not checked"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a question: its columns and rows, cells as N-Triples (``None`` unbound), or why it was not answered."""

    question: Question
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    state: State
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Graphs:
    """The files that are asked, in a store with the dependencies closed, or why they could not be read."""

    store: "ox.Store"
    refused: tuple[Diagnostic, ...]
    triples: int


def graphs_of(paths: Sequence[str | PathLike[str]]) -> Graphs:
    """Return the RDF files that paths stand for, together with the dependencies that they imply.

    Nothing is fetched. Which properties state a dependency, the ontology says, and the files for properties of their own.

    Findings:
        ``IO101`` to ``IO107`` and ``IO112``, in ``refused``; nothing is asked then.
    """
    read = read_rdf(inputs(paths, Limits()))
    store = empty_store()
    if not read.refused:
        for file, _ in read.files:
            add_rdf(store, file.data, file.syntax)
        add_rdf(store, closure(read.graph).serialize(format="nt", encoding="utf-8"), "n-triples")
    return Graphs(store, read.refused, len(read.graph))


def graphs_in(snapshot: "Snapshot") -> Graphs:
    """Return what a catalogue holds, each statement once, however many sources make it.

    The engine counts a statement of two graphs twice where they are asked as one; so all goes into one graph, in memory.
    """
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_extend(ox.Quad(item.subject, item.predicate, item.object) for item in snapshot.store)
    return Graphs(store, (), len(store))


def closure(graph: Graph) -> Graph:
    """Return the dependencies that a graph states in any words: each by its kind, and under the one property above them all."""
    statements = [
        (subject, str(predicate), value) for subject, predicate, value in graph if not isinstance(value, Literal)
    ]
    implied = implied_in((str(one), how, str(other)) for one, how, other in statements)
    found = Graph()
    for dependent, dependency, on in closed(edges_of(statements, implied)):
        found.add((dependent, URIRef(dependency), on))
    return found


def suite_of(name: str) -> tuple[Question, ...]:
    """Return a suite by its name, or the questions in a folder or file of the user's own.

    Raises:
        KeyError: there is neither a suite nor a path of that name.
        ValueError: a question's header is incomplete.
        OSError: a file cannot be read.
    """
    path = Path(name)
    if not path.exists():
        return questions(name)
    files = sorted(path.glob("*.rq")) if path.is_dir() else [path]
    return tuple(question_of(_text(file)) for file in files)


def _text(file: Path) -> str:
    with file.open("rb") as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ValueError(f"{file.name} is larger than {_MOST_BYTES} bytes, which no question is")
    return data.decode("utf-8")


def ask_all(graphs: Graphs, asked: Iterable[Question], *, seconds: float = 30.0) -> Iterator[Answer]:
    """Yield the answer to each question, in order."""
    for question in asked:
        yield ask(graphs, question, seconds=seconds)


def ask(graphs: Graphs, question: Question, *, seconds: float = 30.0) -> Answer:
    """Return the answer to one question; one that is not read-only, not SPARQL or not done in time is not checked."""
    try:
        bare = _TEXTS.sub(" ", guarded(question.text))
    except QueryRefused as refused:
        return Answer(question, (), (), "not checked", str(refused))
    if not _SELECTS.search(bare) and _UPDATE.search(bare):
        return Answer(question, (), (), "not checked", "it changes a graph, and only SELECT is asked")
    outcome: list[tuple[tuple[str, ...], tuple[tuple[str | None, ...], ...]] | str] = []
    worker = threading.Thread(target=_run, args=(graphs.store, question, outcome), daemon=True)
    worker.start()
    worker.join(seconds)
    if not outcome:
        return Answer(question, (), (), "not checked", f"there was no answer within {seconds:g} s")
    if isinstance(outcome[0], str):
        return Answer(question, (), (), "not checked", outcome[0])
    columns, rows = outcome[0]
    return Answer(question, columns, rows, state_of(question, rows))


def state_of(question: Question, rows: Sequence[object]) -> State:
    """Return what the rows of a question mean, by how it is read."""
    if question.reading == "answer":
        return "answered" if rows else "empty"
    if question.reading == "worklist":
        return "work" if rows else "clear"
    return "failed" if rows else "clear"


def in_order(question: Question, rows: Iterable[tuple[str | None, ...]]) -> tuple[tuple[str | None, ...], ...]:
    """Return rows in an order that does not hang on chance, unless the question states one."""
    found = tuple(rows)
    return (
        found if _ORDERED.search(question.text) else tuple(sorted(found, key=lambda row: [cell or "" for cell in row]))
    )


def _run(
    store: "ox.Store",
    question: Question,
    outcome: list[tuple[tuple[str, ...], tuple[tuple[str | None, ...], ...]] | str],
) -> None:
    import pyoxigraph as ox

    try:
        found = store.query(question.text)
        if not isinstance(found, ox.QuerySolutions):
            outcome.append("it is no SELECT query")
            return
        columns = tuple(variable.value for variable in found.variables)
        rows = in_order(question, (tuple(None if cell is None else str(cell) for cell in row) for row in found))
    except (SyntaxError, ValueError, OSError, RuntimeError) as problem:
        outcome.append(f"it cannot be run: {problem}")
        return
    outcome.append((columns, rows))
