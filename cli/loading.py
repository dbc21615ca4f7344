"""``semstat init`` and ``semstat load``: a folder becomes a catalogue, and files go into it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semstat.cli.catalogues import backend, catalogue_option, endpoint_option, update_option
from semstat.cli.exits import UNREADABLE
from semstat.cli.output import Settings, say
from semstat.cli.progress import progress
from semstat.cli.suggest import Named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semstat.interop.catalogue import Catalogue, Loaded
    from semstat.interop.catalogue.backends import Backend

__all__ = ["init", "load"]

_SETTINGS = """\
# What this catalogue is built from; semstat load reads it. Paths are seen from this folder; patterns such as data/*.csv
# and structures/**/*.xml may be used, and folders stand for all files in them of a known format.

[catalogue]
sources = []   # structures, data, documentation, RDF, runs
bindings = []  # tables of bindings and mapping sets
exclude = []   # what is left out of the folders and patterns above

[catalogue.stewards]
# Who looks after what an agency maintains, such as
# "AGENCY" = "https://example.org/unit/statistics-of-prices"
"""


@click.command(short_help="Make a folder a catalogue of metadata.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
def init(*, folder: Path) -> int:
    """Make FOLDER (this one by default) a catalogue: a place where metadata of all standards become one graph.

    What is built goes to FOLDER/.semstat and can be built again from the files at any time; leave it out of version control.
    FOLDER/semstat.toml, which is written where there is none, lists what the catalogue is built from.
    """
    from semstat.interop.catalogue import Catalogue
    from semstat.interop.catalogue.settings import SETTINGS_FILE
    from semstat.interop.writing import write_text

    try:
        Catalogue.create(folder)
        if not (folder / SETTINGS_FILE).exists():
            write_text(folder / SETTINGS_FILE, _SETTINGS)
    except OSError as problem:
        raise click.ClickException(f"{folder} cannot be made a catalogue: {problem.strerror}") from problem
    say(f"{folder} is a catalogue; semstat load FILE… reads metadata into it\n")
    return 0


@click.command(short_help="Read metadata files into a catalogue.")
@click.argument("paths", nargs=-1, metavar="[FILE|FOLDER]…")
@catalogue_option
@endpoint_option
@update_option
@click.option("--wait", type=click.FloatRange(min=0), default=0.0, metavar="SECONDS", help="Wait for another writer.")
@click.option("--again", is_flag=True, help="Also read what has not changed.")
@click.option("--anew", is_flag=True, help="Build the store from nothing, out of all sources.")
@click.option("--format", "form", type=Named("format", ["text", "json"]), default="text", show_default=True,
              help="Text for people, JSON for programs.")  # fmt: skip
@click.pass_obj
def load(
    settings: Settings,
    *,
    paths: tuple[str, ...],
    folder: Path | None,
    wait: float,
    again: bool,
    anew: bool,
    form: str,
) -> int:
    """Read metadata into the catalogue: SDMX structures, DDI, RDF, in any version that semstat reads.

    Without FILE, what semstat.toml lists in its table catalogue is read, and the sources in .semstat/sources.txt are looked at
    again: all that were loaded before. Each source is a graph of its own and takes the place of what was stored of it before;
    all become visible at once, or nothing does. Files that have not changed are left alone.

    With --endpoint, sources are stored one after the other, and named by their paths as seen from this folder.

    Data that name no structure in the catalogue are left out, and listed. Tables of bindings are read last, and again when
    anything else has changed. Exits with 3 when a source cannot be read, with 1 when a binding cannot be taken.
    """
    catalogue = backend(folder, wait=wait)
    known, gone = _known(catalogue)
    wanted = (*known, *paths) if anew else paths or known
    if not wanted:
        raise click.UsageError("the catalogue is empty: name a FILE or FOLDER to load, or list sources in semstat.toml")
    from semstat.cli.load_report import is_bindings, load_report

    with progress(settings) as tell:
        done = catalogue.load(wanted, again=again, anew=anew, progress=tell, drop=() if paths else gone)
    say(_json(done) if form == "json" else "".join(f"{line}\n" for line in load_report(done)))
    if any(item.state == "refused" for item in done):
        return UNREADABLE
    return int(any(is_bindings(item) and item.record is not None and item.record.errors for item in done))


def _known(place: "Catalogue | Backend") -> "tuple[tuple[str, ...], tuple[str, ...]]":
    """Return the paths of what the settings list and of what was loaded before, and the names of sources that are to go.

    What the settings leave out goes, and so does what they list and is no longer there. An endpoint has no settings.
    """
    from semstat.interop.catalogue import Catalogue
    from semstat.interop.catalogue.records import source_path

    if isinstance(place, Catalogue):
        return _stated(place)
    return tuple(source_path(name, place.folder) for name in place.listed()), ()


def _stated(catalogue: "Catalogue") -> "tuple[tuple[str, ...], tuple[str, ...]]":
    """Return the same as the settings of a folder state it."""
    from semstat.interop.catalogue.records import source_name, source_path
    from semstat.interop.catalogue.settings import SETTINGS_FILE, catalogue_settings, matched_files
    from semstat.interop.configuration import ConfigurationError

    try:
        stated = catalogue_settings(catalogue.folder)
    except ConfigurationError as problem:
        raise click.UsageError(str(problem)) from problem
    files, idle = matched_files(stated, catalogue.folder)
    for item in idle:
        click.echo(f"warning: {SETTINGS_FILE} lists {item!r}, which matches no file that is read", err=True)
    own = (str(catalogue.folder / SETTINGS_FILE),) if stated.stewards else ()
    listed = dict.fromkeys([*own, *map(str, files)])
    names = {source_name(path, catalogue.folder) for path in listed}
    gone = [name for name in catalogue.listed() if name not in names and (stated.excludes(name) or stated.covers(name))]
    left = [name for name in catalogue.listed() if name not in names and name not in gone]
    before = [source_path(name, catalogue.folder) for name in left]
    return (*listed, *before), tuple(gone)


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
