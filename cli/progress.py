"""Progress on standard error: a bar on a terminal once work takes longer than a second, else a line every half minute."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from semstat.cli.output import Settings

if TYPE_CHECKING:
    from semstat.interop.watching import Progress, Step

__all__ = ["Teller", "progress"]

_PATIENCE = 1.0
_REDRAWN = 0.1
_LINE_EVERY = 30.0
_BAR = 24
_CLEAR = "\r\x1b[2K"
_UNITS = ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB"))


@contextmanager
def progress(settings: Settings) -> "Iterator[Progress | None]":
    """Hand out what tells people how far work has come, ``None`` if they do not want to know; leave nothing on the screen."""
    if settings.quiet or os.environ.get("CI"):
        yield None
        return
    teller = Teller(sys.stderr)
    try:
        yield teller
    finally:
        teller.close()


class Teller:
    """Draws a bar on a terminal that can move its cursor back, and writes lines elsewhere.

    Args:
        stream: Where to.
        clock: Seconds that only go forward.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._draws = stream.isatty() and os.environ.get("TERM") != "dumb"
        self._wait = _PATIENCE if self._draws else _LINE_EVERY
        self._next = clock() + self._wait
        self._drawn = False

    def __call__(self, step: "Step") -> None:
        """Take a step; most are passed over, so that telling costs nothing."""
        now = self._clock()
        if now < self._next:
            return
        self._next = now + (_REDRAWN if self._draws else _LINE_EVERY)
        self._stream.write(_CLEAR + self._fitting(step) if self._draws else _words(step) + "\n")
        self._stream.flush()
        self._drawn = self._draws

    def close(self) -> None:
        """Take the bar away."""
        if self._drawn:
            self._stream.write(_CLEAR)
            self._stream.flush()

    @staticmethod
    def _fitting(step: "Step") -> str:
        width = shutil.get_terminal_size().columns - 1
        text = _words(step)
        if step.done is None or not step.total or len(text) + _BAR + 3 > width:
            return text[:width]
        filled = min(_BAR, step.done * _BAR // step.total)
        return f"{'━' * filled}{'╌' * (_BAR - filled)}  {text}"


def _words(step: "Step") -> str:
    what = "".join(letter if letter.isprintable() else "?" for letter in step.what)
    if step.done is None:
        return what
    if not step.total:
        return f"{what}: {_size(step.done)}"
    return f"{what}: {min(100, step.done * 100 // step.total)} % of {_size(step.total)}"


def _size(number: int) -> str:
    for unit, name in _UNITS:
        if number >= unit:
            return f"{number / unit:.1f} {name}"
    return f"{number} bytes"
