"""Judging concept schemes that others wrote, set-based: the integrity conditions of SKOS, and what makes a scheme fit for use.

What SKOS entails is added first, as far as the rules look at it: classes, membership in schemes, and the labels of SKOS-XL.
"""

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from semstat.ontology.terms import SKOS
from semstat.validators.diagnostics import Location
from semstat.validators.graphs import RuleOutcome, number_of, outcome, solutions
from semstat.validators.rules import finding
from semstat.validators.sets import queries

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["CYCLE", "judge_skos"]

CYCLE = "SK012"
"""The rule against cycles, which no query decides: paths from each concept take quadratic time on deep hierarchies."""


def judge_skos(store: "ox.Store") -> tuple[RuleOutcome, ...]:
    """Return what the rules on concept schemes say of a store, in the order of the rules.

    What SKOS entails is added to the store.

    Findings:
        ``SK001`` to ``SK030``.

    Source:
        W3C *SKOS Simple Knowledge Organization System Reference* (2009), and common criteria for the quality of vocabularies.
    """
    store.update(_entailment())
    found = [outcome(store, query, [query]) for rule, query in queries().items() if rule.startswith("SK")]
    return tuple(sorted([*found, _cycles(store)], key=lambda item: item.rule))


@lru_cache(maxsize=1)
def _entailment() -> str:
    return files("semstat.validators").joinpath("updates/skos-entailment.rq").read_text(encoding="utf-8")


def _cycles(store: "ox.Store") -> RuleOutcome:
    """Return one finding for each set of concepts that stand above one another."""
    number = number_of(store, str(SKOS.Concept))
    if not number:
        return RuleOutcome(CYCLE, 0, ())
    above: dict[str, set[str]] = {}
    text = f"SELECT ?below ?above WHERE {{ ?below <{SKOS.broader}>|^<{SKOS.narrower}> ?above }}"
    for row in solutions(store, text):
        above.setdefault(str(row["below"]), set()).add(str(row["above"]))
    found = []
    for circle in _circles(above):
        names = [name.strip("<>") for name in circle]
        shown = ", ".join(f"`{name}`" for name in names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        said = f"{shown} stand above one another" if len(names) > 1 else f"{shown} stands above itself"
        found.append(finding(CYCLE, said, Location(focus=names[0])))
    return RuleOutcome(CYCLE, number, tuple(found))


def _circles(above: dict[str, set[str]]) -> list[list[str]]:
    """Return the sets of nodes that reach one another, each sorted, in time linear in the number of steps (Kosaraju)."""
    below: dict[str, set[str]] = {}
    for lower, higher in above.items():
        for one in higher:
            below.setdefault(one, set()).add(lower)
    seen: set[str] = set()
    found = []
    for node in reversed(_by_finish(above)):
        part = _reached(node, below, seen)
        if len(part) > 1 or (part and node in above.get(node, ())):
            found.append(sorted(part))
    return sorted(found)


def _by_finish(steps: dict[str, set[str]]) -> list[str]:
    """Return the nodes in the order in which a search in depth leaves them."""
    seen: set[str] = set()
    found = []
    for root in sorted(steps):
        if root in seen:
            continue
        seen.add(root)
        path = [(root, iter(sorted(steps[root])))]
        while path:
            node, left = path[-1]
            following = next((one for one in left if one not in seen), None)
            if following is None:
                found.append(node)
                path.pop()
            else:
                seen.add(following)
                path.append((following, iter(sorted(steps.get(following, ())))))
    return found


def _reached(start: str, steps: dict[str, set[str]], seen: set[str]) -> list[str]:
    """Return the nodes from a node on that were not seen before, and mark them as seen."""
    found = []
    left = [start]
    while left:
        node = left.pop()
        if node not in seen:
            seen.add(node)
            found.append(node)
            left.extend(steps.get(node, ()))
    return found
