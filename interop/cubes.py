"""RDF that others wrote, in any syntax: read under the policy for unsafe input, judged, and placed in its files.

Cubes are judged by the integrity constraints of their vocabulary, classifications, studies and lineage by their shapes. All
RDF files of a run are judged together: observations, structure and code lists of a cube often come in files of their own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from semstat.interop.counting import InputRefused
from semstat.interop.options import Options
from semstat.interop.rdf_safety import nested_too_deep
from semstat.interop.reading import content
from semstat.interop.registry import format_of
from semstat.interop.reports import UNREADABLE, listed, totals
from semstat.interop.sources import Source
from semstat.ontology.terms import QB, SH
from semstat.validators.cubes import RuleOutcome, datasets_of, judge_cubes
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, DatasetSummary, Diagnostic, Location, Report
from semstat.validators.rules import finding
from semstat.validators.sets import NotRdf, add_rdf, empty_store
from semstat.validators.shape_sets import families_in, judge_shapes, shape_queries

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Places", "RdfFile", "of_cubes", "rdf_files", "unsafe"]

_SYNTAXES = {"turtle", "rdf-xml", "json-ld"}
_PREFIX = re.compile(r"^\s*@?prefix\s+(?P<prefix>[\w.-]*):\s*<(?P<iri>[^>]*)>", re.IGNORECASE | re.MULTILINE)
_SUBJECTS = {
    "turtle": re.compile(r"^(?P<subject><[^>\s]*>|(?![@#])[\w.-]*:[\w.%:-]*)", re.MULTILINE),
    "rdf-xml": re.compile(r"\b(?:rdf:)?about\s*=\s*\"(?P<subject>[^\"]*)\""),
    "json-ld": re.compile(r"\"@id\"\s*:\s*\"(?P<subject>[^\"]*)\""),
}


@dataclass(frozen=True, slots=True)
class RdfFile:
    """An RDF file: where it comes from, its syntax, its bytes, and whether it speaks of cubes or of what shapes judge."""

    source: Source
    syntax: str
    data: bytes
    has_cube: bool
    families: frozenset[str] = frozenset()


def rdf_files(items: Iterable[Source | Diagnostic], named: str | None) -> list[RdfFile]:
    """Return the RDF files among the inputs that are judged together; none where no file speaks of what is judged.

    Files with shapes are not data, and stay out.
    """
    found = [file for item in items if isinstance(item, Source) for file in _rdf(item, named)]
    return found if any(file.has_cube or file.families for file in found) else []


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
    yield RdfFile(source, syntax, data, str(QB).encode() in data, families_in(data))


def of_cubes(files: Sequence[RdfFile], options: Options) -> Report:
    """Return what is said of the cubes, classifications, studies and lineage in some files, read together.

    Findings:
        Those of :func:`semstat.validators.cubes.judge_cubes` where a file speaks of cubes, and of
        :func:`semstat.validators.shape_sets.judge_shapes` for what else they speak of; ``IO101``, ``IO102`` and ``IO107``
        for files that cannot be read or are not safe to read, after which nothing is judged: what is missing would look
        like faults.
    """
    if not files:
        return Report()
    store = empty_store()
    broken = [problem for file in files for problem in _add(store, file)]
    if broken:
        return _unread(files, broken)
    outcomes = _outcomes(store, files)
    places = Places(files)
    limit = options.max_findings or None
    found = [places.located(item) for outcome in outcomes for item in outcome.findings]
    found.sort(key=lambda item: (item.rule, item.location.source or "", item.location.line or 0, item.message))
    return Report(
        tuple(listed(found, limit)),
        tuple(totals(found, limit)),
        tuple(_checks(outcomes, files, found)),
        tuple(
            DatasetSummary(places.source(item.iri), "rdf-data-cube", item.structure, item.observations, index=number)
            for number, item in enumerate(datasets_of(store), start=1)
        ),
        sources=tuple(file.source.name for file in files),
    )


def _outcomes(store: "ox.Store", files: Sequence[RdfFile]) -> list[RuleOutcome]:
    """Return what became of each rule; cubes come last, since a store is normalised when they are judged."""
    families = frozenset[str]().union(*(file.families for file in files))
    outcomes = list(judge_shapes(store, families))
    if any(file.has_cube for file in files):
        outcomes += judge_cubes(store)
    return outcomes


def _first_rule(files: Sequence[RdfFile]) -> str:
    """Return the rule under which it is said that nothing was judged."""
    if any(file.has_cube for file in files):
        return "QB001"
    return shape_queries(min(name for file in files for name in file.families))[0].rule


def _unread(files: Sequence[RdfFile], broken: list[Diagnostic]) -> Report:
    bad = {str(item.location.source) for item in broken if item.rule in UNREADABLE}
    return Report(
        tuple(broken),
        tuple(totals(broken, None)),
        tuple(
            CheckOutcome(
                _first_rule(files),
                None,
                CheckStatus.NOT_CHECKED,
                file.source.name,
                reason="another file cannot be read",
            )
            for file in files
            if file.source.name not in bad
        ),
        sources=tuple(file.source.name for file in files),
        unreadable=tuple(sorted(bad)),
    )


def _add(store: object, file: RdfFile) -> Iterator[Diagnostic]:
    """Add a file to the store, or yield why it is not read."""
    refused = unsafe(file)
    if refused is not None:
        yield refused
        return
    try:
        add_rdf(store, file.data, file.syntax)  # type: ignore[arg-type]  # the store's type is known to its module
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


def _checks(
    outcomes: Sequence[RuleOutcome], files: Sequence[RdfFile], found: Sequence[Diagnostic]
) -> Iterator[CheckOutcome]:
    """Yield what became of each rule: for each file, and what it could not judge once for all of them together."""
    failed = Counter[tuple[str, str | None]]()
    for item in found:
        failed[item.rule, item.location.source] += item.count
    for file in files:
        name = file.source.name
        for outcome in outcomes:
            if not outcome.examined:
                reason = "nothing of the kind is there"
                yield CheckOutcome(outcome.rule, None, CheckStatus.NOT_APPLICABLE, name, reason=reason)
                continue
            number = failed[outcome.rule, name]
            yield CheckOutcome(outcome.rule, None, CheckStatus.CHECKED, name, outcome.examined, number, "graph")
            if file is files[0]:
                for reason in outcome.unjudged:
                    yield CheckOutcome(outcome.rule, None, CheckStatus.NOT_CHECKED, name, reason=reason)


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
    pattern = _SUBJECTS["turtle" if file.syntax == "n-triples" else file.syntax]
    found: dict[str, int] = {}
    line, counted = 1, 0
    for match in pattern.finditer(text):
        line, counted = line + text.count("\n", counted, match.start()), match.start()
        found.setdefault(_written_out(match["subject"], prefixes), line)
    return found


def _written_out(subject: str, prefixes: Mapping[str, str]) -> str:
    if subject.startswith("<"):
        return subject[1:-1]
    prefix, _, local = subject.partition(":")
    return prefixes[prefix] + local if prefix in prefixes else subject
