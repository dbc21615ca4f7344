"""Artefacts that tables describe as elements of SDMX-ML: the forms by which they are read, the other way round.

Source:
    SDMX 2.1, SDMXStructureStructureSet.xsd, SDMXStructureHierarchicalCodelist.xsd; SDMX 3.0,
    SDMXStructureStructureMappings.xsd, SDMXStructureHierarchicalCodelist.xsd; SDMXStructureCategorisation.xsd.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from semstat.interop.formats.sdmx.forms import Child, Form, identifier, representation
from semstat.interop.formats.sdmx.forms_hierarchies import HIERARCHY_FORMS, HIERARCHY_PARTS
from semstat.interop.formats.sdmx.forms_items import ITEM_PARTS
from semstat.interop.formats.sdmx.forms_maps import MAP_FORMS, MAP_PARTS
from semstat.interop.formats.sdmx.forms_metadata import METADATA_FORMS, METADATA_PARTS
from semstat.interop.formats.sdmx.forms_processes import PROCESS_FORMS, PROCESS_PARTS
from semstat.interop.formats.sdmx.model import (
    Annotation,
    Facts,
    LocalReference,
    Reference,
    Representation,
    TabledArtefact,
    Text,
)
from semstat.interop.formats.sdmx.model_contents import Channel, SpaceKey
from semstat.interop.formats.sdmx.model_hierarchies import IncludedCodelist, NestedHierarchy
from semstat.interop.formats.sdmx.model_maps import (
    MappedComponent,
    MappedRepresentation,
    NestedItemSchemeMap,
    NestedStructureMap,
    SourceValue,
    TargetValue,
)
from semstat.interop.formats.sdmx.model_metadata import MetadataStructure, TargetObject
from semstat.interop.formats.sdmx.serialise_facts import annotation_elements, fact_elements, head_attributes, text
from semstat.interop.formats.sdmx.serialise_nested import nested_component_map, nested_item_map
from semstat.interop.formats.sdmx.serialise_raw import assembled, raw_of
from semstat.interop.formats.sdmx.serialise_references import local, reference
from semstat.interop.formats.sdmx.serialise_representations import representation_element, text_format
from semstat.interop.formats.sdmx.target import Writing
from semstat.interop.formats.sdmx.vocabulary import OLD
from semstat.interop.formats.sdmx.xml_text import Element

__all__ = ["content_attributes", "content_elements", "table_element"]

_SPACES = {"Name": "com", "Description": "com"}
_NONE = Form(dict)

_FORMS: Mapping[str, Form] = {**MAP_FORMS, **HIERARCHY_FORMS, **PROCESS_FORMS, **METADATA_FORMS}
_PARTS: Mapping[type, Form] = {**MAP_PARTS, **HIERARCHY_PARTS, **PROCESS_PARTS, **METADATA_PARTS, **ITEM_PARTS}
_GROUPED = ("sub_space", "super_space")
"""Fields of several values that one element holds."""


def table_element(artefact: TabledArtefact, writing: Writing) -> Element:
    """Return a map, a hierarchy, an association or a categorisation with all its parts."""
    head = artefact.head
    form = _FORMS[head.element]
    raw = raw_of(head, writing)
    attributes = (*head_attributes(head, writing), *_attributes(artefact, form), *raw.attributes)
    if isinstance(artefact, MetadataStructure):
        inner = list(_metadata_components(artefact, writing))
    else:
        inner = list(_children(artefact, form, writing))
    children = (*fact_elements(head.facts, writing), *inner, *raw.elements)
    return assembled(f"str:{head.element}", attributes, children)


def content_attributes(content: object | None, form: Form | None) -> Iterator[tuple[str, str | None]]:
    """Yield the attributes of what an item or scheme says beyond the rest."""
    if content is not None and form is not None:
        yield from _attributes(content, form)


def content_elements(content: object | None, form: Form | None, writing: Writing) -> Iterator[Element]:
    """Yield the elements of what an item or scheme says beyond the rest."""
    if content is not None and form is not None:
        yield from _children(content, form, writing)


def _attributes(value: object, form: Form) -> Iterator[tuple[str, str | None]]:
    yield from ((key, getattr(value, name)) for key, name in form.texts.items() if not key.startswith(OLD))
    for key, name in form.flags.items():
        flag = getattr(value, name)
        yield key, None if flag is None else "true" if flag else "false"


def _children(value: object, form: Form, writing: Writing) -> Iterator[Element]:
    """Yield the children in the order of the form; those that fill one field in the order in which they are held."""
    done: set[str] = set()
    for child in form.children:
        if child.field in done:
            continue
        done.add(child.field)
        held = getattr(value, child.field)
        if child.field in _GROUPED:
            yield from _keys(child, held)
            continue
        choices = [other for other in form.children if other.field == child.field]
        for one in held if isinstance(held, tuple) else (held,) if held is not None else ():
            yield _child(one, _chosen(one, choices), writing)


def _chosen(value: object, choices: list[Child]) -> Child:
    """Return the element that holds a value, where several elements fill one field."""
    match value:
        case MappedRepresentation():
            ending = "Codelist" if value.codelist is not None else "DataType"
            return next(child for child in choices if child.element.endswith(ending))
        case NestedItemSchemeMap() | TargetObject():
            return next(child for child in choices if child.element == value.cls)
        case Channel():
            return next(child for child in choices if child.element == value.kind)
        case NestedStructureMap():
            return next(child for child in choices if child.element == "StructureMap")
    return choices[0]


def _child(value: object, child: Child, writing: Writing) -> Element:
    name = f"{_SPACES.get(child.element, 'str')}:{child.element}"
    if isinstance(value, Representation) and child.read is representation:
        return representation_element(name, value, writing, child.element)
    write = _WRITERS.get(type(value))
    if write is not None:
        return write(name, value, writing)
    if isinstance(value, str):
        return local(name, value, writing) if child.read is identifier else Element(name, text=value)
    return _part(name, value, _PARTS[type(value)], writing)


def _keys(child: Child, held: tuple[SpaceKey, ...]) -> Iterator[Element]:
    if held:
        yield Element(f"str:{child.element}", children=tuple(Element("str:Key", text=key.id) for key in held))


def _target_object(name: str, value: TargetObject, writing: Writing) -> Element:
    facts = value.facts
    children = list(fact_elements(facts, writing, facts.id))
    if value.representation is not None:
        children.append(representation_element("str:LocalRepresentation", value.representation, writing, facts.id))
    attributes = (("id", facts.id or None), ("uri", facts.uri), ("objectType", value.object_type))
    return assembled(f"str:{value.cls}", attributes, children)


def _metadata_components(structure: MetadataStructure, writing: Writing) -> Iterator[Element]:
    """Yield the one element that holds the parts of a metadata structure, if it has any."""
    parts = [_part("str:MetadataTarget", target, _PARTS[type(target)], writing) for target in structure.targets]
    for report in structure.reports:
        attributes, children = _identity(
            report, _PARTS[type(report.attributes[0])] if report.attributes else _NONE, writing
        )
        inner = [_part("str:MetadataAttribute", one, _PARTS[type(one)], writing) for one in report.attributes]
        inner += [local("str:MetadataTarget", target.id, writing) for target in report.targets]
        parts.append(assembled("str:ReportStructure", attributes, (*children, *inner)))
    listed = tuple(_part("str:MetadataAttribute", one, _PARTS[type(one)], writing) for one in structure.attributes)
    if listed:
        parts.append(Element("str:MetadataAttributeList", (("id", "MetadataAttributeDescriptor"),), children=listed))
    if parts:
        yield Element("str:MetadataStructureComponents", children=tuple(parts))


def _mapped(name: str, value: MappedRepresentation, writing: Writing) -> Element:
    if value.codelist is not None:
        return reference(name, value.codelist.name, writing)
    return Element(name, text=value.data_type or "")


def _included(name: str, value: IncludedCodelist, writing: Writing) -> Element:
    for kept in value.unread:
        writing.lose_raw(kept)
    alias = (("alias", value.alias),) if value.alias is not None else ()
    inner = reference(name, value.codelist.name, writing) if value.codelist is not None else Element(name)
    return Element(name, alias, inner.text, inner.children)


def _part(name: str, value: object, form: Form, writing: Writing) -> Element:
    """Return a part that has a form; a value's own text is its content."""
    if isinstance(value, SourceValue):
        for kept in value.unread:
            writing.lose_raw(kept)
        stated = tuple((key, said) for key, said in _attributes(value, form) if said is not None)
        return Element(name, stated, value.value)
    attributes, children = _identity(value, form, writing)
    # 2.1: within a hierarchical codelist, a hierarchy states its codes before its levels.
    order = ("HierarchicalCode", "Level") if isinstance(value, NestedHierarchy) else ()
    inner = (*children, *_children(value, form, writing))
    return assembled(name, (*attributes, *_attributes(value, form)), inner, order)


def _identity(
    value: object, form: Form, writing: Writing
) -> tuple[Iterable[tuple[str, str | None]], Iterable[Element]]:
    """Return what a part says of itself, as attributes and elements."""
    facts = getattr(value, "facts", None)
    if isinstance(facts, Facts):
        for kept in facts.unread:
            writing.lose_raw(kept, facts.id)
        return (("id", facts.id or None), ("uri", facts.uri)), list(fact_elements(facts, writing, facts.id))
    for kept in getattr(value, "unread", ()):
        writing.lose_raw(kept)
    annotations: tuple[Annotation, ...] = getattr(value, "annotations", ())
    return (), list(annotation_elements(annotations, writing, None))


def _nested_structure_map(name: str, value: NestedStructureMap, writing: Writing) -> Element:
    form = _PARTS[NestedStructureMap]
    attributes, children = _identity(value, form, writing)
    inner = [
        reference(f"str:{place}", target.name, writing)
        for place, target in (("Source", value.source), ("Target", value.target))
        if target is not None
    ]
    inner += [nested_component_map(one, writing) for one in value.component_maps]
    return assembled(name, (*attributes, *_attributes(value, form)), (*children, *inner))


def _nested_scheme_map(name: str, value: NestedItemSchemeMap, writing: Writing) -> Element:
    attributes, children = _identity(value, _PARTS[NestedStructureMap], writing)
    inner = [
        reference(f"str:{place}", target.name, writing)
        for place, target in (("Source", value.source), ("Target", value.target))
        if target is not None
    ]
    inner += [nested_item_map(one, value.cls, writing) for one in value.item_maps]
    return assembled(name, attributes, (*children, *inner))


_WRITERS: Mapping[type, Callable[[str, Any, Writing], Element]] = {
    Reference: lambda name, value, writing: reference(name, value.name, writing),
    Representation: lambda name, value, writing: text_format(name, value, writing, name),
    MappedComponent: lambda name, value, writing: local(name, value.id, writing),
    TargetValue: lambda name, value, writing: Element(name, text=value.value),
    MappedRepresentation: _mapped,
    LocalReference: lambda name, value, writing: local(name, value.id, writing),
    Text: lambda name, value, writing: text(name, value),
    Channel: lambda name, value, writing: Element(name, text=value.value),
    bool: lambda name, value, writing: Element(name),
    TargetObject: _target_object,
    IncludedCodelist: _included,
    NestedItemSchemeMap: _nested_scheme_map,
    NestedStructureMap: _nested_structure_map,
}
"""How values that have no form of their own are written, by their class."""
