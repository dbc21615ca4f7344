"""Structure maps of a hub graph as data to be applied, whichever version of SDMX they were written in.

Source:
    SDMX 3.0, Section 2 (Information Model), 9 *Structure Mapping*; SDMX 2.1, Section 2, 9 *Structure Set and Mappings*.
"""

from collections.abc import Iterator
from dataclasses import replace

from rdflib import Graph, URIRef

from semstat.mappings.structure_maps import ComponentRule, DateRule, FixedRule, Rule, StructureMapping
from semstat.mappings.value_rules import SourceTerm, ValueRow, ValueRules
from semstat.ontology.access import flag, iris, number, text
from semstat.ontology.terms import RDF, SS, SST
from semstat.ontology.terms_mapping import SSM

__all__ = ["codelists_of", "structure_mapping", "structure_maps", "value_rules"]


def structure_maps(graph: Graph) -> list[URIRef]:
    """Return the structure maps of a hub graph, those within structure sets among them."""
    return iris(graph, None, RDF.type, SSM.StructureMap)


def structure_mapping(graph: Graph, map_iri: URIRef) -> StructureMapping:
    """Return a structure map with the representation maps that it refers to.

    A component map whose representation map is not at hand has rules without rows: nothing it says can be applied, and
    every value is accounted for as unmapped. TIME_PERIOD, which is what the time dimension is called since SDMX 2.1, is the time
    dimension of a structure that calls it otherwise, as SDMX 2.0 has it.
    """
    formats = {
        text(graph, item, SSM.frequency): text(graph, item, SSM.datePattern)
        for item in _in_order(graph, map_iri, SSM.frequencyFormatMapping)
    }
    fixed = [_fixed(graph, item) for item in _in_order(graph, map_iri, SSM.fixedValueMap)]
    rules: list[Rule] = [_component(graph, item) for item in _in_order(graph, map_iri, SSM.componentMap)]
    rules += [rule for rule in fixed if rule.targets]
    for predicate in (SSM.datePatternMap, SSM.epochMap):
        rules += [_date(graph, item, formats) for item in _in_order(graph, map_iri, predicate)]
    source, target = (text(graph, map_iri, end) or None for end in (SSM.source, SSM.target))
    times = _time_of(graph, source), _time_of(graph, target)
    return StructureMapping(
        text(graph, map_iri, SS.identifier) or str(map_iri),
        source,
        target,
        tuple(_with_times(rule, *times) for rule in rules),
        {name: rule.values for rule in fixed for name in _renamed(rule.sources, times[0])},
    )


_TIME = "TIME_PERIOD"


def _time_of(graph: Graph, end: str | None) -> str:
    """Return what a structure, or that of a dataflow, calls what maps call TIME_PERIOD."""
    artefact = URIRef(end or "")
    structure = next(iter(iris(graph, artefact, SST.structure)), artefact)
    parts = {item: set(graph.objects(item, RDF.type)) for item in iris(graph, structure, SST.component)}
    names = {item: text(graph, item, SST.componentId) or text(graph, item, SS.identifier) for item in parts}
    if _TIME in names.values():
        return _TIME
    return next((names[item] for item, kinds in parts.items() if SST.TimeDimension in kinds), _TIME)


def _with_times(rule: Rule, source: str, target: str) -> Rule:
    return replace(rule, sources=_renamed(rule.sources, source), targets=_renamed(rule.targets, target))


def _renamed(components: tuple[str, ...], time: str) -> tuple[str, ...]:
    return tuple(time if item == _TIME else item for item in components)


def value_rules(graph: Graph, map_iri: URIRef) -> ValueRules:
    """Return the rows of a representation map, of a map between the items of two schemes, or of a component map of 2.1.

    A representation map that is not in the graph has no rows.
    """
    items = [_row(graph, item) for item in _in_order(graph, map_iri, SSM.itemMap)]
    rows = items or [_row(graph, item) for item in _in_order(graph, map_iri, SSM.representationMapping)]
    width = len(iris(graph, map_iri, SSM.sourceRepresentation)) or max((len(row.sources) for row in rows), default=1)
    targets = len(iris(graph, map_iri, SSM.targetRepresentation)) or max((len(row.targets) for row in rows), default=1)
    whole = tuple(row for row in rows if len(row.sources) == width)
    return ValueRules(text(graph, map_iri, SS.identifier) or str(map_iri), width, targets, whole)


def codelists_of(graph: Graph, map_iri: URIRef, predicate: URIRef) -> list[URIRef | None]:
    """Return the codelists of a representation map's sources or targets, in order; ``None`` where it states a data type.

    Args:
        graph: The hub graph.
        map_iri: The representation map, or a map between two codelists.
        predicate: ``ssm:sourceRepresentation`` or ``ssm:targetRepresentation``.
    """
    stated = [next(iter(iris(graph, item, SSM.codelist)), None) for item in _in_order(graph, map_iri, predicate)]
    end = SSM.source if predicate == SSM.sourceRepresentation else SSM.target
    return stated or [*iris(graph, map_iri, end)]


def _in_order(graph: Graph, node: URIRef, predicate: URIRef) -> Iterator[URIRef]:
    found = iris(graph, node, predicate)
    yield from sorted(found, key=lambda item: (number(graph, item, SS.position) or 0, item))


def _components(graph: Graph, node: URIRef, predicate: URIRef) -> tuple[str, ...]:
    return tuple(text(graph, item, SST.componentId) for item in _in_order(graph, node, predicate))


def _component(graph: Graph, node: URIRef) -> ComponentRule:
    sources = _components(graph, node, SSM.sourceComponent)
    targets = _components(graph, node, SSM.targetComponent)
    maps = [*iris(graph, node, SSM.representationMap), *iris(graph, node, SSM.codelistMap)]
    if maps:
        found = value_rules(graph, maps[0])
        fits = found.width == len(sources)
        return ComponentRule(
            sources, targets, found if fits else ValueRules(found.name, len(sources), found.targets, ())
        )
    if iris(graph, node, SSM.representationMapping):
        rules = value_rules(graph, node)
        return ComponentRule(sources, targets, ValueRules(", ".join(sources), rules.width, rules.targets, rules.rows))
    return ComponentRule(sources, targets)


def _row(graph: Graph, node: URIRef) -> ValueRow:
    sources = (_term(graph, item) for item in _in_order(graph, node, SSM.sourceValue))
    targets = (text(graph, item, SST.value) for item in _in_order(graph, node, SSM.targetValue))
    valid_from, valid_to = text(graph, node, SS.validFrom), text(graph, node, SS.validTo)
    return ValueRow(tuple(sources), tuple(targets), valid_from[:10] or None, valid_to[:10] or None, str(node))


def _term(graph: Graph, node: URIRef) -> SourceTerm:
    return SourceTerm(
        text(graph, node, SST.value),
        flag(graph, node, SSM.isRegularExpression),
        number(graph, node, SSM.startIndex),
        number(graph, node, SSM.endIndex),
    )


def _fixed(graph: Graph, node: URIRef) -> FixedRule:
    values = tuple(text(graph, item, SST.value) for item in _in_order(graph, node, SSM.fixedValue))
    targets = _components(graph, node, SSM.targetComponent)
    return FixedRule(targets, values, _components(graph, node, SSM.sourceComponent))


def _date(graph: Graph, node: URIRef, formats: dict[str, str]) -> DateRule:
    def stated(predicate: URIRef) -> str | None:
        return text(graph, node, predicate) or None

    return DateRule(
        _components(graph, node, SSM.sourceComponent),
        _components(graph, node, SSM.targetComponent),
        pattern=stated(SSM.sourcePattern),
        locale=stated(SSM.locale) or "en",
        base=stated(SSM.basePeriod),
        unit=stated(SSM.epochPeriod),
        frequency=stated(SSM.targetFrequency),
        frequency_dimension=stated(SSM.frequencyDimension),
        frequencies=frozenset(str(item) for item in graph.objects(node, SSM.mappedFrequency)),
        formats=formats,
        resolve=stated(SSM.resolvePeriod),
    )
