"""Graphs that others wrote, in any syntax of RDF: read under the policy for unsafe input, judged, and placed in their files.

Each family of rules judges the files that it takes together, since what belongs together often comes in files of its own: a
cube's code lists, or a scheme and its mappings.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from semstat.interop.counting import InputRefused
from semstat.interop.options import Options
from semstat.interop.rdf_safety import nested_too_deep
from semstat.interop.reading import content
from semstat.interop.registry import format_of
from semstat.interop.reports import UNREADABLE, checked, listed, of_refusal, totals
from semstat.interop.sources import Source
from semstat.ontology.terms import SH
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, DatasetSummary, Diagnostic, Location, Report
from semstat.validators.rules import finding
from semstat.validators.sets import NotRdf, add_rdf, empty_store

if TYPE_CHECKING:
    import pyoxigraph as ox

    from semstat.interop.rdf_families import Family

__all__ = ["Places", "RdfFile", "of_graphs", "rdf_files", "unsafe"]

_SYNTAXES = {"turtle", "rdf-xml", "json-ld"}
_PREFIX = re.compile(r"^\s*@?prefix\s+(?P<prefix>[\w.-]*):\s*<(?P<iri>[^>]*)>", re.IGNORECASE | re.MULTILINE)
_BASE = re.compile(r"^\s*@?base\s+<(?P<iri>[^>]*)>", re.IGNORECASE | re.MULTILINE)
_SUBJECTS = {
    "turtle": re.compile(r"^(?P<subject><[^>\s]*>|(?![@#])[\w.-]*:[\w.%:-]*)", re.MULTILINE),
    "rdf-xml": re.compile(r"\b(?:rdf:)?about\s*=\s*\"(?P<subject>[^\"]*)\""),
    "json-ld": re.compile(r"\"@id\"\s*:\s*\"(?P<subject>[^\"]*)\""),
}


@dataclass(frozen=True, slots=True)
class RdfFile:
    """An RDF file: where it comes from, its syntax, its bytes."""

    source: Source
    syntax: str
    data: bytes


def rdf_files(items: Iterable[Source | Diagnostic], named: str | None) -> list[RdfFile]:
    """Return the RDF files among the inputs. Files with shapes are not data, and stay out."""
    return [file for item in items if isinstance(item, Source) for file in _rdf(item, named)]


def _taken(family: "Family", files: Sequence[RdfFile]) -> list[RdfFile]:
    return [file for file, is_taken in zip(files, family.takes([file.data for file in files]), strict=True) if is_taken]


def _rdf(source: Source, named: str | None) -> Iterator[RdfFile]:
    try:
        syntax = format_of(source, named=named).name
        if syntax not in _SYNTAXES:
            return
        data = content(source)
    except InputRefused:
        return  # whoever reads it next says so
    if str(SH).encode() in data:
        return
    if syntax == "turtle" and source.name.removesuffix(".gz").endswith(".nt"):
        syntax = "n-triples"
    yield RdfFile(source, syntax, data)


def of_graphs(files: Sequence[RdfFile], options: Options) -> Iterator[Report]:
    """Yield what each family of rules says of some files, and which files are of no family.

    Findings:
        Those of the families; ``IO101``, ``IO102`` and ``IO107`` for files that cannot be read or are not safe to read, after
        which the family judges nothing: what is missing would look like faults. ``IO110`` and ``IO112`` for files of no family.
    """
    if not files:
        return
    # Loaded here: their shapes and vocabularies are not for those who judge tables.
    from semstat.interop.rdf_families import FAMILIES

    run = _Run(options)
    taken = [(family, _taken(family, files)) for family in FAMILIES]
    yield from (run.judged(family, chosen) for family, chosen in taken if chosen)
    known = {id(file) for _, chosen in taken for file in chosen}
    subjects = ", ".join(family.subject for family in FAMILIES)
    yield from (run.of_no_family(file, subjects) for file in files if id(file) not in known)


@dataclass(frozen=True, slots=True)
class _Run:
    """What families tell one another: faults of files that were reported, and files whose triples were counted."""

    options: Options
    said: set[Diagnostic] = field(default_factory=set)
    counted: set[int] = field(default_factory=set)

    def judged(self, family: "Family", files: Sequence[RdfFile]) -> Report:
        """Return what one family says of the files that it takes."""
        store = empty_store()
        broken, triples = self._read(store, files)
        if broken:
            return _unread(family, files, broken, self._fresh(broken))
        return replace(_of_family(family, store, files, self.options), triples=triples)

    def of_no_family(self, file: RdfFile, subjects: str) -> Report:
        """Return that nothing was checked: the file cannot be read, or says nothing that there are rules for."""
        store = empty_store()
        broken, _ = self._read(store, [file])
        if broken:
            name = file.source.name
            return Report(tuple(broken), tuple(totals(broken, None)), sources=(name,), unreadable=(name,))
        where = Location(file.source.name)
        if not len(store):
            return of_refusal(finding("IO110", "the file holds no triples", where))
        said = f"nothing is checked: the RDF is of no subject that there are rules for, which are {subjects}"
        return of_refusal(finding("IO112", said, where))

    def _read(self, store: "ox.Store", files: Sequence[RdfFile]) -> tuple[list[Diagnostic], int]:
        """Add files to a store; return what is wrong with them, and the number of triples that were not counted before."""
        broken: list[Diagnostic] = []
        triples = 0
        for file in files:
            before = len(store)
            broken += _add(store, file)
            triples += 0 if id(file) in self.counted else len(store) - before
            self.counted.add(id(file))
        return broken, triples

    def _fresh(self, broken: Sequence[Diagnostic]) -> list[Diagnostic]:
        fresh = [item for item in broken if item not in self.said]
        self.said.update(fresh)
        return fresh


def _of_family(family: "Family", store: "ox.Store", files: Sequence[RdfFile], options: Options) -> Report:
    outcomes = family.judge(store)
    places = Places(files)
    limit = options.max_findings or None
    found = [places.located(item) for outcome in outcomes for item in outcome.findings]
    found.sort(key=lambda item: (item.rule, item.location.source or "", item.location.line or 0, item.message))
    datasets = family.datasets(store) if family.datasets else ()
    return Report(
        tuple(listed(found, limit)),
        tuple(totals(found, limit)),
        tuple(checked(outcomes, [file.source.name for file in files], found)),
        tuple(
            DatasetSummary(places.source(item.iri), "rdf-data-cube", item.structure, item.observations, index=number)
            for number, item in enumerate(datasets, start=1)
        ),
        sources=tuple(file.source.name for file in files),
    )


def _unread(family: "Family", files: Sequence[RdfFile], broken: list[Diagnostic], fresh: list[Diagnostic]) -> Report:
    bad = {str(item.location.source) for item in broken if item.rule in UNREADABLE}
    reason = "another file cannot be read"
    return Report(
        tuple(fresh),
        tuple(totals(fresh, None)),
        tuple(
            CheckOutcome(family.first, None, CheckStatus.NOT_CHECKED, file.source.name, reason=reason)
            for file in files
            if file.source.name not in bad
        ),
        sources=tuple(file.source.name for file in files),
        unreadable=tuple(sorted(bad)),
    )


def _add(store: "ox.Store", file: RdfFile) -> Iterator[Diagnostic]:
    """Add a file to the store, or yield why it is not read."""
    refused = unsafe(file)
    if refused is not None:
        yield refused
        return
    try:
        add_rdf(store, file.data, file.syntax)
    except NotRdf as problem:
        where = Location(file.source.name, problem.line)
        yield finding("IO101", f"the RDF cannot be read: {problem}", where)


def unsafe(file: RdfFile) -> Diagnostic | None:
    """Return why a file must not reach the parser: a document type, or nesting that would exhaust its stack."""
    from semstat.interop.safety import read_xml

    if file.syntax == "rdf-xml":
        read = read_xml(file.data, origin=file.source.name)
        return read if isinstance(read, Diagnostic) else None
    return nested_too_deep(file.data, file.syntax, file.source.name)


class Places:
    """Where subjects stand in the files: the first line that begins with one. RDF has no lines; this is a hint."""

    def __init__(self, files: Sequence[RdfFile]) -> None:
        self._first = files[0].source.name
        self._found: dict[str, Location] = {}
        for file in files:
            for subject, line in _subjects(file).items():
                self._found.setdefault(subject, Location(file.source.name, line))

    def located(self, item: Diagnostic) -> Diagnostic:
        """Return a finding with the place of its focus; one without a name stands in the first file."""
        place = self._found.get(item.location.focus or "", Location(self._first))
        return replace(item, location=replace(item.location, source=place.source, line=place.line))

    def source(self, iri: str) -> str:
        """Return the file in which a subject stands, the first one if it stands in none."""
        return self._found.get(iri, Location(self._first)).source or self._first


def _subjects(file: RdfFile) -> Mapping[str, int]:
    text = file.data.decode("utf-8", "replace")
    prefixes = {match["prefix"]: match["iri"] for match in _PREFIX.finditer(text)} if file.syntax == "turtle" else {}
    base = _BASE.search(text) if file.syntax == "turtle" else None
    pattern = _SUBJECTS["turtle" if file.syntax == "n-triples" else file.syntax]
    found: dict[str, int] = {}
    line, counted = 1, 0
    for match in pattern.finditer(text):
        line, counted = line + text.count("\n", counted, match.start()), match.start()
        found.setdefault(_written_out(match["subject"], prefixes, base["iri"] if base else ""), line)
    return found


def _written_out(subject: str, prefixes: Mapping[str, str], base: str) -> str:
    if subject.startswith("<"):
        return urljoin(base, subject[1:-1]) if base else subject[1:-1]
    prefix, _, local = subject.partition(":")
    return prefixes[prefix] + local if prefix in prefixes else subject
