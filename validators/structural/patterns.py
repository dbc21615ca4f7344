r"""Patterns of a structure (XSD regular expressions, anchored) as expressions that SHACL engines and RE2 share.

XSD writes ``\i`` and ``\c`` for name characters and subtracts classes; ``^`` and ``$`` are ordinary characters there.
What has no portable form is refused, so that the check is reported as not made instead of being made wrongly.

Source:
    W3C XML Schema 1.1 Part 2, appendix G *Regular Expressions*; SDMX 3.0, Section 2, facet *pattern*.
"""

import re

__all__ = ["Untranslatable", "portable_pattern"]

_ESCAPES = {
    "i": "[A-Za-z_:]",
    "c": "[-.0-9:A-Z_a-z]",
    "d": "[0-9]",
    "D": "[^0-9]",
    "s": r"[ \t\n\r]",
    "S": r"[^ \t\n\r]",
}
_KEPT = set("\\|.-^?*+{}()[]$nrtwW")
_CLASS_ESCAPES = {"d": "0-9", "s": r" \t\n\r", "i": "A-Za-z_:", "c": "-.0-9:A-Z_a-z"}


class Untranslatable(ValueError):
    """The pattern uses a construct without a portable form; the text says which."""


def portable_pattern(pattern: str) -> str:
    r"""Return an XSD pattern as an anchored portable expression.

    Raises:
        Untranslatable: class subtraction, a Unicode category or block, or an expression that does not compile.

    Example:
        >>> portable_pattern(r"[A-Z]{2}\d+")
        '^(?:[A-Z]{2}[0-9]+)$'
        >>> portable_pattern("a^b")
        '^(?:a\\^b)$'
    """
    parts: list[str] = []
    position, in_class = 0, False
    while position < len(pattern):
        piece, position, in_class = _next(pattern, position, in_class=in_class)
        parts.append(piece)
    translated = f"^(?:{''.join(parts)})$"
    try:
        re.compile(translated)
    except re.error as problem:
        raise Untranslatable(f"not a regular expression: {problem}") from None
    return translated


def _next(pattern: str, position: int, *, in_class: bool) -> tuple[str, int, bool]:
    character = pattern[position]
    if character == "\\":
        return _escape(pattern[position + 1 : position + 2], in_class=in_class), position + 2, in_class
    if in_class:
        if character == "[":
            raise Untranslatable("class subtraction")
        return character, position + 1, character != "]"
    if character == "[":
        negated = pattern[position + 1 : position + 2] == "^"
        return ("[^" if negated else "["), position + (2 if negated else 1), True
    if character in "^$":
        return "\\" + character, position + 1, False
    return character, position + 1, False


def _escape(letter: str, *, in_class: bool) -> str:
    if letter in {"p", "P"}:
        raise Untranslatable("Unicode category")
    table = _CLASS_ESCAPES if in_class else _ESCAPES
    if letter in table:
        return table[letter]
    if letter in _KEPT:
        return "\\" + letter
    raise Untranslatable(f"escape \\{letter}")
