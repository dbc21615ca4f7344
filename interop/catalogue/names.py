"""Finding the thing that somebody means: by its IRI, its URN, or the short form that people write."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from semstat.interop.catalogue.records import graph_of, name_in
from semstat.ontology.ddi_iri import DdiName, ddi_name_of
from semstat.ontology.iri import SdmxName, name_of, parse_urn
from semstat.ontology.terms import BASE, DCTERMS, RDF, RDFS, SKOS, SS
from semstat.ontology.terms_study import SSD

if TYPE_CHECKING:
    import pyoxigraph as ox

    from semstat.interop.catalogue.backends import Quads

__all__ = ["Named", "Naming", "NotFound", "short_name"]

_SHORT = re.compile(r"(?:(?P<agency>[^:()\s]+):)?(?P<id>[^:().\s]+)(?:\((?P<version>[^()]*)\))?(?:\.(?P<item>\S+))?")
_ABSOLUTE = re.compile(r"<?[A-Za-z][A-Za-z0-9+.-]*:(?://|urn|semstat)\S*>?|<\S+>")
_LABELS = (SKOS.prefLabel, RDFS.label, SSD.variableName, DCTERMS.title)
_LANGUAGES = ("en", "", "fr", "es")
_MOST_NAMES = 50_000
"""Beyond so many identifiers the nearest one is not looked for: it would take longer than anybody waits."""


class NotFound(LookupError):
    """Nothing in the catalogue is called so; ``nearest`` are identifiers that are."""

    def __init__(self, said: str, nearest: tuple[str, ...]) -> None:
        super().__init__(f"nothing in the catalogue is called {said!r}")
        self.nearest = nearest


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A thing as people call it: its short name, its label (empty where it has none), its class, and its IRI."""

    short: str
    label: str
    kind: str
    iri: str


def short_name(iri: str) -> str:
    """Return the short form of an IRI: ``ECB:CL_FREQ(1.0).A``, ``int.example:v1(2)``; of others the part after the last separator.

    Example:
        >>> short_name("https://w3id.org/semstat/sdmx/codelist.Code/ECB/CL_FREQ/1.0/A")
        'ECB:CL_FREQ(1.0).A'
        >>> short_name("https://w3id.org/semstat/ddi/int.example/v1/2")
        'int.example:v1(2)'
        >>> short_name("https://example.org/data#T_1")
        'T_1'
    """
    whole, mark, part = iri.partition("#")
    name = name_of(whole)
    if name is not None:
        return name.short + mark + part
    described = ddi_name_of(whole)
    if described is not None:
        return f"{described.agency}:{described.id}({described.version}){mark}{part}"
    source = name_in(iri)
    return source or re.split(r"[/#]", iri.rstrip("/#"))[-1] or iri


class Naming:
    """The names of the things in a store.

    Args:
        store: The store of a catalogue.
    """

    def __init__(self, store: "Quads") -> None:
        self._store = store

    def find(self, said: str, *, nearest: bool = True) -> tuple[str, ...]:
        """Return the IRIs of what is meant, in their order; several where a short form fits several.

        Args:
            said: An IRI, a URN, a short form such as ``ECB:CL_FREQ(1.0).A``, or ``file.csv#AREA`` for what a source calls so.
            nearest: Whether to look for what was meant where nothing fits.

        Raises:
            NotFound: nothing fits.
        """
        found = sorted(set(self._found(said.strip())))
        if not found:
            raise NotFound(said, self._nearest(said) if nearest else ())
        return tuple(found)

    def told(self, iri: str) -> Named:
        """Return how a thing is called."""
        return Named(short_name(iri), self.label(iri), self._kind(iri), iri)

    def unambiguous(self, iri: str) -> str:
        """Return the short form of a thing where it means nothing else, else its IRI."""
        short = short_name(iri)
        try:
            return short if self.find(short, nearest=False) == (iri,) else iri
        except NotFound:
            return iri

    def kinds(self, iri: str) -> tuple[str, ...]:
        """Return the IRIs of the classes of a thing, in their order."""
        import pyoxigraph as ox

        types = self._store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(str(RDF.type)), None, None)
        return tuple(sorted({item.object.value for item in types if isinstance(item.object, ox.NamedNode)}))

    def label(self, iri: str) -> str:
        """Return the label of a thing, English where there is one, empty where there is none."""
        for predicate in _LABELS:
            texts = {item.language or "": item.value for item in self._literals(iri, str(predicate))}
            if texts:
                return next((texts[tag] for tag in _LANGUAGES if tag in texts), texts[min(texts)])
        return ""

    def _found(self, said: str) -> Iterator[str]:
        if parse_urn(said) is not None or said.startswith("urn:"):
            yield from self._with(str(SS.urn), said)
            yield from filter(self._is_there, [said])
        elif _ABSOLUTE.fullmatch(said):
            yield from filter(self._is_there, [said.strip("<>")])
        else:
            yield from self._inside(said)
            yield from self._short(said)
            for predicate in (SS.identifier, SSD.variableName):
                yield from self._with(str(predicate), said)

    def _short(self, said: str) -> Iterator[str]:
        """Yield the artefacts of SDMX and DDI, and items of SDMX, that a short form fits."""
        for match in _readings(said):
            if match["agency"] and match["version"] and not match["item"]:
                described = DdiName(match["agency"], match["id"], match["version"])
                yield from filter(self._is_there, [str(described.iri)])
            target = match["item"] or match["id"]
            for iri in self._with(str(SS.identifier), target):
                name = name_of(iri)
                if name is not None and _fits(name, match):
                    yield iri

    def _inside(self, said: str) -> Iterator[str]:
        """Yield what a source calls so: ``data/file.csv#AREA``, by the name or identifier, or by the rest of its IRI."""
        import pyoxigraph as ox

        source, mark, part = said.partition("#")
        if not mark:
            return
        graph = ox.NamedNode(graph_of(source))
        for predicate in (SSD.variableName, SS.identifier):
            for quad in self._store.quads_for_pattern(None, ox.NamedNode(str(predicate)), ox.Literal(part), graph):
                if isinstance(quad.subject, ox.NamedNode):
                    yield quad.subject.value
        studies = self._store.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(SSD.StudyUnit), graph)
        homes = {quad.subject.value.partition("#")[0] for quad in studies if isinstance(quad.subject, ox.NamedNode)}
        yield from filter(self._is_there, [f"{home}#{part}" for home in (graph.value, *sorted(homes))])

    def _names_inside(self, source: str) -> list[str]:
        import pyoxigraph as ox

        graph = ox.NamedNode(graph_of(source))
        found = self._store.quads_for_pattern(None, ox.NamedNode(str(SSD.variableName)), None, graph)
        return sorted({quad.object.value for quad in found if isinstance(quad.object, ox.Literal)})

    def _with(self, predicate: str, text: str) -> Iterator[str]:
        import pyoxigraph as ox

        for quad in self._store.quads_for_pattern(None, ox.NamedNode(predicate), ox.Literal(text), None):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value

    def _is_there(self, iri: str) -> bool:
        import pyoxigraph as ox

        try:
            node = ox.NamedNode(iri)
        except ValueError:
            return False
        patterns = ((node, None), (None, node))
        return any(next(iter(self._store.quads_for_pattern(one, None, two, None)), None) for one, two in patterns)

    def _literals(self, iri: str, predicate: str) -> "Iterator[ox.Literal]":
        import pyoxigraph as ox

        for quad in self._store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, None):
            if isinstance(quad.object, ox.Literal):
                yield quad.object

    def _kind(self, iri: str) -> str:
        names = self.kinds(iri)
        own = [name for name in names if name.startswith(BASE)] or list(names)
        return re.split(r"[/#]", own[-1])[-1] if own else ""

    def _nearest(self, said: str) -> tuple[str, ...]:
        import pyoxigraph as ox

        known: dict[str, str] = {}
        source, mark, part = said.partition("#")
        if mark:
            return tuple(f"{source}#{name}" for name in get_close_matches(part, self._names_inside(source), n=3))
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(str(SS.identifier)), None, None):
            if isinstance(quad.object, ox.Literal):
                known.setdefault(quad.object.value.lower(), quad.object.value)
            if len(known) > _MOST_NAMES:
                return ()
        return tuple(known[near] for near in get_close_matches(_last(said).lower(), known, n=3))


def _readings(said: str) -> Iterable[re.Match[str]]:
    match = _SHORT.fullmatch(said)
    return [match] if match else []


def _last(said: str) -> str:
    match = _SHORT.fullmatch(said)
    return (match["item"] or match["id"]) if match else said


def _fits(name: SdmxName, match: re.Match[str]) -> bool:
    return (
        match["agency"] in {None, name.agency}
        and match["version"] in {None, name.version}
        and match["item"] == name.item
        and match["id"] == name.id
    )
