"""A term looked up by any of its names, and described for people: what it means, where it stands, how it is linked."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from semstat.ontology import load
from semstat.ontology.access import iris, text
from semstat.ontology.terms import DCTERMS, OWL, RDF, RDFS, SKOS, SS, VS
from semstat.ontology.turtle import PREFIXES

__all__ = [
    "KINDS", "LABELS", "as_compared", "describe", "described_terms", "found", "label_of", "last_part", "meant", "nearest",
    "prefixed", "whole",
]  # fmt: skip

KINDS = {
    OWL.Class: "class",
    OWL.ObjectProperty: "property, whose value is a thing",
    OWL.DatatypeProperty: "property, whose value is a literal",
    OWL.AnnotationProperty: "annotation property",
    SKOS.Concept: "concept",
    SKOS.ConceptScheme: "concept scheme",
    OWL.NamedIndividual: "individual",
}
"""What a term is declared as, in words."""
_MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
_ABOVE = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.broader)
LABELS = (RDFS.label, SKOS.prefLabel, SKOS.altLabel)
"""What gives a term a name."""
_WIDTH = 100
_ALIKE = 0.75


@lru_cache(maxsize=1)
def whole() -> Graph:
    """Return all modules, vocabularies and alignments in one graph, read once; do not change it."""
    return load()


def found(graph: Graph, name: str) -> list[URIRef]:
    """Return the terms that a name stands for: a prefixed name, an IRI, or a label or local name in any case.

    Example:
        >>> set(found(whole(), "sst:Codelist")) <= set(found(whole(), "liste de codes"))
        True
    """
    for iri in meant(name):
        if (URIRef(iri), None, None) in graph:
            return [URIRef(iri)]
    return _names(graph).get(as_compared(name), [])


def meant(name: str) -> list[str]:
    """Return the IRIs that a name may be, written out or by its prefix; none for a name without a colon.

    Example:
        >>> meant("ss:Item"), meant("item")
        (['ss:Item', 'https://w3id.org/semstat/core#Item'], [])
    """
    prefix, colon, local = name.partition(":")
    iris_ = (name.strip("<>"), PREFIXES.get(prefix, "") + local) if colon else ()
    return [iri for iri in iris_ if not re.search(r"[\s<>\"{}|\\^`]", iri)]


def as_compared(name: str) -> str:
    """Return a name in the form in which names are compared: in lower case, with plain single blanks.

    French puts a blank before a colon that does not break; nobody types it.

    Example:
        >>> as_compared("Famille\u00a0: famille du ménage ")
        'famille : famille du ménage'
    """
    return " ".join(name.casefold().split())


def last_part(term: str) -> str:
    """Return what stands behind the last ``#`` or ``/`` of an IRI.

    Example:
        >>> last_part("https://w3id.org/semstat/core#Item")
        'Item'
    """
    return term.replace("#", "/").rpartition("/")[2]


def nearest(graph: Graph, name: str) -> list[str]:
    """Return at most three names that look like one that there is none of, or begin as it does.

    Of a prefixed name or an IRI the local part is compared: with terms of the same prefix, or of all where there is none such.

    Example:
        >>> nearest(whole(), "code lists")[0], nearest(whole(), "ssi:Represntd")[0], nearest(whole(), "sx:Codelst")[0]
        ('code list', 'ssi:RepresentedVariable', 'ssi:CodeList')
    """
    if ":" not in name:
        return _closest(name, {one: one for one in _names(graph)})
    prefix, _, local = prefixed(URIRef(name.strip("<>"))).rpartition(":") if "/" in name else name.partition(":")
    known = [prefixed(term) for term in described_terms(graph)]
    same = {one: one.partition(":")[2] for one in known if one.startswith(f"{prefix}:") and "/" not in one}
    return _closest(local, same or {one: one.partition(":")[2] for one in known if "/" not in one})


def _closest(name: str, known: Mapping[str, str]) -> list[str]:
    """Return the names whose text, or as much of its beginning, is most like a name; shorter ones first among equals."""
    wanted = name.casefold().strip()
    matcher = SequenceMatcher(None, "", wanted)

    def likeness(text: str) -> float:
        matcher.set_seq1(text)
        return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE else 0.0

    graded = []
    for one, shown in known.items():
        whole_name = shown.casefold()
        begun = whole_name[: len(wanted) + 1]
        grade = max(likeness(whole_name), likeness(begun) - 0.01 if begun != whole_name else 0.0)
        if wanted and grade >= _ALIKE:
            graded.append((-grade, len(one), one))
    return [one for _, _, one in sorted(graded)[:3]]


def described_terms(graph: Graph) -> list[URIRef]:
    """Return everything in a graph that has a label or is declared, and is no ontology, in the order of the IRIs."""
    named = {subject for predicate in LABELS for subject in iris(graph, None, predicate)}
    return sorted(named | {term for kind in KINDS for term in iris(graph, None, RDF.type, kind)})


def describe(graph: Graph, term: URIRef) -> str:
    """Return all that a graph says of a term, as text for people.

    Example:
        >>> print(describe(whole(), SS.Item).splitlines()[0])
        item (ss:Item)
    """
    kinds = [word for kind, word in KINDS.items() if (term, RDF.type, kind) in graph]
    lines = [f"{label_of(graph, term)} ({prefixed(term)})", f"  {kinds[0] if kinds else 'individual'}"]
    definition = text(graph, term, SKOS.definition)
    if definition:
        lines += ["", *textwrap.wrap(definition, _WIDTH, initial_indent="  ", subsequent_indent="  ")]
    lines.append("")
    for title, values in _sections(graph, term):
        lines += _section(title, values)
    return "\n".join(lines).rstrip() + "\n"


def prefixed(term: Node) -> str:
    """Return a term by its prefix, or its IRI where the project has none for it.

    Example:
        >>> prefixed(SS.Item)
        'ss:Item'
    """
    iri = str(term)
    best = max(
        (pair for pair in PREFIXES.items() if iri.startswith(pair[1])), key=lambda pair: len(pair[1]), default=None
    )
    local = iri[len(best[1]) :] if best else ""
    return f"{best[0]}:{local}" if best and local and "/" not in local else iri


def label_of(graph: Graph, term: Node, language: str = "en") -> str:
    """Return a term's label in a language, in any other where there is none, and its prefixed name where it has none."""
    labels = sorted(value for one in LABELS[:2] for value in graph.objects(term, one) if isinstance(value, Literal))
    wanted = [str(value) for value in labels if value.language == language]
    return (wanted or [str(value) for value in labels] or [prefixed(term)])[0]


def _sections(graph: Graph, term: URIRef) -> Iterator[tuple[str, list[str]]]:
    others = sorted(
        f"{value} [{value.language}]"
        for one in LABELS
        for value in graph.objects(term, one)
        if isinstance(value, Literal) and (value.language != "en" or one == SKOS.altLabel)
    )
    yield "also called", others
    yield "above", [_line(graph, one) for above in _ABOVE for one in iris(graph, term, above) if _is_ours(one)]
    yield "below", [_line(graph, one) for above in _ABOVE for one in iris(graph, None, above, term)]
    yield "members", [_line(graph, one) for one in iris(graph, None, RDF.type, term)]
    yield "properties", [_line(graph, one) for one in iris(graph, None, RDFS.domain, term)]
    yield "leads here", [_line(graph, one) for one in iris(graph, None, RDFS.range, term)]
    yield "from", [_line(graph, one) for one in iris(graph, term, RDFS.domain)]
    yield "to", [_line(graph, one) for one in iris(graph, term, RDFS.range)]
    yield "disjoint with", [_line(graph, one) for one in iris(graph, term, OWL.disjointWith)]
    yield "links", _links(graph, term)
    yield "source", sorted(str(value) for value in graph.objects(term, DCTERMS.source))
    yield "evidence", sorted(str(value) for value in graph.objects(term, SS.evidenceStatus))
    yield "status", sorted(str(value) for value in graph.objects(term, VS.term_status))
    yield "replaced by", [_line(graph, one) for one in iris(graph, term, DCTERMS.isReplacedBy)]
    yield "module", [str(one) for one in iris(graph, term, RDFS.isDefinedBy)]
    yield "address", [str(term)]


def _links(graph: Graph, term: URIRef) -> list[str]:
    """Return the links to other vocabularies, each with what it rests on."""
    evidence = {
        (graph.value(axiom, OWL.annotatedProperty), graph.value(axiom, OWL.annotatedTarget)): text(
            graph, axiom, SS.evidenceStatus, "not stated"
        )
        for axiom in graph.subjects(OWL.annotatedSource, term)
    }
    stated = [(one, value) for one in (*_MATCHES, *_ABOVE) for value in iris(graph, term, one)]
    return [
        f"{prefixed(one)} {prefixed(value)} ({evidence.get((one, value), 'evidence not stated')})"
        for one, value in stated
        if one in _MATCHES or not _is_ours(value)
    ]


def _is_ours(term: URIRef) -> bool:
    return str(term).startswith(PREFIXES["semstat"])


def _line(graph: Graph, term: URIRef) -> str:
    name = prefixed(term)
    label = label_of(graph, term)
    return name if label == name else f"{label} ({name})"


def _section(title: str, values: Iterable[str]) -> list[str]:
    return [
        line
        for number, value in enumerate(values)
        for line in textwrap.wrap(
            value,
            _WIDTH,
            initial_indent=f"  {title if number == 0 else '':<14}",
            subsequent_indent=" " * 18,
            break_long_words=False,
            break_on_hyphens=False,
        )
    ]


def _names(graph: Graph) -> dict[str, list[URIRef]]:
    names: dict[str, list[URIRef]] = {}
    for predicate in LABELS:
        for term, value in graph.subject_objects(predicate):
            if isinstance(term, URIRef):
                names.setdefault(as_compared(str(value)), []).append(term)
    for term in described_terms(graph):
        names.setdefault(as_compared(last_part(term)), []).append(term)
    return {name: sorted(set(terms)) for name, terms in names.items()}
