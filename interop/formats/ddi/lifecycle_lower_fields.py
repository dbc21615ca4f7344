"""The fields of a kind that an element of DDI-Lifecycle has room for, and the way to each."""

from dataclasses import replace
from functools import cache

from rdflib import URIRef

from semstat.interop.formats.ddi.lifecycle_elements_write import route
from semstat.interop.formats.ddi.lifecycle_kinds import Kind, Rule
from semstat.ontology.terms import SKOS

__all__ = ["Field", "fields_of"]

Field = tuple[str, Rule, tuple[str, ...]]
"""A path, the rule for it, and the names of the elements that it leads through."""


@cache
def fields_of(name: str, kind: Kind) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """Return the fields of a kind that an element has room for: those of literals, and those that lead to things."""
    alternatives = any(rule.how == "alternative" for rule in kind.fields.values())
    own: list[Field] = []
    others: list[Field] = []
    for path, rule in sorted(kind.fields.items(), key=lambda item: "/dc" in item[0]):
        steps = route(name, path)
        if steps is None or rule.how == "skip":
            continue
        if rule.how in {"part", "inside", "refers", "step"}:
            others.append((path, rule, steps))
        else:
            own.append((path, replace(rule, predicates=_terms(rule, alternatives=alternatives)), steps))
    return tuple(own), tuple(others)


def _terms(rule: Rule, *, alternatives: bool) -> tuple[URIRef, ...]:
    """Return the properties that a rule is about; further labels have elements of their own in some kinds."""
    if rule.how == "label":
        return (SKOS.prefLabel,) if alternatives else (SKOS.prefLabel, SKOS.altLabel)
    return (SKOS.altLabel,) if rule.how == "alternative" else rule.predicates
