"""An element that is kept raw: the same text for the same content, whatever its prefixes and indentation."""

import copy

from lxml import etree

from semstat.interop.formats.kept_xml import standing_alone
from semstat.interop.formats.sdmx.vocabulary import NAMESPACE_STEMS

__all__ = ["raw_xml"]


def raw_xml(element: etree._Element) -> str:
    """Return an element as canonical XML that stands on its own (exclusive canonicalisation), without its tail.

    Prefixes and indentation of SDMX elements do not matter: the same content gives the same text in every message.
    """
    try:
        return standing_alone(_copied(element, None))
    except ValueError:  # libxml2 reads namespaces that are no IRIs, and makes no elements in them
        return standing_alone(element)


def _copied(element: etree._Element, above: etree._Element | None) -> etree._Element:
    """Copy an element under the prefixes of our own, without comments and what only indents; what is foreign as it is."""
    if not _is_sdmx(element):
        whole = copy.deepcopy(element)
        if above is not None:
            above.append(whole)
        return whole
    attributes = {str(key): str(value) for key, value in element.attrib.items()}
    if above is None:
        copied = etree.Element(element.tag, attributes, nsmap=_prefixes(element))
    else:
        copied = etree.SubElement(above, element.tag, attributes)
    children = [child for child in element if isinstance(child.tag, str)]
    texts = [element.text, *(child.tail for child in element)]
    blank = children and not any((text or "").strip() for text in texts)
    copied.text = None if blank else element.text
    for child in element:
        if isinstance(child.tag, str):
            _copied(child, copied).tail = None if blank else child.tail
        elif not blank:  # a comment or processing instruction: what follows it is text of this element
            _append_text(copied, child.tail)
    return copied


def _append_text(element: etree._Element, text: str | None) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + (text or "")
    else:
        element.text = (element.text or "") + (text or "")


def _is_sdmx(element: etree._Element) -> bool:
    namespace = etree.QName(element).namespace or ""
    return not namespace or namespace.startswith(tuple(NAMESPACE_STEMS))


def _prefixes(element: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in element.iter("*"):
        namespace = etree.QName(node).namespace or ""
        if namespace.startswith(tuple(NAMESPACE_STEMS)):
            found[namespace.rsplit("/", 1)[1][:3]] = namespace
    return found
