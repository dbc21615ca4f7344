"""Studies, packages, collection, processing and organisations, as tables."""

from semstat.interop.formats.ddi.lifecycle_kinds import Kind, Rule, part, refers, text, token, under
from semstat.interop.formats.ddi.lifecycle_kinds_shared import (
    ACCESS,
    CITATION,
    COMMANDS,
    COVERAGE,
    HOLDINGS,
    IDENTIFIED,
    LABELLED,
    NOTE,
    kind_word,
)
from semstat.ontology.terms import DCTERMS, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["STUDIES"]

_STUDY = {
    **IDENTIFIED,
    **LABELLED,
    **CITATION,
    **COVERAGE,
    **kind_word("TypeOfStudyUnit", "TypeOfGroup", "TypeOfResourcePackage"),
    "Abstract/Content": text(DCTERMS.abstract),
    "Purpose/Content": text(SSD.purpose),
    "KindOfData": token(SSD.kindOfData),
    "AnalysisUnit": token(SSD.analysisUnit),
    "Note": part(SSD.note, NOTE, "note"),
    "UniverseReference": refers(SSD.studyUniverse),
    "PhysicalInstanceReference": refers(SSD.dataFile),
    "StudyUnitReference": refers(SSD.study),
    "QualityStatementReference": refers(SSD.qualityStatement),
}
_MODE = Kind(
    (SSI.Concept,),
    {**IDENTIFIED, "TypeOfModeOfCollection": text(SKOS.prefLabel), "Description/Content": text(DCTERMS.description)},
    level="identifiable",
)


def _container(**fields: Rule) -> Kind:
    return Kind(
        (SS.MaintainableArtefact,),
        {**IDENTIFIED, **LABELLED, **CITATION, **fields},
        level="maintainable",
        container=True,
        named=True,
    )


_RULE = Kind(
    (SSI.Rule,),
    {
        **IDENTIFIED,
        **LABELLED,
        **COMMANDS,
        "InputQuestionReference": refers(SSD.inputQuestion),
        "InputVariableReference": refers(SSD.inputVariable),
        "SourceQuestion": refers(SSD.inputQuestion),
        "SourceVariable": refers(SSD.inputVariable),
    },
)
_DESCRIBED = {**IDENTIFIED, **LABELLED}
_NAMED = Kind((SS.IdentifiableArtefact,), _DESCRIBED, named=True)

STUDIES = {
    "DDIInstance": _container(),
    "StudyUnit": Kind(
        (SSD.StudyUnit,), _STUDY, level="maintainable", container=True, holds={"PhysicalInstance": SSD.dataFile}
    ),
    "Group": Kind((SSD.StudySeries,), _STUDY, level="maintainable", container=True, holds={"StudyUnit": SSD.study}),
    "ResourcePackage": Kind((SSD.ResourcePackage,), _STUDY, level="maintainable", container=True),
    "LocalHoldingPackage": _container(),
    "DataCollection": _container(),
    "LogicalProduct": _container(),
    "PhysicalDataProduct": _container(),
    "ConceptualComponent": _container(),
    "Archive": _container(**ACCESS, **HOLDINGS),
    "OtherMaterial": _NAMED.but(kind_word("TypeOfMaterial")),
    "QualityStatement": _NAMED.but(
        {
            "ComplianceStatement/Content": text(SSD.complianceDescription),
            "OtherStatementOfQuality/Content": text(SSD.otherQualityStatement),
        }
    ),
    "CollectionEvent": Kind(
        (SSD.CollectionEvent,),
        {
            **_DESCRIBED,
            "DataCollectionDate/StartDate": token(SSD.collectionStart),
            "DataCollectionDate/SimpleDate": token(SSD.collectionStart),
            "DataCollectionDate/EndDate": token(SSD.collectionEnd),
            "ModeOfCollection": part(SSD.modeOfCollection, _MODE, "mode"),
            "InstrumentReference": refers(SSD.usesInstrument),
        },
        level="identifiable",
        in_study=SSD.collectionEvent,
    ),
    "ProcessingEvent": Kind((SSD.ProcessingEvent,), _DESCRIBED, in_study=SSD.processingEvent),
    "GenerationInstruction": _RULE,
    "GeneralInstruction": _RULE.but({}, named=True),
    "WeightingMethodology": Kind((SSD.WeightingProcedure,), {**_DESCRIBED, **kind_word("TypeOfWeightingMethodology")}),
    "SamplingProcedure": Kind(
        (SSD.SamplingProcedure,), {**_DESCRIBED, **kind_word("TypeOfSamplingProcedure")}, level="identifiable"
    ),
    "SampleFrame": Kind((SSD.SampleFrame,), {**_DESCRIBED, "UniverseReference": refers(SSD.studyUniverse)}),
    "Organization": Kind(
        (SSI.Organisation,),
        {
            **IDENTIFIED,
            "Description/Content": text(DCTERMS.description),
            **under(
                "OrganizationIdentification/OrganizationName",
                {"String": text(SKOS.prefLabel), "Abbreviation/String": text(SSD.shortName)},
            ),
        },
    ),
    "Individual": Kind(
        (SSI.Individual,),
        {
            **IDENTIFIED,
            "Description/Content": text(DCTERMS.description),
            "IndividualIdentification/IndividualName/FullName/String": text(SKOS.prefLabel),
        },
    ),
}
