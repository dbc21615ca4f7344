"""The options of ``semstat validate`` that are about structures, bundled so that the command hands them on as one."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

import click

__all__ = ["StructureOptions", "structure_options"]


@dataclass(frozen=True, slots=True)
class StructureOptions:
    """What is asked of structures: judge those of ``--structure`` too, and the languages that names must be given in."""

    lint: bool
    languages: tuple[str, ...]


def _languages(_context: click.Context, _parameter: click.Parameter, text: str | None) -> tuple[str, ...]:
    """Split a list of language tags, and refuse what is none."""
    tags = tuple(part.strip() for part in (text or "").split(",") if part.strip())
    for tag in tags:
        if re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", tag) is None:
            raise click.UsageError(f"--lang-required takes language tags such as en,fr, not {tag!r}")
    return tags


def structure_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options about structures, which it receives as ``on_structures``."""

    @click.option("--lint", is_flag=True, help="Judge the structures of --structure too, not only those among DATA.")
    @click.option(
        "--lang-required",
        "languages",
        metavar="TAGS",
        callback=_languages,
        help="Languages that every name in a structure must be given in, such as en,fr.",
    )
    @wraps(command)
    def bundled(*args: object, lint: bool, languages: tuple[str, ...], **others: object) -> int:
        return command(*args, on_structures=StructureOptions(lint, languages), **others)

    return bundled
