"""Closed namespaces: every IRI that semstat mints or borrows, by name; a typo fails when the module is imported.

A term listed here is defined in ``modules/`` (ours) or published by its owner (borrowed). No other module writes one.
"""

from rdflib import Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SH, SKOS, XSD, DefinedNamespace

from semstat.ontology.minted import BASE
from semstat.ontology.terms_borrowed import QB, SEMAPV, SSSOM, VS, XKOS
from semstat.ontology.terms_structure import SST

__all__ = [
    "BASE",
    "DCTERMS",
    "OWL",
    "PROFILE",
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
    "XKOS",
    "XSD",
]

RULE = Namespace(BASE + "rule/")
"""Rules of the catalogue: ``RULE["DF004"]``."""

PROFILE = Namespace(BASE + "profile/")
"""Profiles, named sets of rules: ``PROFILE["publication"]``."""

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
    Profile: URIRef
    Rule: URIRef
    SeverityOverride: URIRef
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
    deselects: URIRef
    contact: URIRef
    contactPurpose: URIRef
    department: URIRef
    evidenceStatus: URIRef
    extendsProfile: URIRef
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
    overriddenRule: URIRef
    position: URIRef
    selects: URIRef
    selectsPrefix: URIRef
    selectsReportedBy: URIRef
    role: URIRef
    serviceUrl: URIRef
    severityOverride: URIRef
    structureUrl: URIRef
    unreadContent: URIRef
    uri: URIRef
    urn: URIRef
    validFrom: URIRef
    validTo: URIRef
    version: URIRef


class SSC(DefinedNamespace):
    """SHACL constraint components of our own and their parameters; see ``validators/structural/components.py``.

    The numbered components (``ConsistentKey3ConstraintComponent``, ``keyDimension2``) come from :meth:`numbered`, since
    their number grows with the dimensions of a structure.
    """

    _NS = Namespace(BASE + "shacl#")
    _fail = True

    CaseCountConstraintComponent: URIRef
    ComparablePartsConstraintComponent: URIRef
    ConsistentKeyConstraintComponent: URIRef
    ConstantWithinConstraintComponent: URIRef
    ConstraintComponent: URIRef
    ContinuousReportingSeriesConstraintComponent: URIRef
    ContinuousSeriesConstraintComponent: URIRef
    PeriodFrequencyConstraintComponent: URIRef
    ReferencedCaseConstraintComponent: URIRef
    SeriesOnceConstraintComponent: URIRef
    SeriesTogetherConstraintComponent: URIRef
    StatedCountConstraintComponent: URIRef
    StatedDeviationConstraintComponent: URIRef
    StatedMaximumConstraintComponent: URIRef
    StatedMeanConstraintComponent: URIRef
    StatedMedianConstraintComponent: URIRef
    StatedMinimumConstraintComponent: URIRef
    StatedModeConstraintComponent: URIRef
    StatedShareConstraintComponent: URIRef
    StatedWeightConstraintComponent: URIRef
    StatedWeightedDeviationConstraintComponent: URIRef
    StatedWeightedMeanConstraintComponent: URIRef
    StatedWeightedShareConstraintComponent: URIRef
    SumOfPartsConstraintComponent: URIRef
    UniqueCaseConstraintComponent: URIRef
    UnrepeatedKeyConstraintComponent: URIRef
    UsedCodeConstraintComponent: URIRef
    absentCounts: URIRef
    absoluteTolerance: URIRef
    arity: URIRef
    caseCount: URIRef
    codePattern: URIRef
    codeVariable: URIRef
    concernedComponent: URIRef
    constantAttribute: URIRef
    countedPattern: URIRef
    frequency: URIRef
    frequencyDimension: URIRef
    measuredVariable: URIRef
    othersCount: URIRef
    partCodes: URIRef
    periodDimension: URIRef
    periodPattern: URIRef
    referencedRecord: URIRef
    relativeTolerance: URIRef
    requiredParts: URIRef
    rowCondition: URIRef
    setApart: URIRef
    setApartFrom: URIRef
    setApartTo: URIRef
    statedCount: URIRef
    statedDeviation: URIRef
    statedMaximum: URIRef
    statedMean: URIRef
    statedMedian: URIRef
    statedMinimum: URIRef
    statedMode: URIRef
    statedShare: URIRef
    statedWeight: URIRef
    statedWeightedDeviation: URIRef
    statedWeightedMean: URIRef
    statedWeightedShare: URIRef
    startDayAttribute: URIRef
    summedDimension: URIRef
    summedMeasure: URIRef
    tolerance: URIRef
    weightingVariable: URIRef
    wholeCode: URIRef

    @classmethod
    def numbered(cls, stem: str, number: int) -> URIRef:
        """Return the IRI of a numbered term, for example ``keyDimension2``."""
        return URIRef(f"{BASE}shacl#{stem}{number}")
