"""The structure section of an SDMX-JSON data message: which components stand where, and which values indices mean."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from semstat.interop.formats.dataset import StructureRef
from semstat.interop.formats.json_values import JsonObject, JsonValue, kind_of
from semstat.interop.formats.sdmx.json_report import JsonReport, pointer
from semstat.ontology.iri import parse_urn
from semstat.validators.observations import LANGUAGE_MARK, PART_SEPARATOR, VERSION_SEPARATOR

__all__ = ["Layout", "ListedComponent", "languages_of", "precise_first", "read_layout", "references_of", "text_of"]

_RELATIONS = {
    "provisionagreement": "ProvisionAgreement",
    "dataflow": "Dataflow",
    "datastructure": "DataStructure",
    "structure": "DataStructure",
    "dsd": "DataStructure",
}
"""What a link's relation names, the most precise first: an agreement brings the constraints of its dataflow with it."""

_HREF = re.compile(
    r"/(?P<kind>provisionagreement|dataflow|datastructure)/(?P<agency>[A-Za-z][\w.-]*)/(?P<id>[\w@$-]+)"
    r"(?:/(?P<version>\d[\w.+-]*))?/?(?:[?#].*)?$"
)
_PRIMARY_MEASURE = "OBS_VALUE"


@dataclass(frozen=True, slots=True)
class ListedComponent:
    """A component as the message lists it: its values where it has a list of them, and where each of them stands.

    ``indexed`` says that data give the place of a value in the list, not the value: dimensions always, measures and
    attributes of SDMX-JSON 2.x where they have a list, attributes of earlier versions always. ``languages`` holds the values
    that are texts in languages once more, with their languages; it is empty where none is.
    """

    id: str
    values: tuple[str | None, ...] = ()
    languages: tuple[str | None, ...] = field(default=(), kw_only=True)
    indexed: bool = True
    places: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """The components of a structure section by the level at which the message gives their values."""

    dataset_dimensions: tuple[ListedComponent, ...] = ()
    series_dimensions: tuple[ListedComponent, ...] = ()
    observation_dimensions: tuple[ListedComponent, ...] = ()
    measures: tuple[ListedComponent, ...] = ()
    dataset_attributes: tuple[ListedComponent, ...] = ()
    group_attributes: tuple[ListedComponent, ...] = ()
    series_attributes: tuple[ListedComponent, ...] = ()
    observation_attributes: tuple[ListedComponent, ...] = ()
    references: tuple[StructureRef, ...] = ()
    annotations: int = 0

    @property
    def dimensions(self) -> tuple[ListedComponent, ...]:
        """All dimensions, in the order that the keys of groups follow."""
        return (*self.dataset_dimensions, *self.series_dimensions, *self.observation_dimensions)

    @property
    def all(self) -> Iterator[ListedComponent]:
        """Every component."""
        yield from self.dimensions
        yield from self.measures
        for level in (self.dataset_attributes, self.group_attributes, self.series_attributes):
            yield from level
        yield from self.observation_attributes

    def with_measures(self, ids: Sequence[str]) -> "Layout":
        """Return the layout with the structure's name for a measure that the message does not list."""
        return self if len(ids) != 1 else replace(self, measures=(ListedComponent(ids[0], indexed=False),))

    def called(self, meant: Callable[[str], str]) -> "Layout":
        """Return the layout with the structure's names for components that the message calls otherwise."""
        if all(meant(item.id) == item.id for item in self.all):
            return self

        def named(items: tuple[ListedComponent, ...]) -> tuple[ListedComponent, ...]:
            return tuple(replace(item, id=meant(item.id)) for item in items)

        return replace(
            self,
            dataset_dimensions=named(self.dataset_dimensions),
            series_dimensions=named(self.series_dimensions),
            observation_dimensions=named(self.observation_dimensions),
            measures=named(self.measures),
            dataset_attributes=named(self.dataset_attributes),
            group_attributes=named(self.group_attributes),
            series_attributes=named(self.series_attributes),
            observation_attributes=named(self.observation_attributes),
        )

    def spelt(self) -> dict[str, Mapping[str, int]]:
        """Return where the values stand to which indices refer, by component."""
        return {item.id: item.places for item in self.all if item.indexed and item.places}


def text_of(value: JsonValue) -> str | None:
    """Return a value as text: several parts joined, of a text in several languages the first; ``None`` for none.

    Example:
        >>> text_of(True), text_of(["a", "b"]) == "a" + PART_SEPARATOR + "b", text_of([None])
        ('true', True, None)
        >>> text_of(JsonObject([("fr", "Prix"), ("en", "Prices")], 0))
        'Prix'
    """
    if value is None or type(value) is str:
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, JsonObject):
        return next((text for _, part in value.pairs if (text := text_of(part)) is not None), None)
    if isinstance(value, list):
        parts = [text for item in value if (text := text_of(item)) is not None]
        return PART_SEPARATOR.join(parts) if parts else None
    return str(value)


def languages_of(value: JsonValue) -> str | None:
    """Return the parts of a value in their languages, as a column of languages holds them; ``None`` if none is stated.

    Example:
        >>> languages_of(["a"]) is None
        True
        >>> said = languages_of(JsonObject([("fr", "Prix"), ("en", "Prices")], 0))
        >>> said == f"fr{LANGUAGE_MARK}Prix{VERSION_SEPARATOR}en{LANGUAGE_MARK}Prices"
        True
    """
    parts = value if isinstance(value, list) else [value]
    if not any(isinstance(part, JsonObject) for part in parts):
        return None
    versions = [_versions(part) if isinstance(part, JsonObject) else text_of(part) for part in parts]
    return PART_SEPARATOR.join(version for version in versions if version is not None)


def _versions(value: JsonObject) -> str | None:
    texts = [(language, text_of(part)) for language, part in value.pairs]
    return (
        VERSION_SEPARATOR.join(language + LANGUAGE_MARK + text for language, text in texts if text is not None) or None
    )


def read_layout(section: JsonObject, where: str, report: JsonReport, *, inline: bool) -> Layout:
    """Return the layout that a structure section states.

    Args:
        section: The section.
        where: Its JSON pointer.
        report: Receives findings.
        inline: Whether the version lets data give values of attributes themselves (SDMX-JSON 2.x).

    Findings:
        IO117 for parts of a wrong type, DF031 where a component has no id.
    """
    reader = _Reader(report, inline)

    def at(part: str, level: str) -> tuple[ListedComponent, ...]:
        group = report.member(section, part, JsonObject, where)
        return reader.components(group, level, pointer(where, part)) if group is not None else ()

    measures = at("measures", "observation")
    if section.get("measures") is None:
        # SDMX-JSON 1.0: the first value of an observation is the primary measure, which is not listed.
        measures = (ListedComponent(_PRIMARY_MEASURE, indexed=False),)
    return Layout(
        at("dimensions", "dataSet"),
        at("dimensions", "series"),
        at("dimensions", "observation"),
        measures,
        at("attributes", "dataSet"),
        at("attributes", "dimensionGroup"),
        at("attributes", "series"),
        at("attributes", "observation"),
        references_of(section),
        len(report.member(section, "annotations", list, where) or ()),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    report: JsonReport
    inline: bool

    def components(self, level: JsonObject, name: str, where: str) -> tuple[ListedComponent, ...]:
        listed = self.report.objects(level, name, where)
        dimension = where.endswith("dimensions")
        return tuple(
            self._component(item, pointer(where, name, str(place)), dimension) for place, item in enumerate(listed)
        )

    def _component(self, item: JsonObject, where: str, dimension: bool) -> ListedComponent:
        if item.number < 0:  # reported already: it is no object
            return ListedComponent(where.rsplit("/", 1)[1])
        identifier = item.get("id")
        if not isinstance(identifier, str):
            message = f"a component has {kind_of(identifier)} for its `id`" if "id" in item else "a component has no id"
            self.report.add("IO117", message, self.report.text.place_of(item), where, expected="a string")
            identifier = where.rsplit("/", 1)[1]
        entries = self.report.member(item, "values", list, where)
        if entries is None:
            return ListedComponent(identifier, indexed=dimension or not self.inline)
        values = tuple(map(_entry_text, entries))
        said = tuple(
            languages_of(entry.get("value") or entry.get("values")) if isinstance(entry, JsonObject) else None
            for entry in entries
        )
        languages = said if any(said) else ()
        return ListedComponent(identifier, values, languages=languages, places=self._places(entries, values))

    def _places(self, entries: list[JsonValue], values: tuple[str | None, ...]) -> Mapping[str, int]:
        """Return where each value stands, its first mention where it is listed twice."""
        objects = [item for item in entries if isinstance(item, JsonObject)]
        texts = [value for value, item in zip(values, entries, strict=True) if isinstance(item, JsonObject)]
        names = iter(self.report.text.member_places(objects).tolist())
        places: dict[str, int] = {}
        for item, value in zip(objects, texts, strict=True):
            members = [next(names) for _ in item.pairs]
            rank = next((rank for rank, (name, _) in enumerate(item.pairs) if name in ("id", "value", "values")), 0)
            if value is not None and members:
                places.setdefault(value, members[rank])
        return places


def _entry_text(entry: JsonValue) -> str | None:
    """Return what an entry of a list of values stands for; text that has no code stands in its name (SDMX-JSON 1.0)."""
    if not isinstance(entry, JsonObject):
        return text_of(entry)
    for name in ("id", "value", "values", "name", "names"):
        if entry.get(name) is not None:
            return text_of(entry.get(name))
    return None


def references_of(holder: JsonObject) -> tuple[StructureRef, ...]:
    """Return the provision agreements, dataflows and data structures that links name, in the order of the links."""
    links = holder.get("links")
    found = (_reference(link) for link in (links if isinstance(links, list) else ()) if isinstance(link, JsonObject))
    return tuple(reference for reference in found if reference is not None)


def precise_first(references: Iterable[StructureRef]) -> tuple[StructureRef, ...]:
    """Return references to agreements before those to dataflows and structures: they bring the most rules with them."""
    order = list(_RELATIONS.values())
    return tuple(dict.fromkeys(sorted(references, key=lambda reference: order.index(str(reference.kind)))))


def _reference(link: JsonObject) -> StructureRef | None:
    urn, href = link.get("urn"), link.get("href")
    name = parse_urn(urn) if isinstance(urn, str) else None
    if name is not None and name.item is None and name.cls in _RELATIONS.values():
        return StructureRef(name.cls, name.agency, name.id, name.version)
    match = _HREF.search(href) if isinstance(href, str) else None
    return StructureRef(_RELATIONS[match["kind"]], match["agency"], match["id"], match["version"]) if match else None
