"""The study description of DDI Codebook: what its elements state, by table."""

from collections.abc import Iterable

from lxml import etree
from rdflib import URIRef

from semstat.interop.formats.ddi.codebook_citation import lift_citation
from semstat.interop.formats.ddi.codebook_methods import lift_methods
from semstat.interop.formats.ddi.codebook_source import Codebook, children, first, text_of
from semstat.ontology.iri import part_of
from semstat.ontology.terms import DCTERMS, RDF, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["lift_documents", "lift_study", "lift_universe"]

_TEXTS: tuple[tuple[tuple[str, ...], URIRef], ...] = (
    (("citation", "titlStmt", "altTitl"), SKOS.altLabel),
    (("citation", "titlStmt", "parTitl"), SKOS.altLabel),
    (("citation", "rspStmt", "AuthEnty"), DCTERMS.creator),
    (("citation", "prodStmt", "producer"), DCTERMS.publisher),
    (("citation", "prodStmt", "prodDate"), DCTERMS.created),
    (("citation", "distStmt", "distDate"), DCTERMS.issued),
    (("citation", "biblCit"), DCTERMS.bibliographicCitation),
    (("stdyInfo", "abstract"), DCTERMS.abstract),
    (("stdyInfo", "subject", "keyword"), SSD.keyword),
    (("stdyInfo", "subject", "topcClas"), DCTERMS.subject),
    (("stdyInfo", "sumDscr", "nation"), DCTERMS.spatial),
    (("stdyInfo", "sumDscr", "geogCover"), DCTERMS.spatial),
    (("stdyInfo", "sumDscr", "timePrd"), DCTERMS.temporal),
    (("dataAccs", "useStmt", "restrctn"), DCTERMS.accessRights),
    (("dataAccs", "useStmt", "conditions"), SSD.accessConditions),
    (("dataAccs", "useStmt", "license"), DCTERMS.license),
)

_DATES = frozenset({DCTERMS.created, DCTERMS.issued})
"""What is stated twice, as people write it and as programs read it; of periods the latter has terms of its own."""


def lift_study(book: Codebook, element: etree._Element, number: int) -> URIRef:
    """Add what a ``stdyDscr`` states to the graph, and return the IRI of the study.

    Source:
        DDI Codebook 2.6, ``stdyDscr``.
    """
    iri = book.name(element, book.base, "study", number, SSD.StudyUnit)
    _cited(book, element, iri, _TEXTS)
    for item in children(element, "stdyInfo", "sumDscr", "dataKind"):
        book.read.update(item.iter("*"))
        book.add(iri, SSD.kindOfData, text_of(item))
    for place, item in enumerate(children(element, "stdyInfo", "sumDscr", "universe"), 1):
        book.add(iri, SSD.studyUniverse, lift_universe(book, item, iri, place))
    _collection(book, element, iri)
    lift_citation(book, element, iri)
    lift_methods(book, element, iri)
    return iri


def lift_documents(book: Codebook, elements: Iterable[etree._Element], studies: Iterable[URIRef]) -> None:
    """Add what a ``docDscr`` says of the document itself, which is no statement on the studies.

    Source:
        DDI Codebook 2.6, ``docDscr``, ``citation``.
    """
    texts = [item for item in _TEXTS if item[0][0] == "citation"]
    for number, element in enumerate(elements, 1):
        iri = book.name(element, book.base, "document", number, SSD.MetadataDocument)
        _cited(book, element, iri, texts)
        lift_citation(book, element, iri)
        for study in studies:
            book.add(study, SSD.documentedIn, iri)


def _cited(
    book: Codebook, element: etree._Element, iri: URIRef, texts: Iterable[tuple[tuple[str, ...], URIRef]]
) -> None:
    titles = first(element, "citation", "titlStmt")
    book.labelled(iri, children(titles, "titl"))
    for place, item in enumerate(children(titles, "IDNo")):
        book.read.add(item)
        book.add(iri, SS.identifier if place == 0 else DCTERMS.identifier, text_of(item))
        book.add(iri, SSD.identifierAgency, (item.get("agency") or "").strip() if place == 0 else None)
    for path, term in texts:
        for item in children(element, *path):
            book.worded(iri, term, item)
            if term in _DATES:
                book.add(iri, term, (item.get("date") or "").strip())


def lift_universe(book: Codebook, element: etree._Element, owner: URIRef, number: int) -> URIRef:
    """Add a ``universe`` to the graph, and return its IRI."""
    iri = book.name(element, owner, "universe", number, SSI.Universe)
    book.worded(iri, SSI.definition, element)
    book.add(iri, SSD.clusion, element.get("clusion"))
    return iri


def _collection(book: Codebook, element: etree._Element, study: URIRef) -> None:
    dates = list(children(element, "stdyInfo", "sumDscr", "collDate"))
    if not dates:
        return
    event = part_of(study, "collection")
    book.add(event, RDF.type, SSD.CollectionEvent)
    book.positions[event] = book.place(dates[0])
    book.add(study, SSD.collectionEvent, event)
    for item in dates:
        book.read.update(item.iter("*"))
        when = (item.get("date") or text_of(item)).strip()
        if item.get("date"):
            book.worded(event, DCTERMS.description, item)
        kind = item.get("event", "single").strip()
        if kind in {"start", "single"}:
            book.add(event, SSD.collectionStart, when)
        if kind in {"end", "single"}:
            book.add(event, SSD.collectionEnd, when)
