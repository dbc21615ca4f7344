"""What is said of one data file and of each of its kinds of records, put together as reports."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rdflib import URIRef

from semstat.interop.formats.microdata.fingerprints import fingerprint_outcome
from semstat.interop.microdata_references import reference_of, suggested, unlinked
from semstat.interop.options import Options
from semstat.interop.reports import UNREADABLE, listed, totals
from semstat.interop.sources import Source
from semstat.validators.diagnostics import (
    CheckOutcome,
    CheckStatus,
    DatasetSummary,
    Diagnostic,
    Location,
    Report,
    Severity,
)
from semstat.validators.microdata import DescribedFile, DescribedRecord, RecordLink
from semstat.validators.microdata.code_lists import list_findings, shared_variables
from semstat.validators.microdata.compile import compile_record
from semstat.validators.microdata.conventions import is_system_missing
from semstat.validators.microdata.data_table import DataTable
from semstat.validators.microdata.execute import Judged, execute_record
from semstat.validators.microdata.labels import label_findings
from semstat.validators.microdata.layout import layout_findings
from semstat.validators.microdata.plan import MicrodataCheck
from semstat.validators.microdata.report import tell
from semstat.validators.microdata.shapes import record_shapes
from semstat.validators.microdata.staging import StagedRecords
from semstat.validators.producer_conventions import Conventions

__all__ = ["file_report", "lists_report", "record_report"]

_APPLICABLE = {
    "MD011": "the documentation names no key",
    "MD012": "the documentation names no reference to another file",
    "MD021": "the documentation states no type of a variable",
    "MD022": "the documentation states no width, and lists no codes",
    "MD023": "the documentation lists no codes",
    "MD024": "the documentation lists no codes",
    "MD025": "neither the documentation nor the file declares missing values",
    "MD026": "the documentation states no valid range",
    "MD031": "the documentation states no number of valid or invalid cases",
    "MD032": "the documentation states no summary statistic",
    "MD033": "the documentation states no frequency",
    "MD034": "the documentation states no weighted statistic",
    "MD041": "the documentation names no weight",
    "MD051": "the documentation states no filter or universe of a variable",
    "MD052": "the documentation states no derivation of a variable",
}
"""Rules on rows, each with why it may give no occasion to check anything."""


def file_report(
    source: Source,
    file: DescribedFile,
    table: DataTable,
    rows: Sequence[StagedRecords],
    differing: Sequence[Diagnostic],
    places: Mapping[URIRef, Location],
    options: Options,
) -> Report:
    """Return what is said of a file as a whole: that it was read, its variables, its layout, its fingerprint, its labels."""
    where = Location(source.name)
    count = sum(part.rows for part in rows)
    found = [*table.findings, *differing]
    fingerprint, printed = fingerprint_outcome(source, file.fingerprint, places.get(file.iri))
    found += printed
    checks = [CheckOutcome("MD001", None, CheckStatus.CHECKED, source.name, 1, 0, "reader"), fingerprint]
    checks.append(_made("MD003", source, sum(len(kind) for kind in table.kinds), differing))
    if table.lengths:
        laid = [
            item
            for number, record in enumerate(file.records)
            for item in layout_findings(record, table.lengths.get(number), where, places)
        ]
        checks.append(_made("MD004", source, sum(len(record.variables) for record in file.records), laid))
        found += laid
    else:
        checks.append(_no_layout(file, source, has_names=table.has_names))
    labels = list(_labels(file, table, rows, where, places))
    checks.append(_made("MD027", source, sum(1 + len(item.codes) for item in file.variables), labels))
    found += labels
    limit = options.max_findings or None
    summary = DatasetSummary(source.name, table.format, file.identifier or file.name, count)
    broken = any(item.rule in UNREADABLE and item.severity is Severity.ERROR for item in found)
    return Report(
        tuple(listed(found, limit)),
        tuple(totals(found, limit)),
        tuple(checks),
        (summary,),
        (source.name,),
        (source.name,) if broken else (),
    )


_SEPARATED = re.compile(r"csv|comma|delimit|separat|tab|parquet|sav|spss|dta|stata|sas|xpt|por", re.IGNORECASE)
"""Words for formats in which values are told apart by themselves."""


def _no_layout(file: DescribedFile, source: Source, *, has_names: bool) -> CheckOutcome:
    """A layout that is stated, or half of one, cannot be checked in a file whose lines have no positions.

    Where the documentation calls the file one of separated values, or states no layout, there is none: of widths MD022 checks
    the values.
    """
    if any(variable.start is not None for variable in file.variables):
        reason = "the documentation states where variables begin, and the file separates or names them instead"
    elif any(variable.width is not None for variable in file.variables) and not _SEPARATED.search(file.format or ""):
        reason = "the documentation states widths, and not where variables begin"
    else:
        reason = "the documentation states no layout"
        if has_names:
            reason = "no layout is needed to tell the variables apart, which the file names"
        return CheckOutcome("MD004", None, CheckStatus.NOT_APPLICABLE, source.name, reason=reason)
    return CheckOutcome("MD004", None, CheckStatus.NOT_CHECKED, source.name, reason=reason)


def _made(rule: str, source: Source, examined: int, found: Sequence[Diagnostic]) -> CheckOutcome:
    return CheckOutcome(rule, None, CheckStatus.CHECKED, source.name, examined, len(found), "reader")


def _labels(
    file: DescribedFile,
    table: DataTable,
    rows: Sequence[StagedRecords],
    where: Location,
    places: Mapping[URIRef, Location],
) -> Iterator[Diagnostic]:
    there = {
        variable: kind[int(column.removeprefix("c"))]
        for kind, part in zip(table.kinds, rows, strict=False)
        for variable, column in part.columns.items()
        if table.has_labels
    }
    for variable in file.variables:
        yield from label_findings(variable, there.get(variable.iri), where, places)


def lists_report(
    file: DescribedFile,
    files: Sequence[DescribedFile],
    meanings: Mapping[URIRef, URIRef],
    source: str,
    places: Mapping[URIRef, Location],
    options: Options,
) -> Report:
    """Return what is said of codes that a file shares with others of the study."""
    pairs = list(shared_variables(file, files, meanings))
    if not pairs:
        reason = "no variable with codes represents the same as one of another file"
        return Report(checks=(CheckOutcome("MD053", None, CheckStatus.NOT_APPLICABLE, source, reason=reason),))
    found = list(list_findings(pairs, Location(source), places))
    limit = options.max_findings or None
    outcome = CheckOutcome("MD053", None, CheckStatus.CHECKED, source, len(pairs), len(found), "reader")
    return Report(tuple(listed(found, limit)), tuple(totals(found, limit)), (outcome,), sources=(source,))


def record_report(
    file: DescribedFile,
    record: DescribedRecord,
    staged: StagedRecords,
    table: DataTable,
    files: Sequence[DescribedFile],
    links: Iterable[RecordLink],
    others: Mapping[URIRef, StagedRecords],
    *,
    places: Mapping[URIRef, Location],
    options: Options,
) -> Report:
    """Return what the checks on the rows of one kind of record found."""
    own = [link for link in links if link.source == record.iri]
    references = [item for link in own if (item := reference_of(record, link, files)) is not None]
    cases = file.cases if len(file.records) == 1 else None
    shapes = record_shapes(record, cases=cases, references=references, conventions=options.microdata.conventions)
    plan = compile_record(shapes, record.iri)
    if not staged.rows:
        return Report(checks=tuple(_empty(plan.checks, staged.source)), sources=(staged.source,))
    limit = options.max_findings or None
    judged = list(execute_record(plan, staged, others, limit=limit))
    notes = _other_reading(record, judged, staged, options.microdata.conventions)
    told = tell(
        plan, judged, staged.source, places=places, has_lines=table.has_lines, codes=_codes(record), notes=notes
    )
    open_ = list(unlinked(record, own, files, staged.source) if own else suggested(file, record, files, staged, others))
    spoken = {item.rule for item in (*told.checks, *open_)}
    idle = [
        CheckOutcome(rule, None, CheckStatus.NOT_APPLICABLE, staged.source, reason=reason)
        for rule, reason in _APPLICABLE.items()
        if rule not in spoken
    ]
    if cases is None:
        reason = "the documentation does not say how many records of this kind there are"
        idle.append(CheckOutcome("MD002", None, CheckStatus.NOT_APPLICABLE, staged.source, reason=reason))
    return Report(told.diagnostics, told.totals, (*told.checks, *open_, *idle), sources=(staged.source,))


def _other_reading(
    record: DescribedRecord, judged: Sequence[Judged], staged: StagedRecords, conventions: Conventions
) -> dict[URIRef, str]:
    """Return a note for each number of valid or invalid cases that fits when declared missing values count the other way."""
    wrong = {item.check.shape for item in judged if item.check.rule == "MD031" and item.findings}
    if not wrong:
        return {}
    other = replace(conventions, declared_is_invalid=not conventions.declared_is_invalid)
    plan = compile_record(record_shapes(record, conventions=other), record.iri)
    checks = tuple(check for check in plan.checks if check.shape in wrong)
    again = execute_record(replace(plan, checks=checks), staged, {}, limit=1)
    how = "as invalid" if other.declared_is_invalid else "as valid"
    note = f"; it fits if values that are declared missing count {how}"
    return {item.check.shape: note for item in again if not item.findings and item.reason is None}


def _codes(record: DescribedRecord) -> dict[URIRef, dict[str, list[str]]]:
    """Return the codes of each variable with their labels."""
    return {
        variable.iri: {
            code.value: [text for text, _ in code.labels]
            for code in variable.codes
            if not is_system_missing(code.value)
        }
        for variable in record.variables
    }


def _empty(checks: Iterable[MicrodataCheck], source: str) -> Iterator[CheckOutcome]:
    for rule in sorted({check.rule for check in checks}):
        yield CheckOutcome(rule, None, CheckStatus.NOT_CHECKED, source, reason="the file holds no records")
