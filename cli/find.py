"""``semstat find``: things by the words in their names."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semstat.cli.catalogues import backend, catalogue_option, endpoint_option
from semstat.cli.output import say
from semstat.cli.suggest import Named

if TYPE_CHECKING:
    from semstat.interop.catalogue.names import Named as Thing

__all__ = ["find"]

_LONGEST = 80


@click.command(short_help="Find things by words in their names.")
@click.argument("words", nargs=-1, required=True, metavar="TEXT…")
@click.option("--lang", "language", metavar="TAG", help="Only texts in this language.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many things.")
@click.option("--format", "form", type=Named("format", ["text", "json"]), default="text", show_default=True,
              help="Text for people, JSON for programs.")  # fmt: skip
@catalogue_option
@endpoint_option
def find(*, words: tuple[str, ...], language: str | None, limit: int, form: str, folder: Path | None) -> int:
    """Find things by the words in their labels, synonyms, codes and definitions, in all languages, best first.

    Case and accents do not count, and a misspelt word is taken for the nearest one. Exits with 1 when nothing is found.
    """
    from semstat.interop.catalogue.backends import ahead
    from semstat.interop.catalogue.drawing import aligned
    from semstat.interop.catalogue.finding import find as found_in
    from semstat.interop.catalogue.names import Naming
    from semstat.interop.catalogue.usage import lists_of

    with backend(folder).snapshot() as snapshot:
        naming = Naming(snapshot.store)
        found = found_in(snapshot.store, " ".join(words), language=language, limit=limit, table=snapshot.texts())
        ahead(snapshot.store, [item.iri for item in found])
        told = [naming.told(item.iri) for item in found]
        lists = lists_of(snapshot.store, [item.iri for item in found])
    if form == "json":
        rows = [
            {"iri": item.iri, "name": name.short, "kind": name.kind, "score": item.score, "field": item.field,
             "text": item.text, "language": item.language or None, "lists": lists.get(item.iri, [])}
            for item, name in zip(found, told, strict=True)
        ]  # fmt: skip
        say(json.dumps({"found": rows}, indent=2, ensure_ascii=False) + "\n")
    elif found:
        alike = Counter(name.short for name in told)
        say(aligned([(name.short, name.kind, f"{item.field}{' ' + item.language if item.language else ''}",
                      _cut(item.text), _more(name, lists.get(name.iri, ()), is_alike=alike[name.short] > 1))
                     for item, name in zip(found, told, strict=True)]))  # fmt: skip
    else:
        say("nothing is called so\n")
    return 0 if found else 1


def _more(name: "Thing", lists: Iterable[str], *, is_alike: bool) -> str:
    """Return the lists that a thing is in, save those that its name begins with, and its IRI where others are called so."""
    from semstat.interop.catalogue.names import short_name

    within = [short for short in map(short_name, lists) if not name.short.startswith((f"{short}.", f"{short}-"))]
    return "  ".join([*([f"in {', '.join(within)}"] if within else []), *([name.iri] if is_alike else [])])


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
