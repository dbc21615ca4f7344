"""Item schemes as elements of SDMX-ML: items in their order, nested where the standard nests them, extensions last."""

from collections.abc import Iterator, Mapping

from semstat.interop.formats.sdmx.forms_items import ITEM_FORMS, SCHEME_FORMS
from semstat.interop.formats.sdmx.model import Extension, Item, ItemScheme, Selection
from semstat.interop.formats.sdmx.serialise_facts import fact_elements, head_attributes
from semstat.interop.formats.sdmx.serialise_raw import Raw, assembled, raw_of
from semstat.interop.formats.sdmx.serialise_references import local, reference
from semstat.interop.formats.sdmx.serialise_representations import representation_element
from semstat.interop.formats.sdmx.serialise_tables import content_attributes, content_elements
from semstat.interop.formats.sdmx.target import Writing
from semstat.interop.formats.sdmx.vocabulary import ARTEFACTS, ItemClass
from semstat.interop.formats.sdmx.xml_text import Element

__all__ = ["scheme_element"]


def scheme_element(scheme: ItemScheme, writing: Writing) -> Element:
    """Return a scheme with all that it holds."""
    head = scheme.head
    known, form = ARTEFACTS[head.element], SCHEME_FORMS.get(head.element)
    raw = raw_of(head, writing)
    ((element, kind),) = known.items.items()
    below: dict[str | None, list[Item]] = {}
    for item in scheme.items:
        below.setdefault(item.parent if kind.nested else None, []).append(item)
    children = [
        *fact_elements(head.facts, writing),
        *_items(below, None, element, kind, writing),
        *(_extension(extension, writing) for extension in scheme.extensions),
        *content_elements(scheme.content, form, writing),
        *raw.elements,
    ]
    stated = content_attributes(scheme.content, form)
    return assembled(f"str:{head.element}", (*head_attributes(head, writing), *stated, *raw.attributes), children)


def _items(
    below: Mapping[str | None, list[Item]], above: str | None, element: str, kind: ItemClass, writing: Writing
) -> Iterator[Element]:
    for item in below.get(above, ()):
        nested = tuple(_items(below, item.path, element, kind, writing)) if kind.nested else ()
        yield _item(item, element, kind, nested, writing)


def _item(item: Item, element: str, kind: ItemClass, nested: tuple[Element, ...], writing: Writing) -> Element:
    part = item.path
    form = ITEM_FORMS.get(element)
    raw = Raw.of(writing, element, item.facts.unread, part=part)
    children = list(fact_elements(item.facts, writing, part))
    if item.parent is not None and not kind.nested:
        children.append(local("str:Parent", item.parent, writing))
    children.extend(nested)
    if item.representation is not None:
        children.append(representation_element("str:CoreRepresentation", item.representation, writing, part))
    children.extend(content_elements(item.content, form, writing))
    stated = content_attributes(item.content, form)
    attributes = (("id", item.facts.id), ("uri", item.facts.uri), *stated, *raw.attributes)
    return assembled(f"str:{element}", attributes, (*children, *raw.elements))


def _extension(extension: Extension, writing: Writing) -> Element:
    children = [reference("str:Codelist", extension.codelist.name, writing)]
    if extension.included:
        children.append(_selection("str:InclusiveCodeSelection", extension.included))
    if extension.excluded:
        children.append(_selection("str:ExclusiveCodeSelection", extension.excluded))
    attributes = (("prefix", extension.prefix),) if extension.prefix else ()
    return Element("str:CodelistExtension", attributes, children=tuple(children))


def _selection(name: str, selections: tuple[Selection, ...]) -> Element:
    return Element(name, children=tuple(_member(selection) for selection in selections))


def _member(selection: Selection) -> Element:
    attributes = (("cascadeValues", selection.cascade),) if selection.cascade is not None else ()
    return Element("str:MemberValue", attributes, selection.pattern)
