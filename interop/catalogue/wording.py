"""Dependencies as sentences: what depends on what, and why."""

import re
from collections.abc import Sequence
from itertools import pairwise

from semstat.interop.catalogue.lineage import Edge, Lineage
from semstat.interop.catalogue.names import Naming, short_name

__all__ = ["SENTENCES", "sentence"]

SENTENCES = {
    "arranges": "puts {on} into its place",
    "businessFunction": "belongs to {on}",
    "capturedBy": "is filled by the answers to {on}",
    "component": "has the component {on}",
    "componentVariable": "stands for {on}",
    "conceptualVariable": "represents {on}",
    "dataflow": "serves {on}",
    "dependsOn": "depends on {on}",
    "derivedFrom": "is derived from {on}",
    "generatedBy": "was made by {on}",
    "instanceVariable": "has the variable {on}",
    "measures": "measures {on}",
    "method": "applies {on}",
    "objectScheme": "leads to {on}",
    "ofComponent": "holds the values of {on}",
    "ofStep": "is a run of {on}",
    "part": "has the part {on}",
    "representation": "is represented as {on}",
    "representedVariable": "is an occurrence of {on}",
    "restricts": "restricts {on}",
    "rule": "follows {on}",
    "structure": "has the structure {on}",
    "subjectScheme": "leads from {on}",
    "takenFrom": "takes over {on}",
    "unitType": "speaks of {on}",
    "used": "used {on}",
    "usesConcept": "takes its meaning from {on}",
    "valueDomain": "takes its values from {on}",
}
"""What is said of each kind of dependency, by its local name."""


def sentence(lineage: Lineage, naming: Naming, way: Sequence[Edge]) -> str:
    """Return a way between two things, from what depends to what it depends on, as one sentence; empty for no way.

    Raises:
        ValueError: the edges do not follow one another.
    """
    if not way:
        return ""
    if any(one.on != two.dependent for one, two in pairwise(way)):
        raise ValueError("the edges do not follow one another")
    parts = [_said(lineage, edge).format(on=_called(naming, edge.on)) for edge in way]
    return f"{_called(naming, way[0].dependent)} {', which '.join(parts)}."


def _said(lineage: Lineage, edge: Edge) -> str:
    found = lineage.dependency(edge.dependency)
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", found.name).lower()
    return SENTENCES.get(found.name, f"depends ({words}) on {{on}}")


def _called(naming: Naming, iri: str) -> str:
    label = naming.label(iri)
    short = short_name(iri)
    return f"{short} ({label})" if label and label != short else short
