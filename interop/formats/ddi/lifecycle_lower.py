"""From the hub graph to a document of DDI-Lifecycle 3.3: a ``FragmentInstance`` with one fragment for each thing on its own.

Source:
    DDI-Lifecycle 3.3, XML Schema, ``FragmentInstance``; Technical Guide, *Fragment instance*.
"""

from collections.abc import Mapping

from lxml import etree
from rdflib import Graph, URIRef

from semstat.interop.collector import collector_paused
from semstat.interop.formats.ddi.ledger import Ledger
from semstat.interop.formats.ddi.lifecycle_elements_write import NAMESPACES, arrange, put, tag_of
from semstat.interop.formats.ddi.lifecycle_lower_kept import KEPT
from semstat.interop.formats.ddi.lifecycle_lower_levels import part_levels
from semstat.interop.formats.ddi.lifecycle_lower_names import element_of, name_in
from semstat.interop.formats.ddi.lifecycle_lower_references import pointing_of
from semstat.interop.formats.ddi.lifecycle_lower_thing import Writer
from semstat.interop.formats.ddi.lifecycle_shaped import shaped
from semstat.interop.formats.ddi.lists_from_sdmx import with_lists_of_sdmx
from semstat.ontology.ddi_models import lifecycle_model
from semstat.ontology.indexed import IndexedGraph
from semstat.ontology.terms import RDF, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_study import SSD
from semstat.validators.diagnostics import Diagnostic, Location

__all__ = ["lower_lifecycle"]

_SILENT = (
    SS.position,
    SS.unreadContent,
    SSD.elementName,
    SSD.inStudy,
    SSL.derivedFrom,
    SSL.dependsOn,
    SSL.representedVariable,
    SSL.usesConcept,
)
"""What says again what is written; kept content has an account of its own."""
_NAMED_AFTER: Mapping[str, str] = {
    "pi:GrossFileStructure": "-gross",
    "a:DefaultAccess": "-access",
    "r:TopicalCoverage": "-topics",
    "r:SpatialCoverage": "-places",
}
"""What must have an identity in the schema, and has none of its own in the hub graph."""


@collector_paused()
def lower_lifecycle(
    graph: Graph, positions: Mapping[URIRef, Location], *, agency: str | None = None
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return a document of DDI-Lifecycle 3.3 that says what a hub graph says, and what it could not say.

    Each thing that stands on its own has a fragment; what stands in another in the source stands in it again. The same graph
    gives the same bytes.

    Args:
        graph: What a reader has made of metadata.
        positions: Where things stood in the source, which tells their order.
        agency: The agency of what has no name of its own; by default that of the source.

    Findings:
        ``DDI080`` for each kind of statement that is not written, ``IO202`` for kept content without a place.
    """
    ledger = shaped(with_lists_of_sdmx(Ledger(IndexedGraph(graph), positions)), agency=agency)
    writer = Writer(ledger, pointing_of(ledger.graph))
    root = etree.Element(tag_of("ddi:FragmentInstance"), nsmap={"ddi": NAMESPACES["ddi"], **NAMESPACES})
    for iri in _roots(ledger):
        name = element_of(ledger, iri)
        if iri not in writer.done and name is not None:
            writer.write(iri, name, put(root, "ddi:Fragment"))
    _demanded(root)
    _notes(root)
    part_levels(root, ledger)
    _values(root, ledger)
    arrange(root, KEPT)
    _first(root)
    if (
        next(ledger.graph.subjects(SS.unreadContent, None), None) is not None
    ):  # what was kept has declarations of its own
        etree.cleanup_namespaces(root, top_nsmap=dict(NAMESPACES))
    _followed(ledger)
    _account(ledger)
    _indent(root)
    text = _declaring(etree.tostring(root, encoding="unicode"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode(), ledger.told()


def _roots(ledger: Ledger) -> list[URIRef]:
    """Return what may stand in a fragment of its own: first what nothing else holds, then the rest."""
    may = lifecycle_model()["ddi:Fragment"].children
    things = [
        item
        for item in set(ledger.graph.subjects(RDF.type, None))
        if isinstance(item, URIRef) and name_in(ledger, item) is not None and element_of(ledger, item) in may
    ]
    holding = (SSD.holds, SSD.dataFile, SSD.study, SSI.groupsClassificationSeries)
    held = {item for term in holding for item in ledger.graph.objects(None, term)}
    ordered = sorted(things, key=lambda item: ((item, RDF.type, SSD.StudyUnit) not in ledger.graph, ledger.place(item)))
    return [*(item for item in ordered if item not in held), *(item for item in ordered if item in held)]


def _demanded(root: etree._Element) -> None:
    """Add what the schema demands and no statement stands for: what a fingerprint is of, the name of a file's structure."""
    for item in root.iter(tag_of("pi:DataFingerprint")):
        item.attrib.update({} if "type" in item.attrib else {"type": "dataFile"})
    for item in root.iter(tag_of("p:RecordLayout")):
        if item.find(tag_of("r:ArrayBase")) is None:  # positions of the hub graph count from 1
            put(item, "r:ArrayBase", "1")
    for name, suffix in _NAMED_AFTER.items():
        for item in root.iter(tag_of(name)):
            _named_after(item, suffix)
    for item in root.iter(tag_of("r:InternationalIdentifier")):
        if item.find(tag_of("r:ManagingAgency")) is None:
            put(item, "r:ManagingAgency", _owner(item).findtext(tag_of("r:Agency"), ""))


def _notes(root: etree._Element) -> None:
    """Let remarks that do not say what they are on be on what they stand in."""
    for item in root.iter(tag_of("r:Note")):
        if item.find(tag_of("r:Relationship")) is None:
            _pointed(put(put(item, "r:Relationship"), "r:RelatedToReference"), _owner(item))


def _pointed(reference: etree._Element, element: etree._Element) -> None:
    """Let a reference lead to an element that has an identity."""
    for part in ("Agency", "ID", "Version"):
        put(reference, f"r:{part}", element.findtext(tag_of(f"r:{part}"), ""))
    put(reference, "r:TypeOfObject", etree.QName(element).localname)


def _values(root: etree._Element, ledger: Ledger) -> None:
    """Give codes without a value an empty one, which the schema demands."""
    count = 0
    for item in root.iter(tag_of("l:Code")):
        if item.find(tag_of("r:Value")) is None and item.find(tag_of("r:CategoryReference")) is not None:
            put(item, "r:Value", "")
            count += 1
    if count:
        ledger.lose("IO212", "codes have no value, which the target demands", None, count=count)


def _owner(item: etree._Element) -> etree._Element:
    """Return the nearest element around that has an identity."""
    return next((one for one in item.iterancestors() if one.find(tag_of("r:ID")) is not None), item)


def _named_after(item: etree._Element, suffix: str) -> None:
    """Give what must have an identity one after that of what it is in."""
    if any(item.find(tag_of(f"r:{part}")) is not None for part in ("URN", "ID")):
        return
    owner = _owner(item)
    for part, more in (("Agency", ""), ("ID", suffix), ("Version", "")):
        put(item, f"r:{part}", f"{owner.findtext(tag_of(f'r:{part}'), '')}{more}")


def _first(root: etree._Element) -> None:
    """Name the study or the first thing as what the document is about."""
    fragments = [fragment for fragment in root if len(fragment)]
    studies = [item for item in fragments if etree.QName(item[0]).localname == "StudyUnit"]
    for fragment in (studies or fragments)[:1]:
        top = etree.Element(tag_of("ddi:TopLevelReference"))
        for part in ("Agency", "ID", "Version"):
            found = fragment[0].find(tag_of(f"r:{part}"))
            if found is not None:
                put(top, f"r:{part}", found.text)
        put(top, "r:TypeOfObject", etree.QName(fragment[0]).localname)
        root.insert(0, top)


def _followed(ledger: Ledger) -> None:
    """Note what readers conclude again from what is written: labels of codes, records and variables of files, and so on."""
    concluded = (
        (SSI.CodeItem, (SKOS.prefLabel, SKOS.altLabel, SSD.isMissing)),
        (SSD.DataFile, (SSD.logicalRecord, SSI.hasInstanceVariable, SSD.statistic, SSD.fileFormat)),
        (SSD.SummaryStatistic, (SSD.statisticOf, SSD.weightVariable)),
        (SSD.CategoryStatistic, (SSD.statisticOf, SSD.weightVariable, SSD.statisticCategory)),
        (SSD.PhysicalRecord, (SSD.laysOut,)),
        (SSI.CodeList, (SSI.containsNode,)),
        (SSD.StudyUnit, (SSD.dataFile, SSD.collectionEvent, SSD.processingEvent)),
    )
    for cls, terms in concluded:
        for item in ledger.graph.subjects(RDF.type, cls):
            ledger.taken.update((item, term) for term in terms)
    for item, other in ledger.graph.subject_objects(SKOS.exactMatch):
        name = name_in(ledger, item) if isinstance(item, URIRef) else None
        if name is not None and name.iri == other:  # what it is called in DDI Lifecycle, which it now is
            ledger.taken.add((item, SKOS.exactMatch))


def _account(ledger: Ledger) -> None:
    for cls, predicate, count, first in ledger.left(_SILENT):
        name = cls if predicate is None else str(predicate).rpartition("#")[2].rpartition("/")[2]
        whole = f"a thing of the kind `{name}`" if predicate is None else f"`{name}` of a {cls}"
        ledger.lose("DDI080", f"{whole} has no place in DDI-Lifecycle 3.3", first, value=name, count=count)


def _declaring(text: str) -> str:
    """Return a document without the declarations of prefixes that it does not use."""
    end = text.index(">")
    head = text[:end]
    for prefix, namespace in NAMESPACES.items():
        if f"<{prefix}:" not in text:
            head = head.replace(f' xmlns:{prefix}="{namespace}"', "")
    return head + text[end:]


def _indent(root: etree._Element) -> None:
    for fragment in root:
        fragment.tail = "\n"
    root.text = "\n"
