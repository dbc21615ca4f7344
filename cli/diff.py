"""``semstat diff``: what changed between two versions of metadata."""

import json
from typing import TYPE_CHECKING

import click

from semstat.cli.exits import UNREADABLE
from semstat.cli.output import say
from semstat.cli.suggest import Named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from semstat.interop.diffing import Change

__all__ = ["diff"]

_MARKS = {"added": "+", "removed": "-"}


@click.command(short_help="Tell what changed between two versions of metadata.")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--format", "form", type=Named("format", ["text", "json"]), default="text", show_default=True,
              help="Text for people, JSON for programs.")  # fmt: skip
def diff(*, before: str, after: str, form: str) -> int:
    """Tell what changed from A to B, files or folders with metadata of any format: what came and went, what reads otherwise,
    what is represented otherwise; and the class of change that each suggests (patch, minor, major), with the reason.

    Artefacts of SDMX are compared whatever their version. Exits with 1 when something changed, with 3 when a file cannot be
    read.
    """  # noqa: D205 - the first paragraph is what --help shows
    from semstat.interop.diffing import changes, suggested
    from semstat.interop.publishing import problem_line
    from semstat.interop.reading import read
    from semstat.interop.reports import UNREADABLE as BROKEN

    documents = [read(before), read(after)]
    broken = [item for document in documents for item in document.diagnostics if item.rule in BROKEN]
    for item in broken:
        click.echo(problem_line(item), err=True)
    if broken:
        return UNREADABLE
    found = changes(documents[0].graph, documents[1].graph)
    say(
        _json(found, suggested(found))
        if form == "json"
        else "".join(f"{line}\n" for line in _text(found, suggested(found)))
    )
    return 1 if found else 0


def _text(found: "Sequence[Change]", suggests: str) -> "Iterator[str]":
    for change in found:
        mark = _MARKS.get(change.kind, "~")
        what = (
            ""
            if change.kind in _MARKS
            else f"  {change.field}: {change.before or '(none)'} → {change.after or '(none)'}"
        )
        label = f"  {change.before or change.after}" if change.kind in _MARKS else ""
        yield f"{mark} {change.suggests:<5}  {change.thing}{label}{what}"
        yield f"         {change.kind}: {change.reason}"
    yield f"{len(found)} changes; suggested: {suggests}" if found else "nothing changed"


def _json(found: "Sequence[Change]", suggests: str) -> str:
    rows = [
        {"thing": item.thing, "iri": item.iri, "kind": item.kind, "property": item.field or None,
         "before": item.before or None, "after": item.after or None, "suggests": item.suggests, "reason": item.reason}
        for item in found
    ]  # fmt: skip
    return json.dumps({"suggested": suggests, "changes": rows}, indent=2, ensure_ascii=False) + "\n"
