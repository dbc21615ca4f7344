"""Files of DDI Codebook: their names and counts, their records, and where each variable stands in them."""

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree
from rdflib import URIRef

from semstat.interop.formats.ddi.codebook_source import Codebook, children, first, text_of
from semstat.ontology.iri import part_of
from semstat.ontology.terms import RDF, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["files_of", "lift_file", "lift_records", "records_iri", "whole_number"]

_TEXTS = (("fileName", SSD.fileName), ("fileType", SSD.fileFormat), ("dataFingerprint", SSD.fingerprint))
_COUNTS = (("caseQnty", SSD.caseCount), ("varQnty", SSD.variableCount))
_PLACES = (
    ("StartPos", SSD.startPosition),
    ("EndPos", SSD.endPosition),
    ("width", SSD.width),
    ("RecSegNo", SSD.segment),
)


def whole_number(text: str | None) -> int | None:
    """Return what a text says as a whole number, ``None`` where it says none.

    Example:
        >>> whole_number(" 500 "), whole_number("500.0"), whole_number("about 500")
        (500, 500, None)
    """
    written = (text or "").strip().removesuffix(".0")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else None


def lift_file(book: Codebook, element: etree._Element, number: int, studies: Sequence[URIRef]) -> URIRef:
    """Add a ``fileDscr`` to the graph, and return the IRI of the file.

    Source:
        DDI Codebook 2.6, ``fileDscr``, ``fileTxt``, ``dimensns``.
    """
    iri = book.name(element, book.base, "file", number, SSD.DataFile)
    book.add(iri, SS.position, number)
    book.add(iri, SS.identifier, (element.get("ID") or f"file {number}").strip())
    book.add(iri, SSD.fileUri, (element.get("URI") or "").strip())
    for study in studies:
        book.add(study, SSD.dataFile, iri)
        book.add(iri, SSD.inStudy, study)
    description = first(element, "fileTxt")
    for name, term in _TEXTS:
        item = first(description, name)
        if item is not None:
            book.read.update(item.iter("*"))
            parts = [word for piece in item.itertext("*") for word in str(piece).split()]
            book.add(iri, term, " ".join(parts) if term == SSD.fingerprint else text_of(item))
    for name, term in _COUNTS:
        item = first(description, "dimensns", name)
        count = whole_number(text_of(item))
        if item is not None and count is not None:
            book.read.add(item)
            book.add(iri, term, count)
    for item in children(description, "fileCont"):
        book.worded(iri, SSI.definition, item)
    return iri


def files_of(book: Codebook, variable: etree._Element, files: Sequence[etree._Element]) -> list[etree._Element]:
    """Return the files that a variable is in: those that it names, else those of its locations, else the only one."""
    named = book.targets(variable, "files", "fileDscr")
    for place in children(variable, "location"):
        named += [item for item in book.targets(place, "fileid", "fileDscr") if item not in named]
    if named or variable.get("files"):
        return named
    return list(files) if len(files) == 1 else []


def lift_records(
    book: Codebook, element: etree._Element, variables: Sequence[etree._Element], records: Mapping[str, URIRef]
) -> None:
    """Add the records of a file and the places of its variables to the graph.

    Every file has at least one record, and a layout for each. Where kinds of record are told apart, a variable belongs to
    that of its ``rectype``; one without ``rectype`` to the first. ``records`` are the first records of other files, by ``ID``.

    Source:
        DDI Codebook 2.6, ``recGrp``, ``location``.
    """
    iri = book.names[element]
    groups: list[etree._Element | None] = list(children(element, "fileTxt", "fileStrc", "recGrp"))
    several = len(groups) > 1
    for number, group in enumerate(groups or [None], 1):
        record = records_iri(book, element) if number == 1 else part_of(iri, "record", number)
        kind = (group.get("rectype") or "").strip() if group is not None else ""
        chosen = [item for item in variables if not several or _is_of(item, kind, is_first=number == 1)]
        _record(book, iri, record, kind)
        _layout(book, element, record, number, chosen)
        if group is not None:
            book.read.add(group)
            for key in book.targets(group, "keyvar", "var"):
                book.add(record, SSD.caseIdentifier, book.names.get(key))
            _type_place(book, part_of(iri, "layout", number), group)
            _links(book, group, record, records)


def records_iri(book: Codebook, element: etree._Element) -> URIRef:
    """Return the IRI of the first record of a file."""
    return part_of(book.names[element], "record", 1)


def _is_of(variable: etree._Element, kind: str, *, is_first: bool) -> bool:
    stated = (variable.get("rectype") or "").strip()
    return stated == kind if stated else is_first


def _record(book: Codebook, file: URIRef, record: URIRef, kind: str) -> None:
    book.add(record, RDF.type, SSI.LogicalRecord)
    book.add(record, SSD.recordType, kind)
    book.add(file, SSD.logicalRecord, record)


def _layout(
    book: Codebook, element: etree._Element, record: URIRef, number: int, variables: Sequence[etree._Element]
) -> None:
    file = book.names[element]
    layout = part_of(file, "layout", number)
    book.add(layout, RDF.type, SSD.PhysicalRecord)
    book.add(layout, SS.position, number)
    book.add(layout, SSD.laysOut, record)
    book.add(file, SSD.physicalRecord, layout)
    length = first(element, "fileTxt", "dimensns", "logRecL")
    book.add(layout, SSD.recordLength, whole_number(text_of(length)))
    if length is not None:
        book.read.add(length)
    for place, variable in enumerate(variables, 1):
        iri = part_of(layout, "value", place)
        book.add(iri, RDF.type, SSD.ValueLocation)
        book.add(iri, SSD.locatedVariable, book.names[variable])
        book.add(iri, SS.position, place)
        book.add(layout, SSD.valueLocation, iri)
        for term, text in _placed(variable, element):
            book.add(iri, term, whole_number(text))


def _placed(variable: etree._Element, file: etree._Element) -> Iterator[tuple[URIRef, str | None]]:
    """Yield what the location of a variable in a file states: that which names the file, else one that names none."""
    places = list(children(variable, "location"))
    own = [item for item in places if file.get("ID") and file.get("ID") in item.get("fileid", "").split()]
    chosen = next(iter(own), next((item for item in places if not item.get("fileid")), None))
    if chosen is not None:
        yield from ((term, chosen.get(attribute)) for attribute, term in _PLACES)


def _type_place(book: Codebook, layout: URIRef, group: etree._Element) -> None:
    book.add(layout, SSD.recordTypeStart, whole_number(group.get("rtypeloc")))
    book.add(layout, SSD.recordTypeWidth, whole_number(group.get("rtypewidth")))


def _links(book: Codebook, group: etree._Element, record: URIRef, records: Mapping[str, URIRef]) -> None:
    """Relate a record to those of other files that its group names; the variables that link them, where they are named."""
    for number, name in enumerate(group.get("recGrp", "").split(), 1):
        if name not in records or records[name] == record:
            continue
        link = part_of(record, "link", number)
        book.add(link, RDF.type, SSI.RecordRelationship)
        book.add(link, SSI.hasSourceLogicalRecord, record)
        book.add(link, SSI.hasTargetLogicalRecord, records[name])
        book.positions[link] = book.place(group)
        for variable in book.targets(group, "recidvar", "var"):
            book.add(link, SSD.linkVariable, book.names.get(variable))
