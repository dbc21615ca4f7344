"""How data came about and may be used, in DDI Codebook, from the hub graph, by the tables of the reader."""

import re

from lxml import etree
from rdflib import URIRef

from semstat.interop.formats.ddi.codebook_book import Book
from semstat.interop.formats.ddi.codebook_elements import add, fill, opened, tag, worded
from semstat.interop.formats.ddi.codebook_methods import OF_COLLECTION, OF_STUDY, PLAIN_OF_STUDY
from semstat.interop.formats.ddi.codebook_remarks import BESIDE, BOUNDS, HELD
from semstat.interop.formats.ddi.ledger import Ledger
from semstat.interop.formats.ddi.lifecycle_shaped_beside import is_cited, said_beside
from semstat.ontology.access import iris
from semstat.ontology.terms import DCTERMS, RDF, SKOS, SS
from semstat.ontology.terms_study import SSD

__all__ = ["lower_commands", "lower_methods"]

_PLACE = re.compile(r"-(\d+)-\d+$")


def lower_methods(book: Book, study: URIRef, element: etree._Element) -> None:
    """Write how the data of a study were collected, sampled, weighted and processed, how good they are, and who may use them.

    Source:
        DDI Codebook 2.6, ``method``, ``sumDscr``, ``useStmt``.
    """
    for path, term in (*OF_STUDY, *PLAIN_OF_STUDY, *BESIDE):
        for text in book.terms(study, term):
            worded(opened(element, *path[:-1]), path[-1], text)
    _holdings(book, study, element)
    _statements(book.ledger, study)
    for box in _things(book, study, SSD.boundingBox):
        holder = book.begun(box, opened(element, "stdyInfo", "sumDscr"), "geoBndBox")
        book.named(box, "bounds-")
        for name, term in BOUNDS:
            add(holder, name, book.ledger.text(box, term) or "")
    for item in _things(book, study, SSD.processingEvent):
        _processed(book, item, study, opened(element, "method"))
    for item in _things(book, study, SSD.weighting):
        _described(book, item, _collection_of(element, item), "weight", "weighting-1-")
    for event in book.ledger.iris(study, SSD.collectionEvent):
        _collection(book, event, element)


def _processed(book: Book, iri: URIRef, study: URIRef, around: etree._Element) -> None:
    """Write how data were processed: by program text, or as words tell."""
    if not book.ledger.iris(iri, SSD.command):
        _described(book, iri, around, "dataProcessing", "processing-")
        return
    item = book.begun(iri, around, "codingInstructions")
    book.named(iri, f"{str(study).partition('#')[2]}-instructions-")
    book.texts(item, "txt", book.ledger.literals(iri, DCTERMS.description))
    lower_commands(book, iri, item, "command", "formalLanguage")


def lower_commands(book: Book, iri: URIRef, around: etree._Element, name: str, attribute: str) -> None:
    """Write the program text of a rule or of processing."""
    ledger = book.ledger
    for command in sorted(ledger.iris(iri, SSD.command), key=ledger.place):
        words, language = ledger.text(command, SSD.commandText), ledger.text(command, SSD.commandLanguage)
        add(around, name, words or "", {attribute: language})


def _things(book: Book, owner: URIRef, term: URIRef) -> list[URIRef]:
    return sorted(book.ledger.iris(owner, term), key=book.ledger.place)


def _holdings(book: Book, study: URIRef, element: etree._Element) -> None:
    """Write what is kept of a study, by itself or by an archive; what is no more than the data at hand is said elsewhere."""
    ledger = book.ledger
    sayers = said_beside(ledger.graph, study, SSD.holdings)
    kept = [(one, item) for one, said in sayers for item in _things(book, one, said)]
    for item in (item for one, item in kept if one == study or is_cited(ledger.graph, item)):
        ledger.values(item, SS.position)
        attributes = {name: ledger.text(item, term) for name, term in HELD}
        holder = book.begun(item, opened(element, "citation"), "holdings", attributes)
        book.named(item, f"{str(study).partition('#')[2]}-holdings-")
        for text in book.labels(item)[:1]:
            fill(holder, text)


def _statements(ledger: Ledger, study: URIRef) -> None:
    """Take it that a study has statements on its quality: what each says is written, or told of it, unless it is elsewhere."""
    if all((one, RDF.type, None) in ledger.graph for one in iris(ledger.graph, study, SSD.qualityStatement)):
        ledger.values(study, SSD.qualityStatement)


def _collection_of(element: etree._Element, iri: URIRef) -> etree._Element:
    """Return the description of a collection that a thing stood in, by the number that its IRI has of it."""
    found = _PLACE.search(str(iri))
    wanted = int(found[1]) if found and len(found[1]) < 3 else 1
    method = opened(element, "method")
    while len(method.findall(tag("dataColl"))) < wanted:
        add(method, "dataColl")
    return method.findall(tag("dataColl"))[wanted - 1]


def _collection(book: Book, event: URIRef, element: etree._Element) -> None:
    for path, term in OF_COLLECTION:
        for text in book.ledger.literals(event, term):
            worded(opened(element, "method", "dataColl", *path[:-1]), path[-1], text)
    for item in _things(book, event, SSD.modeOfCollection):
        _described(book, item, _collection_of(element, item), "collMode", "mode-1-", SKOS.prefLabel)
    for item in _things(book, event, SSD.sampling):
        _sampling(book, item, _collection_of(element, item))


def _sampling(book: Book, iri: URIRef, around: etree._Element) -> None:
    ledger = book.ledger
    frames, sizes = _things(book, iri, SSD.sampleFrame), ledger.literals(iri, SSD.targetSampleSize)
    if ledger.literals(iri, DCTERMS.description) or not (frames or sizes):
        _described(book, iri, around, "sampProc", "sampling-1-")
    for size in sizes:
        add(opened(around, "targetSampleSize"), "sampleSize", str(size))
    for frame in frames:
        item = book.begun(frame, around, "sampleFrame")
        book.texts(item, "sampleFrameName", book.labels(frame))


def _described(
    book: Book,
    iri: URIRef,
    around: etree._Element,
    name: str,
    made: str,
    term: URIRef = DCTERMS.description,
) -> None:
    item = book.begun(iri, around, name)
    if not re.search(re.escape(made.rstrip("1-")) + r"[\d-]+$", str(iri)):
        book.named(iri)
    for text in book.ledger.literals(iri, term)[:1]:
        fill(item, text)
