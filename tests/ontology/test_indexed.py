"""A graph in dictionaries answers as rdflib's own does."""

from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef

from semstat.ontology.indexed import IndexedGraph

THINGS = st.sampled_from([URIRef(f"urn:{name}") for name in "abc"])
VALUES = THINGS | st.sampled_from([Literal("a"), Literal("a", lang="en"), Literal(1)])
STATEMENTS = st.tuples(THINGS, THINGS, VALUES)
PATTERNS = st.tuples(st.none() | THINGS, st.none() | THINGS, st.none() | VALUES)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), STATEMENTS)), PATTERNS, PATTERNS)
def test_it_answers_as_rdflib_does(changes, removed, asked) -> None:
    ours, theirs = IndexedGraph(), Graph()
    for graph in (ours, theirs):
        for added, statement in changes:
            graph.add(statement) if added else graph.remove(statement)
        graph.remove(removed)
    subject, predicate, value = asked
    assert set(ours) == set(theirs)
    assert len(ours) == len(theirs)
    assert set(ours.triples(asked)) == set(theirs.triples(asked))
    assert (asked in ours) == (asked in theirs)
    assert set(ours.objects(subject, predicate)) == set(theirs.objects(subject, predicate))
    assert set(ours.subjects(predicate, value)) == set(theirs.subjects(predicate, value))
    assert set(ours.predicates(subject, value)) == set(theirs.predicates(subject, value))
    path = URIRef("urn:a") / ~URIRef("urn:b")
    assert set(ours.subject_objects(path)) == set(theirs.subject_objects(path))


def test_it_takes_over_a_graph_and_leaves_it_as_it_is() -> None:
    graph = Graph().parse(data="<urn:a> <urn:p> 'x' .", format="turtle")
    copy = IndexedGraph(graph)
    copy.set((URIRef("urn:a"), URIRef("urn:p"), Literal("y")))
    assert [str(item) for item in copy.objects(URIRef("urn:a"), URIRef("urn:p"))] == ["y"]
    assert [str(item) for item in graph.objects()] == ["x"]


def test_it_is_written_with_the_prefixes_that_are_bound_and_added_to_others() -> None:
    graph = IndexedGraph([(URIRef("https://example.org/a"), URIRef("https://example.org/p"), Literal("x"))])
    graph.bind("x", "https://example.org/")
    assert "x:a x:p" in graph.serialize(format="turtle")
    assert len(graph + Graph().parse(data="<urn:a> <urn:p> 'x' .", format="turtle")) == 2
    assert len(Graph() + graph) == 1


def test_it_can_be_changed_by_sparql_which_takes_only_plain_graphs() -> None:
    """A quirk of rdflib: an update with DELETE … WHERE asks for a dataset unless the class of the graph is exactly its own."""
    graph = IndexedGraph(Graph().parse(data="<urn:a> <urn:p> <urn:b>, <urn:c> .", format="turtle"))

    graph.update("DELETE { ?s ?p <urn:b> } INSERT { ?s ?p <urn:d> } WHERE { ?s ?p <urn:b> }")

    assert sorted(str(value) for value in graph.objects()) == ["urn:c", "urn:d"]
