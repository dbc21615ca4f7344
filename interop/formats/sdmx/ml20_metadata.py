"""Metadata structures, structure sets and processes of SDMX-ML 2.0 in the words of 2.1."""

from collections.abc import Mapping

from lxml import etree

from semstat.interop.formats.sdmx.ml20 import Transcriber, known_elements
from semstat.interop.formats.sdmx.vocabulary import STEM_20

__all__ = ["metadata_structure", "process", "structure_set"]

_OCCURS = {"Mandatory": "1", "Conditional": "0"}
_SCHEMES = {
    "Codelist": ("Codelist", "codelist"),
    "Concept": ("ConceptScheme", "conceptscheme"),
    "Category": ("CategoryScheme", "categoryscheme"),
    "Organisation": ("OrganisationUnitScheme", "base"),
}
_ATTRIBUTE = (
    "conceptRef",
    "conceptVersion",
    "conceptAgency",
    "conceptSchemeRef",
    "conceptSchemeAgency",
    "representationScheme",
    "representationSchemeAgency",
    "usageStatus",
)
_REFS: Mapping[str, tuple[str, tuple[str, str, str]]] = {
    "KeyFamilyRef": ("DataStructure", ("KeyFamilyAgencyID", "KeyFamilyID", "Version")),
    "MetadataStructureRef": ("MetadataStructure", ("MetadataStructureAgencyID", "MetadataStructureID", "Version")),
    "ConceptSchemeRef": ("ConceptScheme", ("AgencyID", "ConceptSchemeID", "Version")),
    "CategorySchemeRef": ("CategoryScheme", ("AgencyID", "CategorySchemeID", "Version")),
    "OrganisationSchemeRef": ("OrganisationUnitScheme", ("AgencyID", "OrganisationSchemeID", "Version")),
    "HierarchicalCodelistRef": ("HierarchicalCodelist", ("AgencyID", "HierarchicalCodelistID", "Version")),
    "CodelistRef": ("Codelist", ("AgencyID", "CodelistID", "Version")),
}
_ITEM_MAPS = {
    "CodelistMap": ("CodeMap", "MapCodeRef", "MapTargetCodeRef", "CodeAlias"),
    "CategorySchemeMap": ("CategoryMap", "CategoryID", "TargetCategoryID", "categoryAlias"),
    "ConceptSchemeMap": ("ConceptMap", "ConceptID", "TargetConceptID", "conceptAlias"),
    "OrganisationSchemeMap": ("OrganisationMap", "OrganisationID", "TargetOrganisationID", "organisationAlias"),
}


def metadata_structure(to: Transcriber, element: etree._Element) -> etree._Element:
    """Return a metadata structure: target identifiers as metadata targets, their components as target objects."""
    made = to.head(element, "MetadataStructure")
    holder = to.new(element, "MetadataStructureComponents")
    for child in to.common(element, made):
        match to.local(child):
            case "TargetIdentifiers":
                for target in known_elements(child):
                    _target(to, holder, target)
            case "ReportStructure":
                _report(to, holder, child, element.get("agencyID", ""))
            case _:
                to.keep(made, child)
    made.append(holder)
    return made


def _target(to: Transcriber, parent: etree._Element, element: etree._Element) -> None:
    if to.local(element) not in ("FullTargetIdentifier", "PartialTargetIdentifier"):
        to.keep(parent, element, known=to.local(element) == "Annotations")
        return
    made = to.add(parent, element, "MetadataTarget", {"id": element.get("id"), "uri": element.get("uri")})
    to.keep_attributes(element, made, {"id", "uri"})
    for child in to.common(element, made):
        if to.local(child) == "IdentifierComponentRef":
            to.add(made, child, "IdentifierComponentRef", text=child.text)
        elif to.local(child) == "IdentifierComponent":
            _object(to, made, child)
        else:
            to.keep(made, child)


def _object(to: Transcriber, parent: etree._Element, element: etree._Element) -> None:
    stated = {
        "id": element.get("id"),
        "uri": element.get("uri"),
        "objectType": to.part_text(element, "TargetObjectClass"),
    }
    made = to.add(parent, element, "IdentifiableObjectTarget", stated)
    to.keep_attributes(element, made, {"id", "uri"})
    for child in to.common(element, made):
        if to.local(child) == "RepresentationScheme":
            cls, package = _SCHEMES.get(child.get("representationSchemeType", ""), (None, None))
            if cls is None:
                to.keep(made, child, known=True)
                continue
            holder = to.add(made, child, "LocalRepresentation")
            target = {"id": child.get("representationScheme"), "agencyID": child.get("representationSchemeAgency")}
            to.reference(holder, child, "Enumeration", {**target, "class": cls, "package": package})
        elif to.local(child) != "TargetObjectClass":
            to.keep(made, child)


def _report(to: Transcriber, parent: etree._Element, element: etree._Element, agency: str) -> None:
    made = to.add(parent, element, "ReportStructure", {"id": element.get("id"), "uri": element.get("uri")})
    to.keep_attributes(element, made, {"id", "uri", "target"})
    for child in to.common(element, made):
        if to.local(child) == "MetadataAttribute":
            _attribute(to, made, child, agency)
        else:
            to.keep(made, child)
    if element.get("target") is not None:
        to.reference(made, element, "MetadataTarget", {"id": element.get("target")})


def _attribute(to: Transcriber, parent: etree._Element, element: etree._Element, agency: str) -> None:
    occurs = _OCCURS.get(element.get("usageStatus", ""))
    made = to.add(parent, element, "MetadataAttribute", {"id": element.get("conceptRef"), "minOccurs": occurs})
    to.keep_attributes(element, made, _ATTRIBUTE)
    to.concept(made, element, agency)
    listed, target = element.get("representationScheme"), None
    if listed is not None:
        owner = element.get("representationSchemeAgency") or agency
        target = {"id": listed, "agencyID": owner, "class": "Codelist", "package": "codelist"}
    to.representation(made, element, "LocalRepresentation", target)
    for child in known_elements(element):
        match to.local(child):
            case "MetadataAttribute":
                _attribute(to, made, child, agency)
            case "Annotations":
                to.annotations(made, child)
            case "TextFormat":
                pass
            case _:
                to.keep(made, child)


def structure_set(to: Transcriber, element: etree._Element) -> etree._Element:
    """Return a structure set."""
    made = to.head(element, "StructureSet")
    for child in to.common(element, made):
        local = to.local(child) or ""
        if local == "RelatedStructures":
            for related in known_elements(child):
                cls, fields = _REFS.get(to.local(related) or "", ("", ("", "", "")))
                if cls:
                    to.old_reference(made, related, "RelatedStructure", cls, fields)
                else:
                    to.keep(made, related)
        elif local in _ITEM_MAPS:
            _item_scheme_map(to, made, child, local)
        elif local == "StructureMap":
            _structure_map(to, made, child)
        else:
            to.keep(made, child)
    return made


def _ends(to: Transcriber, made: etree._Element, child: etree._Element) -> bool:
    """Put a reference to a source or target over; whether the child is one."""
    local = to.local(child) or ""
    cls, fields = _REFS.get(local.removeprefix("Target"), ("", ("", "", "")))
    if cls:
        to.old_reference(made, child, "Target" if local.startswith("Target") else "Source", cls, fields)
    return bool(cls)


def _item_scheme_map(to: Transcriber, parent: etree._Element, element: etree._Element, cls: str) -> None:
    row, source, target, alias = _ITEM_MAPS[cls]
    made = to.add(parent, element, cls, {"id": element.get("id")})
    to.keep_attributes(element, made, {"id"})
    for child in to.common(element, made):
        if to.local(child) == row:
            item = to.add(made, child, row, {f"{{{STEM_20}structure}}alias": child.get(alias)})
            to.keep_attributes(child, item, {alias})
            for part in known_elements(child):
                name = {source: "Source", target: "Target"}.get(to.local(part) or "")
                if name is None:
                    to.keep(item, part)
                else:
                    to.reference(item, part, name, {"id": _path(to, part)})
        elif not _ends(to, made, child):
            to.keep(made, child)


def _path(to: Transcriber, element: etree._Element) -> str:
    """Return the id in an element, or the dotted ids of the categories nested in it."""
    identifier = to.part_text(element, "ID")
    if identifier is None:
        return (element.text or "").strip()
    below = [child for child in known_elements(element) if to.local(child) == "CategoryID"]
    return ".".join([identifier, *(_path(to, child) for child in below)])


def _structure_map(to: Transcriber, parent: etree._Element, element: etree._Element) -> None:
    stated = {"id": element.get("id"), "isExtension": element.get("isExtension")}
    made = to.add(parent, element, "StructureMap", stated)
    to.keep_attributes(element, made, stated)
    for child in to.common(element, made):
        if to.local(child) == "ComponentMap":
            _component_map(to, made, child)
        elif not _ends(to, made, child):
            to.keep(made, child)


def _component_map(to: Transcriber, parent: etree._Element, element: etree._Element) -> None:
    made = to.add(parent, element, "ComponentMap")
    to.keep_attributes(element, made, ())
    how = to.new(element, "RepresentationMapping")
    for child in known_elements(element):
        match to.local(child):
            case "MapConceptRef":
                to.reference(made, child, "Source", {"id": (child.text or "").strip()})
            case "MapTargetConceptRef":
                to.reference(made, child, "Target", {"id": (child.text or "").strip()})
            case "RepresentationMapRef" if child.get("representationType", "Codelist") == "Codelist":
                to.reference(how, child, "CodelistMap", {"id": to.part_text(child, "RepresentationMapID")})
            case "ToTextFormat":
                to.text_format(how, child, "ToTextFormat")
            case "ToValueType":
                to.add(how, child, "ToValueType", text=child.text)
            case other:
                to.keep(made, child, known=other == "RepresentationMapRef")
    if len(how):
        made.append(how)


def process(to: Transcriber, element: etree._Element) -> etree._Element:
    """Return a process; inputs and outputs of 2.0 name classes of artefacts only."""
    made = to.head(element, "Process")
    for child in to.common(element, made):
        if to.local(child) == "ProcessStep":
            _step(to, made, child)
        else:
            to.keep(made, child)
    return made


def _step(to: Transcriber, parent: etree._Element, element: etree._Element) -> None:
    made = to.add(parent, element, "ProcessStep", {"id": element.get("id")})
    to.keep_attributes(element, made, {"id"})
    children = to.common(element, made)
    computations = [child for child in children if to.local(child) == "Computation"]
    for child in children:
        match to.local(child):
            case "Input" | "Output" as name:
                kind = {f"{{{STEM_20}structure}}objectClass": (child.text or "").strip()}
                to.add(made, child, name, kind)
            case "Transition":
                _transition(to, made, child)
            case "ProcessStep":
                _step(to, made, child)
            case "Computation":
                pass
            case _:
                to.keep(made, child)
    if computations:
        holder = to.add(made, computations[0], "Computation")
        for child in computations:
            to.text(holder, child, "Description")


def _transition(to: Transcriber, parent: etree._Element, element: etree._Element) -> None:
    made = to.add(parent, element, "Transition")
    for child in known_elements(element):
        match to.local(child):
            case "TargetStep":
                to.reference(made, child, "TargetStep", {"id": (child.text or "").strip()})
            case "Condition":
                to.text(made, child, "Condition", kind="structure")
            case _:
                to.keep(made, child)
