"""Names of SDMX for what a data cube calls by IRIs: those that semstat made lead back, others are made up of the IRI."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from semstat.interop.formats.sdmx.model_facts import Facts, Text
from semstat.ontology.iri import SdmxName, name_of
from semstat.ontology.terms import BASE, RDFS, SKOS

__all__ = ["NOBODY", "CubeNames"]

NOBODY = "UNKNOWN"
"""The agency of what has an IRI without a host."""
_DATA = f"{BASE}data/"
_LABELS = (SKOS.prefLabel, RDFS.label)
_OTHER = re.compile(r"[^A-Za-z0-9_@$-]", re.ASCII)
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
        last = unquote(re.split(r"[#/:]", str(node).rstrip("/#"))[-1])
        plain = _OTHER.sub("_", last) or "item"
        return plain if plain[0].isalpha() else f"C_{plain}"

    def code(self, node: Node) -> str:
        """Return the value of a code: its notation, else what SDMX calls it, else the last word of its IRI."""
        stated = sorted(str(item) for item in self.graph.objects(node, SKOS.notation))
        if stated:
            return stated[0]
        known = name_of(str(node))
        if known is not None and known.item:
            return known.item
        return _OTHER.sub("_", unquote(re.split(r"[#/:]", str(node).rstrip("/#"))[-1])) or "item"

    def facts(self, identifier: str, *nodes: Node) -> Facts:
        """Return an identifier with the labels of the first thing that has any."""
        for node in nodes:
            texts = [item for term in _LABELS for item in self.graph.objects(node, term) if isinstance(item, Literal)]
            found = {item.language or "en": Text(str(item), item.language or "en") for item in sorted(texts, key=str)}
            if found:
                return Facts(identifier, None, tuple(found[language] for language in sorted(found)))
        return Facts(identifier, None)


def _agency(node: Node) -> str:
    host = urlsplit(str(node)).hostname or "" if isinstance(node, URIRef) else ""
    parts = [part for part in reversed(host.split(".")) if _HOST.fullmatch(part)]
    return ".".join(parts) or NOBODY
