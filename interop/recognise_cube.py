"""Whether RDF holds the structures of data cubes, told from its words: what reads them takes time to load."""

import re

from semstat.ontology.terms import QB

__all__ = ["is_cube"]

_COMPONENT = re.compile(rb"(?:\w:|cube#)component\b")


def is_cube(data: bytes) -> bool:
    """Return whether an RDF document speaks of data structure definitions and their components.

    Example:
        >>> is_cube(b"@prefix qb: <http://purl.org/linked-data/cube#> . <a> a qb:Observation .")
        False
    """
    return str(QB).encode() in data and b"DataStructureDefinition" in data and _COMPONENT.search(data) is not None
