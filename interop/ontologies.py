"""Ontologies judged: hygiene, profile, consistency, and whether every parser reads the same; our own or any file."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from io import BytesIO
from os import PathLike

from rdflib import Graph, URIRef

from semstat.interop.counting import InputRefused
from semstat.interop.graphs import Places, RdfFile, unsafe
from semstat.interop.inputs import inputs
from semstat.interop.java import quick_start
from semstat.interop.options import Options
from semstat.interop.parsers import DOCUMENT, not_read_back, read_differently
from semstat.interop.reading import content
from semstat.interop.registry import format_of
from semstat.interop.reports import listed, of_refusal, totals
from semstat.interop.sources import Source
from semstat.ontology import load, modules, turtle_of
from semstat.ontology.errors import MissingExtra, SemstatError, first_line
from semstat.ontology.literals import exact_literals
from semstat.ontology.questions import iris_used, terms_asked
from semstat.ontology.reasoning import check
from semstat.ontology.terms import BASE
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic, Location, Report, merge
from semstat.validators.hygiene import CHECKS
from semstat.validators.hygiene_links import foreign_namespaces
from semstat.validators.judged_ontology import Judged, short
from semstat.validators.owl_profile import departures
from semstat.validators.rules import finding
from semstat.validators.selection import applied
from semstat.validators.sets import NotRdf, Row, add_rdf, empty_store

__all__ = ["OWN_LANGUAGES", "check_ontology", "read_rdf"]

AnyPath = str | PathLike[str]
OWN_LANGUAGES = ("en", "fr", "es")
_SYNTAXES = {"turtle": "turtle", "rdf-xml": "xml", "n-triples": "nt"}


@dataclass(frozen=True, slots=True)
class Read:
    """RDF files as they were read: the graph of all, each file with its own, and what could not be read."""

    graph: Graph
    files: tuple[tuple[RdfFile, Graph], ...]
    refused: tuple[Diagnostic, ...]


def check_ontology(
    paths: Sequence[AnyPath] = (),
    *,
    questions: Sequence[AnyPath] = (),
    reasoning: bool = True,
    options: Options | None = None,
) -> Report:
    """Return the verdict on an ontology: the files named, read together, or the modules of semstat where none is named.

    Args:
        paths: Turtle, N-Triples or RDF/XML. The modules of semstat are at hand: what they declare may be referred to.
        questions: Files with competency questions in SPARQL; for the modules of semstat its own are taken.
        reasoning: Whether HermiT is asked; without it, consistency counts as not checked.
        options: ``languages`` that labels are required in (English, French and Spanish for the modules of semstat),
            ``max_findings``, ``fail_on``, ``selection``.

    Findings:
        ``ONT001`` to ``ONT017``; ``IO101`` to ``IO107`` and ``IO112`` for what cannot be read.
    """
    chosen = options or Options()
    read = read_rdf(inputs(paths, chosen.limits)) if paths else _own()
    asked, unread = _asked(questions, chosen) if questions or paths else (frozenset(map(URIRef, terms_asked())), [])
    reports = [of_refusal(item) for item in (*read.refused, *unread)]
    if read.files and not read.refused:
        context = read.graph + load() if paths and _speaks_of_ours(read.graph) else read.graph
        languages = chosen.languages or (() if paths else OWN_LANGUAGES)
        judged = Judged(read.graph, context, languages, asked if questions or not paths else None)
        reports.append(_Verdict(read, judged, chosen).report(reasoning=reasoning))
    return applied(merge(reports, fail_on=chosen.fail_on), chosen.selection)


def read_rdf(items: Iterable[Source | Diagnostic]) -> Read:
    """Return what RDF files hold; findings take the place of what cannot be read, or is not safe to read."""
    files: list[tuple[RdfFile, Graph]] = []
    refused: list[Diagnostic] = []
    whole = _graph()
    for item in items:
        read = item if isinstance(item, Diagnostic) else _read(item)
        if isinstance(read, Diagnostic):
            refused.append(read)
            continue
        files.append(read)
        for triple in read[1]:
            whole.add(triple)
    return Read(whole, tuple(files), tuple(refused))


def _read(source: Source) -> tuple[RdfFile, Graph] | Diagnostic:
    try:
        name = format_of(source).name
        data = content(source)
    except InputRefused as refused:
        return refused.diagnostic
    if name == "turtle" and source.name.removesuffix(".gz").endswith(".nt"):
        name = "n-triples"
    if name not in _SYNTAXES:
        return finding("IO112", f"the input is `{name}`, and no ontology is read from it", Location(source.name))
    file = RdfFile(source, name, data)
    return unsafe(file) or _parsed(file)


def _parsed(file: RdfFile) -> tuple[RdfFile, Graph] | Diagnostic:
    """Parse a file twice: the strict parser says whether it is well-formed, rdflib makes the graph."""
    try:
        add_rdf(empty_store(), file.data, file.syntax)
        with exact_literals():
            return file, _graph().parse(data=file.data, format=_SYNTAXES[file.syntax], publicID=DOCUMENT)
    except NotRdf as problem:
        return finding("IO101", f"the RDF cannot be read: {problem}", Location(file.source.name, problem.line))
    except (SyntaxError, ValueError, RecursionError) as problem:
        return finding("IO101", f"the RDF cannot be read: {problem}", Location(file.source.name))


def _graph() -> Graph:
    """Return an empty graph in the store that only keeps triples: the usual one pays for contexts, which files have none of."""
    return Graph(store="SimpleMemory")


def _speaks_of_ours(graph: Graph) -> bool:
    return any(str(term).startswith(BASE) for triple in graph for term in triple)


def _own() -> Read:
    return read_rdf(Source(f"{name}.ttl", partial(BytesIO, turtle_of(name))) for name in modules())


def _asked(paths: Sequence[AnyPath], options: Options) -> tuple[frozenset[URIRef], list[Diagnostic]]:
    """Return the IRIs that users' questions mention, and why a file with questions could not be read."""
    found: set[URIRef] = set()
    unread: list[Diagnostic] = []
    for item in inputs(paths, options.limits):
        if isinstance(item, Diagnostic):
            unread.append(item)
            continue
        found |= {URIRef(iri) for iri in iris_used(content(item).decode("utf-8", "replace"))}
    return frozenset(found), unread


@dataclass(frozen=True)
class _Verdict:
    """The rules applied to what was read, each with its outcome for all the files together."""

    read: Read
    judged: Judged
    options: Options

    def report(self, *, reasoning: bool) -> Report:
        places = Places([file for file, _ in self.read.files])
        found: list[Diagnostic] = []
        outcomes: list[CheckOutcome] = []
        for rule, rows, outcome in self._checked(reasoning=reasoning):
            said = [places.located(_finding(rule, row)) for row in rows]
            found += sorted(said, key=lambda item: (item.location.source or "", item.location.line or 0, item.message))
            outcomes += [outcome] if outcome else self._checked_in_each(rule, said)
        outcomes += self._not_at_hand()
        limit = self.options.max_findings or None
        return Report(
            tuple(listed(found, limit)),
            tuple(totals(found, limit)),
            tuple(outcomes),
            sources=tuple(file.source.name for file, _ in self.read.files),
            triples=sum(len(graph) for _, graph in self.read.files),
        )

    def _checked(self, *, reasoning: bool) -> Iterator[tuple[str, Iterable[Row], CheckOutcome | None]]:
        for rule, test in CHECKS.items():
            if rule == "ONT011" and self.judged.asked is None:
                reason = "no competency questions are given"
                yield rule, (), self._outcome(rule, CheckStatus.NOT_APPLICABLE, reason=reason)
            else:
                yield rule, test(self.judged), None
        yield "ONT013", departures(self.judged.graph, self.judged.context), None
        yield "ONT014", *self._reasoned(reasoning=reasoning)
        yield "ONT015", *self._read_alike()

    def _reasoned(self, *, reasoning: bool) -> tuple[Iterable[Row], CheckOutcome | None]:
        if not reasoning:
            return (), self._outcome("ONT014", CheckStatus.NOT_CHECKED, reason="reasoning was not asked for")
        try:
            with quick_start():
                result = check(self.judged.context)
        except MissingExtra as missing:
            return (), self._outcome("ONT014", CheckStatus.NOT_CHECKED, reason=f"{missing}; {missing.hint}")
        except SemstatError as problem:
            return (), self._outcome("ONT014", CheckStatus.NOT_CHECKED, reason=first_line(problem))
        if not result.consistent:
            return [
                Row("", "the ontology is inconsistent: it contradicts itself, and everything follows from it")
            ], None
        return [Row(term, f"`{short(term)}` can have no member: what is said of it contradicts itself")
                for term in result.unsatisfiable], None  # fmt: skip

    def _read_alike(self) -> tuple[Iterable[Row], CheckOutcome | None]:
        rows = [row for file, graph in self.read.files for row in read_differently(file, graph)]
        try:
            rows += not_read_back(self.read.graph)
        except MissingExtra as missing:
            return rows, self._outcome(
                "ONT015", CheckStatus.NOT_CHECKED, failed=len(rows), reason=f"{missing}; {missing.hint}"
            )
        except SemstatError as problem:
            return rows, self._outcome("ONT015", CheckStatus.NOT_CHECKED, failed=len(rows), reason=first_line(problem))
        return rows, None

    def _checked_in_each(self, rule: str, found: Iterable[Diagnostic]) -> Iterator[CheckOutcome]:
        failed = Counter(item.location.source for item in found)
        for name, examined in self.examined:
            yield CheckOutcome(rule, None, CheckStatus.CHECKED, name, examined, failed[name], "graph")

    @cached_property
    def examined(self) -> tuple[tuple[str, int], ...]:
        """Each file with the number of terms that it says something of, 1 where there is none."""
        terms = set(self.judged.terms)
        return tuple(
            (file.source.name, len(terms.intersection(graph.subjects())) or 1) for file, graph in self.read.files
        )

    def _not_at_hand(self) -> Iterator[CheckOutcome]:
        away = foreign_namespaces(self.judged)
        if away:
            reason = f"no copy is at hand of {', '.join(away)}"
            yield self._outcome("ONT012", CheckStatus.NOT_APPLICABLE, component="links beyond", reason=reason)

    def _outcome(
        self,
        rule: str,
        status: CheckStatus,
        *,
        component: str | None = None,
        failed: int = 0,
        reason: str | None = None,
    ) -> CheckOutcome:
        """Return the outcome of a rule that was not checked, for all the files together."""
        source = self.read.files[0][0].source.name
        return CheckOutcome(rule, component, status, source, failed=failed, reason=reason)


def _finding(rule: str, row: Row) -> Diagnostic:
    place = Location(focus=str(row.focus) or None, path=row.path)
    return finding(rule, row.message, place, value=row.value)
