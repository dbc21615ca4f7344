"""Constraints on data in SDMX-ML: cube regions and key sets, of 2.1 (content) and 3.x (data, availability)."""

from lxml import etree

from semstat.interop.formats.sdmx.model import Constraint, Key, KeySet, Member, Reference, Region
from semstat.interop.formats.sdmx.parse_identity import (
    close_tally,
    maintainable_grammar,
    read_identity,
    read_maintainable,
)
from semstat.interop.formats.sdmx.references import reference
from semstat.interop.formats.sdmx.source import Gathered, Source, raw_xml
from semstat.interop.formats.sdmx.vocabulary import ARTEFACTS, PACKAGES, Grammar

__all__ = ["read_constraint"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHOWN = 200
_PARTS = _words("ConstraintAttachment DataKeySet CubeRegion")
_TARGETS = _words(
    "DataProvider DataStructure Dataflow ProvisionAgreement MetadataStructure Metadataflow MetadataProvider"
    " MetadataProvisionAgreement"
)
_ATTACHMENT = Grammar(parts=_TARGETS, kept=_words("DataSet MetadataSet SimpleDataSource QueryableDataSource"))
_MEMBERS = _words("KeyValue Attribute Component")
_REGION = Grammar(
    parts=_MEMBERS,
    kept=_words("Annotations"),
    attributes=_words("include"),
    kept_attributes=_words("validFrom validTo"),
)
_KEY_SET = Grammar(parts=_words("Key"), attributes=_words("isIncluded"))
_MEMBER = Grammar(
    parts=_words("Value TimeRange"),
    kept=_words("DataSet DataKey Object"),
    attributes=_words("id include"),
    kept_attributes=_words("removePrefix validFrom validTo"),
)
_VALUE = Grammar(attributes=_words("cascadeValues"), kept_attributes=_words("validFrom validTo"))
_RANGE = Grammar(
    parts=_words("StartPeriod EndPeriod BeforePeriod AfterPeriod"), kept_attributes=_words("validFrom validTo")
)
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
    attributes = _words("type" if local == "ContentConstraint" else "role")
    grammar = maintainable_grammar(known, parts=_PARTS, attributes=attributes)
    found = source.gather(element, grammar)
    role = _role(source, element, local, found)
    targets = tuple(_targets(source, found))
    regions = tuple(_region(source, part) for part in found.all("CubeRegion"))
    key_sets = tuple(_key_set(source, part) for part in found.all("DataKeySet"))
    line = source.line(element)
    if name is None:
        close_tally(source, element, "AvailabilityConstraint")
        if not targets:
            message = "the availability constraint constrains nothing and has no id; it is left out"
            source.report("IO108", message, element, value=raw_xml(element)[:_SHOWN])
            return None
        return Constraint(None, role, targets, regions, key_sets, line, tuple(found.unread))
    head = read_maintainable(source, element, name, found)
    return Constraint(head, role, targets, regions, key_sets, line)


def _role(source: Source, element: etree._Element, local: str, found: Gathered) -> str:
    if local == "AvailabilityConstraint":
        return "Actual"
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


def _targets(source: Source, found: Gathered) -> list[Reference]:
    targets: list[Reference] = []
    for attachment in found.all("ConstraintAttachment"):
        inner = source.gather(attachment, _ATTACHMENT)
        found.unread.extend(inner.unread)
        for local, part in inner.parts:
            cls = local if local in PACKAGES else "Dataflow"
            target = reference(source, part, cls)
            if target is None:
                found.unread.append(raw_xml(part))
            else:
                targets.append(target)
    return targets


def _region(source: Source, element: etree._Element) -> Region:
    found = source.gather(element, _REGION)
    included = source.flag(element, "include", found.unread)
    members = _members(source, found)
    return Region(source.line(element), included is not False, members, tuple(found.unread))


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
    return Key(source.line(element), _members(source, found), tuple(found.unread))


def _members(source: Source, found: Gathered) -> tuple[Member, ...]:
    members: list[Member] = []
    for local, part in found.parts:
        if part.get("id"):
            members.append(_member(source, part))
        else:
            source.report("IO108", f"a `{local}` names no component (`id`); it is kept as it is", part)
            found.unread.append(raw_xml(part))
    return tuple(members)


def _member(source: Source, element: etree._Element) -> Member:
    found = source.gather(element, _MEMBER)
    included = source.flag(element, "include", found.unread)
    values: list[str] = []
    cascades: set[str] = set()
    qualifiers = _qualifiers(element)
    bounds: dict[str, str] = {}
    for local, part in found.parts:
        if local == "TimeRange":
            bounds |= _bounds(source, part, found.unread)
            continue
        source.gather(part, _VALUE)
        values.append((part.text or "").strip())
        stated = part.get("cascadeValues")
        cascades.add("" if stated in _NO_CASCADE else "excluderoot" if stated == "excluderoot" else "true")
        qualifiers |= _qualifiers(part)
        if part.attrib or len(part):  # which value cascades, and how; when a value is valid; a value's language
            found.unread.append(raw_xml(part))
    return Member(
        element.get("id", ""),
        source.line(element),
        included is not False,
        tuple(values),
        _cascade(cascades),
        bounds.get("start"),
        bounds.get("end"),
        tuple(found.unread),
        tuple(sorted(qualifiers)),
    )


def _cascade(stated: set[str]) -> str | None:
    """Return the one way in which values cascade; that of several ways in one selection has no name in the standard."""
    return "mixed" if len(stated) > 1 else next(iter(stated), "") or None


def _qualifiers(element: etree._Element) -> set[str]:
    stated = {name for name in ("validFrom", "validTo") if element.get(name) is not None}
    return stated | ({"removePrefix"} if element.get("removePrefix") in ("true", "1") else set())


def _bounds(source: Source, element: etree._Element, unread: list[str]) -> dict[str, str]:
    """Return the bounds of a time range; whether they belong to it stays in the raw range, which is kept."""
    inner = source.gather(element, _RANGE)
    unread.append(raw_xml(element))
    bounds: dict[str, str] = {}
    for local, part in inner.parts:
        bounds["start" if local in ("StartPeriod", "AfterPeriod") else "end"] = (part.text or "").strip()
    return bounds
