"""From the triples of the hub graph to native SDMX artefacts: what all artefacts have in common, and the dispatch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from semstat.interop.formats.sdmx.fragments import pieces
from semstat.interop.formats.sdmx.lift_rows import FLAG_TERMS, TEXT_TERMS
from semstat.interop.formats.sdmx.model import Annotation, Facts, Link, Maintainable, Reference, Text
from semstat.interop.formats.sdmx.vocabulary import ARTEFACTS
from semstat.ontology.iri import SdmxName, name_of, parse_urn
from semstat.ontology.terms import DCTERMS, SKOS, SS, SST

__all__ = [
    "Statements",
    "annotations_of",
    "facts_of",
    "head_of",
    "in_order",
    "references",
    "statements",
    "unread_of",
]

_ELEMENTS: dict[tuple[str, str], str] = {}
for _element, _known in ARTEFACTS.items():
    _ELEMENTS.setdefault((_known.package, _known.cls), _element)


@dataclass(frozen=True, slots=True)
class Statements:
    """What the graph says of one thing: the values of each property, in no particular order.

    With ``resolved``, references name the version that they mean now, not the wildcard that the source wrote.
    """

    graph: Graph
    iri: URIRef
    values: Mapping[Node, list[Node]]
    resolved: bool = False

    def text(self, predicate: URIRef) -> str | None:
        """The lexical form of a property's value, the first of several, ``None`` where there is none."""
        return min((str(value) for value in self.values.get(predicate, ())), default=None)

    def flag(self, predicate: URIRef) -> bool | None:
        """A property's value as a truth value, ``None`` where there is none."""
        text = self.text(predicate)
        return None if text is None else text in {"true", "1"}

    def plain(self, predicate: URIRef) -> tuple[str, ...]:
        """The lexical forms of a property's values, sorted."""
        return tuple(sorted(str(value) for value in self.values.get(predicate, ())))

    def texts(self, predicate: URIRef) -> tuple[Text, ...]:
        """The texts of a property, sorted by language."""
        found = {Text(str(item), item.language) for item in self.values.get(predicate, ()) if isinstance(item, Literal)}
        return tuple(sorted(found, key=lambda text: (text.language or "", text.value)))

    def iris(self, predicate: URIRef) -> list[URIRef]:
        """The IRIs among a property's values, sorted."""
        return sorted(value for value in self.values.get(predicate, ()) if isinstance(value, URIRef))

    def parts(self, predicate: URIRef) -> "list[Statements]":
        """What the graph says of a property's values, in the order of their positions."""
        return in_order(self, self.iris(predicate))


def statements(graph: Graph, iri: URIRef, *, resolved: bool = False) -> Statements:
    """Return what the graph says of a thing."""
    values: dict[Node, list[Node]] = {}
    for predicate, value in graph.predicate_objects(iri):
        values.setdefault(predicate, []).append(value)
    return Statements(graph, iri, values, resolved)


def in_order(whole: Statements, iris: Iterable[URIRef]) -> list[Statements]:
    """Return what the graph says of parts of a thing, by position; those without one come last, by IRI."""
    return sorted((statements(whole.graph, iri, resolved=whole.resolved) for iri in iris), key=_place)


def _place(item: Statements) -> tuple[bool, int, str]:
    text = item.text(SS.position) or ""
    return not text.isdecimal(), int(text) if text.isdecimal() else 0, str(item.iri)


def references(item: Statements, predicate: URIRef) -> tuple[Reference, ...]:
    """Return what a thing refers to by a property, with versions as the source wrote them, sorted by name."""
    stated = () if item.resolved else item.plain(SST.referenceAsWritten)
    written = {_versionless(name): name for name in map(parse_urn, stated) if name}
    names = [name for iri in item.iris(predicate) if (name := name_of(iri)) is not None]
    return tuple(Reference(written.get(_versionless(name), name), None) for name in names)


def _versionless(name: SdmxName) -> tuple[str, str, str, str | None]:
    return name.cls, name.agency, name.id, name.item


def unread_of(item: Statements) -> tuple[str, ...]:
    """Return the content that was kept raw, piece by piece, in the order of the source."""
    return tuple(piece for text in item.plain(SS.unreadContent) for piece in pieces(text))


def facts_of(item: Statements, identifier: str) -> Facts:
    """Return the common facts of an artefact."""
    return Facts(
        identifier,
        None,
        item.texts(SKOS.prefLabel),
        item.texts(DCTERMS.description),
        annotations_of(item),
        unread_of(item),
        _links(item),
        item.text(SS.uri),
    )


def _links(item: Statements) -> tuple[Link, ...]:
    return tuple(
        Link(
            None,
            part.text(SS.linkRelation),
            part.text(SS.linkUrl),
            part.text(SS.linkUrn),
            part.text(SS.linkType),
            part.text(SS.linkLanguage),
            part.texts(SS.linkTitle),
            unread_of(part),
        )
        for part in item.parts(SS.link)
    )


def annotations_of(item: Statements) -> tuple[Annotation, ...]:
    """Return the annotations of an artefact in their order."""
    return tuple(
        Annotation(
            None,
            part.text(SS.identifier),
            part.text(SS.annotationTitle),
            part.text(SS.annotationType),
            part.texts(SS.annotationUrl),
            part.texts(SS.annotationText),
            unread_of(part),
            part.text(SS.annotationValue),
        )
        for part in item.parts(SS.annotation)
    )


def head_of(item: Statements, name: SdmxName) -> Maintainable:
    """Return the identity of a maintainable artefact and what it states about itself."""
    facts = facts_of(item, name.id)
    element = _ELEMENTS.get((name.package, name.cls), name.cls)
    flags = ((key, item.flag(predicate)) for key, predicate in FLAG_TERMS.items())
    texts = ((key, item.text(predicate)) for key, predicate in TEXT_TERMS.items())
    return Maintainable(
        element,
        name,
        facts,
        tuple((key, value) for key, value in flags if value is not None),
        tuple((key, text) for key, text in texts if text is not None),
    )
