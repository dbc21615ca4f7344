"""Codes that a list takes over with a prefix, and constraints that remove it: such codes stand in data without.

Source:
    SDMX 3.0, Section 2 (Information Model), *MemberSelection*, ``removePrefix``, and *CodelistExtension*, ``prefix``.
"""

from collections.abc import Iterable
from dataclasses import replace

from rdflib import Graph, URIRef

from semstat.ontology.access import flag, iris, one, text
from semstat.ontology.terms import SKOS, SST
from semstat.validators.structural.view import ComponentView, StructureView

__all__ = ["bare_codes", "without_prefixes"]


def bare_codes(graph: Graph, codelist: URIRef | None) -> dict[str, str]:
    """Return the codes of a list that have a prefix, each with what it is without: its id in the list that it is taken from.

    Example:
        >>> bare_codes(Graph(), None)
        {}
    """
    found: dict[str, str] = {}
    for extension in iris(graph, codelist, SST.codelistExtension) if codelist is not None else ():
        if not text(graph, extension, SST.codePrefix):
            continue
        taken = one(graph, extension, SST.extendsCodelist)
        for code in graph.subjects(SKOS.inScheme, codelist):
            origin = one(graph, code, SST.takenFrom)
            if origin is not None and (origin, SKOS.inScheme, taken) in graph:
                found[text(graph, code, SKOS.notation)] = text(graph, origin, SKOS.notation)
    return {code: bare for code, bare in found.items() if bare and bare != code}


def without_prefixes(graph: Graph, view: StructureView, constraints: Iterable[URIRef]) -> StructureView:
    """Return the view of a structure for data in which codes stand without a prefix, where a constraint removes it.

    Both forms are codes then: which of them a constraint lets through is the constraint's own matter.
    """
    removing = {
        text(graph, member, SST.componentId)
        for constraint in constraints
        for holder in _holders(graph, constraint)
        for member in iris(graph, holder, SST.memberSelection)
        if flag(graph, member, SST.removePrefix)
    }
    if not removing:
        return view
    components = (_without(graph, item) if item.id in removing else item for item in view.components)
    return replace(view, components=tuple(components))


def _holders(graph: Graph, constraint: URIRef) -> list[URIRef]:
    keys = (key for keys in iris(graph, constraint, SST.dataKeySet) for key in iris(graph, keys, SST.dataKey))
    return [*iris(graph, constraint, SST.cubeRegion), *keys]


def _without(graph: Graph, component: ComponentView) -> ComponentView:
    bare = bare_codes(graph, component.codelist)
    if component.codes is None or not bare:
        return component
    codes = dict.fromkeys([*component.codes, *(bare[code] for code in component.codes if code in bare)])
    return replace(component, codes=tuple(codes), bare=bare)
