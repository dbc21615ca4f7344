"""A data structure as the rules need it, read from the hub graph: components in order, representations, codes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rdflib import Graph, URIRef

from semstat.ontology.access import flag, iris, number, one, text
from semstat.ontology.iri import name_of
from semstat.ontology.terms import DCTERMS, RDF, SKOS, SS, SST
from semstat.validators.structural.facet_table import FACETS

__all__ = ["ComponentView", "MissingStructure", "StructureView", "codes_of", "facets_of", "structure_view"]

_FACETS = tuple(SST[name] for name in FACETS)
"""The facets of a representation that restrict values or their number."""


class MissingStructure(LookupError):
    """The graph does not describe the structure that was asked for."""


@dataclass(frozen=True, slots=True)
class ComponentView:
    """One component of a structure.

    ``role`` is ``dimension``, ``time``, ``measure`` or ``attribute``; ``codes`` is ``None`` for a component without a code
    list, and ``codelist`` without ``codes`` means that the list is named but not at hand; ``is_partial``
    says that it is delivered in part. ``facets`` holds the facets as
    written, by local name. ``attached`` are the ids of the dimensions that an attribute is attached to, ``groups`` those of
    the groups that it stands on; ``level`` is
    ``dataset``, ``group``, ``series`` or ``observation`` for an attribute, ``None`` otherwise. ``bare`` are the codes that data
    give without the prefix of their list, each with what they give.
    """

    iri: URIRef
    id: str
    role: str
    mandatory: bool
    codelist: URIRef | None = None
    codes: tuple[str, ...] | None = None
    is_partial: bool = False
    text_type: str | None = None
    facets: Mapping[str, str] = field(default_factory=dict)
    level: str | None = None
    attached: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    concepts: tuple[URIRef, ...] = ()
    bare: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_dimension(self) -> bool:
        """Whether the component is part of the key."""
        return self.role in {"dimension", "time"}

    @property
    def list_name(self) -> str:
        """The code list as people name it, ``AGENCY:ID(VERSION)``; its IRI where that does not say."""
        parts = str(self.codelist).split("/")
        return f"{parts[-3]}:{parts[-2]}({parts[-1]})" if len(parts) > 3 else str(self.codelist)


@dataclass(frozen=True, slots=True)
class StructureView:
    """A data structure: its components in order (dimensions, measures, attributes), and what people call it."""

    iri: URIRef
    label: str
    components: tuple[ComponentView, ...]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def dimensions(self) -> tuple[ComponentView, ...]:
        """The dimensions in the order of the structure."""
        return tuple(item for item in self.components if item.is_dimension)

    @property
    def time(self) -> ComponentView | None:
        """The time dimension, if there is one."""
        return next((item for item in self.components if item.role == "time"), None)

    @property
    def primary_measure(self) -> ComponentView | None:
        """The measure, where there is one only, or else the one called OBS_VALUE."""
        measures = [item for item in self.components if item.role == "measure"]
        return measures[0] if len(measures) == 1 else self.of("OBS_VALUE")

    @property
    def frequency(self) -> ComponentView | None:
        """The dimension that states the frequency: by id, by the concept it stands for, or by its role.

        The letters' case is not looked at: Eurostat's structures call it ``freq``, with the codes of the common list.
        """
        named = (item for item in self.dimensions if _is_freq(item.id) or any(_is_freq(iri) for iri in item.concepts))
        return next(named, None)

    def attachments(self, attribute: ComponentView) -> tuple[tuple[str, ...], ...]:
        """Return the dimensions that an attribute is attached to, once for each group it may stand on; none for a dataset's.

        Source:
            SDMX 3.0, Section 2 (Information Model), class *AttributeRelationship*; SDMX 2.0, *attachmentLevel*.
        """
        groups = tuple(self.groups[name] for name in attribute.groups if name in self.groups)
        if attribute.level == "group":
            return groups
        if attribute.level == "series":
            above = tuple(item.id for item in self.dimensions if item.role != "time")
            return (attribute.attached or above, *groups)
        return (tuple(item.id for item in self.dimensions),) if attribute.level == "observation" else ()

    def of(self, identifier: str) -> ComponentView | None:
        """Return the component with an id, or ``None``.

        The time dimension also answers to TIME_PERIOD, the id that it must have since SDMX 2.1: constraints on a structure of
        SDMX 2.0, where the concept gives the id, are written in versions that have no other word for it.
        """
        found = next((item for item in self.components if item.id == identifier), None)
        return self.time if found is None and identifier == _TIME else found


_TIME = "TIME_PERIOD"


def _is_freq(name: str) -> bool:
    """Return whether a name, or the last part of an IRI, is that of the frequency."""
    return name.rsplit("/", 1)[-1].upper() == "FREQ"


def structure_view(graph: Graph, structure: URIRef) -> StructureView:
    """Return the view of a data structure of the hub graph.

    Raises:
        MissingStructure: the graph has no components for ``structure``.
    """
    found = [_component(graph, node) for node in iris(graph, structure, SST.component)]
    if not found:
        raise MissingStructure(f"the graph describes no components of {structure}")
    order = {"dimension": 0, "time": 1, "measure": 2, "attribute": 3}
    places = {item.iri: number(graph, item.iri, SS.position) or 0 for item in found}
    found.sort(key=lambda item: (order[item.role], places[item.iri], item.id))
    groups = {
        text(graph, node, SS.identifier): tuple(sorted(_ids(graph, node, SST.groupDimension), key=_rank(found)))
        for node in iris(graph, structure, SST.group)
    }
    return StructureView(structure, _short_name(graph, structure), tuple(found), groups)


def _rank(components: list[ComponentView]) -> Callable[[str], int]:
    place = {item.id: number for number, item in enumerate(components)}
    return lambda identifier: place.get(identifier, len(place))


_ROLES = {
    SST.TimeDimension: "time",
    SST.MeasureDimension: "dimension",
    SST.Dimension: "dimension",
    SST.Measure: "measure",
}


def _component(graph: Graph, node: URIRef) -> ComponentView:
    types = set(graph.objects(node, RDF.type))
    role = next((name for cls, name in _ROLES.items() if cls in types), "attribute")
    holder = next(iter(iris(graph, node, SST.representation)), None)
    codelist = next(iter(iris(graph, holder, SST.enumeration)), None) if holder is not None else None
    return ComponentView(
        iri=node,
        id=text(graph, node, SS.identifier),
        role=role,
        mandatory=role in {"dimension", "time"} or text(graph, node, SST.usage) == "mandatory",
        codelist=codelist,
        codes=codes_of(graph, codelist),
        is_partial=codelist is not None and flag(graph, codelist, SS.isPartial),
        text_type=(text(graph, holder, SST.textType) or None) if holder is not None else None,
        facets=facets_of(graph, holder),
        level=text(graph, node, SST.attachmentLevel) or None,
        attached=tuple(_ids(graph, node, SST.attachedToComponent)),
        groups=tuple(_ids(graph, node, SST.attachedToGroup)),
        concepts=tuple(sorted({*iris(graph, node, SST.conceptIdentity), *iris(graph, node, SST.conceptRole)})),
    )


def codes_of(graph: Graph, codelist: URIRef | None) -> tuple[str, ...] | None:
    """Return the notations of a code list in order; ``None`` when the list is absent, a stub or not described."""
    if codelist is None or (codelist, RDF.type, SST.Codelist) not in graph:
        return None
    members = list(graph.subjects(SKOS.inScheme, codelist))
    if not members and flag(graph, codelist, SS.isExternalReference):
        return None
    placed = sorted((number(graph, code, SS.position) or 0, text(graph, code, SKOS.notation)) for code in members)
    return tuple(dict.fromkeys(notation for _, notation in placed))


def facets_of(graph: Graph, holder: URIRef | None) -> dict[str, str]:
    """Return the facets of a representation as written, by local name."""
    stated = {facet.rsplit("#", 1)[-1]: one(graph, holder, facet) for facet in _FACETS} if holder is not None else {}
    return {name: str(value) for name, value in stated.items() if value is not None}


def _ids(graph: Graph, node: URIRef, predicate: URIRef) -> list[str]:
    related = iris(graph, node, predicate)
    placed = sorted((number(graph, item, SS.position) or 0, text(graph, item, SS.identifier)) for item in related)
    return [identifier for _, identifier in placed]


def _short_name(graph: Graph, structure: URIRef) -> str:
    name = name_of(structure)
    return name.short if name else text(graph, structure, DCTERMS.identifier, str(structure))
