"""The lines that findings stand on, read back from the sources for reports that show them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from semstat.interop.counting import InputRefused
from semstat.interop.sources import sources
from semstat.validators.diagnostics import Report

__all__ = ["excerpts_of"]

_LONGEST = 4096


def excerpts_of(report: Report) -> Mapping[tuple[str, int], str]:
    """Return the text of each line that the report lists findings for, and the first line of each such source.

    Standard input and members of archives are left out, and what cannot be read again is silently absent: an excerpt is
    a courtesy, the finding says all that is needed.
    """
    wanted: dict[str, dict[int, int]] = {}
    for item in report.diagnostics:
        where = item.location
        if where.source is not None and where.line is not None and where.source != "-" and "!" not in where.source:
            lines = wanted.setdefault(where.source, {1: 0})
            lines[where.line] = max(lines.get(where.line, 0), where.column or 0)
    found: dict[tuple[str, int], str] = {}
    for name, lines in wanted.items():
        try:
            if not Path(name).is_file():  # a pipe can be read once only
                continue
            with sources(name)[0].open() as stream:
                found.update(((name, number), text) for number, text in _lines(stream, lines))
        except (InputRefused, OSError, IndexError):
            continue
    return found


def _lines(stream: BinaryIO, wanted: Mapping[int, int]) -> Iterable[tuple[int, str]]:
    """Yield the wanted lines up to the last column that a finding names on each, and somewhat further."""
    last = max(wanted)
    for number, line in enumerate(stream, 1):
        if number in wanted:
            # A character has four bytes at most.
            longest = max(_LONGEST, 4 * (wanted[number] + _LONGEST) if wanted[number] > _LONGEST // 2 else 0)
            yield number, line[:longest].decode("utf-8", "replace").rstrip("\r\n")
        if number >= last:
            return
