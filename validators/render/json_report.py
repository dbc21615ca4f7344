"""The JSON report: everything that a run found, by the published schema ``report.schema.json``."""

import json
import re
from importlib.resources import files
from typing import Any

from semstat.validators.diagnostics import CheckOutcome, DatasetSummary, Diagnostic, Location, Report, Total
from semstat.validators.render.arrangement import mentioned_rules, tally
from semstat.validators.rules import Rule, catalogue

__all__ = [
    "SCHEMA_VERSION",
    "check_record",
    "dataset_record",
    "diagnostic_record",
    "external",
    "render",
    "schema",
    "summary_record",
    "total_record",
    "written",
]

SCHEMA_VERSION = "1.1"
"""Version of the layout: the second figure grows when members are added, the first when one changes its meaning."""

_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def render(report: Report) -> str:
    """Return the report as JSON, members in a fixed order, absent values left out.

    Values of files stand as they are; only lone surrogates, separators of lines and controls are written as escapes.

    Example:
        >>> json.loads(render(Report()))["verdict"]
        'incomplete'
    """
    content = {
        "schema_version": SCHEMA_VERSION,
        "verdict": report.verdict.value,
        "fail_on": report.fail_on.value,
        "summary": summary_record(report),
        "sources": list(report.sources),
        "unreadable": list(report.unreadable),
        "datasets": [dataset_record(item) for item in report.datasets],
        "diagnostics": [diagnostic_record(item) for item in report.diagnostics],
        "totals": [total_record(item) for item in report.totals],
        "checks": [check_record(item) for item in report.checks],
        "rules": {rule.id: _rule(rule) for rule in mentioned_rules(report)},
    }
    return written(content) + "\n"


def summary_record(report: Report) -> dict[str, object]:
    """Return the number of observations and of triples, and the rules by outcome."""
    outcome = tally(report)
    return {
        "observations": sum(item.observations for item in report.datasets),
        "triples": report.triples,
        "rules_failed": list(outcome.failed),
        "rules_passed": list(outcome.passed),
        "rules_with_remarks": list(outcome.remarks),
        "rules_known": list(outcome.known),
        "rules_not_checked": list(outcome.not_checked),
        "rules_not_applicable": list(outcome.not_applicable),
        "rules_deselected": list(outcome.deselected),
    }


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the report."""
    text = files("semstat.validators.render").joinpath("report.schema.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


def external(rule: str) -> list[dict[str, str]]:
    """Return the codes under which other validators report breaches of a rule; none for a rule of another catalogue.

    Example:
        >>> external("DF015")
        [{'product': 'FMR', 'code': 'REG-201-003'}]
    """
    known = catalogue().get(rule)
    return [{"product": product, "code": code} for product, code in known.external] if known else []


def written(content: object, *, indent: int | None = 2) -> str:
    """Return content as JSON; values of files stand as they are, and only what breaks lines or encodings is escaped."""
    text = json.dumps(content, ensure_ascii=False, indent=indent)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _present(**members: object) -> dict[str, object]:
    return {name: value for name, value in members.items() if value is not None}


def _location(where: Location) -> dict[str, object]:
    return _present(
        source=where.source,
        line=where.line,
        column=where.column,
        record=where.record,
        focus=where.focus,
        path=where.path,
    )


def diagnostic_record(item: Diagnostic) -> dict[str, object]:
    """Return one finding as members of JSON, with the codes of other validators."""
    return _present(
        rule=item.rule,
        severity=item.severity.value,
        message=item.message,
        location=_location(item.location),
        value=item.value,
        expected=item.expected,
        nearest=item.nearest,
        series_key=item.series_key,
        related=[_location(other) for other in item.related] or None,
        count=item.count,
        known=item.known or None,
        external=external(item.rule) or None,
    )


def total_record(item: Total) -> dict[str, object]:
    """Return a total as members of JSON."""
    return _present(
        source=item.source,
        rule=item.rule,
        component=item.component,
        severity=item.severity.value,
        findings=item.findings,
        observations=item.observations,
        listed=item.listed,
        known=item.known or None,
    )


def check_record(item: CheckOutcome) -> dict[str, object]:
    """Return what became of one check as members of JSON."""
    return _present(
        source=item.source,
        rule=item.rule,
        component=item.component,
        status=item.status.value,
        examined=item.examined,
        failed=item.failed,
        executor=item.executor,
        reason=item.reason,
        deselected=item.deselected or None,
    )


def dataset_record(item: DatasetSummary) -> dict[str, object]:
    """Return what a dataset holds as members of JSON."""
    return _present(
        source=item.source,
        index=item.index,
        format=item.format,
        structure=item.structure,
        observations=item.observations,
        series=item.series,
        groups=item.groups,
        faults=[{"component": component, "period": period, "findings": n} for component, period, n in item.faults],
    )


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "iri": str(rule.iri),
        "name": rule.name,
        "severity": rule.severity.value,
        "statement": rule.statement,
        "fix": rule.fix,
        "source": rule.source,
        "external": external(rule.id),
    }
