"""The options of ``semstat validate`` on microdata: which file is which, how text is read, how the producer counts."""

from collections.abc import Callable
from functools import wraps

import click

__all__ = ["microdata_options"]


def _described(
    _context: click.Context, _parameter: click.Parameter, pairs: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Split pairs of a data file and the identifier of a described file."""
    found = []
    for pair in pairs:
        file, mark, name = pair.rpartition("=")
        if not mark or not file or not name:
            raise click.UsageError(f"--described takes FILE=ID, not {pair!r}")
        found.append((file, name))
    return tuple(found)


def microdata_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options on microdata, which it receives as ``microdata``."""

    @click.option(
        "--described",
        multiple=True,
        metavar="FILE=ID",
        callback=_described,
        help="Microdata: the described file (its id or name) that a data file is; else names decide. Repeatable.",
    )
    @click.option("--encoding", metavar="NAME", help="Microdata: the encoding of text, such as windows-1252.")
    @click.option("--separator", metavar="CHARACTER", help="Microdata: what separates the cells of a CSV file.")
    @click.option(
        "--declared-missing-is-invalid",
        is_flag=True,
        help="Microdata: values declared missing count as invalid cases, beside those without a value.",
    )
    @click.option(
        "--lists-are-complete", is_flag=True, help="Microdata: every list of codes has all values that may occur."
    )
    @wraps(command)
    def bundled(
        *args: object,
        described: tuple[tuple[str, str], ...],
        encoding: str | None,
        separator: str | None,
        declared_missing_is_invalid: bool,
        lists_are_complete: bool,
        **others: object,
    ) -> int:
        from semstat.interop.options import MicrodataOptions
        from semstat.validators.producer_conventions import Conventions

        conventions = Conventions(declared_missing_is_invalid, lists_are_complete)
        return command(*args, microdata=MicrodataOptions(described, encoding, separator, conventions), **others)

    return bundled
