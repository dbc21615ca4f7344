"""Validating files: opens structures and data, brings each dataset to its rules, and puts the reports together."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from semstat.interop.ahead import read_ahead
from semstat.interop.counting import InputRefused, Limits, refusal
from semstat.interop.formats.dataset import Dataset
from semstat.interop.reading import read_sources
from semstat.interop.registry import format_of
from semstat.interop.reports import UNREADABLE, counted, listed, of_reading, of_refusal, totals
from semstat.interop.sources import Source, sources
from semstat.interop.structures import NoSuchStructure, Resolved, Structures
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
from semstat.validators.rules import finding
from semstat.validators.structural import StructureView
from semstat.validators.validate import validate_observations

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = ["Options", "inputs", "validate"]

AnyPath = str | PathLike[str]

_EMPTY = {*UNREADABLE, "IO110", "IO111"}
_READ_RULES = ("IO109", "DF014", "DF015", "DF017")


@dataclass(frozen=True, slots=True)
class Options:
    """How to validate; the defaults suit people, not machines.

    ``max_findings`` places are listed in full for each rule and component (0: all); totals are always exact. ``fail_on`` is
    the least severity that fails the run. ``against`` names the structure to judge by, whatever the data name; ``format``
    the data's format, if it is not to be recognised. ``memory`` and ``threads`` bound the engine (``"2GB"``, 2), which spills
    to a temporary folder. ``progress`` is told now and then what is being done.
    """

    max_findings: int = 10
    fail_on: Severity = Severity.ERROR
    against: str | None = None
    format: str | None = None
    memory: str | None = None
    threads: int | None = None
    limits: Limits = Limits()
    progress: Callable[[str], None] | None = None


def validate(
    data: Sequence[AnyPath],
    *,
    structure: Sequence[AnyPath] = (),
    shapes: Sequence[AnyPath] = (),
    max_findings: int = 10,
    fail_on: Severity = Severity.ERROR,
    options: Options | None = None,
) -> Report:
    """Return the verdict on data files, judged by structures.

    Structure messages among ``data`` are judged themselves, and serve the data like those of ``structure``: a folder with
    both needs nothing else.

    Args:
        data: Files, folders, archives, ``-`` for standard input.
        structure: Structure messages that describe the data (files or folders), read together.
        shapes: Further SHACL shapes in Turtle that hold beside those of the structure.
        max_findings: Places listed in full for each rule and component; 0 for all.
        fail_on: The least severity that fails.
        options: All the options at once; then the two above are not looked at.

    Raises:
        ValueError: ``data`` is empty.

    Findings:
        Whatever is wrong with the data, the structures or the files themselves; nothing about data is raised.

    Example:
        >>> validate(["no-such-file.csv"]).verdict
        <Verdict.UNREADABLE: 'unreadable'>
    """
    if not data:
        raise ValueError("nothing to validate: name at least one file")
    chosen = options or Options(max_findings=max_findings, fail_on=fail_on)
    items = list(inputs(data, chosen.limits))
    own = [item for item in items if _is_structure(item, chosen.format)]
    reading = read_sources([*_structures(structure, chosen.limits), *own, *inputs(shapes, chosen.limits)])
    parts = [of_reading(reading, judged={item.name for item in own if isinstance(item, Source)})]
    structures = Structures(reading.document.graph, chosen.against, reading.shapes)
    with tempfile.TemporaryDirectory(prefix="semstat-") as folder:
        run = _Run(structures, chosen, _engine(folder, chosen))
        try:
            parts.extend(run.judge(item) for item in items if item not in own)
        finally:
            run.engine.close()
    return merge(parts, fail_on=chosen.fail_on)


def _is_structure(item: Source | Diagnostic, named: str | None) -> bool:
    if isinstance(item, Diagnostic):
        return False
    try:
        return format_of(item, named=named).kind == "structure"
    except InputRefused:
        return False


def _structures(paths: Iterable[AnyPath], limits: Limits) -> Iterator[Source | Diagnostic]:
    """Yield the structure messages that paths stand for; data that lie beside them in a folder or archive are passed over."""
    for path in paths:
        found = list(inputs([path], limits))
        kept = [item for item in found if _is_structure(item, None)]
        yield from kept if len(found) > 1 and kept else found


def _engine(folder: str, options: Options) -> "duckdb.DuckDBPyConnection":
    """Return an engine in memory that spills below a folder and reaches nothing else: no files, no network, no extensions."""
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": folder,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if options.memory is not None:
        settings["memory_limit"] = options.memory
    if options.threads is not None:
        settings["threads"] = options.threads
    return duckdb.connect(":memory:", config=settings)


def inputs(paths: Iterable[AnyPath], limits: Limits) -> Iterator[Source | Diagnostic]:
    """Yield the inputs that paths stand for; a path that cannot be used as its finding."""
    for path in paths:
        try:
            yield from sources(str(path) if str(path) == "-" else Path(path), limits=limits)
        except InputRefused as refused:
            yield refused.diagnostic


@dataclass(frozen=True, slots=True)
class _Run:
    structures: Structures
    options: Options
    engine: "duckdb.DuckDBPyConnection"

    @property
    def limit(self) -> int | None:
        return self.options.max_findings or None

    def judge(self, item: Source | Diagnostic) -> Report:
        """Return the report on one input that should hold data."""
        if isinstance(item, Diagnostic):
            return of_refusal(item)
        if self.options.progress is not None:
            self.options.progress(f"reading {item.name}")
        return self._judge_data(item)

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

        rules = self.structures.rules(resolved)
        observations = _with_layout(dataset, self.structures.view(resolved.structure))
        batches = read_ahead(self._narrow(source, dataset, observations.batches))
        try:
            return validate_observations(
                replace(observations, batches=batches),
                rules,
                limit=self.limit,
                format=dataset.format,
                index=dataset.index,
                connection=self.engine,
            )
        except duckdb.OutOfMemoryException:
            batches.close()
            reason = f"the engine needs more memory than {self.options.memory or 'there is'}; allow more with --memory"
        for _ in dataset.observations.batches:  # the reader counts to the end, and reaches the next dataset
            pass
        checks = tuple(
            CheckOutcome(rule, None, CheckStatus.NOT_CHECKED, source.name, reason=reason)
            for rule in sorted({check.rule for check in rules.plan.checks})
        )
        return Report(checks=checks, sources=(source.name,), datasets=(_summary(source, dataset),))

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
            for rule in _READ_RULES
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
    table = not dataset.format.startswith("sdmx-ml")
    header = 1 if table and "csv" in dataset.format else None
    keys = {item.id for item in view.components if item.role == "dimension" or item.level in {"group", "series"}}
    return replace(dataset.observations, is_table=table, header_line=header, series_level=frozenset(keys))


def _records(dataset: Dataset) -> int:
    return dataset.tally.observations


def _summary(source: Source, dataset: Dataset) -> DatasetSummary:
    structure = dataset.reference.short if dataset.reference else None
    return DatasetSummary(source.name, dataset.format, structure, dataset.tally.observations, index=dataset.index)


def _counted(summary: DatasetSummary, dataset: Dataset) -> DatasetSummary:
    """Return the summary with the counts of the message itself, known once the stream is consumed."""
    tally = dataset.tally
    elements = dataset.format.startswith("sdmx-ml")
    return replace(
        summary,
        observations=tally.observations,
        series=tally.series if elements else None,
        groups=tally.groups if elements else None,
    )
