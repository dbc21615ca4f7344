"""Transcribes SDMX-JSON structure messages into the elements of SDMX-ML that say the same, each with its place."""

from dataclasses import dataclass

from lxml import etree

from semstat.interop.formats.json_values import JsonObject, JsonValue, kind_of
from semstat.interop.formats.sdmx.json_arrays import ARRAYS
from semstat.interop.formats.sdmx.json_grammar import FLAGS, IDENTITIES, SHAPES, Member, Shape
from semstat.interop.formats.sdmx.json_source import JSON, KNOWN, UNKNOWN, JsonSource, raw_json, xml_text
from semstat.validators.diagnostics import Severity
from semstat.validators.rules import finding

__all__ = ["Met", "Transcriber", "scalar", "transcribe"]

_COMMON = frozenset(
    {
        "Annotations",
        "Annotation",
        "AnnotationTitle",
        "AnnotationType",
        "AnnotationURL",
        "AnnotationText",
        "AnnotationValue",
    }
    | {
        "Name",
        "Description",
        "KeyValue",
        "Value",
        "TimeRange",
        "StartPeriod",
        "EndPeriod",
        "BeforePeriod",
        "AfterPeriod",
    }
)
_SHOWN = 200
_NO_SHAPE = Shape()
_MEMBERS = frozenset({"meta", "data", "errors", "$schema"})


def transcribe(source: JsonSource, root: JsonObject, data: JsonObject) -> etree._Element:
    """Return the structure message, or the message of reference metadata, in SDMX-ML of the version of ``source``.

    Members that the grammar does not know are kept as they are, in elements of their own.

    Findings:
        IO108 (an unknown member, or an unknown array of artefacts), IO117 (a value of a wrong type), IO118.
    """
    made = Transcriber(source, _main_language(root))
    metadata = "metadataSets" in data
    message = made.top("GenericMetadata" if metadata else "Structure", root)
    if "meta" in root:
        made.top("Header", root, message)
    holds = message if metadata else made.top("Structures", data, message)
    for holder, element in ((root, message), (data, holds)):
        for rank, (name, value) in enumerate(holder.pairs):
            met = Met(element, name, value, made.place(holder, rank), holder)
            if holder is data and name in ARRAYS and (name == "metadataSets") is metadata:
                made.artefacts(met, ARRAYS[name])
            elif holder is data or name not in _MEMBERS:
                made.report_unknown(met)
    if metadata and source.version == "2.1":
        from semstat.interop.formats.sdmx.json_reported import declare_default

        declare_default(source, root, message)
    return message


def _main_language(root: JsonObject) -> str:
    """Return the language of texts that stand in one language only; empty where the message does not say."""
    meta = root.get("meta")
    listed = meta.get("contentLanguages") if isinstance(meta, JsonObject) else None
    return listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], str) else ""


def scalar(value: JsonValue) -> str:
    """Return a string, number or boolean as SDMX-ML writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True, slots=True)
class Met:
    """A member that was met: the element of the object that holds it, its name, value and place, and that object."""

    made: etree._Element
    name: str
    value: JsonValue
    place: int
    holder: JsonObject


class Transcriber:
    """Makes elements of objects, by the table of :mod:`semstat.interop.formats.sdmx.json_grammar`."""

    def __init__(self, source: JsonSource, language: str) -> None:
        from semstat.interop.formats.sdmx.json_special import SPECIAL

        assert source.document is not None
        self.source, self.text, self.language = source, source.document, language
        self._special = SPECIAL
        self._tags: dict[str, str] = {}
        self._message, self._structure, self._common = (
            f"{{{source.stem}{name}}}" for name in ("message", "structure", "common")
        )
        self._nsmap = {prefix: source.stem + name for prefix, name in (("mes", "message"), ("str", "structure"))}

    def top(self, name: str, stands_for: JsonObject, parent: etree._Element | None = None) -> etree._Element:
        """Make an element of the message itself."""
        tag = self._message + name
        made = etree.Element(tag, nsmap=self._nsmap) if parent is None else etree.SubElement(parent, tag)
        self.source.places[made] = self.text.place_of(stands_for)
        return made

    def place(self, holder: JsonObject, rank: int) -> int:
        """Return where a member stands."""
        return self.text.tokens.member(holder.number, rank)

    def new(self, parent: etree._Element, name: str, place: int, text: str | None = None) -> etree._Element:
        """Make an element below another one."""
        tag = self._tags.get(name)
        if tag is None:
            tag = self._tags[name] = (self._common if name in _COMMON else self._structure) + name
        made = etree.SubElement(parent, tag)
        self.source.places[made] = place
        if text is not None:
            made.text = xml_text(text)
        return made

    def artefacts(self, met: Met, element: str) -> None:
        """Make an element of each artefact of an array; what is no object is reported, with its content."""
        for entry in met.value if isinstance(met.value, list) else [met.value]:
            if isinstance(entry, JsonObject) and isinstance(met.value, list):
                self.object(met.made, element, entry)
                continue
            expected = "an object" if isinstance(met.value, list) else "an array"
            message = f"`{met.name}` {'has' if isinstance(met.value, list) else 'is'} {kind_of(entry)}, not {expected}"
            self.report("IO117", message, met, value=raw_json(met.name, entry)[:_SHOWN], expected=expected)

    def object(self, parent: etree._Element, name: str, value: JsonObject) -> etree._Element:
        """Make an element of an object: attributes first, so that findings about its parts can name it."""
        above = etree.QName(parent).localname
        early = SHAPES.get(f"{name}:1.0") if self.source.version == "2.1" else None
        shape = early or SHAPES.get(f"{name}:{above}") or SHAPES.get(name, _NO_SHAPE)
        made = self.new(parent, name, self.text.place_of(value))
        later: list[Met] = []
        seen: set[str] = set()
        for rank, (key, part) in enumerate(value.pairs):
            member = shape.members.get(key)
            if part is None:
                continue
            met = Met(made, key, part, self.place(value, rank), value)
            if key in seen:
                self.report("IO118", f"the name `{key}` stands more than once in an object; the first is used", met)
                self.keep(met, UNKNOWN)
            elif member is not None and member.attribute:
                self._attribute(met, member.element)
            else:
                later.append(met)
            seen.add(key)
        for met in later:
            self._member(met, shape)
        return made

    def _attribute(self, met: Met, attribute: str) -> None:
        if isinstance(met.value, JsonObject | list):
            self.wrong_type(met, "a string, number or boolean")
            return
        if met.name in FLAGS and not isinstance(met.value, bool):
            self._taken_as_text(met, "true or false")
        elif met.name in IDENTITIES and (type(met.value) is not str):
            self._taken_as_text(met, "a string")
        met.made.set(attribute, xml_text(scalar(met.value)))

    def _taken_as_text(self, met: Met, expected: str) -> None:
        """Report a value whose type is wrong, although it can be told what is meant."""
        message = f"`{met.name}` is {kind_of(met.value)}, not {expected}; `{scalar(met.value)}` is used"
        self.report("IO117", message, met, value=scalar(met.value), expected=expected, severity=Severity.WARNING)

    def _member(self, met: Met, shape: Shape) -> None:
        member = shape.members.get(met.name)
        if member is not None:
            self._children(met, member)
        elif met.name not in shape.special:
            self.unknown(met)
        elif met.name in self._special:
            self._special[met.name](self, met)
        else:
            self.keep(met, KNOWN)

    def _children(self, met: Met, member: Member) -> None:
        if isinstance(met.value, list) != member.many:
            self.wrong_type(met, "an array" if member.many else "an object or a string")
            return
        for entry in met.value if isinstance(met.value, list) else [met.value]:
            if isinstance(entry, JsonObject):
                self.object(met.made, member.element, entry)
            elif isinstance(entry, list) or entry is None:
                self.wrong_type(Met(met.made, met.name, entry, met.place, met.holder), "an object or a string")
            else:
                self.new(met.made, member.element, met.place, scalar(entry))

    def keep(self, met: Met, kind: str) -> None:
        """Keep a member as it is."""
        kept = etree.SubElement(met.made, JSON + "member", {"name": xml_text(met.name), "is": kind})
        kept.text = xml_text(raw_json(met.name, met.value))
        self.source.places[kept] = met.place

    def unknown(self, met: Met) -> None:
        """Keep a member that is not known; report it unless its name marks an extension (``x-…``), which may be there.

        Source:
            SDMX-JSON 2.1, ``specificationExtensions``.
        """
        if met.name.startswith("x-"):
            self.keep(met, KNOWN)
        else:
            self.report_unknown(met)
            self.keep(met, UNKNOWN)

    def report_unknown(self, met: Met) -> None:
        """Report a member that the standard does not know."""
        shown = raw_json(met.name, met.value)[:_SHOWN]
        self.report("IO108", f"the member `{met.name}` is not known here; it is kept as it is", met, value=shown)

    def wrong_type(self, met: Met, expected: str) -> None:
        """Report and keep a member whose value is of a wrong type."""
        message = f"`{met.name}` is {kind_of(met.value)}, not {expected}; it is kept as it is"
        self.report("IO117", message, met, expected=expected)
        self.keep(met, UNKNOWN)

    def report(
        self,
        rule: str,
        message: str,
        met: Met,
        *,
        value: str | None = None,
        expected: str | None = None,
        severity: Severity | None = None,
    ) -> None:
        """Report a finding at a member."""
        where = self.text.at(met.place, path=self.source.at(met.made).path)
        self.source.diagnostics.append(finding(rule, message, where, value=value, expected=expected, severity=severity))
