"""``semstat lineage`` and ``why``: what depends on what."""

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semstat.cli.catalogues import backend, catalogue_option, endpoint_option, one_thing
from semstat.cli.output import say
from semstat.cli.suggest import Named
from semstat.cli.when import seen_at, time_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from semstat.interop.catalogue import Edge
    from semstat.interop.catalogue.lineage import Direction

__all__ = ["lineage", "why"]

_FORMS = ["tree", "table", "json", "csv", "dot", "mermaid", "svg", "html", "openlineage"]
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
@time_options
@click.option(
    "--format", "form", type=Named("format", _FORMS), default="tree", show_default=True, help="How to show it."
)
@catalogue_option
@endpoint_option
def lineage(
    *, thing: str, direction: str, depth: int | None, kinds: str, as_of: str | None, known_at: str | None, form: str,
    folder: Path | None,
) -> int:  # fmt: skip
    """Show the things that ID depends on, or that depend on it, nearest first.

    ID is an IRI, a URN, or a short form: ECB:CL_FREQ(1.0), CL_FREQ, CL_FREQ.A.
    """
    from semstat.interop.catalogue import Lineage
    from semstat.interop.catalogue.backends import ahead
    from semstat.interop.catalogue.drawing import DRAWINGS, Drawn
    from semstat.interop.catalogue.events import events_of
    from semstat.interop.catalogue.names import Naming
    from semstat.interop.catalogue.picturing import PICTURES

    with backend(folder).snapshot() as snapshot:
        naming = Naming(snapshot.store)
        iri = one_thing(naming, thing)
        wanted = _kinds(kinds)
        way: Direction = "up" if direction == "up" else "down"
        then = seen_at(snapshot, snapshot.edges_around([iri], way), as_of, known_at, iri)
        known = Lineage(then.edges)
        reached = known.walk(iri, way, depth=depth, kinds=wanted)
        inside = [iri, *(item.iri for item in reached)]
        edges = tuple(known.around(inside)) if form not in {"tree", "table", "csv"} else ()
        ahead(snapshot.store, inside)
        if form == "openlineage":
            say("".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events_of(snapshot, edges)))
            return 0
        drawn = Drawn(iri, reached, edges, {one: naming.told(one) for one in inside}, known, way)
    if form in {"dot", "mermaid"} and len(reached) > _MOST_DRAWN:
        raise click.UsageError(f"{len(reached):,} things are no picture; --depth and --kinds make them fewer")
    say(PICTURES[form](drawn) if form in PICTURES else DRAWINGS[form](drawn))
    if form == "tree":
        say(_count(drawn.named[item.iri].kind or "thing" for item in reached))
    return 0


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
    total = sum(counts.values())
    return f"\n{total} thing{'s' if total > 1 else ''}: {listed}\n" if counts else "nothing\n"


@click.command(short_help="Tell in a sentence why one thing depends on another.")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option("--ways", "limit", type=click.IntRange(1, 100), default=1, show_default=True,
              help="At most so many ways, the shortest first.")  # fmt: skip
@time_options
@click.option("--format", "form", type=Named("format", ["text", "json"]), default="text", show_default=True,
              help="Text for people, JSON for programs.")  # fmt: skip
@catalogue_option
@endpoint_option
def why(
    *, one: str, other: str, limit: int, as_of: str | None, known_at: str | None, form: str, folder: Path | None
) -> int:
    """Tell by which shortest way A depends on B, or else B on A. Exits with 1 when neither does."""
    from semstat.interop.catalogue import Lineage
    from semstat.interop.catalogue.backends import ahead
    from semstat.interop.catalogue.names import Naming
    from semstat.interop.catalogue.ways import ways
    from semstat.interop.catalogue.wording import sentence

    with backend(folder).snapshot() as snapshot:
        naming = Naming(snapshot.store)
        start, end = one_thing(naming, one), one_thing(naming, other)
        then = seen_at(snapshot, snapshot.edges_around([start, end], "up"), as_of, known_at, start, end)
        known = Lineage(then.edges)
        found = ways(known, start, end, limit=limit) or ways(known, end, start, limit=limit)
        ahead(snapshot.store, [name for way in found for edge in way for name in (edge.dependent, edge.on)])
        said = [sentence(known, naming, way) for way in found]
    if form == "json":
        say(json.dumps(_ways(said, found), indent=2, ensure_ascii=False) + "\n")
    else:
        say("".join(f"{line}\n" for line in said) or f"{one} and {other} do not depend on each other\n")
    return 0 if found else 1


def _ways(said: "Sequence[str]", found: "Sequence[Sequence[Edge]]") -> dict[str, object]:
    """Return the shortest way, and the others where there are any."""
    told: list[dict[str, object]] = [
        {"sentence": text, "edges": [edge._asdict() for edge in way]} for text, way in zip(said, found, strict=True)
    ]
    first: dict[str, object] = told[0] if told else {"sentence": None, "edges": []}
    return first | ({"others": told[1:]} if len(told) > 1 else {})
