"""What values become in the hub graph: the attributes of artefacts, and one class of values as a row of ``lift_terms_*.py``."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rdflib import URIRef

from semstat.ontology.terms import SS

__all__ = ["FLAG_TERMS", "TEXT_TERMS", "Terms"]

FLAG_TERMS: Mapping[str, URIRef] = {
    "isFinal": SS.isFinal,
    "isExternalReference": SS.isExternalReference,
    "isPartial": SS.isPartial,
    "isPartialLanguage": SS.isPartialLanguage,
}
"""The attributes of maintainable artefacts that are true or false."""

TEXT_TERMS: Mapping[str, URIRef] = {
    "validFrom": SS.validFrom,
    "validTo": SS.validTo,
    "structureURL": SS.structureUrl,
    "serviceURL": SS.serviceUrl,
}
"""Their other attributes."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What one class of values becomes.

    ``cls`` is the class in a URN of parts that have one (``""``: the value's own ``cls``). ``locals`` names the class
    of parts of the same artefact that a field refers to.
    """

    types: tuple[URIRef, ...] = ()
    values: Mapping[str, URIRef] = field(default_factory=dict)
    parts: Mapping[str, tuple[URIRef, str]] = field(default_factory=dict)
    cls: str | None = None
    locals: Mapping[str, tuple[URIRef, str]] = field(default_factory=dict)
