"""Constraints on data as elements of SDMX-ML."""

from collections.abc import Iterable, Iterator

from semstat.interop.formats.sdmx.fragments import Piece, fragment
from semstat.interop.formats.sdmx.model import Constraint, Key, KeySet, Member, Region
from semstat.interop.formats.sdmx.serialise_facts import fact_elements, head_attributes
from semstat.interop.formats.sdmx.serialise_raw import Raw, assembled
from semstat.interop.formats.sdmx.serialise_references import reference
from semstat.interop.formats.sdmx.target import Writing
from semstat.interop.formats.sdmx.xml_text import Element

__all__ = ["constraint_element"]

_SOURCES = ("DataSet", "MetadataSet", "SimpleDataSource", "QueryableDataSource")
_LATER = ("ReleaseCalendar", "ReferencePeriod", "MetadataKeySet", "MetadataTargetRegion")
_ORDER = {
    True: ("ConstraintAttachment", "DataKeySet", "MetadataKeySet", "CubeRegion", "MetadataTargetRegion", *_LATER[:2]),
    False: ("ConstraintAttachment", "ReleaseCalendar", "DataKeySet", "CubeRegion"),
}
_ATTRIBUTES = ("uri", "seriesCount", "obsCount", "isPartialLanguage")
_PERIOD = ("validFrom", "validTo")
_BOUNDS = ("BeforePeriod", "AfterPeriod", "StartPeriod", "EndPeriod")


def constraint_element(constraint: Constraint, writing: Writing) -> Element:
    """Return a constraint with its attachment, regions and key sets."""
    legacy, head = writing.dialect.legacy, constraint.head
    name = head.element if head is not None else "AvailabilityConstraint"
    unread = head.facts.unread if head is not None else constraint.unread
    raw = Raw.of(writing, name, unread, slots=("Link", *_SOURCES, *_LATER), attributes=_ATTRIBUTES)
    attached = [reference(f"str:{target.name.cls}", target.name, writing) for target in constraint.targets]
    attached += [element for element in raw.elements if element.local in _SOURCES]
    children = list(fact_elements(head.facts, writing)) if head is not None else []
    if attached:
        children.append(Element("str:ConstraintAttachment", children=tuple(attached)))
    children += [_key_set(keys, writing) for keys in constraint.key_sets]
    children += [_region(region, writing) for region in constraint.regions]
    children += [element for element in raw.elements if element.local not in _SOURCES]
    attributes: list[tuple[str, str | None]] = list(head_attributes(head, writing)) if head is not None else []
    if name != "AvailabilityConstraint" and writing.dialect.version != "3.1":
        attributes.append(("type" if legacy else "role", constraint.role))
    return assembled(f"str:{name}", (*attributes, *raw.attributes), children, _ORDER[legacy])


def _key_set(keys: KeySet, writing: Writing) -> Element:
    for text in keys.unread:
        writing.lose_raw(text)
    included = (("isIncluded", "true" if keys.included else "false"),)
    return Element("str:DataKeySet", included, children=tuple(_key(key, writing) for key in keys.keys))


def _key(key: Key, writing: Writing) -> Element:
    raw = Raw.of(writing, "Key", key.unread, slots=("Annotations",), attributes=_PERIOD)
    members = [_member(member, writing, in_key=True) for member in key.members]
    return assembled("str:Key", raw.attributes, (*members, *raw.elements), ("KeyValue", "Component"))


def _region(region: Region, writing: Writing) -> Element:
    raw = Raw.of(writing, "CubeRegion", region.unread, slots=("Annotations",), attributes=_PERIOD)
    members = [_member(member, writing, in_key=False) for member in region.members]
    attributes = (("include", "true" if region.included else "false"), *raw.attributes)
    return assembled("str:CubeRegion", attributes, (*members, *raw.elements), ("KeyValue", "Attribute", "Component"))


def _member(member: Member, writing: Writing, *, in_key: bool) -> Element:
    legacy = writing.dialect.legacy
    prefix = "com:" if legacy else "str:"
    name = ("Attribute" if legacy else "Component") if member.attribute else "KeyValue"
    pieces = [(text, piece) for text in member.unread if (piece := fragment(text)) is not None]
    rest = [text for text in member.unread if not any(text == known and _used(piece) for known, piece in pieces)]
    stated = {piece.text.strip(): piece for _, piece in pieces if piece.local == "Value"}
    raw = Raw.of(writing, name, rest, attributes=("removePrefix", *_PERIOD), part=member.id)
    children = [_value(value, stated.get(value), member, prefix, writing) for value in member.values]
    children += _ranges(member, (piece for _, piece in pieces if piece.local == "TimeRange"), prefix)
    attributes: list[tuple[str, str]] = [("id", member.id)]
    if not member.included and not in_key:
        attributes.append(("include", "false"))
    return Element(f"{prefix}{name}", (*attributes, *raw.attributes), children=tuple(children))


def _used(piece: Piece) -> bool:
    return piece.local in ("Value", "TimeRange")


def _value(value: str, stated: Piece | None, member: Member, prefix: str, writing: Writing) -> Element:
    attributes = stated.attributes if stated is not None else ()
    if stated is None and member.cascades and not any("cascadeValues" in text for text in member.unread):
        attributes = (("cascadeValues", "true"),)
    if writing.dialect.legacy:
        kept = tuple((key, text) for key, text in attributes if key == "cascadeValues" and text != "excluderoot")
        for key, text in attributes:
            if (key, text) not in kept:
                message = f"`{key}` = `{text}` of the value `{value}` cannot be said in SDMX-ML 2.1"
                writing.entry.lose("IO208", message, part=member.id, value=value)
        attributes = kept
    return Element(f"{prefix}Value", attributes, value)


def _ranges(member: Member, pieces: Iterable[Piece], prefix: str) -> Iterator[Element]:
    """Yield the time range, as it was kept raw or else from its bounds, which then belong to it."""
    if member.values:
        return
    found = False
    for piece in pieces:
        found = True
        bounds = tuple(
            Element(prefix + bound.local, bound.attributes, bound.text)
            for bound in piece.children
            if bound.local in _BOUNDS
        )
        yield Element(f"{prefix}TimeRange", children=bounds)
    if found or (member.start is None and member.end is None):
        return
    whole = member.start is not None and member.end is not None
    names = ("StartPeriod", "EndPeriod") if whole else ("AfterPeriod", "BeforePeriod")
    bounds = tuple(
        Element(prefix + name, text=bound)
        for name, bound in zip(names, (member.start, member.end), strict=True)
        if bound
    )
    yield Element(f"{prefix}TimeRange", children=bounds)
