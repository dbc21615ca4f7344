"""What became of the sources of a load, as people read it: each of a few, and of many what they have in common."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from semstat.interop.publishing import problem_line

if TYPE_CHECKING:
    from semstat.interop.catalogue import Loaded
    from semstat.validators.diagnostics import Diagnostic

__all__ = ["is_bindings", "load_report"]

_SHOWN = 3
"""Findings shown for each source, and examples for each reason; validate shows them all."""
_MOST_LISTED = 40
"""Sources that are told one by one."""
_FEW_UNREAD = 5
_VARIES = re.compile(r"`[^`]*`|\b[\w.-]+:[\w$@.-]+\([^()]*\)|\b\d[\d.]*\b")
_INDENT = " " * 10


def load_report(done: "Sequence[Loaded]") -> Iterator[str]:
    """Yield lines: the sources, where they are few or something is wrong; then counts, and why what was not read was not."""
    is_long = len(done) > _MOST_LISTED
    for item in done:
        is_told = item.state in {"refused", "removed"} or is_bindings(item) or not is_long
        if is_told and (item.state != "unchanged" or item.findings):
            yield from _source(item)
    if is_long:
        yield from _by_format(done)
    unread = [item for item in done if item.state in {"refused", "left out"}]
    if len(unread) > _FEW_UNREAD:
        yield from _reasons(unread)
    counts = Counter(item.state for item in done)
    yield ", ".join(f"{number:,} {state}" for state, number in sorted(counts.items())) or "nothing to load"


def is_bindings(item: "Loaded") -> bool:
    """Tell whether a source is a table of bindings, which validate does not judge."""
    return item.record is not None and item.record.format == "bindings"


def _source(item: "Loaded") -> Iterator[str]:
    what = f"  {item.record.format}, {item.record.triples:,} statements" if item.record else ""
    yield f"{item.state:<9} {item.name}{what}"
    shown = len(item.findings) if is_bindings(item) else _SHOWN
    yield from (_INDENT + problem_line(found) for found in item.findings[:shown])
    if len(item.findings) > shown:
        yield f"{_INDENT}and {len(item.findings) - _SHOWN} more findings: semstat validate {item.name}"


def _by_format(done: "Sequence[Loaded]") -> Iterator[str]:
    """Yield, by format, how many sources were read, how many statements they hold, and in how many something was found."""
    read = [item for item in done if item.state in {"added", "replaced"} and item.record]
    if not read:
        return
    sources, statements, found = Counter[str](), Counter[str](), Counter[str]()
    for item in read:
        if item.record:
            sources[item.record.format] += 1
            statements[item.record.format] += item.record.triples
            found[item.record.format] += bool(item.findings)
    yield "read, by format:"
    wide = max(map(len, sources))
    for name, number in sources.most_common():
        more = f", findings in {found[name]}" if found[name] else ""
        yield f"{number:>6}  {name:<{wide}}  {statements[name]:,} statements{more}"


def _reasons(unread: "Sequence[Loaded]") -> Iterator[str]:
    """Yield why sources were not read, the commonest reason first, each with what it was about or in which sources."""
    about: dict[tuple[str, str], Counter[str]] = {}
    for item in unread:
        found = _decisive(item)
        if found is not None:
            said = " ".join(found.message.split())
            values = _VARIES.findall(said)
            example = values[0].strip("`") if values else item.name.rpartition("/")[2]
            about.setdefault((found.rule, _VARIES.sub("…", said)), Counter())[example] += 1
    yield f"not read, by reason (of {len(unread)} sources; semstat explain RULE says more):"
    for (rule, said), examples in sorted(about.items(), key=lambda pair: (-pair[1].total(), pair[0])):
        yield f"{examples.total():>6}  {rule}  {said}"
        some = [f"{name} ({number})" if number > 1 else name for name, number in islice(examples.most_common(), _SHOWN)]
        more = f", and {len(examples) - _SHOWN} more" if len(examples) > _SHOWN else ""
        yield f"        {', '.join(some)}{more}"


def _decisive(item: "Loaded") -> "Diagnostic | None":
    """Return the gravest finding of a source, of equals the first."""
    order = ("error", "warning", "info")
    return min(item.findings, key=lambda found: order.index(found.severity.value), default=None)
