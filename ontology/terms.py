"""Closed namespaces: every IRI that semstat mints or borrows, by name; a typo fails when the module is imported.

A term listed here is defined in ``modules/`` (ours) or published by its owner (borrowed). No other module writes one.
"""

from rdflib import Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SH, SKOS, XSD, DefinedNamespace

from semstat.ontology.terms_borrowed import QB, SEMAPV, SSSOM, VS

__all__ = [
    "BASE",
    "DCTERMS",
    "OWL",
    "PROV",
    "QB",
    "RDF",
    "RDFS",
    "REPORT",
    "RULE",
    "SDMX",
    "SEMAPV",
    "SH",
    "SKOS",
    "SS",
    "SSC",
    "SSSOM",
    "SST",
    "UNNAMED",
    "VS",
    "XSD",
]

BASE = "https://w3id.org/semstat/"
"""The prefix of every IRI that the project mints."""

RULE = Namespace(BASE + "rule/")
"""Rules of the catalogue: ``RULE["DF004"]``."""

REPORT = Namespace(BASE + "report/")
"""Validation reports, each under a name made from its content."""

UNNAMED = Namespace(BASE + "shapes/unnamed#")
"""Nodes of users' shapes that have no name of their own."""

SDMX = Namespace(BASE + "sdmx/")
"""Artefacts read from SDMX messages; see :mod:`semstat.ontology.iri`."""


class SS(DefinedNamespace):
    """Core: identifiable, versioned, annotated artefacts; agents; rules and findings."""

    _NS = Namespace(BASE + "core#")
    _fail = True

    # classes
    Agency: URIRef
    Annotation: URIRef
    Artefact: URIRef
    Channel: URIRef
    Contact: URIRef
    IdentifiableArtefact: URIRef
    Item: URIRef
    ItemScheme: URIRef
    Link: URIRef
    MaintainableArtefact: URIRef
    Rule: URIRef
    # properties
    annotation: URIRef
    annotationText: URIRef
    annotationTitle: URIRef
    annotationType: URIRef
    annotationUrl: URIRef
    annotationValue: URIRef
    channel: URIRef
    channelKind: URIRef
    channelValue: URIRef
    checksRule: URIRef
    contact: URIRef
    contactPurpose: URIRef
    department: URIRef
    evidenceStatus: URIRef
    externalCode: URIRef
    fix: URIRef
    identifier: URIRef
    isExternalReference: URIRef
    isFinal: URIRef
    isPartial: URIRef
    isPartialLanguage: URIRef
    link: URIRef
    linkLanguage: URIRef
    linkRelation: URIRef
    linkTitle: URIRef
    linkType: URIRef
    linkUrl: URIRef
    linkUrn: URIRef
    maintainer: URIRef
    position: URIRef
    role: URIRef
    serviceUrl: URIRef
    structureUrl: URIRef
    unreadContent: URIRef
    uri: URIRef
    urn: URIRef
    validFrom: URIRef
    validTo: URIRef
    version: URIRef


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
    selectsAttribute: URIRef
    roleFlag: URIRef
    sentinelValue: URIRef
    seriesCount: URIRef
    startIsInclusive: URIRef
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


class SSC(DefinedNamespace):
    """SHACL constraint components of our own and their parameters; see ``validators/structural/components.py``.

    The numbered components (``UniqueKey3ConstraintComponent``, ``keyDimension2``) come from :meth:`numbered`, since
    their number grows with the dimensions of a structure.
    """

    _NS = Namespace(BASE + "shacl#")
    _fail = True

    ConstantWithinConstraintComponent: URIRef
    ConstraintComponent: URIRef
    PeriodFrequencyConstraintComponent: URIRef
    UniqueKeyConstraintComponent: URIRef
    constantAttribute: URIRef
    arity: URIRef
    frequency: URIRef
    frequencyDimension: URIRef
    periodDimension: URIRef
    periodPattern: URIRef

    @classmethod
    def numbered(cls, stem: str, number: int) -> URIRef:
        """Return the IRI of a numbered term, for example ``keyDimension2``."""
        return URIRef(f"{BASE}shacl#{stem}{number}")
