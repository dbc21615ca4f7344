"""Conditions on a row as data: trees of operations with every cell read in a stated way, and the SQL and SPARQL they mean.

Truth has three values, as both languages have it: what cannot be told, for want of a value, is null in SQL and an error in
SPARQL, and both let ``false and unknown`` be false.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from semstat.ontology.terms import XSD
from semstat.validators.microdata.patterns import NUMBER

__all__ = ["Term", "as_json", "as_sparql", "as_sql", "from_json"]


@dataclass(frozen=True, slots=True)
class Term:
    """An operation of :data:`OPERATIONS` with what it is of: terms, and for leaves the place of a cell or a constant."""

    operation: str
    parts: tuple["Term | str", ...] = ()


_DOUBLE = f"<{XSD.double}>"
_BRACED = NUMBER.replace("{", "{{{{").replace("}", "}}}}")
_NUMBER_OR_NULL = (
    f"(CASE WHEN regexp_matches({{0}}, '{_BRACED}') AND {{1}} "
    "THEN TRY_CAST(regexp_replace({0}, '\\s', '', 'g') AS DOUBLE) END)",
    'IF(REGEX({0}, "'
    + _BRACED.replace("\\", "\\\\")
    + '") && {1}, '
    + _DOUBLE
    + '(REPLACE({0}, "\\\\s|^\\\\s*[+]", "")), ?nothing)',
)
"""A text as number where it is one and a further condition holds, in SQL and in SPARQL."""

OPERATIONS: Mapping[str, tuple[str, str]] = {
    "number": ("CAST({0} AS DOUBLE)", f'{_DOUBLE}("{{0}}")'),
    "text": ("{0}", "{0}"),
    "true": ("true", "true"),
    "false": ("false", "false"),
    "unknown": ("NULL", "?nothing"),
    "and": ("({0} AND {1})", "IF(COALESCE(!{0}, false) || COALESCE(!{1}, false), false, {0} && {1})"),
    "or": ("({0} OR {1})", "IF(COALESCE({0}, false) || COALESCE({1}, false), true, {0} || {1})"),
    "not": ("(NOT {0})", "(!({0}))"),
    "equal": ("({0} = {1})", "({0} = {1})"),
    "less": ("({0} < {1})", "({0} < {1})"),
    "least": ("({0} <= {1})", "({0} <= {1})"),
    "add": ("({0} + {1})", "({0} + {1})"),
    "subtract": ("({0} - {1})", "({0} - {1})"),
    "multiply": ("({0} * {1})", "({0} * {1})"),
    "divide": ("({0} / nullif({1}, 0))", f"IF({{1}} = {_DOUBLE}(0), ?nothing, {{0}} / {{1}})"),
    "join": ("({0} || {1})", "CONCAT({0}, {1})"),
    "choose": (
        "(CASE WHEN {0} THEN {1} WHEN NOT {0} THEN {2} END)",
        "IF({0}, {1}, {2})",
    ),
    "first": ("coalesce({0}, {1})", "COALESCE({0}, {1})"),
    "known": ("({0} IS NOT NULL)", "BOUND({0})"),
    "abs": ("abs({0})", "ABS({0})"),
    "floor": ("floor({0})", "FLOOR({0})"),
    "ceil": ("ceil({0})", "CEIL({0})"),
    "length": ("CAST(length({0}) AS DOUBLE)", f"{_DOUBLE}(STRLEN({{0}}))"),
    "upper": ("upper({0})", "UCASE({0})"),
    "lower": ("lower({0})", "LCASE({0})"),
    "substring": (
        "substr({0}, CAST({1} AS INTEGER), CAST({2} AS INTEGER))",
        f"SUBSTR({{0}}, <{XSD.integer}>({{1}}), <{XSD.integer}>({{2}}))",
    ),
    "parse": (_NUMBER_OR_NULL[0].format("{0}", "true"), _NUMBER_OR_NULL[1].format("{0}", "true")),
}
"""By operation: the SQL and the SPARQL of it, with the operands by number; cells have forms of their own."""

_CELLS: Mapping[str, tuple[str, str]] = {
    "cell-present": ("({0} IS NOT NULL)", "BOUND({0})"),
    "cell-text": ("regexp_replace({0}, '^\\s+|\\s+$', '', 'g')", 'REPLACE(STR({0}), "^\\\\s+|\\\\s+$", "")'),
    "cell-matches": ("regexp_matches({0}, {1})", "REGEX(STR({0}), {1})"),
    "cell-number": (
        _NUMBER_OR_NULL[0].format("{0}", "NOT regexp_matches({0}, {1})"),
        _NUMBER_OR_NULL[1].format("STR({0})", "!REGEX(STR({0}), {1})"),
    ),
}
"""Ways to read the cell of a place: that it is there, as text, whether an expression matches, as a number that is not set apart."""


def as_json(term: Term) -> str:
    """Return a term as text, to be kept in a shape.

    Example:
        >>> as_json(Term("not", (Term("cell-present", ("1",)),)))
        '["not", ["cell-present", "1"]]'
    """
    return json.dumps(_plain(term), ensure_ascii=False)


def _plain(term: Term) -> list[object]:
    return [term.operation, *(_plain(part) if isinstance(part, Term) else part for part in term.parts)]


def from_json(text: str) -> Term:
    """Return the term that a text stands for.

    Example:
        >>> from_json('["not", ["cell-present", "1"]]')
        Term(operation='not', parts=(Term(operation='cell-present', parts=('1',)),))
    """
    return _term(json.loads(text))


def _term(plain: Sequence[object]) -> Term:
    return Term(str(plain[0]), tuple(_term(part) if isinstance(part, list) else str(part) for part in plain[1:]))


def as_sql(term: Term, columns: Sequence[str]) -> str:
    """Return a term as SQL.

    Args:
        term: The condition.
        columns: The columns of the places that it names, the first of place 1.

    Example:
        >>> as_sql(Term("join", (Term("text", ("a'b",)), Term("upper", (Term("text", ("c",)),)))), [])
        "('a''b' || upper('c'))"
    """
    if term.operation in _CELLS:
        place, *patterns = map(str, term.parts)
        return _CELLS[term.operation][0].format(columns[int(place) - 1], *map(_quoted, patterns))
    return OPERATIONS[term.operation][0].format(
        *(as_sql(part, columns) if isinstance(part, Term) else _quoted(part) for part in term.parts)
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def as_sparql(term: Term) -> tuple[list[str], str]:
    """Return a term in SPARQL: assignments, one for each of its parts, and the variable that holds the whole.

    The cell of place 1 is ``?v1``, and ``?nothing`` must have no value. What cannot be told has none either: rdflib knows no
    ``false && error``, so that ``and`` and ``or`` look at both sides themselves.

    Example:
        >>> as_sparql(Term("not", (Term("cell-present", ("1",)),)))
        (['BIND (BOUND(?v1) AS ?t1)', 'BIND ((!(?t1)) AS ?t2)'], '?t2')
    """
    assigned: list[str] = []
    return assigned, _assigned(term, assigned)


def _assigned(term: Term, assigned: list[str]) -> str:
    if term.operation in _CELLS:
        place, *patterns = map(str, term.parts)
        text = _CELLS[term.operation][1].format(f"?v{place}", *map(_literal, patterns))
    elif term.operation == "number":
        text = OPERATIONS["number"][1].format(term.parts[0])
    else:
        parts = [_assigned(part, assigned) if isinstance(part, Term) else _literal(part) for part in term.parts]
        text = OPERATIONS[term.operation][1].format(*parts)
    name = f"?t{len(assigned) + 1}"
    assigned.append(f"BIND ({text} AS {name})")
    return name


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
