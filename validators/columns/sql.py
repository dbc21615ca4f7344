"""Predicates as SQL over the raw terms of a record.

For each predicate there are two expressions: one true wherever it *may fail*, one true wherever it *may hold*. Most are exact
opposites; ranges are not, since the engine compares floating-point numbers and the rule is about decimals. What the engine
names is judged again, exactly, by the predicate itself.
"""

from collections.abc import Iterable, Mapping

from semstat.validators.observations import PART_SEPARATOR
from semstat.validators.predicates import AllOf, AnyOf, Count, In, Length, Matches, Not, Predicate, Range, Unless

__all__ = ["may_fail", "may_hold", "text"]

Terms = Mapping[str, str]
"""SQL expression of each component's raw term (``NULL`` = absent)."""


def text(value: str) -> str:
    """Return a string as an SQL literal.

    Example:
        >>> text("it's")
        "'it''s'"
    """
    return "'" + value.replace("'", "''") + "'"


def may_fail(predicate: Predicate, terms: Terms, multivalued: frozenset[str] = frozenset()) -> str:
    """Return an SQL condition that is true of every record that breaks the predicate, and of few others.

    Example:
        >>> may_fail(In("SEX", frozenset({"F", "M"})), {"SEX": "s"})
        "(s IS NOT NULL AND NOT coalesce(s IN ('F', 'M'), false))"
    """
    if isinstance(predicate, AllOf):
        return _joined(" OR ", (may_fail(part, terms, multivalued) for part in predicate.parts), empty="false")
    if isinstance(predicate, AnyOf):
        return _joined(" AND ", (may_fail(part, terms, multivalued) for part in predicate.parts), empty="true")
    if isinstance(predicate, Not):
        return may_hold(predicate.part, terms, multivalued)
    if isinstance(predicate, Unless):
        return may_fail(predicate.part, _spared(predicate, terms, multivalued), multivalued)
    term = terms[predicate.component]
    if isinstance(predicate, Count):
        return f"(NOT {_counted(predicate, term, multiple=predicate.component in multivalued)})"
    if predicate.component in multivalued:
        some = f"len(list_filter({_parts(term)}, lambda part: {_breaks(predicate, 'part')})) > 0"
        return f"({term} IS NOT NULL AND {some})"
    return f"({term} IS NOT NULL AND {_breaks(predicate, term)})"


def may_hold(predicate: Predicate, terms: Terms, multivalued: frozenset[str] = frozenset()) -> str:
    """Return an SQL condition that is true of every record that satisfies the predicate, and of few others."""
    if isinstance(predicate, AllOf):
        return _joined(" AND ", (may_hold(part, terms, multivalued) for part in predicate.parts), empty="true")
    if isinstance(predicate, AnyOf):
        return _joined(" OR ", (may_hold(part, terms, multivalued) for part in predicate.parts), empty="false")
    if isinstance(predicate, Not):
        return may_fail(predicate.part, terms, multivalued)
    if isinstance(predicate, Unless):
        return may_hold(predicate.part, _spared(predicate, terms, multivalued), multivalued)
    term = terms[predicate.component]
    if isinstance(predicate, Count):
        return _counted(predicate, term, multiple=predicate.component in multivalued)
    if predicate.component in multivalued:
        none = f"len(list_filter({_parts(term)}, lambda part: NOT {_keeps(predicate, 'part')})) = 0"
        return f"({term} IS NULL OR {none})"
    return f"({term} IS NULL OR {_keeps(predicate, term)})"


def _spared(predicate: Unless, terms: Terms, multivalued: frozenset[str]) -> Terms:
    """Return the terms with the component's value absent where it is one of those spared."""
    term, component = terms[predicate.component], predicate.component
    listed = ", ".join(text(value) for value in sorted(predicate.spared))
    if component not in multivalued:
        return {**terms, component: f"(CASE WHEN {term} NOT IN ({listed}) THEN {term} END)"}
    left = f"list_filter({_parts(term)}, lambda part: part NOT IN ({listed}))"
    joined = f"array_to_string({left}, chr({ord(PART_SEPARATOR)}))"
    return {**terms, component: f"(CASE WHEN len({left}) > 0 THEN {joined} END)"}


def _joined(joint: str, parts: Iterable[str], *, empty: str) -> str:
    listed = list(parts)
    return f"({joint.join(listed)})" if listed else empty


def _parts(term: str) -> str:
    return f"string_split({term}, chr({ord(PART_SEPARATOR)}))"


def _counted(predicate: Count, term: str, *, multiple: bool) -> str:
    number = (
        f"coalesce(len(list_distinct({_parts(term)})), 0)"
        if multiple
        else f"CASE WHEN {term} IS NULL THEN 0 ELSE 1 END"
    )
    upper = "" if predicate.maximum is None else f" AND {number} <= {predicate.maximum}"
    return f"({number} >= {predicate.minimum}{upper})"


def _breaks(predicate: In | Matches | Length | Range, term: str) -> str:
    return _outside(predicate, term) if isinstance(predicate, Range) else f"NOT {_leaf(predicate, term)}"


def _keeps(predicate: In | Matches | Length | Range, term: str) -> str:
    return _inside(predicate, term) if isinstance(predicate, Range) else _leaf(predicate, term)


def _leaf(predicate: In | Matches | Length, term: str) -> str:
    if isinstance(predicate, In):
        members = ", ".join(text(value) for value in sorted(predicate.values))
        listed = f"coalesce({term} IN ({members}), false)" if members else "false"
        return f"(NOT {listed})" if predicate.excluded else listed
    if isinstance(predicate, Matches):
        flags = "".join(sorted(predicate.flags)) or "c"
        return f"regexp_matches({term}, {text(predicate.pattern)}, {text(flags)})"
    upper = "" if predicate.maximum is None else f" AND length({term}) <= {predicate.maximum}"
    return f"(length({term}) >= {predicate.minimum or 0}{upper})"


def _outside(predicate: Range, term: str) -> str:
    """Rounding is monotone: a decimal below the bound is a double not above the bound's double."""
    number = f"TRY_CAST({term} AS DOUBLE)"
    parts = [f"{number} <= {float(predicate.minimum)!r}"] if predicate.minimum is not None else []
    parts += [f"{number} >= {float(predicate.maximum)!r}"] if predicate.maximum is not None else []
    if predicate.numbers_only:
        return f"({' OR '.join([*parts, f'{number} IS NULL', f'NOT {_plain(term)}'])})"
    return f"coalesce({' OR '.join(parts)}, false)" if parts else "false"


def _inside(predicate: Range, term: str) -> str:
    number = f"TRY_CAST({term} AS DOUBLE)"
    parts = [f"{number} >= {float(predicate.minimum)!r}"] if predicate.minimum is not None else []
    parts += [f"{number} <= {float(predicate.maximum)!r}"] if predicate.maximum is not None else []
    return f"coalesce(({' AND '.join(parts)}) OR NOT {_plain(term)}, true)" if parts else "true"


def _plain(term: str) -> str:
    """The engine takes for numbers what the rule does not: 1_0, blanks around, inf. Those may hold, and may not."""
    return f"regexp_matches({term}, '^[-+0-9.eE]+$')"
