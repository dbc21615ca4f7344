"""Files, their records and the places of variables in them, as DDI Codebook says them, from the hub graph."""

from dataclasses import dataclass, field

from lxml import etree
from rdflib import URIRef

from semstat.interop.formats.ddi.codebook_book import Book
from semstat.interop.formats.ddi.codebook_elements import add, opened
from semstat.ontology.access import iris, number
from semstat.ontology.terms import SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["Spot", "lower_file", "spots_of"]

_PLACES = (
    ("StartPos", SSD.startPosition),
    ("EndPos", SSD.endPosition),
    ("width", SSD.width),
    ("RecSegNo", SSD.segment),
)


@dataclass(slots=True)
class Spot:
    """Where a variable stands: in which files, in which kind of record, at which places, and after what."""

    files: list[URIRef] = field(default_factory=list)
    record_type: str | None = None
    places: list[dict[str, str | None]] = field(default_factory=list)
    order: tuple[int, int, int] | None = None


def lower_file(book: Book, iri: URIRef) -> None:
    """Write what is said of a data file and of its records.

    Source:
        DDI Codebook 2.6, ``fileDscr``, ``fileTxt``, ``dimensns``.
    """
    ledger = book.ledger
    element = book.begun(iri, book.root, "fileDscr", {"URI": ledger.text(iri, SSD.fileUri)})
    ledger.values(iri, SS.identifier)
    names = ledger.literals(iri, SSD.fileName) or ledger.literals(iri, SKOS.prefLabel)
    for text in names[:1]:
        add(opened(element, "fileTxt"), "fileName", str(text))
    _fingerprint(book, iri, element)
    if (iri, SSI.definition, None) in ledger.graph:
        book.texts(opened(element, "fileTxt"), "fileCont", ledger.literals(iri, SSI.definition))
    for name, term in (("caseQnty", SSD.caseCount), ("varQnty", SSD.variableCount)):
        count = ledger.text(iri, term)
        if count is not None:
            add(opened(element, "fileTxt", "dimensns"), name, count)
    for kind in ledger.literals(iri, SSD.fileFormat):
        add(opened(element, "fileTxt"), "fileType", str(kind))
    _records(book, iri, element)


def _fingerprint(book: Book, iri: URIRef, element: etree._Element) -> None:
    for text in book.ledger.literals(iri, SSD.fingerprint):
        value, _, algorithm = str(text).partition(" ")
        item = add(opened(element, "fileTxt"), "dataFingerprint", attributes={"type": "dataFile"})
        add(item, "digitalFingerprintValue", value)
        if algorithm:
            add(item, "algorithmSpecification", algorithm)


def layouts_of(book: Book, file: URIRef) -> list[URIRef]:
    """Return the physical records of a file in their order."""
    found = book.ledger.iris(file, SSD.physicalRecord)
    return sorted(found, key=lambda item: (number(book.ledger.graph, item, SS.position) or 0, item))


def _records(book: Book, file: URIRef, element: etree._Element) -> None:
    ledger = book.ledger
    layouts = layouts_of(book, file)
    ledger.values(file, SSD.logicalRecord)
    for layout in layouts:
        ledger.values(layout, SS.position)
        length = ledger.text(layout, SSD.recordLength)
        if length is not None and layout == layouts[0]:
            add(opened(element, "fileTxt", "dimensns"), "logRecL", length)
        attributes = _group(book, layout)
        if len(layouts) > 1 or any(attributes.values()):
            add(opened(element, "fileTxt", "fileStrc"), "recGrp", attributes=attributes)


def _group(book: Book, layout: URIRef) -> dict[str, str | None]:
    ledger = book.ledger
    record = next(iter(ledger.iris(layout, SSD.laysOut)), None)
    attributes: dict[str, str | None] = {
        "rtypeloc": ledger.text(layout, SSD.recordTypeStart),
        "rtypewidth": ledger.text(layout, SSD.recordTypeWidth),
    }
    if record is None:
        return attributes
    attributes["rectype"] = ledger.text(record, SSD.recordType)
    keys = [book.id_of(key, "V") for key in ordered(book, ledger.iris(record, SSD.caseIdentifier))]
    attributes["keyvar"] = " ".join(keys) or None
    targets, linking = [], []
    for link in iris(ledger.graph, None, SSI.hasSourceLogicalRecord, record):
        ledger.values(link, SSI.hasSourceLogicalRecord)
        for target in ledger.iris(link, SSI.hasTargetLogicalRecord):
            targets += [book.id_of(file, "F") for file in iris(ledger.graph, None, SSD.logicalRecord, target)]
        linking += ordered(book, ledger.iris(link, SSD.linkVariable))
    attributes["recGrp"] = " ".join(targets) or None
    attributes["recidvar"] = " ".join(dict.fromkeys(book.id_of(item, "V") for item in linking)) or None
    return attributes


def ordered(book: Book, found: list[URIRef]) -> list[URIRef]:
    """Return variables in the order of the source."""
    return sorted(found, key=book.ledger.place)


def spots_of(book: Book, files: list[URIRef]) -> dict[URIRef, Spot]:
    """Return where each variable stands."""
    ledger, spots = book.ledger, dict[URIRef, Spot]()
    for place, file in enumerate(files):
        for variable in ledger.iris(file, SSI.hasInstanceVariable):
            spots.setdefault(variable, Spot()).files.append(file)
        layouts = layouts_of(book, file)
        for rank, layout in enumerate(layouts):
            for value in ledger.iris(layout, SSD.valueLocation):
                order = (place, rank, number(ledger.graph, value, SS.position) or 0)
                _place(book, file, layout, value, spots, order, several=(len(files) > 1, len(layouts) > 1))
    return spots


def _place(
    book: Book,
    file: URIRef,
    layout: URIRef,
    value: URIRef,
    spots: dict[URIRef, Spot],
    order: tuple[int, int, int],
    *,
    several: tuple[bool, bool],
) -> None:
    ledger = book.ledger
    ledger.values(value, SS.position)
    for variable in ledger.iris(value, SSD.locatedVariable):
        spot = spots.setdefault(variable, Spot())
        if file not in spot.files:
            spot.files.append(file)
        spot.order = min(spot.order or order, order)
        record = next(iter(ledger.iris(layout, SSD.laysOut)), None)
        if several[1] and record is not None and spot.record_type is None:
            spot.record_type = ledger.text(record, SSD.recordType)
        stated = {name: ledger.text(value, term) for name, term in _PLACES}
        if any(stated.values()):
            spot.places.append({**stated, "fileid": book.id_of(file, "F") if several[0] else None})
