"""Reading what the attributes of a data cube are attached to, and slice keys as groups of dimensions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rdflib import BNode, Graph
from rdflib.term import Node

from semstat.interop.formats.sdmx.model import Attachment, Component, Facts, Group, LocalReference
from semstat.interop.formats.write_cube_attachments import key_iri
from semstat.ontology.iri import name_of
from semstat.ontology.terms import QB

__all__ = ["SliceKey", "attached", "groups_of", "slice_keys"]

_LEVELS = (QB.Observation, QB.ObservationGroup, QB.Slice, QB.MeasureProperty, QB.DataSet)
"""From the finest to the widest."""
Notes = Callable[[str, str], None]
"""Told what of a cube is not read as it is stated: a sentence, and the value concerned."""


@dataclass(frozen=True, slots=True)
class SliceKey:
    """The dimensions of a slice key, the attributes that are fixed in its slices, and its name; none where it is no group."""

    name: str | None
    dimensions: tuple[str, ...]
    attributes: frozenset[str]


def slice_keys(
    graph: Graph, structure: Node, components: Mapping[Node | None, Component], word: Callable[[Node], str], note: Notes
) -> tuple[SliceKey, ...]:
    """Return the slice keys of a structure that have dimensions.

    Args:
        graph: The cube.
        structure: The data structure definition.
        components: What its properties are.
        word: Names a key that has an IRI of its own; what has none is named after its dimensions.
        note: Told of keys and parts of keys that are not read.

    Source:
        W3C RDF Data Cube Vocabulary, 7.1 *Slices*.
    """
    found = [
        _slice_key(graph, structure, node, components, word, note) for node in graph.objects(structure, QB.sliceKey)
    ]
    kept: dict[str | tuple[str, ...], SliceKey] = {}
    for key in sorted((key for key in found if key is not None), key=lambda key: (key.name or "", key.dimensions)):
        if kept.setdefault(key.name or key.dimensions, key) is not key:
            note("two slice keys are called the same, and one of them is not read", str(key.name))
    return tuple(kept.values())


def _slice_key(
    graph: Graph,
    structure: Node,
    node: Node,
    components: Mapping[Node | None, Component],
    word: Callable[[Node], str],
    note: Notes,
) -> SliceKey | None:
    members = set(graph.objects(node, QB.componentProperty))
    fixed = [components[one] for one in components if one in members]
    dimensions = tuple(one.facts.id for one in fixed if one.cls.endswith("Dimension"))
    named = "_".join(("Slice", *dimensions)) if isinstance(node, BNode) else word(node)
    for one in fixed:
        if one.cls.endswith("Measure"):
            note(f"the slice key `{named}` fixes a measure, which no group of dimensions does", one.facts.id)
    if not dimensions:
        note("a slice key without dimensions is not read", named)
        return None
    attributes = frozenset(one.facts.id for one in fixed if not one.cls.endswith(("Dimension", "Measure")))
    known = name_of(str(node))
    if known is not None and known.item is not None:
        named = known.item
    is_group = node != key_iri(str(structure), dimensions)
    return SliceKey(named if is_group else None, dimensions, attributes)


def groups_of(keys: Sequence[SliceKey]) -> tuple[Group, ...]:
    """Return the slice keys that are groups."""
    return tuple(Group(Facts(key.name, None), _local(key.dimensions)) for key in keys if key.name is not None)


def attached(
    stated: set[Node],
    item: Component,
    every: Sequence[Component],
    keys: Sequence[SliceKey],
    note: Notes,
) -> Component:
    """Return an attribute with its relationship; of several levels the finest, of none the observation.

    An attribute of slices goes with the slice keys that have it, or else with any of them; without slice keys, with the
    dimensions of a series. One of measure properties has a value in the dataset for each measure. Groups of observations that
    are no slices have no counterpart in SDMX; each of their observations has the value.

    Args:
        stated: Its values of ``qb:componentAttachment``.
        item: The attribute.
        every: The components of the structure.
        keys: Its slice keys.
        note: Told what is not read as it is stated.
    """
    levels = [one for one in _LEVELS if one in stated]
    for other in sorted(stated - {*levels[:1]}, key=str):
        note(f"`{item.facts.id}` is not read as attached to it", str(other))
    level = levels[0] if levels else QB.Observation
    if level == QB.ObservationGroup:
        note(
            f"`{item.facts.id}` is read as attached to observations, for lack of groups of any observations", str(level)
        )
    measures = tuple(LocalReference(one.facts.id, None) for one in every if one.cls.endswith("Measure"))
    if level == QB.Slice:
        return replace(item, attachment=_of_slices(item.facts.id, every, keys, note))
    if level == QB.MeasureProperty:
        return replace(item, attachment=Attachment("dataset"), measures=measures)
    return replace(item, attachment=Attachment("dataset" if level == QB.DataSet else "observation"))


def _of_slices(attribute: str, every: Sequence[Component], keys: Sequence[SliceKey], note: Notes) -> Attachment:
    own = [key for key in keys if attribute in key.attributes] or [key for key in keys if key.name is not None]
    groups = _local(key.name for key in own if key.name is not None)
    dimensions = tuple(dict.fromkeys(one for key in own if key.name is None for one in key.dimensions))
    if not own:
        note(f"`{attribute}` is attached to slices and no slice key says which; it is read as of series", attribute)
        ids = tuple(one.facts.id for one in every if one.cls.endswith("Dimension"))
        dimensions = tuple(one.facts.id for one in every if one.cls in ("Dimension", "MeasureDimension")) or ids
    return Attachment("series" if dimensions else "group", _local(dimensions), groups)


def _local(ids: Iterable[str]) -> tuple[LocalReference, ...]:
    return tuple(LocalReference(one, None) for one in ids)
