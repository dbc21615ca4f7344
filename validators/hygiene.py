"""Hygiene of an ontology: what each term has to carry, and what must not be left lying about. Judges graphs, no files."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from semstat.ontology.access import iris
from semstat.ontology.terms import DCTERMS, OWL, RDF, RDFS, SKOS, VS
from semstat.validators.hygiene_links import alignment_unresolved
from semstat.validators.judged_ontology import Judged, short
from semstat.validators.sets import Row

__all__ = ["CHECKS"]

_HEADER = (
    DCTERMS.title, DCTERMS.abstract, DCTERMS.license, DCTERMS.creator, DCTERMS.issued, OWL.versionIRI, OWL.versionInfo,
)  # fmt: skip
_ABOUT_ITSELF = {RDF.type, RDFS.isDefinedBy, DCTERMS.source, VS.term_status}
_NO_GENUS = re.compile(
    r"(?:(?:an?|the)\s+)?(?:(?:any|some)?thing|anyone|someone|one)\s+(?:that|which|who)\b"
    r"|(?:what|whether|how|when|where|who|which|that)\b|(?:is|are)\s+(?:an?\s|the\s|when\b|where\b|used\b)"
    r"|(?:relates|refers|used|denotes|indicates|specifies|represents|describes|describing|defines|provides|contains|states)\b"
)
"""How texts begin that tell what a term does or when it is met, and not what it is."""
_MOST_WORDS = 60
_STATUSES = ("unstable", "testing", "stable", "archaic")


def header_incomplete(judged: Judged) -> Iterator[Row]:
    """Yield for each ontology what its header does not say, or says more than once; and the lack of a header."""
    if not judged.ontologies:
        yield Row("", "no ontology is declared: there is no header (`owl:Ontology`)")
    for one in judged.ontologies:
        for predicate in _HEADER:
            number = len(set(judged.graph.objects(one, predicate)))
            if number != 1:
                said = "no" if number == 0 else f"{number} values of"
                yield Row(one, f"the header of `{one}` has {said} `{short(predicate)}`")


def label_missing(judged: Judged) -> Iterator[Row]:
    """Yield the terms without a label in a language that is asked for."""
    for term in judged.terms:
        found = {str(label.language) for label in _literals(judged.graph, term, RDFS.label)}
        missing = [tag for tag in judged.languages if tag not in found]
        if missing:
            yield Row(term, f"`{short(term)}` has no label in `{', '.join(missing)}`")
        elif not found:
            yield Row(term, f"`{short(term)}` has no label")


def label_ambiguous(judged: Judged) -> Iterator[Row]:
    """Yield labels that a term shares with another of its ontology and kind, and second labels in one language."""
    seen: dict[tuple[str, str, str, str], URIRef] = {}
    for term in judged.terms:
        labels = _literals(judged.graph, term, RDFS.label)
        for tag, number in sorted(Counter(str(label.language) for label in labels).items()):
            if number > 1:
                yield Row(term, f"`{short(term)}` has {number} labels in `{tag}`")
        kind = "class" if (term, RDF.type, OWL.Class) in judged.graph else "other"
        for label in sorted(labels):
            key = (term.rpartition("#")[0], kind, str(label).casefold(), str(label.language))
            other = seen.setdefault(key, term)
            if other != term:
                yield Row(term, f"`{short(term)}` and `{short(other)}` have the same label `{label}`", value=str(label))


def definition_missing(judged: Judged) -> Iterator[Row]:
    """Yield the terms without a definition, and definitions that only say the label again."""
    for term in judged.terms:
        found = _literals(judged.graph, term, SKOS.definition)
        labels = {str(label).casefold() for label in _literals(judged.graph, term, RDFS.label)}
        if not found:
            yield Row(term, f"`{short(term)}` has no definition")
        for text in found:
            if str(text).rstrip(".").casefold() in labels:
                yield Row(term, f"the definition of `{short(term)}` only says its label again: `{text}`")


def definition_weak(judged: Judged) -> Iterator[Row]:
    """Yield definitions that define a term by itself, name nothing that it is a kind of, or are longer than a definition."""
    for term, text in _definitions(judged):
        said, spoken = str(text).casefold(), text.language in {None, "en"}
        labels = [one for kind in (RDFS.label, SKOS.prefLabel) for one in _literals(judged.graph, term, kind)]
        again = [one for one in labels if one.language == text.language and said.startswith(f"{str(one).casefold()} ")]
        if again:
            yield Row(term, f"the definition of `{short(term)}` begins with its own label: `{text}`", value=str(text))
        elif spoken and _NO_GENUS.match(said):
            yield Row(term, f"the definition of `{short(term)}` names no kind of thing: `{text}`", value=str(text))
        if len(said.split()) > _MOST_WORDS:
            number = len(said.split())
            yield Row(term, f"the definition of `{short(term)}` has {number} words", value=str(number))


def definition_repeated(judged: Judged) -> Iterator[Row]:
    """Yield terms that have the definition of another term of the same ontology or concept scheme."""
    seen: dict[tuple[str, str, str], URIRef] = {}
    for term, text in _definitions(judged):
        homes = iris(judged.graph, term, SKOS.inScheme) or iris(judged.graph, term, RDFS.isDefinedBy)
        home = homes[0] if homes else term.rpartition("#")[0]
        other = seen.setdefault((home, " ".join(str(text).casefold().split()), str(text.language)), term)
        if other != term:
            yield Row(term, f"`{short(term)}` and `{short(other)}` have the same definition: `{text}`", value=str(text))


def _definitions(judged: Judged) -> Iterator[tuple[URIRef, Literal]]:
    for term in sorted({*judged.terms, *iris(judged.graph, None, RDF.type, SKOS.Concept)}):
        for text in _literals(judged.graph, term, SKOS.definition):
            yield term, text


def source_missing(judged: Judged) -> Iterator[Row]:
    """Yield the terms that do not say where they come from."""
    for term in judged.terms:
        if (term, DCTERMS.source, None) not in judged.graph:
            yield Row(term, f"`{short(term)}` states no source")


def status_missing(judged: Judged) -> Iterator[Row]:
    """Yield the terms that do not say how firm they are, once and in one of the known words."""
    for term in judged.terms:
        found = sorted(str(value) for value in judged.graph.objects(term, VS.term_status))
        if len(found) != 1:
            yield Row(term, f"`{short(term)}` has {'no status' if not found else f'{len(found)} statuses'}")
        elif found[0] not in _STATUSES:
            yield Row(term, f"`{short(term)}` has the status `{found[0]}`, which is none", value=found[0])


def term_without_home(judged: Judged) -> Iterator[Row]:
    """Yield terms that do not name their ontology, and names in the ontologies' namespaces that nothing declares."""
    homes = {space: one for one, space in judged.ontologies.items()}
    for term in judged.terms:
        home = next((homes[space] for space in homes if str(term).startswith(space)), None)
        stated = iris(judged.graph, term, RDFS.isDefinedBy)
        if home is not None and stated != [home]:
            yield Row(term, f"`{short(term)}` is not said to be defined by `{home}`")
    known = set(judged.context.subjects()) | set(judged.ontologies)
    used = {term for triple in judged.graph for term in triple if isinstance(term, URIRef)}
    for term in sorted(used - known):
        if str(term).startswith(tuple(homes)) and "#" in term:
            where = min(map(str, _users(judged.graph, term)), default="")
            yield Row(where, f"`{short(term)}` is used and not declared", value=term)


def orphan_term(judged: Judged) -> Iterator[Row]:
    """Yield the terms that nothing but their own description speaks of: no term above, below or beside, no question."""
    terms = set(judged.terms)
    joined: set[Node] = set(judged.asked or ())
    for subject, predicate, value in judged.context:
        joined.add(predicate)
        relates = predicate not in _ABOUT_ITSELF and isinstance(value, URIRef) and subject != value
        if relates or (predicate == RDF.type and value in terms):
            joined |= {subject, value}
    for term in judged.terms:
        if term not in joined:
            yield Row(term, f"`{short(term)}` is related to no other term")


def deprecated_without_successor(judged: Judged) -> Iterator[Row]:
    """Yield deprecated terms that name nothing in their place, and living terms that stand below a deprecated one."""
    gone = {term for term, value in judged.graph.subject_objects(OWL.deprecated) if str(value) in {"true", "1"}}
    for term in judged.terms:
        if term in gone and (term, DCTERMS.isReplacedBy, None) not in judged.graph:
            yield Row(term, f"`{short(term)}` is deprecated, and nothing is named in its place")
        for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
            for above in iris(judged.graph, term, predicate):
                if above in gone and term not in gone:
                    yield Row(term, f"`{short(term)}` stands below `{short(above)}`, which is deprecated")


def blank_node(judged: Judged) -> Iterator[Row]:
    """Yield the named nodes that blank nodes hang on, and blank nodes that hang on nothing."""
    for subject, predicate, value in judged.graph:
        if isinstance(value, BNode) and not isinstance(subject, BNode):
            yield Row(str(subject), f"the value of `{short(predicate)}` of `{short(subject)}` is a blank node")
    held = {value for value in judged.graph.objects() if isinstance(value, BNode)}
    loose = {subject for subject in judged.graph.subjects() if isinstance(subject, BNode)} - held
    if loose:
        yield Row("", f"blank nodes that nothing refers to: {len(loose)}", count=len(loose))


def term_not_asked(judged: Judged) -> Iterator[Row]:
    """Yield the terms that no competency question uses; members of a class are asked for through the class."""
    asked: set[Node] = set(judged.asked or ())
    for term in judged.terms:
        is_member = (term, RDF.type, OWL.NamedIndividual) in judged.graph and not asked.isdisjoint(
            judged.graph.objects(term, RDF.type)
        )
        if judged.asked is not None and term not in asked and not is_member:
            yield Row(term, f"`{short(term)}` is used by no competency question")


CHECKS: Mapping[str, Callable[[Judged], Iterable[Row]]] = {
    "ONT001": header_incomplete,
    "ONT002": label_missing,
    "ONT003": label_ambiguous,
    "ONT004": definition_missing,
    "ONT005": source_missing,
    "ONT006": status_missing,
    "ONT007": term_without_home,
    "ONT008": orphan_term,
    "ONT009": deprecated_without_successor,
    "ONT010": blank_node,
    "ONT011": term_not_asked,
    "ONT012": alignment_unresolved,
    "ONT016": definition_weak,
    "ONT017": definition_repeated,
}
"""The check of each rule, by its id."""


def _literals(graph: Graph, term: Node, predicate: URIRef) -> list[Literal]:
    return sorted(value for value in graph.objects(term, predicate) if isinstance(value, Literal))


def _users(graph: Graph, term: URIRef) -> Iterator[Node]:
    yield from graph.subjects(None, term)
    yield from (subject for subject, _ in graph.subject_objects(term))
