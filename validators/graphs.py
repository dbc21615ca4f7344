"""What judging a graph that others wrote comes to: named queries run over a store, their findings beside what they examined."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding
from semstat.validators.sets import Query, Row, rows

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["RuleOutcome", "examined", "number_of", "outcome", "solutions"]


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What became of one rule: how many things it looked at, its findings, and what it could not judge, in words."""

    rule: str
    examined: int
    findings: tuple[Diagnostic, ...]
    unjudged: tuple[str, ...] = ()


def outcome(store: "ox.Store", query: Query, asked: Sequence[Query], unjudged: tuple[str, ...] = ()) -> RuleOutcome:
    """Return what a query says of a store; ``asked`` are the texts to run for it, mostly the query alone.

    Findings:
        Those of the rule that the query decides.
    """
    number = examined(store, query)
    if not number:
        return RuleOutcome(query.rule, 0, ())
    found = tuple(_finding(query.rule, row) for one in asked for row in rows(store, one))
    return RuleOutcome(query.rule, number, found, unjudged)


def examined(store: "ox.Store", query: Query) -> int:
    """Return how many things a query looks at; none where a class that it needs is not there."""
    if all(number_of(store, str(cls)) for cls in query.needs):
        return sum(number_of(store, str(term)) for term in query.about)
    return 0


def _finding(rule: str, row: Row) -> Diagnostic:
    item = finding(rule, row.message, Location(focus=row.focus, path=row.path), value=row.value)
    return replace(item, count=row.count)


def number_of(store: "ox.Store", term: str) -> int:
    """Return the number of instances of a class or, of a property (its name begins with a small letter), of subjects."""
    import pyoxigraph as ox

    is_class = term.rpartition("#")[2][:1].isupper()
    pattern = f"?node a <{term}>" if is_class else f"?node <{term}> ?value"
    (solution,) = solutions(store, f"SELECT (COUNT(DISTINCT ?node) AS ?number) WHERE {{ {pattern} }}")
    number = solution["number"]
    assert isinstance(number, ox.Literal)
    return int(number.value)


def solutions(store: "ox.Store", text: str) -> "Iterator[ox.QuerySolution]":
    """Yield the solutions of a SELECT query."""
    import pyoxigraph as ox

    answer = store.query(text)
    assert isinstance(answer, ox.QuerySolutions)
    yield from answer
