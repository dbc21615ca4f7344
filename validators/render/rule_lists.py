"""The catalogue of rules as a list: text for people, JSON and CSV with the crosswalk to other validators."""

import csv
import io
from collections.abc import Iterable

from semstat.validators.explain import listing
from semstat.validators.render.json_report import external, written
from semstat.validators.rules import Rule, catalogue

__all__ = ["COLUMNS", "rule_list"]

COLUMNS = ("rule", "name", "severity", "statement", "product", "code", "iri")
"""The columns of the CSV list: a record for each code of another validator, or one for a rule that has none."""


def rule_list(form: str) -> str:
    """Return every rule of the catalogue.

    Args:
        form: ``text``, one line for each rule; ``json``, an array; ``csv``, one record for each rule and code of another
            validator, so that it can be joined with that validator's report.

    Raises:
        KeyError: another form.

    Example:
        >>> [line for line in rule_list("csv").splitlines() if "REG-201-003" in line][0].split(",")[0]
        'DF015'
    """
    return {"text": listing, "json": _as_json, "csv": _as_csv}[form](catalogue().values())


def _as_json(rules: Iterable[Rule]) -> str:
    listed = [
        {
            "id": rule.id,
            "name": rule.name,
            "severity": rule.severity.value,
            "statement": rule.statement,
            "fix": rule.fix,
            "source": rule.source,
            "external": external(rule.id),
            "iri": str(rule.iri),
        }
        for rule in rules
    ]
    return written(listed) + "\n"


def _as_csv(rules: Iterable[Rule]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for rule in rules:
        for product, code in rule.external or (("", ""),):
            writer.writerow((rule.id, rule.name, rule.severity.value, rule.statement, product, code, str(rule.iri)))
    return out.getvalue()
