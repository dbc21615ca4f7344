"""What findings say: one sentence for each kind of fault, the fact and the values."""

from collections.abc import Iterator, Mapping

from semstat.validators.columns.execute import Hit
from semstat.validators.plan import ConstantCheck, Plan, RecordCheck, SeriesCheck, SumCheck
from semstat.validators.predicates import AllOf, AnyOf, Not, Predicate, Unless

__all__ = ["fault", "leaves", "repeats", "returns", "status_words", "sum_words", "varies"]

_FAULTS: Mapping[str, str] = {
    "DF006": "breaks a facet: {0}",
    "DF011": "lies outside the region that the constraint allows",
    "DF012": "is in none of the keys that the constraint allows",
    "DF019": "is to be updated, and no measure and no attribute has a value",
    "DF023": "is given without all that it is attached to: it needs {0}",
    "DF025": "is not valid in the whole period: it is {0}",
    "DF024": "has not as many values as it takes: {0}",
}


def fault(check: RecordCheck) -> str:
    """Say what is wrong with a value, or with a key where the check is on several components."""
    wanted = check.expected
    match check.rule:
        case "DF004":
            name = wanted.removeprefix("a code of ").partition(": ")[0].removesuffix(", which is empty")
            return f"is not a code of {name}"
        case "DF005" | "DF007":
            return f"is not a valid {wanted.partition(', such as ')[0]}"
        case "DF008":
            return f"does not fit the frequency: {wanted.rpartition(' where ')[2]}"
    return _FAULTS.get(check.rule, "is not {0}" if wanted else "breaks the rule").format(wanted)


def returns(check: SeriesCheck, hit: Hit, place: str | None) -> str:
    """Say where a series that goes on here began."""
    where = place or "an earlier record"
    if check.elements:
        return f"the series begins once more: its first observation stands on {where}"
    more = f"; {hit.count} places in all" if hit.count > 1 else ""
    return f"the record goes back to the series of {where}, after records of another one{more}"


def status_words(check: RecordCheck, value: str | None, values: Mapping[str, str | None]) -> str:
    """Say how a value and its status disagree."""
    status = next((name for name in check.components if name != check.component), "")
    stated = f"`{status}` is `{values[status]}`" if values.get(status) is not None else f"`{status}` is absent"
    if check.expected.startswith("no value"):
        return f"`{check.component}` = `{value}` is a value, and {stated}, which says that there is none"
    found = "has no value" if value is None else f"= `{value}` is no value"
    return f"`{check.component}` {found}, and {stated}, which does not say so"


def sum_words(check: SumCheck, hit: Hit, values: Mapping[str, str | None]) -> str:
    """Say how a figure differs from the sum of its parts, or how many of them there are."""
    figure = f"`{check.component}` = `{values.get(check.component)}` where `{check.dimension}` is `{check.whole}`"
    if check.compares:
        return f"{figure} is not the sum of its {len(check.parts)} parts, `{hit.value}`"
    return f"{figure} was not compared with the sum of its {len(check.parts)} parts: {_found(check, hit)}"


def _found(check: SumCheck, hit: Hit) -> str:
    number = int(hit.value or 0)
    if number < check.required:
        return "none is there" if not number else f"only {number} {'is' if number == 1 else 'are'} there"
    return "one is there twice, or is no decimal figure"


def varies(check: ConstantCheck, value: str | None, stated: str | None, place: str | None) -> str:
    """Say which value an attribute has instead of the one stated first, where that is, and what both have in common."""
    where = f"on {place}" if place is not None else "in an earlier record"
    scope = f"with the same {', '.join(check.within)}" if check.within else "in the same dataset"
    return f"`{check.component}` = `{value}` differs from `{stated}` {where}, {scope}"


def repeats(
    here: Mapping[str, str | None], there: Mapping[str, str | None] | None, where: str | None, plan: Plan
) -> str:
    """Say whether a second observation with a key agrees with the first: a copy is a nuisance, a contradiction a danger."""
    if there is None:
        return "the observation repeats the key of another one"
    where = where or "an earlier record"
    differing = [name for name in plan.components if name not in plan.dimensions and here.get(name) != there.get(name)]
    if not differing:
        return f"the observation repeats the key of {where}, with the same values"
    name = differing[0]
    others = ", ".join(f"`{item}`" for item in differing[1:])
    more = f"; {others} {'differs' if len(differing) == 2 else 'differ'} too" if others else ""
    found, stated = _quoted(here.get(name)), _quoted(there.get(name))
    return f"the observation contradicts {where}: `{name}` is {found} here, {stated} there{more}"


def _quoted(value: str | None) -> str:
    return "absent" if value is None else f"`{value}`"


def leaves(predicate: Predicate) -> Iterator[Predicate]:
    """Yield the leaves that say what is wanted, those under a negation left out."""
    if isinstance(predicate, AllOf | AnyOf):
        for part in predicate.parts:
            yield from leaves(part)
    elif isinstance(predicate, Unless):
        yield from leaves(predicate.part)
    elif not isinstance(predicate, Not):
        yield predicate
