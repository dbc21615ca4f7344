"""The validation report of the European Statistical System, version 1.0, as JSON.

Each finding is a *validation* of value ``0``. A check that found nothing is one of value ``1``, and one that was not made or
does not apply is one of value ``NA``, with the reason. Where there were findings, an *aggregation* gives their true number,
however many of them are listed. Codes of other validators stand in ``external`` beside the rule, an addition of ours.
"""

from collections import Counter
from collections.abc import Iterator

from semstat.ontology.terms import RULE
from semstat.validators.diagnostics import CheckStatus, Diagnostic, Report, Severity
from semstat.validators.fingerprints import Traits, fingerprint, relative_name
from semstat.validators.render.arrangement import Case, cases, unjudged
from semstat.validators.render.json_report import external, written
from semstat.validators.render.wording import NOTHING, place
from semstat.validators.rules import catalogue

__all__ = ["render"]

_LANGUAGE = "semstat rule"
_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "information"}
_Record = dict[str, object]


def render(report: Report) -> str:
    r"""Return the report as an array of validations and aggregations, in the order of the report.

    ``event.time`` is the moment of the run as the report states it; the text is empty where it states none.

    Source:
        ESSnet ValiDat Integration, *Generic structure of the validation report*, version 1.0.

    Example:
        >>> render(Report())
        '[]\n'
    """
    seen: Counter[str] = Counter()
    records = []
    for mark, record in _records(report):
        seen[mark] += 1
        name = mark if seen[mark] == 1 else f"{mark}-{seen[mark]}"
        records.append({"id": name, "type": record["type"], "event": _event(report), **record})
    return written(records) + "\n"


def _event(report: Report) -> _Record:
    return {"time": report.started, "actor": "semstat"}


def _records(report: Report) -> Iterator[tuple[str, _Record]]:
    for item in report.diagnostics:
        yield f"validation-{fingerprint(item, folder=report.folder)}", _finding(item)
    for case in cases(report):
        source = None if case.source is None else relative_name(case.source, report.folder)
        mark = Traits(case.rule, source, case.component, None, None).fingerprint
        if case.status is not CheckStatus.CHECKED or not case.groups:
            yield f"check-{mark}", _outcome(case, report)
        if case.groups:
            yield f"aggregation-{mark}", _count(case)

    for source in unjudged(report):
        name = relative_name(source, report.folder)
        data = {"source": [source], "target": ["*"], "description": NOTHING}
        rule = {"language": _LANGUAGE, "expression": "verdict", "severity": "error"}
        mark = Traits("verdict", name, None, None, None).fingerprint
        yield f"check-{mark}", {"type": "validation", "rule": rule, "data": data, "value": "NA"}


def _rule(rule: str, severity: Severity) -> _Record:
    known = catalogue().get(rule)
    return {
        "language": _LANGUAGE,
        "expression": str(RULE[rule]) if known else rule,
        "severity": _SEVERITIES[severity],
        "description": f"{rule} {known.name}: {known.statement}" if known else rule,
        "external": external(rule),
    }


def _finding(item: Diagnostic) -> _Record:
    where = item.location
    point = "/".join(part for part in (where.focus or item.series_key, where.path) if part is not None)
    words = f"known: {item.message}" if item.known else item.message
    return {
        "type": "validation",
        "rule": _rule(item.rule, item.severity),
        "data": {
            "source": [place(where), *(place(other) for other in item.related)],
            "target": [point or place(where)],
            "description": words,
        },
        "value": "0",
    }


def _data(case: Case, description: str) -> _Record:
    return {"source": [case.source or "(no file)"], "target": [case.component or "*"], "description": description}


def _outcome(case: Case, report: Report) -> _Record:
    known = catalogue().get(case.rule)
    reasons = "; ".join(case.reasons)
    words = f"{case.status.value}: {reasons}" if reasons else case.status.value
    if case.status is CheckStatus.CHECKED:
        words = f"{_examined(case, report)} examined"
    return {
        "type": "validation",
        "rule": _rule(case.rule, known.severity if known else Severity.ERROR),
        "data": _data(case, words),
        "value": "1" if case.status is CheckStatus.CHECKED else "NA",
    }


def _examined(case: Case, report: Report) -> int:
    place_of = (case.source, case.rule, case.component)
    return sum(item.examined for item in report.checks if (item.source, item.rule, item.component) == place_of)


def _count(case: Case) -> _Record:
    known = sum(group.findings for group in case.groups if group.known)
    words = f"of them known: {known}" if known else f"findings of {case.rule}"
    return {
        "type": "aggregation",
        "aggregate": {"language": _LANGUAGE, "expression": f"count({case.rule})", "description": "number of findings"},
        "data": _data(case, words),
        "value": str(sum(group.findings for group in case.groups)),
    }
