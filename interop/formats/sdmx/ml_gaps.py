"""The text between attribute values of a regular SDMX-ML message, tokenised once per distinct text.

A stretch of ``<Series>`` and ``<Obs>`` elements is alternately a *gap* (everything outside quotation marks) and a
value. Regular messages have few distinct gaps, so that each is judged by an exact, strict grammar, in Python, once.
"""

import re
from dataclasses import dataclass

__all__ = ["OBS", "SERIES", "Gap", "Tail", "depth_after", "read_gap", "read_head", "read_tail"]

OBS, SERIES = 0, 1
_SPACE = rb"(?:[ \t\n]|\r\n)"
# A declaration of a namespace is no attribute.
_NAME = rb"(?P<name>(?!xmlns[ \t\r\n=])[A-Za-z_][A-Za-z0-9_.\-]*)" + _SPACE + rb"*=" + _SPACE + rb"*"
_CLOSERS = rb"(?P<closers>(?:" + _SPACE + rb"*</(?:Obs|Series)" + _SPACE + rb"*>)*)"
_END = _SPACE + rb"*(?P<end>/?>)"
_OPEN = _SPACE + rb"*(?P<open><(?P<kind>Obs|Series))" + _SPACE + rb"+"
_NEXT_ATTRIBUTE = re.compile(_SPACE + rb"+" + _NAME)
_NEXT_ELEMENT = re.compile(_END + _CLOSERS + _OPEN + _NAME)
_HEAD = re.compile(_CLOSERS + _OPEN + _NAME)
_TAIL = re.compile(_END + _CLOSERS + _SPACE + rb"*")
_CLOSER = re.compile(rb"</(Obs|Series)")
_KINDS = {b"Obs": OBS, b"Series": SERIES}


@dataclass(frozen=True, slots=True)
class Gap:
    """What a gap before a value says.

    ``name`` is the attribute whose value follows. ``opens`` is the kind of the element that begins in the gap, or -1
    when the attribute belongs to the element before; ``self_closed`` and ``closers`` say how the elements before it
    end. ``before_tag`` counts the line feeds before the new element's ``<``; ``newlines``, ``controls`` and
    ``brackets`` all line feeds, control characters and ``<`` of the gap.
    """

    name: str
    opens: int
    self_closed: bool
    closers: tuple[int, ...]
    before_tag: int
    newlines: int
    controls: int
    brackets: int


@dataclass(frozen=True, slots=True)
class Tail:
    """What the text after the last value of a stretch says."""

    self_closed: bool
    closers: tuple[int, ...]
    controls: int
    brackets: int


def read_gap(text: bytes) -> Gap | None:
    r"""Return what a gap between two values says; ``None`` if it is not of the regular kind.

    Example:
        >>> gap = read_gap(b"/>\n</Series>\n<Series FREQ=")
        >>> gap.name, gap.opens == SERIES, gap.closers == (SERIES,), gap.before_tag
        ('FREQ', True, True, 2)
    """
    match = _NEXT_ATTRIBUTE.fullmatch(text)
    if match is not None:
        return _gap(match, text, opens=-1, self_closed=False, closers=())
    match = _NEXT_ELEMENT.fullmatch(text)
    if match is None:
        return None
    return _gap(match, text, opens=_KINDS[match["kind"]], self_closed=match["end"] == b"/>", closers=_closers(match))


def read_head(text: bytes) -> Gap | None:
    """Return what the gap before the first value of a stretch says; it begins outside any tag."""
    match = _HEAD.fullmatch(text)
    if match is None:
        return None
    return _gap(match, text, opens=_KINDS[match["kind"]], self_closed=True, closers=_closers(match))


def read_tail(text: bytes) -> Tail | None:
    """Return what the gap after the last value of a stretch says; it ends outside any tag."""
    match = _TAIL.fullmatch(text)
    if match is None:
        return None
    return Tail(match["end"] == b"/>", _closers(match), _controls(text), text.count(b"<"))


def depth_after(kind: int, depth: int, *, self_closed: bool, closers: tuple[int, ...], opens: int = -1) -> int | None:
    """Return how deep the content stands after a gap: 1 inside a series, 0 outside; ``None`` if it is not well-formed.

    Args:
        kind: The element whose tag is open when the gap begins.
        depth: 1 if that element stands in a series, else 0.
        self_closed: The tag ends with ``/>``.
        closers: The end tags that follow.
        opens: The element that begins at the gap's end, or -1.
    """
    if kind == SERIES and depth:
        return None
    stack = [SERIES] * depth + ([] if self_closed else [kind])
    for closer in closers:
        if not stack or stack.pop() != closer:
            return None
    if stack not in ([], [SERIES]) or (opens == SERIES and stack):
        return None
    return len(stack)


def _closers(match: re.Match[bytes]) -> tuple[int, ...]:
    return tuple(_KINDS[name] for name in _CLOSER.findall(match["closers"]))


def _gap(match: re.Match[bytes], text: bytes, *, opens: int, self_closed: bool, closers: tuple[int, ...]) -> Gap:
    before = text.count(b"\n", 0, match.start("open")) if opens >= 0 else 0
    return Gap(
        match["name"].decode(),
        opens,
        self_closed,
        closers,
        before,
        text.count(b"\n"),
        _controls(text),
        text.count(b"<"),
    )


def _controls(text: bytes) -> int:
    return text.count(b"\n") + text.count(b"\r") + text.count(b"\t")
