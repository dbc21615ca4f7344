"""What is read from DDI-Lifecycle, between the bytes and the hub graph: identities, references, and pieces with their fields."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import URIRef

from semstat.interop.formats.ddi.lifecycle_kinds import Kind, Rule
from semstat.ontology.ddi_iri import DdiName

__all__ = ["Field", "Identity", "Piece", "Pointer", "Text", "Value"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text as written and its language, its own or that of an element around it."""

    value: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """What an element, or a reference, states of an identity; each part as written, without the white space around it.

    ``scope`` is ``Maintainable`` where the id is unique within a maintainable artefact only; ``maintainable`` the id of that
    artefact where a reference names it.
    """

    urn: str | None = None
    agency: str | None = None
    id: str | None = None
    version: str | None = None
    scope: str | None = None
    maintainable: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is stated."""
        return self.urn is None and self.agency is None and self.id is None and self.version is None


@dataclass(frozen=True, slots=True)
class Pointer:
    """A reference: the element it is written as, where, to what, of which kind, and how it is to be followed.

    ``external`` and ``late_bound`` are ``None`` where nothing is said. ``unread`` holds what more it says, raw.
    """

    element: str
    line: int | None
    identity: Identity
    object_type: str | None = None
    external: bool | None = None
    late_bound: bool | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One statement within a piece: the path of elements that it stands at, the rule that reads it, and its value."""

    path: str
    rule: Rule
    value: "Value"


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that the document describes: identified, or a part of one that is.

    ``name`` is ``None`` for parts without identity and for what repeats a name; ``number`` counts pieces of one kind in one
    place from 1. ``loose`` holds references and identified things that no field of the kind takes up, in order.
    """

    element: str
    kind: Kind
    line: int | None
    iri: URIRef
    number: int
    identity: Identity
    name: DdiName | None
    fields: tuple[Field, ...]
    loose: "tuple[Pointer | Piece, ...]"
    unread: tuple[str, ...]

    def values(self, path: str) -> "Iterator[Value]":
        """Yield the values that stand at a path."""
        return (field.value for field in self.fields if field.path == path)

    def pieces(self, path: str) -> "Iterator[Piece]":
        """Yield the parts that stand at a path."""
        return (value for value in self.values(path) if isinstance(value, Piece))


Value = Text | Pointer | Piece | str | int | bool
"""The value of a field."""
