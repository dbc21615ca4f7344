"""Rules on maps that need the map itself to be tried: what it leaves open, says twice, or says of nothing at hand."""

from collections.abc import Iterable, Iterator, Sequence

from rdflib import Graph, URIRef

from semstat.mappings.date_rules import BadDatePattern, DatePattern, epoch
from semstat.mappings.read_maps import codelists_of, structure_mapping, structure_maps, value_rules
from semstat.mappings.structure_maps import DateRule
from semstat.mappings.value_rules import ValueRules
from semstat.ontology.access import flag, iris, text
from semstat.ontology.terms import RDF, SKOS, SS, SST
from semstat.ontology.terms_mapping import SSM
from semstat.validators.called import called
from semstat.validators.sets import Row

__all__ = [
    "ambiguous_values",
    "components_filled_twice",
    "empty_dimensions",
    "uncovered_codes",
    "unknown_codes",
    "unreadable_map_patterns",
]

_SHOWN = 8
_KINDS = (SSM.RepresentationMap, SSM.ItemSchemeMap)
_ENDS = ((SSM.sourceRepresentation, "source"), (SSM.targetRepresentation, "target"))


def ambiguous_values(graph: Graph) -> Iterator[Row]:
    """Yield a row for each combination of source values that several rows of a map turn into different things."""
    for node, rules in _maps(graph):
        for rows in rules.repeated():
            shown = ", ".join(term.text for term in rows[0].sources)
            meant = _listed(dict.fromkeys(" + ".join(row.targets) or "nothing" for row in rows))
            place = rows[1].node or str(node)
            yield Row(place, f"`{called(graph, node)}` maps `{shown}` to {meant}; the first is used", shown)


def uncovered_codes(graph: Graph) -> Iterator[Row]:
    """Yield a row for each map whose source codelist has codes that no row is for; maps of combinations are passed over."""
    for node, rules in _maps(graph):
        sources = codelists_of(graph, node, SSM.sourceRepresentation)
        if rules.width != 1 or len(sources) != 1 or sources[0] is None or any(rules.bad_patterns()):
            continue
        missing = rules.uncovered(_codes(graph, sources[0]))
        if missing:
            count = f"{len(missing)} codes" if len(missing) > 1 else "the code"
            message = (
                f"`{called(graph, node)}` has no row for {count} {_listed(missing)} of `{called(graph, sources[0])}`"
            )
            yield Row(str(node), message, missing[0], count=len(missing))


def unknown_codes(graph: Graph) -> Iterator[Row]:
    """Yield a row for each value of a map that is not among the codes of the codelist that it should be taken from."""
    for node, rules in _maps(graph):
        for predicate, end in _ENDS:
            for place, codelist in enumerate(codelists_of(graph, node, predicate)):
                if codelist is None:
                    continue
                known = set() if flag(graph, codelist, SS.isPartial) else set(_codes(graph, codelist))
                for value, row in _stated(rules, end, place) if known else ():
                    if value not in known:
                        message = f"the {end} value `{value}` of `{called(graph, node)}` is no code of `{called(graph, codelist)}`"
                        yield Row(row or str(node), message, value)


def unreadable_map_patterns(graph: Graph) -> Iterator[Row]:
    """Yield a row for each regular expression, date pattern or epoch of a map that has no meaning."""
    for node, rules in _maps(graph):
        for pattern in rules.bad_patterns():
            yield Row(str(node), f"`{pattern}` in `{called(graph, node)}` is not a regular expression", pattern)
    for node in structure_maps(graph):
        for rule in structure_mapping(graph, node).rules:
            problem = _problem(rule) if isinstance(rule, DateRule) else None
            if problem is not None:
                yield Row(str(node), f"{problem}, in `{called(graph, node)}`", rule.name)


def components_filled_twice(graph: Graph) -> Iterator[Row]:
    """Yield a row for each component of a target that several rules of a structure map fill."""
    for node in structure_maps(graph):
        for component in structure_mapping(graph, node).doubled():
            message = (
                f"several rules of `{called(graph, node)}` give `{component}` its value; the first that has one counts"
            )
            yield Row(str(node), message, component)


def empty_dimensions(graph: Graph) -> Iterator[Row]:
    """Yield a row for each dimension of a map's target structure that no rule gives a value."""
    for node in structure_maps(graph):
        mapping = structure_mapping(graph, node)
        filled = set(mapping.targets)
        for dimension in _dimensions(graph, URIRef(mapping.target)) if mapping.target else ():
            if dimension not in filled:
                message = f"no rule of `{called(graph, node)}` gives the dimension `{dimension}` a value"
                yield Row(str(node), message, dimension)


def _maps(graph: Graph) -> Iterator[tuple[URIRef, ValueRules]]:
    for kind in _KINDS:
        for node in iris(graph, None, RDF.type, kind):
            yield node, value_rules(graph, node)


def _codes(graph: Graph, codelist: URIRef) -> list[str]:
    placed = (
        (int(text(graph, item, SS.position, "0")), text(graph, item, SS.identifier)) for item in _items(graph, codelist)
    )
    return [code for _, code in sorted(placed)]


def _items(graph: Graph, scheme: URIRef) -> Iterable[URIRef]:
    return iris(graph, None, SKOS.inScheme, scheme)


def _stated(rules: ValueRules, end: str, place: int) -> Iterable[tuple[str, str | None]]:
    """Return the values that rows give for one source or target, each with its first row; patterns give none."""
    found: dict[str, str | None] = {}
    for row in rules.rows:
        if end == "source":
            term = row.sources[place] if place < len(row.sources) else None
            if term is not None and not term.precision:
                found.setdefault(term.text, row.node)
        elif place < len(row.targets) and "\\" not in row.targets[place]:
            found.setdefault(row.targets[place], row.node)
    return found.items()


def _problem(rule: DateRule) -> str | None:
    try:
        if rule.pattern is not None:
            DatePattern(rule.pattern, rule.locale)
        else:
            epoch("0", rule.base or "", rule.unit or "")
    except BadDatePattern as problem:
        return str(problem)
    return None


def _dimensions(graph: Graph, target: URIRef) -> Sequence[str]:
    structure = next(iter(iris(graph, target, SST.structure)), target)
    found = [item for item in iris(graph, structure, SST.component) if _is_dimension(graph, item)]
    return [text(graph, item, SST.componentId) or text(graph, item, SS.identifier) for item in found]


def _is_dimension(graph: Graph, component: URIRef) -> bool:
    kinds = set(graph.objects(component, RDF.type))
    return bool(kinds & {SST.Dimension, SST.TimeDimension, SST.MeasureDimension})


def _listed(values: Iterable[str]) -> str:
    shown = [f"`{value}`" for value in values]
    return ", ".join(shown[:_SHOWN]) + (" …" if len(shown) > _SHOWN else "")
