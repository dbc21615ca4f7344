"""An XML element as text that stands on its own: what readers keep of what they do not interpret."""

from copy import deepcopy

from lxml import etree

__all__ = ["bare", "standing_alone"]


def standing_alone(element: etree._Element) -> str:
    """Return an element as canonical XML (exclusive canonicalisation), without its tail.

    Namespaces that are no absolute IRIs have no canonical form (Canonical XML 1.0, 1.3): the element is then written plainly.

    Example:
        >>> standing_alone(etree.fromstring("<a><b c='1'/> </a>")[0])
        '<b c="1"></b>'
        >>> standing_alone(etree.fromstring("<a xmlns='b'><c/></a>")[0])
        '<c xmlns="b"/>'
    """
    try:
        return etree.tostring(element, method="c14n", exclusive=True, with_tail=False).decode("utf-8")
    except etree.C14NError:
        return etree.tostring(element, encoding="unicode", with_tail=False)


def bare(element: etree._Element, attributes: dict[str, str]) -> etree._Element:
    """Return an element of the same name with some of its attributes, and nothing within.

    Example:
        >>> standing_alone(bare(etree.fromstring("<a b='1' c='2'>text<d/></a>"), {"c": "2"}))
        '<a c="2"></a>'
    """
    try:
        return etree.Element(element.tag, attributes)
    except ValueError:  # libxml2 reads namespaces that are no IRIs, and makes no elements in them
        copied = deepcopy(element)
        for name in set(map(str, copied.attrib)) - set(attributes):
            del copied.attrib[name]
        del copied[:]
        copied.text = copied.tail = None
        return copied
