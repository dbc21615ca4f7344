"""Item schemes as read: code lists with their extensions, concept schemes, organisations, categories, VTL."""

from dataclasses import dataclass

from semstat.interop.formats.sdmx.model_contents import ItemContent, SchemeContent
from semstat.interop.formats.sdmx.model_facts import Facts, Maintainable, Reference, Representation
from semstat.ontology.iri import SdmxName

__all__ = [
    "Extension",
    "Item",
    "ItemScheme",
    "Selection",
]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a scheme. ``path`` is its id, or the ids from the root joined by dots where items are nested.

    ``cls`` is its class in a URN; ``content`` what items of its class say beyond the rest, ``None`` when nothing;
    ``taken_from`` names the code of another list that an extended list takes over as this one.
    """

    path: str
    cls: str
    facts: Facts
    parent: str | None = None
    representation: Representation | None = None
    content: ItemContent | None = None
    taken_from: SdmxName | None = None


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
    content: SchemeContent | None = None
