"""The study description of DDI Codebook, from the hub graph."""

from collections.abc import Iterable

from lxml import etree
from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.codebook_book import Book
from semstat.interop.formats.ddi.codebook_elements import LANGUAGE, add, opened, worded
from semstat.interop.formats.ddi.codebook_lower_citation import lower_citation
from semstat.interop.formats.ddi.codebook_lower_methods import lower_methods
from semstat.interop.formats.ddi.codebook_lower_terms import lower_subjects
from semstat.ontology.ddi_models import codebook_model
from semstat.ontology.terms import DCTERMS, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["lower_document", "lower_study", "lower_universes"]

_TEXTS: tuple[tuple[URIRef, tuple[str, ...], tuple[str, ...]], ...] = (
    (SKOS.altLabel, ("citation", "titlStmt"), ("altTitl", "parTitl")),
    (DCTERMS.creator, ("citation", "rspStmt"), ("AuthEnty",)),
    (DCTERMS.publisher, ("citation", "prodStmt"), ("producer",)),
    (DCTERMS.created, ("citation", "prodStmt"), ("prodDate",)),
    (DCTERMS.issued, ("citation", "distStmt"), ("distDate",)),
    (DCTERMS.bibliographicCitation, ("citation",), ("biblCit",)),
    (DCTERMS.abstract, ("stdyInfo",), ("abstract",)),
    (SSD.keyword, ("stdyInfo", "subject"), ("keyword",)),
    (DCTERMS.subject, ("stdyInfo", "subject"), ("topcClas",)),
    (DCTERMS.spatial, ("stdyInfo", "sumDscr"), ("nation", "geogCover")),
    (DCTERMS.temporal, ("stdyInfo", "sumDscr"), ("timePrd",)),
    (SSD.kindOfData, ("stdyInfo", "sumDscr"), ("dataKind",)),
    (SSD.analysisUnit, ("stdyInfo", "sumDscr"), ("anlyUnit",)),
    (DCTERMS.accessRights, ("dataAccs", "useStmt"), ("restrctn",)),
    (SSD.accessConditions, ("dataAccs", "useStmt"), ("conditions",)),
    (DCTERMS.license, ("dataAccs",), ("license",)),
)
"""By property the elements around, and the elements that may say it, the usual one first."""


def lower_study(book: Book, iri: URIRef) -> None:
    """Write what is said of a study.

    Source:
        DDI Codebook 2.6, ``stdyDscr``.
    """
    element = book.begun(iri, book.root, "stdyDscr")
    book.named(iri, "study-")
    _titles(book, iri, element)
    contributed = lower_citation(book, iri, element) | lower_subjects(book, iri, element)
    contributed |= _periods(book, iri, element)
    lower_methods(book, iri, element)
    _texts(book, iri, element, _TEXTS, contributed)
    lower_universes(book, iri, element, ("stdyInfo", "sumDscr"))
    for event in book.ledger.iris(iri, SSD.collectionEvent):
        _collection(book, iri, event, element)


def lower_document(book: Book, iri: URIRef) -> None:
    """Write what is said of the document itself.

    Source:
        DDI Codebook 2.6, ``docDscr``.
    """
    element = book.begun(iri, book.root, "docDscr")
    book.named(iri, "document-")
    book.ledger.taken.update((study, SSD.documentedIn) for study in book.ledger.graph.subjects(SSD.documentedIn, iri))
    _titles(book, iri, element)
    contributed = lower_citation(book, iri, element)
    _texts(book, iri, element, [item for item in _TEXTS if item[1][0] == "citation"], contributed)


def _texts(
    book: Book,
    iri: URIRef,
    element: etree._Element,
    table: Iterable[tuple[URIRef, tuple[str, ...], tuple[str, ...]]],
    contributed: set[tuple[URIRef, Literal]],
) -> None:
    for term, around, names in table:
        for text in _said(book, iri, term):
            if (term, text) in contributed:
                continue
            name = next((item for item in names if str(text) in book.told(iri, item)), names[0])
            if text.language is None and str(text) in book.dated(iri, name):
                continue
            worded(opened(element, *around), name, text)


def _said(book: Book, iri: URIRef, term: URIRef) -> list[Literal]:
    """Return the texts of a property; for a person or an organisation, the name."""
    names = [name for agent in book.ledger.iris(iri, term) for name in book.ledger.literals(agent, SKOS.prefLabel)]
    return [*book.terms(iri, term), *names]


def _titles(book: Book, iri: URIRef, element: etree._Element) -> None:
    titles = opened(element, "citation", "titlStmt")
    found = book.ledger.literals(iri, SKOS.prefLabel) or book.ledger.literals(iri, SSD.shortName)
    book.texts(titles, "titl", found)
    if not found:
        add(titles, "titl", "")
        book.ledger.lose("IO212", "the study has no title, which the target demands", iri)
    identifiers = (*book.ledger.literals(iri, SS.identifier), *book.ledger.literals(iri, DCTERMS.identifier))
    agency = book.ledger.text(iri, SSD.identifierAgency) if identifiers else None
    for place, identifier in enumerate(identifiers):
        add(titles, "IDNo", str(identifier), {"agency": agency if place == 0 else None})


def lower_universes(book: Book, iri: URIRef, element: etree._Element, around: tuple[str, ...] = ()) -> None:
    """Write the universes of a study or a variable."""
    for universe in sorted(book.ledger.iris(iri, SSD.studyUniverse), key=book.ledger.place):
        texts = book.ledger.literals(universe, SSI.definition, DCTERMS.description, SKOS.prefLabel)
        clusion = book.ledger.text(universe, SSD.clusion)
        known = clusion if clusion in {"I", "E"} else None
        for text in texts or ([Literal("")] if known else []):
            attributes = {LANGUAGE: text.language, "clusion": known}
            item = add(opened(element, *around), "universe", str(text), attributes)
            if universe not in book.elements:
                book.elements[universe] = item
                book.keep(universe)
                book.named(universe, f"{str(iri).partition('#')[2]}-universe-", "study-1-universe-")


def _told_dates(starts: list[str], ends: list[str]) -> list[tuple[str, str]]:
    """Return dates with the event that each is: what begins and ends something alike stands alone."""
    both = [item for item in starts if item in ends]
    return [
        *((item, "single") for item in both),
        *((item, "start") for item in starts if item not in both),
        *((item, "end") for item in ends if item not in both),
    ]


def _dated(around: etree._Element, name: str, told: list[tuple[str, str]], texts: list[Literal]) -> set[Literal]:
    """Write dates for programs, each with the words for people that go with it, and return the words that were written."""
    left = list(texts)
    for when, kind in told:
        fitting = next((item for item in left if when in str(item)), None)
        text = fitting if fitting is not None else left[0] if len(left) >= len(told) else None
        is_date = codebook_model()[name].allows("date", when)
        if text is not None:
            left.remove(text)
        attributes = {"date": when if is_date else None, "event": kind, LANGUAGE: getattr(text, "language", None)}
        add(around, name, (None if text is None else str(text)) if is_date else when, attributes)
    return {item for item in texts if item not in left}


def _periods(book: Book, study: URIRef, element: etree._Element) -> set[tuple[URIRef, Literal]]:
    starts = [str(item) for item in book.ledger.literals(study, SSD.referencePeriodStart)]
    ends = [str(item) for item in book.ledger.literals(study, SSD.referencePeriodEnd)]
    told = _told_dates(starts, ends)
    if not told:
        return set()
    texts = book.ledger.literals(study, DCTERMS.temporal)
    written = _dated(opened(element, "stdyInfo", "sumDscr"), "timePrd", told, texts)
    return {(DCTERMS.temporal, item) for item in written}


def _collection(book: Book, study: URIRef, event: URIRef, element: etree._Element) -> None:
    starts = [str(item) for item in book.ledger.literals(event, SSD.collectionStart)]
    ends = [str(item) for item in book.ledger.literals(event, SSD.collectionEnd)]
    told = _told_dates(starts, ends)
    if not told:
        return
    texts = book.ledger.literals(event, DCTERMS.description)
    summary = opened(element, "stdyInfo", "sumDscr")
    written = _dated(summary, "collDate", told, texts)
    for text in (item for item in texts if item not in written):  # said of a date that another text is said of
        when, kind = told[0]
        is_date = codebook_model()["collDate"].allows("date", when)
        worded(summary, "collDate", text, {"date": when if is_date else None, "event": kind})
