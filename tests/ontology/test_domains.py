"""What a domain or range makes of a thing is what the thing is said to be: no type follows that nobody meant."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.term import Node

from semstat.ontology.describe import whole
from semstat.ontology.terms import BASE, OWL, RDF, RDFS

HERE = Path(__file__).parent
EXAMPLES = sorted([*(HERE / "competency").glob("*.ttl"), HERE.parents[1] / "examples" / "cross-domain" / "graph.ttl"])


@cache
def above(cls: Node) -> frozenset[Node]:
    return frozenset(one for one in whole().transitive_objects(cls, RDFS.subClassOf) if one is not None)


def made(graph: Graph) -> Iterator[tuple[Node, Node, Node]]:
    """Yield each thing with a class that a property makes it a member of, and that property."""
    for subject, predicate, value in graph:
        yield from ((subject, cls, predicate) for cls in whole().objects(predicate, RDFS.domain))
        if isinstance(value, URIRef):
            yield from ((value, cls, predicate) for cls in whole().objects(predicate, RDFS.range))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_nothing_becomes_what_it_is_not_said_to_be(path: Path) -> None:
    graph, checked = Graph().parse(path, format="turtle"), 0
    wrong = set()
    for thing, cls, predicate in made(graph):
        said = {one for one in graph.objects(thing, RDF.type) if str(one).startswith(BASE)}
        if not said or not str(cls).startswith(BASE):
            continue
        checked += 1
        if not any(cls in above(one) for one in said):
            wrong.add((str(thing), str(cls), str(predicate)))
    assert wrong == set()
    print(f"{checked} types of {path.name} held against what is stated")


def test_no_class_has_two_disjoint_ones_above_it() -> None:
    graph = whole()
    classes = [one for one in graph.subjects(RDF.type, OWL.Class) if str(one).startswith(BASE)]
    apart = {pair for one, other in graph.subject_objects(OWL.disjointWith) for pair in ((one, other), (other, one))}
    assert len(apart) > 300
    assert [one for one in classes if any((a, b) in apart for a in above(one) for b in above(one))] == []
