"""Reference metadata of SDMX-ML 2.0 in the words of 2.1: metadata sets, each a part of the structure that it follows.

Source:
    SDMX 2.0, SDMXGenericMetadata.xsd and SDMXMetadataReport.xsd, ``MetadataSetType``.
"""

from lxml import etree

from semstat.interop.formats.sdmx.ml20 import Transcriber, known_elements, local_name
from semstat.interop.formats.sdmx.model_metadata import ReportedMetadata
from semstat.interop.formats.sdmx.parse_metadata import read_reported_metadata
from semstat.interop.formats.sdmx.references import reference
from semstat.interop.formats.sdmx.source import Source
from semstat.interop.formats.sdmx.vocabulary import STEM_20

__all__ = ["read_reported_20"]

_STRUCTURE = "STRUCTURE"
_STATED = (
    "action",
    "reportingBeginDate",
    "reportingEndDate",
    "validFromDate",
    "validToDate",
    "publicationYear",
    "publicationPeriod",
)
_NAMED = ("MetadataStructureRef", "MetadataStructureAgencyRef", "Version", "ReportRef")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_PROVIDER = ("dataProviderSchemeAgencyId", "dataProviderSchemeId", "dataProviderID")


def read_reported_20(source: Source, element: etree._Element) -> ReportedMetadata | None:
    """Return a metadata set of 2.0; ``None`` when it does not say which structure it follows.

    In generic metadata each set of attribute values becomes a report of the report structure that the set names. What a report
    is about is stated by values of components, not by references: these values are kept raw. In a metadata report the elements
    are those of a schema made for the metadata structure, of which the standard fixes nothing but the head of the set: those
    below the set are read as reports, those below them as reported attributes, by their names; an element with attributes
    alone is kept raw as a value of the target.

    Findings:
        ``DSD001`` or ``IO108`` when no structure is named; ``IO108`` for unknown content; ``IO114`` for values of target
        components, times at which a value begins, the dataflow, and the elements of a metadata report.
    """
    to = Transcriber(source)
    generic = etree.QName(element).namespace == f"{STEM_20}genericmetadata"
    stated = {
        "setID": element.get("datasetID"),
        "structureRef": _STRUCTURE,
        **{key: element.get(key) for key in _STATED},
    }
    made = to.new(element, "MetadataSet", stated, kind="message")
    to.keep_attributes(element, made, {"datasetID", *_STATED, *_PROVIDER})
    report, structure = to.part_text(element, "ReportRef"), to.part_text(element, "MetadataStructureRef")
    rest = to.common(element, made)
    if element.get("dataProviderID"):
        agency, scheme, identifier = (element.get(key) for key in _PROVIDER)
        target = {"id": identifier, "maintainableParentID": scheme, "agencyID": agency, "class": "DataProvider"}
        to.reference(made, element, "DataProvider", target)
    for child in rest:
        local = to.local(child)
        if generic and local == "AttributeValueSet":
            _report(to, made, child, report)
        elif local_name(child) in _NAMED:
            pass
        elif generic:
            to.keep(made, child)
        else:
            _specific_report(to, made, child)
    agency, version = to.part_text(element, "MetadataStructureAgencyRef"), to.part_text(element, "Version")
    named = {"id": structure, "agencyID": agency, "version": version}
    holder = to.reference(to.new(element, "Structure"), element, "Structure", named)
    found = reference(source, holder, "MetadataStructure")
    return read_reported_metadata(source, made, {_STRUCTURE: found}) if found is not None else None


def _report(to: Transcriber, made: etree._Element, element: etree._Element, report: str | None) -> None:
    holder = to.add(made, element, "Report", {"id": report})
    target = to.add(holder, element, "Target", {"id": to.part_text(element, "TargetRef")})
    attributes = to.add(holder, element, "AttributeSet")
    for child in known_elements(element):
        match to.local(child):
            case "TargetRef":
                pass
            case "TargetValues":
                for value in known_elements(child):
                    _component_value(to, target, value)
            case "ReportedAttribute":
                _attribute(to, attributes, child)
            case _:
                to.keep(holder, child)


def _component_value(to: Transcriber, target: etree._Element, value: etree._Element) -> None:
    """Keep the value of a target component: the code or id that it is, and the class of what that identifies."""
    known = to.local(value) == "ComponentValue"
    if known:
        part = to.add(target, value, "ReferenceValue", {"id": value.get("component") or value.get("object")})
        to.keep(part, value, known=True)
    else:
        to.keep(target, value)


def _attribute(to: Transcriber, parent: etree._Element, element: etree._Element) -> None:
    made = to.add(parent, element, "ReportedAttribute", {"id": element.get("conceptID")})
    to.keep_attributes(element, made, {"conceptID"})
    below: etree._Element | None = None
    for child in known_elements(element):
        match to.local(child):
            case "Value":
                to.text(made, child, "Text")
            case "ReportedAttribute":
                below = to.add(made, child, "AttributeSet") if below is None else below
                _attribute(to, below, child)
            case "Annotations":
                to.annotations(made, child)
            case "StartTime":
                to.keep(made, child, known=True)
            case _:
                to.keep(made, child)


def _specific_report(to: Transcriber, made: etree._Element, element: etree._Element) -> None:
    message = f"`{local_name(element)}` is of a schema of its own; what it holds is read by the names of its elements"
    to.source.report("IO114", message, element, value=local_name(element))
    holder = to.add(made, element, "Report", {"id": local_name(element)})
    to.keep_attributes(element, holder, ())
    target, attributes = to.add(holder, element, "Target"), to.add(holder, element, "AttributeSet")
    for child in known_elements(element):
        if len(child) or (child.text or "").strip() or not child.attrib:
            _specific_attribute(to, attributes, child)
        else:
            to.keep(to.add(target, child, "ReferenceValue", {"id": local_name(child)}), child, known=True)


def _specific_attribute(to: Transcriber, parent: etree._Element, element: etree._Element) -> None:
    made = to.add(parent, element, "ReportedAttribute", {"id": local_name(element)})
    to.keep_attributes(element, made, {_LANGUAGE})
    if (element.text or "").strip():
        to.add(made, element, "Text", {_LANGUAGE: element.get(_LANGUAGE)}, text=element.text)
    below: etree._Element | None = None
    for child in known_elements(element):
        match local_name(child):
            case "Value":
                to.text(made, child, "Text")
            case "Annotations":
                to.annotations(made, child)
            case _:
                below = to.add(made, child, "AttributeSet") if below is None else below
                _specific_attribute(to, below, child)
