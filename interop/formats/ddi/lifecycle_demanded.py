"""What the schema of DDI-Lifecycle demands and no statement of the hub graph stands for: written by rule, passed over when read."""

from collections.abc import Mapping

from lxml import etree

from semstat.interop.formats.ddi.lifecycle_names import name_of
from semstat.ontology.ddi_iri import DdiName

__all__ = ["DEMANDED", "said_anyway", "saying"]

_NAME = {"r:Agency": "{agency}", "r:ID": "{id}", "r:Version": "{version}"}
_ABOUT = {**_NAME, "r:TypeOfObject": "{kind}"}
DEMANDED: Mapping[str, Mapping[str, str]] = {
    "p:RecordLayout": {"r:ArrayBase": "1"},  # positions of the hub graph count from 1
    "r:InternationalIdentifier": {"r:ManagingAgency": "{agency}"},
    "pi:GrossFileStructure": {**_NAME, "r:ID": "{id}-gross"},
    "a:DefaultAccess": {**_NAME, "r:ID": "{id}-access"},
    "r:TopicalCoverage": {**_NAME, "r:ID": "{id}-topics"},
    "r:SpatialCoverage": {**_NAME, "r:ID": "{id}-places"},
    "r:Note": {f"r:Relationship/r:RelatedToReference/{part}": text for part, text in _ABOUT.items()},
}
"""By element the paths in it and what stands there, in words of the nearest named thing around: its name, and its element."""


def saying(parts: Mapping[str, str]) -> frozenset[str]:
    """Return the children any of which says what is demanded: those that paths begin with, and a URN instead of a name."""
    steps = {path.partition("/")[0] for path in parts}
    return frozenset(steps | ({"r:URN"} if "r:ID" in steps else set()))


def said_anyway(child: etree._Element, owner: DdiName, kind: str) -> bool:
    """Return whether an element is, with those beside it, just what would be written if nothing were said.

    Example:
        >>> whole = etree.fromstring('<p:RecordLayout xmlns:p="ddi:physicaldataproduct:3_3"/>')
        >>> base = etree.SubElement(whole, "{ddi:reusable:3_3}ArrayBase")
        >>> base.text = "1"
        >>> said_anyway(base, DdiName("int.example", "a", "1"), "RecordLayout")
        True
    """
    around = child.getparent()
    parts = {} if around is None else DEMANDED.get(name_of(str(around.tag)).full, {})
    says = saying(parts)
    if around is None or name_of(str(child.tag)).full not in says:
        return False
    words = {"agency": owner.agency, "id": owner.id, "version": owner.version, "kind": kind}
    beside = [item for item in around.iterchildren("*") if name_of(str(item.tag)).full in says]
    found = sorted(leaf for item in beside for leaf in _leaves(item, ""))
    return found == sorted((path, text.format(**words)) for path, text in parts.items())


def _leaves(element: etree._Element, above: str) -> list[tuple[str, str]]:
    """Return the paths to what holds no element, with the texts there; an attribute is a text of its own."""
    path = f"{above}{name_of(str(element.tag)).full}"
    said = [(f"{path}/@{name!s}", str(text)) for name, text in element.items()]
    inner = [leaf for child in element.iterchildren("*") for leaf in _leaves(child, f"{path}/")]
    return [*said, *(inner or [(path, (element.text or "").strip())])]
