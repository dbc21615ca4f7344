"""The arrays of artefacts in SDMX-JSON messages, and what their entries are.

Source:
    SDMX-JSON 1.0, 2.0 and 2.1, JSON Schemas of the structure and metadata messages.
"""

__all__ = ["ARRAYS"]

ARRAYS: dict[str, str] = {
    "agencySchemes": "AgencyScheme",
    "dataProviderSchemes": "DataProviderScheme",
    "dataConsumerSchemes": "DataConsumerScheme",
    "metadataProviderSchemes": "MetadataProviderScheme",
    "organisationUnitSchemes": "OrganisationUnitScheme",
    "codelists": "Codelist",
    "geographicCodelists": "GeographicCodelist",
    "geoGridCodelists": "GeoGridCodelist",
    "valueLists": "ValueList",
    "conceptSchemes": "ConceptScheme",
    "categorySchemes": "CategoryScheme",
    "categorisations": "Categorisation",
    "reportingTaxonomies": "ReportingTaxonomy",
    "dataStructures": "DataStructure",
    "metadataStructures": "MetadataStructure",
    "dataflows": "Dataflow",
    "metadataflows": "Metadataflow",
    "provisionAgreements": "ProvisionAgreement",
    "metadataProvisionAgreements": "MetadataProvisionAgreement",
    "dataConstraints": "DataConstraint",
    "contentConstraints": "ContentConstraint",
    "availabilityConstraints": "AvailabilityConstraint",
    "attachmentConstraints": "AttachmentConstraint",
    "metadataConstraints": "MetadataConstraint",
    "metadataSets": "MetadataSet",
    "hierarchies": "Hierarchy",
    "hierarchicalCodelists": "HierarchicalCodelist",
    "hierarchyAssociations": "HierarchyAssociation",
    "structureSets": "StructureSet",
    "structureMaps": "StructureMap",
    "representationMaps": "RepresentationMap",
    "conceptSchemeMaps": "ConceptSchemeMap",
    "categorySchemeMaps": "CategorySchemeMap",
    "organisationSchemeMaps": "OrganisationSchemeMap",
    "reportingTaxonomyMaps": "ReportingTaxonomyMap",
    "processes": "Process",
    "transformationSchemes": "TransformationScheme",
    "rulesetSchemes": "RulesetScheme",
    "userDefinedOperatorSchemes": "UserDefinedOperatorScheme",
    "customTypeSchemes": "CustomTypeScheme",
    "namePersonalisationSchemes": "NamePersonalisationScheme",
    "vtlMappingSchemes": "VtlMappingScheme",
}
"""The arrays of artefacts below ``data``, and the element that each entry stands for."""
