"""What the standard takes for the identifier of an artefact or a code, and how other words become one."""

import re

__all__ = ["as_identifier", "is_identifier"]

_IDENTIFIER = re.compile(r"[A-Za-z0-9_@$-]+", re.ASCII)
_OTHER = re.compile(r"[^A-Za-z0-9_@$-]", re.ASCII)


def is_identifier(text: str) -> bool:
    """Return whether a text is an identifier: letters of ASCII, digits, ``_``, ``@``, ``$`` and ``-``.

    Source:
        SDMX 3.0, Section 3A, ``IDType``.

    Example:
        >>> is_identifier("CL_AREA"), is_identifier("01.1"), is_identifier("")
        (True, False, False)
    """
    return _IDENTIFIER.fullmatch(text) is not None


def as_identifier(text: str) -> str:
    """Return a text with ``_`` in the place of each character that an identifier may not have.

    Example:
        >>> as_identifier("01.1 a")
        '01_1_a'
    """
    return _OTHER.sub("_", text)
