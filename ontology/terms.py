"""Closed namespaces: every IRI that semstat mints or borrows, by name; a typo fails when the module is imported.

A term listed here is defined in ``modules/`` (ours) or published by its owner (borrowed). No other module writes one.
"""

from rdflib import Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SH, SKOS, XSD, DefinedNamespace

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


class QB(DefinedNamespace):
    """The terms of the W3C RDF Data Cube vocabulary that semstat uses."""

    _NS = Namespace("http://purl.org/linked-data/cube#")
    _fail = True

    AttributeProperty: URIRef
    ComponentProperty: URIRef
    DataSet: URIRef
    DataStructureDefinition: URIRef
    DimensionProperty: URIRef
    MeasureProperty: URIRef
    Observation: URIRef
    Slice: URIRef
    SliceKey: URIRef
    attribute: URIRef
    codeList: URIRef
    component: URIRef
    componentProperty: URIRef
    componentRequired: URIRef
    concept: URIRef
    dataSet: URIRef
    dimension: URIRef
    measure: URIRef
    observation: URIRef
    order: URIRef
    structure: URIRef


class SEMAPV(DefinedNamespace):
    """The terms of the Semantic Mapping Vocabulary that semstat uses."""

    _NS = Namespace("https://w3id.org/semapv/vocab/")
    _fail = True

    ManualMappingCuration: URIRef


class SSSOM(DefinedNamespace):
    """The terms of the Simple Standard for Sharing Ontological Mappings that semstat uses."""

    _NS = Namespace("https://w3id.org/sssom/")
    _fail = True

    NoTermFound: URIRef
    confidence: URIRef
    mapping_justification: URIRef
    object_source: URIRef
    object_source_version: URIRef
    superClassOf: URIRef


class VS(DefinedNamespace):
    """The one term of the SemWeb Vocab Status ontology that semstat uses."""

    _NS = Namespace("http://www.w3.org/2003/06/sw-vocab-status/ns#")
    _fail = True

    term_status: URIRef


class SS(DefinedNamespace):
    """Core: identifiable, versioned, annotated artefacts; agents; rules and findings."""

    _NS = Namespace(BASE + "core#")
    _fail = True

    # classes
    Agency: URIRef
    Annotation: URIRef
    Artefact: URIRef
    IdentifiableArtefact: URIRef
    Item: URIRef
    ItemScheme: URIRef
    MaintainableArtefact: URIRef
    Rule: URIRef
    # properties
    annotation: URIRef
    annotationText: URIRef
    annotationTitle: URIRef
    annotationType: URIRef
    annotationUrl: URIRef
    checksRule: URIRef
    evidenceStatus: URIRef
    externalCode: URIRef
    fix: URIRef
    identifier: URIRef
    isExternalReference: URIRef
    isFinal: URIRef
    isPartial: URIRef
    maintainer: URIRef
    position: URIRef
    serviceUrl: URIRef
    structureUrl: URIRef
    unreadContent: URIRef
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
    Code: URIRef
    Codelist: URIRef
    Component: URIRef
    Concept: URIRef
    ConceptScheme: URIRef
    CubeRegion: URIRef
    DataConstraint: URIRef
    DataKey: URIRef
    DataKeySet: URIRef
    DataStructure: URIRef
    Dataflow: URIRef
    Dimension: URIRef
    GroupDimensionDescriptor: URIRef
    Measure: URIRef
    MeasureDimension: URIRef
    MemberSelection: URIRef
    ObservationReplacement: URIRef
    ObservationUpdate: URIRef
    ProvisionAgreement: URIRef
    Representation: URIRef
    TimeDimension: URIRef
    # properties
    attachedToComponent: URIRef
    attachedToGroup: URIRef
    attachmentLevel: URIRef
    cascadeValues: URIRef
    component: URIRef
    componentId: URIRef
    conceptIdentity: URIRef
    conceptRole: URIRef
    constrains: URIRef
    constraintRole: URIRef
    cubeRegion: URIRef
    dataKey: URIRef
    dataKeySet: URIRef
    dataProvider: URIRef
    decimals: URIRef
    endTime: URIRef
    endValue: URIRef
    enumeration: URIRef
    extendsCodelist: URIRef
    follows: URIRef
    group: URIRef
    groupDimension: URIRef
    interval: URIRef
    isIncluded: URIRef
    isMultiLingual: URIRef
    isSequence: URIRef
    maxLength: URIRef
    maxOccurs: URIRef
    maxValue: URIRef
    measureRelationship: URIRef
    memberSelection: URIRef
    minLength: URIRef
    minOccurs: URIRef
    minValue: URIRef
    pattern: URIRef
    representation: URIRef
    selectionQualifier: URIRef
    seriesPosition: URIRef
    startTime: URIRef
    startValue: URIRef
    structure: URIRef
    textType: URIRef
    timeInterval: URIRef
    usage: URIRef
    value: URIRef
    dataflow: URIRef


class SSC(DefinedNamespace):
    """SHACL constraint components of our own and their parameters; see ``validators/structural/components.py``.

    The numbered components (``ConsistentKey3ConstraintComponent``, ``keyDimension2``) come from :meth:`numbered`, since
    their number grows with the dimensions of a structure.
    """

    _NS = Namespace(BASE + "shacl#")
    _fail = True

    ConsistentKeyConstraintComponent: URIRef
    ConstantWithinConstraintComponent: URIRef
    ConstraintComponent: URIRef
    ContinuousSeriesConstraintComponent: URIRef
    PeriodFrequencyConstraintComponent: URIRef
    SeriesOnceConstraintComponent: URIRef
    SeriesTogetherConstraintComponent: URIRef
    UnrepeatedKeyConstraintComponent: URIRef
    arity: URIRef
    concernedComponent: URIRef
    constantAttribute: URIRef
    countedPattern: URIRef
    frequency: URIRef
    frequencyDimension: URIRef
    periodDimension: URIRef
    periodPattern: URIRef

    @classmethod
    def numbered(cls, stem: str, number: int) -> URIRef:
        """Return the IRI of a numbered term, for example ``keyDimension2``."""
        return URIRef(f"{BASE}shacl#{stem}{number}")
