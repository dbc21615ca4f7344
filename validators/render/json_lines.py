"""JSON Lines: the JSON report with one record on each line, for streams, ``jq`` and data frames."""

from collections.abc import Iterator

from semstat.validators.diagnostics import Report
from semstat.validators.render.json_report import (
    SCHEMA_VERSION,
    check_record,
    dataset_record,
    diagnostic_record,
    summary_record,
    total_record,
    written,
)

__all__ = ["render"]


def render(report: Report) -> str:
    r"""Return one record for the run, then one for each dataset, finding, total and check.

    Each record has its kind in ``kind``; the other members are those of the JSON report.

    Example:
        >>> render(Report()).count("\n")
        1
    """
    return "".join(f"{written(record, indent=None)}\n" for record in _records(report))


def _records(report: Report) -> Iterator[dict[str, object]]:
    yield {
        "kind": "report",
        "schema_version": SCHEMA_VERSION,
        "verdict": report.verdict.value,
        "fail_on": report.fail_on.value,
        "summary": summary_record(report),
        "sources": list(report.sources),
        "unreadable": list(report.unreadable),
    }
    yield from ({"kind": "dataset", **dataset_record(item)} for item in report.datasets)
    yield from ({"kind": "diagnostic", **diagnostic_record(item)} for item in report.diagnostics)
    yield from ({"kind": "total", **total_record(item)} for item in report.totals)
    yield from ({"kind": "check", **check_record(item)} for item in report.checks)
