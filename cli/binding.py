"""``semstat catalogue bindings``: what is bound to shared concepts, what is not, and what it may be bound to."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semstat.cli.catalogues import backend, catalogue_option, endpoint_option
from semstat.cli.output import refuse_unwritable, say
from semstat.cli.suggest import Named

if TYPE_CHECKING:
    from semstat.interop.catalogue.names import Naming
    from semstat.interop.catalogue.suggesting import Standing
    from semstat.interop.formats.bindings import BindingRow

__all__ = ["bindings"]

_KINDS = ["component", "variable", "question", "represented variable", "conceptual variable", "code list"]
_SHOWN = 10


@click.command(short_help="List what is bound to shared concepts, and what is not.")
@catalogue_option
@endpoint_option
@click.option("--kind", "kinds", multiple=True, type=Named("kind", _KINDS), metavar="KIND",
              help="Only things of this kind, such as component; repeatable.")  # fmt: skip
@click.option("--all", "whole", is_flag=True, help=f"List all that is unbound, not {_SHOWN} of each kind.")
@click.option("--write", "target", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write the suggestions as a table of bindings, ready to be edited.")  # fmt: skip
@click.option("--format", "form", type=Named("format", ["text", "csv", "json"]), default="text", show_default=True,
              help="Text for people, CSV as a table of bindings, JSON for programs.")  # fmt: skip
def bindings(*, folder: Path | None, kinds: tuple[str, ...], whole: bool, target: Path | None, form: str) -> int:
    """List, kind by kind, what is bound to shared variables and concepts; for the rest, what it may be bound to, and why.

    Each suggestion names the signals that fired: the same concept, identifier, label, code list; labels, codes or definitions
    that are alike; codes that the data use. Nothing is bound by itself: a table that --write makes has the status suggested in
    every row, and binds what somebody sets to accepted. What is set to rejected is not suggested again.
    """
    from semstat.interop.catalogue.names import Naming
    from semstat.interop.catalogue.refusals import rejected_pairs
    from semstat.interop.catalogue.suggesting import standings

    catalogue = backend(folder)
    if target is not None:
        refuse_unwritable(target)
    with catalogue.snapshot() as snapshot:
        found = standings(snapshot, kinds=kinds, rejected=rejected_pairs(catalogue, snapshot))
        naming = Naming(snapshot.store)
        rows = list(_rows(found, naming)) if target is not None or form == "csv" else []
        shown = "" if form == "csv" else _json(found) if form == "json" else _text(found, naming, whole=whole)
    say(_table(rows) if form == "csv" else shown)
    if target is not None:
        from semstat.interop.writing import write_text

        write_text(target, _table(rows))
        if form == "text":
            say(f"{len(rows)} suggestions written to {target}\n")
    return 0


def _text(found: "Sequence[Standing]", naming: "Naming", *, whole: bool) -> str:
    lines = []
    for item in found:
        lines.append(f"{item.kind}: {item.bound} bound, {len(item.unbound)} not")
        shown = item.unbound if whole else item.unbound[:_SHOWN]
        for iri, candidates in shown:
            told = naming.told(iri)
            lines.append(f"  {told.short}" + (f": {told.label}" if told.label else ""))
            for candidate in candidates:
                name = naming.told(candidate.iri)
                label = f": {name.label}" if name.label else ""
                lines.append(f"    {candidate.score:.2f}  {name.short}{label}  ({', '.join(candidate.signals)})")
        if len(item.unbound) > len(shown):
            lines.append(f"  and {len(item.unbound) - len(shown)} more: --all")
    return "".join(f"{line}\n" for line in lines)


def _json(found: "Sequence[Standing]") -> str:
    kinds = [
        {
            "kind": item.kind,
            "bound": item.bound,
            "unbound": [
                {
                    "iri": iri,
                    "candidates": [
                        {"iri": one.iri, "relation": one.relation, "score": one.score, "signals": one.signals}
                        for one in candidates
                    ],
                }
                for iri, candidates in item.unbound
            ],
        }
        for item in found
    ]
    return json.dumps({"kinds": kinds}, indent=2, ensure_ascii=False) + "\n"


def _rows(found: "Sequence[Standing]", naming: "Naming") -> "Iterator[BindingRow]":
    """Yield the suggestions as rows, with names that mean one thing only."""
    from semstat.interop.formats.bindings import BindingRow

    for item in found:
        for iri, candidates in item.unbound:
            for one in candidates:
                names = naming.unambiguous(iri), naming.unambiguous(one.iri)
                yield BindingRow(*names, one.relation, "suggested", f"{one.score:.2f}", "; ".join(one.signals))


def _table(rows: "Sequence[BindingRow]") -> str:
    from semstat.interop.formats.bindings import write_bindings

    return write_bindings(rows)
