"""The schema that a structure-specific message has to obey: the standard's, and one made for each structure that it cites."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, cast

from semstat.interop.formats.sdmx.ml_header import Declaration, Node, declarations_of
from semstat.interop.formats.sdmx.write_ml_places import NoSuchDimension
from semstat.interop.formats.sdmx.xsd import data_schema
from semstat.interop.schema.packs import combined_xml_schema
from semstat.interop.structures import NoSuchStructure, Structures
from semstat.interop.xsd import multilingual_components
from semstat.ontology.iri import known_name

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["NoSchema", "schema_of_message"]


_Version = Literal["2.1", "3.0", "3.1"]


class NoSchema(LookupError):
    """There is no schema to judge the message by; the text says why."""


def schema_of_message(root: "etree._Element", version: str, structures: Structures) -> "etree.XMLSchema":
    """Return the schema of a structure-specific message: that of its version, with one for each structure of its header.

    The namespaces are those that the header declares. Mandatory attributes are not required: an update may leave them out,
    and which are missing the rules on data say.

    Args:
        root: The message.
        version: Version of SDMX-ML.
        structures: The structures at hand.

    Raises:
        NoSchema: the version has no such schemas, the header declares no structure or one that is not at hand, or a layout
            that the schemas we make do not cover.
        BrokenSchema: part of the standard's schema is missing.

    Source:
        SDMX 2.1, 3.0 and 3.1, Section 3A, *Structure specific data: schema generation*.
    """
    if version not in ("2.1", "3.0", "3.1"):
        raise NoSchema(f"the schema of a structure is made for SDMX-ML 2.1 and later, and this message is of {version}")
    if str(root.tag).endswith("Metadata"):
        raise NoSchema("the schema of a metadata structure is not made")
    made: dict[str, str] = {}
    for namespace, declared in _declared(root):
        text = _schema(declared, namespace, cast("_Version", version), structures)
        if made.setdefault(namespace, text) != text:
            raise NoSchema(f"the header declares two structures in the namespace `{namespace}`")
    if not made:
        raise NoSchema("the header declares no structure with a namespace")
    return combined_xml_schema(version, made)


def _declared(root: "etree._Element") -> Iterator[tuple[str, Declaration]]:
    for header in root.iterchildren("{*}Header"):
        node = _node(header)
        declared = declarations_of(node)
        for item in node.all("Structure"):
            namespace = item.attributes.get("namespace")
            if namespace:
                yield namespace, declared[item.attributes.get("structureID", "")]


def _node(element: "etree._Element") -> Node:
    """Return an element of the header as the reader of data has it."""
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    children = [_node(child) for child in element.iterchildren("*")]
    return Node(str(element.tag).replace("}", " ").removeprefix("{"), attributes, 0, children, element.text or "")


def _schema(declared: Declaration, namespace: str, version: "_Version", structures: Structures) -> str:
    if declared.explicit_measures:
        raise NoSchema("explicit measures have a schema that is not made here")
    try:
        resolved = structures.resolve(declared.reference)
    except NoSuchStructure as reason:
        raise NoSchema(f"the schema of its structure cannot be made: {reason}") from reason
    view = structures.view(resolved.structure)
    cited = known_name(resolved.structure)
    try:
        return data_schema(
            view,
            cited,
            at=declared.dimension_at_observation,
            version=version,
            multilingual=multilingual_components(structures.graph, view),
            namespace=namespace,
        )
    except NoSuchDimension as reason:
        raise NoSchema(f"the schema of its structure cannot be made: {reason}") from reason
