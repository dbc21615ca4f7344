"""The statements of an endpoint, looked up as those of a store within this process are."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from semstat.interop.catalogue.backends import Cell
from semstat.interop.catalogue.endpoint import Endpoint
from semstat.interop.catalogue.records import SOURCES, SourceRecord, edge_graph, recorded
from semstat.interop.catalogue.web import EndpointFailed
from semstat.ontology.dependencies import Triple, edges_of, stated_by
from semstat.ontology.terms_lineage import SSL

if TYPE_CHECKING:
    import pyoxigraph as ox

    from semstat.interop.catalogue.lineage import Direction

__all__ = ["EndpointQuads", "SourcedEdge"]

SourcedEdge = tuple[str, str, str, str]
"""The source that states a dependency, and the dependency."""
_MOST_TEXTS = 20_000
"""Texts that are all looked at; of more, the endpoint chooses those with the words."""
_TOGETHER = 200
"""Things that one query asks about."""


class EndpointQuads:
    """The statements of a catalogue that an endpoint holds; those of other graphs are not its own.

    An endpoint without records of sources holds no catalogue: then all that it says counts, in whatever graph.

    Args:
        endpoint: The endpoint.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        import pyoxigraph as ox

        self.endpoint = endpoint
        self._near = ox.Store()
        self._here: set[str] = set()

    @cached_property
    def sources(self) -> tuple[SourceRecord, ...]:
        """What is known of each source, in the order of their names."""
        import pyoxigraph as ox

        found = ox.Store()
        home = ox.NamedNode(SOURCES)
        for row in self.endpoint.all_rows(f"SELECT ?s ?p ?o {{ GRAPH <{SOURCES}> {{ ?s ?p ?o }} }}"):
            found.add(self._quad(row, {"g": home}))
        try:
            return recorded(found)
        except (KeyError, ValueError) as problem:
            raise EndpointFailed(
                f"{self.endpoint.address.host} holds a record that is not whole", hint="semstat load --anew"
            ) from problem

    @cached_property
    def graphs(self) -> tuple[str, ...]:
        """The graphs of the catalogue: records, statements and dependencies."""
        names = [name for record in self.sources for name in (record.graph, edge_graph(record.name))]
        return (SOURCES, *names) if names else ()

    @cached_property
    def union(self) -> tuple[tuple[str, str], ...]:
        """What goes with a query so that all graphs of the catalogue count as one."""
        dialect = self.endpoint.dialect
        if dialect.names_graphs:
            return tuple(("default-graph-uri", name) for name in self.graphs)
        return tuple(dialect.parameters.items())

    @property
    def _fields(self) -> tuple[tuple[str, str], ...]:
        """What goes with a lookup: where there is no catalogue, all graphs count as one; those of one are told apart."""
        return () if self.graphs else self.union

    def quads_for_pattern(
        self,
        subject: "ox.NamedNode | ox.BlankNode | ox.Triple | None",
        predicate: "ox.NamedNode | None",
        object: "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None",
        graph_name: "ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None" = None,
    ) -> "Iterator[ox.Quad]":
        """Yield the statements that have these parts; ``None`` for any.

        Raises:
            EndpointFailed: the endpoint does not answer.
        """
        import pyoxigraph as ox

        if isinstance(subject, ox.NamedNode) and subject.value in self._here:
            yield from self._near.quads_for_pattern(subject, predicate, object, graph_name)
            return
        given: dict[str, ox.NamedNode | ox.Literal] = {}
        for name, part in (("s", subject), ("p", predicate), ("o", object), ("g", graph_name)):
            if isinstance(part, ox.NamedNode | ox.Literal):
                given[name] = part
            elif part is not None:
                return  # nodes without names and triples within triples cannot be asked for by their names
        yield from self._found(given)

    def ahead(self, iris: Iterable[str]) -> None:
        """Fetch what is said of things that will be looked up."""
        wanted = iter(dict.fromkeys(iri for iri in iris if iri not in self._here))
        while some := list(islice(wanted, _TOGETHER)):
            for quad in self._found({}, f"VALUES ?s {{ {_listed(some)} }}"):
                self._near.add(quad)
            self._here.update(some)

    def statements_on(self, predicate: "ox.NamedNode", objects: "Iterable[ox.NamedNode]") -> "Iterator[ox.Quad]":
        """Yield the statements with a predicate and one of many objects."""
        wanted = iter(dict.fromkeys(item.value for item in objects))
        while some := list(islice(wanted, _TOGETHER)):
            yield from self._found({"p": predicate}, f"VALUES ?o {{ {_listed(some)} }}")

    def statements_with(self, predicates: Iterable[str], words: Iterable[str]) -> "Iterator[ox.Quad]":
        """Yield the statements with one of some predicates; where they are many, those whose text holds any of some words.

        Words count in whatever case, and without their ends; accents count, since engines do not agree on how to leave them out.
        """
        import pyoxigraph as ox

        among = f"VALUES ?p {{ {_listed(predicates)} }}"
        pattern = "GRAPH ?g { ?s ?p ?o }" if self.graphs else "?s ?p ?o"
        is_few = self.endpoint.count(f"{among} {pattern}", fields=self._fields) <= _MOST_TEXTS
        stems = [word.lower()[: max(3, len(word) - 2)] for word in words]
        tests = " || ".join(f"CONTAINS(LCASE(STR(?o)), {ox.Literal(stem)})" for stem in stems)
        return self._found({}, among, "" if is_few or not tests else f"FILTER({tests})")

    def statements_of(self, graph: str, *, among: str, without: str) -> "Iterator[ox.Quad]":
        """Yield the statements of a graph on things of classes whose IRIs begin alike, but those of one class."""
        import pyoxigraph as ox

        held = f'FILTER EXISTS {{ GRAPH <{graph}> {{ ?s a ?c }} FILTER(STRSTARTS(STR(?c), "{among}")) }}'
        left = f"FILTER NOT EXISTS {{ GRAPH <{graph}> {{ ?s a <{without}> }} }}"
        return self._found({"g": ox.NamedNode(graph)}, "", f"{held} {left}")

    def edges(self, frontier: Collection[str], direction: "Direction") -> Iterator[SourcedEdge]:
        """Yield the dependencies of things (``up``), or those on them (``down``): as stored, else as statements imply them."""
        wanted = iter(frontier)
        while some := list(islice(wanted, _TOGETHER)):
            inside = set(some)
            near, far = ("o", "s") if direction == "down" else ("s", "o")
            named = f"VALUES ?{near} {{ {_listed(some)} }}"
            found = self._stored_edges(named) if self.sources else self._implied_edges(near, far, some)
            for edge in found:
                if edge[3 if direction == "down" else 1] in inside:
                    yield edge

    def edges_of_kinds(self, kinds: Collection[str]) -> Iterator[SourcedEdge]:
        """Yield the dependencies of some kinds, of all where none is named: as stored, else as statements imply them, and more."""
        if self.sources:
            return self._stored_edges(f"VALUES ?p {{ {_listed(kinds)} }}" if kinds else "")
        stating = sorted({*stated_by(backwards=False), *stated_by(backwards=True)})
        found = self._found({}, f"VALUES ?p {{ {_listed(stating)} }}")
        return (("", *edge) for edge in edges_of(_plain(found)))

    def _stored_edges(self, named: str) -> Iterator[SourcedEdge]:
        """Yield what a catalogue stored when it was loaded."""
        left = f'FILTER(?p != <{SSL.dependsOn}> && STRSTARTS(STR(?g), "{edge_graph("")}"))'
        names = {edge_graph(record.name): record.name for record in self.sources}
        for quad in self._found({}, named, left):
            for edge in _plain([quad]):
                yield names[str(getattr(quad.graph_name, "value", ""))], *edge

    def _implied_edges(self, near: str, far: str, some: Sequence[str]) -> Iterator[SourcedEdge]:
        for place, properties in ((near, stated_by(backwards=False)), (far, stated_by(backwards=True))):
            named = f"VALUES ?{place} {{ {_listed(some)} }} VALUES ?p {{ {_listed(properties)} }}"
            for edge in edges_of(_plain(self._found({}, named))):
                yield "", *edge

    def _found(
        self, given: "Mapping[str, ox.NamedNode | ox.Literal]", before: str = "", after: str = ""
    ) -> "Iterator[ox.Quad]":
        import pyoxigraph as ox

        named = {name: str(term) for name, term in given.items()}
        asked = " ".join(f"?{name}" for name in "spog" if name not in given) or "?g"
        triple = " ".join(named.get(name, f"?{name}") for name in "spo")
        graphs = set(self.graphs)
        if graphs:
            where = f"GRAPH {named.get('g', '?g')} {{ {triple} }}"
        else:
            where, asked = triple, asked.replace("?g", "").strip() or "*"
        for row in self.endpoint.all_rows(
            f"SELECT DISTINCT {asked} {{ {before} {where} {after} }}", fields=self._fields
        ):
            quad = self._quad(row, {"g": ox.DefaultGraph()} | dict(given))
            if not graphs or (isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value in graphs):
                yield quad

    def _quad(
        self, row: Mapping[str, Cell], given: "Mapping[str, ox.NamedNode | ox.Literal | ox.DefaultGraph]"
    ) -> "ox.Quad":
        import pyoxigraph as ox

        try:
            parts = dict(given) | {name: _term(cell) for name, cell in row.items()}
            return ox.Quad(parts["s"], parts["p"], parts["o"], parts["g"])  # type: ignore[arg-type]  # the engine says so
        except (KeyError, ValueError, TypeError) as problem:
            host = self.endpoint.address.host
            raise EndpointFailed(f"{host} sent rows that are no statements: {dict(row)}") from problem


def _listed(iris: Iterable[str]) -> str:
    """Return IRIs as SPARQL writes them; what is no IRI is left out, since nothing can be said of it."""
    import pyoxigraph as ox

    said = []
    for iri in iris:
        try:
            said.append(str(ox.NamedNode(iri)))
        except ValueError:
            continue
    return " ".join(said)


def _plain(quads: "Iterable[ox.Quad]") -> Iterator[Triple]:
    import pyoxigraph as ox

    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            yield quad.subject.value, quad.predicate.value, quad.object.value


def _term(cell: Cell) -> "ox.NamedNode | ox.BlankNode | ox.Literal":
    import pyoxigraph as ox

    if cell["type"] == "uri":
        return ox.NamedNode(cell["value"])
    if cell["type"] == "bnode":
        return ox.BlankNode(cell["value"].replace("nodeID://", "").replace(":", "-"))
    kind = cell.get("datatype")
    return ox.Literal(cell["value"], datatype=ox.NamedNode(kind) if kind else None, language=cell.get("xml:lang"))
