"""Names of DDI-Lifecycle for things that have none: those of DDI Codebook, which are identified within one document only."""

import re
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import unquote

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from semstat.interop.formats.ddi.ledger import Ledger, natural
from semstat.ontology.ddi_iri import DdiName, ddi_name_of, iri_to_ddi_urn, parse_ddi_urn
from semstat.ontology.indexed import IndexedGraph
from semstat.ontology.terms import DCTERMS, RDF, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD
from semstat.validators.diagnostics import Location

__all__ = ["NOBODY", "agency_of", "renamed", "unnamed"]

NOBODY = "int.example"
"""The agency of names where no other is known."""
_IDENTIFIED: tuple[URIRef, ...] = (
    SSD.StudyUnit,
    SSD.DataFile,
    SSI.LogicalRecord,
    SSI.RecordRelationship,
    SSD.PhysicalRecord,
    SSI.InstanceVariable,
    SSI.RepresentedVariable,
    SSI.ConceptualVariable,
    SSI.Concept,
    SSI.Universe,
    SSD.VariableGroup,
    SSI.CodeList,
    SSI.CodeItem,
    SSI.Category,
    SSD.QuestionItem,
    SSD.InterviewerInstruction,
    SSI.Rule,
    SSD.CollectionEvent,
    SSI.SentinelValueDomain,
)
"""What DDI-Lifecycle identifies."""
_OTHER = re.compile(r"[^A-Za-z0-9*@$_-]")
_DIGITS = 8
_WORD = re.compile(r"[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*", re.ASCII)
_REGISTERED = re.compile(r"[A-Za-z]{2,}(\.[A-Za-z0-9-]{1,63})+", re.ASCII)


def unnamed(graph: Graph) -> list[URIRef]:
    """Return the things that DDI-Lifecycle identifies and that have no DDI URN as their name, sorted."""
    found = {item for cls in _IDENTIFIED for item in graph.subjects(RDF.type, cls) if isinstance(item, URIRef)}
    return sorted(item for item in found if iri_to_ddi_urn(str(item).partition("#")[0]) is None)


def agency_of(graph: Graph) -> str | None:
    """Return the agency that a graph names as its own, ``None`` where it names none.

    That is the agency of most DDI URNs in it; else what the codebook as a whole says of its agency, or what the identifier
    of the study does, if that is such a name as the DDI Alliance registers: with a full stop in it.
    """
    stated = (parse_ddi_urn(str(urn)) for urn in graph.objects(None, SS.urn))
    counts = Counter(name.agency for name in stated if name is not None and name.agency != NOBODY)
    if counts:
        return min(counts, key=lambda one: (-counts[one], one))
    said = sorted((str(one), str(value)) for one, value in graph.subject_objects(SSD.identifierAgency))
    fine = [value for one, value in said if _REGISTERED.fullmatch(value) or (_WORD.fullmatch(value) and "#" not in one)]
    return fine[0] if fine else None


def renamed(ledger: Ledger, things: list[URIRef], agency: str | None = None) -> tuple[Graph, dict[URIRef, Location]]:
    """Return the graph, and where its things stood, with a name for each of some things: its URN, else one that is made up.

    A name is made of the document's digest and of what the document calls the thing: the same document gives the same names.
    They are of ``agency``, by default of the one that the graph names.

    Findings:
        ``DDI081``, once, with the number of names that were made up.
    """
    taken: set[DdiName] = set()
    names: dict[URIRef, URIRef] = {}
    own = agency or agency_of(ledger.graph)
    made = 0
    for item in sorted(things, key=lambda iri: natural(str(iri))):
        stated = next(iter(ledger.graph.objects(item, SS.urn)), None)
        name = parse_ddi_urn(str(stated)) if stated is not None else None
        if name is None or name in taken:
            made += 1
            name = _made(item, own or NOBODY, taken)
        taken.add(name)
        names[item] = name.iri
    if made:
        message = f"names of the agency `{own or NOBODY}` are made up for what has none of its own"
        message += "" if own else "; the source names no agency"
        first = min(things, key=lambda iri: (iri not in ledger.positions, ledger.place(iri)))
        ledger.lose("DDI081", message, first, value=own or NOBODY, count=made)
    graph = IndexedGraph()
    cache: dict[Node, Node] = {}
    for subject, predicate, value in ledger.graph:
        graph.add((_new(subject, names, cache), predicate, _new(value, names, cache)))
    for iri in (*names.values(), *_called_otherwise(graph)):
        _identify(graph, iri)
    positions = {URIRef(str(_new(iri, names, cache))): place for iri, place in ledger.positions.items()}
    return graph, positions


def _called_otherwise(graph: Graph) -> list[URIRef]:
    """Return what a DDI URN names and a codebook calls otherwise, which DDI-Lifecycle would take for a contradiction."""
    named = ((iri, ddi_name_of(str(iri)), str(said)) for iri, said in graph.subject_objects(SS.identifier))
    return sorted(
        {iri for iri, name, said in named if isinstance(iri, URIRef) and name is not None and name.id != said}
    )


def _identify(graph: Graph, iri: URIRef) -> None:
    """State the parts of the name that a thing has."""
    name = parse_ddi_urn(iri_to_ddi_urn(str(iri)) or "")
    if name is None:
        return
    if (iri, RDF.type, SSD.StudyUnit) in graph:  # what a study is called by others is no name of DDI-Lifecycle
        for stated in list(graph.objects(iri, SS.identifier)):
            graph.add((iri, DCTERMS.identifier, stated))
    for term, value in ((SS.urn, name.urn), (SS.identifier, name.id), (SS.version, name.version)):
        graph.set((iri, term, Literal(value)))


def _made(item: URIRef, agency: str, taken: set[DdiName]) -> DdiName:
    document, _, fragment = str(item).partition("#")
    digest = document.rpartition("/")[2]
    words = _OTHER.sub("_", unquote(fragment)) or "document"
    head = (
        digest[:_DIGITS] if re.fullmatch(r"[0-9a-f]{24}", digest) else sha256(document.encode()).hexdigest()[:_DIGITS]
    )
    name, number = DdiName(agency, f"{words}-{head}", "1"), 1
    while name in taken:
        number += 1
        name = DdiName(agency, f"{words}-{head}-{number}", "1")
    return name


def _new(node: Node, names: Mapping[URIRef, URIRef], cache: dict[Node, Node]) -> Node:
    """Return the new name of a thing, or of a part of one: the part of the thing with the longest name that begins its own."""
    if not isinstance(node, URIRef) or node in names:
        return names.get(node, node) if isinstance(node, URIRef) else node
    if node not in cache:
        cache[node] = _part(node, names)
    return cache[node]


def _part(node: URIRef, names: Mapping[URIRef, URIRef]) -> URIRef:
    document, _, fragment = str(node).partition("#")
    if not fragment:
        return node
    steps = fragment.split("-")
    for length in range(len(steps) - 1, 0, -1):
        owner = names.get(URIRef(f"{document}#{'-'.join(steps[:length])}"))
        if owner is not None:
            return URIRef(f"{owner}#{'-'.join(steps[length:])}")
    return node
