"""Judging a message as it came, and with each fault."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import duckdb

from mutating.cases import CASES, Case
from mutating.messages import Message
from mutating.mutants import NOTHING, Found, Mutant, Premise
from mutating.operators import JSON_OPERATORS, OPERATORS
from semstat.interop.judging import Run
from semstat.interop.options import Options
from semstat.interop.reading import read_sources
from semstat.interop.sources import Source, sources
from semstat.interop.structures import Structures
from semstat.validators.diagnostics import Report


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mutant: the finding as planted, or missed; and what came beside it that does not follow.

    ``reason`` is what the report on the original says where it does not check that rule for that component, and so does
    not claim that the fault is absent.
    """

    case: Case
    operator: str
    mutant: Mutant
    found: bool
    invented: tuple[str, ...]
    seen: tuple[str, ...]
    reason: str | None = None

    @property
    def right(self) -> bool:
        """Whether the fault is found where it stands and nothing is invented, or the report says that it did not look."""
        return (self.found or self.reason is not None) and not self.invented


def _described(report: Report) -> Found:
    return Counter((item.rule, item.location.path, item.location.line) for item in report.diagnostics)


def _places(found: Found) -> Counter[tuple[str, str | None]]:
    """Return how often each rule is broken for each component, whatever the lines: they move with what is planted."""
    return Counter((rule, component) for rule, component, _ in found.elements())


def _source(name: str, text: str) -> Source:
    data = text.encode()
    return Source(name, lambda: BytesIO(data), len(data))


@dataclass(frozen=True, slots=True)
class Bench:
    """One case ready to be judged: the run, and the message as it came."""

    case: Case
    run: Run
    message: Message

    def judged(self, text: str, run: Run | None = None) -> Report:
        """Return the report on the message with another text."""
        return (run or self.run).judge(_source(self.case.data, text))

    @contextmanager
    def _under(self, premise: Premise) -> Iterator[Run]:
        """Lay a premise down in the graph of the structures, and take it out again: a copy would take longer than judging."""
        if premise == NOTHING:
            yield self.run
            return
        graph = self.run.structures.graph
        added = [triple for triple in premise.added if triple not in graph]
        for triple in premise.removed:
            graph.remove(triple)
        for triple in added:
            graph.add(triple)
        try:
            structures = Structures(graph, sums=premise.sums, areas=dict(premise.areas))
            yield Run(structures, self.run.options, self.run.engine)
        finally:
            for triple in added:
                graph.remove(triple)
            for triple in premise.removed:
                graph.add(triple)

    def original(self) -> Found:
        """Return what is found in the message as it came."""
        return _described(self.judged(self.message.text))

    def outcomes(self, *, premises: bool = True) -> Iterator[Outcome]:
        """Yield what became of each mutant of the case, but those whose fault the message has already at that place.

        ``premises``: those against what has to be laid down first are among them; each takes new shapes of the structure.
        """
        original = self.judged(self.message.text)
        for name, operator in (JSON_OPERATORS if self.message.layout == "json" else OPERATORS).items():
            mutant = operator(self.message)
            if mutant is None or not (premises or mutant.premise == NOTHING):
                continue
            with self._under(mutant.premise) as run:
                basis = original
                if mutant.basis is not None or mutant.premise != NOTHING:
                    basis = self.judged(mutant.basis or self.message.text, run)
                faulty = self.judged(mutant.text, run)
            if (mutant.rule, mutant.component, mutant.line) not in _described(basis):
                yield self._outcome(name, mutant, original, basis, faulty)

    def _outcome(self, name: str, mutant: Mutant, original: Report, basis: Report, faulty: Report) -> Outcome:
        before, found = _described(basis), _described(faulty)
        hit = any(
            rule == mutant.rule and line == mutant.line and mutant.component in {None, component}
            for rule, component, line in found - before
        )
        beside = _places(found) - _places(before)
        unexplained = sorted({rule for rule, _ in beside} - mutant.follows - {mutant.rule})
        doubled = sum(count for (rule, _), count in beside.items() if rule == mutant.rule) > 1
        if doubled and mutant.rule not in mutant.follows:
            unexplained.append(mutant.rule)
        unexplained.extend(f"{rule} without a fault" for rule, _ in _places(before) - _places(_described(original)))
        seen = tuple(map(str, list(found - before)[:6]))
        return Outcome(
            self.case, name, mutant, hit, tuple(unexplained), seen, None if hit else _unchecked(basis, mutant)
        )


def _unchecked(report: Report, mutant: Mutant) -> str | None:
    """Return why a report did not check a rule for a component; ``None`` where it did, or gives no reason."""
    for check in report.checks:
        if check.rule == mutant.rule and check.component in {mutant.component, None} and check.reason:
            return check.reason
    return None


def bench(corpora: Path, case: Case, engine: duckdb.DuckDBPyConnection) -> Bench:
    """Read a case's structures and its data, as text with the line ends of one kind."""
    files = [source for name in case.structures for source in sources(corpora / name)]
    graph = read_sources(files).document.graph
    structures = Structures(graph)
    named = Structures(graph, against=case.structure).resolve(None).structure
    text = (corpora / case.data).read_text(encoding="utf-8-sig")
    run = Run(structures, Options(max_findings=0), engine)
    return Bench(case, run, Message(text, case.layout, structures.view(named), case.structure, graph))


def outcomes(corpora: Path, cases: Sequence[Case] = CASES, *, without_premises: Collection[Case] = ()) -> list[Outcome]:
    """Judge every mutant of every case; of some cases only those for which nothing has to be laid down."""
    with duckdb.connect(":memory:", config={"threads": 1}) as engine:
        return [
            item
            for case in cases
            for item in bench(corpora, case, engine).outcomes(premises=case not in without_premises)
        ]
