"""From the hub graph to what is said of a variable's values in terms of others: filters of its question, and derivations.

A filter is what must hold for a question to be put: the conditions of all branches of the flow around it. Where a question is
reached on several ways, any of them will do; where one of them has no condition, there is no filter.

Source:
    DDI Lifecycle 3.3, ``IfThenElse``, ``GenerationInstruction`` and ``CommandCode``; DDI Codebook 2.6, ``universe`` and
    ``derivation``.
"""

from collections.abc import Iterable, Iterator

from rdflib import Graph, URIRef

from semstat.ontology.access import iris, number, text
from semstat.ontology.terms import DCTERMS, RDF, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_study import SSD
from semstat.validators.microdata.described_files import StatedCondition, StatedRule

__all__ = ["derivations_of", "filters_of", "universes_of"]

Way = tuple[StatedCondition, ...]
_MOST_WAYS = 64


def universes_of(graph: Graph, variable: URIRef) -> tuple[str, ...]:
    """Return the words in which a variable's own universe is stated, and the routing of its questions."""
    found = [
        text(graph, universe, term)
        for universe in iris(graph, variable, SSD.studyUniverse)
        for term in (SSI.definition, DCTERMS.description, SKOS.prefLabel)
        if text(graph, universe, term)
    ]
    return tuple(dict.fromkeys(found))


def derivations_of(graph: Graph, variable: URIRef) -> tuple[StatedRule, ...]:
    """Return the rules that a variable is derived by; one without a command is stated in words alone."""
    found = []
    for rule in iris(graph, variable, SSD.derivationRule):
        commands = _ordered(graph, iris(graph, rule, SSD.command))
        conditions = tuple(_command(graph, command, [variable, rule]) for command in commands)
        found.append(StatedRule(rule, (conditions,) if conditions else ()))
    return tuple(found)


def filters_of(graph: Graph, variable: URIRef) -> StatedRule | None:
    """Return the filter of the questions that fill a variable, ``None`` where they are put to everybody, or none is known."""
    constructs = [
        construct
        for question in iris(graph, variable, SSL.capturedBy)
        for construct in iris(graph, None, SSD.puts, question)
    ]
    ways = [way for construct in constructs for way in _ways(graph, construct, ())]
    if not ways or any(not way for way in ways):
        return None
    return StatedRule(constructs[0], tuple(dict.fromkeys(ways)))


def _ways(graph: Graph, construct: URIRef, below: tuple[URIRef, ...]) -> Iterator[Way]:
    """Yield the conditions on each way from the start of the flow to a construct."""
    steps = iris(graph, None, SSD.calls, construct)
    if construct in below or len(below) > _MOST_WAYS:
        return
    if not steps:
        yield ()
    for step in steps[:_MOST_WAYS]:
        for owner in iris(graph, None, SSD.flowStep, step):
            holders = iris(graph, None, SSD.branch, owner)
            own = _branch(graph, holders[0], owner) if holders else _repeated(graph, owner)
            for way in _ways(graph, holders[0] if holders else owner, (*below, construct)):
                yield (*way, *own)


def _repeated(graph: Graph, owner: URIRef) -> Way:
    """A loop asks of other units than the record's: nothing on a row tells whether it was entered."""
    if (owner, RDF.type, SSD.Loop) not in graph:
        return ()
    return (StatedCondition(owner, "", None, (), repeated=True),)


def _branch(graph: Graph, holder: URIRef, branch: URIRef) -> Way:
    """Return what leads into a branch: its own condition, and that none of those before it holds."""
    found: list[StatedCondition] = []
    for one in _ordered(graph, iris(graph, holder, SSD.branch)):
        own = [_command(graph, item, [branch, holder]) for item in iris(graph, one, SSD.condition)]
        if one == branch:
            return (*found, *own)
        found += [StatedCondition(item.iri, item.text, item.language, item.names, holds=not item.holds) for item in own]
    return tuple(found)


def _command(graph: Graph, command: URIRef, around: Iterable[URIRef]) -> StatedCondition:
    language = text(graph, command, SSD.commandLanguage) or None
    names: dict[str, URIRef] = {}
    for holder in (*around, command):
        for parameter in iris(graph, holder, SSD.inParameter):
            names |= dict.fromkeys(_called(graph, parameter), parameter)
    sources = {
        target: source
        for holder in (*around, command)
        for binding in iris(graph, holder, SSD.parameterBinding)
        for target in iris(graph, binding, SSD.bindingTarget)
        for source in iris(graph, binding, SSD.bindingSource)
    }
    found = {
        name: variable
        for name, parameter in names.items()
        if (variable := _filled(graph, sources.get(parameter, parameter))) is not None
    }
    return StatedCondition(command, text(graph, command, SSD.commandText), language, tuple(found.items()))


def _called(graph: Graph, parameter: URIRef) -> list[str]:
    said = [text(graph, parameter, term) for term in (SS.identifier, SSD.alias, SSD.shortName)]
    return [item for item in said if item]


def _filled(graph: Graph, source: URIRef) -> URIRef | None:
    """Return the variable that a parameter carries: one that takes its value, or whose question or derivation gives it."""
    found = iris(graph, None, SSD.sourceParameter, source)
    for owner in iris(graph, None, SSD.outParameter, source):
        rules = [owner, *iris(graph, None, SSD.command, owner)]
        found += [owner, *iris(graph, None, SSL.capturedBy, owner)]
        found += [variable for rule in rules for variable in iris(graph, None, SSD.derivationRule, rule)]
    found.append(source)
    return next((item for item in found if (item, RDF.type, SSI.InstanceVariable) in graph), None)


def _ordered(graph: Graph, nodes: list[URIRef]) -> list[URIRef]:
    return sorted(nodes, key=lambda node: (number(graph, node, SS.position) or 0, node))
