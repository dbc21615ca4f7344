"""Values as files spell them: what is a number, and every spelling of a code that means that code.

An expression here has the same meaning in XPath, in Python and in RE2, so that all executors read it alike.
"""

import re
from collections.abc import Iterable

__all__ = ["NOTHING", "NUMBER", "any_of", "code_pattern", "decimal_places", "exactly", "is_number", "width_pattern"]

NUMBER = r"^\s*[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,3})?\s*$"
"""Numbers as data files write them, blanks around them included."""

NOTHING = "^$"
"""What no cell holds: a cell without text has no value at all."""

_DIRT = r'[\s"]*'
"""What exports leave around codes: blanks, quotation marks, carriage returns."""

_DECIMAL = re.compile(r"\s*([+-]?)0*([0-9]*)(?:[.]([0-9]*?)0*)?\s*")
_ESCAPED = r"\\\g<0>"
_SPECIAL = re.compile(r"[\\.\[\]{}()*+?^$|]")


def is_number(text: str) -> bool:
    """Tell whether a text is a number.

    Example:
        >>> [is_number(text) for text in ("7", " 7.50", "1e-5", "", "NaN", "1,5")]
        [True, True, True, False, False, False]
    """
    return re.search(NUMBER.removesuffix("$") + r"\Z", text) is not None


def code_pattern(code: str) -> str:
    r"""Return the expression that every spelling of a code matches: padded, with zeros before or after, as any number it is.

    Source:
        Nesstar and SPSS pad codes to the width of their variable: ``00``, ``0 `` and ``0`` are one code.

    Example:
        >>> [re.search(code_pattern("07"), text) is not None for text in ("7", "007", " 7.0", "70", "0.7")]
        [True, True, True, False, False]
        >>> code_pattern("a.b")
        '^[\\s"]*a\\.b[\\s"]*$'
    """
    return f"^{_DIRT}{_spelling(code)}{_DIRT}$"


def any_of(codes: Iterable[str]) -> str:
    """Return the expression that the spellings of any of the codes match, ``NOTHING`` for none.

    Example:
        >>> any_of([])
        '^$'
    """
    spellings = list(dict.fromkeys(_spelling(code) for code in codes))
    return f"^{_DIRT}({'|'.join(spellings)}){_DIRT}$" if spellings else NOTHING


def exactly(codes: Iterable[str]) -> str:
    r"""Return the expression that the codes match as they are written, and nothing else.

    Example:
        >>> exactly(["1", "2.5"])
        '^(1|2\\.5)$'
    """
    return f"^({'|'.join(_SPECIAL.sub(_ESCAPED, code) for code in dict.fromkeys(codes))})$"


def _spelling(code: str) -> str:
    match = _DECIMAL.fullmatch(code)
    if match is None or not re.search(r"[0-9]", code):
        return _SPECIAL.sub(_ESCAPED, code.strip())
    sign, whole, part = match[1], match[2], match[3] or ""
    if not whole and not part:
        return "[+-]?(0+([.]0*)?|[.]0+)"
    decimals = f"[.]{part}0*" if part else "([.]0*)?"
    return f"{'-' if sign == '-' else '[+]?'}0*{whole}{decimals}"


def decimal_places(figure: str) -> int:
    """Return how many decimals a figure is printed with; zeros at its end do not count.

    Example:
        >>> [decimal_places(text) for text in ("942785.316", "12", "1.500")]
        [3, 0, 1]
    """
    return len(figure.strip().partition(".")[2].rstrip("0")) if "e" not in figure.lower() else 0


def width_pattern(width: int, decimals: int) -> str:
    """Return the expression of the numbers that fit a width once they are written with so many decimals.

    The point takes a place where there are decimals; what a number has beyond them is cut.

    Example:
        >>> [re.search(width_pattern(5, 2), text) is not None for text in ("12.3456", "-1", "123.4")]
        [True, True, False]
    """
    whole = width - decimals - 1 if decimals else width
    return f"^[^.eE]{{0,{max(whole, 1)}}}([.eE].*)?$"
