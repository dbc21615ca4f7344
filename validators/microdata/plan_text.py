"""A plan for microdata as text, for people who want to see what will be checked, of what, and with which SQL."""

from collections.abc import Mapping

from rdflib import URIRef

from semstat.validators.columns.plan_text import shortened
from semstat.validators.columns.sql import may_fail
from semstat.validators.columns.stage import quoted
from semstat.validators.microdata.plan import (
    CompleteCheck,
    CountCheck,
    MicrodataCheck,
    MicrodataPlan,
    ReferenceCheck,
    RowCheck,
    StatisticCheck,
    UniqueCheck,
    UsedCodeCheck,
    ValueCheck,
)
from semstat.validators.microdata.row_terms import as_sql
from semstat.validators.predicates import components_of

__all__ = ["microdata_plan_text"]


def microdata_plan_text(
    plan: MicrodataPlan, file: str, deselected: Mapping[str, str], elsewhere: Mapping[URIRef, str]
) -> str:
    """Return the plan of one kind of record, one line for each check, ordered by rule and variable.

    Args:
        plan: What is demanded.
        file: What the file is called.
        deselected: The rules that are left out, with the reason of each.
        elsewhere: What variables of other kinds of record are called.
    """
    called = {**elsewhere, **plan.names}
    made = [check for check in plan.checks if check.rule not in deselected]
    lines = [f"{file}: {len(made)} checks on columns"]
    lines += sorted(
        f"  columns  {check.rule}  {_name(check, plan):<18} {shortened(_sql(check, called))}" for check in made
    )
    lines += sorted(f"  nobody   {item.rule}  {item.component or '-':<18} {item.reason}" for item in plan.unstated)
    left = sorted({(check.rule, _name(check, plan)) for check in plan.checks if check.rule in deselected})
    lines += [f"  left out {rule}  {name:<18} {deselected[rule]}" for rule, name in left]
    return "\n".join(lines) + "\n"


def _name(check: MicrodataCheck, plan: MicrodataPlan) -> str:
    if isinstance(check, UniqueCheck | ReferenceCheck | CountCheck):
        return "-"
    return plan.names[check.variable]


def _sql(check: MicrodataCheck, called: Mapping[URIRef, str]) -> str:
    if isinstance(check, CountCheck):
        return f"SELECT count(*) <> {check.count} FROM data"
    if isinstance(check, UniqueCheck | ReferenceCheck | RowCheck):
        return _of_rows(check, called)
    column = quoted(called[check.variable])
    match check:
        case ValueCheck():
            columns = dict.fromkeys(components_of(check.predicate), column)
            return f"SELECT DISTINCT {column} FROM data WHERE {may_fail(check.predicate, columns)}"
        case CompleteCheck():
            return f"SELECT count(*) FROM data WHERE {column} IS NULL"
        case UsedCodeCheck():
            return f"SELECT count(*) = 0 FROM data WHERE regexp_matches({column}, '{check.pattern}')"
        case StatisticCheck():
            weight = f" by {quoted(called[check.weight])}" if check.weight is not None else ""
            return f"{check.kind} of {column}{weight} is {check.stated} to within {check.tolerance}"


def _of_rows(check: UniqueCheck | ReferenceCheck | RowCheck, called: Mapping[URIRef, str]) -> str:
    names = [quoted(called[item]) for item in check.variables]
    if isinstance(check, RowCheck):
        return f"SELECT * FROM data WHERE NOT {as_sql(check.condition, names)}"
    if isinstance(check, UniqueCheck):
        return f"SELECT {', '.join(names)} FROM data GROUP BY {', '.join(names)} HAVING count(*) > 1"
    theirs = [quoted(called[item]) for item in check.target_variables]
    same = " AND ".join(f"data.{own} = other.{there}" for own, there in zip(names, theirs, strict=True))
    return f"SELECT {', '.join(names)} FROM data ANTI JOIN other ON {same}"
