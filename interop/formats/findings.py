"""Where a data reader puts what it finds while it streams: into the tally of the current dataset, bounded."""

from dataclasses import replace

from semstat.validators.diagnostics import Diagnostic, Location, Severity

__all__ = ["Findings"]

_LISTED = 1000
"""Findings of one rule that are listed one by one; the rest is counted in one more finding."""


class Findings:
    """Collects findings about one source into a list, which may be exchanged when the next dataset begins.

    Args:
        source: The name of the input.
        into: The list to fill.
    """

    def __init__(self, source: str, into: list[Diagnostic]) -> None:
        self.source = source
        self.into = into
        self._counts: dict[str, int] = {}
        self._summaries: dict[str, int] = {}

    def turn_to(self, into: list[Diagnostic]) -> None:
        """Fill another list from now on."""
        self.into = into
        self._counts.clear()
        self._summaries.clear()

    def lists(self, rule: str) -> bool:
        """Tell whether the next finding of a rule will be listed, and not merely counted."""
        return self._counts.get(rule, 0) <= _LISTED

    def place(self, line: int | None, column: int | None) -> tuple[int | None, int | None]:
        """Return line and column of a finding that is listed, from what :meth:`add` was given."""
        return line, column

    def add(
        self,
        rule: str,
        message: str,
        *,
        line: int | None = None,
        column: int | None = None,
        path: str | None = None,
        value: str | None = None,
        expected: str | None = None,
        nearest: str | None = None,
        severity: Severity | None = None,
        count: int = 1,
    ) -> None:
        """Add one finding, about ``count`` places; beyond the first thousand of a rule only their number is kept."""
        from semstat.validators.rules import finding

        listed = self._counts[rule] = self._counts.get(rule, 0) + 1
        if listed > _LISTED + 1:
            place = self._summaries[rule]
            self.into[place] = replace(self.into[place], count=self.into[place].count + count)
            return
        if listed == _LISTED + 1:
            self._summaries[rule] = len(self.into)
            message = f"more findings of this rule follow, which are only counted: {message}"
        where = Location(self.source, *self.place(line, column), path=path)
        item = finding(rule, message, where, severity=severity, value=value, expected=expected, nearest=nearest)
        self.into.append(replace(item, count=count))
