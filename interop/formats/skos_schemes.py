"""Reading concept schemes of SKOS as lists of SDMX: their concepts become codes, what stands above what, order, and texts."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import chain, count

from rdflib import BNode, Graph, Literal
from rdflib.term import Node

from semstat.interop.formats.cube_names import READ_TEXTS, SCHEMES, CubeNames
from semstat.interop.formats.sdmx.model import Item, ItemScheme, Maintainable
from semstat.ontology.identifiers import as_identifier, is_identifier
from semstat.ontology.iri import SdmxName, name_of
from semstat.ontology.terms import RDF, SKOS, SS
from semstat.ontology.turtle import PREFIXES

__all__ = ["Schemes", "listed", "named", "unread"]

_MEMBERS = (SKOS.inScheme, SKOS.topConceptOf)
_READ = frozenset({RDF.type, SKOS.notation, SKOS.broader, SKOS.narrower, SKOS.hasTopConcept, SKOS.member, SS.position,
                   *_MEMBERS, *READ_TEXTS})  # fmt: skip
Notes = Callable[[str, str, str], None]
"""Told what is not read as it is stated: a sentence, the value, and what it is about."""


@dataclass(frozen=True, slots=True)
class Schemes:
    """Reads the schemes of a graph.

    Args:
        graph: Where they are.
        names: What they and their members are called.
        note: Told what is not read as it is stated.
    """

    graph: Graph
    names: CubeNames
    note: Notes

    def read(self, node: Node, name: SdmxName, *, as_ids: bool = False) -> ItemScheme:
        """Return a scheme with its members, in the order that is stated, else that of their IRIs.

        Args:
            node: The scheme.
            name: What it is called.
            as_ids: Whether codes that SDMX would not take as identifiers are given ones that it takes, and said so.

        Source:
            SKOS Reference (W3C, 2009), 4 *Concept Schemes*, 8 *Semantic Relations*.
        """
        codes = {one: self.names.code(one) for one in sorted(self.members(node), key=self._rank)}
        if as_ids:
            codes = self._identified(codes, str(name.iri))
        items: dict[str, Item] = {}
        for one, code in codes.items():
            facts = self.names.facts(code, one)
            items.setdefault(code, Item(code, SCHEMES[name.cls], facts, self._wider(one, codes, name)))
        return ItemScheme(
            Maintainable(name.cls, name, self.names.facts(name.id, node)), SCHEMES[name.cls], tuple(items.values())
        )

    def members(self, node: Node) -> set[Node]:
        """Return what is in a scheme."""
        within = {one for term in _MEMBERS for one in self.graph.subjects(term, node)}
        return within | {one for term in (SKOS.hasTopConcept, SKOS.member) for one in self.graph.objects(node, term)}

    def _identified(self, codes: Mapping[Node, str], about: str) -> dict[Node, str]:
        """Return codes that SDMX takes as identifiers, each once."""
        fine = set(filter(is_identifier, codes.values()))
        given: set[str] = set()
        found: dict[Node, str] = {}
        for one, code in codes.items():
            stem = as_identifier(code) or "_"
            names = chain([stem], (f"{stem}_{number}" for number in count(2)))
            called = next(name for name in names if name not in given and (name == code or name not in fine))
            if called != code:
                why = "is there already" if code in given else "is no identifier in SDMX"
                self.note(f"`{code}` {why}; the code is called `{called}`", code, about)
            given.add(called)
            found[one] = called
        return found

    def _wider(self, one: Node, codes: Mapping[Node, str], scheme: SdmxName) -> str | None:
        """Return the code above another one, which a list in part may lack; of several the first."""
        wider = set()
        for two in {*self.graph.objects(one, SKOS.broader), *self.graph.subjects(SKOS.narrower, one)}:
            known = name_of(str(two))
            if two in codes:
                wider.add(codes[two])
            elif known is not None and known.item and scheme.of_item(known.cls, known.item) == known:
                wider.add(known.item)
        found = sorted(wider)
        for other in found[1:]:
            said = f"that `{other}` is above `{codes[one]}` too is not read, for a code of SDMX has one parent"
            self.note(said, other, str(scheme.iri))
        return found[0] if found else None

    def _rank(self, member: Node) -> tuple[int, str]:
        """Return the place among its like that semstat states for a code or concept, else what sorts it by its IRI or value."""
        stated = min(self.graph.objects(member, SS.position), key=str, default=None)
        named = self.names.code(member) if isinstance(member, BNode) else str(member)
        return int(stated) if isinstance(stated, Literal) and stated.isdigit() else 1 << 30, named


def listed(graph: Graph, names: CubeNames) -> dict[Node, SdmxName]:
    """Return the schemes of a graph with their names, those that SDMX does not name as code lists."""
    nodes = sorted(set(graph.subjects(RDF.type, SKOS.ConceptScheme)), key=str)
    return {node: named(node) or names.of(node, "codelist", "Codelist") for node in nodes}


def named(node: Node) -> SdmxName | None:
    """Return the name that the IRI of a scheme has in SDMX, ``None`` where it is none of a list or concept scheme."""
    known = name_of(str(node))
    return known if known is not None and known.item is None and known.cls in SCHEMES else None


def unread(graph: Graph, read: Set[Node]) -> Iterator[tuple[str, str, str]]:
    """Yield what is said of schemes and their members beside what is read of them, and of other things: each kind once.

    Args:
        graph: Where they are.
        read: The schemes and their members.
    """
    beside = Counter(str(term) for one, term, _ in graph if one in read and term not in _READ)
    for term, number in sorted(beside.items()):
        yield f"what `{_short(term)}` says, {_times(number)}, is not read: lists of SDMX have no place for it", term, ""
    codes = Counter(one for one, _ in graph.subject_objects(SKOS.notation) if one in read)
    several = sum(number - 1 for number in codes.values())
    if several:
        yield (
            f"of several notations of a concept the first is its code; {several} more are not read",
            "skos:notation",
            "",
        )
    kinds = Counter(str(kind) for one, kind in graph.subject_objects(RDF.type) if one not in read)
    for kind, number in sorted(kinds.items()):
        yield f"things of the kind `{_short(kind)}`, {number:,} in number, are in no scheme and are not read", kind, ""


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"


def _short(iri: str) -> str:
    """Return an IRI with one of the usual prefixes.

    Example:
        >>> _short("http://www.w3.org/2004/02/skos/core#altLabel")
        'skos:altLabel'
    """
    found = ((prefix, space) for prefix, space in PREFIXES.items() if iri.startswith(space))
    prefix, space = max(found, key=lambda pair: len(pair[1]), default=("", ""))
    return f"{prefix}:{iri.removeprefix(space)}" if prefix else iri
