"""``semstat init`` and ``semstat load``: a folder becomes a catalogue, and files go into it."""

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semstat.cli.catalogues import backend, catalogue_option, endpoint_option
from semstat.cli.exits import UNREADABLE
from semstat.cli.output import Settings, say
from semstat.cli.progress import progress
from semstat.cli.suggest import Named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from semstat.interop.catalogue import Loaded

__all__ = ["init", "load"]

_SHOWN = 3
"""Findings shown for each source; validate shows them all."""


@click.command(short_help="Make a folder a catalogue of metadata.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
def init(*, folder: Path) -> int:
    """Make FOLDER (this one by default) a catalogue: a place where metadata of all standards become one graph.

    What is built goes to FOLDER/.semstat and can be built again from the files at any time; leave it out of version control.
    """
    from semstat.interop.catalogue import Catalogue

    try:
        Catalogue.create(folder)
    except OSError as problem:
        raise click.ClickException(f"{folder} cannot be made a catalogue: {problem.strerror}") from problem
    say(f"{folder} is a catalogue; semstat load FILE… reads metadata into it\n")
    return 0


@click.command(short_help="Read metadata files into a catalogue.")
@click.argument("paths", nargs=-1, metavar="[FILE|FOLDER]…")
@catalogue_option
@endpoint_option
@click.option("--again", is_flag=True, help="Also read what has not changed.")
@click.option("--anew", is_flag=True, help="Build the store from nothing, out of all sources.")
@click.option("--format", "form", type=Named("format", ["text", "json"]), default="text", show_default=True,
              help="Text for people, JSON for programs.")  # fmt: skip
@click.pass_obj
def load(settings: Settings, *, paths: tuple[str, ...], folder: Path | None, again: bool, anew: bool, form: str) -> int:
    """Read metadata into the catalogue: SDMX structures, DDI, RDF, in any version that semstat reads.

    Without FILE, the sources listed in .semstat/sources.txt are looked at again: all that were loaded before. Each source is
    a graph of its own and takes the place of what was stored of it before; all become visible at once, or nothing does.
    Files that have not changed are left alone.

    With --endpoint, sources are stored one after the other, and named by their paths as seen from this folder.

    Data that name no structure in the catalogue are left out, and listed. Tables of bindings are read last, and again when
    anything else has changed. Exits with 3 when a source cannot be read, with 1 when a binding cannot be taken.
    """
    catalogue = backend(folder)
    known = tuple(catalogue.path_of(name) for name in catalogue.listed())
    wanted = (*known, *paths) if anew else paths or known
    if not wanted:
        raise click.UsageError("the catalogue is empty: name a FILE or FOLDER to load")
    with progress(settings) as tell:
        done = catalogue.load(wanted, again=again, anew=anew, progress=tell)
    say(_json(done) if form == "json" else "".join(f"{line}\n" for line in _text(done)))
    if any(item.state == "refused" for item in done):
        return UNREADABLE
    return int(any(_is_bindings(item) and item.record is not None and item.record.errors for item in done))


def _text(done: "Sequence[Loaded]") -> "Iterator[str]":
    from semstat.interop.publishing import problem_line

    for item in done:
        if item.state == "unchanged" and not item.findings:
            continue
        what = f"  {item.record.format}, {item.record.triples:,} statements" if item.record else ""
        yield f"{item.state:<9} {item.name}{what}"
        shown = len(item.findings) if _is_bindings(item) else _SHOWN
        yield from (f"          {problem_line(found)}" for found in item.findings[:shown])
        if len(item.findings) > shown:
            yield f"          and {len(item.findings) - _SHOWN} more findings: semstat validate {item.name}"
    counts = Counter(item.state for item in done)
    yield ", ".join(f"{number} {state}" for state, number in sorted(counts.items())) or "nothing to load"


def _is_bindings(item: "Loaded") -> bool:
    """Tell whether a source is a table of bindings, which validate does not judge."""
    return item.record is not None and item.record.format == "bindings"


def _json(done: "Sequence[Loaded]") -> str:
    sources = [
        {
            "name": item.name,
            "state": item.state,
            "format": item.record.format if item.record else None,
            "triples": item.record.triples if item.record else None,
            "findings": [
                {"rule": found.rule, "severity": found.severity.value, "line": found.location.line,
                 "message": found.message}
                for found in item.findings
            ],
        }
        for item in done
    ]  # fmt: skip
    return json.dumps({"sources": sources}, indent=2, ensure_ascii=False) + "\n"
