"""Structure-specific metadata of 2.1 in the words of generic metadata: names of elements and types become ids.

Source:
    SDMX 2.1, Section 3A, SDMXMetadataStructureSpecific.xsd; the elements of attributes and the types of reports, targets and
    reference values are called after what the metadata structure defines.
"""

from lxml import etree

from semstat.interop.formats.sdmx.source import Source

__all__ = ["make_generic"]

_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_TYPED = {"Report": "report structure", "Target": "metadata target", "ReferenceValue": "target object"}
_FIXED = {
    "ReportPeriodTarget": "REPORT_PERIOD_TARGET",
    "DataSetTarget": "DATA_SET_TARGET",
    "KeyDescriptorValuesTarget": "DIMENSION_DESCRIPTOR_VALUES_TARGET",
    "DimensionDescriptorValuesTarget": "DIMENSION_DESCRIPTOR_VALUES_TARGET",
    "ConstraintContentTarget": "CONSTRAINT_CONTENT_TARGET",
    "ConstraintTarget": "CONSTRAINT_CONTENT_TARGET",
}
"""The ids that the standard fixes, by the names of the types that stand for them."""
_PLAIN = frozenset({"Text", "StructuredText", "AttributeSet", "Annotations"})


def make_generic(source: Source, element: etree._Element) -> None:
    """Turn a metadata set, and all it holds, into one of generic metadata, in its place.

    Findings:
        ``IO108`` for a report, target or reference value whose type does not say what it is.
    """
    space = f"{{{source.stem}metadata/structurespecific}}"
    for key in [str(key) for key in element.attrib if str(key).startswith(space)]:
        element.set(key.removeprefix(space), str(element.attrib.pop(key)))
    for node in list(element.iter("{*}*")):
        local = source.local(str(node.tag))
        if local in _TYPED:
            _name(source, node, local)
        elif local == "AttributeSet":
            for child in node.iterchildren("{*}*"):
                _attribute(source, child)


def _name(source: Source, node: etree._Element, local: str) -> None:
    """Give a report, target or reference value the id that its type ends with."""
    stated = str(node.attrib.pop(_TYPE, ""))
    identifier = stated.rpartition(":")[2].rpartition(".")[2]
    if not identifier:
        message = f"the type of the `{local}` does not say which {_TYPED[local]} it follows"
        source.report("IO108", message, node, value=stated)
        return
    node.set("id", _FIXED.get(identifier, identifier) if local == "ReferenceValue" else identifier)


def _attribute(source: Source, node: etree._Element) -> None:
    """Turn the element of an attribute into a reported attribute with its name as id."""
    name = etree.QName(node)
    is_standard = (name.namespace or "").startswith(source.stem) and name.localname in _PLAIN
    if not is_standard:
        node.set("id", name.localname)
        node.tag = f"{{{source.stem}metadata/generic}}ReportedAttribute"
        node.attrib.pop(_TYPE, "")
