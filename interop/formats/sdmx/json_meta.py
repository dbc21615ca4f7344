"""The header of a message in SDMX-JSON: who sends what to whom, and when it was prepared."""

from collections.abc import Iterator

from semstat.interop.counting import InputRefused
from semstat.interop.formats.json_parse import parse_json
from semstat.interop.formats.json_values import JsonObject, JsonValue
from semstat.interop.formats.sdmx.header import Header, Party
from semstat.interop.formats.sdmx.model import Text
from semstat.interop.formats.sdmx.model_contents import Channel, Contact

__all__ = ["CHANNELS", "header_of_json", "meta_header"]

CHANNELS = {"telephones": "Telephone", "faxes": "Fax", "x400s": "X400", "uris": "URI", "emails": "Email"}
"""The members of a contact that hold ways to reach it, and what SDMX-ML calls each."""

_FIELDS = frozenset(
    {"schema", "contentLanguages", "id", "prepared", "test", "sender", "receiver", "receivers", "names"}
)


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
    return meta_header(root)


def meta_header(root: JsonValue) -> Header:
    """Return what the ``meta`` of a message says (before SDMX-JSON 1.0, ``header``).

    A name that is given in no language is in that of the contents, if these are in one; else its language is not known.

    Source:
        SDMX-JSON 1.0, 2.0 and 2.1, ``meta`` and ``party``.
    """
    found = (root.get(name) for name in ("meta", "header")) if isinstance(root, JsonObject) else ()
    meta = next((one for one in found if isinstance(one, JsonObject)), None)
    if meta is None:
        return Header()
    spoken = meta.get("contentLanguages")
    usual = spoken[0] if isinstance(spoken, list) and len(spoken) == 1 and isinstance(spoken[0], str) else "und"
    parties = [*_parties(meta.get("receivers"), usual), *_parties(meta.get("receiver"), usual)]
    senders = list(_parties(meta.get("sender"), usual))
    test = meta.get("test")
    return Header(
        id=_text(meta.get("id")),
        prepared=_text(meta.get("prepared")),
        sender=senders[0] if senders else None,
        test=test if isinstance(test, bool) else None,
        receivers=tuple(parties),
        names=_names(meta, "name", "names", usual),
        others=tuple((name, _shown(value)) for name, value in meta.pairs if name not in _FIELDS and name != "name"),
    )


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) and value else None


def _shown(value: JsonValue) -> str:
    """Return the texts in a value, which stands for it in an account."""
    return " ".join(_texts(value))


def _texts(value: JsonValue) -> Iterator[str]:
    members = [member for _, member in value.pairs] if isinstance(value, JsonObject) else value
    if not isinstance(members, list):
        yield str(members)
        return
    for member in members:
        yield from _texts(member)


def _parties(value: JsonValue, usual: str) -> Iterator[Party]:
    for one in value if isinstance(value, list) else [value]:
        identifier = _text(one.get("id")) if isinstance(one, JsonObject) else None
        if isinstance(one, JsonObject) and identifier is not None:
            # ``contact`` in SDMX-JSON 1.0 and 2.0, ``contacts`` in 2.1; both are found in all.
            listed = [entry for name in ("contacts", "contact") for entry in _list(one.get(name))]
            contacts = (_contact(entry, usual) for entry in listed if isinstance(entry, JsonObject))
            yield Party(identifier, _names(one, "name", "names", usual), tuple(contacts))


def _contact(value: JsonObject, usual: str) -> Contact:
    ways = ((kind, text) for member, kind in CHANNELS.items() for text in _list(value.get(member)))
    return Contact(
        None,
        id=_text(value.get("id")),
        names=_names(value, "name", "names", usual),
        departments=_names(value, "department", "departments", usual),
        roles=_names(value, "role", "roles", usual),
        channels=tuple(Channel(None, kind, text) for kind, text in ways if isinstance(text, str)),
    )


def _list(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []


def _names(value: JsonObject, one: str, every: str, usual: str) -> tuple[Text, ...]:
    """Return a text in its languages; the one in the language asked for counts where there is no other."""
    found = value.get(every)
    pairs = found.pairs if isinstance(found, JsonObject) else ()
    named = tuple(Text(text, language) for language, text in pairs if isinstance(text, str))
    single = _text(value.get(one))
    return named if named or single is None else (Text(single, usual),)
