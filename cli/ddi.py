"""The options of ``semstat validate`` on documents of DDI, bundled so that the command hands them on as one."""

from collections.abc import Callable
from functools import wraps

import click

__all__ = ["ddi_options"]


def ddi_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options on documents of DDI, which it receives as ``ddi``."""

    @click.option(
        "--ddi-schemas",
        metavar="FOLDER",
        type=click.Path(exists=True, file_okay=False),
        help="DDI: the folder with the XML schemas of the DDI Alliance, which documents are then judged by too.",
    )
    @wraps(command)
    def bundled(*args: object, ddi_schemas: str | None, **others: object) -> int:
        from semstat.interop.options import DdiOptions

        return command(*args, ddi=DdiOptions(ddi_schemas), **others)

    return bundled
