"""The cascade of variables, concepts and units, and the value domains, as tables."""

from rdflib import Literal

from semstat.interop.formats.ddi.lifecycle_kinds import (
    Kind,
    Rule,
    flag,
    label,
    number,
    part,
    refers,
    text,
    token,
    under,
)
from semstat.interop.formats.ddi.lifecycle_kinds_shared import IDENTIFIED, LABELLED, PARAMETER, kind_word
from semstat.ontology.terms import SKOS, SST
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_study import SSD

__all__ = ["DOMAIN_FIELDS", "DOMAIN_WORDS", "VARIABLES"]

_BOUND = {
    "Low": token(SSD.lowValue),
    "LowDouble": token(SSD.lowValue),
    "Low/@isInclusive": flag(SSD.lowIsIncluded),
    "LowDouble/@isInclusive": flag(SSD.lowIsIncluded),
    "High": token(SSD.highValue),
    "HighDouble": token(SSD.highValue),
    "High/@isInclusive": flag(SSD.highIsIncluded),
    "HighDouble/@isInclusive": flag(SSD.highIsIncluded),
    "MinimumValue": token(SSD.lowValue),
    "MinimumValue/@included": flag(SSD.lowIsIncluded),
    "MaximumValue": token(SSD.highValue),
    "MaximumValue/@included": flag(SSD.highIsIncluded),
    "Label/Content": label(),
}
RANGE = Kind((SSD.ValueRange,), _BOUND, level="part")
UNIT = Kind((SSI.MeasurementUnit,), level="part", content=text(SKOS.prefLabel))

DOMAIN_FIELDS = {
    "@classificationLevel": token(SSD.kind),
    "@decimalPositions": number(SSD.decimalPositions),
    "@interval": token(SST.interval),
    "@minLength": number(SST.minLength),
    "@maxLength": number(SST.maxLength),
    "@regExp": token(SST.pattern),
    "NumberRange": part(SSD.valueRange, RANGE, "range"),
    "Range": part(SSD.valueRange, RANGE, "range"),
    "NumericTypeCode": token(SSD.valueType),
    "DateTypeCode": token(SSD.valueType),
    "RecommendedDataType": token(SSD.valueType),
    "MeasurementUnit": part(SSI.usesMeasurementUnit, UNIT, "unit"),
}
"""What value domains and response domains say of their values."""

_CODED = {
    "CodeListReference": refers(SSI.takesValuesFromCodeList),
    "StatisticalClassificationReference": refers(SSI.takesValuesFromStatisticalClassification),
}

DOMAIN_WORDS = {
    "Numeric": "numeric",
    "Text": "text",
    "DateTime": "datetime",
    "Code": "code",
    "Scale": "scale",
    "Category": "category",
    "Nominal": "nominal",
    "Ranking": "ranking",
    "Distribution": "distribution",
    "Geographic": "geographic",
    "GeographicStructureCode": "geographic structure code",
    "GeographicLocationCode": "geographic location code",
    "Location": "location",
}
"""Words for the forms of representation."""


def _domain(form: str) -> Kind:
    coded = form == "Code"
    return Kind(
        (SSI.SubstantiveValueDomain, SSI.EnumeratedValueDomain if coded else SSI.DescribedValueDomain),
        {**DOMAIN_FIELDS, **(_CODED if coded else {})},
        level="part",
        fixed=((SSD.representationType, Literal(DOMAIN_WORDS[form])),),
    )


_DOMAINS = {f"{form}Representation": _domain(form) for form in DOMAIN_WORDS}
_MANAGED = {
    f"Managed{name}": kind.but({**IDENTIFIED, **LABELLED}, level="versionable") for name, kind in _DOMAINS.items()
}
_MISSING = Kind(
    (SSI.SentinelValueDomain,),
    {
        **IDENTIFIED,
        **LABELLED,
        **under("MissingCodeRepresentation", _CODED),
        "MissingNumericRepresentation/NumberRange": part(SSD.valueRange, RANGE, "range"),
    },
)

_REPRESENTED_BY = {
    **{name: part(SSI.hasSubstantiveValueDomain, kind, "domain") for name, kind in _DOMAINS.items()},
    **{f"{name}Reference": refers(SSI.hasSubstantiveValueDomain) for name in (*_DOMAINS, "ValueRepresentation")},
}

_CONCEPTUAL = {
    **IDENTIFIED,
    **LABELLED,
    "ConceptReference": refers(SSI.measuresConcept),
    "UnitTypeReference": refers(SSI.measuresUnitType),
    "CategorySchemeReference": refers(SSD.usesCategories),
}

_VARIABLE = Kind(
    (SSI.InstanceVariable,),
    {
        **_CONCEPTUAL,
        "@isWeight": flag(SSD.isWeight),
        "@isTemporal": flag(SSD.isTemporal),
        "@isGeographic": flag(SSD.isGeographic),
        "VariableName/String": token(SSD.variableName),
        "OutParameter": part(SSD.outParameter, PARAMETER, "out"),
        "SourceParameterReference": refers(SSD.sourceParameter),
        "SourceVariableReference": refers(SSD.inputVariable),
        "RepresentedVariableReference": refers(SSI.takesMeaningFromRepresentedVariable),
        "ConceptualVariableReference": refers(SSI.takesMeaningFromConceptualVariable),
        "UniverseReference": refers(SSD.studyUniverse),
        "QuestionReference": refers(SSL.capturedBy),
        "WeightingProcessReference": refers(SSD.weighting),
        "AnalysisUnit": token(SSD.analysisUnit),
        **under(
            "VariableRepresentation",
            {
                **_REPRESENTED_BY,
                "WeightVariableReference": refers(SSD.weightVariable),
                "ProcessingInstructionReference": refers(SSD.derivationRule),
                "MissingValuesReference": refers(SSI.hasSentinelValueDomain),
            },
        ),
    },
)

_UNIVERSE_FIELDS: dict[str, Rule] = {
    **IDENTIFIED,
    **LABELLED,
    "UnitTypeReference": refers(SSI.isASpecificationOfUnitType),
    "DefiningConceptReference": refers(SKOS.related),
}


def _sub_universe() -> Kind:
    return UNIVERSE


UNIVERSE = Kind(
    (SSI.Universe,),
    {
        **_UNIVERSE_FIELDS,
        "SubUniverseClass": part(SSI.hasChildUniverse, _sub_universe, "sub"),
        "UniverseReference": refers(SSI.hasChildUniverse),
    },
)

VARIABLES = {
    **_DOMAINS,
    **_MANAGED,
    "ManagedMissingValuesRepresentation": _MISSING,
    "Concept": Kind(
        (SSI.Concept,),
        {
            **IDENTIFIED,
            **LABELLED,
            "SubclassOfReference": refers(SKOS.broader),
            "SimilarConcept/SimilarConceptReference": refers(SKOS.related),
        },
    ),
    "UnitType": Kind((SSI.UnitType,), {**IDENTIFIED, **LABELLED, "ConceptReference": refers(SKOS.related)}),
    "Universe": UNIVERSE,
    "SubUniverseClass": UNIVERSE,
    "ConceptualVariable": Kind(
        (SSI.ConceptualVariable,), {**_CONCEPTUAL, "UniverseReference": refers(SSD.studyUniverse)}
    ),
    "RepresentedVariable": Kind(
        (SSI.RepresentedVariable,),
        {
            **_CONCEPTUAL,
            **_REPRESENTED_BY,
            "ConceptualVariableReference": refers(SSI.takesMeaningFromConceptualVariable),
            "UniverseReference": refers(SSI.measuresUniverse),
        },
    ),
    "Variable": _VARIABLE,
    "VariableGroup": Kind(
        (SSD.VariableGroup,),
        {
            **IDENTIFIED,
            **LABELLED,
            **kind_word("TypeOfVariableGroup"),
            "VariableReference": refers(SSD.groupedVariable),
            "VariableGroupReference": refers(SSD.holds),
            "UniverseReference": refers(SSD.studyUniverse),
            "ConceptReference": refers(SKOS.related),
        },
    ),
}
