"""Does a graph stay within OWL 2 DL? A checker of the constructs that metadata vocabularies use.

Terms of vocabularies that are not at hand count as declared by their owners, each as what its use makes of it; they must be
used alike everywhere. Headers, and records of evidence with a name (``owl:Axiom``), are not looked at: see the README of
the ontology.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from semstat.ontology.terms import OWL, RDF, RDFS, XSD
from semstat.validators.judged_ontology import short
from semstat.validators.sets import Row

__all__ = ["departures"]

_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_RESERVED = (str(OWL), str(RDF), str(RDFS), str(XSD))
_CLASS_AXIOMS = (RDFS.subClassOf, OWL.equivalentClass, OWL.disjointWith)
_SIMPLE_ONLY = (OWL.FunctionalProperty, OWL.InverseFunctionalProperty, OWL.IrreflexiveProperty, OWL.AsymmetricProperty)
_OBJECT_ONLY = (
    OWL.InverseFunctionalProperty, OWL.IrreflexiveProperty, OWL.AsymmetricProperty, OWL.TransitiveProperty,
    OWL.SymmetricProperty, OWL.ReflexiveProperty,
)  # fmt: skip
_CARDINALITIES = (
    OWL.cardinality, OWL.minCardinality, OWL.maxCardinality,
    OWL.qualifiedCardinality, OWL.minQualifiedCardinality, OWL.maxQualifiedCardinality,
)  # fmt: skip
_NAMES = """
decimal integer nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger long int short byte unsignedLong
unsignedInt unsignedShort unsignedByte double float string normalizedString token language Name NCName NMTOKEN boolean
hexBinary base64Binary anyURI dateTime dateTimeStamp
"""
_DATATYPES = frozenset(
    {RDFS.Literal, RDF.PlainLiteral, RDF.XMLLiteral, RDF.langString, OWL.rational, OWL.real}
    | {URIRef(f"{XSD}{name}") for name in _NAMES.split()}
)
"""The datatype map of OWL 2. ``xsd:date`` and its like are not in it; reasoners take them, and so does this checker."""
_TOLERATED = frozenset(
    URIRef(f"{XSD}{name}") for name in ("date", "time", "gYear", "gYearMonth", "gMonth", "gDay", "duration")
)


class Declared:
    """What the terms at hand are declared as, and which of them are somebody else's."""

    def __init__(self, graph: Graph, context: Graph) -> None:
        self.graph = graph
        self.kinds: dict[Node, set[Node]] = {}
        wanted = {*_PROPERTIES, OWL.Class, RDFS.Datatype, OWL.NamedIndividual}
        for term, kind in context.subject_objects(RDF.type):
            if kind in wanted:
                self.kinds.setdefault(term, set()).add(kind)
        self._owned = tuple({str(term).rpartition("#")[0] + "#" for term in self.kinds if "#" in str(term)})
        hidden = (OWL.Ontology, OWL.Axiom)
        self.hidden = {subject for kind in hidden for subject in graph.subjects(RDF.type, kind)}

    def is_a(self, term: Node, kind: Node) -> bool:
        """Tell whether a term may stand where ``kind`` is wanted: declared so, or of a vocabulary that is not at hand."""
        if term in self.kinds:
            return kind in self.kinds[term]
        return not str(term).startswith(self._owned) and not str(term).startswith(_RESERVED)

    def statements(self) -> Iterator[tuple[Node, Node, Node]]:
        """Yield the statements that are logic or annotations; what is found in them is put in order later."""
        yield from (triple for triple in self.graph if triple[0] not in self.hidden)


def departures(graph: Graph, context: Graph) -> tuple[Row, ...]:
    """Return what takes a graph out of OWL 2 DL.

    Args:
        graph: What is judged.
        context: The same with all that it imports.

    Source:
        OWL 2 Structural Specification (Second Edition), 3 Ontologies, 5.8.1 Typing Constraints, 11 Global Restrictions.

    Example:
        >>> text = "PREFIX owl: <http://www.w3.org/2002/07/owl#> <urn:x#a> a owl:ObjectProperty, owl:DatatypeProperty ."
        >>> graph = Graph().parse(data=text)
        >>> [row.message for row in departures(graph, graph)]
        ['`a` is declared as `DatatypeProperty` and as `ObjectProperty`']
    """
    declared = Declared(graph, context)
    found = [row for check in _CHECKS for row in check(declared)]
    return tuple(dict.fromkeys(sorted(found, key=lambda row: (row.focus, row.message))))


def _puns(declared: Declared) -> Iterator[Row]:
    subjects = set(declared.graph.subjects())
    for term, kinds in declared.kinds.items():
        if term not in subjects:
            continue
        for alike in (_PROPERTIES, (OWL.Class, RDFS.Datatype)):
            both = sorted(short(kind) for kind in kinds & set(alike))
            if len(both) > 1:
                yield Row(str(term), f"`{short(term)}` is declared as {' and as '.join(f'`{kind}`' for kind in both)}")


def _reserved(declared: Declared) -> Iterator[Row]:
    for subject, predicate, value in declared.statements():
        if isinstance(subject, URIRef) and str(subject).startswith(_RESERVED):
            yield Row(str(subject), f"`{subject}` is a word of OWL itself, of which nothing may be said")
        for term in (predicate, value):
            if isinstance(term, URIRef) and str(term).startswith(str(OWL)) and term not in OWL:
                yield Row(str(subject), f"`{term}` is no word of OWL", value=str(term))
        if predicate == RDF.type and value in {RDF.Property, RDFS.Class}:
            kinds = "a kind of OWL property" if value == RDF.Property else "`owl:Class`"
            if subject not in declared.kinds:
                yield Row(str(subject), f"`{short(subject)}` is declared as `{short(value)}`, not as {kinds}")


def _class_positions(declared: Declared) -> Iterator[Row]:
    for predicate in _CLASS_AXIOMS:
        for pair in declared.graph.subject_objects(predicate):
            yield from (row for term in pair for row in _wanted_class(declared, pair[0], predicate, term))
    for subject, value in declared.graph.subject_objects(RDF.type):
        if subject not in declared.hidden and not str(value).startswith(_RESERVED):
            yield from _wanted_class(declared, subject, RDF.type, value)


def _wanted_class(declared: Declared, subject: Node, predicate: URIRef, term: Node) -> Iterator[Row]:
    if isinstance(term, Literal):
        yield Row(str(subject), f"the value `{term}` of `{short(predicate)}` is text, not a class", value=str(term))
    elif isinstance(term, URIRef) and term not in {OWL.Thing, OWL.Nothing} and not declared.is_a(term, OWL.Class):
        if declared.is_a(term, RDFS.Datatype) and predicate == OWL.equivalentClass:
            return
        said = f"`{short(term)}` stands where a class must (`{short(predicate)}`) and is not declared as one"
        yield Row(str(subject), said, value=str(term))


def _domains_and_ranges(declared: Declared) -> Iterator[Row]:
    for subject, value in declared.graph.subject_objects(RDFS.domain):
        if OWL.AnnotationProperty not in declared.kinds.get(subject, set()):
            yield from _wanted_class(declared, subject, RDFS.domain, value)
    for subject, value in declared.graph.subject_objects(RDFS.range):
        kinds = declared.kinds.get(subject, set())
        is_datatype = value in _DATATYPES | _TOLERATED or RDFS.Datatype in declared.kinds.get(value, set())
        if OWL.ObjectProperty in kinds and is_datatype:
            yield Row(
                str(subject), f"the object property `{short(subject)}` has the datatype `{short(value)}` as range"
            )
        elif OWL.ObjectProperty in kinds:
            yield from _wanted_class(declared, subject, RDFS.range, value)
        elif OWL.DatatypeProperty in kinds and not is_datatype and not isinstance(value, BNode):
            yield Row(
                str(subject), f"the range `{short(value)}` of the datatype property `{short(subject)}` is no datatype"
            )


def _hierarchies(declared: Declared) -> Iterator[Row]:
    as_what: dict[Node, dict[Node, Node]] = {}
    for predicate in (RDFS.subPropertyOf, OWL.equivalentProperty, OWL.inverseOf):
        for below, above in sorted(declared.graph.subject_objects(predicate)):
            for kind in declared.kinds.get(below, set()) & set(_PROPERTIES):
                if above in declared.kinds and kind not in declared.kinds[above]:
                    yield Row(
                        str(below), f"`{short(below)}` and `{short(above)}` (`{short(predicate)}`) differ in kind"
                    )
                elif above not in declared.kinds:
                    as_what.setdefault(above, {}).setdefault(kind, below)
    for above, kinds in as_what.items():
        if len(kinds) > 1:
            said = " and ".join(f"{short(kind)} `{short(below)}`" for kind, below in sorted(kinds.items(), key=str))
            yield Row(str(min(map(str, kinds.values()))), f"`{above}` stands above {said}: it cannot be both")


def _characteristics(declared: Declared) -> Iterator[Row]:
    composite = _composite(declared.graph)
    for term, kinds in declared.kinds.items():
        for kind in (*_OBJECT_ONLY, OWL.FunctionalProperty):
            if (term, RDF.type, kind) not in declared.graph:
                continue
            if kind in _OBJECT_ONLY and OWL.DatatypeProperty in kinds:
                yield Row(str(term), f"the datatype property `{short(term)}` is said to be `{short(kind)}`")
            if kind in _SIMPLE_ONLY and term in composite:
                why = "a transitive property or a chain is at or below it"
                yield Row(str(term), f"`{short(term)}` is said to be `{short(kind)}` and is not simple: {why}")
    for restriction, term in declared.graph.subject_objects(OWL.onProperty):
        counted = [
            short(kind) for kind in (*_CARDINALITIES, OWL.hasSelf) if (restriction, kind, None) in declared.graph
        ]
        if counted and term in composite:
            yield Row(str(term), f"`{short(term)}` is not simple, and `{counted[0]}` restricts it")


def _composite(graph: Graph) -> set[Node]:
    """Return the properties that are not simple: transitive or made of a chain, and all above such a one."""
    start = {*graph.subjects(RDF.type, OWL.TransitiveProperty), *graph.subjects(OWL.propertyChainAxiom, None)}
    found = set(start)
    for term in start:
        found.update(above for above in graph.transitive_objects(term, RDFS.subPropertyOf) if above is not None)
    return found


def _values(declared: Declared) -> Iterator[Row]:
    for subject, predicate, value in declared.statements():
        kinds = declared.kinds.get(predicate, set())
        if OWL.ObjectProperty in kinds and isinstance(value, Literal):
            yield Row(str(subject), f"the object property `{short(predicate)}` has the text `{value}` as value")
        elif kinds == {OWL.DatatypeProperty} and not isinstance(value, Literal):
            yield Row(
                str(subject), f"the datatype property `{short(predicate)}` has `{short(value)}` as value, no literal"
            )
        elif predicate in _CARDINALITIES and not (isinstance(value, Literal) and str(value).isdigit()):
            yield Row(str(subject), f"the cardinality `{value}` is not a whole number from 0", value=str(value))


def _restrictions(declared: Declared) -> Iterator[Row]:
    fillers = (OWL.someValuesFrom, OWL.allValuesFrom, OWL.hasValue, OWL.hasSelf, *_CARDINALITIES)
    for node in declared.graph.subjects(RDF.type, OWL.Restriction):
        users = sorted(str(one) for one in declared.graph.subjects(None, node))
        for number, what in (
            (len(set(declared.graph.objects(node, OWL.onProperty))), "properties"),
            (sum(1 for one in fillers for _ in declared.graph.objects(node, one)), "conditions"),
        ):
            if number != 1:
                yield Row(min(users, default=""), f"a restriction has {number} {what}, and must have one")


def _shared_expressions(declared: Declared) -> Iterator[Row]:
    uses = Counter(value for value in declared.graph.objects() if isinstance(value, BNode))
    for node, number in uses.items():
        if number > 1:
            (first, *_) = sorted(str(subject) for subject in declared.graph.subjects(None, node))
            yield Row(first, f"a class expression without a name is used {number} times, and may be used once")


_CHECKS: tuple[Callable[[Declared], Iterable[Row]], ...] = (
    _puns,
    _reserved,
    _class_positions,
    _domains_and_ranges,
    _hierarchies,
    _characteristics,
    _values,
    _restrictions,
    _shared_expressions,
)
