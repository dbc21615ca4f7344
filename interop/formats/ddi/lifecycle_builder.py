"""Reading one element by the table of its kind: its fields, its parts, its references, and what is kept raw."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree
from rdflib import URIRef

from semstat.interop.formats.ddi.lifecycle_demanded import said_anyway
from semstat.interop.formats.ddi.lifecycle_elements import (
    depth_of,
    integer,
    is_identified,
    is_pointer,
    placed,
    pointer_of,
    says_identified,
    text_of,
    truth,
    words_of,
)
from semstat.interop.formats.ddi.lifecycle_identity import name_from
from semstat.interop.formats.ddi.lifecycle_kinds import Kind, Node, Rule, places
from semstat.interop.formats.ddi.lifecycle_kinds_all import KINDS, kind_of
from semstat.interop.formats.ddi.lifecycle_model import Field, Identity, Piece, Pointer, Value
from semstat.interop.formats.ddi.lifecycle_names import Name, name_of
from semstat.interop.formats.ddi.lifecycle_reading import Reading
from semstat.interop.formats.kept_xml import standing_alone
from semstat.ontology.ddi_iri import DdiName
from semstat.ontology.iri import part_of
from semstat.ontology.terms_study import SSD

__all__ = ["Builder"]

_IDENTITY = {"URN": "urn", "Agency": "agency", "ID": "id", "Version": "version"}
_SILENT = ("{http://www.w3.org/2001/XMLSchema-instance}", "{http://www.w3.org/XML/1998/namespace}")


@dataclass(slots=True)
class Builder:
    """One element while it is read; ``settle`` gives it its IRI, ``finish`` makes the piece.

    ``streams`` is set for packages and schemes, which hand over what they hold instead of keeping it.
    """

    reading: Reading
    name: Name
    kind: Kind
    line: int | None
    above: "Builder | None"
    word: str
    stated: dict[str, str] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)
    loose: list[Pointer | Piece] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    bracketed: "dict[str, Builder]" = field(default_factory=dict)
    streams: bool = False
    marked: bool = False
    iri: URIRef | None = None
    own: DdiName | None = None
    number: int = 0

    @classmethod
    def of(
        cls,
        reading: Reading,
        element: etree._Element,
        above: "Builder | None",
        kind: Kind | None = None,
        word: str = "",
    ) -> "Builder":
        """Return a builder for an element, its attributes read."""
        name = name_of(element.tag)
        made = cls(reading, name, kind or kind_of(name.local), reading.lines.get(element), above, word or name.local)
        made.marked = says_identified(element)
        made._attributes(element, places(made.kind), "")
        if "scopeOfUniqueness" in element.attrib:
            made.stated["scope"] = str(element.attrib["scopeOfUniqueness"])
        return made

    @property
    def study(self) -> URIRef | None:
        """The study that this is, or stands in."""
        outer = self.above.study if self.above is not None else None
        return self.settle() if SSD.StudyUnit in self.kind.types else outer

    def property_to(self, piece: Piece) -> URIRef:
        """Return the property that leads to what stands in this."""
        return self.kind.holds.get(piece.element.rpartition(":")[2], SSD.holds)

    def take_all(self, element: etree._Element) -> None:
        """Read all children, and the element's own text where the kind has one."""
        if self.kind.pointer is not None:
            self.settle()
            self._refer(element, self.kind.pointer, "")
        if self.kind.content is not None:
            self.fields.append(Field("", self.kind.content, text_of(element)))
        for child in element.iterchildren("*"):
            self.take(child)

    def take(self, child: etree._Element) -> None:
        """Read one child."""
        name = name_of(child.tag)
        if name.prefix == "r" and name.local in _IDENTITY and (self.iri is None or self.kind.pointer is not None):
            self.stated.setdefault(_IDENTITY[name.local], (child.text or "").strip())
            return
        if self.kind.pointer is not None and name.local in ("TypeOfObject", "MaintainableObject"):
            return
        self.settle()
        self._child(child, places(self.kind), "")

    def given_up(self) -> list[Piece]:
        """Return, and forget, what a package or scheme holds."""
        given = [item for item in self.loose if isinstance(item, Piece)]
        self.loose = [item for item in self.loose if not isinstance(item, Piece)]
        return given

    def finish(self) -> Piece:
        """Return the piece."""
        iri = self.settle()
        for path, builder in self.bracketed.items():
            rule = next(one for one in self.kind.fields.values() if one.how == "inside" and one.step == path)
            self.fields.append(Field(path, Rule("part", rule.predicates), builder.finish()))
        return Piece(
            self.name.full, self.kind, self.line, iri, self.number, self._identity(), self.own,
            tuple(self.fields), tuple(self.loose), tuple(self.unread),
        )  # fmt: skip

    def settle(self) -> URIRef:
        """Return the IRI, which is fixed as soon as anything but the identity is met."""
        if self.iri is not None:
            return self.iri
        if self.above is not None:
            self.above.counts[self.word] += 1
            self.number = self.above.counts[self.word]
        identity = self._identity()
        if (not identity.is_empty and self.kind.pointer is None) or self._must_have_identity():
            self.reading.check(identity, self.kind.level, self.name.full, self.line)
            self.own = name_from(identity, self._maintained())
        if self.own is not None and self.reading.claim(self.own, self.name.local, self.line):
            self.iri = self.own.iri
            return self.iri
        self.own, around = None, self.above.settle() if self.above is not None else self.reading.document
        self.iri = part_of(around, self.word, self.number) if self.number else part_of(around, self.word)
        return self.iri

    def _must_have_identity(self) -> bool:
        local = self.name.local
        return self.kind.level != "part" and (local in KINDS or local.endswith("Scheme") or self.marked)

    def _identity(self) -> Identity:
        return Identity(*(self.stated.get(key) for key in ("urn", "agency", "id", "version", "scope")))

    def _named(self) -> Iterator["Builder"]:
        """Yield this and what is around it, from within outwards, as far as it has a name."""
        if self.own is not None:
            yield self
        yield from self.above._named() if self.above is not None else ()

    def _maintained(self) -> DdiName | None:
        """The name of the artefact around that has one, the nearest maintainable one first."""
        return next((one.own for one in sorted(self._named(), key=lambda one: one.kind.level != "maintainable")), None)

    def _child(self, child: etree._Element, around: Node, path: str) -> None:
        if not isinstance(child.tag, str):
            return
        name = name_of(child.tag)
        node = around.below.get(name.key)
        if node is None:
            self._unknown(child, name, depth_of(path) + 1)
        elif node.rule is None:
            self._attributes(child, node, f"{path}{name.key}/")
            for below in child:
                self._child(below, node, f"{path}{name.key}/")
        else:
            self._ruled(child, node, node.rule, f"{path}{name.key}")

    def _ruled(self, child: etree._Element, node: Node, rule: Rule, path: str) -> None:
        match rule.how:
            case "part":
                self.fields.append(Field(path, rule, self._part(child, rule.part_kind, rule.step)))
            case "inside":
                self._bracket(rule)._ruled(child, node, rule.inner or rule, path)
            case "refers" | "step":
                self._refer(child, rule, path)
            case _:
                self._value(child, rule, path)
                self._attributes(child, node, f"{path}/")

    def _bracket(self, rule: Rule) -> "Builder":
        if rule.step not in self.bracketed:
            kind = rule.part_kind or Kind()
            made = Builder(self.reading, self.name, kind, self.line, self, rule.step)
            made.settle()
            self.bracketed[rule.step] = made
        return self.bracketed[rule.step]

    def _part(self, child: etree._Element, kind: Kind | None, word: str) -> Piece:
        builder = Builder.of(self.reading, child, self, kind, word)
        builder.take_all(child)
        return builder.finish()

    def _refer(self, child: etree._Element, rule: Rule, path: str) -> None:
        if not is_pointer(child):
            self._keep(child, name_of(child.tag), depth_of(path))
            return
        pointer = pointer_of(child, self.reading.lines.get(child))
        own = self.kind.pointer is not None  # what more the reference that is this thing says are fields of it
        self.fields.append(Field(path, rule, replace(pointer, unread=()) if own else pointer))
        if not own:
            self._harvest(child)

    def _value(self, child: etree._Element, rule: Rule, path: str) -> None:
        value: Value | None
        match rule.how:
            case "token":
                written = (child.text or "").strip()
                value = rule.words.get(written, written)
            case "number" | "flag":
                value = integer(child.text) if rule.how == "number" else truth(child.text)
            case "dynamic":
                self._dynamic(child, rule, path)
                return
            case "skip":
                return
            case _:
                value = text_of(child)
        if value is None:
            self._not_a(rule, child, child.text or "", path)
            return
        self.fields.append(Field(path, rule, value))
        if next(child.iterchildren("*"), None) is not None:
            self._keep(child, name_of(next(child.iterchildren("*")).tag), depth_of(path))

    def _not_a(self, rule: Rule, element: etree._Element, value: str, path: str) -> None:
        what, name = "a whole number" if rule.how == "number" else "true or false", name_of(element.tag).full
        message = f"`{value}` in `{name}` is not {what}; it is kept as it is"
        self.reading.report("IO108", message, self.reading.lines.get(element, self.line), value=value)
        self.unread.append(standing_alone(element) if "@" in path else placed(element, depth_of(path)))

    def _dynamic(self, child: etree._Element, rule: Rule, path: str) -> None:
        found, whole = words_of(child)
        self.fields.extend(Field(path, rule, text) for text in found)
        if not whole:
            self._keep(child, Name("d", "ConditionalText", "3.3"), depth_of(path))
            self._harvest(child)

    def _attributes(self, element: etree._Element, node: Node, path: str) -> None:
        odd = False
        for key, text in ((str(one), str(two)) for one, two in element.attrib.items()):
            known = node.below.get(f"@{key}")
            if known is not None and known.rule is not None:
                self._attribute(element, known.rule, f"{path}@{key}", text)
            elif not key.startswith(_SILENT) and key != "typeOfIdentifier":
                odd = True
        if odd:
            self.unread.append(placed(element, depth_of(path), whole=False))
            line = self.reading.lines.get(element, self.line)
            self.reading.note_attributes(name_of(element.tag), self.name.full, line)

    def _attribute(self, element: etree._Element, rule: Rule, path: str, text: str) -> None:
        value: Value | None = text.strip()
        if rule.how == "skip":
            return
        if rule.how in ("number", "flag"):
            value = integer(text) if rule.how == "number" else truth(text)
        if value is None:
            self._not_a(rule, etree.Element(element.tag, {path.rpartition("@")[2]: text}), text, path)
        else:
            self.fields.append(Field(path, rule, value))

    def _unknown(self, child: etree._Element, name: Name, depth: int) -> None:
        named = next(self._named(), self)
        anyway = named.own is not None and said_anyway(child, named.own, named.name.local)
        if not anyway and not self._taken_up(child, known=self.streams and name.local in KINDS):
            self._keep(child, name, depth)
            self._harvest(child)

    def _taken_up(self, child: etree._Element, *, known: bool = False) -> bool:
        """Take up a reference or an identified thing that no field names, and return whether it is one."""
        if is_pointer(child):
            self.loose.append(pointer_of(child, self.reading.lines.get(child)))
            self._harvest(child)
            return True
        if known or is_identified(child):
            self.loose.append(self._part(child, None, ""))
            return True
        return False

    def _keep(self, child: etree._Element, name: Name, depth: int) -> None:
        self.unread.append(placed(child, depth))
        self.reading.note_unread(name, self.name.full, self.reading.lines.get(child, self.line))

    def _harvest(self, element: etree._Element) -> None:
        """Take up the references and identified things within what is kept raw: nothing stays unresolved unnoticed."""
        for child in element.iterchildren("*"):
            if not self._taken_up(child):
                self._harvest(child)
