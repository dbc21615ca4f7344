"""Codelists and concept schemes of SDMX in the shape of DDI-Lifecycle: code lists, categories and concepts."""

import re

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from semstat.interop.formats.ddi.ledger import Ledger
from semstat.ontology.access import iris, text
from semstat.ontology.ddi_iri import DdiName
from semstat.ontology.indexed import IndexedGraph
from semstat.ontology.iri import name_of
from semstat.ontology.terms import DCTERMS, RDF, SDMX, SKOS, SS, SST
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["with_lists_of_sdmx"]

_OTHER = re.compile(r"[^A-Za-z0-9*@$_-]")


def with_lists_of_sdmx(ledger: Ledger) -> Ledger:
    """Return the ledger of a graph in which codelists and concept schemes of SDMX are those of DDI-Lifecycle too.

    The agency stays; identifiers are those of SDMX, a code's that of its list and its own; a version without a plain number
    loses what follows it. A graph without such lists is returned as it is.

    Findings:
        ``DDI080`` for other artefacts of SDMX, by their kind.
    """
    source = ledger.graph
    schemes = [*iris(source, None, RDF.type, SST.Codelist), *iris(source, None, RDF.type, SST.ConceptScheme)]
    if not schemes:
        return ledger
    graph = IndexedGraph()
    for triple in source:
        if not str(triple[0]).startswith(SDMX):
            graph.add(triple)
    for scheme in schemes:
        if (scheme, RDF.type, SST.Codelist) in source:
            _codelist(ledger, scheme, graph)
        else:
            _concepts(ledger, scheme, graph)
    for subject in sorted({item for item in source.subjects(SS.maintainer, None) if isinstance(item, URIRef)}):
        if subject not in schemes:
            ledger.lose("DDI080", f"the artefact `{text(source, subject, SS.urn)}` is not written", subject)
    return Ledger(graph, ledger.positions, losses=ledger.losses)


def _name(iri: URIRef, more: str = "") -> DdiName | None:
    name = name_of(iri)
    if name is None:
        return None
    version = re.match(r"\d+(\.\d+)*", name.version or "1")
    words = "-".join(part for part in (name.id, name.item, more) if part)
    return DdiName(name.agency.replace("_", "-"), _OTHER.sub("_", words), version[0] if version else "1")


def _add(graph: Graph, name: DdiName, cls: URIRef, ledger: Ledger, source: URIRef | None, element: str = "") -> URIRef:
    statements: list[tuple[URIRef, Node]] = [
        (RDF.type, cls),
        (SS.urn, Literal(name.urn)),
        (SS.identifier, Literal(name.id)),
        (SS.version, Literal(name.version)),
    ]
    if element:
        statements.append((SSD.elementName, Literal(element)))
    for term in (SKOS.prefLabel, DCTERMS.description) if source is not None else ():
        statements += [(term, item) for item in ledger.literals(source or name.iri, term)]
    for predicate, value in statements:
        graph.add((name.iri, predicate, value))
    return name.iri


def _members(ledger: Ledger, scheme: URIRef) -> list[URIRef]:
    found = iris(ledger.graph, None, SKOS.inScheme, scheme)
    return sorted(found, key=lambda item: (int(text(ledger.graph, item, SS.position, "0")), item))


def _codelist(ledger: Ledger, scheme: URIRef, graph: Graph) -> None:
    name, holder = _name(scheme), _name(scheme, "categories")
    if name is None or holder is None:
        return
    codelist = _add(graph, name, SSI.CodeList, ledger, scheme)
    categories = _add(graph, holder, SSI.CategorySet, ledger, scheme)
    graph.add((codelist, SSD.usesCategories, categories))
    members = _members(ledger, scheme)
    for place, member in enumerate(members, 1):
        own, meant = _name(member), _name(member, "category")
        if own is None or meant is None:
            continue
        code = _add(graph, own, SSI.CodeItem, ledger, None)
        category = _add(graph, meant, SSI.Category, ledger, member)
        graph.add((code, SKOS.notation, Literal(text(ledger.graph, member, SKOS.notation))))
        graph.add((code, SSI.takesMeaningFromCategory, category))
        graph.add((codelist, SSI.containsNode, code))
        graph.add((categories, SSD.holds, category))
        for thing in (code, category):
            graph.add((thing, SS.position, Literal(place)))
        for above in iris(ledger.graph, member, SKOS.broader):
            parent = _name(above)
            if above in members and parent is not None:
                graph.add((parent.iri, SSI.hasChildNode, code))


def _concepts(ledger: Ledger, scheme: URIRef, graph: Graph) -> None:
    name = _name(scheme)
    if name is None:
        return
    holder = _add(graph, name, SS.ItemScheme, ledger, scheme, "c:ConceptScheme")
    for place, member in enumerate(_members(ledger, scheme), 1):
        own = _name(member)
        if own is None:
            continue
        concept = _add(graph, own, SSI.Concept, ledger, member)
        graph.add((holder, SSD.holds, concept))
        graph.add((concept, SS.position, Literal(place)))
        for above in iris(ledger.graph, member, SKOS.broader):
            parent = _name(above)
            if parent is not None:
                graph.add((concept, SKOS.broader, parent.iri))
