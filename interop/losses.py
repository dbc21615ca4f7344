"""The account of a conversion: what the target could not say, as one paragraph and as JSON, item by item."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from semstat.interop.conversion import Conversion
from semstat.validators.diagnostics import Diagnostic, Severity
from semstat.validators.render.wording import counted
from semstat.validators.rules import catalogue

__all__ = ["loses_content", "loss_report", "loss_summary"]

_VERSION = "1.0"
_SHOWN = 3


def loss_summary(conversion: Conversion) -> str:
    """Return what was written and what was lost, in one paragraph.

    Example:
        >>> loss_summary(Conversion("turtle", written={"artefacts": 2}))
        '2 artefacts written as turtle; nothing was lost.'
        >>> loss_summary(Conversion("ddi-codebook-2.6", written={"studies": 1, "series": 0}))
        '1 study, 0 series written as ddi-codebook-2.6; nothing was lost.'
    """
    things = (f"{number} {_one(name) if number == 1 else name}" for name, number in conversion.written.items())
    written = ", ".join(things) or "nothing"
    head = f"{written} written as {conversion.target}"
    counts = _counts(conversion.losses)
    if not counts:
        return f"{head}; nothing was lost."
    parts = [f"{number} × {catalogue()[rule].name} ({rule})" for rule, number in counts.items()]
    first = [item.message for item in conversion.losses[:_SHOWN]]
    total = counted(sum(counts.values()), "loss", "losses")
    more = len(conversion.losses) - len(first)
    rest = f"; and {more} more" if more else ""
    return f"{head}; {total}: {', '.join(parts)}. For example: {'; '.join(first)}{rest}."


def loses_content(conversion: Conversion) -> bool:
    """Tell whether anything was lost beside fields that only say which message it was, and who sent it (IO236).

    Example:
        >>> loses_content(Conversion("turtle"))
        False
    """
    return any(item.rule != "IO236" or item.severity is not Severity.INFO for item in conversion.losses)


def _one(name: str) -> str:
    """Return the name of a single thing: study of studies, file of files, list or scheme of lists and schemes."""
    words = (
        word.removesuffix("ies") + "y" if word.endswith("ies") else word.removesuffix("s")
        for word in name.split(" and ")
    )
    return " or ".join(words)


def _counts(losses: Iterable[Diagnostic]) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for item in losses:
        counts[item.rule] += item.count
    return dict(sorted(counts.items()))


def loss_report(conversion: Conversion) -> str:
    """Return every loss as JSON, in a fixed order, with the totals by rule.

    Example:
        >>> json.loads(loss_report(Conversion("turtle")))["losses"]
        []
    """
    counts = _counts(conversion.losses)
    content = {
        "schema_version": _VERSION,
        "target": conversion.target,
        "written": dict(conversion.written),
        "totals": [{"rule": rule, "name": catalogue()[rule].name, "count": number} for rule, number in counts.items()],
        "losses": [_item(item) for item in conversion.losses],
        "rules": {
            rule: {"statement": catalogue()[rule].statement, "why": catalogue()[rule].why, "fix": catalogue()[rule].fix}
            for rule in counts
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _item(item: Diagnostic) -> dict[str, Any]:
    where = item.location
    stated = {
        "rule": item.rule,
        "severity": item.severity.value,
        "message": item.message,
        "source": where.source,
        "line": where.line,
        "artefact": where.focus,
        "part": where.path,
        "value": item.value,
        "count": item.count,
    }
    return {key: value for key, value in stated.items() if value is not None}
