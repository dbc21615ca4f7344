"""An XML element as text that stands on its own: what readers keep of what they do not interpret."""

from lxml import etree

__all__ = ["standing_alone"]


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
