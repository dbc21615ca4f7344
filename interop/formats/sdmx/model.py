"""SDMX structural metadata as read, before it is lifted: frozen values that know their line, nothing resolved.

Two values are equal when they say the same, wherever they stand.
"""

from dataclasses import dataclass, field

from semstat.ontology.iri import SdmxName
from semstat.validators.diagnostics import Diagnostic

__all__ = [
    "Annotation",
    "Artefact",
    "Attachment",
    "Component",
    "Constraint",
    "DataStructure",
    "Dataflow",
    "Extension",
    "Facts",
    "Group",
    "Item",
    "ItemScheme",
    "Key",
    "KeySet",
    "LocalReference",
    "Maintainable",
    "Member",
    "Message",
    "OtherArtefact",
    "ProvisionAgreement",
    "Reference",
    "Region",
    "Representation",
    "Selection",
    "Text",
]


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the language it is in; ``None`` when the language is unknown or its tag is not a tag."""

    value: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation with all its fields."""

    line: int | None = field(compare=False)
    id: str | None = None
    title: str | None = None
    type: str | None = None
    urls: tuple[Text, ...] = ()
    texts: tuple[Text, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What every identifiable artefact says of itself; ``unread`` is XML that was kept, not interpreted."""

    id: str
    line: int | None = field(compare=False)
    names: tuple[Text, ...] = ()
    descriptions: tuple[Text, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to an artefact elsewhere; its version may be a wildcard (3.x)."""

    name: SdmxName
    line: int | None = field(compare=False)


@dataclass(frozen=True, slots=True)
class LocalReference:
    """A reference to a part of the same artefact, by id alone."""

    id: str
    line: int | None = field(compare=False)


@dataclass(frozen=True, slots=True)
class Maintainable:
    """The identity of a maintainable artefact and what it states about itself.

    ``flags`` and ``texts`` hold the attributes that were stated, by their SDMX name: ``("isFinal", True)``,
    ``("validFrom", "2020-01-01")``.
    """

    element: str
    name: SdmxName
    facts: Facts
    flags: tuple[tuple[str, bool], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()

    @property
    def is_stub(self) -> bool:
        """Whether only the identity is here, the content elsewhere."""
        return ("isExternalReference", True) in self.flags

    @property
    def is_partial(self) -> bool:
        """Whether items are left out on purpose."""
        return ("isPartial", True) in self.flags


@dataclass(frozen=True, slots=True)
class Representation:
    """The values that a concept or component may take; facets as name and text, in the order of the source."""

    line: int | None = field(compare=False)
    enumeration: Reference | None = None
    text_type: str | None = None
    facets: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a scheme. ``path`` is its id, or the ids from the root joined by dots where items are nested.

    ``cls`` is its class in a URN.
    """

    path: str
    cls: str
    facts: Facts
    parent: str | None = None
    representation: Representation | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """One member value of a codelist extension: a code or a pattern with ``%``; ``cascade`` as in the source."""

    pattern: str
    cascade: str | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """A codelist that another one takes over, wholly or in part."""

    codelist: Reference
    prefix: str = ""
    included: tuple[Selection, ...] | None = None
    excluded: tuple[Selection, ...] | None = None


@dataclass(frozen=True, slots=True)
class ItemScheme:
    """A codelist, concept scheme or any other scheme of items, in document order."""

    head: Maintainable
    item_class: str
    items: tuple[Item, ...]
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """What an attribute is attached to; ``level`` is dataset, group, series or observation."""

    level: str | None
    components: tuple[LocalReference, ...] = ()
    groups: tuple[LocalReference, ...] = ()


@dataclass(frozen=True, slots=True)
class Component:
    """A dimension, attribute or measure; ``cls`` is its class in a URN."""

    cls: str
    facts: Facts
    concept: Reference | None = None
    roles: tuple[Reference, ...] = ()
    representation: Representation | None = None
    usage: str | None = None
    attachment: Attachment | None = None
    measures: tuple[LocalReference, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A set of dimensions that attributes can be attached to."""

    facts: Facts
    dimensions: tuple[LocalReference, ...]


@dataclass(frozen=True, slots=True)
class DataStructure:
    """A data structure definition; the time dimension is the last of ``dimensions``."""

    head: Maintainable
    dimensions: tuple[Component, ...] = ()
    attributes: tuple[Component, ...] = ()
    measures: tuple[Component, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Dataflow:
    """A dataflow and the structure of its data."""

    head: Maintainable
    structure: Reference | None = None


@dataclass(frozen=True, slots=True)
class ProvisionAgreement:
    """Who provides data for which dataflow."""

    head: Maintainable
    dataflow: Reference | None = None
    provider: Reference | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Values of a component in a region or key; ``cascade``: true, excluderoot, mixed; ``qualifiers``: when, how they apply."""

    id: str
    line: int | None = field(compare=False)
    included: bool = True
    values: tuple[str, ...] = ()
    cascade: str | None = None
    start: str | None = None
    end: str | None = None
    unread: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """A joint region of the cube, to be kept to or kept out of."""

    line: int | None = field(compare=False)
    included: bool
    members: tuple[Member, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """One full or partial key of a key set."""

    line: int | None = field(compare=False)
    members: tuple[Member, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeySet:
    """A list of keys, to be kept to or kept out of."""

    line: int | None = field(compare=False)
    included: bool
    keys: tuple[Key, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint on data. ``head`` is ``None`` for an availability constraint, which has no identity of its own."""

    head: Maintainable | None
    role: str
    targets: tuple[Reference, ...] = ()
    regions: tuple[Region, ...] = ()
    key_sets: tuple[KeySet, ...] = ()
    line: int | None = field(default=None, compare=False)
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherArtefact:
    """A maintainable artefact of which only the identity is interpreted."""

    head: Maintainable


Artefact = ItemScheme | DataStructure | Dataflow | ProvisionAgreement | Constraint | OtherArtefact


@dataclass(frozen=True, slots=True)
class Message:
    """A structure message: its artefacts in document order and what was found on the way."""

    origin: str
    format: str
    artefacts: tuple[Artefact, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
