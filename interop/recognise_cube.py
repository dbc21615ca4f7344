"""Whether RDF holds data cubes, concept schemes or shapes, told from its words: what reads them takes time to load."""

import re

from semstat.ontology.terms import QB, SH, SKOS

__all__ = ["holds_schemes", "holds_shapes", "is_cube"]

_COMPONENT = re.compile(rb"(?:\w:|cube#)component\b")
_SHAPE = re.compile(rb"\b(?:(?:Node|Property)Shape|target(?:Class|Node|SubjectsOf|ObjectsOf))\b|(?:sh:|shacl#)target\b")


def is_cube(data: bytes) -> bool:
    """Return whether an RDF document speaks of data structure definitions and their components.

    Example:
        >>> is_cube(b"@prefix qb: <http://purl.org/linked-data/cube#> . <a> a qb:Observation .")
        False
    """
    return str(QB).encode() in data and b"DataStructureDefinition" in data and _COMPONENT.search(data) is not None


def holds_schemes(data: bytes) -> bool:
    """Return whether an RDF document speaks of concept schemes.

    Example:
        >>> holds_schemes(b"@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <a> a skos:ConceptScheme .")
        True
    """
    return str(SKOS).encode() in data and b"ConceptScheme" in data


def holds_shapes(data: bytes) -> bool:
    """Return whether an RDF document states shapes; that it declares the prefix of SHACL alone says nothing.

    Example:
        >>> holds_shapes(b"@prefix sh: <http://www.w3.org/ns/shacl#> . <a> a <b> .")
        False
    """
    return str(SH).encode() in data and _SHAPE.search(data) is not None
