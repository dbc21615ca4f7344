"""From the hub graph to a document of DDI Codebook 2.6.

Source:
    DDI Codebook 2.6; the elements stand in the order of its schema.
"""

from collections.abc import Mapping

from lxml import etree
from rdflib import Graph, URIRef

from semstat.interop.collector import collector_paused
from semstat.interop.formats.ddi.codebook_book import Book, new_book
from semstat.interop.formats.ddi.codebook_elements import add, arranged, legal, tag
from semstat.interop.formats.ddi.codebook_lower_files import Spot, lower_file, spots_of
from semstat.interop.formats.ddi.codebook_lower_kept import lower_notes, restore
from semstat.interop.formats.ddi.codebook_lower_study import lower_document, lower_study
from semstat.interop.formats.ddi.codebook_lower_terms import lower_terms
from semstat.interop.formats.ddi.codebook_lower_variables import lower_group, lower_variable
from semstat.interop.formats.ddi.ledger import Ledger
from semstat.interop.formats.ddi.lifecycle_concluded import follow_rules
from semstat.ontology.access import number
from semstat.ontology.ddi_models import codebook_model
from semstat.ontology.indexed import indexed
from semstat.ontology.terms import SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_study import SSD
from semstat.validators.diagnostics import Diagnostic, Location

__all__ = ["lower_codebook"]

_SILENT = (
    SS.position,
    SSD.elementName,
    SSD.inStudy,
    SSD.dataFile,
    SSD.statistic,
    SSD.asksAbout,
    SSD.isInferred,
    SS.unreadContent,
    SSL.derivedFrom,
    SSL.dependsOn,
    SSL.representedVariable,
    SSL.usesConcept,
)
"""What says again, in the other direction or in short, what is written; kept content has an account of its own."""


@collector_paused()
def lower_codebook(graph: Graph, positions: Mapping[URIRef, Location]) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return a document of DDI Codebook 2.6 that says what a hub graph says, and what it could not say.

    Studies, files with their records, variables with labels, questions, values, figures, derivations and groups are written,
    and what was kept of a codebook goes back to its place. The same graph gives the same bytes.

    Args:
        graph: What a reader has made of metadata.
        positions: Where things stood in the source, which tells their order.

    Findings:
        ``DDI080`` for each kind of statement that is not written, ``IO202`` for kept content without a place, ``IO212`` for
        what the schema demands and nobody says.
    """
    book = new_book(Ledger(indexed(graph), positions))
    ledger = book.ledger
    for variable in ledger.typed(SSI.InstanceVariable):
        book.named(variable, "variable-")
    _studies(book)
    files = sorted(
        ledger.typed(SSD.DataFile), key=lambda item: (number(graph, item, SS.position) or 0, ledger.place(item))
    )
    for file in files:
        book.named(file, "file-")
    for file in files:
        ledger.values(file, SS.position)
        lower_file(book, file)
    _data(book, files)
    lower_terms(book)
    _document(book)
    lower_notes(book)
    whole = restore(book)
    for iri, identifier in book.ids.items():
        if iri in book.elements:
            book.elements[iri].set("ID", identifier)
    arranged(book.root)
    _indent(book.root, whole)
    _account(ledger)
    etree.cleanup_namespaces(book.root)
    text = etree.tostring(book.root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode(), ledger.told()


def _studies(book: Book) -> None:
    for study in book.ledger.typed(SSD.StudyUnit):
        lower_study(book, study)
    if book.root.find(tag("stdyDscr")) is None:
        citation = add(add(book.root, "stdyDscr"), "citation")
        add(add(citation, "titlStmt"), "titl", "")
        book.ledger.lose("IO212", "no study is described, which the target demands", None)
    for document in book.ledger.typed(SSD.MetadataDocument):
        lower_document(book, document)


def _data(book: Book, files: list[URIRef]) -> None:
    ledger = book.ledger
    spots = spots_of(book, files)
    last = (len(files), 0, 0)

    def place(item: URIRef) -> tuple[object, ...]:
        where = ledger.positions.get(item, Location())
        return (where.source or "", where.line or 0, spots.get(item, Spot()).order or last, *ledger.place(item))

    variables = sorted(ledger.typed(SSI.InstanceVariable), key=place)
    groups = ledger.typed(SSD.VariableGroup)
    if not variables and not groups:
        return
    data = add(book.root, "dataDscr")
    for group in groups:
        lower_group(book, group, data)
    for variable in variables:
        lower_variable(book, variable, data, spots.get(variable, Spot()), several=len(files) > 1)


def _document(book: Book) -> None:
    """Take what was kept of documents as a whole: what stood outside all that was read."""
    terms = (SS.unreadContent, SSD.note)
    owners = {item for term in terms for item in book.ledger.graph.subjects(term, None) if isinstance(item, URIRef)}
    for item in sorted(book.ledger.graph.subjects(SSD.identifierAgency, None), key=str):
        if isinstance(item, URIRef) and "#" not in item and "/ddi-document/" in item:
            book.root.set("codeBookAgency", legal(book.ledger.text(item, SSD.identifierAgency) or ""))
    for owner in sorted(owners - {*book.kept}):
        if "#" not in owner and "/ddi-document/" in owner:
            book.elements[owner] = book.root
            book.keep(owner)


def _account(ledger: Ledger) -> None:
    ledger.taken.update((rule, term) for rule, term, _ in follow_rules(ledger.graph))
    for cls, predicate, count, first in ledger.left(_SILENT):
        name = cls if predicate is None else str(predicate).rpartition("#")[2].rpartition("/")[2]
        whole = f"a thing of the kind `{name}`" if predicate is None else f"`{name}` of a {cls}"
        ledger.lose("DDI080", f"{whole} has no place in DDI Codebook 2.6", first, value=name, count=count)


def _indent(element: etree._Element, whole: set[etree._Element], depth: int = 0) -> None:
    """Put each element on a line of its own, but within texts and within what was put in whole."""
    model = codebook_model().get(etree.QName(element).localname)
    if not len(element) or element in whole or model is None or model.content != "children":
        return
    for child in element:
        _indent(child, whole, depth + 1)
        child.tail = "\n" + "  " * (depth + 1)
    element.text = "\n" + "  " * (depth + 1)
    element[-1].tail = "\n" + "  " * depth
