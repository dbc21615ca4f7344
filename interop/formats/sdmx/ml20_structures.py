"""Key families, flows and hierarchical code lists of SDMX-ML 2.0 in the words of 2.1."""

from lxml import etree

from semstat.interop.formats.sdmx.ml20 import Transcriber, known_elements
from semstat.interop.formats.sdmx.vocabulary import STEM_20

__all__ = ["dataflow", "hierarchical_codelist", "key_family", "metadataflow"]

_CONCEPT = ("conceptRef", "conceptVersion", "conceptAgency", "conceptSchemeRef", "conceptSchemeAgency")
_CODELIST = ("codelist", "codelistAgency", "codelistVersion")
_KEY_FAMILY = ("KeyFamilyAgencyID", "KeyFamilyID", "Version")
_METADATA_STRUCTURE = ("MetadataStructureAgencyID", "MetadataStructureID", "Version")
_CODELIST_PARTS = ("AgencyID", "CodelistID", "Version")
_TRUE = ("true", "1")
_LISTS = {
    "Dimension": "DimensionList",
    "TimeDimension": "DimensionList",
    "Attribute": "AttributeList",
    "PrimaryMeasure": "MeasureList",
    "CrossSectionalMeasure": "MeasureList",
}


def key_family(to: Transcriber, element: etree._Element) -> etree._Element:
    """Return a key family as a data structure.

    The id of a component is that of its concept. A measure dimension keeps its class; the measures across sections become
    measures. An attribute at the level of series is attached to all dimensions but time.
    """
    made = to.head(element, "DataStructure")
    agency = element.get("agencyID", "")
    for child in to.common(element, made):
        if to.local(child) == "Components":
            _components(to, made, child, agency)
        else:
            to.keep(made, child)
    return made


def _components(to: Transcriber, structure: etree._Element, element: etree._Element, agency: str) -> None:
    holder = to.add(structure, element, "DataStructureComponents")
    children = known_elements(element)
    lists = {name: to.new(element, name) for name in ("DimensionList", "AttributeList", "MeasureList")}
    for child in children:
        local = to.local(child) or ""
        if local in _LISTS:
            _component(to, lists[_LISTS[local]], child, agency, children)
        elif local == "Group":
            _group(to, holder, child)
        else:
            to.keep(holder, child)
    holder.insert(0, lists["DimensionList"])
    holder.extend(part for name, part in lists.items() if name != "DimensionList" and len(part))


def _component(
    to: Transcriber, parent: etree._Element, element: etree._Element, agency: str, siblings: list[etree._Element]
) -> None:
    local = to.local(element) or ""
    name = {"CrossSectionalMeasure": "Measure"}.get(local, local)
    known = {*_CONCEPT, *_CODELIST, "attachmentLevel"}
    if local == "Dimension" and element.get("isMeasureDimension") in _TRUE:
        name, known = "MeasureDimension", {*known, "isMeasureDimension"}
    status = element.get("assignmentStatus") if local == "Attribute" else None
    made = to.add(parent, element, name, {"id": element.get("conceptRef"), "assignmentStatus": status})
    to.keep_attributes(element, made, {*known, "assignmentStatus"})
    to.concept(made, element, agency)
    to.representation(made, element, "LocalRepresentation", to.codelist(element, agency))
    if local == "Attribute":
        _attachment(to, made, element, siblings)
    for child in known_elements(element):
        if to.local(child) == "Annotations":
            to.annotations(made, child)
        elif to.local(child) not in ("TextFormat", "AttachmentGroup", "AttachmentMeasure"):
            to.keep(made, child)


def _attachment(
    to: Transcriber, attribute: etree._Element, element: etree._Element, siblings: list[etree._Element]
) -> None:
    relationship = to.add(attribute, element, "AttributeRelationship")
    level = element.get("attachmentLevel")
    if level == "DataSet":
        to.add(relationship, element, "None")
    for sibling in siblings:
        if (to.local(sibling), level) in (("PrimaryMeasure", "Observation"), ("Dimension", "Series")):
            to.reference(relationship, element, to.local(sibling) or "", {"id": sibling.get("conceptRef")})
    children = known_elements(element)
    for child in [child for child in children if to.local(child) == "AttachmentGroup"]:
        to.reference(relationship, child, "Group", {"id": (child.text or "").strip()})
    measures = [child for child in children if to.local(child) == "AttachmentMeasure"]
    if measures:
        holder = to.add(attribute, measures[0], "MeasureRelationship")
        for child in measures:
            to.add(holder, child, "Measure", text=_measure(to, (child.text or "").strip(), siblings))


def _measure(to: Transcriber, stated: str, siblings: list[etree._Element]) -> str:
    """Return the id of the measure across sections that is named by its concept or by its code."""
    measures = [sibling for sibling in siblings if to.local(sibling) == "CrossSectionalMeasure"]
    found = next(
        (one.get("conceptRef") for one in measures if stated in (one.get("conceptRef"), one.get("code"))), None
    )
    return found or stated


def _group(to: Transcriber, parent: etree._Element, element: etree._Element) -> None:
    made = to.add(parent, element, "Group", {"id": element.get("id")})
    to.keep_attributes(element, made, {"id"})
    for child in known_elements(element):
        match to.local(child):
            case "DimensionRef":
                dimension = to.add(made, child, "GroupDimension")
                to.reference(dimension, child, "DimensionReference", {"id": (child.text or "").strip()})
            case "Annotations":
                to.annotations(made, child)
            case "Description" | "AttachmentConstraintRef":
                to.keep(made, child, known=True)
            case _:
                to.keep(made, child)


def dataflow(to: Transcriber, element: etree._Element) -> etree._Element:
    """Return a dataflow with its structure and the categories that it belongs to."""
    return _flow(to, element, "Dataflow", {"KeyFamilyRef": ("DataStructure", _KEY_FAMILY)})


def metadataflow(to: Transcriber, element: etree._Element) -> etree._Element:
    """Return a metadataflow with its structure and the categories that it belongs to."""
    return _flow(to, element, "Metadataflow", {"MetadataStructureRef": ("MetadataStructure", _METADATA_STRUCTURE)})


def _flow(
    to: Transcriber, element: etree._Element, name: str, structures: dict[str, tuple[str, tuple[str, str, str]]]
) -> etree._Element:
    made = to.head(element, name)
    for child in to.common(element, made):
        local = to.local(child) or ""
        if local in structures:
            cls, fields = structures[local]
            to.old_reference(made, child, "Structure", cls, fields)
        elif local == "CategoryRef":
            _category(to, made, child)
        else:
            to.keep(made, child)
    return made


def _category(to: Transcriber, flow: etree._Element, element: etree._Element) -> None:
    urn = to.part_text(element, "URN")
    if urn:
        holder = to.add(flow, element, "CategoryRef")
        etree.SubElement(holder, "URN").text = to.urn(urn)
        return
    path: list[str] = []
    step = next((child for child in known_elements(element) if to.local(child) == "CategoryID"), None)
    while step is not None:
        path.append(to.part_text(step, "ID") or "")
        step = next((child for child in known_elements(step) if to.local(child) == "CategoryID"), None)
    target = {
        "id": ".".join(path),
        "agencyID": to.part_text(element, "CategorySchemeAgencyID"),
        "maintainableParentID": to.part_text(element, "CategorySchemeID"),
        "maintainableParentVersion": to.part_text(element, "CategorySchemeVersion"),
    }
    to.reference(flow, element, "CategoryRef", target)


def hierarchical_codelist(to: Transcriber, element: etree._Element) -> etree._Element:
    """Return a hierarchical code list; the id of a code in it is its alias or else the id of the code."""
    made = to.head(element, "HierarchicalCodelist")
    for child in to.common(element, made):
        if to.local(child) == "CodelistRef":
            included = to.old_reference(made, child, "IncludedCodelist", "Codelist", _CODELIST_PARTS)
            alias = to.part_text(child, "Alias")
            if alias is not None:
                included.set("alias", alias)
        elif to.local(child) == "Hierarchy":
            _hierarchy(to, made, child)
        else:
            to.keep(made, child)
    return made


def _hierarchy(to: Transcriber, parent: etree._Element, element: etree._Element) -> None:
    urn = element.get("urn")
    made = to.add(parent, element, "Hierarchy", {"id": element.get("id"), "urn": to.urn(urn) if urn else None})
    to.keep_attributes(element, made, {"id", "urn"})
    for child in to.common(element, made):
        if to.local(child) == "CodeRef":
            _code(to, made, child)
        elif to.local(child) == "Level":
            _level(to, made, child)
        else:
            to.keep(made, child)


_CODE_FIELDS = {"version": "Version", "validFrom": "ValidFrom", "validTo": "ValidTo"}
_CODE_PARTS = {*_CODE_FIELDS.values(), "URN", "CodelistAliasRef", "CodeID", "LevelRef", "NodeAliasID"}


def _code(to: Transcriber, parent: etree._Element, element: etree._Element) -> None:
    urn, code_id = to.part_text(element, "URN"), to.part_text(element, "CodeID")
    identifier = to.part_text(element, "NodeAliasID") or code_id or (urn or "").rpartition(".")[2] or None
    stated = {key: to.part_text(element, name) for key, name in _CODE_FIELDS.items()}
    made = to.add(parent, element, "HierarchicalCode", {"id": identifier, **stated})
    if urn:
        etree.SubElement(to.add(made, element, "Code"), "URN").text = to.urn(urn)
    alias, level = to.part_text(element, "CodelistAliasRef"), to.part_text(element, "LevelRef")
    if alias is not None:
        to.add(made, element, "CodelistAliasRef", text=alias)
    for name, target in (("CodeID", code_id), ("Level", level)):
        if target is not None:
            to.reference(made, element, name, {"id": target})
    for child in known_elements(element):
        if to.local(child) == "CodeRef":
            _code(to, made, child)
        elif to.local(child) not in _CODE_PARTS:
            to.keep(made, child)


def _level(to: Transcriber, parent: etree._Element, element: etree._Element) -> None:
    order = to.part_text(element, "Order")
    urn = element.get("urn")
    stated = {"id": element.get("id"), "urn": to.urn(urn) if urn else None, f"{{{STEM_20}structure}}order": order}
    made = to.add(parent, element, "Level", stated)
    to.keep_attributes(element, made, {"id", "urn"})
    for child in to.common(element, made):
        if to.local(child) == "CodingType":
            to.text_format(made, child, "CodingFormat")
        elif to.local(child) != "Order":
            to.keep(made, child)
