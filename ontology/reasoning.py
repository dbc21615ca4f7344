"""Reasoning over the ontology: is it consistent, and can every class have a member? The only import of owlready2.

What SHACL, SKOS and the reader of the files need but OWL 2 DL has no place for is left out of what the reasoner sees:
headers, annotations, the records of evidence (``owl:Axiom`` with a name), SKOS mapping relations, and statements about
RDF's own vocabulary.
"""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from semstat.ontology.errors import MissingExtra, SemstatError
from semstat.ontology.terms import BASE, OWL, RDF, RDFS, SKOS, XSD

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["Consistency", "Contradiction", "check", "infer", "read_back"]

_RESERVED = (str(OWL), str(RDF), str(RDFS))
_ALLOWED = frozenset({OWL.Thing, OWL.Nothing, RDFS.Literal})
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)
_CLASS_AXIOMS = (RDFS.subClassOf, OWL.disjointWith, OWL.equivalentClass)
_SCHEMA = frozenset({*_CLASS_AXIOMS, RDFS.subPropertyOf, RDFS.domain, RDFS.range, RDF.first, RDF.rest})
_REFLEXIVE = frozenset({RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty})
_MAPPING = frozenset({SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch})
_UNREAD = frozenset({XSD.date, XSD.time, XSD.gYear, XSD.gYearMonth, XSD.gMonth, XSD.gMonthDay, XSD.gDay, XSD.duration})
"""Datatypes outside the datatype map of OWL 2: HermiT refuses a graph with one literal of theirs, so these are left out."""
_NOT_LOGIC = frozenset(
    {OWL.imports, OWL.versionIRI, OWL.versionInfo, OWL.priorVersion, OWL.deprecated}
    | {OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget}
)


@dataclass(frozen=True, slots=True)
class Consistency:
    """What the reasoner found.

    ``unsatisfiable`` are the classes that cannot have a member, sorted; it is empty for an inconsistent ontology, from
    which everything follows.
    """

    consistent: bool
    unsatisfiable: tuple[URIRef, ...] = ()


def check(graph: Graph) -> Consistency:
    """Reason over a graph with HermiT and return whether it is consistent and which classes are unsatisfiable.

    Imports are not followed: the graph has to hold all that is to be reasoned over. Classes and properties of other
    vocabularies that it merely names are declared on the way. Each call has a world of its own.

    Raises:
        MissingExtra: owlready2 or Java is not there.
        SemstatError: HermiT gave up; the hint is what it said.
    """
    try:
        with _reasoned(graph) as world:
            found = {URIRef(cls.iri) for cls in world.inconsistent_classes()} - {OWL.Nothing}
    except Contradiction:
        return Consistency(consistent=False)
    return Consistency(consistent=True, unsatisfiable=tuple(sorted(found)))


def infer(graph: Graph) -> Graph:
    """Return the types, and the classes above a class, that follow from a graph and are not stated in it.

    HermiT finds the most special classes; those above them are added. Words of OWL itself are left out.

    Raises:
        MissingExtra: owlready2 or Java is not there.
        SemstatError: HermiT gave up, or the graph is inconsistent, from which everything follows.
    """
    with _reasoned(_with_individuals(graph)) as world:
        types = [(URIRef(one.iri), URIRef(cls.iri)) for one in world.individuals() for cls in _named(one.is_a)]
        below = [(URIRef(one.iri), URIRef(cls.iri)) for one in world.classes() for cls in _named(one.is_a)]
    return _closed(graph, types, below)


class Contradiction(SemstatError):
    """Nothing is inferred: what was given contradicts itself."""


@contextmanager
def _reasoned(graph: Graph) -> Iterator["_World"]:
    """Have HermiT reason over a graph in a world of its own, which is gone afterwards.

    Raises:
        Contradiction: the graph is inconsistent, from which everything follows.
        MissingExtra: owlready2 or Java is not there.
        SemstatError: owlready2 could not read the graph, or HermiT gave up; the hint is what was said.
    """
    owlready2 = _owlready2()
    with _world(owlready2) as world:
        try:
            ontology = world.get_ontology(BASE).load(fileobj=io.BytesIO(_axioms(graph)), format="ntriples")
            owlready2.sync_reasoner_hermit([ontology], infer_property_values=False, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError as error:
            raise Contradiction("the graph is inconsistent", hint="everything would follow; check it first") from error
        except FileNotFoundError as error:  # owlready2 starts the program `java`
            raise MissingExtra("reasoning", needs="Java", hint="install a Java runtime, which HermiT needs") from error
        except owlready2.OwlReadyJavaError as error:
            raise SemstatError("HermiT failed", hint=str(error)) from error
        yield world


@contextmanager
def _world(owlready2: "ModuleType") -> Iterator["_World"]:
    """Open a world of owlready2 that prints nothing of what it thinks of other people's vocabularies, and close it."""
    world: _World = owlready2.World()
    try:
        with redirect_stderr(io.StringIO()), redirect_stdout(io.StringIO()):
            yield world
    except owlready2.OwlReadyOntologyParsingError as error:
        said = str(error).removesuffix(" in ???.")  # the name of a file, which there is none of
        raise SemstatError("owlready2 cannot read the graph", hint=said) from error
    finally:
        world.close()


class _World(Protocol):
    """What is used of a world of owlready2."""

    def get_ontology(self, base_iri: str) -> "_Loadable": ...
    def individuals(self) -> Iterable["_HasClasses"]: ...
    def classes(self) -> Iterable["_HasClasses"]: ...
    def inconsistent_classes(self) -> Iterable["_HasClasses"]: ...
    def as_rdflib_graph(self) -> Graph: ...
    def close(self) -> None: ...


class _Loadable(Protocol):
    """An ontology of owlready2 that is still empty."""

    def load(self, *, fileobj: io.BytesIO, format: str) -> object: ...


class _HasClasses(Protocol):
    """An individual or a class of owlready2, with the classes that it stands below."""

    iri: str
    is_a: Iterable[object]


def _named(classes: Iterable[object]) -> list["_HasIri"]:
    return [cls for cls in classes if isinstance(cls, _HasIri)]


@runtime_checkable
class _HasIri(Protocol):
    """A named class of owlready2; a class expression has no address."""

    iri: str


def _with_individuals(graph: Graph) -> Graph:
    """Return the graph with every thing that a property joins declared as one: without a type owlready2 does not see it."""
    declared = Graph()
    for predicate in graph.subjects(RDF.type, OWL.ObjectProperty):
        for pair in graph.subject_objects(predicate):
            for thing in pair:
                declared.add((thing, RDF.type, OWL.NamedIndividual))
    return graph + declared


def _closed(graph: Graph, types: Iterable[tuple[Node, Node]], below: Iterable[tuple[Node, Node]]) -> Graph:
    above = Graph()
    for cls, other in (*below, *graph.subject_objects(RDFS.subClassOf)):
        above.add((cls, RDFS.subClassOf, other))
    inferred = Graph()
    # owlready2 drops what stands in a circle of classes, so that what is stated is closed too.
    typed = (*types, *graph.subject_objects(RDF.type))
    for predicate, pairs in ((RDF.type, typed), (RDFS.subClassOf, below)):
        for one, cls in pairs:
            for higher in above.transitive_objects(cls, RDFS.subClassOf):
                if higher is None or higher == one:
                    continue
                triple = (one, predicate, higher)
                if triple not in graph and not str(higher).startswith(_RESERVED):
                    inferred.add(triple)
    return inferred


def read_back(graph: Graph) -> frozenset[tuple[str, str, str]]:
    """Return the triples between names and texts that owlready2 makes of a graph; imports are not followed.

    Raises:
        MissingExtra: owlready2 is not there.
        SemstatError: owlready2 cannot read the graph.
    """
    lines = graph.serialize(format="nt").splitlines(keepends=True)
    imports = f"<{OWL.imports}>"  # owlready2 would fetch them
    data = "".join(sorted(line for line in lines if line.split(" ", 2)[1:2] != [imports])).encode()
    with _world(_owlready2()) as world:
        world.get_ontology("http://semstat.invalid/read-back#").load(fileobj=io.BytesIO(data), format="ntriples")
        read = world.as_rdflib_graph().triples((None, None, None))
        return frozenset((str(subject), str(predicate), str(value)) for subject, predicate, value in read)


def _owlready2() -> "ModuleType":
    try:
        import owlready2
    except ImportError as error:
        raise MissingExtra("reasoning", needs="owlready2") from error
    module: ModuleType = owlready2
    return module


def _axioms(graph: Graph) -> bytes:
    """Return what OWL 2 DL has a place for, as N-Triples."""
    logic = Graph()
    hidden = set(graph.subjects(RDF.type, OWL.Ontology)) | set(graph.subjects(RDF.type, OWL.Axiom))
    declared = {term for kind in _PROPERTIES for term in graph.subjects(RDF.type, kind)}
    for subject, predicate, value in graph:
        # A term below itself says nothing, and owlready2 complains about it without end.
        is_tautology = subject == value and predicate in _REFLEXIVE
        is_unread = isinstance(value, Literal) and value.datatype in _UNREAD
        if subject not in hidden and not is_tautology and not is_unread and _is_logic(predicate, value, declared):
            logic.add((subject, predicate, value))
    for term, kind in list(_borrowed(logic)):
        logic.add((term, RDF.type, kind))
    return "".join(sorted(logic.serialize(format="nt").splitlines(keepends=True))).encode()


def _is_logic(predicate: Node, value: Node, declared: set[Node]) -> bool:
    if predicate in declared or predicate in _MAPPING:
        return predicate not in _MAPPING
    if predicate == RDF.type:
        return not (str(value).startswith((str(RDF), str(RDFS))) or value == OWL.AnnotationProperty)
    if predicate in _SCHEMA:
        return not str(value).startswith(_RESERVED) or value in _ALLOWED or isinstance(value, BNode) or value == RDF.nil
    return str(predicate).startswith(str(OWL)) and predicate not in _NOT_LOGIC


def _borrowed(logic: Graph) -> Iterator[tuple[Node, URIRef]]:
    """Yield the terms that are used and not declared, each with what its use makes of it."""
    used = (*_CLASS_AXIOMS, RDFS.domain, RDFS.range, RDF.type)
    classes = {term for predicate in used for term in logic.objects(predicate=predicate)}
    classes |= {term for predicate in _CLASS_AXIOMS for term in logic.subjects(predicate=predicate)}
    for term in classes:
        if isinstance(term, URIRef) and not str(term).startswith((*_RESERVED, str(XSD))):
            yield term, OWL.Class
    for below, above in logic.subject_objects(RDFS.subPropertyOf):
        yield from ((above, kind) for kind in _PROPERTIES if (below, RDF.type, kind) in logic)
