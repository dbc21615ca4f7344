"""Whether a text is well-formed markup of XHTML: elements closed and nested, no document type.

Source:
    SDMX 2.1 and 3.0, SDMXCommon.xsd, ``DataType`` *XHTML*; W3C XHTML 1.0, appendix A.2 (names of characters).
"""

import re
from html.entities import name2codepoint
from xml.parsers import expat

__all__ = ["DEEPEST", "LONGEST", "markup_fault"]

DEEPEST = 200
"""How deep elements may nest."""

LONGEST = 1_000_000
"""Characters up to which a text is looked at."""

_CHARACTER = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_WRAPPED = len("<x>")


class _Refused(ValueError):
    """The markup is well-formed so far, and not taken; the text says why."""


def markup_fault(text: str) -> str | None:
    """Return what is wrong with a piece of XHTML, ``None`` where nothing is.

    A text without any markup is right, whatever signs it has: it says of itself that there is nothing to mark. The names of
    characters that XHTML has beyond those of XML stand for the characters; nothing is fetched or expanded.

    Example:
        >>> markup_fault("<p>caf&eacute; <b>noir</b></p>"), markup_fault("R & D")
        (None, None)
        >>> markup_fault("<p>no end")
        'an element is not closed'
    """
    if "<" not in text:
        return None
    if len(text) > LONGEST:
        return f"it has more than {LONGEST} characters"
    written = _CHARACTER.sub(_plain, text)
    parser = _parser()
    try:
        parser.Parse(f"<x>{written}</x>".encode("utf-8", "surrogatepass"), True)
    except expat.ExpatError as problem:
        place = parser.ErrorByteIndex - _WRAPPED + 1
        if written == text and text.isascii() and place > len(text):
            return "an element is not closed"
        where = f", at its character {place}" if written == text and text.isascii() and place > 0 else ""
        return f"{expat.ErrorString(problem.code)}{where}"
    except _Refused as reason:
        return str(reason)
    return None


def _parser() -> expat.XMLParserType:
    """Return a parser that stops at elements too deep; within the one that texts are put into, no document type can stand."""
    parser = expat.ParserCreate(encoding="utf-8")
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST + 1:
            raise _Refused(f"its elements nest deeper than {DEEPEST}")

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    return parser


def _plain(found: re.Match[str]) -> str:
    name = found[1]
    return f"&#{name2codepoint[name]};" if name in name2codepoint and name not in _OWN else found[0]
