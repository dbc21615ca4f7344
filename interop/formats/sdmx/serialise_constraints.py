"""Constraints on data as elements of SDMX-ML."""

from collections.abc import Iterator

from semstat.interop.formats.sdmx.model import Constraint, Key, KeySet, Member, Region
from semstat.interop.formats.sdmx.model_constraints import MemberValue
from semstat.interop.formats.sdmx.serialise_facts import annotation_elements, fact_elements, head_attributes
from semstat.interop.formats.sdmx.serialise_raw import Raw, assembled
from semstat.interop.formats.sdmx.serialise_references import reference
from semstat.interop.formats.sdmx.target import Writing
from semstat.interop.formats.sdmx.xml_text import Element

__all__ = ["constraint_element"]

_SOURCES = ("DataSet", "MetadataSet", "QueryableDataSource")
_LATER = ("MetadataKeySet",)
_REGIONS = ("DataKeySet", "MetadataKeySet", "CubeRegion", "MetadataTargetRegion")
_ORDER = {
    True: ("ConstraintAttachment", *_REGIONS, "ReleaseCalendar", "ReferencePeriod"),
    False: ("ConstraintAttachment", "ReleaseCalendar", *_REGIONS),
}
_ROLE = {"ContentConstraint": "type", "DataConstraint": "role", "MetadataConstraint": "role"}


def constraint_element(constraint: Constraint, writing: Writing) -> Element:
    """Return a constraint with its attachment, regions and key sets."""
    legacy, head = writing.dialect.legacy, constraint.head
    name = head.element if head is not None else "AvailabilityConstraint"
    unread = head.facts.unread if head is not None else constraint.unread
    raw = Raw.of(writing, name, unread, slots=(*_SOURCES, *_LATER))
    attached = [reference(f"str:{target.name.cls}", target.name, writing) for target in constraint.targets]
    attached += [Element("str:SimpleDataSource", text=address) for address in constraint.data_sources]
    attached += [element for element in raw.elements if element.local in _SOURCES]
    children = list(
        fact_elements(head.facts, writing)
        if head is not None
        else annotation_elements(constraint.annotations, writing, None)
    )
    if attached:
        children.append(Element("str:ConstraintAttachment", children=tuple(attached)))
    children += [_key_set(keys, writing) for keys in constraint.key_sets]
    children += [_region(region, "CubeRegion", writing) for region in constraint.regions]
    children += [_region(region, "MetadataTargetRegion", writing) for region in constraint.target_regions]
    children += [*_times(constraint, writing), *(element for element in raw.elements if element.local in _LATER)]
    attributes: list[tuple[str, str | None]] = list(head_attributes(head, writing)) if head is not None else []
    if name in _ROLE and writing.dialect.version != "3.1":
        attributes.append((_ROLE[name], constraint.role))
    attributes += [("seriesCount", constraint.series_count), ("obsCount", constraint.obs_count)]
    return assembled(f"str:{name}", (*attributes, *raw.attributes), children, _ORDER[legacy])


def _times(constraint: Constraint, writing: Writing) -> Iterator[Element]:
    """Yield when data are released, and which period the constraint is about."""
    calendar = constraint.release_calendar
    if calendar is not None:
        for kept in calendar.unread:
            writing.lose_raw(kept)
        stated = (("Periodicity", calendar.periodicity), ("Offset", calendar.offset), ("Tolerance", calendar.tolerance))
        yield Element(
            "str:ReleaseCalendar", children=tuple(Element(f"str:{name}", text=said or "") for name, said in stated)
        )
    if constraint.reference_start is not None or constraint.reference_end is not None:
        stated_ = (("startTime", constraint.reference_start), ("endTime", constraint.reference_end))
        yield Element("str:ReferencePeriod", tuple((key, said) for key, said in stated_ if said is not None))


def _key_set(keys: KeySet, writing: Writing) -> Element:
    for text in keys.unread:
        writing.lose_raw(text)
    included = (("isIncluded", "true" if keys.included else "false"),)
    return Element("str:DataKeySet", included, children=tuple(_key(key, writing) for key in keys.keys))


def _key(key: Key, writing: Writing) -> Element:
    return _held(key, "Key", (), writing, in_key=True)


def _region(region: Region, name: str, writing: Writing) -> Element:
    included = (("include", "true" if region.included else "false"),)
    return _held(region, name, included, writing, in_key=False)


def _held(
    part: Key | Region, name: str, attributes: tuple[tuple[str, str], ...], writing: Writing, *, in_key: bool
) -> Element:
    for kept in part.unread:
        writing.lose_raw(kept)
    children = [
        *annotation_elements(part.annotations, writing, None),
        *(_member(member, writing, in_key=in_key) for member in part.members),
    ]
    valid = (("validFrom", part.valid_from), ("validTo", part.valid_to))
    return assembled(f"str:{name}", (*attributes, *valid), children, ("KeyValue", "Attribute", "Component"))


def _member(member: Member, writing: Writing, *, in_key: bool) -> Element:
    for kept in member.unread:
        writing.lose_raw(kept, member.id)
    legacy = writing.dialect.legacy
    prefix = "com:" if legacy else "str:"
    name = ("Attribute" if legacy else "Component") if member.attribute else "KeyValue"
    particulars = {one.value: one for one in member.particulars}
    children = [_value(value, particulars.get(value), member, prefix) for value in member.values]
    if not member.values and (member.start is not None or member.end is not None):
        children.append(_range(member, particulars.get(None), prefix))
    removed = None if member.remove_prefix is None else "true" if member.remove_prefix else "false"
    attributes = (
        ("id", member.id),
        ("include", "false" if not member.included and not in_key else None),
        ("removePrefix", removed),
        ("validFrom", member.valid_from),
        ("validTo", member.valid_to),
    )
    return assembled(f"{prefix}{name}", attributes, children)


def _value(value: str, said: MemberValue | None, member: Member, prefix: str) -> Element:
    if said is None:
        cascades = member.cascades and not member.particulars
        return Element(f"{prefix}Value", (("cascadeValues", "true"),) if cascades else (), value)
    stated = (
        ("cascadeValues", said.cascade),
        ("xml:lang", said.language),
        ("validFrom", said.valid_from),
        ("validTo", said.valid_to),
    )
    return Element(f"{prefix}Value", tuple((key, text) for key, text in stated if text is not None), value)


def _range(member: Member, said: MemberValue | None, prefix: str) -> Element:
    """Return the time range between the bounds, or before or after the one that there is."""
    whole = member.start is not None and member.end is not None
    names = ("StartPeriod", "EndPeriod") if whole else ("AfterPeriod", "BeforePeriod")
    bounds = ((names[0], member.start, member.start_inclusive), (names[1], member.end, member.end_inclusive))
    valid = () if said is None else (("validFrom", said.valid_from), ("validTo", said.valid_to))
    return Element(
        f"{prefix}TimeRange",
        tuple((key, text) for key, text in valid if text is not None),
        children=tuple(
            Element(prefix + name, () if within is None else (("isInclusive", "true" if within else "false"),), bound)
            for name, bound, within in bounds
            if bound is not None
        ),
    )
