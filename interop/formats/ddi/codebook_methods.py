"""How data came about and may be used, in DDI Codebook: collection, sampling, weighting, quality, processing and access."""

from collections.abc import Iterable

from lxml import etree
from rdflib import URIRef

from semstat.interop.formats.ddi.codebook_citation import lift_terms, text_without_terms
from semstat.interop.formats.ddi.codebook_files import whole_number
from semstat.interop.formats.ddi.codebook_remarks import lift_bounds, lift_holdings, lift_texts_beside
from semstat.interop.formats.ddi.codebook_source import Codebook, children, text_of
from semstat.ontology.iri import part_of
from semstat.ontology.terms import DCTERMS, RDF, SKOS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["OF_COLLECTION", "OF_STUDY", "PLAIN_OF_STUDY", "lift_commands", "lift_methods"]

OF_COLLECTION = (
    (("timeMeth",), SSD.timeMethod),
    (("resInstru",), SSD.instrumentKind),
    (("sources", "dataSrc"), SSD.dataSource),
    (("collSitu",), SSD.collectionSituation),
    (("actMin",), SSD.lossPrevention),
    (("cleanOps",), SSD.cleaningOperations),
)
OF_STUDY: tuple[tuple[tuple[str, ...], URIRef], ...] = (
    (("method", "dataColl", "frequenc"), DCTERMS.accrualPeriodicity),
    (("method", "anlyInfo", "EstSmpErr"), SSD.samplingError),
    (("method", "anlyInfo", "dataAppr"), SSD.dataAppraisal),
    (("stdyInfo", "sumDscr", "geogUnit"), SSD.geographicUnit),
    (("dataAccs", "useStmt", "confDec"), SSD.confidentialityDeclaration),
    (("dataAccs", "useStmt", "specPerm"), SSD.specialPermission),
    (("dataAccs", "useStmt", "citReq"), SSD.citationRequirement),
    (("dataAccs", "useStmt", "deposReq"), SSD.depositRequirement),
    (("dataAccs", "useStmt", "disclaimer"), SSD.disclaimer),
)
PLAIN_OF_STUDY: tuple[tuple[tuple[str, ...], URIRef], ...] = (
    (("stdyInfo", "sumDscr", "anlyUnit"), SSD.analysisUnit),
    (("method", "anlyInfo", "respRate"), SSD.responseRate),
)


def lift_methods(book: Codebook, element: etree._Element, study: URIRef) -> None:
    """Add to a study how its data were collected, sampled, weighted and processed, how good they are, and who may use them.

    Source:
        DDI Codebook 2.6, ``method``, ``sumDscr``, ``useStmt``.
    """
    for path, term in (*OF_STUDY, *PLAIN_OF_STUDY):
        for item in children(element, *path):
            said = text_without_terms(book, item)
            is_plain = (path, term) in PLAIN_OF_STUDY
            book.add(study, term, None if said is None else str(said) if is_plain else said)
            lift_terms(book, item, study)
    lift_texts_beside(book, element, study)
    lift_holdings(book, element, study)
    lift_bounds(book, element, study)
    for item in children(element, "stdyInfo", "sumDscr", "timePrd"):
        _period(book, item, study)
    _processed(book, element, study)
    collections = list(children(element, "method", "dataColl"))
    if any(len(item) for item in collections):
        event = part_of(study, "collection")
        book.add(event, RDF.type, SSD.CollectionEvent)
        book.add(study, SSD.collectionEvent, event)
        book.positions.setdefault(event, book.place(collections[0]))
        for number, item in enumerate(collections, 1):
            _collection(book, item, study, event, number)


def _processed(book: Codebook, element: etree._Element, study: URIRef) -> None:
    """Add how data were processed, in words or by program text; instructions in words alone stand where they stood."""
    for number, item in enumerate(children(element, "method", "dataProcessing"), 1):
        _described(book, item, study, "processing", number, SSD.ProcessingEvent, SSD.processingEvent)
    instructions = children(element, "method", "codingInstructions")
    programmed = [item for item in instructions if any(text_of(command) for command in children(item, "command"))]
    for number, item in enumerate(programmed, 1):
        event = book.name(item, study, "instructions", number, SSD.ProcessingEvent)
        book.add(study, SSD.processingEvent, event)
        for words in children(item, "txt"):
            book.worded(event, DCTERMS.description, words)
        lift_commands(book, children(item, "command"), event, "formalLanguage")


def lift_commands(book: Codebook, elements: Iterable[etree._Element], owner: URIRef, language: str) -> None:
    """Add the program text of a rule or of processing, with the attribute that says its language."""
    for place, item in enumerate(elements, 1):
        command = part_of(owner, "command", place)
        book.add(command, RDF.type, SSD.Command)
        book.add(owner, SSD.command, command)
        book.read.add(item)
        book.add(command, SSD.commandText, text_of(item))
        book.add(command, SSD.commandLanguage, (item.get(language) or "").strip())


def _period(book: Codebook, element: etree._Element, study: URIRef) -> None:
    when = (element.get("date") or "").strip()
    kind = element.get("event", "single").strip()
    if kind in ("start", "single"):
        book.add(study, SSD.referencePeriodStart, when)
    if kind in ("end", "single"):
        book.add(study, SSD.referencePeriodEnd, when)


def _collection(book: Codebook, element: etree._Element, study: URIRef, event: URIRef, place: int) -> None:
    for path, term in OF_COLLECTION:
        for item in children(element, *path):
            book.add(event, term, text_without_terms(book, item))
            lift_terms(book, item, event)
    for number, item in enumerate(children(element, "collMode"), 1):
        _described(book, item, event, f"mode-{place}", number, SSI.Concept, SSD.modeOfCollection, named=True)
    for number, item in enumerate(children(element, "weight"), 1):
        _described(book, item, study, f"weighting-{place}", number, SSD.WeightingProcedure, SSD.weighting)
    samplings = [
        _described(book, item, event, f"sampling-{place}", number, SSD.SamplingProcedure, SSD.sampling)
        for number, item in enumerate(children(element, "sampProc"), 1)
    ]
    _sample(book, element, event, samplings, place)


def _sample(book: Codebook, element: etree._Element, event: URIRef, samplings: list[URIRef], place: int) -> None:
    """Add frames and sizes to the first sampling procedure; one without text stands for it where none is described."""
    frames = list(children(element, "sampleFrame"))
    sizes = [
        (item, size)
        for item in children(element, "targetSampleSize", "sampleSize")
        if (size := whole_number(text_of(item))) is not None
    ]
    if not frames and not sizes:
        return
    procedure = samplings[0] if samplings else part_of(event, f"sampling-{place}", 1)
    book.add(procedure, RDF.type, SSD.SamplingProcedure)
    book.add(event, SSD.sampling, procedure)
    book.positions.setdefault(procedure, book.place(element))
    for item, size in sizes:
        book.read.add(item)
        book.add(procedure, SSD.targetSampleSize, size)
    for number, item in enumerate(frames, 1):
        frame = book.name(item, procedure, "frame", number, SSD.SampleFrame)
        book.add(procedure, SSD.sampleFrame, frame)
        names = list(children(item, "sampleFrameName"))
        book.labelled(frame, iter(names))


def _described(
    book: Codebook,
    element: etree._Element,
    owner: URIRef,
    kind: str,
    number: int,
    cls: URIRef,
    link: URIRef,
    *,
    named: bool = False,
) -> URIRef:
    """Add something that an element describes in words; its text is its name where it is only named."""
    iri = book.name(element, owner, kind, number, cls)
    book.add(owner, link, iri)
    book.add(iri, SKOS.prefLabel if named else DCTERMS.description, text_without_terms(book, element))
    lift_terms(book, element, iri)
    return iri
