"""The closed namespace of the study module: what DDI says of studies, files, variables, statistics and questions."""

# ruff: noqa: N815 - the names of terms are those of the ontology

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from semstat.ontology.terms import BASE

__all__ = ["SSD"]


class SSD(DefinedNamespace):
    """Study: studies and their files, records, variables, statistics, questions and flow, as DDI describes them."""

    _NS = Namespace(BASE + "study#")
    _fail = True

    # classes
    CategoryStatistic: URIRef
    CodeResponse: URIRef
    CollectionEvent: URIRef
    Command: URIRef
    Computation: URIRef
    Conditional: URIRef
    ConditionalBranch: URIRef
    ControlConstruct: URIRef
    DataFile: URIRef
    DateTimeResponse: URIRef
    FlowStep: URIRef
    GridDimension: URIRef
    InterviewerInstruction: URIRef
    Loop: URIRef
    NumericResponse: URIRef
    PhysicalRecord: URIRef
    ProcessingEvent: URIRef
    QuestionConstruct: URIRef
    QuestionGrid: URIRef
    QuestionItem: URIRef
    Reference: URIRef
    ResourcePackage: URIRef
    ResponseDomain: URIRef
    SampleFrame: URIRef
    SamplingProcedure: URIRef
    Sequence: URIRef
    StatementConstruct: URIRef
    StudySeries: URIRef
    StudyUnit: URIRef
    SummaryStatistic: URIRef
    TextResponse: URIRef
    ValueLocation: URIRef
    ValueRange: URIRef
    VariableConcordance: URIRef
    VariableGroup: URIRef
    VariableStatistic: URIRef
    WeightingProcedure: URIRef
    # properties
    answerCodes: URIRef
    asksAbout: URIRef
    branch: URIRef
    calls: URIRef
    cascadeVariable: URIRef
    caseCount: URIRef
    caseIdentifier: URIRef
    clusion: URIRef
    collectionEnd: URIRef
    collectionEvent: URIRef
    collectionStart: URIRef
    command: URIRef
    commandLanguage: URIRef
    commandText: URIRef
    computes: URIRef
    condition: URIRef
    dataFile: URIRef
    decimalPositions: URIRef
    derivationRule: URIRef
    elementName: URIRef
    endPosition: URIRef
    fileFormat: URIRef
    fileName: URIRef
    fileUri: URIRef
    fingerprint: URIRef
    flowStep: URIRef
    gridCodes: URIRef
    gridDimension: URIRef
    groupedVariable: URIRef
    highIsIncluded: URIRef
    highValue: URIRef
    identifierScope: URIRef
    inStudy: URIRef
    inputQuestion: URIRef
    inputVariable: URIRef
    instruction: URIRef
    isContinuous: URIRef
    isExternal: URIRef
    isGeographic: URIRef
    isInferred: URIRef
    isLateBound: URIRef
    isMissing: URIRef
    isTemporal: URIRef
    isWeight: URIRef
    isWeighted: URIRef
    kindOfData: URIRef
    laysOut: URIRef
    linkVariable: URIRef
    locatedVariable: URIRef
    logicalRecord: URIRef
    lowIsIncluded: URIRef
    lowValue: URIRef
    maximumResponses: URIRef
    minimumResponses: URIRef
    missingKind: URIRef
    modeOfCollection: URIRef
    objectType: URIRef
    originalVariable: URIRef
    physicalRecord: URIRef
    processingEvent: URIRef
    purpose: URIRef
    puts: URIRef
    recordLength: URIRef
    recordType: URIRef
    recordTypeStart: URIRef
    recordTypeWidth: URIRef
    referencedArtefact: URIRef
    referencedUrn: URIRef
    referringArtefact: URIRef
    representationType: URIRef
    responseDomain: URIRef
    responseKind: URIRef
    responseRate: URIRef
    sampleFrame: URIRef
    sampling: URIRef
    segment: URIRef
    shows: URIRef
    startPosition: URIRef
    startsWith: URIRef
    statistic: URIRef
    statisticCategory: URIRef
    statisticOf: URIRef
    statisticType: URIRef
    statisticValue: URIRef
    storageFormat: URIRef
    storageType: URIRef
    study: URIRef
    studyUniverse: URIRef
    targetSampleSize: URIRef
    textAfter: URIRef
    textBefore: URIRef
    userId: URIRef
    usesInstrument: URIRef
    valueLocation: URIRef
    valueRange: URIRef
    variableCount: URIRef
    variableName: URIRef
    weightVariable: URIRef
    weighting: URIRef
    width: URIRef
