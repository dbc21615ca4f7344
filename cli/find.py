"""``semstat find``: things by the words in their names."""

import json
from collections import Counter
from pathlib import Path

import click

from semstat.cli.catalogues import backend, catalogue_option, endpoint_option
from semstat.cli.output import say
from semstat.cli.suggest import Named

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

    with backend(folder).snapshot() as snapshot:
        naming = Naming(snapshot.store)
        found = found_in(snapshot.store, " ".join(words), language=language, limit=limit, table=snapshot.texts())
        ahead(snapshot.store, [item.iri for item in found])
        told = [naming.told(item.iri) for item in found]
    if form == "json":
        rows = [
            {"iri": item.iri, "name": name.short, "kind": name.kind, "score": item.score, "field": item.field,
             "text": item.text, "language": item.language or None}
            for item, name in zip(found, told, strict=True)
        ]  # fmt: skip
        say(json.dumps({"found": rows}, indent=2, ensure_ascii=False) + "\n")
    elif found:
        alike = Counter(name.short for name in told)
        say(aligned([(name.short, name.kind, f"{item.field}{' ' + item.language if item.language else ''}",
                      _cut(item.text), name.iri if alike[name.short] > 1 else "")
                     for item, name in zip(found, told, strict=True)]))  # fmt: skip
    else:
        say("nothing is called so\n")
    return 0 if found else 1


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
