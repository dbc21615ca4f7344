"""The citation of a study in DDI Codebook: who did what, which series and version, what it is about and from which vocabulary."""

from collections.abc import Iterable, Iterator

from lxml import etree
from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.codebook_source import Codebook, children, language, local, text_of
from semstat.ontology.iri import part_of
from semstat.ontology.terms import DCTERMS, SKOS, SS
from semstat.ontology.terms_study import SSD

__all__ = ["PARTS", "PERSONS", "TEXTS", "lift_citation", "lift_further_terms", "lift_terms", "text_without_terms"]

PARTS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("citation", "rspStmt", "AuthEnty"), "author"),
    (("citation", "rspStmt", "othId"), "other contributor"),
    (("citation", "prodStmt", "producer"), "producer"),
    (("citation", "prodStmt", "fundAg"), "funder"),
    (("citation", "distStmt", "distrbtr"), "distributor"),
    (("citation", "distStmt", "contact"), "contact"),
    (("citation", "distStmt", "depositr"), "depositor"),
    (("dataAccs", "useStmt", "contact"), "access contact"),
    (("method", "dataColl", "dataCollector"), "data collector"),
)
PERSONS = (
    ("affiliation", SSD.affiliation),
    ("abbr", SSD.shortName),
    ("email", SSD.emailAddress),
    ("URI", DCTERMS.identifier),
)
TEXTS: tuple[tuple[tuple[str, ...], URIRef], ...] = (
    (("citation", "titlStmt", "subTitl"), DCTERMS.alternative),
    (("citation", "prodStmt", "copyright"), DCTERMS.rights),
    (("citation", "prodStmt", "grantNo"), SSD.grantNumber),
    (("citation", "prodStmt", "software"), SSD.software),
    (("citation", "distStmt", "depDate"), DCTERMS.dateSubmitted),
)
_PLAIN = frozenset({SSD.grantNumber, SSD.software, DCTERMS.dateSubmitted})
_SUBJECTS = ("keyword", "topcClas")


def lift_citation(book: Codebook, element: etree._Element, study: URIRef) -> None:
    """Add to a study who contributed to it, its series and version, and the terms of its subjects.

    Source:
        DDI Codebook 2.6, ``citation``, ``subject``.
    """
    _texts_of(book, element, study)
    contributors = [
        (item, role) for path, role in PARTS for item in children(element, *path) if text_of(item) or item.attrib
    ]
    for number, (item, role) in enumerate(contributors, 1):
        _contribution(book, item, study, number, role)
    for number, item in enumerate(children(element, "citation", "serStmt"), 1):
        _series(book, item, study, number)
    for name in _SUBJECTS:
        for item in children(element, "stdyInfo", "subject", name):
            _term(book, item, study, name)


def _texts_of(book: Codebook, element: etree._Element, study: URIRef) -> None:
    for path, term in TEXTS:
        for item in children(element, *path):
            if term in _PLAIN:
                book.read.update(item.iter("*"))
                book.add(study, term, text_of(item))
                book.add(study, term, (item.get("date") or "").strip())
            else:
                book.worded(study, term, item)
    for item in children(element, "citation", "verStmt", "version"):
        book.read.update(item.iter("*"))
        book.add(study, SS.version, text_of(item))
        book.add(study, DCTERMS.modified, (item.get("date") or "").strip())


def _contribution(book: Codebook, element: etree._Element, study: URIRef, number: int, role: str) -> None:
    iri = book.name(element, study, "contribution", number, SSD.Contribution)
    book.add(study, SSD.contribution, iri)
    book.add(iri, SS.position, number)
    book.add(iri, SSD.contributorRole, (element.get("role") or "").strip() or role)
    book.worded(iri, SKOS.prefLabel, element)
    for attribute, term in PERSONS:
        book.add(iri, term, (element.get(attribute) or "").strip())


def _series(book: Codebook, element: etree._Element, study: URIRef, number: int) -> None:
    iri = book.name(element, study, "series", number, SSD.StudySeries)
    book.add(iri, SSD.study, study)
    book.add(iri, DCTERMS.identifier, (element.get("URI") or "").strip())
    names = list(children(element, "serName"))
    book.labelled(iri, iter(names))
    for item in names:
        book.add(iri, SSD.shortName, (item.get("abbr") or "").strip())
    for item in children(element, "serInfo"):
        book.worded(iri, DCTERMS.description, item)


def lift_terms(book: Codebook, element: etree._Element, owner: URIRef) -> None:
    """Add the terms of vocabularies that stand within an element to what it describes.

    Source:
        DDI Codebook 2.6, ``concept``.
    """
    for item in children(element, "concept"):
        _term(book, item, owner, "term")


def lift_further_terms(book: Codebook, elements: Iterable[etree._Element]) -> None:
    """Add the terms within texts that were read as a whole to what is nearest above; those of variables are their meaning."""
    for item in elements:
        parent = _parent(item)
        if item in book.read and item not in book.names and local(parent) != "var":
            owner = next((book.names[above] for above in item.iterancestors() if above in book.names), book.base)
            _term(book, item, owner, "term")


def _term(book: Codebook, element: etree._Element, owner: URIRef, kind: str) -> None:
    named = (("vocab", SSD.vocabulary), ("vocabURI", SSD.vocabularyUri))
    if not text_of(element) and not any(element.get(name) for name, _ in named):
        return
    number = 1 + sum(1 for _ in element.itersiblings(element.tag, preceding=True))
    iri = book.name(element, part_of(owner, local(_parent(element))), kind, number, SSD.SubjectTerm)
    book.add(owner, SSD.subjectTerm, iri)
    book.worded(iri, SKOS.prefLabel, element)
    for name, term in named:
        book.add(iri, term, (element.get(name) or "").strip())


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def text_without_terms(book: Codebook, element: etree._Element) -> Literal | None:
    """Return the text of an element in its language, without that of the terms within it; ``None`` where there is none."""
    book.read.update(item for item in element.iter("*") if local(item) != "concept")
    said = "".join(_texts(element)).strip()
    return Literal(said, lang=language(element)) if said else None


def _texts(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if local(child) and local(child) != "concept":
            yield from _texts(child)
        yield child.tail or ""
