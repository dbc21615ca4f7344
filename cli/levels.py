"""The options of ``semstat validate`` on levels of checking, bundled so that the command hands them on as one."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING

import click

from semstat.cli.sending import sender_areas
from semstat.cli.summing import summing

if TYPE_CHECKING:
    from semstat.interop import Options
    from semstat.validators.structural import Sums

__all__ = ["LevelOptions", "level_options"]


@dataclass(frozen=True, slots=True)
class LevelOptions:
    """Which levels are asked for.

    They are rules on structures for those of ``--structure`` too, languages of names, schemas, several datasets as one,
    figures that have to add up, areas of senders.
    """

    lint: bool
    schema: bool
    languages: tuple[str, ...]
    as_one: bool
    sums: tuple["Sums", ...] = ()
    sender_areas: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def applied(self, options: "Options") -> "Options":
        """Return the options of a run with these levels."""
        return replace(
            options,
            lint=self.lint,
            schema=self.schema,
            languages=self.languages,
            as_one=self.as_one,
            sums=self.sums,
            sender_areas=self.sender_areas,
        )


def _languages(_context: click.Context, _parameter: click.Parameter, text: str | None) -> tuple[str, ...]:
    """Split a list of language tags, and refuse what is none."""
    tags = tuple(part.strip() for part in (text or "").split(",") if part.strip())
    for tag in tags:
        if re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", tag) is None:
            raise click.UsageError(f"--lang-required takes language tags such as en,fr, not {tag!r}")
    return tags


def level_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options on levels of checking, which it receives as ``levels``."""

    @click.option("--schema", is_flag=True, help="Also say what the official XML or JSON schema says of the messages.")
    @click.option(
        "--as-one",
        is_flag=True,
        help="Judge the datasets of one structure as one: duplicates, contradictions and gaps across files.",
    )
    @click.option("--lint", is_flag=True, help="Judge the structures of --structure too, not only those among DATA.")
    @click.option(
        "--lang-required",
        "languages",
        metavar="TAGS",
        callback=_languages,
        help="Languages that every name in a structure must be given in, such as en,fr.",
    )
    @summing
    @sender_areas
    @wraps(command)
    def bundled(
        *args: object,
        lint: bool,
        schema: bool,
        languages: tuple[str, ...],
        as_one: bool,
        sums: tuple["Sums", ...],
        sender_areas: tuple[tuple[str, tuple[str, ...]], ...],
        **others: object,
    ) -> int:
        from semstat.ontology.errors import MissingExtra

        try:
            return command(*args, levels=LevelOptions(lint, schema, languages, as_one, sums, sender_areas), **others)
        except MissingExtra as missing:
            raise click.UsageError(f"{missing}; {missing.hint}") from missing

    return bundled
