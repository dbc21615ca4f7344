"""``semstat query``: SPARQL put to a catalogue."""

import csv
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semstat.cli.catalogues import backend, catalogue_option, endpoint_option, one_thing
from semstat.cli.exits import INCOMPLETE
from semstat.cli.output import say
from semstat.cli.suggest import Named, meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from semstat.interop.catalogue.backends import Backend
    from semstat.interop.catalogue.querying import Answered, Cell

__all__ = ["query"]

_FORMS = ["table", "csv", "json", "turtle", "ntriples"]
_LONGEST = 1 << 16
_BASE = "semstat"
"""The prefix of the project's base: names below it have steps, which prefixed names must not."""


@click.command(short_help="Put a SPARQL query to the catalogue.")
@click.argument("text", required=False, metavar="[QUERY|FILE|NAME]")
@click.option("--list", "listed", is_flag=True, help="List the packaged queries; with a NAME, show its text.")
@click.option(
    "--bind",
    "bound",
    multiple=True,
    metavar="NAME=VALUE",
    help="What goes in the place $NAME of the query: a thing (ID), a number, a date, or a text in double quotes.",
)
@click.option("--seconds", type=click.FloatRange(min=0.1), default=30.0, show_default=True, help="The most time.")
@click.option(
    "--format",
    "form",
    type=Named("format", _FORMS),
    help="table, csv or json for tables, turtle or ntriples for graphs.",
)
@catalogue_option
@endpoint_option
def query(
    *, text: str | None, listed: bool, bound: tuple[str, ...], seconds: float, form: str | None, folder: Path | None
) -> int:
    """Put a query to the catalogue: SPARQL itself, a file with it, - for standard input, or the name of a packaged query.

    Variables written with $ are places that --bind fills: `semstat query L3 --bind code=CL_AREA.NA`.

    Only reading, and nothing leaves the process: SERVICE and LOAD are refused. All sources count as one graph; GRAPH tells
    them apart. The prefixes of semstat are known. For ASK, exits with 1 when the answer is no; with 4 when an endpoint may
    have more rows than it returned.
    """
    from semstat.interop.catalogue.querying import ask_catalogue

    if listed:
        say(_list(text))
        return 0
    if text is None:
        raise click.UsageError("name a query: SPARQL, a file, or one that --list shows")
    catalogue = backend(folder)
    answered = ask_catalogue(catalogue, _filled(catalogue, _text(text), bound), seconds=seconds)
    say(_shown(answered, form))
    if answered.cut:
        click.echo(f"There may be more: {answered.cut}", err=True)
        return INCOMPLETE
    return 1 if answered.holds is False else 0


def _filled(catalogue: "Backend", text: str, bound: "Sequence[str]") -> str:
    """Return a query with what was bound in its places."""
    from semstat.interop.catalogue.filling import filled, term_of
    from semstat.interop.catalogue.names import Naming

    if not bound:
        return text
    terms = {}
    with catalogue.snapshot() as snapshot:
        naming = Naming(snapshot.store)
        for item in bound:
            name, mark, value = item.partition("=")
            if not mark or not name:
                raise click.UsageError(f"--bind takes NAME=VALUE, not {item!r}")
            terms[name.lstrip("$?")] = term_of(value, lambda said: one_thing(naming, said))
    return filled(text, terms)


def _text(given: str) -> str:
    if given == "-":
        return sys.stdin.read(_LONGEST + 1)
    from semstat.interop.catalogue.filling import packaged

    known = {item.id.lower(): item.text for item in packaged()}
    if given.lower() in known:
        return known[given.lower()]
    if "{" in given or "\n" in given:
        return given
    path = Path(given)
    if not path.is_file():
        raise click.UsageError(f"{given!r} is neither SPARQL nor a file nor a packaged query{_meant(given, known)}")
    try:
        with path.open(encoding="utf-8-sig") as stream:
            return stream.read(_LONGEST + 1)
    except (OSError, UnicodeDecodeError) as problem:
        raise click.UsageError(f"{given} cannot be read: {problem}") from problem


def _meant(given: str, known: "Iterable[str]") -> str:
    return meant(given, map(str.upper, known), listed_by="semstat query --list")


def _list(name: str | None) -> str:
    from semstat.interop.catalogue.filling import packaged

    known = {item.id.lower(): item for item in packaged()}
    if name is None:
        lines = [
            (item.id, item.question, "".join(f" --bind {place}=…" for place, _ in item.parameters))
            for item in known.values()
        ]
        return "".join(f"{number:<4} {question}{places}\n" for number, question, places in lines)
    if name.lower() not in known:
        raise click.UsageError(f"there is no packaged query {name!r}{_meant(name, known)}")
    return known[name.lower()].text


def _shown(answered: "Answered", form: str | None) -> str:
    if answered.holds is not None:
        return (
            json.dumps({"boolean": answered.holds}) + "\n"
            if form == "json"
            else f"{'yes' if answered.holds else 'no'}\n"
        )
    if answered.graph is not None:
        return _graph(answered.graph, form)
    if form in {"turtle", "ntriples"}:
        raise click.UsageError(f"the answer is a table, which {form} cannot say; ask with CONSTRUCT")
    if form == "json":
        table = {"head": {"vars": answered.columns}, "results": {"bindings": answered.rows}}
        return json.dumps(table, indent=2, ensure_ascii=False) + "\n"
    return _csv(answered) if form == "csv" else _table(answered)


def _graph(triples: str, form: str | None) -> str:
    if form not in {None, "turtle", "ntriples"}:
        raise click.UsageError(f"the answer is a graph, which {form} cannot say; ask with SELECT")
    lines = "".join(sorted(triples.splitlines(keepends=True)))
    if form == "ntriples":
        return lines
    import pyoxigraph as ox

    from semstat.ontology.turtle import PREFIXES

    parsed = ox.parse(lines.encode(), ox.RdfFormat.N_TRIPLES)
    used = {prefix: iri for prefix, iri in PREFIXES.items() if prefix != _BASE and iri in lines}
    data = ox.serialize((quad.triple for quad in parsed), format=ox.RdfFormat.TURTLE, prefixes=used)
    return (data or b"").decode()


def _csv(answered: "Answered") -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(answered.columns)
    table.writerows([[row.get(name, {}).get("value", "") for name in answered.columns] for row in answered.rows])
    return out.getvalue()


def _table(answered: "Answered") -> str:
    from semstat.interop.catalogue.drawing import aligned

    rows = [[_cell(row, name) for name in answered.columns] for row in answered.rows]
    text = aligned([answered.columns, *rows]) if answered.columns else ""
    return f"{text}{len(rows)} row{'' if len(rows) == 1 else 's'}\n"


def _cell(row: "Mapping[str, Cell]", name: str) -> str:
    from semstat.interop.catalogue.names import short_name
    from semstat.interop.catalogue.showing import prefixed

    cell = row.get(name)
    if cell is None:
        return "-"
    if cell["type"] == "uri":
        short = prefixed(cell["value"])
        return short_name(short) if short == cell["value"] else short
    language = cell.get("xml:lang")
    return " ".join(cell["value"].split()) + (f"@{language}" if language else "")
