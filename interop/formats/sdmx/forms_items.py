"""The forms of what items and schemes of particular classes hold beyond names, parents and representations.

Source:
    SDMX 2.1, 3.0 and 3.1, SDMXStructureOrganisation.xsd, SDMXStructureConcept.xsd, SDMXStructureCodelist.xsd,
    SDMXStructureReportingTaxonomy.xsd and SDMXStructureTransformation.xsd.
"""

from collections.abc import Mapping

from lxml import etree

from semstat.interop.formats.sdmx.forms import Child, Form, Read, international, part, refers, text, token
from semstat.interop.formats.sdmx.model_contents import (
    Channel,
    ConceptDetail,
    Contact,
    CustomType,
    FromVtlMapping,
    GeoCodelist,
    GeoFeatureSetCode,
    GeoGridCode,
    IsoConceptReference,
    NamePersonalisation,
    Organisation,
    ReportingCategory,
    Ruleset,
    SpaceKey,
    ToVtlMapping,
    Transformation,
    UserDefinedOperator,
    VtlMapping,
    VtlScheme,
)
from semstat.interop.formats.sdmx.source import Source
from semstat.interop.formats.sdmx.vocabulary import OLD, Grammar

__all__ = ["CONTACT_CHILDREN", "ITEM_FORMS", "ITEM_PARTS", "SCHEME_FORMS"]


def _channel(kind: str) -> Read:
    def read(source: Source, element: etree._Element, unread: list[str]) -> Channel:
        return Channel(source.line(element), kind, text(source, element, unread))

    return read


def _present(source: Source, element: etree._Element, unread: list[str]) -> bool:
    text(source, element, unread)
    return True


def _key(source: Source, element: etree._Element, unread: list[str]) -> SpaceKey:
    return SpaceKey(source.line(element), token(source, element, unread))


CONTACT_CHILDREN = (
    Child("Name", "names", international, many=True),
    Child("Department", "departments", international, many=True),
    Child("Role", "roles", international, many=True),
    *(Child(kind, "channels", _channel(kind), many=True) for kind in ("Telephone", "Fax", "X400", "URI", "Email")),
)
"""The children of a contact; those of 2.0 have an ``id`` as well."""

_CONTACT = Form(Contact, CONTACT_CHILDREN, texts={"id": "id", OLD + "purpose": "purpose"})
_ORGANISATION = Form(
    Organisation,
    (Child("Contact", "contacts", part(_CONTACT), many=True),),
)
_ISO = Form(
    IsoConceptReference,
    (
        Child("ConceptAgency", "agency", text),
        Child("ConceptSchemeID", "scheme", text),
        Child("ConceptID", "concept", text),
    ),
)


_KEYS = Grammar(parts=frozenset({"Key"}))


def _space(source: Source, element: etree._Element, unread: list[str]) -> tuple[SpaceKey, ...]:
    found = source.gather(element, _KEYS)
    unread.extend(found.unread)
    return tuple(_key(source, key, unread) for _, key in found.parts)


_TO_VTL = Form(ToVtlMapping, (Child("ToVtlSubSpace", "sub_space", _space),), texts={"method": "method"})
_FROM_VTL = Form(FromVtlMapping, (Child("FromVtlSuperSpace", "super_space", _space),), texts={"method": "method"})
_VTL_MAPPING = Form(
    VtlMapping,
    (
        Child("Dataflow", "dataflow", refers("Dataflow")),
        Child("GenericDataflow", "is_generic", _present),
        Child("Codelist", "codelist", refers("Codelist")),
        Child("ConceptScheme", "concept_scheme", refers("ConceptScheme")),
        Child("Concept", "concept", refers("Concept")),
        Child(
            "ToVtlMapping",
            "to_vtl",
            part(_TO_VTL),
        ),
        Child(
            "FromVtlMapping",
            "from_vtl",
            part(_FROM_VTL),
        ),
    ),
    texts={"alias": "alias"},
)

ITEM_FORMS: Mapping[str, Form] = {
    **dict.fromkeys(("Agency", "DataProvider", "DataConsumer", "MetadataProvider", "OrganisationUnit"), _ORGANISATION),
    "Concept": Form(
        ConceptDetail, (Child("ISOConceptReference", "iso_reference", part(_ISO)),), texts={OLD + "version": "version"}
    ),
    "GeoFeatureSetCode": Form(GeoFeatureSetCode, texts={"value": "value"}),
    "GeoGridCode": Form(GeoGridCode, (Child("GeoCell", "geo_cell", text),)),
    # 2.0 states flows within categories; later versions categorise them from outside.
    "Category": Form(
        ReportingCategory, (Child("ProvisioningMetadata", "provisioning_metadata", refers("Dataflow"), many=True),)
    ),
    "ReportingCategory": Form(
        ReportingCategory,
        (
            Child("StructuralMetadata", "structural_metadata", refers("DataStructure"), many=True),
            Child("ProvisioningMetadata", "provisioning_metadata", refers("Dataflow"), many=True),
        ),
    ),
    "Transformation": Form(
        Transformation,
        (Child("Expression", "expression", text), Child("Result", "result", text)),
        flags={"isPersistent": "is_persistent"},
    ),
    "Ruleset": Form(
        Ruleset,
        (Child("RulesetDefinition", "definition", text),),
        texts={"rulesetType": "type", "rulesetScope": "scope"},
    ),
    "UserDefinedOperator": Form(UserDefinedOperator, (Child("OperatorDefinition", "definition", text),)),
    "CustomType": Form(
        CustomType,
        (
            Child("VtlScalarType", "vtl_scalar_type", text),
            Child("DataType", "data_type", text),
            Child("VtlLiteralFormat", "vtl_literal_format", text),
            Child("OutputFormat", "output_format", text),
            Child("NullValue", "null_value", text),
        ),
    ),
    "NamePersonalisation": Form(
        NamePersonalisation,
        (Child("VtlDefaultName", "vtl_default_name", text), Child("PersonalisedName", "personalised_name", text)),
        texts={"vtlArtefact": "vtl_artefact"},
    ),
    "VtlMapping": _VTL_MAPPING,
}
"""What items of particular classes hold, by the name of their element."""

_VTL_SCHEME = Form(
    VtlScheme,
    (
        Child("VtlMappingScheme", "vtl_mapping_scheme", refers("VtlMappingScheme")),
        Child("NamePersonalisationScheme", "name_personalisation_scheme", refers("NamePersonalisationScheme")),
        Child("CustomTypeScheme", "custom_type_scheme", refers("CustomTypeScheme")),
        Child("RulesetScheme", "ruleset_schemes", refers("RulesetScheme"), many=True),
        Child(
            "UserDefinedOperatorScheme",
            "user_defined_operator_schemes",
            refers("UserDefinedOperatorScheme"),
            many=True,
        ),
    ),
    texts={"vtlVersion": "vtl_version"},
)

SCHEME_FORMS: Mapping[str, Form] = {
    "GeographicCodelist": Form(GeoCodelist, texts={"geoType": "geo_type"}),
    "GeoGridCodelist": Form(
        GeoCodelist, (Child("GridDefinition", "grid_definition", text),), texts={"geoType": "geo_type"}
    ),
    **dict.fromkeys(
        (
            "TransformationScheme",
            "RulesetScheme",
            "UserDefinedOperatorScheme",
            "CustomTypeScheme",
            "NamePersonalisationScheme",
            "VtlMappingScheme",
        ),
        _VTL_SCHEME,
    ),
}
"""What schemes of particular classes hold beside their items, by the name of their element."""

ITEM_PARTS: Mapping[type, Form] = {
    Contact: _CONTACT,
    IsoConceptReference: _ISO,
    ToVtlMapping: _TO_VTL,
    FromVtlMapping: _FROM_VTL,
}
"""The forms of the parts of items, by the class of the value."""
