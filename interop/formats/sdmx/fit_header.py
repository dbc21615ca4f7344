"""The header of a message as a target can say it, and the account of what of it is lost."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from semstat.interop.formats.outgoing import Losses, Outgoing
from semstat.interop.formats.sdmx.header import TIME, Header, Party
from semstat.interop.formats.sdmx.model import Text
from semstat.interop.formats.sdmx.model_contents import Contact
from semstat.interop.formats.sdmx.xml_text import legal
from semstat.ontology.identifiers import is_identifier
from semstat.validators.diagnostics import Severity

__all__ = ["fitted_header", "header_parts", "json_moment", "lost_headers", "xml_moment"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ZONED = re.compile(r".*(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_OF_DATA = frozenset({"Extracted", "Source", "DataSetID"})
"""What a header says of the data, not of the message (IO235)."""


def json_moment(text: str, *, days: bool) -> str:
    """Return a moment as RFC 3339 has it: one without a zone is taken for UTC. ``days``: a date may stand as it is.

    Example:
        >>> json_moment("2024-01-31", days=True), json_moment("2024-01-31", days=False)
        ('2024-01-31', '2024-01-31T00:00:00Z')
    """
    if "T" not in text:
        return text if days and _DAY.fullmatch(text) else f"{text[:10]}T00:00:00{text[10:] or 'Z'}"
    return text if _ZONED.fullmatch(text) else text + "Z"


def xml_moment(text: str) -> str | None:
    """Return a moment as XML Schema has it: a day is its first moment; ``None`` for what is neither.

    Example:
        >>> xml_moment("2024-01-31"), xml_moment("January")
        ('2024-01-31T00:00:00', None)
    """
    if TIME.fullmatch(text) is None:
        return None
    return text if "T" in text else f"{text[:10]}T00:00:00{text[10:]}"


def header_parts(header: Header) -> Iterator[tuple[str, str]]:
    """Yield what a header says, part by part, by the names of SDMX-ML; a test that is none says nothing.

    Example:
        >>> list(header_parts(Header(id="A", sender=Party("X", (Text("Office", "en"),)))))
        [('ID', 'A'), ('Sender', 'X'), ('Sender/Name', 'Office@en')]
    """
    plain = (("ID", header.id), ("Prepared", header.prepared), ("Extracted", header.extracted))
    yield from ((name, text) for name, text in plain if text is not None)
    yield from [("Test", "true")] if header.test else []
    for kind, parties in (("Sender", [header.sender]), ("Receiver", header.receivers)):
        for party in parties:
            yield from _of_party(kind, party) if party is not None else ()
    yield from _texts("Name", header.names)
    yield from _texts("Source", header.sources)
    yield from header.others


def _of_party(kind: str, party: Party) -> Iterator[tuple[str, str]]:
    yield kind, party.id
    yield from _texts(f"{kind}/Name", party.names)
    yield from [(f"{kind}/Timezone", party.timezone)] if party.timezone is not None else []
    for contact in party.contacts:
        texts = [*contact.names, *contact.departments, *contact.roles]
        said = [_in_language(text) for text in texts] + [channel.value for channel in contact.channels]
        yield f"{kind}/Contact", ", ".join([*([contact.id] if contact.id else []), *sorted(said)])


def _texts(name: str, texts: Sequence[Text]) -> Iterator[tuple[str, str]]:
    return ((name, _in_language(text)) for text in texts)


def _in_language(text: Text) -> str:
    return f"{text.value}@{text.language or 'und'}"


def fitted_header(header: Header, target: str) -> Header:
    """Return what a target can say of a header: tables and cubes nothing, SDMX-JSON less than SDMX-ML.

    Args:
        header: What is to be said.
        target: The name of the format.

    Source:
        SDMX 2.1 and 3.0, SDMXMessage.xsd, *BaseHeaderType*; SDMX-JSON 2.0 and 2.1, ``meta``.
    """
    if not target.startswith(("sdmx-ml", "sdmx-json")):
        return Header()
    fits = replace(
        header,
        id=header.id if header.id and is_identifier(header.id) else None,
        prepared=header.prepared if header.prepared and TIME.fullmatch(header.prepared) else None,
        sender=header.sender if header.sender and is_identifier(header.sender.id) else None,
        receivers=tuple(party for party in header.receivers if is_identifier(party.id)),
        others=(),
    )
    return _in_json(fits, target) if target.startswith("sdmx-json") else _in_xml(fits)


def _in_json(header: Header, target: str) -> Header:
    """SDMX-JSON has one text for each language, and nothing about the data as such."""
    prepared = header.prepared and json_moment(header.prepared, days=target.startswith("sdmx-json-2.1"))
    sender = replace(_one_each(header.sender), timezone=None) if header.sender else None
    receivers = tuple(_one_each(party) for party in header.receivers)
    names = _first_each(header.names)
    return replace(
        header, prepared=prepared, sender=sender, receivers=receivers, names=names, sources=(), extracted=None
    )


def _one_each(party: Party) -> Party:
    contacts = tuple(
        replace(
            one,
            id=None,
            names=_first_each(one.names),
            departments=_first_each(one.departments),
            roles=_first_each(one.roles),
        )
        for one in party.contacts
    )
    return replace(party, names=_first_each(party.names), contacts=contacts)


def _first_each(texts: Sequence[Text]) -> tuple[Text, ...]:
    found: dict[str, Text] = {}
    for text in texts:
        found.setdefault(text.language or "und", text)
    return tuple(found.values())


def _in_xml(header: Header) -> Header:
    """SDMX-ML 2.1 and 3.x say all, in characters of XML."""
    return replace(
        header,
        sender=_legal_party(header.sender) if header.sender else None,
        receivers=tuple(_legal_party(party) for party in header.receivers),
        names=_legal_texts(header.names),
        sources=_legal_texts(header.sources),
        extracted=xml_moment(header.extracted) if header.extracted else None,
    )


def _legal_party(party: Party) -> Party:
    return replace(
        party, names=_legal_texts(party.names), contacts=tuple(_legal_contact(one) for one in party.contacts)
    )


def _legal_contact(contact: Contact) -> Contact:
    return replace(
        contact,
        id=None,
        names=_legal_texts(contact.names),
        departments=_legal_texts(contact.departments),
        roles=_legal_texts(contact.roles),
        channels=tuple(replace(channel, value=legal(channel.value)) for channel in contact.channels),
    )


def _legal_texts(texts: Sequence[Text]) -> tuple[Text, ...]:
    return tuple(replace(text, value=legal(text.value)) for text in texts)


def lost_headers(datasets: Sequence[Outgoing], said: Header, written: Header, target: str, losses: Losses) -> None:
    """Note what the headers of the messages say and the header that is written does not.

    Args:
        datasets: What is written, of one message or of several.
        said: What the user wants the header to say, which is no loss of the message's own.
        written: The header as it is written.
        target: The name of the format.
        losses: Receives IO235 for what is about the data, IO236 for the rest.
    """
    chosen = {name.partition("/")[0] for name, _ in header_parts(said)}
    told = dict(header_parts(written))
    first = datasets[0].header
    for source, header in dict.fromkeys((item.source, item.header) for item in datasets):
        stated = Counter(header_parts(header)) - Counter(header_parts(written))
        ids = [item.identity.set_id for item in datasets if (item.source, item.header) == (source, header)]
        stated.update(("DataSetID", text) for text in header.set_ids if text not in ids)
        for (name, text), count in stated.items():
            if name.partition("/")[0] in chosen:
                continue
            rule = "IO235" if name in _OF_DATA else "IO236"
            grade = Severity.WARNING if name == "Test" else None
            message = _fate(name, text, target, None if header == first else source, told)
            losses.add(rule, count, message, source=source, path=name, severity=grade)


def _fate(name: str, text: str, target: str, other: str | None, told: dict[str, str]) -> str:
    if other is not None and told:
        return f"one message is written, with one header, so that the `{name}` of {other}, `{text}`, is left out"
    if name in ("Prepared", "Extracted") and name in told:
        return f"the `{name}` of the message, `{text}`, is written as `{told[name]}`, as {target} asks for"
    return f"{target} has no place for the `{name}` of the message, `{text}`, which is left out"
