"""Code lists and concept systems of DDI-CDI as item schemes of SDMX, and what artefacts are called there."""

import re
from dataclasses import dataclass, field

from rdflib import URIRef

from semstat.interop.formats.ddi.cdi_lift import sdmx_urns, texts_of
from semstat.interop.formats.ddi.cdi_nodes import CdiNode, CdiNodes
from semstat.interop.formats.ddi.cdi_sdmx_words import PARENT
from semstat.interop.formats.sdmx.model import Facts, Item, ItemScheme, Maintainable, Text
from semstat.ontology.iri import SdmxName, parse_urn

__all__ = ["Ids", "Schemes"]

Ids = dict[URIRef, str]
"""What nodes are called in SDMX, within their artefact."""

_UNFIT = re.compile(r"[^A-Za-z0-9_@$-]+")


@dataclass(slots=True)
class Schemes:
    """The item schemes in the nodes of a document; ``concepts`` are the names of concepts that are known by now."""

    nodes: CdiNodes
    concepts: dict[str, SdmxName] = field(default_factory=dict)

    def name(self, node: CdiNode, package: str, cls: str) -> SdmxName:
        """Return the name of an artefact: that which it had in SDMX, else one made of its identifier."""
        for _, urn in sdmx_urns(self.nodes, node):
            parsed = parse_urn(urn)
            if parsed is not None:
                return parsed
        irdi = self.nodes.identity(node)
        if irdi is not None:
            return SdmxName(package, cls, _fit(irdi.agency, dots=True), _fit(irdi.id), irdi.version)
        return SdmxName(package, cls, "UNKNOWN", _fit(str(node.iri).replace("#", "/").rpartition("/")[2]), "1.0")

    def texts(self, node: CdiNode, *terms: str) -> tuple[Text, ...]:
        """Return the texts of the first of some properties that has any."""
        for term in terms:
            found = texts_of(self.nodes, node, term)
            if found:
                return tuple(Text(str(text), text.language) for text in found)
        return ()

    def facts(self, node: CdiNode, identifier: str, *, description: str = "definition") -> Facts:
        """Return the names and the description of an item."""
        names = self.texts(node, "displayLabel", "name")
        return Facts(identifier, None, names, self.texts(node, description))

    def item_id(self, node: CdiNode) -> str:
        """Return the id of an item: that which it had in SDMX, else its name or identifier as far as SDMX allows."""
        for _, urn in sdmx_urns(self.nodes, node):
            parsed = parse_urn(urn)
            if parsed is not None and parsed.item is not None:
                return parsed.item
        names = texts_of(self.nodes, node, "name")
        irdi = self.nodes.identity(node)
        return _fit(str(names[0]) if names else irdi.id if irdi is not None else str(node.iri).rpartition("/")[2])

    def of_concepts(self, node: CdiNode) -> ItemScheme:
        """Return the concept scheme that a concept system is; its concepts are known by name from then on."""
        name = self.name(node, "conceptscheme", "ConceptScheme")
        held = list(self.nodes.at(node, "has_Concept"))
        own = {item.iri: self.item_id(item) for item in held}
        wider = {target: own[item.iri] for item in held for target in item.links("uses_Concept") if target in own}
        for item in held:
            self.concepts[str(item.iri)] = name.of_item("Concept", own[item.iri])
        items = tuple(
            Item(own[item.iri], "Concept", self.facts(item, own[item.iri]), parent=wider.get(item.iri)) for item in held
        )
        facts = Facts(name.id, None, self.texts(node, "purpose", "name"))
        return ItemScheme(Maintainable("ConceptScheme", name, facts), "Concept", items)

    def of_codes(self, node: CdiNode) -> ItemScheme:
        """Return the code list that a code list is, with the hierarchy that a structure gives it."""
        name = self.name(node, "codelist", "Codelist")
        codes = list(self.nodes.at(node, "has_Code"))
        own = {code.iri: self._notation(code) for code in codes}
        wider = self._wider(node, own)
        items = []
        for code in codes:
            category = self.nodes.first(code, "denotes")
            facts = Facts(own[code.iri], None)
            if category is not None:
                facts = self.facts(category, own[code.iri], description="descriptiveText")
            items.append(Item(own[code.iri], "Code", facts, parent=wider.get(code.iri)))
        facts = Facts(name.id, None, self.texts(node, "purpose", "name"))
        return ItemScheme(Maintainable("Codelist", name, facts), "Code", tuple(items))

    def _notation(self, code: CdiNode) -> str:
        notation = self.nodes.first(code, "uses_Notation")
        return str(next(iter(texts_of(self.nodes, notation, "content")), "")) if notation is not None else ""

    def _wider(self, holder: CdiNode, own: Ids) -> Ids:
        found: Ids = {}
        for structure in self.nodes.pointing("CodeListStructure", "structures", holder):
            for relation in self.nodes.at(structure, "has_CodeRelationship"):
                if PARENT in {str(text) for text in texts_of(self.nodes, relation, "semantics")}:
                    for source in relation.links("hasSource"):
                        found |= {target: own[source] for target in relation.links("hasTarget") if source in own}
        return found


def _fit(text: str, *, dots: bool = False) -> str:
    parts = text.split(".") if dots else [text]
    return ".".join(_UNFIT.sub("_", part).strip("_") or "_" for part in parts)
