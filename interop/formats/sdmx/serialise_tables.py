"""Artefacts that tables describe as elements of SDMX-ML: the forms by which they are read, the other way round.

Source:
    SDMX 2.1, SDMXStructureStructureSet.xsd, SDMXStructureHierarchicalCodelist.xsd; SDMX 3.0,
    SDMXStructureStructureMappings.xsd, SDMXStructureHierarchicalCodelist.xsd; SDMXStructureCategorisation.xsd.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from semstat.interop.formats.sdmx.forms import Child, Form, identifier
from semstat.interop.formats.sdmx.forms_hierarchies import HIERARCHY_FORMS, HIERARCHY_PARTS
from semstat.interop.formats.sdmx.forms_maps import MAP_FORMS, MAP_PARTS
from semstat.interop.formats.sdmx.model import (
    Annotation,
    Facts,
    Reference,
    Representation,
    TabledArtefact,
)
from semstat.interop.formats.sdmx.model_hierarchies import IncludedCodelist, NestedHierarchy
from semstat.interop.formats.sdmx.model_maps import (
    MappedComponent,
    MappedRepresentation,
    NestedItemSchemeMap,
    NestedStructureMap,
    SourceValue,
    TargetValue,
)
from semstat.interop.formats.sdmx.serialise_facts import annotation_elements, fact_elements, head_attributes
from semstat.interop.formats.sdmx.serialise_nested import nested_component_map, nested_item_map
from semstat.interop.formats.sdmx.serialise_raw import Raw, assembled
from semstat.interop.formats.sdmx.serialise_references import local, reference
from semstat.interop.formats.sdmx.serialise_representations import text_format
from semstat.interop.formats.sdmx.target import Writing
from semstat.interop.formats.sdmx.vocabulary import ARTEFACTS
from semstat.interop.formats.sdmx.xml_text import Element

__all__ = ["table_element"]

_FORMS: Mapping[str, Form] = {**MAP_FORMS, **HIERARCHY_FORMS}
_PARTS: Mapping[type, Form] = {**MAP_PARTS, **HIERARCHY_PARTS}


def table_element(artefact: TabledArtefact, writing: Writing) -> Element:
    """Return a map, a hierarchy, an association or a categorisation with all its parts."""
    head = artefact.head
    known, form = ARTEFACTS[head.element], _FORMS[head.element]
    raw = Raw.of(
        writing,
        head.element,
        head.facts.unread,
        slots=tuple(sorted(known.kept)),
        attributes=tuple(known.kept_attributes),
    )
    attributes = (*head_attributes(head, writing), *_attributes(artefact, form), *raw.attributes)
    children = (*fact_elements(head.facts, writing), *_children(artefact, form, writing), *raw.elements)
    return assembled(f"str:{head.element}", attributes, children)


def _attributes(value: object, form: Form) -> Iterator[tuple[str, str | None]]:
    for key, name in form.texts.items():
        yield key, getattr(value, name)
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
        choices = [other for other in form.children if other.field == child.field]
        for one in held if isinstance(held, tuple) else (held,) if held is not None else ():
            yield _child(one, _chosen(one, choices), writing)


def _chosen(value: object, choices: list[Child]) -> Child:
    """Return the element that holds a value, where several elements fill one field."""
    match value:
        case MappedRepresentation():
            ending = "Codelist" if value.codelist is not None else "DataType"
            return next(child for child in choices if child.element.endswith(ending))
        case NestedItemSchemeMap():
            return next(child for child in choices if child.element == value.cls)
        case NestedStructureMap():
            return next(child for child in choices if child.element == "StructureMap")
    return choices[0]


def _child(value: object, child: Child, writing: Writing) -> Element:
    name = f"str:{child.element}"
    write = _WRITERS.get(type(value))
    if write is not None:
        return write(name, value, writing)
    if isinstance(value, str):
        return local(name, value, writing) if child.read is identifier else Element(name, text=value)
    return _part(name, value, _PARTS[type(value)], writing)


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
    IncludedCodelist: _included,
    NestedItemSchemeMap: _nested_scheme_map,
    NestedStructureMap: _nested_structure_map,
}
"""How values that have no form of their own are written, by their class."""
