"""``semstat lineage``, ``why`` and ``impact``: what depends on what, and what a change would touch."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semstat.cli.catalogues import backend, catalogue_option, endpoint_option, one_thing
from semstat.cli.output import say
from semstat.cli.suggest import Named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semstat.interop.catalogue import Impact, Lineage
    from semstat.interop.catalogue.backends import Seen
    from semstat.interop.catalogue.lineage import Direction
    from semstat.interop.catalogue.names import Naming

__all__ = ["impact", "lineage", "why"]

_FORMS = ["tree", "table", "json", "csv", "dot", "mermaid"]
_CHANGES = ["label", "code-added", "code-removed", "definition", "datatype"]
_MOST_DRAWN = 2_000
"""Things of which a picture is still one."""


@click.command(short_help="Show what a thing depends on, or what depends on it.")
@click.argument("thing", metavar="ID")
@click.option("--up", "direction", flag_value="up", help="What it depends on.")
@click.option("--down", "direction", flag_value="down", default=True, help="What depends on it (the default).")
@click.option("--depth", type=click.IntRange(min=1), metavar="N", help="At most N steps.")
@click.option(
    "--kinds",
    metavar="NAMES",
    default="",
    help="Only along these edges: kinds (structure) or names (valueDomain), separated by commas.",
)
@click.option("--valid-on", metavar="DATE", help="Leave out what was not valid on that day.")
@click.option(
    "--format", "form", type=Named("format", _FORMS), default="tree", show_default=True, help="How to show it."
)
@catalogue_option
@endpoint_option
def lineage(
    *, thing: str, direction: str, depth: int | None, kinds: str, valid_on: str | None, form: str, folder: Path | None
) -> int:
    """Show the things that ID depends on, or that depend on it, nearest first.

    ID is an IRI, a URN, or a short form: ECB:CL_FREQ(1.0), CL_FREQ, CL_FREQ.A.
    """
    from semstat.interop.catalogue import Lineage
    from semstat.interop.catalogue.backends import ahead
    from semstat.interop.catalogue.drawing import DRAWINGS, Drawn
    from semstat.interop.catalogue.names import Naming
    from semstat.interop.catalogue.validity import not_valid_on

    with backend(folder).snapshot() as snapshot:
        naming = Naming(snapshot.store)
        iri = one_thing(naming, thing)
        way: Direction = "up" if direction == "up" else "down"
        known = Lineage(snapshot.edges_around([iri], way))
        wanted = _kinds(kinds)
        gone = not_valid_on(snapshot.store, _day(valid_on)) if valid_on else ()
        reached = known.walk(iri, way, depth=depth, kinds=wanted, without=gone)
        inside = [iri, *(item.iri for item in reached)]
        edges = tuple(known.around(inside)) if form in {"json", "dot", "mermaid"} else ()
        ahead(snapshot.store, inside)
        drawn = Drawn(iri, reached, edges, {one: naming.told(one) for one in inside}, known)
    if form in {"dot", "mermaid"} and len(reached) > _MOST_DRAWN:
        raise click.UsageError(f"{len(reached):,} things are no picture; --depth and --kinds make them fewer")
    say(DRAWINGS[form](drawn))
    if form == "tree":
        say(_count(drawn.named[item.iri].kind or "thing" for item in reached))
    return 0


def _day(given: str) -> str:
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as problem:
        raise click.UsageError(f"--valid-on takes a date such as 2026-01-31, not {given!r}") from problem


def _kinds(given: str) -> tuple[str, ...]:
    from semstat.cli.suggest import meant
    from semstat.ontology.dependencies import dependencies

    known = {name.lower() for item in dependencies() for name in (item.kind, item.name)}
    chosen = tuple(name.strip() for name in given.split(",") if name.strip())
    for name in chosen:
        if name.lower() not in known:
            raise click.UsageError(f"there is no kind of dependency {name!r}{meant(name, sorted(known))}")
    return chosen


def _count(kinds: "Iterable[str]") -> str:
    counts = Counter(kinds)
    listed = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items()))
    return f"\n{sum(counts.values())} things: {listed}\n" if counts else "nothing\n"


@click.command(short_help="Tell in a sentence why one thing depends on another.")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option("--format", "form", type=Named("format", ["text", "json"]), default="text", show_default=True,
              help="Text for people, JSON for programs.")  # fmt: skip
@catalogue_option
@endpoint_option
def why(*, one: str, other: str, form: str, folder: Path | None) -> int:
    """Tell by which shortest way A depends on B, or else B on A. Exits with 1 when neither does."""
    from semstat.interop.catalogue import Lineage
    from semstat.interop.catalogue.names import Naming
    from semstat.interop.catalogue.wording import sentence

    with backend(folder).snapshot() as snapshot:
        naming = Naming(snapshot.store)
        start, end = one_thing(naming, one), one_thing(naming, other)
        known = Lineage(snapshot.edges_around([start, end], "up"))
        way = known.path(start, end) or known.path(end, start)
        said = sentence(known, naming, way) if way else ""
    if form == "json":
        edges = [{"dependent": edge.dependent, "dependency": edge.dependency, "on": edge.on} for edge in way or ()]
        say(json.dumps({"sentence": said or None, "edges": edges}, indent=2, ensure_ascii=False) + "\n")
    else:
        say(f"{said}\n" if way else f"{one} and {other} do not depend on each other\n")
    return 0 if way else 1


@click.command(short_help="Tell what a change would touch.")
@click.argument("thing", metavar="ID")
@click.option(
    "--change", type=Named("change", _CHANGES), default="definition", show_default=True, help="What would change."
)
@click.option("--format", "form", type=Named("format", ["text", "json"]), default="text", show_default=True,
              help="Text for people, JSON for programs.")  # fmt: skip
@catalogue_option
@endpoint_option
def impact(*, thing: str, change: str, form: str, folder: Path | None) -> int:
    """Tell what a change of ID would touch, gravest first: what breaks, what somebody must look at, what is worth knowing.

    For a code, use `code-removed` or `code-added`: what depends on its list is touched, and where data were loaded, only
    data that use the code break. Exits with 1 when something breaks.
    """
    from semstat.interop.catalogue import Lineage
    from semstat.interop.catalogue.backends import ahead
    from semstat.interop.catalogue.impact import Severity, impact_of
    from semstat.interop.catalogue.names import Naming
    from semstat.interop.catalogue.usage import used_by, what_changes

    with backend(folder).snapshot() as snapshot:
        naming = Naming(snapshot.store)
        iri = one_thing(naming, thing)
        changed = what_changes(snapshot.store, iri)
        known = Lineage(snapshot.edges_around(changed, "down"))
        usage = used_by(snapshot.store, iri) if change == "code-removed" else None
        found = impact_of(known, changed, change, usage=usage)
        ahead(snapshot.store, [iri, *(hit.iri for hit in found.hits)])
        text = _json(naming, iri, change, found) if form == "json" else _text(snapshot, naming, known, found)
    say(text)
    return int(any(hit.severity is Severity.BREAKING for hit in found.hits))


def _text(snapshot: "Seen", naming: "Naming", known: "Lineage", found: "Impact") -> str:
    from semstat.interop.catalogue.stewards import stewards_of
    from semstat.interop.catalogue.wording import sentence

    lines: list[str] = []
    for hit in found.hits:
        told = naming.told(hit.iri)
        used = "" if hit.used is None else f"  {hit.used:,} observations"
        lines.append(f"{hit.severity.name.lower():<8}  {told.short}  {told.kind}{used}")
        lines.append(f"          {sentence(known, naming, tuple(reversed(found.way(hit.iri))))}")
    counts = Counter(hit.severity.name.lower() for hit in found.hits)
    lines.append(", ".join(f"{number} {name}" for name, number in counts.items()) or "nothing is touched")
    told_to = stewards_of(snapshot.store, [hit.iri for hit in found.hits])
    lines += [f"tell {naming.told(agent).short}: {number} of these" for agent, number in told_to]
    return "\n".join(lines) + "\n"


def _json(naming: "Naming", iri: str, change: str, found: "Impact") -> str:
    hits = [
        {
            "iri": hit.iri,
            "name": naming.told(hit.iri).short,
            "kind": naming.told(hit.iri).kind,
            "severity": hit.severity.name.lower(),
            "distance": hit.distance,
            "observations": hit.used,
            "way": [
                {"dependent": edge.dependent, "dependency": edge.dependency, "on": edge.on}
                for edge in found.way(hit.iri)
            ],
        }
        for hit in found.hits
    ]
    return json.dumps({"changed": iri, "change": change, "hits": hits}, indent=2, ensure_ascii=False) + "\n"
