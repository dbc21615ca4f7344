"""Keep lexical forms: rdflib rewrites ``"01"^^xsd:integer`` to ``1`` unless told not to, for the whole process.

It also logs a traceback and warns for each ill-formed literal, which for data under validation is an ordinary finding.
"""

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import rdflib

__all__ = ["exact_literals", "is_language_tag"]

_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def is_language_tag(tag: str) -> bool:
    """Tell whether RDF takes a text for the tag of a language.

    Source:
        RDF 1.1 Concepts, 3.3 *Literals*; BCP 47, 2.1 *Syntax*, as far as it is about lengths and letters.

    Example:
        >>> [is_language_tag(tag) for tag in ("pt-BR", "x-none", "9999-99", "é", "")]
        [True, True, False, False, False]
    """
    return _TAG.fullmatch(tag) is not None


@contextmanager
def exact_literals() -> Iterator[None]:
    """Switch rdflib's normalisation of literals off, and its alarm at ill-formed ones; restore what the caller had.

    Example:
        >>> with exact_literals():
        ...     str(rdflib.Literal("01", datatype=rdflib.XSD.integer))
        '01'
    """
    alarm = logging.getLogger("rdflib.term")
    before, loud = rdflib.NORMALIZE_LITERALS, alarm.disabled
    rdflib.NORMALIZE_LITERALS, alarm.disabled = False, True
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Parsing weird boolean", category=UserWarning)
            yield
    finally:
        rdflib.NORMALIZE_LITERALS, alarm.disabled = before, loud
