"""How kinds of elements of DDI-Lifecycle are described in tables: which path in the element says what in the hub graph."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from rdflib import Literal as Term
from rdflib import URIRef

__all__ = [
    "Kind",
    "Level",
    "Node",
    "Rule",
    "alternative",
    "dynamic",
    "flag",
    "inside",
    "label",
    "number",
    "part",
    "places",
    "refers",
    "skip",
    "step",
    "text",
    "token",
    "under",
    "word",
]

How = Literal[
    "text", "label", "alternative", "dynamic", "token", "number", "flag", "refers", "step", "part", "inside", "skip"
]
Level = Literal["maintainable", "versionable", "identifiable", "part"]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """How one place in an element is read, and what it becomes.

    ``kind`` is that of a part; a kind that holds itself is given as a function that returns it, ``None`` where the element's
    name decides. ``step`` is the word for a part in IRIs. ``inner`` is the rule within a part that the document does not
    bracket by an element of its own. ``words`` are those of the hub graph for words that the standard prescribes.
    """

    how: How
    predicates: tuple[URIRef, ...] = ()
    kind: "Kind | Callable[[], Kind] | None" = None
    step: str = ""
    inner: "Rule | None" = None
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def part_kind(self) -> "Kind | None":
        """The kind of the part, if the rule fixes it."""
        return self.kind if self.kind is None or isinstance(self.kind, Kind) else self.kind()


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """One kind of element.

    ``fields`` maps paths (``Label/Content``, ``Low/@isInclusive``) to rules. ``content`` reads the element's own text,
    ``pointer`` makes the element itself a reference. ``fixed`` is stated of every piece of the kind. ``in_study`` is the
    property that leads from the study to the piece; ``holds`` the property that leads to what stands in it, by element.
    Elements of a ``container`` are read one by one. ``level`` says how much identity the standard asks for. A named kind
    says with its element's name what its class does not tell.
    """

    types: tuple[URIRef, ...] = ()
    fields: Mapping[str, Rule] = field(default_factory=dict)
    level: Level = "versionable"
    content: Rule | None = None
    pointer: Rule | None = None
    fixed: tuple[tuple[URIRef, Term], ...] = ()
    in_study: URIRef | None = None
    holds: Mapping[str, URIRef] = field(default_factory=dict)
    container: bool = False
    named: bool = False

    def but(self, fields: Mapping[str, Rule], *, level: Level | None = None, named: bool | None = None) -> "Kind":
        """Return the kind with further fields, and with another level or its name stated where that is asked for."""
        return replace(
            self,
            fields={**self.fields, **fields},
            level=self.level if level is None else level,
            named=self.named if named is None else named,
        )


@dataclass(slots=True)
class Node:
    """A place within elements of one kind: the rule for it, and the places below by name."""

    rule: Rule | None = None
    below: "dict[str, Node]" = field(default_factory=dict)


@cache
def places(kind: Kind) -> Node:
    """Return the places within elements of a kind, as a tree."""
    root = Node()
    for path, rule in kind.fields.items():
        node = root
        for name in path.split("/"):
            node = node.below.setdefault(name, Node())
        node.rule = rule
    return root


def text(*predicates: URIRef) -> Rule:
    """A text with its language."""
    return Rule("text", predicates)


def label() -> Rule:
    """A label: the first in each language is preferred, the others are alternatives."""
    return Rule("label")


def alternative() -> Rule:
    """A label that is never the preferred one."""
    return Rule("alternative")


def dynamic(*predicates: URIRef) -> Rule:
    """A text put together from literal texts; what is inserted between them is kept raw."""
    return Rule("dynamic", predicates)


def token(*predicates: URIRef) -> Rule:
    """A text without language and without the white space around it."""
    return Rule("token", predicates)


def word(words: Mapping[str, str], *predicates: URIRef) -> Rule:
    """A word that the standard prescribes, which becomes that of the hub graph; any other stays as it is."""
    return Rule("token", predicates, words=words)


def number(*predicates: URIRef) -> Rule:
    """A whole number."""
    return Rule("number", predicates)


def flag(*predicates: URIRef) -> Rule:
    """A truth value."""
    return Rule("flag", predicates)


def refers(*predicates: URIRef) -> Rule:
    """A reference that becomes a relation; several in a row keep their order in nodes of their own."""
    return Rule("refers", predicates)


def step(predicate: URIRef) -> Rule:
    """A reference to a control construct, which becomes a place in the flow."""
    return Rule("step", (predicate,), step="step")


def part(predicate: URIRef, kind: "Kind | Callable[[], Kind] | None" = None, word: str = "") -> Rule:
    """An element that becomes a thing of its own; ``word`` names it in IRIs where it has no identity."""
    return Rule("part", (predicate,), kind, word)


def inside(predicate: URIRef, kind: Kind, word: str, inner: Rule) -> Rule:
    """A statement about a thing of its own that the document does not bracket; all with one word are about one thing."""
    return Rule("inside", (predicate,), kind, word, inner)


def skip() -> Rule:
    """A place that says nothing beyond what is known anyway."""
    return Rule("skip")


def under(prefixes: str | Iterable[str], fields: Mapping[str, Rule]) -> dict[str, Rule]:
    """Return fields at the same paths below each of some wrapping elements.

    Example:
        >>> sorted(under(["Title", "SubTitle"], {"String": label()}))
        ['SubTitle/String', 'Title/String']
    """
    heads = [prefixes] if isinstance(prefixes, str) else prefixes
    return {f"{head}/{path}" if path else head: rule for head in heads for path, rule in fields.items()}
