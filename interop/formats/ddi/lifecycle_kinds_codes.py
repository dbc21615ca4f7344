"""Categories, code lists and statistical classifications, as tables."""

from semstat.interop.formats.ddi.lifecycle_kinds import Kind, flag, number, part, refers, text, token
from semstat.interop.formats.ddi.lifecycle_kinds_shared import IDENTIFIED, LABELLED, kind_word
from semstat.ontology.terms import DCTERMS, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["CODES"]


def _code() -> Kind:
    return CODE


CODE = Kind(
    (SSI.CodeItem,),
    {
        **IDENTIFIED,
        "Value": token(SKOS.notation),
        "CategoryReference": refers(SSI.takesMeaningFromCategory),
        "Code": part(SSI.hasChildNode, _code, "code"),
    },
    level="identifiable",
)

_LEVEL = Kind(
    (SSI.Level,),
    {
        "@levelNumber": number(SSI.levelNumber),
        "LevelName/String": text(SSD.shortName),
        "Description/Content": text(DCTERMS.description),
    },
    level="part",
)

_CLASSIFICATION_LEVEL = Kind(
    (SSI.Level,),
    {**IDENTIFIED, **LABELLED, "LevelCodeStructure": token(SSI.codeStructure), "DummyCode": token(SSI.dummyCode)},
)

_ITEM = Kind(
    (SSI.ClassificationItem,),
    {
        **IDENTIFIED,
        **LABELLED,
        "ItemCode": token(SKOS.notation),
        "IsGenerated": flag(SSI.generated),
        "ValidFrom": token(SS.validFrom),
        "ValidTo": token(SS.validTo),
        "DefiningConceptReference": refers(SSI.takesMeaningFromCategory),
        "ParentClassificationItemReference": refers(SKOS.broader),
    },
)

_CLASSIFICATION = Kind(
    (SSI.StatisticalClassification,),
    {
        **IDENTIFIED,
        **LABELLED,
        "ReleaseDate": token(DCTERMS.issued),
        "IsCurrent": flag(SSI.current),
        "Copyright/Content": text(SSI.copyright),
        "PredecessorReference": refers(SSI.hasPredecessor),
        "SuccessorReference": refers(SSI.hasSuccessor),
        "DerivedFromReference": refers(SSI.isDerivedFrom),
        "VariantOfReference": refers(SSI.isVariantOfStatisticalClassification),
        "LevelContext/ClassificationLevel": part(SSI.hasLevel, _CLASSIFICATION_LEVEL, "level"),
        "LevelContext/ClassificationLevelReference": refers(SSI.hasLevel),
        "LevelContext/ClassificationItem": part(SSI.containsNode, _ITEM, "item"),
        "LevelContext/ClassificationItemReference": refers(SSI.containsNode),
    },
)

_MAP = Kind(
    (SSI.Map,),
    {
        "SourceClassificationItemReference": refers(SSI.mapsSource),
        "TargetClassificationItemReference": refers(SSI.mapsTarget),
        "ValidFrom": token(SS.validFrom),
        "ValidTo": token(SS.validTo),
    },
    level="part",
)

CODES = {
    "Category": Kind(
        (SSI.Category,),
        {
            **IDENTIFIED,
            **LABELLED,
            "@isMissing": flag(SSD.isMissing),
            "ConceptReference": refers(SKOS.related),
            "SubCategoryReference": refers(SKOS.narrower),
        },
    ),
    "CategoryScheme": Kind(
        (SSI.CategorySet,),
        {
            **IDENTIFIED,
            **LABELLED,
            "CategoryReference": refers(SSD.holds),
            "CategorySchemeReference": refers(SSD.holds),
            "CategoryGroupReference": refers(SSD.holds),
        },
        level="maintainable",
        container=True,
    ),
    "CategoryGroup": Kind(
        (SS.IdentifiableArtefact,),
        {
            **IDENTIFIED,
            **LABELLED,
            **kind_word("TypeOfCategoryGroup"),
            "CategoryReference": refers(SSD.holds),
            "CategoryGroupReference": refers(SSD.holds),
        },
        named=True,
    ),
    "CodeList": Kind(
        (SSI.CodeList,),
        {
            **IDENTIFIED,
            **LABELLED,
            **kind_word("HierarchyType"),
            "RecommendedDataType": token(SSD.valueType),
            "Level": part(SSI.hasLevel, _LEVEL, "level"),
            "Code": part(SSI.containsNode, CODE, "code"),
            "CategorySchemeReference": refers(SSD.usesCategories),
            "CodeListReference": refers(SSI.relatesToNodeSet),
        },
        level="maintainable",
    ),
    "Code": CODE,
    "ClassificationFamily": Kind(
        (SSI.ClassificationFamily,),
        {**IDENTIFIED, **LABELLED, "ClassificationSeriesReference": refers(SSI.groupsClassificationSeries)},
        level="maintainable",
        container=True,
        holds={"ClassificationSeries": SSI.groupsClassificationSeries},
    ),
    "ClassificationSeries": Kind(
        (SSI.ClassificationSeries,),
        {
            **IDENTIFIED,
            **LABELLED,
            "StatisticalClassification": part(SSI.groupsStatisticalClassification, _CLASSIFICATION, "classification"),
            "StatisticalClassificationReference": refers(SSI.groupsStatisticalClassification),
            "Keyword": token(SSI.keywords),
        },
    ),
    "StatisticalClassification": _CLASSIFICATION,
    "ClassificationLevel": _CLASSIFICATION_LEVEL,
    "ClassificationItem": _ITEM,
    "ClassificationIndex": Kind((SSI.ClassificationIndex,), {**IDENTIFIED, **LABELLED}),
    "ClassificationCorrespondenceTable": Kind(
        (SSI.CorrespondenceTable,),
        {
            **IDENTIFIED,
            **LABELLED,
            "SourceClassificationReference": refers(SSI.comparesNodeSet),
            "TargetClassificationReference": refers(SSI.comparesNodeSet),
            "SourceLevelReference": refers(SSI.hasSourceLevel),
            "TargetLevelReference": refers(SSI.hasTargetLevel),
            "RelationshipMappingType": token(SSI.relationshipType),
            "Maps": part(SSI.containsMap, _MAP, "map"),
        },
    ),
}
