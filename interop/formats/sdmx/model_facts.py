"""What SDMX artefacts of all classes say of themselves: names, annotations, identity, references, representations."""

from dataclasses import dataclass, field

from semstat.ontology.iri import SdmxName

__all__ = [
    "Annotation",
    "Facts",
    "Link",
    "LocalReference",
    "Maintainable",
    "Reference",
    "Representation",
    "SentinelValue",
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
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A resource that an artefact is linked to (3.x): relation, address, URN, media type, language, titles."""

    line: int | None = field(compare=False)
    rel: str | None = None
    url: str | None = None
    urn: str | None = None
    type: str | None = None
    language: str | None = None
    titles: tuple[Text, ...] = ()
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
    links: tuple[Link, ...] = ()
    uri: str | None = None


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
class SentinelValue:
    """A value that stands for something else than itself (3.x), for example -9 for *not asked*."""

    line: int | None = field(compare=False)
    value: str = ""
    names: tuple[Text, ...] = ()
    descriptions: tuple[Text, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Representation:
    """The values that a concept or component may take; facets as name and text, in the order of the source."""

    line: int | None = field(compare=False)
    enumeration: Reference | None = None
    text_type: str | None = None
    facets: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()
    sentinels: tuple[SentinelValue, ...] = ()
