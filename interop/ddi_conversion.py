"""Writing hub graphs as documents of DDI."""

from dataclasses import replace
from typing import BinaryIO

from semstat.interop.conversion import CannotConvert, Conversion, Job
from semstat.interop.reading import Reading
from semstat.ontology.terms import RDF, SS, SST
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD
from semstat.validators.diagnostics import Diagnostic

__all__ = ["as_structures", "write_codebook", "write_lifecycle"]

_COUNTED = (
    ("studies", SSD.StudyUnit),
    ("files", SSD.DataFile),
    ("variables", SSI.InstanceVariable),
    ("codes", SSI.CodeItem),
    ("questions", SSD.QuestionItem),
    ("cubes", SSI.DimensionalDataStructure),
    ("classifications", SSI.StatisticalClassification),
    ("classification items", SSI.ClassificationItem),
)
_BESIDE_CODEBOOKS = ("cubes", "classifications", "classification items")
"""What a codebook is not about."""


def write_codebook(reading: Reading, job: Job, stream: BinaryIO) -> Conversion:
    """Write a document of DDI Codebook 2.6.

    Raises:
        CannotConvert: nothing among the inputs describes a study, a file or a variable.

    Findings:
        ``DDI080``, ``IO202`` and ``IO212``, what DDI Codebook cannot say.
    """
    from semstat.interop.formats.ddi.codebook_lower import lower_codebook

    document = reading.document
    written = {name: number for name, number in _counts(reading).items() if name not in _BESIDE_CODEBOOKS}
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
    lists = set(document.graph.subjects(RDF.type, SST.Codelist)) | set(
        document.graph.subjects(RDF.type, SST.ConceptScheme)
    )
    if lists:
        written = {**written, "code lists and concept schemes": len(lists)}
    if not written:
        raise CannotConvert("the inputs describe nothing that DDI-Lifecycle has an element for")
    data, losses = lower_lifecycle(document.graph, document.positions, agency=job.agency)
    stream.write(data)
    return Conversion(job.target.name, losses, document.diagnostics, written=written)


def as_structures(reading: Reading, *, agency: str | None = None) -> tuple[Reading, tuple[Diagnostic, ...]]:
    """Return what was read with its code lists and concepts as those of SDMX, and what SDMX has no place for.

    Those without a name are of ``agency``, by default that of the source.

    Raises:
        CannotConvert: there is neither a code list nor a concept.
    """
    from semstat.interop.formats.ddi.lists_to_sdmx import lists_to_sdmx

    graph, positions, losses = lists_to_sdmx(reading.document.graph, reading.document.positions, agency=agency)
    if not len(graph):
        raise CannotConvert(
            "the documents of DDI hold no code list and no concept, and SDMX has a place for nothing else"
        )
    for triple in reading.document.graph if set(reading.document.graph.subjects(SS.maintainer, None)) else ():
        graph.add(triple)  # structures of SDMX among the inputs stay what they are
    document = replace(reading.document, graph=graph, positions=positions, format="")
    return replace(reading, document=document, formats={}), losses


def _counts(reading: Reading) -> dict[str, int]:
    graph = reading.document.graph
    counts = {name: len(set(graph.subjects(RDF.type, cls))) for name, cls in _COUNTED}
    return {name: number for name, number in counts.items() if number}
