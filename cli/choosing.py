"""The options that choose what is checked: profiles, rules selected and ignored, severities."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING

import click

from semstat.cli.suggest import meant

if TYPE_CHECKING:
    from semstat.validators.diagnostics import Severity
    from semstat.validators.selection import Selection

__all__ = ["Choice", "choosing"]

_SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a user chose to have checked, as written."""

    profiles: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()

    def selection(self) -> "Selection":
        """Return what the choice amounts to.

        Raises:
            click.UsageError: there is no such profile or rule, or a rule cannot be left out.
        """
        from semstat.interop.profile_files import named_profile
        from semstat.validators.profiles import ProfileError
        from semstat.validators.selection import SelectionError, selection_of

        try:
            return selection_of(
                [named_profile(name) for name in _listed(self.profiles)],
                select=_listed(self.select),
                ignore=_listed(self.ignore),
                severities=dict(_severity(text) for text in _listed(self.severities)),
            )
        except (ProfileError, SelectionError) as problem:
            raise click.UsageError(str(problem)) from problem


def _known(_context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a word that means nothing when the option is read, so that a mistake in a file names the file."""
    if given and parameter.name is not None:
        Choice(**{parameter.name: given}).selection()
    return given


_OPTIONS = (
    click.option(
        "--profile",
        "profiles",
        multiple=True,
        metavar="NAME|FILE",
        callback=_known,
        help="Check what a profile checks: one of semstat profiles, or one of your own in a Turtle file; repeatable.",
    ),
    click.option(
        "--select",
        multiple=True,
        metavar="RULE",
        callback=_known,
        help="Check these rules alone: an id, a prefix (DF) or a name; repeatable.",
    ),
    click.option(
        "--ignore",
        multiple=True,
        metavar="RULE",
        callback=_known,
        help="Leave these rules out; the report says so. Repeatable.",
    ),
    click.option(
        "--severity",
        "severities",
        multiple=True,
        metavar="RULE=SEVERITY",
        callback=_known,
        help="Let findings of a rule count as error, warning or info; repeatable.",
    ),
)


def choosing(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options that choose what is checked; it gets them as one argument, ``choice``."""

    @wraps(command)
    def packed(
        *arguments: object,
        profiles: tuple[str, ...],
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        severities: tuple[str, ...],
        **options: object,
    ) -> int:
        return command(*arguments, choice=Choice(profiles, select, ignore, severities), **options)

    given: Callable[..., int] = packed
    for option in reversed(_OPTIONS):
        given = option(given)
    return given


def _listed(given: Sequence[str]) -> Iterator[str]:
    """Yield what was given, with commas or one by one."""
    for text in given:
        yield from (part.strip() for part in text.split(",") if part.strip())


def _severity(text: str) -> tuple[str, "Severity"]:
    from semstat.validators.diagnostics import Severity

    rule, equals, name = text.rpartition("=")
    if not equals or not rule:
        raise click.UsageError(f"--severity takes RULE=SEVERITY, such as DF016=error, not {text!r}")
    if name not in _SEVERITIES:
        raise click.UsageError(f"there is no severity {name!r}{meant(name, _SEVERITIES)}")
    return rule, Severity(name)
