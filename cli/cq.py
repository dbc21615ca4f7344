"""``semstat cq``: the questions that a graph of metadata should answer, put to a graph."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semstat.cli.catalogues import backend, catalogue_option, endpoint_named, endpoint_option
from semstat.cli.exits import INCOMPLETE, UNREADABLE
from semstat.cli.output import say
from semstat.cli.suggest import Named, meant

if TYPE_CHECKING:
    from semstat.interop.asking import Answer
    from semstat.ontology.questions import Question

__all__ = ["cq"]


@click.group(short_help="Put competency questions to a graph.")
def cq() -> None:
    """Put to a graph the questions that the metadata of a statistical office should answer."""


@cq.command("list", short_help="List the questions of a suite.")
@click.option("--suite", default="core", show_default=True, metavar="NAME", help="A suite, or a folder of your own.")
def list_(*, suite: str) -> int:
    """List the questions of a suite: id, how the answer is read, and the question.

    An *answer* without rows means that the graph cannot answer. Rows of a *worklist* are work to be done, and none is
    good. Rows of a *health check* are failures. Questions marked * name things of the demonstration graph.
    """
    found = _suite(suite)
    wide = max(len(item.reading) for item in found)
    lines = (
        f"{item.id:<4} {item.reading:<{wide}} {'*' if item.is_anchored else ' '} {item.question}" for item in found
    )
    say("".join(f"{line}\n" for line in lines))
    return 0


@cq.command(short_help="Run the questions on a graph.")
@click.argument("graphs", nargs=-1, metavar="[GRAPH]…")
@catalogue_option
@endpoint_option
@click.option("--constants", type=click.Path(dir_okay=False), metavar="FILE",
              help="What the constants of questions stand for here: CSV with the header constant,here.")  # fmt: skip
@click.option("--suite", default="core", show_default=True, metavar="NAME", help="A suite, or a folder of your own.")
@click.option("--question", "ids", multiple=True, metavar="ID", help="Only this question; repeatable.")
@click.option("--rows", is_flag=True, help="Show the rows of every result.")
@click.option("--seconds", type=click.FloatRange(min=0.1), default=30.0, show_default=True, help="Most time for each.")
@click.option("--format", "form", type=Named("format", ["text", "json"]), default="text", show_default=True,
              help="Text for people, JSON for programs.")  # fmt: skip
def run(
    *, graphs: tuple[str, ...], folder: Path | None, constants: str | None, suite: str, ids: tuple[str, ...], rows: bool,
    seconds: float, form: str,
) -> int:  # fmt: skip
    """Run the questions of a suite on GRAPHs (Turtle, N-Triples, RDF/XML), read together, or else on a catalogue.

    Nothing is fetched, and no query leaves the process; with --endpoint, that one is asked, and nothing else.

    Exits with 1 when a health check fails, or a question without constants that should have an answer has none; with 4
    when a question could not be asked. Questions with constants name things of the demonstration graph: on another graph
    they count only when asked for with --question, or when --constants says what stands for them.
    """
    from semstat.interop.asking import ask_all, graphs_of
    from semstat.interop.publishing import problem_line

    asked = _chosen(_suite(suite), ids)
    if graphs and (folder is not None or constants is not None or endpoint_named()):
        raise click.UsageError("--catalogue, --constants and --endpoint are for a catalogue, and exclude GRAPH")
    if not graphs:
        answers = _asked_of_catalogue(folder, asked, constants, seconds)
        return _told(answers, rows=rows or bool(ids), named=bool(ids), form=form)
    read = graphs_of(graphs)
    for refused in read.refused:
        click.echo(problem_line(refused), err=True)
    if read.refused:
        return UNREADABLE
    answers = list(ask_all(read, asked, seconds=seconds))
    return _told(answers, rows=rows or bool(ids), named=bool(ids), form=form)


def _asked_of_catalogue(
    folder: Path | None, asked: "Sequence[Question]", constants: str | None, seconds: float
) -> "Sequence[Answer]":
    """Run the questions on what a catalogue or an endpoint holds; those of which all constants stand for something, count."""
    from semstat.interop.asking import ask_all, graphs_in
    from semstat.interop.catalogue import Snapshot
    from semstat.interop.catalogue.constants import constants_in
    from semstat.interop.catalogue.names import Naming
    from semstat.interop.catalogue.questioning import ask_questions
    from semstat.ontology.questions import put_to

    place = backend(folder)
    with place.snapshot() as snapshot:
        here = constants_in(constants, Naming(snapshot.store)) if constants else {}
        asked = [put_to(item, here) for item in asked]
        if isinstance(snapshot, Snapshot):
            return list(ask_all(graphs_in(snapshot), asked, seconds=seconds))
    return list(ask_questions(place, asked, seconds=seconds))


def _told(answers: "Sequence[Answer]", *, rows: bool, named: bool, form: str) -> int:
    """Show the answers, and return the exit code."""
    say(_json(answers) if form == "json" else "".join(f"{line}\n" for line in _text(answers, rows=rows)))
    if any(item.state == "not checked" for item in answers):
        return INCOMPLETE
    return 1 if any(_fails(item, named=named) for item in answers) else 0


def _fails(answer: "Answer", *, named: bool) -> bool:
    counts = named or not answer.question.is_anchored
    return counts and answer.state in {"failed", "empty"}


def _suite(name: str) -> "tuple[Question, ...]":
    from semstat.interop.asking import suite_of
    from semstat.ontology.questions import suites

    try:
        found = suite_of(name)
    except KeyError as missing:
        raise click.UsageError(f"there is no folder, file or suite {name!r}{meant(name, suites())}") from missing
    except (ValueError, OSError) as problem:
        raise click.UsageError(f"the suite {name!r} cannot be read: {problem}") from problem
    if not found:
        raise click.UsageError(f"there is no question in {name!r}")
    return found


def _chosen(suite: "Sequence[Question]", ids: Sequence[str]) -> "list[Question]":
    known = {item.id: item for item in suite}
    for name in ids:
        if name not in known:
            close = meant(name, known)
            hint = close if close.startswith(",") else "; semstat cq list shows them"
            raise click.UsageError(f"there is no question {name!r}{hint}")
    return [known[name] for name in ids] if ids else list(suite)


def _text(answers: "Sequence[Answer]", *, rows: bool) -> Iterator[str]:
    for item in answers:
        mark = "*" if item.question.is_anchored else " "
        unit = "row " if len(item.rows) == 1 else "rows"
        number = "" if item.state == "not checked" else f"{len(item.rows)} {unit}"
        yield f"{item.question.id:<4} {item.state:<11} {number:>8} {mark} {item.question.question}"
        if item.reason:
            yield f"     {item.reason}"
        if rows and item.rows:
            yield "     " + "  ".join(item.columns)
            yield from ("     " + "  ".join(cell or "-" for cell in row) for row in item.rows)
    counts = Counter(item.state for item in answers)
    yield ", ".join(f"{number} {state}" for state, number in sorted(counts.items()))


def _json(answers: "Sequence[Answer]") -> str:
    found = [
        {
            "id": item.question.id,
            "question": item.question.question,
            "reading": item.question.reading,
            "state": item.state,
            "reason": item.reason or None,
            "columns": item.columns,
            "rows": item.rows,
        }
        for item in answers
    ]
    return json.dumps({"questions": found}, indent=2, ensure_ascii=False) + "\n"
