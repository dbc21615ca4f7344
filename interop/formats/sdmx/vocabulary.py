"""Which elements SDMX-ML knows, as tables: what the reader interprets, what it keeps raw, and hence what is unknown.

The tables hold the union of 2.1 (2020 revision), 3.0.1 and 3.1; an element that only another version has is accepted.

Source:
    SDMX-ML schemas ``SDMXStructure*.xsd`` and ``SDMXCommon.xsd`` of the three versions.
"""

from dataclasses import dataclass, field

__all__ = [
    "ARTEFACTS",
    "CONTAINERS",
    "HOLDERS",
    "MAINTAINABLE_FLAGS",
    "MAINTAINABLE_TEXTS",
    "NAMESPACE_STEMS",
    "OLD",
    "PACKAGES",
    "REFERENCE_CLASSES",
    "STEM_20",
    "STRUCTURE_HEADER",
    "ArtefactClass",
    "Grammar",
    "ItemClass",
]

NAMESPACE_STEMS = {
    "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/": "2.1",
    "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/": "3.0",
    "http://www.sdmx.org/resources/sdmxml/schemas/v3_1/": "3.1",
    "http://www.SDMX.org/resources/SDMXML/schemas/v2_0/": "2.0",
    "http://www.SDMX.org/resources/SDMXML/schemas/v1_0/": "1.0",
}
"""The version of SDMX-ML that the stem of a namespace stands for."""

STEM_20 = "http://www.SDMX.org/resources/SDMXML/schemas/v2_0/"
"""The stem of the namespaces of SDMX-ML 2.0."""

OLD = f"{{{STEM_20}structure}}"
"""What precedes the names of attributes that only 2.0 has, where a message of 2.0 is read in the words of 2.1."""

MAINTAINABLE_FLAGS = ("isFinal", "isExternalReference", "isPartial", "isPartialLanguage")
MAINTAINABLE_TEXTS = ("validFrom", "validTo", "structureURL", "serviceURL")

STRUCTURE_HEADER = frozenset({"ID", "Test", "Prepared", "Sender", "Receiver", "Name", "Source"})
"""What the header of a structure message may hold; the rest of a header belongs to data messages."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Grammar:
    """What one kind of element may hold.

    ``parts`` and ``attributes`` are interpreted by the caller; ``kept`` and ``kept_attributes`` are known to the
    standard and kept raw. ``named`` admits names and descriptions, ``annotable`` annotations, ``linked`` links and the
    ``uri``. All else is unknown content.
    """

    parts: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    kept_attributes: frozenset[str] = frozenset()
    named: bool = False
    annotable: bool = False
    linked: bool = False


_ITEM_ATTRIBUTES = _words("id urn uri")


@dataclass(frozen=True, slots=True)
class ItemClass:
    """An item's class in a URN and what the item may hold beyond identity, names and parent."""

    cls: str
    grammar: Grammar
    nested: bool = False


def _item(cls: str, *, parts: str = "", nested: str | None = None) -> ItemClass:
    grammar = Grammar(
        parts=_words(f"Parent {parts} {nested or ''}"),
        attributes=_ITEM_ATTRIBUTES,
        named=True,
        annotable=True,
        linked=True,
    )
    return ItemClass(cls, grammar, nested=nested is not None)


@dataclass(frozen=True, slots=True)
class ArtefactClass:
    """A class of maintainable artefacts: its package and class in a URN, its items, and what it may hold beside them.

    ``fixed_version`` is the version of classes that have only one (the schemes of organisations but units).
    """

    package: str
    cls: str
    kept: frozenset[str] = frozenset()
    items: dict[str, ItemClass] = field(default_factory=dict)
    kept_attributes: frozenset[str] = frozenset()
    fixed_version: str | None = None


def _organisations(cls: str, *, fixed: str | None = "1.0") -> ArtefactClass:
    items = {cls: _item(cls)}
    return ArtefactClass("base", cls + "Scheme", items=items, fixed_version=fixed)


def _vtl(cls: str) -> ArtefactClass:
    return ArtefactClass("transformation", cls + "Scheme", items={cls: _item(cls)})


def _other(package: str, cls: str, kept: str, *, attributes: str = "") -> ArtefactClass:
    return ArtefactClass(package, cls, _words(kept), kept_attributes=_words(attributes))


ARTEFACTS: dict[str, ArtefactClass] = {
    "AgencyScheme": _organisations("Agency"),
    "DataProviderScheme": _organisations("DataProvider"),
    "DataConsumerScheme": _organisations("DataConsumer"),
    "MetadataProviderScheme": _organisations("MetadataProvider"),
    "OrganisationUnitScheme": _organisations("OrganisationUnit", fixed=None),
    "Codelist": ArtefactClass("codelist", "Codelist", items={"Code": _item("Code")}),
    "ValueList": ArtefactClass("codelist", "ValueList", items={"ValueItem": _item("ValueItem")}),
    # Geographic lists carry the URN class of plain ones (SDMX 3.0.1, SDMXCommonReferences.xsd).
    "GeographicCodelist": ArtefactClass(
        "codelist",
        "Codelist",
        items={"GeoFeatureSetCode": _item("Code")},
    ),
    "GeoGridCodelist": ArtefactClass(
        "codelist",
        "Codelist",
        items={"GeoGridCode": _item("Code")},
    ),
    "ConceptScheme": ArtefactClass(
        "conceptscheme",
        "ConceptScheme",
        items={"Concept": _item("Concept", parts="CoreRepresentation")},
    ),
    "CategoryScheme": ArtefactClass(
        "categoryscheme", "CategoryScheme", items={"Category": _item("Category", nested="Category")}
    ),
    "ReportingTaxonomy": ArtefactClass(
        "categoryscheme",
        "ReportingTaxonomy",
        items={"ReportingCategory": _item("ReportingCategory", nested="ReportingCategory")},
    ),
    "DataStructure": _other("datastructure", "DataStructure", ""),
    "Dataflow": _other("datastructure", "Dataflow", ""),
    "ProvisionAgreement": _other("registry", "ProvisionAgreement", ""),
    "ContentConstraint": _other("registry", "ContentConstraint", "MetadataKeySet"),
    "DataConstraint": _other("registry", "DataConstraint", ""),
    "AvailabilityConstraint": _other("registry", "AvailabilityConstraint", ""),
    "AttachmentConstraint": _other("registry", "AttachmentConstraint", "MetadataKeySet"),
    "MetadataConstraint": _other("registry", "MetadataConstraint", ""),
    "Categorisation": _other("categoryscheme", "Categorisation", ""),
    "Metadataflow": _other("metadatastructure", "Metadataflow", ""),
    "MetadataStructure": _other("metadatastructure", "MetadataStructure", ""),
    "MetadataProvisionAgreement": _other("registry", "MetadataProvisionAgreement", ""),
    "MetadataSet": _other("metadatastructure", "MetadataSet", ""),
    "HierarchicalCodelist": _other("codelist", "HierarchicalCodelist", ""),
    "Hierarchy": _other("codelist", "Hierarchy", ""),
    "HierarchyAssociation": _other("codelist", "HierarchyAssociation", ""),
    "StructureSet": _other("mapping", "StructureSet", ""),
    **{
        cls: _other("structuremapping", cls, "")
        for cls in (
            "StructureMap",
            "RepresentationMap",
            "ConceptSchemeMap",
            "CategorySchemeMap",
            "OrganisationSchemeMap",
            "ReportingTaxonomyMap",
        )
    },
    "Process": _other("process", "Process", ""),
    "TransformationScheme": _vtl("Transformation"),
    "RulesetScheme": _vtl("Ruleset"),
    "UserDefinedOperatorScheme": _vtl("UserDefinedOperator"),
    "CustomTypeScheme": _vtl("CustomType"),
    "NamePersonalisationScheme": _vtl("NamePersonalisation"),
    "VtlMappingScheme": _vtl("VtlMapping"),
}
"""Every class of maintainable artefacts, by the name of its element."""

HOLDERS: dict[str, tuple[str, ...]] = {
    "HierarchicalCode": ("Hierarchy", "HierarchicalCodelist"),
    "Level": ("Hierarchy", "HierarchicalCodelist"),
    "Hierarchy": ("HierarchicalCodelist",),
    **dict.fromkeys(_words("DatePatternMap EpochMap FrequencyFormatMapping"), ("StructureMap",)),
    **dict.fromkeys(
        _words(
            "StructureMap CodelistMap HybridCodelistMap ConceptSchemeMap CategorySchemeMap OrganisationSchemeMap"
            " ReportingTaxonomyMap"
        ),
        ("StructureSet",),
    ),
    **dict.fromkeys(_words("ProcessStep Transition"), ("Process",)),
    **dict.fromkeys(_words("MetadataAttribute ReportStructure MetadataTarget"), ("MetadataStructure",)),
    **dict.fromkeys(
        _words(
            "Dimension TimeDimension MeasureDimension DataAttribute ReportingYearStartDay PrimaryMeasure Measure"
            " GroupDimensionDescriptor DimensionDescriptor AttributeDescriptor MeasureDescriptor"
        ),
        ("DataStructure",),
    ),
    **{item.cls: (known.cls,) for known in ARTEFACTS.values() for item in known.items.values()},
}
"""The classes of maintainable artefacts that hold parts or items of a class, by the class's name in a URN."""

PACKAGES: dict[str, str] = {
    **{
        cls: next(known.package for known in ARTEFACTS.values() if known.cls == held[0])
        for cls, held in HOLDERS.items()
    },
    **{known.cls: known.package for known in ARTEFACTS.values()},
}
"""The package of every class of maintainable artefacts, items and parts, by the class's name in a URN."""

REFERENCE_CLASSES = {"Attribute": "DataAttribute"}
"""Classes that a 2.1 ``Ref`` names otherwise than a URN does."""

CONTAINERS = _words(
    "OrganisationSchemes AgencySchemes DataProviderSchemes DataConsumerSchemes MetadataProviderSchemes"
    " OrganisationUnitSchemes Codelists ValueLists GeographicCodelists GeoGridCodelists Concepts ConceptSchemes"
    " CategorySchemes Categorisations DataStructures MetadataStructures Dataflows Metadataflows ProvisionAgreements"
    " MetadataProvisionAgreements Constraints DataConstraints MetadataConstraints AvailabilityConstraints"
    " HierarchicalCodelists Hierarchies HierarchyAssociations StructureSets StructureMaps RepresentationMaps"
    " ConceptSchemeMaps CategorySchemeMaps OrganisationSchemeMaps ReportingTaxonomies ReportingTaxonomyMaps Processes"
    " Transformations TransformationSchemes Rulesets RulesetSchemes UserDefinedOperators UserDefinedOperatorSchemes"
    " CustomTypes CustomTypeSchemes NamePersonalisations NamePersonalisationSchemes VtlMappings VtlMappingSchemes"
)
"""The elements that group artefacts below ``Structures``."""
