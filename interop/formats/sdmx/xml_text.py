"""XML as text: a small tree of elements, written with two blanks for each level, the same bytes for the same tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Element", "escaped", "legal", "lines", "not_in_xml"]

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_ATTRIBUTE = _TEXT | {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
_IN_TEXT = re.compile("[&<>\r]")
_IN_ATTRIBUTE = re.compile('[&<>\r"\n\t]')


@dataclass(frozen=True, slots=True)
class Element:
    """An element with either text or children; ``name`` has its prefix. ``raw`` is XML that takes its place as it is."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    text: str = ""
    children: tuple["Element", ...] = ()
    raw: str = ""

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]


def not_in_xml(text: str) -> bool:
    r"""Tell whether a text holds a character that XML cannot hold.

    Example:
        >>> not_in_xml("a\x01b"), not_in_xml("a\tb")
        (True, False)
    """
    return _NOT_IN_XML.search(text) is not None


def legal(text: str) -> str:
    r"""Return a text with the replacement character for those that XML cannot hold.

    Example:
        >>> legal("a\x01b")
        'a\ufffdb'
    """
    return _NOT_IN_XML.sub("\ufffd", text)


def escaped(text: str, *, attribute: bool = False) -> str:
    """Return text as it stands in XML; a character that XML cannot hold becomes the replacement character.

    Example:
        >>> escaped('a < "b"', attribute=True)
        'a &lt; &quot;b&quot;'
    """
    marks, pattern = (_ATTRIBUTE, _IN_ATTRIBUTE) if attribute else (_TEXT, _IN_TEXT)
    return pattern.sub(lambda match: marks[match.group()], legal(text))


def lines(element: Element, depth: int = 0) -> Iterator[str]:
    r"""Yield the lines of an element, each with its line end.

    Example:
        >>> "".join(lines(Element("a", (("id", "1"),), children=(Element("b", text="x"), Element("c")))))
        '<a id="1">\n  <b>x</b>\n  <c/>\n</a>\n'
    """
    indent = "  " * depth
    if element.raw:
        yield f"{indent}{element.raw}\n"
        return
    attributes = "".join(f' {key}="{escaped(value, attribute=True)}"' for key, value in element.attributes)
    if element.children:
        yield f"{indent}<{element.name}{attributes}>\n"
        for child in element.children:
            yield from lines(child, depth + 1)
        yield f"{indent}</{element.name}>\n"
    elif element.text:
        yield f"{indent}<{element.name}{attributes}>{escaped(element.text)}</{element.name}>\n"
    else:
        yield f"{indent}<{element.name}{attributes}/>\n"
