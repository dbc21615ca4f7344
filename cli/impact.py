"""``semstat impact``: what a change would touch, and who must be told."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semstat.cli.catalogues import backend, catalogue_option, endpoint_option, one_thing
from semstat.cli.output import say
from semstat.cli.suggest import Named
from semstat.cli.when import seen_at, time_options

if TYPE_CHECKING:
    from semstat.interop.catalogue import Edge, Hit, Lineage
    from semstat.interop.catalogue.backends import Quads
    from semstat.interop.catalogue.names import Naming

__all__ = ["impact", "told_hits", "told_lines"]

_CHANGES = [
    "label", "code-added", "code-removed", "code-split", "code-merged", "code-moved", "definition", "datatype", "role",
    "reference", "retire", "supersede",
]  # fmt: skip
_INDENT = " " * 10
_COLUMN = "InstanceVariable"
"""The kind of a column, whose observations are those of its dataset."""

Ways = Mapping[str, Sequence["Edge"]]


@click.command(short_help="Tell what a change would touch.")
@click.argument("thing", metavar="ID")
@click.option(
    "--change", type=Named("change", _CHANGES), default="definition", show_default=True, help="What would change."
)
@time_options
@click.option("--format", "form", type=Named("format", ["text", "json"]), default="text", show_default=True,
              help="Text for people, JSON for programs.")  # fmt: skip
@catalogue_option
@endpoint_option
def impact(*, thing: str, change: str, as_of: str | None, known_at: str | None, form: str, folder: Path | None) -> int:
    """Tell what a change of ID would touch, gravest first: what breaks, what somebody must look at, what is worth knowing.

    For a code, use the changes of codes: what depends on its list is touched, and where data were loaded, only data that use
    the code break. Exits with 1 when something breaks.
    """
    from semstat.interop.catalogue import Lineage
    from semstat.interop.catalogue.backends import ahead
    from semstat.interop.catalogue.citing import uncited
    from semstat.interop.catalogue.impact import OF_CODES, Severity, impact_of
    from semstat.interop.catalogue.names import Naming
    from semstat.interop.catalogue.usage import used_by, what_changes

    with backend(folder).snapshot() as snapshot:
        naming = Naming(snapshot.store)
        iri = one_thing(naming, thing)
        changed = what_changes(snapshot.store, iri)
        edges = snapshot.edges_around(changed, "down")
        known = Lineage(seen_at(snapshot, edges, as_of, known_at, iri).edges)
        usage = used_by(snapshot.store, iri) if change in OF_CODES else None
        apart = uncited(snapshot.store, known, [iri]) if change in OF_CODES else ()
        found = impact_of(known, changed, change, usage=usage, uncited=apart)
        ways = {hit.iri: found.way(hit.iri) for hit in found.hits}
        ahead(snapshot.store, [iri, *ways])
        if form == "json":
            facts: dict[str, object] = {"changed": iri, "change": change}
            facts |= {
                "hits": told_hits(naming, found.hits, ways),
                "tell": _stewards(snapshot.store, naming, found.hits),
            }
            text = json.dumps(facts, indent=2, ensure_ascii=False) + "\n"
        else:
            text = "".join(f"{line}\n" for line in told_lines(snapshot.store, naming, known, found.hits, ways))
    say(text)
    return int(any(hit.severity is Severity.BREAKING for hit in found.hits))


def told_lines(store: "Quads", naming: "Naming", known: "Lineage", hits: Sequence["Hit"], ways: Ways) -> Iterator[str]:
    """Yield hits as people read them: each with the sentence that explains it, then how many, who uses it, who must be told."""
    from semstat.interop.catalogue.wording import sentence

    for hit in hits:
        told = naming.told(hit.iri)
        used = "" if hit.used is None else f"  {_observations(hit.used)}"
        yield f"{hit.severity.name.lower():<8}  {told.short}  {told.kind}{used}"
        yield _INDENT + sentence(known, naming, tuple(reversed(ways[hit.iri])))
    counts = Counter(hit.severity.name.lower() for hit in hits)
    yield ", ".join(f"{number} {name}" for name, number in counts.items()) or "nothing is touched"
    users = [hit.used for hit in hits if hit.used and naming.told(hit.iri).kind != _COLUMN]
    if users:
        yield f"used in {len(users)} {'dataset' if len(users) == 1 else 'datasets'}, {_observations(sum(users))}"
    for agent in _stewards(store, naming, hits):
        yield f"tell {agent['name']}: {agent['things']} of these"


def told_hits(naming: "Naming", hits: Sequence["Hit"], ways: Ways) -> list[dict[str, object]]:
    """Return hits as programs read them."""
    return [
        {
            "iri": hit.iri,
            "name": naming.told(hit.iri).short,
            "kind": naming.told(hit.iri).kind,
            "severity": hit.severity.name.lower(),
            "distance": hit.distance,
            "observations": hit.used,
            "way": [edge._asdict() for edge in ways[hit.iri]],
        }
        for hit in hits
    ]


def _stewards(store: "Quads", naming: "Naming", hits: Sequence["Hit"]) -> list[dict[str, object]]:
    from semstat.interop.catalogue.stewards import stewards_of

    found = stewards_of(store, [hit.iri for hit in hits])
    return [{"iri": agent, "name": naming.told(agent).short, "things": number} for agent, number in found]


def _observations(number: int) -> str:
    return f"{number:,} observation{'' if number == 1 else 's'}"
