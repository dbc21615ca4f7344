"""The model of DDI-CDI 1.0 as facts: which classes there are, what each holds, of what type and how often.

The table beside this module holds names and numbers only. Readers and writers of every syntax, the JSON-LD context and the
rules on graphs are all made from it, so that nothing has to be fetched and no two of them can differ.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from rdflib import Namespace

__all__ = ["CDI", "CdiClass", "CdiModel", "CdiProperty", "cdi_model", "folded", "short_forms"]

CDI = Namespace("http://ddialliance.org/Specification/DDI-CDI/1.0/RDF/")
"""The namespace of the ontology, without `www`, as the ontology writes it."""

_TABLE = "models/ddi-cdi-1.0.tsv"
_MANY = "n"
_XSD = "xsd:"


@dataclass(frozen=True, slots=True)
class CdiProperty:
    """An attribute or association of a class.

    ``owner`` is the class that declares it, ``term`` its name in JSON-LD, ``target`` the class, data type, enumeration or
    ``xsd:`` type of its values, ``most`` ``None`` where there may be any number of them.

    Example:
        >>> CdiProperty("Code", "denotes", "Category", 1, 1, is_link=True).local
        'Code_denotes_Category'
        >>> CdiProperty("Concept", "name", "ObjectName", 0, None, is_link=False).local
        'Concept-name'
    """

    owner: str
    term: str
    target: str
    least: int
    most: int | None
    is_link: bool

    @property
    def local(self) -> str:
        """The local name of the property's IRI; for an association, also that of its XML element."""
        if not self.is_link:
            return f"{self.owner}-{self.term}"
        known = self.term == self.target or self.term.endswith(f"_{self.target}")
        return f"{self.owner}_{self.term}" if known else f"{self.owner}_{self.term}_{self.target}"

    @property
    def element(self) -> str:
        """The name of the XML element."""
        return self.local if self.is_link else self.term

    @property
    def is_text(self) -> bool:
        """Whether values are texts of a type of XML Schema."""
        return self.target.startswith(_XSD)

    @property
    def datatype(self) -> str:
        """The local name of the type of XML Schema, empty where values are no texts."""
        return self.target.removeprefix(_XSD) if self.is_text else ""


@dataclass(frozen=True, slots=True)
class CdiClass:
    """A class, structured data type or enumeration (``kind``), the class that it narrows, and what it declares itself."""

    name: str
    kind: str
    base: str
    own: tuple[CdiProperty, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CdiModel:
    """The classes of the model by name, and its properties by the local name of their IRI."""

    classes: Mapping[str, CdiClass]
    properties: Mapping[str, CdiProperty]
    _content: dict[str, Mapping[str, CdiProperty]] = field(default_factory=dict, repr=False)

    def bases(self, name: str) -> Iterator[str]:
        """Yield a class and those that it narrows, the widest last; nothing for a name that the model lacks.

        Example:
            >>> [*cdi_model().bases("InstanceVariable")]
            ['InstanceVariable', 'RepresentedVariable', 'ConceptualVariable', 'Concept']
        """
        while name in self.classes:
            yield name
            name = self.classes[name].base

    def is_a(self, name: str, other: str) -> bool:
        """Tell whether a class is another one, or narrows it."""
        return other in self.bases(name)

    def content(self, name: str) -> Mapping[str, CdiProperty]:
        """Return what a class holds by term, that of its widest base first, as the XML schema wants it.

        Example:
            >>> [*cdi_model().content("Code")]
            ['identifier', 'denotes', 'uses_Notation']
        """
        if name not in self._content:
            chain = [self.classes[one] for one in self.bases(name)][::-1]
            self._content[name] = {item.term: item for one in chain for item in one.own}
        return self._content[name]

    def is_class(self, name: str) -> bool:
        """Tell whether a name is that of a class whose instances stand by themselves."""
        return name in self.classes and self.classes[name].kind == "class"

    def links_to(self, name: str) -> Iterator[CdiProperty]:
        """Yield the associations that can lead to instances of a class."""
        wider = {*self.bases(name)}
        yield from (item for item in self.properties.values() if item.is_link and item.target in wider)


@lru_cache(maxsize=1)
def cdi_model() -> CdiModel:
    """Return the model.

    Source:
        DDI-CDI 1.0 (2025): ontology and XML schema.

    Example:
        >>> cdi_model().properties["Code_denotes_Category"].least
        1
    """
    heads: dict[str, tuple[str, str]] = {}
    own: dict[str, list[CdiProperty]] = {}
    values: dict[str, list[str]] = {}
    text = files("semstat.ontology").joinpath(_TABLE).read_text(encoding="utf-8")
    for word, name, *rest in (line.split("\t") for line in text.splitlines() if not line.startswith("#")):
        if word == "class":
            heads[name] = (rest[0], rest[1])
        elif word == "value":
            values.setdefault(name, []).append(rest[0])
        else:
            own.setdefault(name, []).append(_property(name, rest, is_link=word == "link"))
    classes = {
        name: CdiClass(name, kind, base, tuple(own.get(name, ())), tuple(values.get(name, ())))
        for name, (kind, base) in heads.items()
    }
    return CdiModel(classes, {item.local: item for one in classes.values() for item in one.own})


def _property(owner: str, cells: list[str], *, is_link: bool) -> CdiProperty:
    term, target, least, most = cells
    return CdiProperty(owner, term, target, int(least), None if most == _MANY else int(most), is_link)


def folded(name: str) -> str:
    """Return a name without what spellings differ in.

    Example:
        >>> folded("has_DataStructureComponent") == folded("hasDataStructureComponent")
        True
    """
    return name.replace("_", "").lower()


def short_forms(prop: CdiProperty) -> frozenset[str]:
    """Return how a property is spelt without its class, folded: its term, with or without the class that it leads to.

    Example:
        >>> sorted(short_forms(cdi_model().properties["Code_denotes_Category"]))
        ['denotes', 'denotescategory']
    """
    bare = prop.term.partition("From")[0]
    return frozenset({folded(prop.term), folded(prop.term + prop.target), folded(bare)})
