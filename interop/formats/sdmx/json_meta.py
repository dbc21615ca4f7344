"""The header of a structure message in SDMX-JSON: who sends what, and when it was prepared."""

from semstat.interop.counting import InputRefused
from semstat.interop.formats.json_parse import parse_json
from semstat.interop.formats.json_values import JsonObject, JsonValue
from semstat.interop.formats.sdmx.header import Header, Party
from semstat.interop.formats.sdmx.model import Text

__all__ = ["header_of_json"]


def header_of_json(data: bytes) -> Header:
    """Return what the ``meta`` of a message says; empty where there is none, or where it cannot be read.

    Example:
        >>> header_of_json(b'{"meta": {"id": "A", "sender": {"id": "X"}}}').sender.id
        'X'
    """
    try:
        root = parse_json(data, origin="").root
    except InputRefused:
        return Header()
    meta = root.get("meta") if isinstance(root, JsonObject) else None
    if not isinstance(meta, JsonObject):
        return Header()
    receivers = meta.get("receivers")
    parties = [_party(one) for one in receivers] if isinstance(receivers, list) else []
    test = meta.get("test")
    return Header(
        id=_text(meta.get("id")),
        prepared=_text(meta.get("prepared")),
        sender=_party(meta.get("sender")),
        test=test if isinstance(test, bool) else None,
        receivers=tuple(party for party in parties if party is not None),
        names=_names(meta),
    )


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) and value else None


def _party(value: JsonValue) -> Party | None:
    identifier = _text(value.get("id")) if isinstance(value, JsonObject) else None
    return Party(identifier, _names(value)) if identifier is not None and isinstance(value, JsonObject) else None


def _names(value: JsonObject) -> tuple[Text, ...]:
    names = value.get("names")
    pairs = names.pairs if isinstance(names, JsonObject) else ()
    return tuple(Text(text, language) for language, text in pairs if isinstance(text, str))
