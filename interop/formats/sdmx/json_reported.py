"""Reference metadata of SDMX-JSON 1.0 in the words of SDMX-ML 2.1: metadata sets that hold reports.

A set refers to its metadata structure by a link; those of SDMX-ML 2.1 by what the header declares. So the link is declared.

Source:
    SDMX-JSON 1.0, metadata message: ``MetadataSetType``, ``ReportType`` and ``ReportedAttributeType``.
"""

from lxml import etree

from semstat.interop.formats.json_values import JsonObject, JsonValue
from semstat.interop.formats.sdmx.json_source import JSON, KNOWN, JsonSource, xml_text
from semstat.interop.formats.sdmx.json_transcribe import Met, Transcriber
from semstat.interop.formats.sdmx.model import Reference
from semstat.ontology.iri import parse_urn

__all__ = ["declare_default", "has_reports", "set_link", "structured_text", "structured_texts"]

_RELATIONS = ("metadatastructure", "structure")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def has_reports(data: JsonObject) -> bool:
    """Tell whether metadata sets hold reports, as those of SDMX-JSON 1.0 do.

    Example:
        >>> has_reports(JsonObject([("metadataSets", [JsonObject([("reports", [])], 0)])], 1))
        True
    """
    sets = data.get("metadataSets")
    return isinstance(sets, list) and any(isinstance(one, JsonObject) and "reports" in one for one in sets)


def set_link(make: Transcriber, met: Met, link: JsonObject) -> None:
    """Declare the metadata structure that a link of a set names; keep another link as it is."""
    urn = _structure_of(link)
    if urn is None or met.made.get("structureRef") is not None:
        make.keep(met, KNOWN)
        return
    _declare(make.source, urn, make.text.place_of(link))
    met.made.set("structureRef", urn)


def declare_default(source: JsonSource, root: JsonObject, message: etree._Element) -> None:
    """Give the sets that have no link to a metadata structure the one that the header of the message has."""
    meta = root.get("meta")
    links = meta.get("links") if isinstance(meta, JsonObject) else None
    named = ((_structure_of(link), link) for link in (links if isinstance(links, list) else []))
    urn, link = next(((urn, link) for urn, link in named if urn is not None), (None, None))
    if urn is None or not isinstance(link, JsonObject) or source.document is None:
        return
    _declare(source, urn, source.document.place_of(link))
    for made in message.iterchildren("{*}MetadataSet"):
        if made.get("structureRef") is None and not str(made.tag).startswith(JSON):
            made.set("structureRef", urn)


def structured_text(make: Transcriber, met: Met) -> None:
    """Make a text with mark-up in one language, unless it is in all languages beside."""
    if not isinstance(met.value, str):
        make.wrong_type(met, "a string")
    elif isinstance(met.holder.get("structuredTexts"), JsonObject):
        make.keep(met, KNOWN)
    else:
        make.new(met.made, "StructuredText", met.place, met.value).set(_LANGUAGE, make.language)


def structured_texts(make: Transcriber, met: Met) -> None:
    """Make a text with mark-up of each language."""
    if not isinstance(met.value, JsonObject):
        make.wrong_type(met, "an object")
        return
    for rank, (language, text) in enumerate(met.value.pairs):
        place = make.place(met.value, rank)
        if isinstance(text, str):
            make.new(met.made, "StructuredText", place, text).set(_LANGUAGE, xml_text(language))
        else:
            make.wrong_type(Met(met.made, language, text, place, met.value), "a string")


def _structure_of(link: JsonValue) -> str | None:
    """Return the URN of the metadata structure that a link leads to."""
    if not isinstance(link, JsonObject) or link.get("rel") not in _RELATIONS:
        return None
    urn = link.get("urn")
    name = parse_urn(urn) if isinstance(urn, str) else None
    return name.urn if name is not None and name.cls == "MetadataStructure" else None


def _declare(source: JsonSource, urn: str, place: int) -> None:
    name = parse_urn(urn)
    if name is not None and source.document is not None:
        source.structures.setdefault(urn, Reference(name, source.document.tokens.position(place)[0]))
