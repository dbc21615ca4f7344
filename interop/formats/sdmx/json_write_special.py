"""Elements of SDMX-ML that SDMX-JSON words otherwise: texts in languages, links, annotations, selections, mapped sides."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from semstat.interop.formats.sdmx.account import Entry
from semstat.interop.formats.sdmx.model import Text
from semstat.interop.formats.sdmx.xml_text import Element

__all__ = ["SPECIAL", "languages", "moment"]

_ZONELESS = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?")

Made = dict[str, Any]
Write = Callable[[Made, Element, Element, Entry], bool]
"""Adds to an object what a child of an element says; false when the table is to do it."""

_TEXTS: Mapping[str, tuple[str, str]] = {
    "Name": ("name", "names"),
    "Description": ("description", "descriptions"),
    "AnnotationText": ("text", "texts"),
    "Department": ("department", "departments"),
    "Role": ("role", "roles"),
    "Condition": ("condition", "conditions"),
}
_PERIODS: Mapping[str, str] = {
    "StartPeriod": "startPeriod",
    "EndPeriod": "endPeriod",
    "BeforePeriod": "beforePeriod",
    "AfterPeriod": "afterPeriod",
}
_SIDES: Mapping[str, tuple[str, str]] = {
    "SourceCodelist": ("source", "codelist"),
    "SourceDataType": ("source", "dataType"),
    "TargetCodelist": ("target", "codelist"),
    "TargetDataType": ("target", "dataType"),
}


def moment(text: str, entry: Entry) -> str:
    """Return a moment in the form of JSON Schema, which has a time zone."""
    if not _ZONELESS.fullmatch(text):
        return text
    entry.lose("IO209", f"the moment `{text}` of no known time zone is written as one of UTC", value=text)
    return f"{text}Z"


def languages(one: str, all_: str, texts: Iterable[Text]) -> Made:
    """Return the members that hold a text: in the first language, English before others, and in all.

    Example:
        >>> languages("name", "names", [Text("Sexe", "fr"), Text("Sex", "en")])
        {'name': 'Sex', 'names': {'fr': 'Sexe', 'en': 'Sex'}}
    """
    held = {text.language or "und": text.value for text in texts}
    if not held:
        return {}
    return {one: held.get("en", next(iter(held.values()))), all_: held}


def _text(made: Made, child: Element, above: Element, entry: Entry) -> bool:
    one, all_ = _TEXTS[child.local]
    language = dict(child.attributes).get("xml:lang", "en")
    texts = made.setdefault(all_, {})
    if language in texts:
        message = f"a second text of {above.local} in `{language}` cannot be said in SDMX-JSON"
        entry.lose("IO209", message, value=child.text)
        return True
    texts[language] = child.text
    if one not in made or language == "en":
        made[one] = child.text
    return True


def _annotations(made: Made, child: Element, _above: Element, entry: Entry) -> bool:
    from semstat.interop.formats.sdmx.json_write import transcribed

    made["annotations"] = [transcribed(part, "Annotations", entry) for part in child.children]
    return True


def _address(made: Made, child: Element, _above: Element, _entry: Entry) -> bool:
    language = dict(child.attributes).get("xml:lang")
    link = {"rel": "alternate", "href": child.text}
    if language is not None:
        link["hreflang"] = language
    made.setdefault("links", []).append(link)
    return True


def _link(made: Made, child: Element, above: Element, entry: Entry) -> bool:
    link = {"href" if key == "url" else key: value for key, value in child.attributes if value or key != "urn"}
    if len(link) < len(child.attributes):
        entry.lose("IO202", f"the empty URN of a link of {above.local} cannot be said in SDMX-JSON")
    made.setdefault("links", []).append(link)
    return True


def _attribute(made: Made, child: Element, above: Element, entry: Entry) -> bool:
    from semstat.interop.formats.sdmx.json_write import transcribed

    if above.local != "AttributeList":
        return False
    made.setdefault("attributes", []).append(transcribed(child, above.local, entry))
    return True


def _dimension(made: Made, child: Element, above: Element, _entry: Entry) -> bool:
    if above.local != "AttributeRelationship":
        return False
    made.setdefault("dimensions", []).append(child.text)
    flags = [dict(part.attributes).get("optional") == "true" for part in above.children if part.local == "Dimension"]
    if any(flags):
        made["areDimensionsOptional"] = flags
    return True


def _texts_of(name: str) -> Write:
    """Return a writer of elements that only group others: the texts of these are an array."""

    def write(made: Made, child: Element, _above: Element, _entry: Entry) -> bool:
        made.setdefault(name, []).extend(part.text for part in child.children)
        return True

    return write


def _value(made: Made, child: Element, above: Element, _entry: Entry) -> bool:
    if above.local not in ("KeyValue", "Component", "Attribute", "InclusiveCodeSelection", "ExclusiveCodeSelection"):
        return False
    stated = {("lang" if key == "xml:lang" else key): text for key, text in child.attributes}
    if child.local == "MemberValue":
        made.setdefault("memberValues", []).append(_cascading({"value": child.text, **stated}))
    else:
        made.setdefault("values", []).append(_cascading({"value": child.text, **stated}))
    return True


def _cascading(value: Made) -> Made:
    if value.get("cascadeValues") in ("true", "1", "false", "0"):
        value["cascadeValues"] = value["cascadeValues"] in ("true", "1")
    return value


def _period(made: Made, child: Element, _above: Element, entry: Entry) -> bool:
    within = dict(child.attributes).get("isInclusive")
    period: Made = {"period": moment(child.text, entry)}
    if within is not None:
        period["isInclusive"] = within == "true"
    made[_PERIODS[child.local]] = period
    return True


def _side(made: Made, child: Element, _above: Element, _entry: Entry) -> bool:
    side, kind = _SIDES[child.local]
    if kind == "codelist" and ".ValueList=" in child.text:
        kind = "valuelist"
    made.setdefault(side, []).append({kind: child.text})
    return True


def _mapped(made: Made, child: Element, above: Element, _entry: Entry) -> bool:
    """Components of a map of dates: the sources and targets, pair by pair."""
    if above.local not in ("EpochMap", "DatePatternMap"):
        return False
    name = child.local.lower()
    pairs = made.setdefault("mappedComponents", [])
    waiting = next((pair for pair in pairs if name not in pair), None)
    if waiting is None:
        pairs.append({name: child.text})
    else:
        waiting[name] = child.text
    return True


SPECIAL: Mapping[str, Write] = {
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys(_PERIODS, _period),
    **dict.fromkeys(_SIDES, _side),
    "Annotations": _annotations,
    "AnnotationURL": _address,
    "Link": _link,
    "Attribute": _attribute,
    "Dimension": _dimension,
    "GroupDimension": _texts_of("groupDimensions"),
    "MeasureRelationship": _texts_of("measureRelationship"),
    "DimensionConstraint": _texts_of("dimensionConstraint"),
    "MemberValue": _value,
    "Value": _value,
    "Source": _mapped,
    "Target": _mapped,
}
"""How elements that have a way of their own are transcribed, by their names."""
