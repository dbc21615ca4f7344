"""Item schemes from triples: own items in their order; what a list takes over from others is left to its extensions."""

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from rdflib import URIRef

from semstat.interop.formats.sdmx.forms import Form
from semstat.interop.formats.sdmx.forms_items import ITEM_FORMS, SCHEME_FORMS
from semstat.interop.formats.sdmx.lower import Statements, facts_of, head_of, in_order, references
from semstat.interop.formats.sdmx.lower_representations import representation_of
from semstat.interop.formats.sdmx.lower_tables import content_of
from semstat.interop.formats.sdmx.model import Extension, Item, ItemScheme, Selection
from semstat.interop.formats.sdmx.model_contents import ItemContent, SchemeContent
from semstat.interop.formats.sdmx.vocabulary import ARTEFACTS
from semstat.ontology.iri import SdmxName, name_of
from semstat.ontology.terms import SKOS, SS, SST

__all__ = ["lower_item_scheme"]

_GEOGRAPHIC = ("GeographicCodelist", "GeoGridCodelist")


def lower_item_scheme(scheme: Statements, name: SdmxName) -> ItemScheme:
    """Return a scheme with its items in order.

    Where the statements are to be resolved, codes that the list takes over from others are items like its own.
    """
    head = head_of(scheme, name)
    shape = scheme.text(SST.geoType) or ("GeoGridCodelist" if SST.gridDefinition in scheme.values else None)
    if shape in _GEOGRAPHIC:  # it has the class of a plain list in its URN
        head = replace(head, element=shape)
    item_class = next(iter(ARTEFACTS[head.element].items.values())).cls
    members = in_order(scheme, _members(scheme))
    inside = ITEM_FORMS.get(next(iter(ARTEFACTS[head.element].items)))
    items = [_item(member, inside) for member in members if scheme.resolved or SST.takenFrom not in member.values]
    extensions = tuple(_extensions(scheme))
    content = cast(SchemeContent | None, content_of(scheme, SCHEME_FORMS.get(head.element)))
    return ItemScheme(head, item_class, tuple(item for item in items if item is not None), extensions, content)


def _members(scheme: Statements) -> list[URIRef]:
    return [item for item in scheme.graph.subjects(SKOS.inScheme, scheme.iri) if isinstance(item, URIRef)]


def _item(member: Statements, content: Form | None) -> Item | None:
    name = name_of(member.iri)
    if name is None or name.item is None:
        return None
    parents = [above.item for above in map(name_of, member.iris(SKOS.broader)) if above is not None]
    representations = member.parts(SST.representation)
    sources = [name_of(iri) for iri in member.iris(SST.takenFrom)]
    return Item(
        name.item,
        name.cls,
        facts_of(member, member.text(SS.identifier) or name.item),
        parents[0] if parents else None,
        representation_of(representations[0]) if representations else None,
        cast(ItemContent | None, content_of(member, content)),
        sources[0] if sources else None,
    )


def _extensions(scheme: Statements) -> Iterator[Extension]:
    for part in scheme.parts(SST.codelistExtension):
        for codelist in references(part, SST.extendsCodelist)[:1]:
            members = part.parts(SST.memberSelection)
            included = tuple(_selection(item) for item in members if item.flag(SST.isIncluded) is not False)
            excluded = tuple(_selection(item) for item in members if item.flag(SST.isIncluded) is False)
            yield Extension(codelist, part.text(SST.codePrefix) or "", included or None, excluded or None)


def _selection(item: Statements) -> Selection:
    return Selection(item.text(SST.value) or "", item.text(SST.cascadeValues))
