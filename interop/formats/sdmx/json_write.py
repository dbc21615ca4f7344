"""Structure messages of SDMX-JSON 2.0 and 2.1: the elements of SDMX-ML 3.x, transcribed by the table that reads them.

Source:
    SDMX-JSON 2.0 and 2.1, JSON Schemas of the structure message.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from semstat.interop.formats.sdmx.account import Account, Entry
from semstat.interop.formats.sdmx.dialects import DIALECTS
from semstat.interop.formats.sdmx.header import Header, Party
from semstat.interop.formats.sdmx.json_arrays import ARRAYS
from semstat.interop.formats.sdmx.json_grammar import FLAGS, SHAPES, Member, Shape
from semstat.interop.formats.sdmx.json_meta import CHANNELS
from semstat.interop.formats.sdmx.json_write_special import SPECIAL, languages, moment
from semstat.interop.formats.sdmx.model import Artefact
from semstat.interop.formats.sdmx.model_contents import Contact
from semstat.interop.formats.sdmx.serialise import fitted_elements
from semstat.interop.formats.sdmx.vocabulary import ARTEFACTS
from semstat.interop.formats.sdmx.xml_text import Element
from semstat.ontology.iri import SdmxName

__all__ = ["party_of", "serialise_json", "spoken", "transcribed"]

_ML_VERSIONS: Mapping[str, str] = {"2.0": "3.0", "2.1": "3.1"}
_SCHEMAS: Mapping[str, str] = {
    "2.0": "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/"
    "sdmx-json-structure-schema.json",
    "2.1": "https://json.sdmx.org/2.1/sdmx-json-structure-schema.json",
}
_WHOLE = frozenset(
    {"position", "minLength", "maxLength", "decimals", "minOccurs", "maxOccurs", "startIndex", "endIndex"}
    | {"seriesCount", "obsCount"}
)
_NUMBERS = frozenset({"minValue", "maxValue", "startValue", "endValue", "interval"})
_NOT_IN_2_1 = frozenset({"structureURL", "serviceURL", "uri"})
_MOMENTS = ("validFrom", "validTo")
_NO_SHAPE = Shape()


def serialise_json(
    artefacts: Iterable[Artefact], version: str, header: Header, account: Account, *, source: str = ""
) -> str:
    """Return the text of a structure message in SDMX-JSON; the same artefacts give the same text.

    Args:
        artefacts: What to write; within an array they keep their order.
        version: 2.0 or 2.1.
        header: Who sends what; it must have ``id``, ``prepared`` and ``sender``.
        account: Receives what the version cannot say (IO201 to IO212).
        source: The version of SDMX that the artefacts were read from, ``""`` if that is not known.

    Raises:
        ValueError: the header lacks a part that the schema demands.
    """
    if header.id is None or header.prepared is None or header.sender is None:
        raise ValueError("a message needs an id, a date of preparation and a sender")
    held = fitted_elements(artefacts, DIALECTS[_ML_VERSIONS[version]], account, source=source)
    data = {
        name: [transcribed(element, "", account.of(_name(element))) for element in held[kind]]
        for name, kind in ARRAYS.items()
        if held.get(kind)
    }
    content = {"meta": _meta(header, version, data, account.of(None)), "data": data}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _meta(header: Header, version: str, data: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    said: dict[str, Any] = {
        "schema": _SCHEMAS[version],
        "id": header.id,
        "test": bool(header.test),
        "prepared": moment(header.prepared or "", entry),
    }
    if found := sorted(spoken(data)):
        said["contentLanguages"] = found
    said |= languages("name", "names", header.names)
    if header.sender is not None:
        said["sender"] = party_of(header.sender)
    if header.receivers:
        said["receivers"] = [party_of(party) for party in header.receivers]
    return said


def spoken(value: object) -> set[str]:
    """Return the languages of the names and descriptions in a message."""
    if isinstance(value, list):
        return {language for part in value for language in spoken(part)}
    if not isinstance(value, Mapping):
        return set()
    own = {language for key in ("names", "descriptions") for language in value.get(key, ())}
    return own | {
        language for key, part in value.items() if key not in ("names", "descriptions") for language in spoken(part)
    }


def party_of(party: Party, contacts: str = "contacts") -> dict[str, Any]:
    """Return the object that stands for a sender or receiver; ``contacts`` is what the version calls these."""
    made = {"id": party.id, **languages("name", "names", party.names)}
    if party.contacts:
        made[contacts] = [_contact(contact) for contact in party.contacts]
    return made


def _contact(contact: Contact) -> dict[str, Any]:
    made: dict[str, Any] = languages("name", "names", contact.names) or {"name": ""}
    made |= languages("department", "departments", contact.departments)
    made |= languages("role", "roles", contact.roles)
    for member, kind in CHANNELS.items():
        texts = [channel.value for channel in contact.channels if channel.kind == kind]
        made |= {member: texts} if texts else {}
    return made


def transcribed(element: Element, above: str, entry: Entry) -> dict[str, Any]:
    """Return the object that says what an element says.

    Findings:
        ``IO209`` for a second text in one language, ``IO202`` for content that SDMX-JSON has no member for.
    """
    shape = SHAPES.get(f"{element.local}:{above}") or SHAPES.get(element.local, _NO_SHAPE)
    attributes, children = _members(shape)
    made: dict[str, Any] = {}
    for key, value in element.attributes:
        if key == "urn":  # it repeats the identity
            continue
        name = attributes.get(key)
        if name is None or (name in _NOT_IN_2_1 and entry.account.target.startswith("sdmx-json-2.1")):
            _lose(entry, element, f"the attribute `{key}`", value)
        else:
            dated = name in _MOMENTS and (not above or element.local == "HierarchicalCode")
            made[name] = moment(value, entry) if dated else _value(name, value)
    for child in element.children:
        special = SPECIAL.get(child.local)
        if special is not None and special(made, child, element, entry):
            continue
        name, member = children.get(child.local, ("", None))
        if member is None:
            _lose(entry, element, f"`{child.local}`", child.text)
        elif member.many:
            made.setdefault(name, []).append(_child(child, element, entry))
        else:
            made[name] = _child(child, element, entry)
    return _settled(made, element, above, entry)


def _settled(made: dict[str, Any], element: Element, above: str, entry: Entry) -> dict[str, Any]:
    """Return an object with the members that depend on where it stands, or on the version."""
    if element.local == "KeyValue" and above == "Key" and "values" in made:
        made["value"] = made.pop("values")[0]["value"]  # one value, as plain text
    if (
        element.local == "DimensionList"
        and "timeDimensions" in made
        and entry.account.target.startswith("sdmx-json-2.1")
    ):
        made["timeDimension"] = made.pop("timeDimensions")[0]
    return made


def _name(element: Element) -> SdmxName | None:
    """Return the name of the artefact that an element stands for, ``None`` where it has none."""
    stated, known = dict(element.attributes), ARTEFACTS[element.local]
    if "id" not in stated or "agencyID" not in stated:
        return None
    version = stated.get("version") or known.fixed_version
    return SdmxName(known.package, known.cls, stated["agencyID"], stated["id"], version)


def _child(child: Element, above: Element, entry: Entry) -> object:
    known = f"{child.local}:{above.local}" in SHAPES or child.local in SHAPES
    if child.children or child.attributes or (known and not child.text) or child.local == "SourceValue":
        made = transcribed(child, above.local, entry)
        return {"value": child.text, **made} if child.text else made
    return child.text if child.text else {}


def _lose(entry: Entry, element: Element, what: str, value: str) -> None:
    message = f"{what} of {element.local} has no counterpart in SDMX-JSON"
    entry.lose("IO202", message, value=value)


def _value(name: str, text: str) -> object:
    if name in FLAGS:
        return text in ("true", "1")
    if name in _WHOLE and text.isdecimal():
        return int(text)
    if name in _NUMBERS:
        return json.loads(text) if _is_number(text) else text
    return text


def _is_number(text: str) -> bool:
    try:
        return isinstance(json.loads(text), int | float)
    except ValueError:
        return False


@cache
def _members_of(key: int) -> tuple[dict[str, str], dict[str, tuple[str, Member]]]:
    shape = next(one for one in (*SHAPES.values(), _NO_SHAPE) if id(one) == key)
    attributes: dict[str, str] = {}
    children: dict[str, tuple[str, Member]] = {}
    for name, member in shape.members.items():
        if member.attribute:
            attributes.setdefault(member.element, name)
        else:
            children.setdefault(member.element, (name, member))
    return attributes, children


def _members(shape: Shape) -> tuple[dict[str, str], dict[str, tuple[str, Member]]]:
    """Return the members by what they are in SDMX-ML: attributes and children; of several names the first."""
    return _members_of(id(shape))
