"""The options of ``semstat validate`` on figures that have to add up, which belong together and make one argument."""

import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import TYPE_CHECKING

import click

from semstat.cli.suggest import Named

if TYPE_CHECKING:
    from semstat.validators.structural import Sums

__all__ = ["summing"]


def _tolerance(_context: click.Context, _parameter: click.Parameter, text: str) -> str:
    """Refuse what is no tolerance."""
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?%?", text) is None:
        raise click.UsageError(f"--sum-tolerance takes a number such as 0.5, or a share such as 0.1%, not {text!r}")
    return text


def _sums(asked: tuple[str, ...], tolerance: str, missing: str) -> Iterator["Sums"]:
    """Yield what has to add up, as the three options on sums say it together."""
    if not asked:
        return
    from decimal import Decimal

    from semstat.validators.structural import Sums

    number = Decimal(tolerance.removesuffix("%"))
    absolute, relative = (Decimal(0), number / 100) if tolerance.endswith("%") else (number, Decimal(0))
    for text in asked:
        dimension, _, hierarchy = text.partition("=")
        yield Sums(dimension, hierarchy or None, absolute, relative, missing_is_zero=missing == "zero")


_OPTIONS = (
    click.option(
        "--sums",
        multiple=True,
        metavar="DIMENSION[=HIERARCHY]",
        help="Figures add up along this dimension, by the parents in its code list or by a hierarchy; repeatable.",
    ),
    click.option(
        "--sum-tolerance",
        metavar="NUMBER",
        default="0",
        show_default=True,
        callback=_tolerance,
        help="What a figure may differ from the sum by: 0.5, or as a share of the figure, 0.1%.",
    ),
    click.option(
        "--missing-parts",
        type=Named("meaning", ["incomparable", "zero"]),
        default="incomparable",
        show_default=True,
        help="What a part that is not there means: the sum cannot be compared, or it counts nothing.",
    ),
)


def summing(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options on sums; it gets them as one argument, ``sums``."""

    @wraps(command)
    def packed(
        *arguments: object, sums: tuple[str, ...], sum_tolerance: str, missing_parts: str, **options: object
    ) -> int:
        return command(*arguments, sums=tuple(_sums(sums, sum_tolerance, missing_parts)), **options)

    given: Callable[..., int] = packed
    for option in reversed(_OPTIONS):
        given = option(given)
    return given
