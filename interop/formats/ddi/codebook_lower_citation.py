"""The citation of a study in DDI Codebook, from the hub graph: contributors, version, rights, by the tables of the reader."""

from itertools import zip_longest

from lxml import etree
from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.codebook_book import Book
from semstat.interop.formats.ddi.codebook_citation import PARTS, PERSONS, TEXTS
from semstat.interop.formats.ddi.codebook_elements import LANGUAGE, add, legal, opened, worded
from semstat.ontology.access import number
from semstat.ontology.ddi_models import codebook_model
from semstat.ontology.terms import DCTERMS, SKOS, SS
from semstat.ontology.terms_study import SSD

__all__ = ["lower_citation"]

_AGENTS = {"AuthEnty": DCTERMS.creator, "producer": DCTERMS.publisher}
"""Elements whose text is also said of the study itself."""


def lower_citation(book: Book, study: URIRef, element: etree._Element) -> set[tuple[URIRef, Literal]]:
    """Write who contributed to a study, its series and version, and return what is thereby said of the study itself.

    Source:
        DDI Codebook 2.6, ``citation``.
    """
    for path, term in TEXTS:
        for text in book.ledger.literals(study, term):
            worded(opened(element, *path[:-1]), path[-1], text)
    _versions(book, study, element)
    for series in book.ledger.typed(SSD.StudySeries):
        if study in book.ledger.iris(series, SSD.study):
            _series(book, study, series, element)
    said: set[tuple[URIRef, Literal]] = set()
    ordered = sorted(
        book.ledger.iris(study, SSD.contribution),
        key=lambda item: (number(book.ledger.graph, item, SS.position) or 0, book.ledger.place(item)),
    )
    place = 0
    for item in ordered:
        book.ledger.values(item, SS.position)
        place = _contribution(book, study, item, element, place, said)
    return said


def _versions(book: Book, study: URIRef, element: etree._Element) -> None:
    versions, dates = book.ledger.literals(study, SS.version), book.ledger.literals(study, DCTERMS.modified)
    for version, date in zip_longest(versions, dates):
        attributes = {"date": None if date is None else str(date)}
        around = opened(element, "citation", "verStmt")
        add(around, "version", None if version is None else str(version), attributes)


def _contribution(
    book: Book, study: URIRef, iri: URIRef, element: etree._Element, least: int, said: set[tuple[URIRef, Literal]]
) -> int:
    """Write one contribution where its role belongs, and return the place of that in the table of the reader."""
    names = book.ledger.literals(iri, SKOS.prefLabel)
    role = book.ledger.text(iri, SSD.contributorRole) or ""
    place, own = _place_of(book, study, role, names, least)
    path = PARTS[place][0]
    model = codebook_model()[path[-1]]
    attributes = {name: book.ledger.text(iri, term) for name, term in PERSONS if model.allows(name, "x")}
    attributes["role"] = own
    item = book.begun(iri, opened(element, *path[:-1]), path[-1], attributes)
    book.named(iri, f"{str(study).partition('#')[2]}-contribution-")
    for name in names[:1]:
        item.text = legal(str(name))
        if name.language:
            item.set(LANGUAGE, name.language)
        said.add((_AGENTS.get(path[-1], SSD.contribution), name))
    return place


def _place_of(book: Book, study: URIRef, role: str, names: list[Literal], least: int) -> tuple[int, str | None]:
    """Return the place of a role in the table of the reader, and the role where the table has another or none."""
    known = {name: place for place, (_, name) in enumerate(PARTS)}
    if role in known:
        return known[role], None
    publishers = {str(item) for item in book.ledger.graph.objects(study, DCTERMS.publisher)}
    is_publisher = any(str(name) in publishers for name in names)
    fits = [
        place
        for place, (path, _) in enumerate(PARTS)
        if codebook_model()[path[-1]].allows("role", role) and (path[-1] == "producer") == is_publisher
    ]
    return next((place for place in fits if place >= least), known["other contributor"]), role or None


def _series(book: Book, study: URIRef, iri: URIRef, element: etree._Element) -> None:
    ledger = book.ledger
    around = opened(element, "citation")
    item = book.begun(iri, around, "serStmt", {"URI": ledger.text(iri, DCTERMS.identifier)})
    book.named(iri, f"{str(study).partition('#')[2]}-series-")
    for label, short in zip_longest(book.labels(iri), ledger.literals(iri, SSD.shortName)):
        attributes = {"abbr": None if short is None else str(short), LANGUAGE: getattr(label, "language", None)}
        add(item, "serName", None if label is None else str(label), attributes)
    book.texts(item, "serInfo", ledger.literals(iri, DCTERMS.description))
