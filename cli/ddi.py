"""The options of ``semstat validate`` on documents of DDI, bundled so that the command hands them on as one."""

from collections.abc import Callable
from functools import wraps

import click

__all__ = ["ddi_options"]


def _known(_context: click.Context, _parameter: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse what is no profile when the option is read, so that a mistake in a file of settings names that file."""
    if names:
        from semstat.interop.ddi_profiles import DdiProfileError, named_ddi_profile

        try:
            for name in names:
                named_ddi_profile(name)
        except DdiProfileError as problem:
            raise click.UsageError(str(problem)) from problem
    return names


def ddi_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options on documents of DDI, which it receives as ``ddi``."""

    @click.option(
        "--ddi-schemas",
        metavar="FOLDER",
        type=click.Path(exists=True, file_okay=False),
        help="DDI: the folder with the XML schemas of the DDI Alliance, which documents are then judged by too.",
    )
    @click.option(
        "--ddi-profile",
        "ddi_profiles",
        multiple=True,
        metavar="NAME|FILE",
        callback=_known,
        help="DDI: a profile that documents have to keep to: nso, or a file with a DDI profile; repeatable.",
    )
    @wraps(command)
    def bundled(*args: object, ddi_schemas: str | None, ddi_profiles: tuple[str, ...], **others: object) -> int:
        from semstat.interop.options import DdiOptions

        return command(*args, ddi=DdiOptions(ddi_schemas, ddi_profiles), **others)

    return bundled
