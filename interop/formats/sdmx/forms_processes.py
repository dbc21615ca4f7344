"""The forms of processes in SDMX-ML.

Source:
    SDMX 2.1, 3.0 and 3.1, SDMXStructureProcess.xsd.
"""

from collections.abc import Mapping

from semstat.interop.formats.sdmx.forms import Child, Form, any_reference, identifier, international, part
from semstat.interop.formats.sdmx.model_processes import Computation, Process, ProcessArtefact, ProcessStep, Transition
from semstat.interop.formats.sdmx.vocabulary import OLD

__all__ = ["PROCESS_FORMS", "PROCESS_PARTS"]


def _step() -> Form:
    return _STEP


_ARTEFACT = Form(
    ProcessArtefact,
    (Child("ObjectReference", "artefact", any_reference),),
    texts={"localID": "local_id", OLD + "objectClass": "object_class"},
    kind="annotable",
)
_COMPUTATION = Form(
    Computation,
    (Child("Description", "descriptions", international, many=True),),
    texts={
        "localID": "local_id",
        "softwarePackage": "software_package",
        "softwareLanguage": "software_language",
        "softwareVersion": "software_version",
    },
    kind="annotable",
)
_TRANSITION = Form(
    Transition,
    (Child("TargetStep", "target_step", identifier), Child("Condition", "conditions", international, many=True)),
    texts={"localID": "local_id"},
    kind="identifiable",
    cls="Transition",
)
_STEP = Form(
    ProcessStep,
    (
        Child("Input", "inputs", part(_ARTEFACT), many=True),
        Child("Output", "outputs", part(_ARTEFACT), many=True),
        Child("Computation", "computation", part(_COMPUTATION)),
        Child("Transition", "transitions", part(_TRANSITION), many=True),
        Child("ProcessStep", "steps", part(_step), many=True),
    ),
    kind="nameable",
    cls="ProcessStep",
)

PROCESS_FORMS: Mapping[str, Form] = {"Process": Form(Process, (Child("ProcessStep", "steps", part(_STEP), many=True),))}
"""The form of processes, by the name of their element."""

PROCESS_PARTS: Mapping[type, Form] = {
    ProcessArtefact: _ARTEFACT,
    Computation: _COMPUTATION,
    Transition: _TRANSITION,
    ProcessStep: _STEP,
}
"""The forms of the parts of processes, by the class of the value."""
