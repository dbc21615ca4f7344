"""References of DDI-Lifecycle, from the relations of the hub graph and what readers noted of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree
from rdflib import Graph, URIRef

from semstat.interop.formats.ddi.ledger import Ledger
from semstat.interop.formats.ddi.lifecycle_elements_write import child_name, put, route, tag_of
from semstat.interop.formats.ddi.lifecycle_kinds import Rule
from semstat.interop.formats.ddi.lifecycle_lower_kept import Kept, kept_of, renamed, said_in
from semstat.interop.formats.ddi.lifecycle_lower_names import element_of, name_in
from semstat.interop.formats.ddi.lifecycle_names import name_of
from semstat.ontology.access import iris, number, text
from semstat.ontology.ddi_iri import parse_ddi_urn
from semstat.ontology.ddi_models import lifecycle_model
from semstat.ontology.terms import RDF, SS
from semstat.ontology.terms_study import SSD

__all__ = ["Pointing", "point", "pointing_of"]


@dataclass(slots=True)
class Pointing:
    """What readers noted of references: the nodes of each thing, the order of those in a row; and what was written of them."""

    nodes: dict[URIRef, list[URIRef]] = field(default_factory=dict)
    order: dict[URIRef, dict[URIRef, int]] = field(default_factory=dict)
    elements: dict[tuple[URIRef, URIRef], dict[str, URIRef]] = field(default_factory=dict)
    used: set[URIRef] = field(default_factory=set)
    written: set[tuple[URIRef, URIRef]] = field(default_factory=set)

    def of(self, source: URIRef, target: URIRef) -> URIRef | None:
        """Return the node of a reference, if there is one."""
        return next(iter(self.elements.get((source, target), {}).values()), None)

    def refers(self, source: URIRef, target: URIRef, local: str) -> bool:
        """Return whether a thing refers to another, which it then does not hold."""
        return any(name.partition(":")[2] == f"{local}Reference" for name in self.elements.get((source, target), {}))

    def write(
        self,
        ledger: Ledger,
        iri: URIRef,
        target: URIRef,
        element: etree._Element,
        choices: Sequence[tuple[str, Rule, tuple[str, ...]]],
    ) -> bool:
        """Write a reference at the place that fits its target best; return whether there is one."""
        places = [(path, steps) for path, rule, steps in choices if rule.how == "refers"]
        if name_in(ledger, target) is None or not places:
            return False
        noted = self.elements.get((iri, target), {})
        local = (element_of(ledger, target) or "").partition(":")[2]
        wanted = [*(name.partition(":")[2] for name in noted), f"{local}Reference"]
        steps = next(
            (steps for one in wanted for _, steps in places if steps[-1].partition(":")[2] == one), places[0][1]
        )
        node = next((node for name, node in noted.items() if name == steps[-1]), None)
        if node is None:  # an element that 3.3 does not have, or has elsewhere, is written as the one that is meant
            node = next(
                (node for name, node in noted.items() if _way(name_of(str(element.tag)).full, name) is None), None
            )
            if node is not None:
                was, now = (item.partition(":")[2] for item in (text(ledger.graph, node, SSD.elementName), steps[-1]))
                said = f"the `{was}` is written as `{now}`: DDI-Lifecycle 3.3 has no such element there"
                ledger.lose("DDI080", said, iri, value=was)
        if node is not None:
            self.used.add(node)
        holder = element
        for name in steps[:-1]:
            found = holder.find(tag_of(name))
            holder = found if found is not None else put(holder, name)
        point(ledger, put(holder, steps[-1]), target, node)
        self.written.add((iri, target))
        return True

    def loose(self, ledger: Ledger, iri: URIRef, element: etree._Element, name: str, kept: Kept) -> None:
        """Write the references that no property of the thing stands for."""
        inner = [said_in(ledger.graph, node) for node in self.nodes.get(iri, ())]
        for node in self.nodes.get(iri, ()):
            said = text(ledger.graph, node, SSD.elementName)
            urn = text(ledger.graph, node, SSD.referencedUrn)
            target = parse_ddi_urn(urn)
            if node in self.used or target is None or any(one.points(said, urn) for one in (kept, *inner)):
                ledger.cover(node)
                continue
            steps = _way(name, said)
            if steps is None or element.find("/".join(map(tag_of, steps))) is not None:
                continue
            holder = element
            for step in steps[:-1]:
                found = holder.find(tag_of(step))
                holder = found if found is not None else put(holder, step)
            point(ledger, put(holder, steps[-1]), target.iri, node)


def _way(name: str, said: str) -> tuple[str, ...] | None:
    """Return the shortest way to an element within another: in it, or in an element that is in it."""
    local = said.partition(":")[2]
    if child_name(name, local):
        return route(name, local)
    model = lifecycle_model().get(name)
    inner = [child.partition(":")[2] for child in (model.children if model else ())]
    near = next((way for step in inner if (way := route(name, f"{step}/{local}")) is not None), None)
    return near or next((way for step in _ACCESS if (way := route(name, f"{step}/{local}")) is not None), None)


_ACCESS = ("ArchiveSpecific/DefaultAccess",)
"""What holds references at a place further down, and is read."""


def pointing_of(graph: Graph) -> Pointing:
    """Return what was noted of references."""
    pointing = Pointing()
    for node in sorted(item for item in graph.subjects(RDF.type, SSD.Reference) if isinstance(item, URIRef)):
        source = graph.value(node, SSD.referringArtefact)
        name = parse_ddi_urn(text(graph, node, SSD.referencedUrn))
        if not isinstance(source, URIRef):
            continue
        pointing.nodes.setdefault(source, []).append(node)
        if name is None:
            continue
        place = number(graph, node, SS.position) or 0
        known = graph.value(node, SSD.referencedArtefact)
        for target in {name.iri, known if isinstance(known, URIRef) else name.iri}:
            pointing.elements.setdefault((source, target), {})[text(graph, node, SSD.elementName)] = node
            pointing.order.setdefault(source, {}).setdefault(target, place)
    return pointing


def point(ledger: Ledger, element: etree._Element, target: URIRef, node: URIRef | None, *, whole: bool = True) -> None:
    """Fill in a reference: its marks, the name and the type of what it leads to, and with ``whole`` what was kept of it."""
    name = name_in(ledger, target)
    if name is None:
        return
    kind = (element_of(ledger, target) or "").partition(":")[2]
    if node is not None:
        for mark, term in (("isExternal", SSD.isExternal), ("lateBound", SSD.isLateBound)):
            stated = ledger.text(node, term)
            if stated is not None:
                element.set(mark, stated)
        kind = ledger.text(node, SSD.objectType) or kind
        urn = ledger.text(node, SSD.referencedUrn) or name.urn
        ledger.cover(node)
    else:
        urn = name.urn
    for piece in kept_of(ledger, node).parts if node is not None and whole else ():
        element.append(renamed(piece[2]))
    _segment(ledger, element, target)
    parts = (("r:Agency", name.agency), ("r:ID", name.id), ("r:Version", name.version))
    for part, value in (("r:URN", urn),) if "." in name.id or urn != name.urn else parts:
        put(element, part, value)
    put(element, "r:TypeOfObject", kind or _TYPES.get(etree.QName(element).localname, "Variable"))


_TYPES: Mapping[str, str] = {
    "CategoryReference": "Category",
    "CodeListReference": "CodeList",
    "ConceptReference": "Concept",
    "QuestionReference": "QuestionItem",
}


def _segment(ledger: Ledger, element: etree._Element, structure: URIRef) -> None:
    """Say which segment of a physical structure is meant, where that must be said: the first."""
    if etree.QName(element).localname != "PhysicalStructureLinkReference":
        return
    for gross in iris(ledger.graph, structure, SSD.recordStructure):
        for segment in iris(ledger.graph, gross, SSD.recordSegment):
            name = name_in(ledger, segment)
            if name is not None and len(element) == 0:
                put(element, "p:PhysicalRecordSegmentUsed", name.id)
