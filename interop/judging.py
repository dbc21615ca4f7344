"""Judging one data file: brings each of its datasets to the rules of its structure, and its reader's findings to the report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from semstat.interop.ahead import read_ahead
from semstat.interop.counting import InputRefused, refusal
from semstat.interop.formats.dataset import Dataset
from semstat.interop.options import Options
from semstat.interop.reports import UNREADABLE, counted, listed, of_refusal, totals
from semstat.interop.sources import Source
from semstat.interop.structures import NoSuchStructure, Resolved, Structures
from semstat.interop.watching import watched
from semstat.validators.diagnostics import (
    CheckOutcome,
    CheckStatus,
    DatasetSummary,
    Diagnostic,
    Location,
    Report,
    Severity,
    merge,
)
from semstat.validators.nearest import nearest_code
from semstat.validators.observations import Observations
from semstat.validators.outcomes import with_faults
from semstat.validators.rules import finding
from semstat.validators.structural import StructureView
from semstat.validators.structural.header_dates import date_findings, stated_rules
from semstat.validators.validate import DataRules, validate_observations

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa
    from rdflib import URIRef

    from semstat.validators.joint import Joint

__all__ = ["Run"]

_EMPTY = {*UNREADABLE, "IO110", "IO111"}
_READ_RULES = ("IO109", "DF014", "DF015", "DF017")
_JSON_RULES = ("DF030", "DF031", "IO117", "IO118")
_ELEMENTS = ("sdmx-ml", "sdmx-json")
"""Formats of messages, whose series are elements of their own; the others are tables."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run over data files: the structures at hand, the options, and the engine."""

    structures: Structures
    options: Options
    engine: "duckdb.DuckDBPyConnection"
    _joints: dict["URIRef", "Joint"] = field(default_factory=dict)

    @property
    def limit(self) -> int | None:
        """How many places are listed in full, ``None`` for all."""
        return self.options.max_findings or None

    def judge(self, item: Source | Diagnostic) -> Report:
        """Return the report on one input that should hold data."""
        if isinstance(item, Diagnostic):
            return of_refusal(item)
        tell = self.options.progress
        return self._judge_data(item if tell is None else watched(item, tell))

    def together(self, reports: Sequence[Report]) -> list[Report]:
        """Return the reports on the inputs with what the datasets that are judged as one show together, if any are."""
        import duckdb

        parts: list[Report] = []
        for joint in self._joints.values():
            try:
                parts.append(joint.report())
            except duckdb.OutOfMemoryException:
                parts.append(joint.unmade(self._memory_needed))
            finally:
                joint.connection.close()
        shown = [joint.faults for joint in self._joints.values()]
        return [*(with_faults(report, shown) for report in reports), *parts]

    def _judge_data(self, source: Source) -> Report:
        """A stream can break off in the middle: what was judged until then stays in the report."""
        from semstat.interop.formats.data import open_data

        parts: list[Report] = []
        try:
            datasets = open_data(source, self.structures.components, format=self.options.format)
            parts.extend(self._judge_dataset(source, dataset) for dataset in datasets)
        except InputRefused as refused:
            parts.append(of_refusal(refused.diagnostic))
        return merge(parts or [Report(sources=(source.name,))])

    def _judge_dataset(self, source: Source, dataset: Dataset) -> Report:
        resolved: Resolved | None = None
        missing: Diagnostic | None = None
        try:
            resolved = self.structures.resolve(dataset.reference)
        except NoSuchStructure as reason:
            missing = self._missing(source, dataset, str(reason))
        if resolved is None:
            for _ in dataset.observations.batches:
                pass
            report = Report(sources=(source.name,), datasets=(_summary(source, dataset),))
        else:
            report = self._by_rules(source, dataset, resolved)
        found = [*([missing] if missing and dataset.index else []), *dataset.tally.diagnostics]
        found += date_findings(dataset.facts, Location(source.name, dataset.line))
        if not dataset.tally.observations and not any(item.rule in _EMPTY for item in found):
            place = Location(source.name, dataset.line)
            found.append(finding("IO110", "the dataset holds no observations", place))
        return merge(
            [
                replace(report, datasets=tuple(_counted(item, dataset) for item in report.datasets)),
                self._of_reader(source, dataset, found),
            ]
        )

    def _by_rules(self, source: Source, dataset: Dataset, resolved: Resolved) -> Report:
        import duckdb

        rules = self.structures.rules(resolved, dataset.facts)
        joint = self._joint(resolved, rules)
        observations = _with_layout(dataset, self.structures.view(resolved.structure))
        batches = read_ahead(self._narrow(source, dataset, observations.batches))
        observations = replace(observations, batches=batches)
        try:
            report = validate_observations(
                joint.joined(observations, index=dataset.index) if joint else observations,
                joint.alone(rules) if joint else rules,
                limit=self.limit,
                format=dataset.format,
                index=dataset.index,
                connection=self.engine,
            )
            return joint.without_together(report, rules) if joint else report
        except duckdb.OutOfMemoryException:
            batches.close()
        for _ in dataset.observations.batches:  # the reader counts to the end, and reaches the next dataset
            pass
        checks = tuple(
            CheckOutcome(rule, None, CheckStatus.NOT_CHECKED, source.name, reason=self._memory_needed)
            for rule in sorted({check.rule for check in rules.plan.checks})
        )
        return Report(checks=checks, sources=(source.name,), datasets=(_summary(source, dataset),))

    def _joint(self, resolved: Resolved, rules: DataRules) -> "Joint | None":
        """Return the common judgement that a dataset takes part in, if there is one."""
        if not self.options.as_one:
            return None
        from semstat.validators.joint import Joint

        if resolved.structure not in self._joints:
            self._joints[resolved.structure] = Joint(rules, self.engine.cursor(), self.limit)
        return self._joints[resolved.structure]

    @property
    def _memory_needed(self) -> str:
        return f"the engine needs more memory than {self.options.memory or 'there is'}; allow more with --memory"

    def _narrow(
        self, source: Source, dataset: Dataset, batches: "Iterator[pa.RecordBatch]"
    ) -> "Iterator[pa.RecordBatch]":
        """Yield a dataset's batches; one with more columns than any survey has is refused before the engine groans."""
        most = self.options.limits.columns
        for batch in batches:
            if batch.num_columns > most:
                message = f"the dataset states {batch.num_columns} components, more than the limit of {most}"
                raise refusal("IO107", message, source.name, line=dataset.line)
            yield batch

    def _missing(self, source: Source, dataset: Dataset, reason: str) -> Diagnostic:
        named = self.options.against or (dataset.reference.short if dataset.reference else None)
        at_hand = self.structures.names()
        nearest = nearest_code(named or "", [name.split(" ", 1)[-1] for name in at_hand])
        expected = f"one of {', '.join(at_hand)}" if at_hand else "a structure given with --structure"
        return finding(
            "DF013", reason, Location(source.name, dataset.line), value=named, expected=expected, nearest=nearest
        )

    def _of_reader(self, source: Source, dataset: Dataset, found: Sequence[Diagnostic]) -> Report:
        """Report what the reader found: listed up to the limit, counted in full."""
        outcomes = [
            CheckOutcome(
                rule, None, CheckStatus.CHECKED, source.name, _records(dataset), counted(found, rule), "reader"
            )
            for rule in (
                *_READ_RULES,
                *stated_rules(dataset.facts),
                *(_JSON_RULES if dataset.format.startswith("sdmx-json") else ()),
            )
        ]
        missing = [item for item in found if item.rule == "DF013"]
        outcomes += [
            CheckOutcome("DF013", None, CheckStatus.NOT_CHECKED, source.name, reason=item.message) for item in missing
        ]
        if not dataset.index or missing or not dataset.tally.observations:
            # What only the reader looked at has not been judged: the verdict must not read like one.
            outcomes = [item for item in outcomes if item.status is CheckStatus.NOT_CHECKED]
        broken = any(item.rule in UNREADABLE and item.severity is Severity.ERROR for item in found)
        return Report(
            diagnostics=tuple(listed(found, self.limit)),
            totals=tuple(totals(found, self.limit)),
            checks=tuple(outcomes),
            sources=(source.name,),
            unreadable=(source.name,) if broken else (),
        )


def _with_layout(dataset: Dataset, view: StructureView) -> Observations:
    """Return the observations with what the format says of headers, and the structure of series."""
    table = not dataset.format.startswith(_ELEMENTS)
    header = 1 if table and "csv" in dataset.format else None
    keys = {item.id for item in view.components if item.role == "dimension" or item.level in {"group", "series"}}
    action = dataset.action or dataset.observations.action
    return replace(
        dataset.observations, is_table=table, header_line=header, series_level=frozenset(keys), action=action
    )


def _records(dataset: Dataset) -> int:
    return dataset.tally.observations


def _summary(source: Source, dataset: Dataset) -> DatasetSummary:
    structure = dataset.reference.short if dataset.reference else None
    return DatasetSummary(source.name, dataset.format, structure, dataset.tally.observations, index=dataset.index)


def _counted(summary: DatasetSummary, dataset: Dataset) -> DatasetSummary:
    """Return the summary with the counts of the message itself, known once the stream is consumed."""
    tally = dataset.tally
    elements = dataset.format.startswith(_ELEMENTS)
    return replace(
        summary,
        observations=tally.observations,
        series=tally.series if elements else None,
        groups=tally.groups if elements else None,
    )
