"""The forms of metadata structures, metadataflows, provision agreements and metadata sets in SDMX-ML.

Source:
    SDMX 2.1, 3.0 and 3.1, SDMXStructureMetadataStructure.xsd, SDMXStructureMetadataflow.xsd,
    SDMXStructureProvisionAgreement.xsd and SDMXMetadataGeneric.xsd.
"""

from collections.abc import Mapping

from lxml import etree

from semstat.interop.formats.sdmx.forms import (
    Child,
    Form,
    any_reference,
    group,
    international,
    local,
    part,
    refers,
    representation,
    text,
    token,
    words,
)
from semstat.interop.formats.sdmx.model_facts import Maintainable
from semstat.interop.formats.sdmx.model_metadata import (
    MetadataAttribute,
    Metadataflow,
    MetadataProvisionAgreement,
    MetadataReport,
    MetadataSet,
    MetadataStructure,
    MetadataTarget,
    ReferenceValue,
    ReportedAttribute,
    ReportStructure,
    StructuredText,
    TargetObject,
)
from semstat.interop.formats.sdmx.references import parent_id
from semstat.interop.formats.sdmx.source import Source, raw_xml

__all__ = ["METADATA_FORMS", "METADATA_PARTS", "REPORT", "SET_ATTRIBUTES"]

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def _attribute_form() -> Form:
    return _ATTRIBUTE


def _of_concept(source: Source, element: etree._Element) -> str:
    """Return the id of the concept that an attribute takes its own id from when it states none."""
    for child in element:
        if isinstance(child.tag, str) and source.local(child.tag) == "ConceptIdentity":
            return parent_id(source, child) or ""
    return ""


_ATTRIBUTE = Form(
    MetadataAttribute,
    (
        Child("ConceptIdentity", "concept", refers("Concept")),
        Child("LocalRepresentation", "representation", representation),
        Child("MetadataAttribute", "attributes", part(_attribute_form), many=True),
    ),
    texts={"minOccurs": "min_occurs", "maxOccurs": "max_occurs"},
    flags={"isPresentational": "is_presentational"},
    kind="identifiable",
    cls="MetadataAttribute",
    default_id=_of_concept,
)
_ATTRIBUTES = Child("MetadataAttribute", "attributes", part(_ATTRIBUTE), many=True)
_DEFAULT_IDS = {
    "KeyDescriptorValuesTarget": "DIMENSION_DESCRIPTOR_VALUES_TARGET",
    "DataSetTarget": "DATA_SET_TARGET",
    "ConstraintContentTarget": "CONSTRAINT_CONTENT_TARGET",
    "ReportPeriodTarget": "REPORT_PERIOD_TARGET",
    "IdentifiableObjectTarget": "",
}


def _fixed_id(source: Source, element: etree._Element) -> str:
    return _DEFAULT_IDS[etree.QName(element).localname]


def _object(cls: str) -> Child:
    form = Form(
        TargetObject,
        (Child("LocalRepresentation", "representation", representation),),
        texts={"objectType": "object_type"},
        kind="nameable",
        cls=cls,
        fixed={"cls": cls},
        default_id=_fixed_id,
    )
    return Child(cls, "objects", part(form), many=True)


_TARGET = Form(
    MetadataTarget,
    (*(_object(cls) for cls in _DEFAULT_IDS), Child("IdentifierComponentRef", "components", token, many=True)),
    kind="nameable",
    cls="MetadataTarget",
)
_REPORT_STRUCTURE = Form(
    ReportStructure,
    (Child("MetadataTarget", "targets", local, many=True), _ATTRIBUTES),
    kind="nameable",
    cls="ReportStructure",
)
_LIST = Form(dict, (_ATTRIBUTES,), texts={"id": "id", "urn": "urn"}, kept=words("Annotations Link"))
"""The list has one id, that the standard fixes."""
_COMPONENTS = Form(
    dict,
    (
        Child("MetadataAttributeList", "list", group(_LIST)),
        Child("MetadataTarget", "targets", part(_TARGET), many=True),
        Child("ReportStructure", "reports", part(_REPORT_STRUCTURE), many=True),
    ),
)


def _structure(*, head: Maintainable, components: Mapping[str, object] | None = None) -> MetadataStructure:
    """Return a metadata structure without the elements that only group its parts."""
    parts = dict(components or {})
    attributes = parts.pop("list", None)
    if isinstance(attributes, dict):
        parts["attributes"] = attributes["attributes"]
    return MetadataStructure(head, **parts)  # type: ignore[arg-type]  # as the forms above say


def _structured(source: Source, element: etree._Element, unread: list[str]) -> StructuredText:
    language = source.language(element.get(_LANGUAGE, "en"), element)
    markup = "".join(raw_xml(child) for child in element if isinstance(child.tag, str))
    return StructuredText(source.line(element), markup or (element.text or ""), language)


def _reported_form() -> Form:
    return _REPORTED


_REPORTED = Form(
    ReportedAttribute,
    (
        Child("Value", "value", text),
        Child("Text", "texts", international, many=True),
        Child("StructuredText", "structured", _structured, many=True),
        Child("Attribute", "attributes", part(_reported_form), many=True),
    ),
    texts={"id": "id"},
    kind="annotable",
)
SET_ATTRIBUTES = {
    "action": "action",
    "reportingBeginDate": "reporting_begin",
    "reportingEndDate": "reporting_end",
    "publicationYear": "publication_year",
    "publicationPeriod": "publication_period",
}
"""The attributes of a metadata set that say what it covers and what is to be done with it."""

_TARGETS = Child("Target", "targets", any_reference, many=True)

METADATA_FORMS: Mapping[str, Form] = {
    "MetadataStructure": Form(_structure, (Child("MetadataStructureComponents", "components", group(_COMPONENTS)),)),
    "Metadataflow": Form(
        Metadataflow,
        (
            Child("Structure", "structure", refers("MetadataStructure")),
            _TARGETS,
            Child("CategoryRef", "categories", refers("Category"), many=True),
        ),
    ),
    "MetadataProvisionAgreement": Form(
        MetadataProvisionAgreement,
        (
            Child("Metadataflow", "metadataflow", refers("Metadataflow")),
            Child("MetadataProvider", "provider", refers("MetadataProvider")),
            _TARGETS,
        ),
    ),
    "MetadataSet": Form(
        MetadataSet,
        (
            Child("MetadataProvisionAgreement", "provision_agreement", refers("MetadataProvisionAgreement")),
            Child("Metadataflow", "metadataflow", refers("Metadataflow")),
            _TARGETS,
            Child("Attribute", "attributes", part(_REPORTED), many=True),
        ),
        texts=SET_ATTRIBUTES,
    ),
}
"""The forms of metadata structures, flows, agreements and sets (3.x), by the name of their element."""


def _old_form() -> Form:
    return _OLD_SET


def _old_attribute(*, below: Mapping[str, object] | None = None, **fields: object) -> ReportedAttribute:
    return ReportedAttribute(**fields, **(below or {}))  # type: ignore[arg-type]  # as the form below says


def _old_reported() -> Form:
    return _OLD_REPORTED


_OLD_SET = Form(dict, (Child("ReportedAttribute", "attributes", part(_old_reported), many=True),))
_OLD_REPORTED = Form(
    _old_attribute,
    (
        Child("Text", "texts", international, many=True),
        Child("StructuredText", "structured", _structured, many=True),
        Child("AttributeSet", "below", group(_old_form)),
    ),
    texts={"id": "id", "value": "value"},
    kind="annotable",
)
_REFERENCE = Form(
    ReferenceValue,
    (Child("ObjectReference", "artefact", any_reference), Child("ReportPeriod", "period", token)),
    texts={"id": "id"},
    kept=words("DataKey DataSetReference ConstraintContentReference"),
)
_TARGET_OF_REPORT = Form(
    dict, (Child("ReferenceValue", "references", part(_REFERENCE), many=True),), texts={"id": "target_id"}
)


def _report(
    *,
    target: Mapping[str, object] | None = None,
    attributes: Mapping[str, object] | None = None,
    **fields: object,
) -> MetadataReport:
    return MetadataReport(**fields, **(target or {}), **(attributes or {}))  # type: ignore[arg-type]  # as the form below says


REPORT = Form(
    _report,
    (Child("Target", "target", group(_TARGET_OF_REPORT)), Child("AttributeSet", "attributes", group(_OLD_SET))),
    texts={"id": "id"},
    kind="annotable",
)
"""The form of a report within a metadata set of 2.1."""

METADATA_PARTS: Mapping[type, Form] = {MetadataAttribute: _ATTRIBUTE, MetadataTarget: _TARGET}
"""The forms of the parts of metadata structures that versions of SDMX spell alike, by the class of the value."""
