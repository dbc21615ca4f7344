"""Making elements of DDI Codebook 2.6, and putting them into the order of its schema."""

import re
from collections.abc import Mapping

from lxml import etree
from rdflib import Literal

from semstat.ontology.ddi_models import ContentModel, codebook_model

__all__ = ["LANGUAGE", "NAMESPACE", "add", "arranged", "fill", "legal", "opened", "tag", "worded"]

NAMESPACE = "ddi:codebook:2_6"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """Return a text whose characters XML can hold; what it cannot is replaced by U+FFFD."""
    return _ILLEGAL.sub("\ufffd", text)


def tag(name: str) -> str:
    """Return the name of an element as lxml writes it."""
    return f"{{{NAMESPACE}}}{name}"


def add(
    parent: etree._Element, name: str, text: str | None = None, attributes: Mapping[str, str | None] | None = None
) -> etree._Element:
    """Return a new element at the end of another; attributes without a value are left out."""
    item = etree.SubElement(parent, tag(name))
    for key, value in (attributes or {}).items():
        if value is not None:
            item.set(key, legal(value))
    if text is not None:
        item.text = legal(text)
    return item


def worded(
    parent: etree._Element, name: str, text: Literal, attributes: Mapping[str, str | None] | None = None
) -> etree._Element:
    """Return a new element that holds a text in its language."""
    return add(parent, name, str(text), {LANGUAGE: text.language, **(attributes or {})})


def fill(element: etree._Element, text: Literal) -> None:
    """Give an element a text in its language."""
    element.text = legal(str(text))
    if text.language:
        element.set(LANGUAGE, text.language)


def opened(parent: etree._Element, *path: str) -> etree._Element:
    """Return the first element that a path of names leads to, and make what of it is not there."""
    for name in path:
        found = parent.find(tag(name))
        parent = found if found is not None else add(parent, name)
    return parent


def arranged(root: etree._Element) -> None:
    """Put what stands in an element, and in each below it, into the order that the schema asks for."""
    for element in list(root.iter(f"{{{NAMESPACE}}}*")):
        model = codebook_model().get(etree.QName(element).localname)
        if model is None or model.content != "children" or len(element) < 2:
            continue
        places = _places(element, model)
        if places != sorted(places):
            order = sorted(range(len(places)), key=places.__getitem__)
            element[:] = [element[place] for place in order]


def _places(element: etree._Element, model: ContentModel) -> list[int]:
    """Return the place of each child in the order of the schema; a comment goes with what follows it."""
    last = len(model.children)
    places: list[int] = []
    for child in reversed(element):
        if isinstance(child.tag, str):
            last = model.children.get(etree.QName(child).localname, len(model.children))
        places.append(last)
    return places[::-1]
