"""The options of ``semstat validate`` that keep the verdict in a catalogue."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semstat.cli.catalogues import backend_if_named, endpoint_named, endpoint_option, update_option
from semstat.cli.when import day_of

if TYPE_CHECKING:
    from semstat.interop.catalogue.backends import Backend
    from semstat.interop.options import MicrodataOptions
    from semstat.validators import Report

__all__ = ["Recording", "recording_options"]


@dataclass(frozen=True, slots=True)
class Recording:
    """Where a verdict is kept, if anywhere, and the day that is stated for it."""

    place: "Backend | None"
    day: str | None

    def structures(self, given: tuple[str, ...]) -> tuple[str, ...]:
        """Return the structures to judge by: those that were named, else those of the catalogue."""
        if given or self.place is None:
            return given
        from semstat.interop.catalogue.verdicts import structure_paths

        found = structure_paths(self.place)
        absent = next((path for path in found if not Path(path.partition("!")[0]).exists()), None)
        if absent is not None and endpoint_named():
            raise click.UsageError(
                f"{absent}, a structure that the endpoint holds, is not here; data are judged by its file: "
                "run from the folder from which it was loaded, or name structures with --structure"
            )
        return found

    def keep(self, report: "Report", microdata: "MicrodataOptions") -> None:
        """Keep a verdict, if it is to be kept; what cannot be kept is said."""
        if self.place is None:
            return
        from semstat.interop.catalogue.verdicts import record_verdict

        for item in record_verdict(self.place, report, day=self.day, microdata=microdata):
            if item.file is None:
                text = f"warning: the catalogue knows no dataset in {item.source}, so that its verdict is not kept"
                click.echo(text, err=True)


def recording_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options on keeping its verdict, which it receives as ``recording``."""

    @click.option("--catalogue", "folder", type=click.Path(path_type=Path), metavar="FOLDER",
                  help="Judge by the structures of this catalogue, and keep the verdict and the codes used in it.")  # fmt: skip
    @endpoint_option
    @update_option
    @click.option("--at", "day", metavar="DAY", callback=_day,
                  help="The day of a verdict that is kept; by default the one on which the data were prepared.")  # fmt: skip
    @wraps(command)
    def with_recording(*args: object, folder: Path | None, day: str | None, **others: object) -> int:
        place = backend_if_named(folder)
        if day is not None and place is None:
            raise click.UsageError("--at is for a verdict that is kept: it goes with --catalogue or --endpoint")
        return command(*args, recording=Recording(place, day), **others)

    return with_recording


def _day(_context: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
    return text if text is None else day_of("--at", text)
