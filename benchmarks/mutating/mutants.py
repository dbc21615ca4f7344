"""What an operator makes of a message: the text with one fault, and what must be found in it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from rdflib.term import Node

from mutating.messages import Message, Statement
from semstat.validators.structural import Sums
from semstat.validators.structural.view import ComponentView

WRONG = "NO_SUCH"
"""A code that no list of the corpora has."""


@dataclass(frozen=True, slots=True)
class Premise:
    """What is laid down for data beside their structure, true of them as they came, so that a fault against it can be planted.

    ``added`` and ``removed`` are statements about the structure, ``sums`` says what adds up, ``areas`` which reference areas a
    sender may report on.
    """

    added: tuple[tuple[Node, Node, Node], ...] = ()
    removed: tuple[tuple[Node, Node, Node], ...] = ()
    sums: tuple[Sums, ...] = ()
    areas: tuple[tuple[str, tuple[str, ...]], ...] = ()


NOTHING = Premise()


@dataclass(frozen=True, slots=True)
class Mutant:
    """A message with one fault: the rule it breaks, the component and line, and the rules whose findings follow from it.

    ``basis`` is the text without the fault, where that is not the message as it came: a header says more, say.
    """

    rule: str
    component: str | None
    line: int
    text: str
    follows: frozenset[str] = frozenset()
    premise: Premise = NOTHING
    basis: str | None = None


Found = Counter[tuple[str, str | None, int | None]]
"""Findings by rule, component and line."""

Operator = Callable[[Message], Mutant | None]

KEY = frozenset({"DF003", "DF009", "DF010", "DF018", "DF020", "DF022", "DF023"})
"""What may follow from a key that changed: doubles, gaps, series in pieces, values no longer shared by series or
group, and attributes that the group of the right key states."""


def first(message: Message, wanted: Callable[[ComponentView], bool]) -> tuple[str, Statement] | None:
    """Return the first component of a kind that the data state, and where they do so first."""
    for item in message.view.components:
        place = message.stated(item.id) if wanted(item) else None
        if place is not None:
            return item.id, place
    return None
