"""What a schema processor says, as one plain sentence: short names instead of namespaces, values in backticks."""

import re
from dataclasses import dataclass

__all__ = ["Saying", "of_json", "of_libxml2"]

_HEAD = re.compile(r"Element '(?P<element>[^']*)'(?:, attribute '(?P<attribute>[^']*)')?: (?P<rest>.*)", re.DOTALL)
_FACET = re.compile(r"\[facet '\w+'\] ")
_EXPECTED = re.compile(r" Expected is (?:one of )?\( ?(?P<names>.*?) ?\)\.?$", re.DOTALL)
_NAMESPACE = re.compile(r"\{[a-z]+:[^}']*\}")
_SET = re.compile(r" is not an element of the set \{(?P<names>[^}]*)\}\.?$")
_QUOTED = re.compile(r"'([^']*)'")
_DAY = re.compile(r"'(\d{4}-D0[1-9]0)'")
_PARENT = re.compile(r"Element 'Parent': .*'([A-Za-z0-9_@$-]+)' is not (?:accepted by the pattern|a valid value)")
_SHOWN = 12
_LONGEST = 200

_CANNOT = (
    "The type definition is abstract",
    "does not resolve to a type definition",
    "demanded by the strict wildcard",
)
"""What libxml2 says where the schema of a structure, or that of XHTML, is wanted and no such schema is there."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One message of a processor: what it says, what it expects, and whether the schema is able to judge at all.

    ``is_defect`` marks a value that the schema refuses although the standard admits it.
    """

    text: str
    expected: str | None = None
    value: str | None = None
    is_beyond: bool = False
    is_defect: bool = False


def of_libxml2(message: str, path: str = "") -> Saying:
    """Return a message of libxml2 on validity as a saying; ``path`` leads to the element that it is about.

    Example:
        >>> said = of_libxml2("Element '{urn:x}Bee': This element is not expected. Expected is one of ( {urn:x}Ant, Cat ).")
        >>> said.text, said.expected
        ('the element `Bee` is not expected here', 'one of `Ant`, `Cat`')
    """
    plain = _NAMESPACE.sub("", message).strip()
    defect = _defect(plain, path)
    if defect is not None:
        return defect
    head = _HEAD.match(plain)
    if head is None:
        return Saying(_short(_lowered(_marked(plain))))
    expected = _EXPECTED.search(head["rest"]) or _SET.search(head["rest"])
    rest = _FACET.sub("", _SET.sub(" is not one of those allowed", _EXPECTED.sub("", head["rest"])))
    return Saying(
        _short(_said(head["element"], head["attribute"], rest)),
        expected=_names(expected["names"]) if expected else None,
        is_beyond=any(sign in plain for sign in _CANNOT),
    )


def _defect(plain: str, path: str) -> Saying | None:
    """Return what is said of a value that the schema refuses by a fault of its own, ``None`` for any other message.

    Source:
        SDMX 2.1, 3.0 and 3.1, SDMXCommon.xsd, pattern of the reporting day; SDMX 3.0.0, SDMXStructureCodelist.xsd, type of
        ``Parent``, corrected in 3.0.1.
    """
    day = _DAY.search(plain)
    if day is not None and ("pattern" in plain or "not a valid value" in plain):
        text = f"the schema's pattern refuses the reporting day `{day[1]}`, which the standard admits"
        return Saying(text, value=day[1], is_defect=True)
    parent = _PARENT.match(plain)
    if parent is not None and re.search(r"Code(\[\d+\])?/[^/]*Parent$", path):
        text = f"the schema of SDMX 3.0.0 refuses the parent `{parent[1]}`, a code that 3.0.1 admits"
        return Saying(text, value=parent[1], is_defect=True)
    return None


def _said(element: str, attribute: str | None, rest: str) -> str:
    rest = rest.strip().removesuffix(".")
    where = f"the element `{element}`"
    if rest == "This element is not expected":
        return f"{where} is not expected here"
    if rest == "Missing child element(s)":
        return f"{where} lacks an element within it"
    if attribute is not None:
        where = f"the attribute `{attribute}` of {where}"
    refused = re.fullmatch(r"The attribute '([^']*)' is (.*)", rest, re.DOTALL)
    if refused is not None:
        return f"the attribute `{refused[1]}` of the element `{element}` is {refused[2]}"
    return f"{where}: {_lowered(_marked(rest))}"


def _marked(text: str) -> str:
    return _QUOTED.sub(r"`\1`", text)


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _names(listed: str) -> str:
    bare = (name.strip().strip("'") for name in listed.split(","))
    names = [f"`{name}`" for name in dict.fromkeys(bare)]
    shown = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    return shown if len(names) == 1 else f"one of {shown}"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"


_JSON = {
    "additionalProperties": "holds a property that is not allowed",
    "anyOf": "fits none of the forms that are allowed",
    "const": "is not the one value that is allowed",
    "enum": "is none of the values that are allowed",
    "maxItems": "holds too many members",
    "maxLength": "is too long",
    "minItems": "holds too few members",
    "minLength": "is too short",
    "oneOf": "fits none, or more than one, of the forms that are allowed",
    "pattern": "does not have the form that is required",
    "required": "lacks a property that is required",
    "type": "is of the wrong type",
    "uniqueItems": "holds the same member twice",
}


def of_json(keyword: str, message: str, where: str, value: object, allowed: object) -> Saying:
    """Return a fault that a JSON Schema finds as a saying.

    Args:
        keyword: The keyword of the schema that is not fulfilled.
        message: What the processor says.
        where: The place, as people write it.
        value: What stands there.
        allowed: What the keyword says.

    Example:
        >>> of_json("type", "'x' is not of type 'boolean'", "data.isPartial", "x", "boolean").text
        'data.isPartial is of the wrong type: `x`'
    """
    if keyword in {"required", "additionalProperties"}:
        names = ", ".join(f"`{name}`" for name in _QUOTED.findall(message))
        return Saying(_short(f"{where} {_JSON[keyword]}: {names}"))
    if keyword == "format":
        return Saying(_short(f"{where} is not a {allowed}: `{value}`"), value=str(value))
    scalar = isinstance(value, str | int | float | bool) or value is None
    shown = f": `{value}`" if scalar else ""
    expected = _allowed(keyword, allowed)
    said = _JSON.get(keyword, f"does not fulfil `{keyword}`")
    return Saying(_short(f"{where} {said}{shown}"), expected, str(value) if scalar else None)


def _allowed(keyword: str, allowed: object) -> str | None:
    if keyword == "enum" and isinstance(allowed, list):
        return _names(", ".join(str(item) for item in allowed))
    if keyword in {"type", "const", "pattern"}:
        return _short(f"`{allowed}`")
    return None
