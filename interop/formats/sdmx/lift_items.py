"""Item schemes as triples: codelists (extensions resolved), concept schemes, organisations, categories and the rest."""

from collections.abc import Mapping

from rdflib import Literal, URIRef

from semstat.interop.formats.sdmx.extension import extended_items
from semstat.interop.formats.sdmx.index import Index
from semstat.interop.formats.sdmx.lift import Triples, flag, lift_facts, lift_head, position
from semstat.interop.formats.sdmx.lift_representations import lift_representation
from semstat.interop.formats.sdmx.lift_tables import lift_content
from semstat.interop.formats.sdmx.lift_terms import TERMS
from semstat.interop.formats.sdmx.model import ItemScheme, Selection
from semstat.ontology.iri import item_namer, part_of
from semstat.ontology.terms import RDF, SKOS, SS, SST

__all__ = ["lift_item_scheme"]

_SCHEME_TYPES: Mapping[str, tuple[URIRef, ...]] = {
    "Code": (SST.Codelist, SKOS.ConceptScheme),
    "ValueItem": (SST.Codelist, SKOS.ConceptScheme),
    "Concept": (SST.ConceptScheme, SKOS.ConceptScheme),
    "Category": (SST.CategoryScheme, SS.MaintainableArtefact, SS.ItemScheme),
    "ReportingCategory": (SST.ReportingTaxonomy, SS.MaintainableArtefact, SS.ItemScheme),
}
_ITEM_TYPES: Mapping[str, tuple[URIRef, ...]] = {
    "Code": (SST.Code, SKOS.Concept),
    "ValueItem": (SST.Code, SKOS.Concept),
    "Concept": (SST.Concept, SKOS.Concept),
    "Agency": (SS.Agency,),
    "Category": (SST.Category, SS.Item),
    "ReportingCategory": (SST.ReportingCategory, SS.Item),
}
_OTHER_SCHEME = (SS.MaintainableArtefact, SS.ItemScheme)
_OTHER_ITEM = (SS.Item,)


def lift_item_scheme(scheme: ItemScheme, index: Index, origin: str) -> Triples:
    """Yield the triples of a scheme and of its items, in source order; of codelists, all members with those taken over.

    An item's id becomes ``skos:notation`` as a plain string, so ``"01"`` stays ``"01"``.

    Source:
        SDMX 3.0, Section 2 (Information Model), 4.2 *Item Scheme*, 4.3 *Codelist*.
    """
    head = scheme.head
    yield from lift_head(head, _SCHEME_TYPES.get(scheme.item_class, _OTHER_SCHEME))
    if scheme.content is not None:
        yield from lift_content(head.name, head.name.iri, scheme.content, index, origin)
    yield from _extensions(scheme, index, origin)
    yield from _items(scheme, index, origin)


def _extensions(scheme: ItemScheme, index: Index, origin: str) -> Triples:
    """Yield which lists are taken over, in order, with prefix and selection: later ones have priority over earlier ones."""
    iri = scheme.head.name.iri
    for number, extension in enumerate(scheme.extensions, start=1):
        node = part_of(iri, "extension", number)
        yield iri, SST.extendsCodelist, index.resolve(extension.codelist, origin)
        yield iri, SST.codelistExtension, node
        yield node, RDF.type, SST.CodelistExtension
        yield node, SS.position, position(number)
        yield from index.refer(node, SST.extendsCodelist, extension.codelist, origin)
        if extension.prefix:
            yield node, SST.codePrefix, Literal(extension.prefix)
        for included, selections in ((True, extension.included), (False, extension.excluded)):
            for place, selection in enumerate(selections or (), start=1):
                yield from _selection(node, selection, place, included=included)


def _selection(node: URIRef, selection: Selection, place: int, *, included: bool) -> Triples:
    member = part_of(node, "included" if included else "excluded", place)
    yield node, SST.memberSelection, member
    yield member, RDF.type, SST.MemberSelection
    yield member, SS.position, position(place)
    yield member, SST.isIncluded, flag(included)
    yield member, SST.value, Literal(selection.pattern)
    if selection.cascade is not None:
        yield member, SST.cascadeValues, Literal(selection.cascade)


def _items(scheme: ItemScheme, index: Index, origin: str) -> Triples:
    head, head_iri = scheme.head, scheme.head.name.iri
    items = extended_items(index, scheme)
    paths = {item.path for item in items}
    namers = {cls: item_namer(head.name, cls) for cls in {item.cls for item in items}}
    types = _ITEM_TYPES.get(scheme.item_class, _OTHER_ITEM)
    a, in_scheme, notation, place = RDF.type, SKOS.inScheme, SKOS.notation, SS.position
    for number, item in enumerate(items, start=1):
        namer = namers[item.cls]
        iri, urn = namer(item.path)
        identifier = Literal(item.facts.id)
        for cls in types:
            yield iri, a, cls
        yield from lift_facts(iri, item.facts, urn, identifier)
        yield iri, in_scheme, head_iri
        yield iri, notation, identifier
        yield iri, place, position(number)
        if item.taken_from is not None:
            yield iri, SST.takenFrom, item.taken_from.iri
        if item.parent is not None:
            yield iri, SKOS.broader, namer(item.parent)[0]
            if item.parent not in paths and not head.is_partial:
                index.miss(head.name.of_item(item.cls, item.parent), item.facts.line, origin)
        if item.representation is not None:
            node = part_of(iri, "representation")
            yield iri, SST.representation, node
            yield from lift_representation(node, item.representation, index, origin, default="String")
        if item.content is not None:
            yield from ((iri, a, cls) for cls in TERMS[type(item.content)].types)
            yield from lift_content(head.name, iri, item.content, index, origin)
