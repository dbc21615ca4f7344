"""``semstat catalogue``: what a catalogue holds, and whether it is whole."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from semstat.cli.binding import bindings
from semstat.cli.catalogues import backend, catalogue_option, endpoint_option, folder_only, opened, update_option
from semstat.cli.exits import UNREADABLE
from semstat.cli.output import refuse_unwritable, say
from semstat.cli.suggest import Named

__all__ = ["catalogue"]

_FORM = click.option("--format", "form", type=Named("format", ["text", "json"]), default="text", show_default=True,
                     help="Text for people, JSON for programs.")  # fmt: skip


@click.group(short_help="Look after a catalogue.")
def catalogue() -> None:
    """List what a catalogue holds, verify it, copy it, take it away."""


catalogue.add_command(bindings)


@catalogue.command("list", short_help="List the sources.")
@catalogue_option
@endpoint_option
@_FORM
def list_(*, folder: Path | None, form: str) -> int:
    """List the sources of the catalogue: format, number of statements, when they were read, findings of reading."""
    found = backend(folder).sources()
    if form == "json":
        say(json.dumps({"sources": [asdict(item) for item in found]}, indent=2, ensure_ascii=False) + "\n")
        return 0
    wide = max((len(item.name) for item in found), default=0)
    for item in found:
        faults = f"  {item.errors} errors, {item.warnings} warnings" if item.errors or item.warnings else ""
        say(f"{item.name:<{wide}}  {item.format}  {item.triples:,} statements  {item.loaded}{faults}\n")
    say(f"{len(found)} sources, {sum(item.triples for item in found):,} statements\n")
    return 0


@catalogue.command(short_help="Show what one thing is, and what is said of it.")
@click.argument("thing", metavar="ID")
@catalogue_option
@endpoint_option
@_FORM
def show(*, thing: str, folder: Path | None, form: str) -> int:
    """Show every statement about a thing, with the source of each. ID is an IRI, a URN, or a short form such as CL_FREQ."""
    from semstat.cli.catalogues import one_thing
    from semstat.interop.catalogue.names import Naming
    from semstat.interop.catalogue.showing import statements_about

    with backend(folder).snapshot() as snapshot:
        naming = Naming(snapshot.store)
        iri = one_thing(naming, thing)
        told, said = naming.told(iri), statements_about(snapshot, iri)
    if form == "json":
        rows = [{"property": row.predicate, "value": row.value, "source": row.source} for row in said]
        say(json.dumps({"iri": iri, "kind": told.kind, "statements": rows}, indent=2, ensure_ascii=False) + "\n")
        return 0
    say(f"{told.short}  {told.kind}\n{iri}\n" + (f"{told.label}\n" if told.label else "") + "\n")
    wide = max((len(row.predicate) for row in said), default=0)
    for row in said:
        say(f"{row.predicate:<{wide}}  {row.value}{f'  [{row.source}]' if row.source else ''}\n")
    return 0


@catalogue.command(short_help="Take sources out.")
@click.argument("names", nargs=-1, required=True, metavar="SOURCE…")
@catalogue_option
@endpoint_option
@update_option
def remove(*, names: tuple[str, ...], folder: Path | None) -> int:
    """Take sources out of the catalogue, by their names as `catalogue list` shows them. Their files stay."""
    found = backend(folder)
    known = [item.name for item in found.sources()]
    absent = [name for name in names if name not in known]
    if absent:
        from semstat.cli.suggest import meant

        raise click.UsageError(f"there is no source {absent[0]!r}{meant(absent[0], known)}")
    found.remove(names)
    say(f"{len(set(names))} removed\n")
    return 0


@catalogue.command(short_help="Tell whether all is whole and up to date.")
@catalogue_option
@folder_only("semstat load --again --endpoint reads every source anew and stores it again")
@click.option("--deep", is_flag=True, help="Also read every source anew, and compare statement by statement.")
@_FORM
def verify(*, folder: Path | None, deep: bool, form: str) -> int:
    """Read everything that is stored and compare it with what was recorded, with what follows from it, and with the files.

    Exits with 1 when a source has changed, is missing or was read by another version; with 3 when the store is broken.
    """
    from semstat.interop.catalogue import verify as verified

    found = verified(opened(folder), deep=deep)
    if form == "json":
        say(json.dumps({"sources": [asdict(item) for item in found]}, indent=2, ensure_ascii=False) + "\n")
    else:
        for item in found:
            if item.state != "whole":
                say(f"{item.state:<9} {item.name}: {item.reason}\n")
        say(f"{sum(item.state == 'whole' for item in found)} of {len(found)} sources are whole\n")
    states = {item.state for item in found}
    return UNREADABLE if states & {"broken", "different"} else int(bool(states - {"whole"}))


@catalogue.command(short_help="Copy the catalogue to another folder.")
@click.argument("target", type=click.Path(file_okay=False, path_type=Path), metavar="TARGET")
@catalogue_option
@folder_only("semstat catalogue export writes its statements, and its engine copies its store")
def backup(*, target: Path, folder: Path | None) -> int:
    """Copy the current state to the folder TARGET, which becomes a catalogue itself. Nobody has to stop writing meanwhile."""
    source = opened(folder)
    try:
        made = source.backup(target)
    except OSError as problem:
        raise click.ClickException(f"{target} cannot be written: {problem.strerror}") from problem
    say(f"{len(made.sources())} sources copied to {target}\n")
    return 0


@catalogue.command(short_help="Write all statements as RDF.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE",
              help="Where to write; .nq for N-Quads, .trig for TriG.")  # fmt: skip
@catalogue_option
@endpoint_option
def export(*, output: Path, folder: Path | None) -> int:
    """Write every source as a named graph, with the dependencies and the records. Equal catalogues give equal files.

    What no two loads share is left out: the times of reading.
    """
    from semstat.interop.catalogue.exporting import SYNTAXES, exported

    if output.suffix not in SYNTAXES:
        raise click.UsageError(f"{output} names no form: {', '.join(SYNTAXES)}")
    refuse_unwritable(output)
    with backend(folder).snapshot() as snapshot:
        number = exported(snapshot, output)
    say(f"{number:,} statements written to {output}\n")
    return 0
