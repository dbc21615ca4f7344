"""Constraints in SDMX-ML: cube regions, key sets and target regions, of 2.1 (content, attachment) and 3.x."""

from dataclasses import replace
from typing import cast

from lxml import etree

from semstat.interop.formats.sdmx.forms import Child, Form, read_part, text
from semstat.interop.formats.sdmx.model import Constraint, Key, KeySet, Member, Reference, Region
from semstat.interop.formats.sdmx.model_constraints import MemberValue, ReleaseCalendar
from semstat.interop.formats.sdmx.parse_identity import (
    close_tally,
    maintainable_grammar,
    read_identity,
    read_maintainable,
)
from semstat.interop.formats.sdmx.references import reference
from semstat.interop.formats.sdmx.source import Gathered, Source, raw_xml
from semstat.interop.formats.sdmx.vocabulary import ARTEFACTS, Grammar

__all__ = ["read_constraint"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHOWN = 200
_PARTS = _words("ConstraintAttachment DataKeySet CubeRegion MetadataTargetRegion ReleaseCalendar ReferencePeriod")
_TARGETS = _words(
    "DataProvider DataStructure Dataflow ProvisionAgreement MetadataStructure Metadataflow MetadataProvider"
    " MetadataProvisionAgreement"
)
_ATTACHMENT = Grammar(
    parts=_TARGETS | _words("SimpleDataSource MetadataSet"), kept=_words("DataSet QueryableDataSource")
)
_MEMBERS = _words("KeyValue Attribute Component")
_REGION = Grammar(parts=_MEMBERS, attributes=_words("include validFrom validTo"), annotable=True)
_KEY_SET = Grammar(parts=_words("Key"), attributes=_words("isIncluded"))
_MEMBER = Grammar(
    parts=_words("Value TimeRange"),
    kept=_words("DataSet DataKey Object"),
    attributes=_words("id include removePrefix validFrom validTo"),
)
_VALUE = Grammar(attributes=_words("cascadeValues validFrom validTo"))
_PERIOD = Grammar(attributes=_words("isInclusive"))
_REFERENCE_PERIOD = Grammar(attributes=_words("startTime endTime"))
_CALENDAR = Form(
    ReleaseCalendar,
    (
        Child("Periodicity", "periodicity", text),
        Child("Offset", "offset", text),
        Child("Tolerance", "tolerance", text),
    ),
)
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_RANGE = Grammar(parts=_words("StartPeriod EndPeriod BeforePeriod AfterPeriod"), attributes=_words("validFrom validTo"))
_ROLES = _words("Allowed Actual")
_NO_CASCADE = (None, "false", "0")


def read_constraint(source: Source, element: etree._Element) -> Constraint | None:
    """Return a constraint; ``None`` when it has no identity (an availability constraint needs none).

    The role is ``Actual`` unless stated in 2.1 (``type``), ``Allowed`` in 3.1 (no role exists), ``Actual`` for
    availability. ``include`` is true unless stated.

    Source:
        SDMX 2.1, SDMXStructureConstraint.xsd, ``ContentConstraintType`` (default of ``type``) and SDMXCommon.xsd,
        ``RegionType``; SDMX 3.0 and 3.1, SDMXStructureConstraint.xsd.
    """
    local = etree.QName(element).localname
    anonymous = local == "AvailabilityConstraint" and element.get("id") is None
    name = None if anonymous else read_identity(source, element)
    if name is None and not anonymous:
        return None
    known = ARTEFACTS[local]
    attributes = _words("type" if local == "ContentConstraint" else "role seriesCount obsCount")
    found = source.gather(element, maintainable_grammar(known, parts=_PARTS, attributes=attributes))
    constraint = _constraint(source, element, local, found)
    if name is not None:
        return replace(constraint, head=read_maintainable(source, element, name, found))
    close_tally(source, element, "AvailabilityConstraint")
    if not constraint.targets:
        message = "the availability constraint constrains nothing and has no id; it is left out"
        source.report("IO108", message, element, value=raw_xml(element)[:_SHOWN])
        return None
    return replace(constraint, unread=tuple(found.unread), annotations=tuple(found.annotations))


def _constraint(source: Source, element: etree._Element, local: str, found: Gathered) -> Constraint:
    """Return what a constraint says beside its identity; what is not understood goes into ``found``."""
    role = _role(source, element, local, found)
    targets, addresses = _targets(source, found)
    calendar = source.one(found, "ReleaseCalendar")
    period = source.one(found, "ReferencePeriod")
    if period is not None:
        found.unread.extend(source.gather(period, _REFERENCE_PERIOD).unread)
    return Constraint(
        None,
        role,
        targets,
        tuple(_region(source, part) for part in found.all("CubeRegion")),
        tuple(_key_set(source, part) for part in found.all("DataKeySet")),
        source.line(element),
        target_regions=tuple(_region(source, part) for part in found.all("MetadataTargetRegion")),
        release_calendar=cast(ReleaseCalendar, read_part(source, calendar, _CALENDAR))
        if calendar is not None
        else None,
        reference_start=period.get("startTime") if period is not None else None,
        reference_end=period.get("endTime") if period is not None else None,
        data_sources=addresses,
        series_count=element.get("seriesCount"),
        obs_count=element.get("obsCount"),
    )


def _role(source: Source, element: etree._Element, local: str, found: Gathered) -> str:
    if local == "AvailabilityConstraint":
        return "Actual"
    if local == "AttachmentConstraint":
        return "Allowed"
    default = "Actual" if local == "ContentConstraint" else "Allowed"
    key = "type" if local == "ContentConstraint" else "role"
    stated = element.get(key)
    if stated is None:
        return default
    if stated not in _ROLES:
        message = f"the constraint's `{key}` is `{stated}`, neither Allowed nor Actual; Actual is used"
        source.report("IO108", message, element, value=stated)
        source.keep_attributes(element, [key], found.unread)
        return "Actual"
    return stated


def _targets(source: Source, found: Gathered) -> tuple[tuple[Reference, ...], tuple[str, ...]]:
    """Return the artefacts that a constraint is about, and the addresses of data that it is about."""
    targets: list[Reference] = []
    addresses: list[str] = []
    for attachment in found.all("ConstraintAttachment"):
        inner = source.gather(attachment, _ATTACHMENT)
        found.unread.extend(inner.unread)
        for local, part in inner.parts:
            if local == "SimpleDataSource":
                addresses.append(text(source, part, found.unread))
            elif local == "MetadataSet" and source.version == "2.1":
                source.keep(part, found.unread, known=True)
            else:
                target = reference(source, part, local)
                found.unread.extend([raw_xml(part)] if target is None else [])
                targets.extend([target] if target is not None else [])
    return tuple(targets), tuple(addresses)


def _region(source: Source, element: etree._Element) -> Region:
    found = source.gather(element, _REGION)
    included = source.flag(element, "include", found.unread)
    members = _members(source, found)
    return Region(
        source.line(element),
        included is not False,
        members,
        tuple(found.unread),
        element.get("validFrom"),
        element.get("validTo"),
        tuple(found.annotations),
    )


def _key_set(source: Source, element: etree._Element) -> KeySet:
    found = source.gather(element, _KEY_SET)
    included = source.flag(element, "isIncluded", found.unread)
    keys = tuple(_key(source, part) for _, part in found.parts)
    return KeySet(source.line(element), included is not False, keys, tuple(found.unread))


def _key(source: Source, element: etree._Element) -> Key:
    found = source.gather(element, _REGION)
    if source.flag(element, "include", found.unread) is False:
        source.report("IO108", "a key cannot be excluded on its own (`include`); it is kept as it is", element)
        source.keep_attributes(element, ["include"], found.unread)
    members = _members(source, found)
    validity = (element.get("validFrom"), element.get("validTo"))
    return Key(source.line(element), members, tuple(found.unread), *validity, tuple(found.annotations))


def _members(source: Source, found: Gathered) -> tuple[Member, ...]:
    members: list[Member] = []
    for local, part in found.parts:
        if part.get("id"):
            members.append(_member(source, part, attribute=local != "KeyValue"))
        else:
            source.report("IO108", f"a `{local}` names no component (`id`); it is kept as it is", part)
            found.unread.append(raw_xml(part))
    return tuple(members)


def _member(source: Source, element: etree._Element, *, attribute: bool) -> Member:
    found = source.gather(element, _MEMBER)
    included = source.flag(element, "include", found.unread)
    values: list[str] = []
    particulars: list[MemberValue] = []
    bounds: dict[str, tuple[str, bool | None]] = {}
    for local, part in found.parts:
        if local == "TimeRange":
            bounds |= _bounds(source, part, found.unread)
        else:
            found.unread.extend(source.gather(part, _VALUE).unread)
            values.append((part.text or "").strip())
        if part.attrib:
            particulars.append(_particular(source, part, None if local == "TimeRange" else values[-1]))
    none: tuple[str | None, bool | None] = (None, None)
    (start, start_inclusive), (end, end_inclusive) = bounds.get("start", none), bounds.get("end", none)
    return Member(
        element.get("id", ""),
        source.line(element),
        included is not False,
        tuple(values),
        any(one.cascade not in _NO_CASCADE for one in particulars),
        start,
        end,
        tuple(found.unread),
        start_inclusive,
        end_inclusive,
        tuple(particulars),
        source.flag(element, "removePrefix", found.unread),
        element.get("validFrom"),
        element.get("validTo"),
        attribute,
    )


def _particular(source: Source, element: etree._Element, value: str | None) -> MemberValue:
    language = element.get(_LANGUAGE)
    return MemberValue(
        value,
        element.get("cascadeValues"),
        element.get("validFrom"),
        element.get("validTo"),
        source.language(language, element) if language is not None else None,
    )


def _bounds(source: Source, element: etree._Element, unread: list[str]) -> dict[str, tuple[str, bool | None]]:
    """Return the bounds of a time range by start and end, each with whether it belongs to the range, where stated."""
    inner = source.gather(element, _RANGE)
    unread.extend(inner.unread)
    bounds: dict[str, tuple[str, bool | None]] = {}
    for local, part in inner.parts:
        unread.extend(source.gather(part, _PERIOD).unread)
        which = "start" if local in ("StartPeriod", "AfterPeriod") else "end"
        bounds[which] = ((part.text or "").strip(), source.flag(part, "isInclusive", unread))
    return bounds
