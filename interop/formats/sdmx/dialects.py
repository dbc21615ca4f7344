"""What the versions of SDMX-ML can say, as tables: containers and their order, names of classes, what only one version has.

Source:
    SDMX-ML 2.1 (2020 revision), 3.0.1 and 3.1, SDMXStructure.xsd (``StructuresType``) and the schemas it includes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["DIALECTS", "Dialect"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """A version of SDMX-ML as a target.

    ``containers`` lists the elements below ``Structures`` in the order of the schema, each with the artefacts that it holds.
    ``classes`` maps classes of URNs to what this version calls them; ``missing`` and ``missing_attributes`` name content
    that a neighbouring version has and this one has not. ``versions`` is the form of version numbers, ``text_types`` the
    types that other versions have, ``unversioned`` the artefacts that do not state a version.
    """

    version: str
    stem: str
    containers: tuple[tuple[str, tuple[str, ...]], ...]
    classes: Mapping[str, str]
    versions: re.Pattern[str]
    missing: frozenset[str] = frozenset()
    missing_attributes: frozenset[str] = frozenset()
    missing_text_types: frozenset[str] = frozenset()
    unversioned: frozenset[str] = frozenset()

    @property
    def legacy(self) -> bool:
        """Whether this is version 2.1, with ``Ref``, primary measures and flags of finality."""
        return self.version == "2.1"

    @property
    def elements(self) -> frozenset[str]:
        """The elements of artefacts that this version has."""
        return frozenset(element for _, held in self.containers for element in held)


def _containers(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = (line.split() for line in text.strip().splitlines())
    return tuple((row[0], tuple(row[1:])) for row in rows)


_IN_2_1 = _containers("""
    OrganisationSchemes AgencyScheme DataConsumerScheme DataProviderScheme OrganisationUnitScheme
    Dataflows Dataflow
    Metadataflows Metadataflow
    CategorySchemes CategoryScheme
    Categorisations Categorisation
    Codelists Codelist
    HierarchicalCodelists HierarchicalCodelist
    Concepts ConceptScheme
    MetadataStructures MetadataStructure
    DataStructures DataStructure
    StructureSets StructureSet
    ReportingTaxonomies ReportingTaxonomy
    Processes Process
    Constraints AttachmentConstraint ContentConstraint
    ProvisionAgreements ProvisionAgreement
    CustomTypes CustomTypeScheme
    VtlMappings VtlMappingScheme
    NamePersonalisations NamePersonalisationScheme
    Rulesets RulesetScheme
    Transformations TransformationScheme
    UserDefinedOperators UserDefinedOperatorScheme
""")

# 3.x admits any order: what others refer to comes first.
_IN_3_0 = _containers("""
    AgencySchemes AgencyScheme
    DataProviderSchemes DataProviderScheme
    DataConsumerSchemes DataConsumerScheme
    MetadataProviderSchemes MetadataProviderScheme
    OrganisationUnitSchemes OrganisationUnitScheme
    Codelists Codelist
    ValueLists ValueList
    GeographicCodelists GeographicCodelist
    GeoGridCodelists GeoGridCodelist
    ConceptSchemes ConceptScheme
    CategorySchemes CategoryScheme
    DataStructures DataStructure
    MetadataStructures MetadataStructure
    Dataflows Dataflow
    Metadataflows Metadataflow
    ProvisionAgreements ProvisionAgreement
    MetadataProvisionAgreements MetadataProvisionAgreement
    DataConstraints DataConstraint
    MetadataConstraints MetadataConstraint
    Hierarchies Hierarchy
    HierarchyAssociations HierarchyAssociation
    RepresentationMaps RepresentationMap
    StructureMaps StructureMap
    ConceptSchemeMaps ConceptSchemeMap
    CategorySchemeMaps CategorySchemeMap
    OrganisationSchemeMaps OrganisationSchemeMap
    ReportingTaxonomyMaps ReportingTaxonomyMap
    Categorisations Categorisation
    ReportingTaxonomies ReportingTaxonomy
    Processes Process
    CustomTypeSchemes CustomTypeScheme
    NamePersonalisationSchemes NamePersonalisationScheme
    VtlMappingSchemes VtlMappingScheme
    RulesetSchemes RulesetScheme
    UserDefinedOperatorSchemes UserDefinedOperatorScheme
    TransformationSchemes TransformationScheme
""")

_STEM = "http://www.sdmx.org/resources/sdmxml/schemas/"
_NUMBER = r"(0|[1-9]\d*)"
_SEMANTIC = re.compile(rf"{_NUMBER}(\.{_NUMBER})?|{_NUMBER}(\.{_NUMBER}){{2}}(-[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*)?")
_TO_3 = {
    "ContentConstraint": "DataConstraint",
    "PrimaryMeasure": "Measure",
    "MeasureDimension": "Dimension",
    "ReportingYearStartDay": "DataAttribute",
}
_FIXED = frozenset({"AgencyScheme", "DataConsumerScheme", "DataProviderScheme", "MetadataProviderScheme"})

DIALECTS: Mapping[str, Dialect] = {
    dialect.version: dialect
    for dialect in (
        Dialect(
            "2.1",
            _STEM + "v2_1/",
            _IN_2_1,
            {"DataConstraint": "ContentConstraint", "ValueList": "Codelist", "Measure": "PrimaryMeasure"},
            re.compile(r"[0-9]+(\.[0-9]+)*"),
            missing_text_types=frozenset({"GeospatialInformation"}),
        ),
        Dialect(
            "3.0",
            _STEM + "v3_0/",
            _IN_3_0,
            _TO_3,
            _SEMANTIC,
            frozenset(),
            frozenset(),
            frozenset({"AttachmentConstraintReference"}),
            _FIXED,
        ),
        Dialect(
            "3.1",
            _STEM + "v3_1/",
            (_IN_3_0[0], ("AvailabilityConstraints", ("AvailabilityConstraint",)), *_IN_3_0[1:]),
            _TO_3,
            _SEMANTIC,
            frozenset({"ReleaseCalendar"}),
            missing_text_types=frozenset({"AttachmentConstraintReference"}),
            unversioned=_FIXED | {"Categorisation"},
        ),
    )
}
"""The versions that are written."""
