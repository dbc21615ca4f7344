"""From the hub graph to a document of DDI-Lifecycle 3.3: a ``FragmentInstance`` with one fragment for each thing on its own.

Source:
    DDI-Lifecycle 3.3, XML Schema, ``FragmentInstance``; Technical Guide, *Fragment instance*.
"""

from collections.abc import Mapping
from itertools import chain

from lxml import etree
from rdflib import Graph, URIRef
from rdflib.term import Node

from semstat.interop.collector import collector_paused
from semstat.interop.formats.ddi.ledger import Ledger
from semstat.interop.formats.ddi.lifecycle_concluded import follow_files, follow_rules
from semstat.interop.formats.ddi.lifecycle_demanded import DEMANDED, saying
from semstat.interop.formats.ddi.lifecycle_elements_write import NAMESPACES, arrange, put, tag_of, walked
from semstat.interop.formats.ddi.lifecycle_lower_kept import KEPT
from semstat.interop.formats.ddi.lifecycle_lower_levels import part_levels
from semstat.interop.formats.ddi.lifecycle_lower_names import element_of, name_in
from semstat.interop.formats.ddi.lifecycle_lower_references import pointing_of
from semstat.interop.formats.ddi.lifecycle_lower_thing import Writer
from semstat.interop.formats.ddi.lifecycle_shaped import shaped
from semstat.interop.formats.ddi.lists_from_sdmx import with_lists_of_sdmx
from semstat.ontology.ddi_iri import parse_ddi_urn
from semstat.ontology.ddi_models import lifecycle_model
from semstat.ontology.indexed import indexed
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
    ledger = shaped(with_lists_of_sdmx(Ledger(indexed(graph), positions)), agency=agency)
    writer = Writer(ledger, pointing_of(ledger.graph))
    root = etree.Element(tag_of("ddi:FragmentInstance"), nsmap={"ddi": NAMESPACES["ddi"], **NAMESPACES})
    for iri in _roots(ledger):
        name = element_of(ledger, iri)
        if iri not in writer.done and name is not None:
            writer.write(iri, name, put(root, "ddi:Fragment"))
    _demanded(root)
    part_levels(root, ledger)
    _values(root, ledger)
    arrange(root, KEPT)
    _first(root)
    if (None, SS.unreadContent, None) in ledger.graph:  # what was kept has declarations of its own
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
    for name, parts in DEMANDED.items():
        says = [tag_of(one) for one in saying(parts)]
        for item in root.iter(tag_of(name)):
            if all(item.find(one) is None for one in says):
                words = _owner(item)
                for path, text in parts.items():
                    put(walked(item, path.split("/")[:-1]), path.rpartition("/")[2], text.format(**words))


def _values(root: etree._Element, ledger: Ledger) -> None:
    """Give codes without a value an empty one, which the schema demands."""
    count = 0
    for item in root.iter(tag_of("l:Code")):
        if item.find(tag_of("r:Value")) is None and item.find(tag_of("r:CategoryReference")) is not None:
            put(item, "r:Value", "")
            count += 1
    if count:
        ledger.lose("IO212", "codes have no value, which the target demands", None, count=count)


def _owner(item: etree._Element) -> dict[str, str]:
    """Return the name, and the element, of the nearest thing around that has an identity."""
    named = (
        one for one in item.iterancestors() if any(one.find(tag_of(name)) is not None for name in ("r:ID", "r:URN"))
    )
    owner = next(named, item)
    urn = parse_ddi_urn(owner.findtext(tag_of("r:URN"), ""))
    made = {} if urn is None else {"agency": urn.agency, "id": urn.id, "version": urn.version}
    words = {
        part.lower(): owner.findtext(tag_of(f"r:{part}"), made.get(part.lower(), ""))
        for part in ("Agency", "ID", "Version")
    }
    return {**words, "kind": etree.QName(owner).localname}


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
    follows: dict[tuple[URIRef, URIRef], set[Node]] = {}
    for item, term, value in chain(follow_files(ledger.graph), follow_rules(ledger.graph)):
        follows.setdefault((item, term), set()).add(value)
    ledger.taken.update(said for said, values in follows.items() if values.issuperset(ledger.graph.objects(*said)))
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
