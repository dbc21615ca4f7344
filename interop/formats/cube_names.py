"""Names of SDMX for what a data cube calls by IRIs: those that semstat made lead back, others are made up of the IRI."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from semstat.interop.formats.sdmx.model_facts import Facts, Text
from semstat.ontology.identifiers import as_identifier
from semstat.ontology.iri import SdmxName, name_of
from semstat.ontology.terms import BASE, DCTERMS, RDFS, SKOS
from semstat.validators.structural.datatypes import TEXT_TYPES

__all__ = ["NOBODY", "READ_TEXTS", "SCHEMES", "CubeNames", "text_type_of"]

NOBODY = "UNKNOWN"
"""The agency of what has an IRI without a host."""
_DATA = f"{BASE}data/"
SCHEMES: Mapping[str, str] = {"Codelist": "Code", "ValueList": "ValueItem", "ConceptScheme": "Concept"}
"""Classes of schemes that are concept schemes of SKOS, with those of their items."""
_LABELS = (SKOS.prefLabel, RDFS.label, DCTERMS.title)
_DESCRIPTIONS = (SKOS.definition, RDFS.comment, DCTERMS.description)
READ_TEXTS = frozenset({*_LABELS, *_DESCRIPTIONS})
"""Properties that labels and descriptions are read from; of a thing, the first of each that it has."""
_TYPES = {item.datatype: name for name, item in reversed(TEXT_TYPES.items())}
_TIME = "ObservationalTimePeriod"
_HOST = re.compile(r"[A-Za-z][A-Za-z0-9_-]*", re.ASCII)


@dataclass(slots=True)
class CubeNames:
    """The names that were given, each once: a second thing that would be called the same gets a number."""

    graph: Graph
    given: dict[tuple[Node, str], SdmxName] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def of(self, node: Node, package: str, cls: str) -> SdmxName:
        """Return the name of a maintainable artefact.

        Example:
            >>> names = CubeNames(Graph())
            >>> names.of(URIRef("https://stats.example.org/def/pop"), "datastructure", "DataStructure").short
            'org.example.stats:pop(1.0)'
        """
        known = name_of(str(node).replace(_DATA, f"{BASE}sdmx/"))
        if known is not None and known.cls == cls and known.item is None:
            return known
        if (node, cls) not in self.given:
            stem, number = self.word(node), 1
            name = SdmxName(package, cls, _agency(node), stem, "1.0")
            while name.urn in self.taken:
                number += 1
                name = SdmxName(package, cls, _agency(node), f"{stem}_{number}", "1.0")
            self.taken.add(name.urn)
            self.given[node, cls] = name
        return self.given[node, cls]

    def word(self, node: Node) -> str:
        """Return the last word of an IRI as an identifier that begins with a letter."""
        plain = self._plain(node)
        return plain if plain[0].isalpha() else f"C_{plain}"

    def code(self, node: Node) -> str:
        """Return the value of a code: its notation, else what SDMX calls it, else the last word of its IRI."""
        stated = sorted(str(item) for item in self.graph.objects(node, SKOS.notation) if isinstance(item, Literal))
        if stated:
            return stated[0]
        known = name_of(str(node))
        if known is not None and known.item:
            return known.item
        return self._plain(node)

    def _plain(self, node: Node) -> str:
        """Return the last word of an IRI, or the label of what has none, in the characters that identifiers have."""
        if isinstance(node, BNode):
            last = next((text.value for text in self._texts(node, _LABELS)), "unnamed")
        else:
            last = unquote(re.split(r"[#/:]", str(node).rstrip("/#"))[-1])
        return as_identifier(last) or "item"

    def facts(self, identifier: str, *nodes: Node) -> Facts:
        """Return an identifier with the labels and descriptions of the first thing that has any."""
        for node in nodes:
            names, descriptions = self._texts(node, _LABELS), self._texts(node, _DESCRIPTIONS)
            if names or descriptions:
                return Facts(identifier, None, names, descriptions)
        return Facts(identifier, None)

    def _texts(self, node: Node, terms: Iterable[URIRef]) -> tuple[Text, ...]:
        """Return one text for each language, by the first property that has any."""
        for term in terms:
            texts = sorted(item for item in self.graph.objects(node, term) if isinstance(item, Literal))
            if texts:
                found = {item.language: Text(str(item), item.language) for item in texts}
                return tuple(found[language] for language in sorted(found, key=lambda known: known or ""))
        return ()


def text_type_of(datatypes: Iterable[Node], *, is_time: bool) -> str | None:
    """Return the text type of SDMX that the range of a property means; of time, one of time in any case.

    Example:
        >>> from semstat.ontology.terms import XSD
        >>> text_type_of([XSD.decimal], is_time=False), text_type_of([], is_time=True)
        ('Decimal', 'ObservationalTimePeriod')
    """
    types = [_TYPES[item] for item in datatypes if isinstance(item, URIRef) and item in _TYPES]
    if is_time and (not types or not TEXT_TYPES[types[0]].is_period):
        return _TIME
    return types[0] if types else None


def _agency(node: Node) -> str:
    host = urlsplit(str(node)).hostname or "" if isinstance(node, URIRef) else ""
    parts = [part for part in reversed(host.split(".")) if _HOST.fullmatch(part)]
    return ".".join(parts) or NOBODY
