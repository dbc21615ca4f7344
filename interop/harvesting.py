"""Dependencies that several statements together imply: what VTL reads and makes, what maps lead between, qualified PROV.

A transformation is derived from what it reads; the artefact that its result stands for is derived from the transformation. A
ruleset takes its values from the lists that it is defined on. By the variables of a dataset, its parts are meant that an event
of a run would call so: ``<dataset>#OBS_VALUE``.

Source:
    SDMX 3.0, Section 6, 10 *Validation and Transformation Language*: aliases, sub-spaces, results; Section 2, *StructureMap*;
    PROV-O (W3C, 2013), 3.3 *Qualified terms*.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from semstat.interop.vtl import Read, statements
from semstat.ontology.dependencies import Triple
from semstat.ontology.iri import part_of
from semstat.ontology.terms import PROV, SKOS, SS
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_mapping import SSM
from semstat.ontology.terms_process import SSP

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Harvest", "harvested"]

_EXPRESSIONS = {str(SSP.expression), str(SSP.result), str(SSP.isPersistent), str(SSP.definition)}
_SCHEMES = {str(term) for term in (SSP.alias, SSP.mapsArtefact, SSP.usesScheme)}
_QUALIFIED = (
    (PROV.qualifiedDerivation, PROV.entity, SSL.derivedFrom),
    (PROV.qualifiedUsage, PROV.entity, SSL.used),
    (PROV.qualifiedGeneration, PROV.activity, SSL.generatedBy),
    (PROV.qualifiedAssociation, PROV.hadPlan, SSL.ofStep),
)
"""Relations of PROV that go by way of a node of their own, and the dependencies that they state."""

_OF_MAPS = (
    (SSM.sourceComponent, SSM.mapsComponent, SSL.subjectScheme),
    (SSM.targetComponent, SSM.mapsComponent, SSL.objectScheme),
    (SSM.sourceRepresentation, SSM.codelist, SSL.subjectScheme),
    (SSM.targetRepresentation, SSM.codelist, SSL.objectScheme),
)
_WANTED = _EXPRESSIONS | _SCHEMES | {str(term) for row in (*_OF_MAPS, *_QUALIFIED) for term in row[:2]}
_IN_SCHEME, _IDENTIFIER = str(SKOS.inScheme), str(SS.identifier)

_Facts = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(slots=True)
class Harvest:
    """What was found: the dependencies, and what could not be understood, by the IRI of the statement that says it."""

    edges: set[Triple] = field(default_factory=set)
    unclear: list[tuple[str, str]] = field(default_factory=list)


def harvested(triples: "Sequence[ox.Triple]") -> Harvest:
    """Return the dependencies that statements of VTL, structure maps and the qualified relations of PROV imply.

    Args:
        triples: The statements of one source.

    Example:
        >>> harvested([]).edges
        set()
    """
    found = Harvest()
    facts = _facts(triples, _WANTED)
    if str(SSP.expression) in facts:
        homes = _facts(triples, {_IN_SCHEME, _IDENTIFIER})
        for transformation in sorted(facts[str(SSP.expression)]):
            _Statement(facts, homes, transformation).harvest(found)
    if str(SSP.definition) in facts:
        homes = _facts(triples, {_IN_SCHEME, _IDENTIFIER})
        for defined in sorted(facts[str(SSP.definition)]):
            _Statement(facts, homes, defined).harvest_definition(found)
    for first, second, edge in (*_OF_MAPS, *_QUALIFIED):
        ends = facts.get(str(second), {})
        for start, betweens in facts.get(str(first), {}).items():
            found.edges.update((start, str(edge), end) for between in betweens for end in ends.get(between, ()))
    return found


def _facts(triples: "Iterable[ox.Triple]", wanted: set[str]) -> dict[str, dict[str, list[str]]]:
    """Return objects by predicate and subject, of the predicates that are wanted."""
    import pyoxigraph as ox

    found: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in triples:
        name = predicate.value
        if name in wanted and isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
            found.setdefault(name, {}).setdefault(subject.value, []).append(value.value)
    return found


class _Statement:
    """A statement of VTL, or a definition in it, and what the names in it stand for."""

    def __init__(self, facts: _Facts, homes: _Facts, iri: str) -> None:
        self._facts, self._homes, self._iri = facts, homes, iri
        self._own = {*homes.get(_IN_SCHEME, {}).get(iri, ())}
        uses = facts.get(str(SSP.usesScheme), {})
        self._schemes = {used for scheme in self._own for used in uses.get(scheme, ())}

    def harvest(self, found: Harvest) -> None:
        """Add what the statement reads and makes."""
        result = self._one(SSP.result)
        quoted = result if result.startswith("'") else f"'{result}'"
        text = f"{quoted} := {self._one(SSP.expression)}"
        for read in statements(text):
            found.unclear += [(self._iri, said) for said in read.unclear]
            if read.result:
                found.edges.update(self._edges(read))

    def harvest_definition(self, found: Harvest) -> None:
        """Add the lists of codes that a ruleset is defined on."""
        for read in statements(self._one(SSP.definition)):
            found.unclear += [(self._iri, said) for said in read.unclear]
            lists = filter(None, map(self._artefact, read.valuedomains))
            found.edges.update((self._iri, str(SSL.valueDomain), one) for one in lists)

    def _one(self, predicate: object) -> str:
        return next(iter(self._facts.get(str(predicate), {}).get(self._iri, ())), "")

    def _edges(self, read: Read) -> Iterator[Triple]:
        derived, has = str(SSL.derivedFrom), str(SSL.instanceVariable)
        inputs = {name: self._thing(name) for name in read.datasets}
        for thing in inputs.values():
            yield self._iri, derived, thing
        for name in (*read.rulesets, *read.operators):
            yield from ((self._iri, str(SSL.rule), item) for item in self._items(name))
        made = self._artefact(read.result)
        if made is not None:
            yield made, derived, self._iri
        output = made or self._iri
        origins = [inputs[name] for name in inputs]
        for name, sources in sorted(read.computed.items()):
            variable = str(part_of(output, name))
            yield output, has, variable
            for source in sources:
                for whole in self._wholes(read, inputs, origins, source):
                    yield whole, has, str(part_of(whole, source))
                    if str(part_of(whole, source)) != variable:
                        yield variable, derived, str(part_of(whole, source))

    def _wholes(self, read: Read, inputs: Mapping[str, str], origins: Sequence[str], name: str) -> list[str]:
        """Return the datasets whose component is meant: as said, or that of the only dataset; of several none is guessed."""
        said = [inputs[whole] for whole, component in read.components if component == name and whole in inputs]
        return list(dict.fromkeys(said)) or (list(origins) if len(origins) == 1 else [])

    def _thing(self, name: str) -> str:
        """Return what a name stands for: an artefact, the statement that makes it, or else nothing but a name."""
        results = self._facts.get(str(SSP.result), {})
        for other in sorted(results):
            is_here = self._own & {*self._homes.get(_IN_SCHEME, {}).get(other, ())}
            if {name, f"'{name}'"} & {*results[other]} and is_here and other != self._iri:
                return other
        artefact = self._artefact(name)
        return artefact or str(part_of(min(self._own, default=self._iri), "dataset", name))

    def _artefact(self, name: str) -> str | None:
        """Return the artefact that an alias of the scheme's mappings stands for; a sub-space is a part of it."""
        alias = name.partition("/")[0]
        for mapping, aliases in self._facts.get(str(SSP.alias), {}).items():
            if alias in aliases and self._schemes & {*self._homes.get(_IN_SCHEME, {}).get(mapping, ())}:
                return next(iter(self._facts.get(str(SSP.mapsArtefact), {}).get(mapping, ())), None)
        return None

    def _items(self, name: str) -> Iterator[str]:
        for item, schemes in self._homes.get(_IN_SCHEME, {}).items():
            if self._schemes & {*schemes} and name in self._homes.get(_IDENTIFIER, {}).get(item, ()):
                yield item
