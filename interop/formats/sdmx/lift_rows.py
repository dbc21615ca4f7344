"""What one class of values becomes in the hub graph: one row of the tables ``lift_terms_*.py``."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rdflib import URIRef

__all__ = ["Terms"]


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
