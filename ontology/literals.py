"""Keep lexical forms: rdflib rewrites ``"01"^^xsd:integer`` to ``1`` unless told not to, for the whole process.

It also logs a traceback and warns for each ill-formed literal, which for data under validation is an ordinary finding.
"""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import rdflib

__all__ = ["exact_literals"]


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
