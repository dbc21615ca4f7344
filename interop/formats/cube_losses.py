"""The account of structures of SDMX written as those of data cubes: what QB and SKOS have no words for."""

from collections.abc import Iterable

from semstat.interop.formats.cube_names import SCHEMES, text_type_of
from semstat.interop.formats.sdmx.account import Account, Entry
from semstat.interop.formats.sdmx.model import (
    Artefact,
    Component,
    Dataflow,
    DataStructure,
    ItemScheme,
    Representation,
)
from semstat.validators.diagnostics import Severity
from semstat.validators.structural.datatypes import TEXT_TYPES

__all__ = ["lose_of_cubes"]


def lose_of_cubes(artefacts: Iterable[Artefact], account: Account) -> None:
    """Enter what :func:`structure_triples` leaves unsaid, and count what it says.

    Findings:
        ``IO201`` (artefacts without a counterpart, references to artefacts elsewhere), ``IO204`` (whether measures are
        mandatory), ``IO205`` (text types that share a datatype, facets, sentinel values), ``IO206`` (relationships that no
        slice key tells), ``IO207`` (roles), ``IO208``, ``IO212`` (a dataflow without structure), and those of
        :meth:`Entry.lose_head`.
    """
    for artefact in artefacts:
        head = getattr(artefact, "head", None)
        entry = account.of(head.name if head is not None else None)
        if isinstance(artefact, DataStructure):
            account.written += _structure(artefact, entry)
        elif isinstance(artefact, Dataflow):
            account.written += _flow(artefact, entry)
        elif isinstance(artefact, ItemScheme) and artefact.head.name.cls in SCHEMES:
            account.written += _scheme(artefact, entry)
        else:
            entry.lose("IO201", "data cubes have nothing of the kind, and it is not written")


def _structure(structure: DataStructure, entry: Entry) -> bool:
    every = (*structure.dimensions, *structure.measures, *structure.attributes)
    if entry.lose_stub(structure.head, every):
        return False
    entry.lose_head(structure.head)
    _whole(structure, entry)
    for group in structure.groups:
        entry.lose_facts(group.facts, part=group.facts.id)
        if not group.dimensions:
            entry.lose("IO206", "a group without dimensions is not written", part=group.facts.id)
        if group.constraint is not None:
            said = "that an attachment constraint gives the group is not written"
            entry.lose("IO206", said, part=group.facts.id, value=group.constraint.name.urn)
    for item in every:
        _component(item, entry)
    for item in structure.attributes:
        _relationship(item, structure, entry)
    return True


def _whole(structure: DataStructure, entry: Entry) -> None:
    if structure.is_evolving is not None:
        entry.lose("IO210", "its `evolvingStructure` is not written", value=str(structure.is_evolving))
    if structure.metadata is not None or structure.metadata_usages:
        entry.lose("IO206", "the metadata attributes that it uses are not written")
    for part in structure.lists:
        entry.lose("IO211", "what it says of a list of its components is not written", part=part.cls)


def _component(item: Component, entry: Entry) -> None:
    part = item.facts.id
    entry.lose_facts(item.facts, part=part)
    if item.facts.names or item.facts.descriptions:
        entry.lose("IO209", "texts of a component beside those of its concept are not written", part=part)
    for role in item.roles:
        entry.lose("IO207", "the role of a component is not written", part=part, value=role.name.urn)
    if item.stated_position is not None:
        entry.lose("IO207", "the place that is stated for it is not written", part=part, value=item.stated_position)
    if item.flags or item.cross_sectional or item.measure_code:
        entry.lose("IO207", "what only 2.0 says of a component is not written", part=part, value=" ".join(item.flags))
    # Of a primary measure, optional is what readers add where a version has no word for it.
    if (item.cls == "Measure" and item.usage is not None) or (
        item.cls == "PrimaryMeasure" and item.usage == "mandatory"
    ):
        entry.lose("IO204", "whether a measure is mandatory is not written", part=part, value=item.usage)
    if item.representation is not None:
        _representation(item.representation, item, entry)


def _representation(found: Representation, item: Component, entry: Entry) -> None:
    part = item.facts.id
    for sentinel in found.sentinels:
        entry.lose("IO205", "a sentinel value is not written", part=part, value=sentinel.value)
    if found.unread:
        entry.lose("IO202", "what was kept of its representation is not written", part=part)
    stated = list(found.facets)
    if found.text_type is not None and found.text_type != _kept_type(found, is_time=item.cls == "TimeDimension"):
        stated.insert(0, ("textType", found.text_type))
    if stated:
        words = " ".join(f"{name}={text}" for name, text in stated)
        entry.lose("IO205", f"`{words}` of its values is not written", part=part, value=words, count=len(stated))


def _kept_type(found: Representation, *, is_time: bool) -> str | None:
    """Return the text type that is told again from the datatype that is written; none where codes are listed."""
    known = TEXT_TYPES.get(found.text_type or "")
    if found.enumeration is not None or known is None:
        return None
    return text_type_of([known.datatype], is_time=is_time)


def _relationship(item: Component, structure: DataStructure, entry: Entry) -> None:
    measures = {one.facts.id for one in structure.measures}
    groups = {one.facts.id for one in structure.groups if one.dimensions}
    part, attachment = item.facts.id, item.attachment
    level = attachment.level if attachment is not None else None
    qualified = [one.id for one in item.measures]
    if qualified and not (level == "dataset" and set(qualified) == measures):
        entry.lose("IO206", "which measures it qualifies is not written", part=part, value=" ".join(qualified))
    if attachment is None or level is None:
        entry.lose("IO206", "it does not say what it is attached to, which reads as the observation", part=part)
    elif level == "group" and groups.isdisjoint(one.id for one in attachment.groups):
        entry.lose("IO206", "the group that it is attached to is not there", part=part)
    elif attachment.optional:
        named = " ".join(attachment.optional)
        entry.lose("IO206", "which dimensions it may do without is not written", part=part, value=named)


def _flow(flow: Dataflow, entry: Entry) -> bool:
    if entry.lose_stub(flow.head, flow.structure):
        return False
    if flow.structure is None:
        entry.lose("IO212", "it is left out: it names no structure", severity=Severity.ERROR)
        return False
    entry.lose_head(flow.head)
    if flow.dimension_constraint:
        named = " ".join(flow.dimension_constraint)
        entry.lose("IO208", "that it uses some dimensions only is not written", value=named)
    if flow.categories:
        entry.lose("IO206", "its categories are not written", count=len(flow.categories))
    return True


def _scheme(scheme: ItemScheme, entry: Entry) -> bool:
    if entry.lose_stub(scheme.head, (*scheme.items, *scheme.extensions)):
        return False
    entry.lose_head(scheme.head)
    for extension in scheme.extensions:
        entry.lose("IO211", f"that it takes over codes of `{extension.codelist.name.short}` is not written")
    for item in scheme.items:
        entry.lose_facts(item.facts, part=item.path)
        if item.representation is not None:
            entry.lose("IO205", "the representation that a concept proposes is not written", part=item.path)
        if item.content is not None:
            entry.lose("IO211", "what only items of its kind say is not written", part=item.path)
    return True
