"""SARIF 2.1.0, for code hosts and continuous integration.

GitHub takes at most 25,000 results of a run, so no more are written; the true totals are properties of the run.
"""

import json
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from semstat.ontology.terms import BASE
from semstat.validators.diagnostics import CheckStatus, Diagnostic, Location, Report, Severity, Verdict
from semstat.validators.fingerprints import fingerprint
from semstat.validators.render.arrangement import cases, groups, mentioned_rules, spread, tally
from semstat.validators.render.wording import did_you_mean, printable, summary
from semstat.validators.rules import Rule

__all__ = ["MAX_RESULTS", "render"]

MAX_RESULTS: Final = 25_000
"""The most results that a run may hold; of more, the first of every rule and component are kept."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report, *, limit: int = MAX_RESULTS) -> str:
    """Return the report as a SARIF log with one run.

    Source:
        OASIS SARIF 2.1.0, 3.13 (log), 3.14 (run), 3.27 (result), 3.49 (reportingDescriptor).

    Example:
        >>> json.loads(render(Report()))["version"]
        '2.1.0'
    """
    rules = mentioned_rules(report)
    index = {rule.id: number for number, rule in enumerate(rules)}
    shown = spread(report.diagnostics, limit)
    run = {
        "tool": {
            "driver": {
                "name": "semstat",
                "informationUri": BASE,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "invocations": [_invocation(report)],
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, index, report.folder) for item in shown],
        "properties": _properties(report, len(shown)),
    }
    text = json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)
    return printable(text, keep="\n") + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    codes = ", ".join(f"{product} {code}" for product, code in rule.external)
    parts = [f"**{rule.statement}**", rule.why, f"**What to do.** {rule.fix}", f"*Clause:* {rule.source}"]
    parts += [f"*Codes of other validators:* {codes}"] if codes else []
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.statement},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.fix, "markdown": "\n\n".join(parts)},
        "helpUri": str(rule.iri),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _invocation(report: Report) -> dict[str, object]:
    notes = [
        {
            "level": "warning",
            "descriptor": {"id": case.rule},
            "message": {"text": _unchecked(case.component, case.source, case.reasons)},
        }
        for case in cases(report)
        if case.status is CheckStatus.NOT_CHECKED
    ]
    notes += [
        {"level": "error", "message": {"text": printable(f"{source} could not be read")}}
        for source in report.unreadable
    ]
    complete = report.verdict not in {Verdict.INCOMPLETE, Verdict.UNREADABLE}
    invocation = {"executionSuccessful": complete, "toolExecutionNotifications": notes}
    left_out = [{"descriptor": {"id": rule}, "configuration": {"enabled": False}} for rule in tally(report).deselected]
    return invocation | ({"ruleConfigurationOverrides": left_out} if left_out else {})


def _unchecked(component: str | None, source: str | None, reasons: tuple[str, ...]) -> str:
    what = f"could not be checked for {component}" if component else "could not be checked"
    where = f" in {source}" if source else ""
    return printable(f"{what}{where}: {'; '.join(reasons) or 'no reason given'}")


def _result(item: Diagnostic, index: Mapping[str, int], folder: str) -> dict[str, object]:
    nearest = did_you_mean(item)
    parts = [item.message, f"expected {item.expected}" if item.expected else "", nearest or ""]
    result: dict[str, object] = {"ruleId": item.rule}
    if item.rule in index:
        result["ruleIndex"] = index[item.rule]
    result |= {
        "level": _LEVELS[item.severity],
        "message": {"text": printable("; ".join(part for part in parts if part))},
        "locations": [_location(item.location, item.series_key)],
        "partialFingerprints": {"semstat/v1": fingerprint(item, folder=folder)},
        "occurrenceCount": max(1, item.count),
    }
    if item.known:
        result["baselineState"] = "unchanged"
    if item.related:
        result["relatedLocations"] = [
            _location(other, None) | {"id": number, "message": {"text": "belongs to the same finding"}}
            for number, other in enumerate(item.related, 1)
        ]
    details = {"value": item.value, "expected": item.expected, "nearest": item.nearest, "seriesKey": item.series_key}
    result["properties"] = {name: printable(value) for name, value in details.items() if value is not None}
    return result


def _location(where: Location, key: str | None) -> dict[str, object]:
    location: dict[str, object] = {}
    if where.source is not None:
        address = quote(where.source.replace("\\", "/"), safe="/!", errors="backslashreplace")
        physical: dict[str, object] = {"artifactLocation": {"uri": address}}
        if where.line is not None:
            region = {"startLine": where.line}
            physical["region"] = region | ({"startColumn": where.column} if where.column else {})
        location["physicalLocation"] = physical
    full = where.focus or key
    if where.path is not None or full is not None:
        names = {"name": where.path, "fullyQualifiedName": full, "kind": "member"}
        location["logicalLocations"] = [{name: printable(text) for name, text in names.items() if text is not None}]
    return location


def _properties(report: Report, shown: int) -> dict[str, object]:
    totals = [
        {
            "source": None if group.source is None else printable(group.source),
            "rule": group.rule,
            "component": None if group.component is None else printable(group.component),
            "level": _LEVELS[group.severity],
            "findings": group.findings,
            "observations": group.observations,
        }
        | ({"known": True} if group.known else {})
        for group in groups(report)
    ]
    return {
        "verdict": report.verdict.value,
        "summary": summary(report),
        "resultsOmitted": sum(group.findings for group in groups(report)) - shown,
        "totals": totals,
    }
