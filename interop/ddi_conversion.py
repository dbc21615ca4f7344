"""Writing hub graphs as documents of DDI."""

from typing import BinaryIO

from semstat.interop.conversion import CannotConvert, Conversion, Job
from semstat.interop.reading import Reading
from semstat.ontology.terms import RDF
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["write_codebook", "write_lifecycle"]

_COUNTED = (
    ("studies", SSD.StudyUnit),
    ("files", SSD.DataFile),
    ("variables", SSI.InstanceVariable),
    ("codes", SSI.CodeItem),
    ("questions", SSD.QuestionItem),
)


def write_codebook(reading: Reading, job: Job, stream: BinaryIO) -> Conversion:
    """Write a document of DDI Codebook 2.6.

    Raises:
        CannotConvert: nothing among the inputs describes a study, a file or a variable.

    Findings:
        ``DDI080``, ``IO202`` and ``IO212``, what DDI Codebook cannot say.
    """
    from semstat.interop.formats.ddi.codebook_lower import lower_codebook

    document = reading.document
    written = _counts(reading)
    if not written:
        raise CannotConvert(
            "the inputs describe no study, file or variable, which a codebook is about",
            hint="code lists alone can be written as ddi-lifecycle",
        )
    data, losses = lower_codebook(document.graph, document.positions)
    stream.write(data)
    return Conversion(job.target.name, losses, document.diagnostics, written=written)


def write_lifecycle(reading: Reading, job: Job, stream: BinaryIO) -> Conversion:
    """Write a document of DDI-Lifecycle 3.3, a ``FragmentInstance``.

    Raises:
        CannotConvert: nothing among the inputs has a counterpart in DDI-Lifecycle.

    Findings:
        ``DDI080`` and ``IO202``, what DDI-Lifecycle cannot say.
    """
    from semstat.interop.formats.ddi.lifecycle_lower import lower_lifecycle

    document = reading.document
    written = _counts(reading)
    if not written:
        raise CannotConvert("the inputs describe nothing that DDI-Lifecycle has an element for")
    data, losses = lower_lifecycle(document.graph, document.positions)
    stream.write(data)
    return Conversion(job.target.name, losses, document.diagnostics, written=written)


def _counts(reading: Reading) -> dict[str, int]:
    graph = reading.document.graph
    counts = {name: len(set(graph.subjects(RDF.type, cls))) for name, cls in _COUNTED}
    return {name: number for name, number in counts.items() if number}
