"""Several datasets of one structure judged as one: what only shows when their records lie side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import duckdb
import pyarrow as pa

from semstat.validators.columns.encode import Encoder, StagedTable
from semstat.validators.columns.execute import Breach, execute
from semstat.validators.columns.stage import Staged, staged
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic, Report, Total
from semstat.validators.findings import Describer
from semstat.validators.observations import GROUP_LINE, LANGUAGES, SOURCE, Observations
from semstat.validators.outcomes import added, checked, faults, merged, uncompared
from semstat.validators.plan import RecordCheck, RowCheck
from semstat.validators.selection import applied
from semstat.validators.uncounted import uncounted
from semstat.validators.validate import DataRules

__all__ = ["Joint"]

_OF_DATASET = "_dataset"


@dataclass(slots=True)
class Joint:
    """Datasets that are judged as one: each by itself where a record suffices, together where records are compared.

    Args:
        rules: What all of them are judged by.
        connection: An engine of their own: the records of all are held in it until the report is asked for.
        limit: How many places are listed in full for each rule and component; ``None`` for all.
    """

    rules: DataRules
    connection: duckdb.DuckDBPyConnection
    limit: int | None = 10
    faults: dict[tuple[str, int], tuple[tuple[str, str, int], ...]] = field(default_factory=dict)
    """Once the report is there: by name of the source and number of the dataset in it, the records at fault by component and
    period, as in a summary."""
    _parts: list[Observations] = field(default_factory=list)
    _indices: list[int] = field(default_factory=list)
    _encoder: Encoder | None = None
    _table: StagedTable | None = None

    @property
    def together(self) -> tuple[RowCheck, ...]:
        """The checks that compare records: keys, constancy, gaps, the order of series."""
        return _comparing(self.rules)

    @staticmethod
    def alone(rules: DataRules) -> DataRules:
        """Return those of a dataset's own rules that it is judged by for itself: constraints may differ by dataset."""
        plan, comparing = rules.plan, _comparing(rules)
        return replace(rules, plan=replace(plan, checks=tuple(item for item in plan.checks if item not in comparing)))

    def joined(self, observations: Observations, *, index: int = 1) -> Observations:
        """Return a dataset whose records are kept for the common judgement as they are consumed.

        Args:
            observations: The dataset.
            index: Its number in its source, from 1.
        """
        number = len(self._parts)
        self._parts.append(observations)
        self._indices.append(index)
        return replace(observations, batches=self._kept(observations, number))

    def without_together(self, report: Report, rules: DataRules) -> Report:
        """Return the report on one dataset without outcomes of its rules whose checks all wait for the common judgement."""
        waiting = {item.rule for item in self.together} - {item.rule for item in self.alone(rules).plan.checks}
        return replace(report, checks=tuple(item for item in report.checks if item.rule not in waiting))

    def _kept(self, observations: Observations, number: int) -> Iterator[pa.RecordBatch]:
        for batch in observations.batches:
            self._keep(_marked(batch, observations, number), observations)
            yield batch

    def _keep(self, batch: pa.RecordBatch, observations: Observations) -> None:
        if self._encoder is None or self._table is None:
            first = replace(observations, batches=iter((batch,)))
            self._encoder = Encoder(tuple(self.rules.plan.components), first)
            self._table = StagedTable(self.connection, self._encoder.schema())
        for encoded in self._encoder.encoded(batch, action=observations.action or ""):
            self._table.add(encoded)

    def report(self) -> Report:
        """Return what the records of all the datasets show together.

        Findings:
            DF009, DF010, DF018, DF020, DF022, as far as the structure gives occasion for them.
        """
        encoder, table = self._encoder, self._table
        if encoder is None or table is None or not encoder.rows:
            return Report()
        table.flush()
        whole = staged(
            encoder, table, self.rules.plan.components, self._whole(), self.connection, parts=tuple(self._parts)
        )
        breaches = list(execute(whole, self.together, limit=self.limit, time=self.rules.time))
        for part, (observations, index) in enumerate(zip(self._parts, self._indices, strict=True)):
            self.faults[observations.source or "table", index] = tuple(faults(breaches, part))
        describer = Describer(whole, self.rules.plan, self.rules.structure, self.rules.time, self.rules.labels)
        found = [(breach, list(describer.describe(breach))) for breach in breaches]
        totals = [total for breach, listed in found for total in self._totals(breach, listed)]
        report = Report(
            diagnostics=tuple(item for _, listed in found for item in listed),
            totals=tuple(item for name in self._names() for item in added(t for t in totals if t.source == name)),
            checks=tuple(self._outcomes(whole, breaches, totals)),
        )
        return applied(report, self.rules.selection)

    def _names(self) -> list[str]:
        return list(dict.fromkeys(part.source or "table" for part in self._parts))

    def _whole(self) -> Observations:
        """Return what holds of all the datasets; their levels are known now that they are consumed."""
        levels = {name: place for part in self._parts for name, place in part.levels.items() if place != _OF_DATASET}
        return replace(
            self._parts[0],
            batches=iter(()),
            levels=levels,
            multivalued=frozenset().union(*(part.multivalued for part in self._parts)),
            series_level=frozenset().union(*(part.series_level for part in self._parts)),
            is_table=False,
            spelt={},
        )

    def _totals(self, breach: Breach, listed: Sequence[Diagnostic]) -> Iterator[Total]:
        check = breach.check
        for part, findings, observations in breach.by_part:
            name = self._parts[part].source or "table"
            shown = sum(1 for item in listed if item.location.source == name)
            first = name not in {self._parts[other].source or "table" for other, _, _ in breach.by_part if other < part}
            yield Total(
                name, check.rule, breach.component, check.severity, findings, observations, shown if first else 0
            )

    def _outcomes(self, whole: Staged, breaches: Sequence[Breach], totals: Sequence[Total]) -> Iterator[CheckOutcome]:
        """Yield what became of the common checks, for each source: how many records of all they looked at."""
        left_out = [*uncompared(whole, breaches), *uncounted(whole, self.together)]
        made = list(merged([*checked(whole, self.together, breaches), *left_out]))
        for name in self._names():
            for item in made:
                own = (total for total in totals if (total.source, total.rule) == (name, item.rule))
                failed = sum(total.findings for total in own if total.component == item.component)
                yield replace(item, source=name, failed=failed if item.status is CheckStatus.CHECKED else 0)

    def unmade(self, reason: str) -> Report:
        """Return the report that says why the common judgement could not be made."""
        rules = sorted({item.rule for item in self.together})
        return Report(
            checks=tuple(
                CheckOutcome(rule, None, CheckStatus.NOT_CHECKED, name, reason=reason)
                for name in self._names()
                for rule in rules
            )
        )


def _comparing(rules: DataRules) -> tuple[RowCheck, ...]:
    checks = rules.plan.checks
    return tuple(item for item in checks if isinstance(item, RowCheck) and not isinstance(item, RecordCheck))


def _marked(batch: pa.RecordBatch, observations: Observations, number: int) -> pa.RecordBatch:
    """Return a batch that says which dataset its records stand in, and where the values of that itself stand."""
    names, columns = list(batch.schema.names), list(batch.columns)
    names.append(SOURCE)
    columns.append(pa.array([number], pa.int64()).take(pa.nulls(len(batch), pa.int64()).fill_null(0)))
    line = pa.scalar(observations.dataset_line, pa.int64())
    for name in list(batch.schema.names):
        place = GROUP_LINE + name
        if observations.levels.get(name) == _OF_DATASET and place not in names and not name.startswith(LANGUAGES):
            names.append(place)
            columns.append(pa.repeat(line, len(batch)))
    return pa.RecordBatch.from_arrays(columns, names=names)
