"""Making elements of DDI-Lifecycle 3.3: where the schema lets them stand, and in what order."""

from collections.abc import Mapping, Sequence
from functools import cache

from lxml import etree
from rdflib import Literal

from semstat.interop.formats.ddi.codebook_elements import LANGUAGE, legal
from semstat.interop.formats.ddi.lifecycle_names import PREFIXES, name_of
from semstat.ontology.ddi_models import lifecycle_model

__all__ = [
    "NAMESPACES",
    "arrange",
    "child_name",
    "in_order",
    "last",
    "new",
    "put",
    "qualified",
    "route",
    "tag_of",
    "texted",
    "walked",
]

NAMESPACES: Mapping[str, str] = {
    **{prefix: f"ddi:{module}:3_3" for module, prefix in PREFIXES.items()},
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
}
"""The namespaces of version 3.3 by the prefixes that are customary."""

_BORROWED = ("dc:", "dcterms:")
_BORROWER = "r:Citation"


def tag_of(name: str) -> str:
    """Return the name of an element as lxml writes it.

    Example:
        >>> tag_of("l:Variable")
        '{ddi:logicalproduct:3_3}Variable'
    """
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


@cache
def _by_local() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name in lifecycle_model():
        found.setdefault(name.partition(":")[2], name)
    return {**found, "RecordLayout": "p:RecordLayout"}


def qualified(local: str) -> str | None:
    """Return the name with its prefix that an element has in the schema, ``None`` where there is none.

    Example:
        >>> qualified("Variable"), qualified("Thing")
        ('l:Variable', None)
    """
    return _by_local().get(local)


@cache
def child_name(parent: str, local: str) -> str | None:
    """Return the full name of an element that may stand in another.

    Example:
        >>> child_name("l:Variable", "Label"), child_name("l:Variable", "Citation")
        ('r:Label', None)
    """
    if local.startswith(_BORROWED):
        return local if parent == _BORROWER else None
    model = lifecycle_model().get(parent)
    if model is None:
        return None
    return next((name for name in model.children if name.partition(":")[2] == local), None)


@cache
def route(parent: str, path: str) -> tuple[str, ...] | None:
    """Return the full names of the elements that a path leads through, ``None`` where the schema has no such way.

    Example:
        >>> route("l:Variable", "Label/Content")
        ('r:Label', 'r:Content')
    """
    names: list[str] = []
    for step in path.split("/"):
        if not step or step.startswith("@"):
            continue
        name = child_name(parent, step)
        if name is None:
            return None
        names.append(name)
        parent = name
    return tuple(names)


def new(name: str) -> etree._Element:
    """Return a new element that stands nowhere yet."""
    return etree.Element(tag_of(name), nsmap={name.partition(":")[0]: NAMESPACES[name.partition(":")[0]]})


def put(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    """Return a new element at the end of another."""
    item = etree.SubElement(parent, tag_of(name))
    if text is not None:
        item.text = legal(text)
    return item


def texted(parent: etree._Element, name: str, text: Literal) -> etree._Element:
    """Return a new element that holds a text in its language."""
    item = put(parent, name, str(text))
    if text.language:
        item.set(LANGUAGE, text.language)
    return item


def arrange(element: etree._Element, mark: str) -> None:
    """Put what stands in an element, and in each below it, into the order of the schema; what is marked stays as it is."""
    if mark in element.attrib:
        del element.attrib[mark]
        return
    for child in element.iterchildren("*"):
        arrange(child, mark)
    places = _places(element, 0)
    if len(places) == len(element) and places != sorted(places):
        order = sorted(range(len(places)), key=places.__getitem__)
        element[:] = [element[place] for place in order]


def _places(element: etree._Element, start: int) -> list[int]:
    """Return the places that the schema gives to what stands in an element, from a child on; none where it gives none."""
    model = lifecycle_model().get(name_of(str(element.tag)).full)
    if model is None or model.content != "children" or len(element) - start < 2:
        return []
    last = len(model.children)
    return [
        model.children.get(name_of(str(child.tag)).full, last)
        for child in list(element.iterchildren("*"))[start:]
        if child.tag is not None
    ]


def in_order(element: etree._Element, start: int) -> bool:
    """Return whether what stands in an element from a child on has the order of the schema."""
    places = _places(element, start)
    return places == sorted(places)


def walked(element: etree._Element, steps: Sequence[str], *, fresh: bool = False) -> etree._Element:
    """Return the last element that names lead through, made as far as it is not there; with ``fresh`` the last is new."""
    for place, name in enumerate(steps):
        found = None if fresh and place == len(steps) - 1 else last(element, (name,))
        element = found if found is not None else put(element, name)
    return element


def last(element: etree._Element, steps: Sequence[str]) -> etree._Element | None:
    """Return the last element that names lead to, ``None`` where there is none."""
    for name in steps:
        found = element.findall(tag_of(name))
        if not found:
            return None
        element = found[-1]
    return element
