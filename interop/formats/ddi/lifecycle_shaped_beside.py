"""What a codebook says beside its study, as DDI-Lifecycle says it: archives, related works, statements on quality."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef

from semstat.interop.formats.ddi.ledger import Ledger, natural
from semstat.interop.formats.ddi.lifecycle_kinds_shared import ACCESS
from semstat.ontology.access import iris
from semstat.ontology.iri import part_of
from semstat.ontology.terms import DCTERMS, RDF, SKOS, SS
from semstat.ontology.terms_study import SSD

__all__ = ["is_cited", "said_beside", "shape_beside"]

_ACCESS = frozenset(term for rule in ACCESS.values() for term in rule.predicates)
_AVAILABLE = (SSD.accessPlace, SSD.availabilityStatus, SSD.completeness, SSD.fileQuantity)
"""What is said of the availability of data: in DDI-Lifecycle of an item that an archive keeps."""
_WORKS: Mapping[URIRef, str] = {
    SSD.relatedMaterial: "related material",
    SSD.relatedStudy: "related study",
    SSD.relatedPublication: "related publication",
    SSD.otherReference: "other reference",
}
"""By property the type of material that it is in DDI-Lifecycle, which has elements for none of them."""
_CITED = (SKOS.prefLabel, SSD.callNumber, SSD.itemUri, SSD.medium)
_ARCHIVE, _MATERIALS = Literal("a:Archive"), Literal("r:OtherMaterialScheme")


def is_cited(graph: Graph, item: URIRef) -> bool:
    """Return whether an archived item has a name, number or address of its own, and so is more than what its archive has at all."""
    return any((item, term, None) in graph for term in _CITED)


def said_beside(graph: Graph, study: URIRef, term: URIRef) -> Iterator[tuple[URIRef, URIRef]]:
    """Yield the things, with a property of each, that say of a study what a codebook says of it by a property: first itself."""
    yield study, term
    held = sorted(iris(graph, study, SSD.holds))
    archives = [item for item in held if (item, SSD.elementName, _ARCHIVE) in graph]
    yield from ((item, term) for item in archives)
    if term in _AVAILABLE:
        kept = (item for archive in archives for item in iris(graph, archive, SSD.holdings))
        yield from ((item, term) for item in sorted(kept) if not is_cited(graph, item))
    for scheme in (item for item in held if term in _WORKS and (item, SSD.elementName, _MATERIALS) in graph):
        works = (item for item in iris(graph, scheme, SSD.holds) if (item, SSD.kind, Literal(_WORKS[term])) in graph)
        yield from ((work, DCTERMS.description) for work in sorted(works, key=lambda one: natural(str(one))))
    for statement in sorted(iris(graph, study, SSD.qualityStatement)):
        if term == SSD.qualityStandard:
            yield from ((standard, SKOS.prefLabel) for standard in iris(graph, statement, SSD.holds))
        yield statement, term


@dataclass(frozen=True, slots=True)
class _Beside:
    """A study, and the graph in which things are made beside it."""

    graph: Graph
    study: URIRef

    def made(self, word: str, element: str, cls: URIRef, around: URIRef, link: URIRef = SSD.holds) -> URIRef:
        """Return a new thing, called after the study, to which a relation leads."""
        head, _, version = str(self.study).rpartition("/")
        iri = URIRef(f"{head}-{word}/{version}")
        self.graph.add((iri, RDF.type, cls))
        self.graph.add((iri, SSD.elementName, Literal(element)))
        self.graph.add((around, link, iri))
        return iri

    def moved(self, term: URIRef, to: URIRef, new: URIRef | None = None) -> None:
        """Let another thing say what the study does, in the words of a property of its own."""
        for value in list(self.graph.objects(self.study, term)):
            self.graph.remove((self.study, term, value))
            self.graph.add((to, new or term, value))


def shape_beside(ledger: Ledger, study: URIRef) -> None:
    """Give what a codebook says of a study, and DDI-Lifecycle of what stands in or beside one, to things of its own.

    Findings:
        ``DDI080``, for a number of files that is no number.

    Source:
        DDI-Lifecycle 3.3, ``a:Archive``, ``r:OtherMaterialScheme``, ``r:QualityStatement``.
    """
    beside = _Beside(ledger.graph, study)
    for value in sorted(ledger.graph.objects(study, SSD.fileQuantity), key=str):
        if not (str(value).isascii() and str(value).isdigit()):
            ledger.graph.remove((study, SSD.fileQuantity, value))
            said = f"the number of files `{value}` is no number, and not written"
            ledger.lose("DDI080", said, study, value="fileQuantity")
    _archive(beside)
    _works(beside)
    _quality(beside)


def _archive(beside: _Beside) -> None:
    """Let an archive say on what terms data are used, and what there is to use."""
    graph, study = beside.graph, beside.study
    stated = set(graph.predicates(study))
    if stated.isdisjoint({*_ACCESS, *_AVAILABLE, SSD.holdings}):
        return
    archive = beside.made("archive", "a:Archive", SS.MaintainableArtefact, study)
    for term in sorted(_ACCESS):
        beside.moved(term, archive)
    beside.moved(SSD.holdings, archive)
    if not stated.isdisjoint(_AVAILABLE):
        item = part_of(archive, "item")
        graph.add((item, RDF.type, SSD.ArchivedItem))
        graph.add((archive, SSD.holdings, item))
        for term in _AVAILABLE:
            beside.moved(term, item)


def _works(beside: _Beside) -> None:
    """Make related works the materials of a scheme that the study holds."""
    graph, study = beside.graph, beside.study
    said = [(kind, text) for term, kind in _WORKS.items() for text in sorted(graph.objects(study, term), key=str)]
    if not said:
        return
    scheme = beside.made("materials", str(_MATERIALS), SS.ItemScheme, study)
    for place, (kind, text) in enumerate(said, 1):
        work = beside.made(f"material-{place}", "r:OtherMaterial", SS.IdentifiableArtefact, scheme)
        graph.add((work, SS.position, Literal(place)))
        graph.add((work, SSD.kind, Literal(kind)))
        graph.add((work, DCTERMS.description, text))
    for term in _WORKS:
        graph.remove((study, term, None))


def _quality(beside: _Beside) -> None:
    """Make what is said of quality two statements: one by a standard, and one by none."""
    study, stated = beside.study, set(beside.graph.predicates(beside.study))
    standard = {SSD.qualityStandard, SSD.complianceDescription}
    for word, terms in (("quality-1", standard), ("quality-2", {SSD.otherQualityStatement})):
        if stated.isdisjoint(terms):
            continue
        kind = SS.IdentifiableArtefact
        statement = beside.made(word, "r:QualityStatement", kind, study, SSD.qualityStatement)
        if SSD.qualityStandard in stated & terms:
            held = beside.made("standard", "r:QualityStandard", kind, statement)
            beside.moved(SSD.qualityStandard, held, SKOS.prefLabel)
        for term in sorted(terms):
            beside.moved(term, statement)
