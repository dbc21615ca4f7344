"""What the ontology holds, listed and searched: modules, classes, properties, vocabularies, concepts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from rdflib import URIRef

from semstat.ontology import modules
from semstat.ontology.describe import prefixed
from semstat.ontology.lookup import Said, said_in
from semstat.ontology.matching import Found, Text, ranked
from semstat.ontology.terms import BASE, DCTERMS, OWL, RDF, RDFS, SKOS, SS, VS
from semstat.ontology.turtle import PREFIXES

__all__ = ["KINDS", "PARTS", "Listed", "listed", "module_named", "searched"]

PARTS = ("module", "vocabulary", "link", "alignment")
"""What the ontology consists of."""
KINDS = (*PARTS, "class", "property", "individual", "concept")
"""What can be listed."""
_DECLARED = {
    str(OWL.Class): "class",
    str(OWL.ObjectProperty): "property",
    str(OWL.DatatypeProperty): "property",
    str(OWL.AnnotationProperty): "property",
    str(SKOS.Concept): "concept",
    str(OWL.NamedIndividual): "individual",
}
_FIELDS = {
    str(RDFS.label): ("label", 1.0),
    str(SKOS.prefLabel): ("label", 1.0),
    str(DCTERMS.title): ("label", 1.0),
    str(SKOS.notation): ("code", 0.95),
    str(SKOS.altLabel): ("synonym", 0.9),
    str(SKOS.hiddenLabel): ("hidden label", 0.85),
    str(SKOS.definition): ("definition", 0.6),
    str(DCTERMS.abstract): ("definition", 0.6),
}
"""Where words are looked for, and what a hit there is worth."""
_OURS = next(prefix for prefix, iri in PREFIXES.items() if iri == BASE)
_WORTH = {**dict(_FIELDS.values()), "name": 1.0}


@dataclass(frozen=True, slots=True)
class Listed:
    """A module or a term: what it is, how it is called, and where it stands.

    ``code`` is its notation, ``status`` how firm it is, ``evidence`` on whose authority it stands, each empty where
    nothing is said. ``terms`` counts what a module declares, and is ``None`` for a term.
    """

    kind: str
    name: str
    code: str
    label: str
    module: str
    status: str
    evidence: str
    definition: str
    iri: str
    terms: int | None = None


def module_named(name: str) -> str | None:
    """Return the full name of a module that is named with or without what stands before the slash.

    Example:
        >>> module_named("gsbpm-5.2"), module_named("core"), module_named("no-such")
        ('vocabulary/gsbpm-5.2', 'core', None)
    """
    known = [one for one in modules() if one == name] or [one for one in modules() if one.endswith(f"/{name}")]
    return known[0] if known else None


def listed(
    *,
    kinds: Iterable[str] = (),
    within: Iterable[str] = (),
    status: str | None = None,
    evidence: str | None = None,
    language: str = "en",
) -> tuple[Listed, ...]:
    """Return the modules and terms that fit, module by module, each in the order of kinds and codes.

    Args:
        kinds: Of :data:`KINDS`; all when none is named.
        within: Names of modules as :func:`semstat.ontology.modules` has them; all when none is named.
        status: ``testing``, ``stable``…: what ``vs:term_status`` says. Concepts have none.
        evidence: ``published``, ``second-hand`` or ``proposal``: what ``ss:evidenceStatus`` says.
        language: That of labels and definitions; where there is none in it, English is taken.

    Example:
        >>> [item.name for item in listed(kinds=["class"], within=["classification"])][:2]
        ['ssx:CaseLaw', 'ssx:ClassificationVariant']
    """
    chosen, places = set(kinds), set(within)
    return tuple(
        item
        for name in modules()
        if not places or name in places
        for item in _of_module(name, language)
        if (not chosen or item.kind in chosen) and status in {None, item.status} and evidence in {None, item.evidence}
    )


def searched(
    words: str, among: Iterable[Listed], *, language: str | None = None, limit: int = 20
) -> tuple[tuple[Found, Listed], ...]:
    """Return those of a list whose names, labels, codes, synonyms or definitions hold words, best first.

    Case and accents do not count; a word that occurs nowhere is taken for the nearest one that does. All languages are
    searched unless one is named.

    Example:
        >>> [item.name for _, item in searched("variable representee", listed(kinds=["class"]))]
        ['ssi:RepresentedVariable']
    """
    known = {item.iri: item for item in among}
    texts = (text for item in known.values() for text in _texts(item))
    return tuple((one, known[one.iri]) for one in ranked(texts, words, worth=_WORTH, language=language, limit=limit))


def _texts(item: Listed) -> Iterator[Text]:
    yield Text(item.iri, "name", item.name)
    for said in _described(item.module).get(item.iri, ()):
        if said.predicate in _FIELDS:
            yield Text(item.iri, _FIELDS[said.predicate][0], said.value, said.language)


@cache
def _described(module: str) -> Mapping[str, tuple[Said, ...]]:
    """Return what a module says, by what it is said of."""
    found: dict[str, list[Said]] = {}
    for said in said_in(module):
        found.setdefault(said.subject, []).append(said)
    return {subject: tuple(values) for subject, values in found.items()}


def _of_module(name: str, language: str) -> Iterator[Listed]:
    described = _described(name)
    found = []
    for iri, values in described.items():
        kinds = {
            _DECLARED[said.value] for said in values if said.predicate == str(RDF.type) and said.value in _DECLARED
        }
        if kinds and iri.startswith(BASE):
            kind = "concept" if "concept" in kinds else min(kinds, key=KINDS.index)
            found.append(_listed(iri, kind, name, values, language))
    part = name.partition("/")[0] if "/" in name else "module"
    header = BASE + name
    yield _listed(header, part, name, described[header], language, terms=len(found))
    yield from sorted(found, key=lambda item: (KINDS.index(item.kind), _in_numbers(item.code or item.name), item.iri))


def _listed(
    iri: str, kind: str, module: str, values: Iterable[Said], language: str, *, terms: int | None = None
) -> Listed:
    values = tuple(values)
    return Listed(
        kind=kind,
        name=module if kind in PARTS else _short(iri),
        code=_value(values, SKOS.notation),
        label=_spoken(values, (RDFS.label, SKOS.prefLabel, DCTERMS.title), language),
        module=module,
        status=_value(values, VS.term_status),
        evidence=_value(values, SS.evidenceStatus),
        definition=_spoken(values, (SKOS.definition, DCTERMS.abstract), language),
        iri=iri,
        terms=terms,
    )


def _short(iri: str) -> str:
    """Return a name that ``semstat ontology show`` takes."""
    name = prefixed(URIRef(iri))
    return f"{_OURS}:{iri.removeprefix(BASE)}" if name == iri else name


def _value(values: Iterable[Said], predicate: str) -> str:
    return next((said.value for said in values if said.predicate == str(predicate)), "")


def _spoken(values: Iterable[Said], predicates: Iterable[str], language: str) -> str:
    wanted = {str(predicate) for predicate in predicates}
    texts = {said.language: said.value for said in values if said.predicate in wanted}
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def _in_numbers(text: str) -> list[tuple[int, str]]:
    """Return what sorts 3.9 before 3.10 and words by their letters."""
    return [(int(part), "") if part.isdigit() and part.isascii() else (0, part) for part in text.casefold().split(".")]
