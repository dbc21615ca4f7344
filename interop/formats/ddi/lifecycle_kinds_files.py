"""Records, physical layouts, data files, statistics and aggregates, as tables."""

from semstat.interop.formats.ddi.lifecycle_kinds import Kind, flag, number, part, refers, skip, text, token, under, word
from semstat.interop.formats.ddi.lifecycle_kinds_shared import CITATION, IDENTIFIED, LABELLED, NOTE
from semstat.ontology.terms import DCTERMS, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["FILES"]

_DESCRIBED = {**IDENTIFIED, **LABELLED}
_PLACE = Kind(
    (SSD.ValueLocation,),
    {
        "VariableReference": refers(SSD.locatedVariable),
        **under(
            "PhysicalLocation",
            {
                "StartPosition": number(SSD.startPosition),
                "ArrayPosition": number(SS.position),
                "EndPosition": number(SSD.endPosition),
                "Width": number(SSD.width),
                "DecimalPositions": number(SSD.decimalPositions),
                "StorageFormat": token(SSD.storageType),
            },
        ),
    },
    level="part",
)
_SEGMENT = Kind((SS.IdentifiableArtefact,), IDENTIFIED, level="identifiable", named=True)
_GROSS = Kind(
    (SSD.RecordStructure,),
    {
        **IDENTIFIED,
        "LogicalRecordReference": refers(SSD.ofRecord),
        "PhysicalRecordSegment": part(SSD.recordSegment, _SEGMENT, "segment"),
    },
    level="identifiable",
)
_RECORD = Kind(
    (SSI.LogicalRecord,),
    {
        **_DESCRIBED,
        "@variableQuantity": number(SSD.variableCount),
        "VariablesInRecord/VariableUsedReference": refers(SSI.hasInstanceVariable),
        "CaseIdentification/FixedIdentifier/VariableReference": refers(SSD.caseIdentifier),
    },
    level="identifiable",
)
_RELATION = Kind(
    (SSI.RecordRelationship,),
    {
        **_DESCRIBED,
        "SourceLogicalRecordReference": refers(SSI.hasSourceLogicalRecord),
        "TargetLogicalRecordReference": refers(SSI.hasTargetLogicalRecord),
        "SourceTargetLink/SourceLinkVariableReference": refers(SSD.linkVariable),
    },
    level="identifiable",
)
_SUMMARIES = {
    "ValidCases": "valid",
    "InvalidCases": "invalid",
    "Minimum": "minimum",
    "Maximum": "maximum",
    "ArithmeticMean": "mean",
    "Median": "median",
    "Mode": "mode",
    "StandardDeviation": "standard deviation",
}
_FREQUENCIES = {"Frequency": "frequency", "Percent": "percent"}
"""The words of the DDI Alliance's vocabularies of statistics, and those of the hub graph."""
_VALUE = {
    "Statistic": token(SSD.statisticValue),
    "StatisticDouble": token(SSD.statisticValue),
    "Statistic/@isWeighted": flag(SSD.isWeighted),
    "StatisticDouble/@isWeighted": flag(SSD.isWeighted),
}
_SUMMARY = Kind(
    (SSD.SummaryStatistic,), {"TypeOfSummaryStatistic": word(_SUMMARIES, SSD.statisticType), **_VALUE}, level="part"
)
_FREQUENCY = Kind(
    (SSD.CategoryStatistic,), {"TypeOfCategoryStatistic": word(_FREQUENCIES, SSD.statisticType), **_VALUE}, level="part"
)
_BY_CATEGORY = Kind(
    (SS.IdentifiableArtefact,),
    {"CategoryValue/Value": token(SKOS.notation), "CategoryStatistic": part(SSD.holds, _FREQUENCY, "statistic")},
    level="part",
    named=True,
)
_COMPONENT = {**IDENTIFIED, "VariableReference": refers(SSI.isDefinedByRepresentedVariable)}

FILES = {
    "DataRelationship": Kind(
        (SS.IdentifiableArtefact,),
        {
            **_DESCRIBED,
            "LogicalRecord": part(SSD.holds, _RECORD, "record"),
            "RecordRelationship": part(SSD.holds, _RELATION, "relation"),
        },
        named=True,
    ),
    "LogicalRecord": _RECORD,
    "RecordRelationship": _RELATION,
    "PhysicalStructure": Kind(
        (SS.IdentifiableArtefact,),
        {
            **_DESCRIBED,
            "FileFormat": token(SSD.kind),
            "GrossRecordStructure": part(SSD.recordStructure, _GROSS, "structure"),
        },
        named=True,
    ),
    "GrossRecordStructure": _GROSS,
    "RecordLayout": Kind(
        (SSD.PhysicalRecord,),
        {
            **IDENTIFIED,
            "PhysicalStructureLinkReference": refers(SSD.laysOutSegment),
            "DataItem": part(SSD.valueLocation, _PLACE, "item"),
        },
    ),
    "PhysicalInstance": Kind(
        (SSD.DataFile,),
        {
            **IDENTIFIED,
            **CITATION,
            "Note": part(SSD.note, NOTE, "note"),
            "RecordLayoutReference": refers(SSD.physicalRecord),
            "DataFileIdentification/DataFileURI": token(SSD.fileUri),
            "DataFileIdentification/Location/String": token(SSD.fileName),
            "GrossFileStructure/CaseQuantity": number(SSD.caseCount),
            "DataFingerprint/DigitalFingerprintValue": token(SSD.fingerprint),
            "DataFingerprint/@type": skip(),
            "StatisticalSummary/VariableStatistics": part(SSD.holds),
            "StatisticalSummary/VariableStatisticsReference": refers(SSD.holds),
        },
        level="maintainable",
        in_study=SSD.dataFile,
    ),
    "VariableStatistics": Kind(
        (SS.IdentifiableArtefact,),
        {
            **IDENTIFIED,
            "VariableReference": refers(SSD.statisticOf),
            "WeightVariableReference": refers(SSD.weightVariable),
            "SummaryStatistic": part(SSD.holds, _SUMMARY, "summary"),
            "UnfilteredCategoryStatistics/VariableCategory": part(SSD.holds, _BY_CATEGORY, "category"),
        },
        named=True,
    ),
    "NCube": Kind(
        (SSI.DimensionalDataStructure,),
        {
            **_DESCRIBED,
            "Purpose/Content": text(DCTERMS.description),
            "UniverseReference": refers(SSD.studyUniverse),
            "Dimension": part(
                SSI.hasIdentifierComponent,
                Kind((SSI.IdentifierComponent,), {**_COMPONENT, "@rank": number(SS.position)}, level="part"),
                "dimension",
            ),
            "MeasureDefinition": part(
                SSI.hasMeasureComponent, Kind((SSI.MeasureComponent,), _COMPONENT, level="identifiable"), "measure"
            ),
            "Attribute": part(
                SSI.hasAttributeComponent,
                Kind((SSI.AttributeComponent,), _COMPONENT, level="identifiable"),
                "attribute",
            ),
        },
    ),
}
