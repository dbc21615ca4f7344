"""Terms of vocabularies in DDI Codebook, from the hub graph: subjects of a study, and those within texts."""

import re

from lxml import etree
from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.codebook_book import Book
from semstat.interop.formats.ddi.codebook_elements import LANGUAGE, add, legal, opened, tag
from semstat.interop.formats.ddi.codebook_methods import OF_COLLECTION, OF_STUDY, PLAIN_OF_STUDY
from semstat.interop.formats.ddi.codebook_source import local
from semstat.ontology.terms import DCTERMS, SKOS
from semstat.ontology.terms_study import SSD

__all__ = ["lower_subjects", "lower_terms"]

_SUBJECT = re.compile(r"-subject-(keyword|topcClas)-(\d{1,3})$")
_WITHIN = re.compile(r"-(\w+)-term-\d+(?:-\d+)*$")
_PATHS = {
    **{path[-1]: path for path, _ in (*OF_STUDY, *PLAIN_OF_STUDY)},
    **{path[-1]: ("method", "dataColl", *path) for path, _ in OF_COLLECTION},
}
"""Where what holds nothing but a term is made; the reader tells its text from the term within it."""


def lower_subjects(book: Book, study: URIRef, element: etree._Element) -> set[tuple[URIRef, Literal]]:
    """Write what a study is about, each with its vocabulary, and return what is thereby said of the study itself.

    Source:
        DDI Codebook 2.6, ``subject``.
    """
    said: set[tuple[URIRef, Literal]] = set()
    for term in book.ledger.typed(SSD.SubjectTerm):
        found = _SUBJECT.search(str(term))
        if (study, SSD.subjectTerm, term) not in book.ledger.graph or _WITHIN.search(str(term)) is not None:
            continue
        name, number = (found[1], int(found[2])) if found else ("topcClas", 0)
        around = opened(element, "stdyInfo", "subject")
        while len(around.findall(tag(name))) < number - 1:  # the reader counts what is empty
            add(around, name)
        about = SSD.keyword if name == "keyword" else DCTERMS.subject
        said.update((about, label) for label in _written(book, term, around, name))
        book.ledger.taken.add((study, SSD.subjectTerm))
        if found is None:
            book.named(term)
    return said


def lower_terms(book: Book) -> None:
    """Write the terms that stand within texts, when those are written; what has no text to stand in is left.

    Source:
        DDI Codebook 2.6, ``concept``.
    """
    for term in book.ledger.typed(SSD.SubjectTerm):
        found = _WITHIN.search(str(term))
        owner = next((item for item in book.ledger.graph.subjects(SSD.subjectTerm, term)), None)
        if term in book.elements or found is None or not isinstance(owner, URIRef):
            continue
        element = _element_of(book, owner)
        holder = None if element is None else _holder(book, element, found[1], term)
        if holder is not None:
            _written(book, term, holder, "concept")
            book.ledger.taken.add((owner, SSD.subjectTerm))


def _written(book: Book, term: URIRef, around: etree._Element, name: str) -> list[Literal]:
    ledger = book.ledger
    labels = ledger.literals(term, SKOS.prefLabel)
    attributes = {"vocab": ledger.text(term, SSD.vocabulary), "vocabURI": ledger.text(term, SSD.vocabularyUri)}
    item = book.begun(term, around, name, attributes)
    for label in labels[:1]:
        _moved(around, item, legal(str(label)))
        item.text = legal(str(label))
        if label.language:
            item.set(LANGUAGE, label.language)
    return labels


def _moved(around: etree._Element, item: etree._Element, label: str) -> None:
    """Let a term stand where its text stood in a text that was read as a whole."""
    if local(around) not in _PATHS and label in (around.text or ""):
        around.text, _, item.tail = (around.text or "").rpartition(label)


def _element_of(book: Book, owner: URIRef) -> etree._Element | None:
    study = next((item for item in book.ledger.graph.subjects(SSD.collectionEvent, owner)), owner)
    return book.elements.get(study) if isinstance(study, URIRef) else None


def _holder(book: Book, element: etree._Element, name: str, term: URIRef) -> etree._Element | None:
    """Return the element that a term stands in: one with its text, else the first that has no term yet."""
    if local(element) == name:
        return element
    free = [item for item in element.iter(tag(name)) if item.find(tag("concept")) is None]
    labels = {str(item) for item in book.ledger.graph.objects(term, SKOS.prefLabel)}
    told = [item for item in free if any(label in (item.text or "") for label in labels)]
    if told and name not in _PATHS:
        return told[0]
    if free:
        return free[0]
    return add(opened(element, *_PATHS[name][:-1]), name) if name in _PATHS else None
