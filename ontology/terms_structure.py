"""The closed namespace of the structure module: data structures, code lists, concepts, constraints."""

# ruff: noqa: N815 - the names of terms are those of the ontology

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from semstat.ontology.minted import BASE

__all__ = ["SST"]


class SST(DefinedNamespace):
    """Structure: what SDMX says about the shape of data."""

    _NS = Namespace(BASE + "structure#")
    _fail = True

    # classes
    Attribute: URIRef
    AttributeSet: URIRef
    Categorisation: URIRef
    Category: URIRef
    CategoryScheme: URIRef
    Code: URIRef
    Codelist: URIRef
    CodelistExtension: URIRef
    Component: URIRef
    ComponentList: URIRef
    Concept: URIRef
    ConceptScheme: URIRef
    CubeRegion: URIRef
    DataConstraint: URIRef
    DataKey: URIRef
    DataKeySet: URIRef
    DataStructure: URIRef
    Dataflow: URIRef
    Dimension: URIRef
    GeographicFeature: URIRef
    GridCell: URIRef
    GroupDimensionDescriptor: URIRef
    HierarchicalCode: URIRef
    HierarchicalCodelist: URIRef
    Hierarchy: URIRef
    HierarchyAssociation: URIRef
    IncludedCodelist: URIRef
    IsoConceptReference: URIRef
    Level: URIRef
    Measure: URIRef
    MeasureDimension: URIRef
    MemberSelection: URIRef
    ObservationReplacement: URIRef
    ObservationUpdate: URIRef
    MemberValue: URIRef
    MetadataAttributeUsage: URIRef
    ProvisionAgreement: URIRef
    ReleaseCalendar: URIRef
    ReportingCategory: URIRef
    ReportingTaxonomy: URIRef
    Representation: URIRef
    SentinelValue: URIRef
    TimeDimension: URIRef
    # properties
    atLevel: URIRef
    attachedToComponent: URIRef
    attachedToGroup: URIRef
    attachmentConstraint: URIRef
    attachmentLevel: URIRef
    cascadeValues: URIRef
    codelistExtension: URIRef
    codePrefix: URIRef
    categorisedArtefact: URIRef
    code: URIRef
    codeId: URIRef
    codelist: URIRef
    codelistAlias: URIRef
    codingFormat: URIRef
    component: URIRef
    componentId: URIRef
    componentList: URIRef
    conceptIdentity: URIRef
    conceptRole: URIRef
    constrains: URIRef
    constrainsDimension: URIRef
    constraintRole: URIRef
    contextObject: URIRef
    crossSectionalLevel: URIRef
    cubeRegion: URIRef
    dataKey: URIRef
    dataKeySet: URIRef
    dataProvider: URIRef
    dataSource: URIRef
    dataflow: URIRef
    decimals: URIRef
    endIsInclusive: URIRef
    endTime: URIRef
    endValue: URIRef
    enumeration: URIRef
    extendsCodelist: URIRef
    featureSet: URIRef
    geoCell: URIRef
    geoType: URIRef
    gridDefinition: URIRef
    follows: URIRef
    group: URIRef
    groupDimension: URIRef
    hasFormalLevels: URIRef
    hierarchicalCode: URIRef
    hierarchy: URIRef
    inCategory: URIRef
    includedCodelist: URIRef
    interval: URIRef
    isEvolving: URIRef
    isIncluded: URIRef
    isMultiLingual: URIRef
    isSequence: URIRef
    isoAgency: URIRef
    isoConcept: URIRef
    isoId: URIRef
    isoScheme: URIRef
    level: URIRef
    levelId: URIRef
    levelOrder: URIRef
    linkedHierarchy: URIRef
    linkedObject: URIRef
    maxLength: URIRef
    maxOccurs: URIRef
    maxValue: URIRef
    measureCode: URIRef
    measureDimension: URIRef
    measureRelationship: URIRef
    memberSelection: URIRef
    memberValue: URIRef
    metadataAttribute: URIRef
    metadataAttributeUsage: URIRef
    metadataStructure: URIRef
    minLength: URIRef
    minOccurs: URIRef
    minValue: URIRef
    notAtCrossSectionalLevel: URIRef
    obsCount: URIRef
    offset: URIRef
    optionallyAttachedTo: URIRef
    pattern: URIRef
    referenceAsWritten: URIRef
    periodicity: URIRef
    provisioningMetadata: URIRef
    referenceEnd: URIRef
    referenceStart: URIRef
    releaseCalendar: URIRef
    removePrefix: URIRef
    representation: URIRef
    roleFlag: URIRef
    selectsAttribute: URIRef
    sentinelValue: URIRef
    seriesCount: URIRef
    startIsInclusive: URIRef
    seriesPosition: URIRef
    startTime: URIRef
    startValue: URIRef
    statedPosition: URIRef
    structuralMetadata: URIRef
    structure: URIRef
    takenFrom: URIRef
    textType: URIRef
    timeInterval: URIRef
    tolerance: URIRef
    usage: URIRef
    usesMetadataAttribute: URIRef
    value: URIRef
    valueLanguage: URIRef
