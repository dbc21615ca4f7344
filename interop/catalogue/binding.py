"""Taking a table of bindings: each row is looked up in what the catalogue holds, and becomes a statement or a finding."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from semstat.interop.catalogue.names import Naming, NotFound
from semstat.interop.catalogue.records import edge_graph, graph_of
from semstat.interop.catalogue.relations import Relation, relation_between, relations
from semstat.interop.catalogue.taking import Taken
from semstat.interop.counting import InputRefused
from semstat.interop.formats.bindings import BindingRow, read_bindings
from semstat.interop.reading import content
from semstat.interop.registry import format_of
from semstat.interop.reports import UNREADABLE
from semstat.interop.sources import Source
from semstat.ontology.classes import with_those_above
from semstat.ontology.dependencies import edges_of
from semstat.ontology.iri import part_of
from semstat.ontology.terms import BASE, RDF, SKOS
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_study import SSD
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding

if TYPE_CHECKING:
    import pyoxigraph as ox

    from semstat.interop.catalogue.backends import Quads

__all__ = ["BINDINGS", "Bound", "is_bindings", "resolved", "take_bindings"]

BINDINGS = "bindings"
"""The name of the format of tables of bindings."""

_MOST_NEAREST = 20
"""Of so many unknown things the nearest is looked for, which takes long in a large catalogue."""

_SHOWN = 3
"""Things named where a short form fits more."""


@dataclass(frozen=True, slots=True, order=True)
class Bound:
    """A row that names what it means: the artefact, the relation, what it is bound to, all by IRI."""

    artefact: str
    relation: str
    concept: str
    row: BindingRow = field(compare=False)


def is_bindings(source: Source) -> bool:
    """Tell whether a source is a table of bindings."""
    try:
        return format_of(source).name == BINDINGS
    except InputRefused:
        return False


def take_bindings(source: Source, name: str, store: "Quads") -> Taken:
    """Read a table of bindings against what a catalogue holds.

    What cannot be looked up, or contradicts itself, binds nothing and is a finding; so are rows that are but suggested.

    Args:
        source: The table.
        name: The name of the source in the catalogue.
        store: What the catalogue holds, all other sources included.

    Findings:
        Those of reading the table; ``CAT001`` to ``CAT009``.
    """
    try:
        table = read_bindings(content(source), origin=source.name)
    except InputRefused as refused:
        return Taken(None, findings=(refused.diagnostic,))
    if any(item.rule in UNREADABLE for item in table.findings):
        return Taken(None, findings=table.findings)
    found = list(table.findings)
    bound = _consistent(list(resolved(table.rows, source.name, store, found)), source.name, found)
    found += _elsewhere(bound, name, source.name, store)
    waiting = [row for row in table.rows if row.status == "suggested"]
    if waiting:
        said = f"{len(waiting)} rows are suggestions, and bind nothing until they are accepted"
        if len(waiting) == 1:
            said = "the row is a suggestion, and binds nothing until it is accepted"
        found.append(finding("CAT008", said, Location(source.name, waiting[0].line)))
    statements = tuple(_statements(bound, name))
    edges = tuple(edges_of((item.artefact, item.relation, item.concept) for item in bound))
    return Taken(BINDINGS, statements, edges, tuple(sorted(found, key=lambda item: item.location.line or 0)))


def resolved(rows: Sequence[BindingRow], origin: str, store: "Quads", found: list[Diagnostic]) -> Iterator[Bound]:
    """Yield the rows that count, with the IRIs that they mean; the findings on the others are added to a list."""
    naming = Naming(store)
    for row in rows:
        if row.counts:
            yield from _resolved(row, Location(origin, row.line), naming, found)


def _resolved(row: BindingRow, where: Location, naming: Naming, found: list[Diagnostic]) -> Iterator[Bound]:
    relation = relations().get(row.relation) if row.relation else None
    if row.relation and relation is None:
        near = next(iter(get_close_matches(row.relation, relations(), n=1)), None)
        said = f"there is no relation `{row.relation}`"
        found.append(finding("CAT003", said, where, value=row.relation, expected=", ".join(relations()), nearest=near))
        return
    artefact = _one(row.artefact, "artefact", relation, where, naming, found)
    concept = _one(row.concept, "concept", relation, where, naming, found)
    if artefact is None or concept is None:
        return
    kinds = naming.kinds(artefact), naming.kinds(concept)
    ends = f"from `{row.artefact}` ({_classes(kinds[0])}) to `{row.concept}` ({_classes(kinds[1])})"
    if relation is None:
        relation = relation_between(*kinds)
        if relation is None:
            said = f"no relation leads {ends}"
            found.append(finding("CAT004", said, where, value=row.concept))
            return
    elif not (relation.leads_from(kinds[0]) and relation.leads_to(kinds[1])):
        said = f"`{relation.name}` does not lead {ends}"
        found.append(finding("CAT004", said, where, value=row.relation))
        return
    yield Bound(artefact, relation.iri, concept, row)


def _one(
    said: str, role: str, relation: Relation | None, where: Location, naming: Naming, found: list[Diagnostic]
) -> str | None:
    """Return the one thing that is meant; of several, the one that the relation fits."""
    try:
        candidates = naming.find(said, nearest=sum(item.rule == "CAT001" for item in found) < _MOST_NEAREST)
    except NotFound as missing:
        if role == "concept" and relation is not None and relation.is_match and "://" in said:
            return said.strip("<>")
        near = missing.nearest[0] if missing.nearest else None
        message = f"nothing in the catalogue is called `{said}`"
        found.append(finding("CAT001", message, where, value=said, nearest=near))
        return None
    if len(candidates) > 1 and relation is not None:
        fits = relation.leads_from if role == "artefact" else relation.leads_to
        candidates = tuple(iri for iri in candidates if (kinds := naming.kinds(iri)) and fits(kinds)) or candidates
    if len(candidates) == 1:
        return candidates[0]
    names = [naming.told(iri).short for iri in candidates]
    rest = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    message = f"`{said}` names {len(names)} things: {', '.join(f'`{name}`' for name in names[:_SHOWN])}{rest}"
    found.append(finding("CAT002", message, where, value=said))
    return None


def _classes(kinds: Sequence[str]) -> str:
    """Return classes in words, without those that stand above others of them."""
    above = {name for kind in kinds for name in with_those_above([kind]) - {kind}}
    own = [kind for kind in kinds if kind.startswith(BASE)] or list(kinds)
    return ", ".join(sorted(kind.rpartition("#")[2] for kind in own if kind not in above)) or "of no known class"


def _consistent(bound: Sequence[Bound], origin: str, found: list[Diagnostic]) -> list[Bound]:
    """Return the rows that no other contradicts; of equal ones the first."""
    known = {item.iri: item for item in relations().values()}
    first: dict[tuple[str, str, str], Bound] = {}
    claims: dict[tuple[str, str], list[Bound]] = {}
    for item in bound:
        key = (item.artefact, item.relation, item.concept)
        if key in first:
            said = f"the row says what line {first[key].row.line} says"
            found.append(finding("CAT005", said, Location(origin, item.row.line), value=item.row.artefact))
            continue
        first[key] = item
        relation = known[item.relation]
        claim = (item.artefact, item.relation) if relation.is_one else (item.artefact, item.concept)
        if relation.is_one or relation.is_match:
            claims.setdefault(claim, []).append(item)
    refused = [items for items in claims.values() if len(items) > 1]
    for items in refused:
        for item in items:
            others = ", ".join(str(other.row.line) for other in items if other is not item)
            name = known[item.relation].name
            said = f"`{item.row.artefact}` is bound to `{item.row.concept}` by `{name}`, and otherwise in line {others}"
            found.append(finding("CAT006", said, Location(origin, item.row.line), value=item.row.concept))
    out = {id(item) for items in refused for item in items}
    return [item for item in first.values() if id(item) not in out]


def _elsewhere(bound: Sequence[Bound], name: str, origin: str, store: "Quads") -> Iterator[Diagnostic]:
    """Yield a finding where another source binds a thing otherwise, by a relation of which there is one."""
    import pyoxigraph as ox

    known = {item.iri: item for item in relations().values()}
    own = {graph_of(name), edge_graph(name)}
    for item in bound:
        if not known[item.relation].is_one:
            continue
        pattern = ox.NamedNode(item.artefact), ox.NamedNode(item.relation)
        others = {
            quad.object.value
            for quad in store.quads_for_pattern(*pattern, None, None)
            if isinstance(quad.object, ox.NamedNode) and getattr(quad.graph_name, "value", "") not in own
        }
        for iri in sorted(others - {item.concept}):
            if next(store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(str(SSD.isInferred)), None, None), None):
                continue  # a reader concluded it, nobody said so
            other = Naming(store).told(iri).short
            said = f"`{item.row.artefact}` is bound to `{item.row.concept}`, in another source to `{other}`"
            yield finding("CAT009", said, Location(origin, item.row.line), value=item.row.concept, expected=other)


def _statements(bound: Sequence[Bound], name: str) -> "Iterator[ox.Triple]":
    """Yield the bindings, and the notes on them on edges of their own."""
    import pyoxigraph as ox

    node = ox.NamedNode
    for item in sorted(bound):
        yield ox.Triple(node(item.artefact), node(item.relation), node(item.concept))
        if item.row.note:
            edge = node(str(part_of(graph_of(name), "binding", item.row.line or 0)))
            yield ox.Triple(edge, node(str(RDF.type)), node(str(SSL.Edge)))
            yield ox.Triple(edge, node(str(SSL.edgeFrom)), node(item.artefact))
            yield ox.Triple(edge, node(str(SSL.edgeTo)), node(item.concept))
            yield ox.Triple(edge, node(str(SKOS.note)), ox.Literal(item.row.note))
