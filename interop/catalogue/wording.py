"""Dependencies as sentences: what depends on what, and why."""

import re
from collections.abc import Sequence
from itertools import pairwise

from semstat.interop.catalogue.lineage import Edge, Lineage
from semstat.interop.catalogue.names import Naming, short_name

__all__ = ["SENTENCES", "sentence"]

SENTENCES = {
    "arranges": "gives {on} its place in a hierarchy",
    "businessFunction": "belongs to the sub-process {on}",
    "capturedBy": "is filled by the answers to the question {on}",
    "component": "has the component {on}",
    "componentVariable": "is filled by the variable {on}",
    "conceptualVariable": "represents the variable {on}",
    "dataflow": "serves the dataflow {on}",
    "dependsOn": "depends on {on}",
    "derivedFrom": "is derived from {on}",
    "generatedBy": "was made by {on}",
    "instanceVariable": "has the variable {on}",
    "measures": "measures {on}",
    "method": "applies the method {on}",
    "objectScheme": "maps to the codes of {on}",
    "ofComponent": "holds the values of {on}",
    "ofStep": "is a run of {on}",
    "part": "has the part {on}",
    "representation": "is represented as {on}",
    "representedVariable": "is bound to the variable {on}",
    "restricts": "restricts {on}",
    "rule": "follows the rule {on}",
    "structure": "has the structure {on}",
    "subjectScheme": "maps the codes of {on}",
    "takenFrom": "takes over the content of {on}",
    "unitType": "characterises units of the type {on}",
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
