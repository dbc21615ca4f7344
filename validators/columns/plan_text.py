"""A plan as text, for people who want to see what will be checked, by whom, and with which SQL."""

from collections.abc import Collection

from rdflib import URIRef

from semstat.validators.columns.sql import may_fail
from semstat.validators.columns.stage import quoted
from semstat.validators.plan import Check, ClosedCheck, ConstantCheck, Plan, RecordCheck

__all__ = ["plan_text", "shortened"]

_LONGEST = 160


def plan_text(plan: Plan, structure: str, unsupported: Collection[URIRef] = ()) -> str:
    """Return the plan of a structure, one line for each check, ordered by rule and component.

    ``unsupported`` are shapes that were compiled but use what the engine lacks; they go to the graph executor like the
    residual ones.
    """
    lines = [f"{structure}: {len(plan.checks) - len(unsupported)} checks on columns"]
    compiled = (check for check in plan.checks if check.shape not in unsupported)
    lines += [
        f"  columns  {check.rule}  {check.component or '-':<18} {shortened(_sql(check))}"
        for check in sorted(compiled, key=lambda check: (check.rule, check.component or "", str(check.shape)))
    ]
    lines += [f"  graph    {shape}" for shape in sorted({*plan.residual, *unsupported})]
    lines += [f"  nobody   {item.rule}  {item.component or '-':<18} {item.reason}" for item in plan.unstated]
    lines += [f"  left out {item.rule}  {item.component or '-':<18} {item.reason}" for item in plan.deselected]
    return "\n".join(lines) + "\n"


def _sql(check: Check) -> str:
    names = ", ".join(quoted(name) for name in check.components)
    if isinstance(check, RecordCheck):
        condition = may_fail(check.predicate, {name: quoted(name) for name in check.components})
        return f"SELECT DISTINCT {names} FROM data WHERE {condition}"
    if isinstance(check, ClosedCheck):
        return f"columns other than {', '.join(sorted(check.allowed))}"
    if isinstance(check, ConstantCheck):
        within = ", ".join(quoted(name) for name in check.within)
        grouped = f" GROUP BY {within}" if within else ""
        return f"SELECT {within or '1'} FROM data{grouped} HAVING min({quoted(check.component)}) <> max({quoted(check.component)})"
    return f"SELECT {names} FROM data GROUP BY {names} HAVING count(*) > 1"


def shortened(text: str) -> str:
    """Return a text that fits a line, cut where it is longer.

    Example:
        >>> len(shortened("x" * 500)), shortened("SELECT 1")
        (160, 'SELECT 1')
    """
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
