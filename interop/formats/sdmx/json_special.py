"""Members of SDMX-JSON structures that SDMX-ML words otherwise: texts in languages, links, annotations, selections."""

from collections.abc import Callable, Mapping
from functools import partial

from semstat.interop.formats.json_values import JsonObject, JsonValue
from semstat.interop.formats.sdmx.json_reported import set_link, structured_text, structured_texts
from semstat.interop.formats.sdmx.json_source import QUIET, UNKNOWN, xml_text
from semstat.interop.formats.sdmx.json_transcribe import Met, Transcriber, scalar

__all__ = ["SPECIAL"]

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TEXTS = {
    "name": ("names", "Name"),
    "description": ("descriptions", "Description"),
    "text": ("texts", "AnnotationText"),
    "department": ("departments", "Department"),
    "role": ("roles", "Role"),
    "condition": ("conditions", "Condition"),
}
_LINK = ("rel", "urn", "type", "hreflang")
_VALUE_ATTRIBUTES = ("cascadeValues", "validFrom", "validTo")


def _one_language(make: Transcriber, met: Met, *, plural: str, element: str) -> None:
    """Make a text of the member that holds it in one language, unless it repeats one of the texts in all languages."""
    if not isinstance(met.value, str):
        make.wrong_type(met, "a string")
        return
    element = _text_of(met, element)
    texts = met.holder.get(plural)
    if not isinstance(texts, JsonObject) or not texts.pairs:
        make.new(met.made, element, met.place, met.value).set(_LANGUAGE, make.language)
    elif all(text != met.value for _, text in texts.pairs):
        message = f"`{met.name}` is `{met.value}`, which is none of the texts in `{plural}`; it is kept as it is"
        make.report("IO108", message, met, value=met.value)
        make.keep(met, UNKNOWN)


def _text_of(met: Met, element: str) -> str:
    """Return the name of the element of a text, which is another one where the text is reported metadata."""
    reported = element == "AnnotationText" and met.made.tag.endswith("}ReportedAttribute")
    return "Text" if reported else element


def _all_languages(make: Transcriber, met: Met, *, element: str) -> None:
    if not isinstance(met.value, JsonObject):
        make.wrong_type(met, "an object")
        return
    element = _text_of(met, element)
    for rank, (language, text) in enumerate(met.value.pairs):
        part = Met(met.made, language, text, make.place(met.value, rank), met.value)
        if isinstance(text, str):
            make.new(met.made, element, part.place, text).set(_LANGUAGE, xml_text(language))
        else:
            make.wrong_type(part, "a string")


def _entries(make: Transcriber, met: Met) -> list[JsonValue]:
    """Return the entries of an array; report what is none."""
    if isinstance(met.value, list):
        return met.value
    make.wrong_type(met, "an array")
    return []


def _annotations(make: Transcriber, met: Met) -> None:
    entries = _entries(make, met)
    if not entries:
        return
    outer = make.new(met.made, "Annotations", met.place)
    for entry in entries:
        if isinstance(entry, JsonObject):
            make.object(outer, "Annotation", entry)
        else:
            make.wrong_type(Met(outer, met.name, entry, met.place, met.holder), "an object")


def _links(make: Transcriber, met: Met) -> None:
    """The link of an artefact to itself gives its URN; links of annotations are their addresses; others are links."""
    for entry in _entries(make, met):
        one = Met(met.made, "links", [entry], met.place, met.holder)
        if not isinstance(entry, JsonObject):
            make.wrong_type(Met(met.made, met.name, entry, met.place, met.holder), "an object")
        elif met.made.tag.endswith("}Annotation"):
            _annotation_link(make, one, entry)
        elif met.made.tag.endswith("}MetadataSet") and make.source.version == "2.1":
            set_link(make, one, entry)
        else:
            _link(make, one, entry)


def _link(make: Transcriber, met: Met, link: JsonObject) -> None:
    itself = link.get("rel") == "self" and isinstance(link.get("urn"), str) and met.made.get("urn") is None
    if itself:
        met.made.set("urn", xml_text(scalar(link.get("urn"))))
    address = "href" if link.get("href") is not None else "uri"
    if itself and link.get(address) is None:
        return
    made = make.new(met.made, "Link", make.text.place_of(link))
    for rank, (name, value) in enumerate(link.pairs):
        part = Met(made, name, value, make.place(link, rank), link)
        if name == "titles":
            _all_languages(make, part, element="Title")
        elif name == "title":
            _one_language(make, part, plural="titles", element="Title")
        elif name not in (*_LINK, address) or isinstance(value, JsonObject | list):
            make.keep(part, QUIET)
        elif value is not None:
            made.set("url" if name == address else name, xml_text(scalar(value)))


def _annotation_link(make: Transcriber, met: Met, link: JsonObject) -> None:
    address = link.get("href") or link.get("uri")
    if isinstance(address, str):
        made = make.new(met.made, "AnnotationURL", met.place, address)
        if isinstance(language := link.get("hreflang"), str):
            made.set(_LANGUAGE, xml_text(language))
    plain = ("href", "uri", "hreflang", *(("rel",) if link.get("rel") == "alternate" else ()))
    if not isinstance(address, str) or any(name not in plain for name, _ in link.pairs):
        make.keep(met, QUIET)


def _attributes(make: Transcriber, met: Met) -> None:
    """Attributes of a structure or metadata set; the one on which the reporting year begins is an element of its own."""
    for entry in _entries(make, met):
        if isinstance(entry, JsonObject):
            special = entry.get("id") == "REPORTING_YEAR_START_DAY"
            make.object(met.made, "ReportingYearStartDay" if special else "Attribute", entry)
        else:
            make.wrong_type(Met(met.made, met.name, entry, met.place, met.holder), "an object")


def _dimensions(make: Transcriber, met: Met) -> None:
    optional = met.holder.get("areDimensionsOptional")
    flags = optional if isinstance(optional, list) else []
    for rank, entry in enumerate(_entries(make, met)):
        made = make.new(met.made, "Dimension", met.place, scalar(entry))
        if rank < len(flags) and flags[rank] is True:
            made.set("optional", "true")


def _wrapped(make: Transcriber, met: Met, *, wrapper: str, element: str, each: bool = False) -> None:
    """Make elements of ids within a wrapper: one for all of them, or one for ``each``."""
    outer = None
    for entry in _entries(make, met):
        outer = make.new(met.made, wrapper, met.place) if each or outer is None else outer
        make.new(outer, element, met.place, scalar(entry))


def _values(make: Transcriber, met: Met, *, element: str) -> None:
    """Make elements of values: strings, or objects that say more of them."""
    for entry in _entries(make, met):
        if not isinstance(entry, JsonObject):
            made = make.new(met.made, element, met.place, scalar(entry))
            continue
        made = make.new(met.made, element, make.text.place_of(entry), scalar(entry.get("value")))
        for rank, (name, value) in enumerate(entry.pairs):
            if name in _VALUE_ATTRIBUTES:
                made.set(name, xml_text(scalar(value)))
            elif name == "lang" and isinstance(value, str):
                made.set(_LANGUAGE, xml_text(value))
            elif name != "value":
                make.unknown(Met(met.made, name, value, make.place(entry, rank), entry))


def _cascading(make: Transcriber, met: Met) -> None:
    """SDMX-JSON 1.0 lists the values that stand for all below them apart."""
    for entry in _entries(make, met):
        make.new(met.made, "Value", met.place, scalar(entry)).set("cascadeValues", "true")


def _period(make: Transcriber, met: Met) -> None:
    if not isinstance(met.value, JsonObject):
        make.wrong_type(met, "an object")
        return
    made = make.new(met.made, met.name[0].upper() + met.name[1:], met.place, scalar(met.value.get("period")))
    if met.value.get("isInclusive") is not None:
        made.set("isInclusive", scalar(met.value.get("isInclusive")))


def _mapped(make: Transcriber, met: Met) -> None:
    for entry in _entries(make, met):
        for name, element in (("source", "Source"), ("target", "Target")):
            if isinstance(entry, JsonObject) and entry.get(name) is not None:
                make.new(met.made, element, make.text.place_of(entry), scalar(entry.get(name)))


def _sides(make: Transcriber, met: Met, *, side: str) -> None:
    """The sides of a representation map: code lists, value lists or data types."""
    for entry in _entries(make, met):
        if not isinstance(entry, JsonObject):
            make.wrong_type(Met(met.made, met.name, entry, met.place, met.holder), "an object")
            continue
        for rank, (name, value) in enumerate(entry.pairs):
            kind = {"codelist": "Codelist", "valuelist": "Codelist", "dataType": "DataType"}.get(name)
            part = Met(met.made, name, value, make.place(entry, rank), entry)
            if kind is None:
                make.unknown(part)
            else:
                make.new(met.made, side + kind, part.place, scalar(value))


def _value(make: Transcriber, met: Met) -> None:
    """A value that is mapped is the text of its element; one that is reported stands in it, or in several languages."""
    if not met.made.tag.endswith("}Attribute"):
        met.made.text = xml_text(scalar(met.value))
    elif isinstance(met.value, JsonObject):
        _all_languages(make, met, element="Text")
    elif isinstance(met.value, list):
        make.wrong_type(met, "a string, number, boolean or object")
    else:
        make.new(met.made, "Value", met.place, scalar(met.value))


def _included(make: Transcriber, met: Met) -> None:
    """Code lists that SDMX-JSON 1.0 lists by the alias under which hierarchies refer to them."""
    if not isinstance(met.value, JsonObject):
        make.wrong_type(met, "an object")
        return
    for rank, (alias, urn) in enumerate(met.value.pairs):
        make.new(met.made, "IncludedCodelist", make.place(met.value, rank), scalar(urn)).set("alias", xml_text(alias))


def _read_elsewhere(_make: Transcriber, _met: Met) -> None:
    """Nothing: the member is read together with another one."""


SPECIAL: Mapping[str, Callable[[Transcriber, Met], None]] = {
    **{name: partial(_one_language, plural=plural, element=element) for name, (plural, element) in _TEXTS.items()},
    **{plural: partial(_all_languages, element=element) for plural, element in _TEXTS.values()},
    "annotations": _annotations,
    "links": _links,
    "attributes": _attributes,
    "dimensions": _dimensions,
    "areDimensionsOptional": _read_elsewhere,
    "groupDimensions": partial(_wrapped, wrapper="GroupDimension", element="DimensionReference", each=True),
    "measureRelationship": partial(_wrapped, wrapper="MeasureRelationship", element="Measure"),
    "dimensionConstraint": partial(_wrapped, wrapper="DimensionConstraint", element="Dimension"),
    "memberValues": partial(_values, element="MemberValue"),
    "values": partial(_values, element="Value"),
    "cascadeValues": _cascading,
    **dict.fromkeys(("startPeriod", "endPeriod", "beforePeriod", "afterPeriod"), _period),
    "mappedComponents": _mapped,
    "source": partial(_sides, side="Source"),
    "target": partial(_sides, side="Target"),
    "value": _value,
    "structuredText": structured_text,
    "structuredTexts": structured_texts,
    "includedCodelists": _included,
}
"""What becomes of the members that the grammar marks as having a way of their own, by their names."""
