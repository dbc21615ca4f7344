"""Remarks in DDI Codebook, bounds of areas, and what goes with a study: by tables for reading and writing."""

from lxml import etree
from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.codebook_source import Codebook, children, language, local, text_of
from semstat.ontology.iri import part_of
from semstat.ontology.terms import RDF, SKOS, SS
from semstat.ontology.terms_study import SSD

__all__ = ["BESIDE", "BOUNDS", "HELD", "lift_bounds", "lift_holdings", "lift_notes", "lift_texts_beside"]

_AVAILABLE = ("dataAccs", "setAvail")
_RELATED = ("othrStdyMat",)
_QUALITY = ("stdyInfo", "qualityStatement")
BESIDE: tuple[tuple[tuple[str, ...], URIRef], ...] = (
    (("citation", "prodStmt", "prodPlac"), SSD.productionPlace),
    ((*_QUALITY, "standardsCompliance", "standard", "standardName"), SSD.qualityStandard),
    ((*_QUALITY, "standardsCompliance", "complianceDescription"), SSD.complianceDescription),
    ((*_QUALITY, "otherQualityStatement"), SSD.otherQualityStatement),
    ((*_AVAILABLE, "accsPlac"), SSD.accessPlace),
    ((*_AVAILABLE, "origArch"), SSD.originalArchive),
    ((*_AVAILABLE, "avlStatus"), SSD.availabilityStatus),
    ((*_AVAILABLE, "collSize"), SSD.collectionSize),
    ((*_AVAILABLE, "complete"), SSD.completeness),
    ((*_AVAILABLE, "fileQnty"), SSD.fileQuantity),
    ((*_RELATED, "relMat"), SSD.relatedMaterial),
    ((*_RELATED, "relStdy"), SSD.relatedStudy),
    ((*_RELATED, "relPubl"), SSD.relatedPublication),
    ((*_RELATED, "othRefs"), SSD.otherReference),
)
"""By path the property of a study that its text is the value of."""
HELD = (
    ("location", SSD.accessPlace),
    ("callno", SSD.callNumber),
    ("URI", SSD.itemUri),
    ("media", SSD.medium),
)
"""By attribute of ``holdings`` the property of an archived item."""
BOUNDS = (
    ("westBL", SSD.westBound),
    ("eastBL", SSD.eastBound),
    ("southBL", SSD.southBound),
    ("northBL", SSD.northBound),
)


def _is_plain(element: etree._Element) -> bool:
    """Return whether an element holds text alone: neither elements, nor nothing at all."""
    return bool(text_of(element)) and not any(local(child) for child in element)


def lift_texts_beside(book: Codebook, element: etree._Element, study: URIRef) -> None:
    """Add where a study was made and is to be had, what it keeps to, and what goes with it.

    What holds more than text, such as the citation of a publication, is left to be kept as it stands; so are further
    descriptions of the same kind that would be told apart by nothing but their place.

    Source:
        DDI Codebook 2.6, ``prodPlac``, ``qualityStatement``, ``setAvail``, ``othrStdyMat``.
    """
    for path, term in BESIDE:
        around = element
        for name in path[:-1]:
            found = next(children(around, name), None)
            if found is None:
                break
            around = found
        else:
            for item in children(around, path[-1]):
                if _is_plain(item):
                    book.worded(study, term, item)


def lift_holdings(book: Codebook, element: etree._Element, study: URIRef) -> None:
    """Add what archives and libraries keep of a study, and where.

    Source:
        DDI Codebook 2.6, ``holdings``.
    """
    for number, item in enumerate(children(element, "citation", "holdings"), 1):
        if not _is_plain(item) and (len(item) or not any(item.get(name) for name, _ in HELD)):
            continue
        held = book.name(item, study, "holdings", number, SSD.ArchivedItem)
        book.add(study, SSD.holdings, held)
        book.add(held, SS.position, number)
        book.worded(held, SKOS.prefLabel, item)
        for name, term in HELD:
            book.add(held, term, item.get(name, "").strip())


def lift_bounds(book: Codebook, element: etree._Element, study: URIRef) -> None:
    """Add the bounds of the area that a study is about.

    Source:
        DDI Codebook 2.6, ``geoBndBox``.
    """
    for number, item in enumerate(children(element, "stdyInfo", "sumDscr", "geoBndBox"), 1):
        if not any(text_of(child) for child in item):
            continue
        box = book.name(item, study, "bounds", number, SSD.BoundingBox)
        book.add(study, SSD.boundingBox, box)
        for name, term in BOUNDS:
            for bound in children(item, name):
                book.read.add(bound)
                book.add(box, term, text_of(bound))


def lift_notes(book: Codebook, elements: list[etree._Element]) -> None:
    """Add remarks to what they stand in; those with markup are left to be kept as they are.

    Source:
        DDI Codebook 2.6, ``notes``.
    """
    counts: dict[tuple[URIRef, str], int] = {}
    for item in elements:
        if item in book.read or not _is_plain(item):
            continue
        around = next((above for above in item.iterancestors() if above in book.names), book.tree.root)
        owner, path = book.names.get(around, book.base), _way(item, around)
        number = counts[owner, path] = counts.get((owner, path), 0) + 1
        note = part_of(owner, "note", *path.split("/"), number) if path else part_of(owner, "note", number)
        if (note, RDF.type, None) in book.graph:
            continue
        book.read.add(item)
        book.positions[note] = book.place(item)
        book.add(owner, SSD.note, note)
        book.add(note, RDF.type, SSD.Note)
        book.add(note, SS.position, number)
        book.add(note, SSD.standsIn, path)
        book.add(note, SSD.noteText, Literal(text_of(item), lang=language(item)))
        book.add(note, SSD.kind, (item.get("type") or "").strip())
        book.add(note, SSD.noteSubject, (item.get("subject") or "").strip())


def _way(element: etree._Element, around: etree._Element) -> str:
    steps: list[str] = []
    for above in element.iterancestors():
        if above is around:
            break
        steps.append(local(above))
    return "/".join(reversed(steps))
