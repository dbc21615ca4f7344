"""``semstat diff``: what changed between two versions of metadata, and what that touches."""

import json
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semstat.cli.catalogues import backend_if_named, endpoint_option
from semstat.cli.exits import UNREADABLE
from semstat.cli.output import say
from semstat.cli.suggest import Named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rdflib import Graph

    from semstat.interop.catalogue.backends import State
    from semstat.interop.catalogue.change_impact import Felt, Unplaced
    from semstat.interop.diffing import Change

__all__ = ["diff"]

_MARKS = {"added": "+", "removed": "-"}
_FEW = 6

Impact = tuple[tuple["Felt", ...], "Unplaced"]


@click.command(short_help="Tell what changed between two versions, and what that touches.")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--by", "tables", multiple=True, metavar="FILE",
              help="A file with correspondences, which tell what became of codes.")  # fmt: skip
@click.option("--catalogue", "folder", type=click.Path(path_type=Path), metavar="FOLDER",
              help="Tell also what the changes touch in this catalogue (or endpoint); A and B may be things in it.")  # fmt: skip
@endpoint_option
@click.option("--format", "form", type=Named("format", ["text", "json"]), default="text", show_default=True,
              help="Text for people, JSON for programs.")  # fmt: skip
def diff(*, before: str, after: str, tables: tuple[str, ...], folder: Path | None, form: str) -> int:
    """Tell what changed from A to B, files or folders with metadata of any format: what came and went, what reads otherwise,
    what is represented otherwise; and the class of change that each suggests (patch, minor, major), with the reason.

    Artefacts of SDMX and DDI are compared whatever their version, and so are two classifications. Exits with 1 when something
    changed, with 3 when a file cannot be read.
    """  # noqa: D205 - the first paragraph is what --help shows
    from semstat.interop.diffing import changes

    place = backend_if_named(folder)
    with nullcontext() if place is None else place.snapshot() as snapshot:
        graphs = [_graph(name, snapshot) for name in (before, after, *tables)]
        if any(graph is None for graph in graphs):
            return UNREADABLE
        one, other, *rest = [graph for graph in graphs if graph is not None]
        found = changes(one, other, rest)
        say(_json(found, snapshot) if form == "json" else "".join(f"{line}\n" for line in _text(found, snapshot)))
    return 1 if found else 0


def _graph(name: str, snapshot: "State | None") -> "Graph | None":
    """Return the metadata of a file or of a thing in the catalogue, ``None`` when they cannot be read."""
    from semstat.interop.comparing import metadata_of
    from semstat.interop.publishing import problem_line
    from semstat.interop.reports import UNREADABLE as BROKEN

    if snapshot is not None and not Path(name).exists():
        from semstat.cli.catalogues import one_thing
        from semstat.interop.catalogue.extracting import artefact_in
        from semstat.interop.catalogue.names import Naming

        return artefact_in(snapshot.store, one_thing(Naming(snapshot.store), name))
    graph, found = metadata_of(name)
    broken = [item for item in found if item.rule in BROKEN]
    for item in broken:
        click.echo(problem_line(item), err=True)
    return None if broken else graph


def _text(found: "Sequence[Change]", snapshot: "State | None") -> "Iterator[str]":
    from semstat.interop.diffing import suggested

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
    number = f"{len(found)} change{'' if len(found) == 1 else 's'}"
    yield f"{number}; suggested: {suggested(found)}" if found else "nothing changed"
    if snapshot is not None and found:
        yield from _impact_lines(found, snapshot)


def _impact_lines(found: "Sequence[Change]", snapshot: "State") -> "Iterator[str]":
    from semstat.cli.impact import told_lines
    from semstat.interop.catalogue import Lineage
    from semstat.interop.catalogue.change_impact import impact_of_changes
    from semstat.interop.catalogue.names import Naming

    naming, known = Naming(snapshot.store), Lineage(snapshot.edges_of())
    felt, unplaced = impact_of_changes(snapshot.store, known, found)
    for item in felt:
        yield ""
        yield f"{item.change}: {_listed([fact.thing for fact in item.facts])}"
        yield from told_lines(snapshot.store, naming, known, item.hits, item.ways)
    if unplaced.facts:
        yield ""
        yield f"not in the catalogue: {_listed([fact.thing for fact in unplaced.facts])}"


def _listed(names: "Sequence[str]") -> str:
    unique = list(dict.fromkeys(names))
    more = f" and {len(unique) - _FEW} more" if len(unique) > _FEW else ""
    return ", ".join(unique[:_FEW]) + more


def _json(found: "Sequence[Change]", snapshot: "State | None") -> str:
    from semstat.interop.diffing import suggested

    told: dict[str, object] = {"suggested": suggested(found), "changes": [_row(item) for item in found]}
    if snapshot is not None:
        told |= _impact_told(found, snapshot)
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _row(item: "Change") -> dict[str, object]:
    return {
        "thing": item.thing, "iri": item.iri, "kind": item.kind, "property": item.field or None,
        "before": item.before or None, "after": item.after or None, "suggests": item.suggests, "reason": item.reason,
    }  # fmt: skip


def _impact_told(found: "Sequence[Change]", snapshot: "State") -> dict[str, object]:
    from semstat.cli.impact import told_hits
    from semstat.interop.catalogue import Lineage
    from semstat.interop.catalogue.change_impact import impact_of_changes
    from semstat.interop.catalogue.names import Naming

    naming = Naming(snapshot.store)
    felt, unplaced = impact_of_changes(snapshot.store, Lineage(snapshot.edges_of()), found)
    rows = [
        {"change": item.change, "of": [fact.thing for fact in item.facts],
         "hits": told_hits(naming, item.hits, item.ways)}
        for item in felt
    ]  # fmt: skip
    return {"impact": rows, "notInCatalogue": [fact.thing for fact in unplaced.facts]}
