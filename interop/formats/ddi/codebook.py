"""Reading DDI Codebook (the namespace of versions 1.x to 2.1, 2.5, 2.6) into the hub graph."""

from collections.abc import Iterator

from lxml import etree
from rdflib import Graph, Literal, URIRef

from semstat.interop.collector import collector_paused
from semstat.interop.document import Document
from semstat.interop.formats.ddi.codebook_attributes import keep_attributes
from semstat.interop.formats.ddi.codebook_citation import lift_further_terms
from semstat.interop.formats.ddi.codebook_files import files_of, lift_file, lift_records, records_iri
from semstat.interop.formats.ddi.codebook_inferred import infer_cascade
from semstat.interop.formats.ddi.codebook_kept import kept_element
from semstat.interop.formats.ddi.codebook_references import judge_references
from semstat.interop.formats.ddi.codebook_remarks import lift_notes
from semstat.interop.formats.ddi.codebook_source import Codebook, local
from semstat.interop.formats.ddi.codebook_statistics import lift_statistics
from semstat.interop.formats.ddi.codebook_study import lift_documents, lift_study
from semstat.interop.formats.ddi.codebook_variables import lift_group, lift_variable, lift_variable_links
from semstat.interop.formats.ddi.lifecycle_concluded import follow_rules
from semstat.interop.safety import read_xml
from semstat.ontology.ddi_iri import document_iri
from semstat.ontology.terms import SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic
from semstat.validators.rules import finding

__all__ = ["read_codebook"]


@collector_paused()
def read_codebook(data: bytes, *, origin: str) -> Document:
    """Read one document of DDI Codebook; bad data never raises.

    What is read: studies, files with records and layouts, variables with labels, values, figures, questions, derivations and
    groups, in all languages. What is not interpreted is kept as it stands (``ss:unreadContent``) and named.

    Findings:
        Those of :func:`semstat.interop.safety.read_xml`, ``IO114`` (content kept without being interpreted), and those of
        :func:`semstat.interop.formats.ddi.codebook_references.judge_references`.

    Source:
        DDI Codebook 1.2.2, 2.5 and 2.6.

    Example:
        >>> read_codebook(b"<codeBook>", origin="study.xml").diagnostics[0].rule
        'IO101'
    """
    tree = read_xml(data, origin=origin)
    if isinstance(tree, Diagnostic):
        return Document(Graph(), {}, (tree,), origin, "ddi-codebook")
    elements: dict[str, etree._Element] = {}
    for element in tree.root.iter("*"):
        identifier = (element.get("ID") or "").strip()
        if identifier:
            elements.setdefault(identifier, element)
    book = Codebook(tree, document_iri(data), origin, elements)
    book.add(book.base, SSD.identifierAgency, (tree.root.get("codeBookAgency") or "").strip())
    _lift(book)
    for triple in follow_rules(book.graph):
        book.add(*triple)
    found, outcomes = judge_references(book)
    whole = tuple(_uninterpreted(book, book.tree.root))
    kept = (*_kept(book, whole), *keep_attributes(book, whole))
    ordered = sorted((*found, *kept), key=lambda item: (item.location.line or 0, item.rule == "IO114"))
    looked = CheckOutcome("IO114", None, CheckStatus.CHECKED, origin, len(tree.lines), len(kept), "reader")
    return Document(book.graph, book.positions, tuple(ordered), origin, "ddi-codebook", (looked, *outcomes))


def _lift(book: Codebook) -> None:
    named: dict[str, list[etree._Element]] = {}
    for element in book.tree.root.iter("*"):
        named.setdefault(local(element), []).append(element)
    top = {name: [item for item in named.get(name, []) if _is_top(item)] for name in ("fileDscr", "var", "varGrp")}
    studies = [lift_study(book, item, number) for number, item in enumerate(named.get("stdyDscr", []), 1)]
    lift_documents(book, named.get("docDscr", []), studies)
    files = top["fileDscr"]
    for number, item in enumerate(files, 1):
        lift_file(book, item, number, studies)
    for number, item in enumerate(top["var"], 1):
        lift_variable(book, item, number)
    members: dict[etree._Element, list[etree._Element]] = {item: [] for item in files}
    for item in top["var"]:
        owners = files_of(book, item, files)
        for file in owners:
            members[file].append(item)
            book.add(book.names[file], SSI.hasInstanceVariable, book.names[item])
        lift_variable_links(book, item)
        lift_statistics(book, item, [book.names[file] for file in owners])
    records = {(item.get("ID") or ""): records_iri(book, item) for item in files}
    for item in files:
        lift_records(book, item, members[item], records)
    infer_cascade(book, top["var"])
    for number, item in enumerate(top["varGrp"], 1):
        lift_group(book, item, number)
    lift_further_terms(book, named.get("concept", []))
    lift_notes(book, named.get("notes", []))


def _is_top(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and local(parent) in {"codeBook", "dataDscr"}


def _kept(book: Codebook, whole: tuple[etree._Element, ...]) -> Iterator[Diagnostic]:
    """Keep what was not interpreted beside what it belongs to, and yield one finding for each kind of element."""
    texts: dict[URIRef, list[str]] = {}
    first: dict[str, tuple[etree._Element, int]] = {}
    for element in whole:
        around = next((item for item in element.iterancestors() if item in book.names), book.tree.root)
        owner = book.names.get(around, book.base)
        texts.setdefault(owner, []).append(kept_element(element, around))
        before = first.get(local(element), (element, 0))
        first[local(element)] = (before[0], before[1] + 1)
    for owner, parts in texts.items():
        book.add(owner, SS.unreadContent, Literal("\n".join(parts)))
    for name, (element, number) in first.items():
        times = "once" if number == 1 else f"{number} times"
        said = f"the element `{name}` is kept as it stands, and not interpreted ({times})"
        yield finding("IO114", said, book.place(element), value=name)


def _uninterpreted(book: Codebook, element: etree._Element) -> Iterator[etree._Element]:
    """Yield the outermost elements that nothing was read of: themselves they were not read, nor anything within them."""
    for child in element.iterchildren("*"):
        if child in book.read or child in book.names or any(item in book.read for item in child.iterdescendants("*")):
            yield from _uninterpreted(book, child)
        elif len(child) or (child.text or "").strip() or child.attrib:
            yield child
