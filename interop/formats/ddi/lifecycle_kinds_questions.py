"""Questions, grids, response domains, instruments and the flow between questions, as tables."""

from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.lifecycle_kinds import (
    Kind,
    Rule,
    dynamic,
    inside,
    number,
    part,
    refers,
    step,
    text,
    token,
    under,
)
from semstat.interop.formats.ddi.lifecycle_kinds_shared import (
    COMMAND,
    COMMANDS,
    FLOWING,
    IDENTIFIED,
    INSTRUCTED,
    LABELLED,
    kind_word,
)
from semstat.interop.formats.ddi.lifecycle_kinds_variables import DOMAIN_FIELDS, DOMAIN_WORDS
from semstat.ontology.terms import DCTERMS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["QUESTIONS"]

_CARDINALITY = {
    "ResponseCardinality/@minimumResponses": number(SSD.minimumResponses),
    "ResponseCardinality/@maximumResponses": number(SSD.maximumResponses),
}
_RESPONSES = {
    "Code": SSD.CodeResponse,
    "Numeric": SSD.NumericResponse,
    "Text": SSD.TextResponse,
    "DateTime": SSD.DateTimeResponse,
}


def _response(form: str, *, referred: bool = False) -> Kind:
    known = form in _RESPONSES
    return Kind(
        (_RESPONSES.get(form, SSD.ResponseDomain),),
        {
            **LABELLED,
            **_CARDINALITY,
            "OutParameter": FLOWING["OutParameter"],
            **({} if referred else DOMAIN_FIELDS),
            "CodeListReference": refers(SSD.answerCodes),
        },
        level="part",
        pointer=refers(SSI.hasSubstantiveValueDomain) if referred else None,
        fixed=() if known else ((SSD.responseKind, Literal(DOMAIN_WORDS[form])),),
    )


def _responses() -> dict[str, Rule]:
    """The response domains of a question, and each one of several."""
    single: dict[str, Rule] = {}
    for form in DOMAIN_WORDS:
        single[f"{form}Domain"] = part(SSD.responseDomain, _response(form), "response")
        single[f"{form}DomainReference"] = part(SSD.responseDomain, _response(form, referred=True), "response")
    mixed = (
        "StructuredMixedResponseDomain/ResponseDomainInMixed",
        "StructuredMixedGridResponseDomain/GridResponseDomainInMixed",
    )
    return {**single, **under(mixed, single)}


_ASKING = {
    **IDENTIFIED,
    **LABELLED,
    **FLOWING,
    **INSTRUCTED,
    "QuestionText": dynamic(SSI.questionText),
    "QuestionIntent/Content": text(SSI.questionPurpose),
    "ConceptReference": refers(DCTERMS.subject),
    "RepresentedVariableReference": refers(SSD.asksAbout),
}

_AXIS = Kind(
    (SSD.GridDimension,),
    {
        "@rank": number(SS.position),
        "CodeDomain/CodeListReference": refers(SSD.gridCodes),
        "Roster/ConditionForContinuation/Command": part(SSD.condition, COMMAND, "condition"),
        "Roster/@minimumRequired": number(SSD.minimumRows),
        "Roster/@maximumAllowed": number(SSD.maximumRows),
        "Roster/Label/Content": LABELLED["Label/Content"],
    },
    level="part",
)

BRANCH = Kind(
    (SSD.ConditionalBranch,),
    {"IfCondition/Command": part(SSD.condition, COMMAND, "condition"), "ThenConstructReference": step(SSD.flowStep)},
    level="part",
)


def _construct(cls: URIRef, fields: dict[str, Rule]) -> Kind:
    return Kind(
        (cls,),
        {**IDENTIFIED, **LABELLED, "ConstructName/String": LABELLED["Name/String"], **FLOWING, **INSTRUCTED, **fields},
    )


_CONDITION = part(SSD.condition, COMMAND, "condition")

_CONSTRUCTS = {
    "Sequence": _construct(
        SSD.Sequence, {**kind_word("TypeOfSequence"), "ControlConstructReference": step(SSD.flowStep)}
    ),
    "IfThenElse": _construct(
        SSD.Conditional,
        {
            **kind_word("TypeOfIfThenElse"),
            "IfCondition/Command": inside(SSD.branch, BRANCH, "branch", _CONDITION),
            "ThenConstructReference": inside(SSD.branch, BRANCH, "branch", step(SSD.flowStep)),
            "ElseIf": part(SSD.branch, BRANCH, "else-if"),
            "ElseConstructReference": inside(SSD.branch, BRANCH, "else", step(SSD.flowStep)),
        },
    ),
    "Loop": _construct(
        SSD.Loop,
        {
            "InitialValue/Command": part(SSD.initialValue, COMMAND, "initial"),
            "LoopWhile/Command": _CONDITION,
            "StepValue/Command": part(SSD.stepValue, COMMAND, "by"),
            "ControlConstructReference": step(SSD.flowStep),
        },
    ),
    "RepeatWhile": _construct(
        SSD.Loop, {"WhileCondition/Command": _CONDITION, "WhileConstructReference": step(SSD.flowStep)}
    ).but({}, named=True),
    "RepeatUntil": _construct(
        SSD.Loop, {"UntilCondition/Command": _CONDITION, "UntilConstructReference": step(SSD.flowStep)}
    ).but({}, named=True),
    "QuestionConstruct": _construct(
        SSD.QuestionConstruct,
        {
            "QuestionReference": refers(SSD.puts),
            "UniverseReference": refers(SSD.studyUniverse),
            "AnalysisUnit": token(SSD.analysisUnit),
        },
    ),
    "StatementItem": _construct(SSD.StatementConstruct, {"DisplayText": dynamic(SSI.statementText)}),
    "ComputationItem": _construct(
        SSD.Computation,
        {**kind_word("TypeOfComputationItem"), **COMMANDS, "AssignedVariableReference": refers(SSD.computes)},
    ),
    "Split": _construct(SSD.ControlConstruct, {"ControlConstructReference": step(SSD.flowStep)}).but({}, named=True),
    "SplitJoin": _construct(SSD.ControlConstruct, {"ControlConstructReference": step(SSD.flowStep)}).but(
        {}, named=True
    ),
    "MeasurementConstruct": _construct(SSD.ControlConstruct, {}).but({}, named=True),
}

QUESTIONS = {
    **_CONSTRUCTS,
    "QuestionItem": Kind((SSD.QuestionItem,), {**_ASKING, **_responses(), **_CARDINALITY}),
    "QuestionGrid": Kind(
        (SSD.QuestionGrid,), {**_ASKING, **_responses(), "GridDimension": part(SSD.gridDimension, _AXIS, "axis")}
    ),
    "QuestionBlock": Kind(
        (SSI.QuestionBlock,),
        {
            **_ASKING,
            "QuestionItemReference": refers(SSD.holds),
            "QuestionGridReference": refers(SSD.holds),
        },
    ),
    "Instrument": Kind(
        (SSI.Questionnaire,),
        {
            **IDENTIFIED,
            **LABELLED,
            **kind_word("TypeOfInstrument"),
            "ControlConstructReference": refers(SSD.startsWith),
            "ExternalInstrumentLocation": token(SS.uri),
        },
    ),
    "Instruction": Kind(
        (SSD.InterviewerInstruction,),
        {**IDENTIFIED, **LABELLED, **FLOWING, "InstructionText": dynamic(SSI.statementText)},
    ),
}
