"""Elements read by table: which field of a frozen value each child and attribute fills, and how it is read.

A form describes one kind of element. What a form does not name is unknown, reported and kept, as everywhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, cast

from lxml import etree

from semstat.interop.formats.sdmx.model import Artefact, Facts
from semstat.interop.formats.sdmx.parse_identity import maintainable_grammar, read_identity, read_maintainable
from semstat.interop.formats.sdmx.parse_representations import read_representation
from semstat.interop.formats.sdmx.references import local_reference, parent_id, reference
from semstat.interop.formats.sdmx.source import Gathered, Source, raw_xml
from semstat.interop.formats.sdmx.vocabulary import ARTEFACTS, Grammar

__all__ = [
    "Child",
    "Form",
    "Read",
    "any_reference",
    "group",
    "identifier",
    "international",
    "local",
    "part",
    "read_artefact",
    "read_fields",
    "read_part",
    "refers",
    "representation",
    "text",
    "token",
    "words",
]

Kind = Literal["plain", "annotable", "identifiable", "nameable"]
Read = Callable[[Source, etree._Element, list[str]], object | None]
"""How one child is read: its value, or ``None`` for what is then kept raw; the list takes what is left over."""


@dataclass(frozen=True, slots=True)
class Child:
    """One element within a form: its name, the field that it fills, how, and whether the field holds several."""

    element: str
    field: str
    read: Read
    many: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One kind of element.

    ``build`` makes the value. ``texts`` and ``flags`` map attributes to fields. ``content`` is the field of the
    element's own text. ``cls`` is the class in a URN, where parts of this kind have one; ``fixed`` holds fields with a
    value that the kind of element gives; ``default_id`` finds the id of an element that states none.
    """

    build: Callable[..., object]
    children: tuple[Child, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, str] = field(default_factory=dict)
    kind: Kind = "plain"
    content: str | None = None
    cls: str | None = None
    fixed: Mapping[str, object] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    default_id: Callable[[Source, etree._Element], str] | None = None

    @property
    def identified(self) -> bool:
        """Whether elements of this kind have an id."""
        return self.kind in ("identifiable", "nameable")

    @property
    def parts(self) -> frozenset[str]:
        """The names of the children."""
        return frozenset(child.element for child in self.children)

    @property
    def attributes(self) -> frozenset[str]:
        """The names of the attributes that fill fields."""
        return frozenset({*self.texts, *self.flags})


_BARE = Grammar()


@cache
def _grammar(form: Form) -> Grammar:
    identity = {"id", "urn", "uri"} if form.identified else set()
    return Grammar(
        parts=form.parts,
        kept=form.kept,
        attributes=form.attributes | identity,
        named=form.kind == "nameable",
        annotable=form.kind != "plain",
        linked=form.identified,
    )


@cache
def _children(form: Form) -> dict[str, Child]:
    return {child.element: child for child in form.children}


def words(names: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(names.split())


def text(source: Source, element: etree._Element, unread: list[str]) -> str:
    """Return the text of an element exactly as written."""
    if len(element) or element.attrib:
        unread.extend(source.gather(element, _BARE).unread)
    return element.text or ""


def token(source: Source, element: etree._Element, unread: list[str]) -> str:
    """Return the text of an element without the white space around it."""
    return text(source, element, unread).strip()


def identifier(source: Source, element: etree._Element, unread: list[str]) -> str | None:
    """Return the id that an element states as text, by a 2.1 ``Ref`` or by the last part of a URN."""
    found = parent_id(source, element)
    if found is None:
        source.report("IO108", f"`{etree.QName(element).localname}` names nothing; it is kept as it is", element)
    return found


def international(source: Source, element: etree._Element, unread: list[str]) -> object:
    """Return a text with its language."""
    return source.text(element)


def representation(source: Source, element: etree._Element, unread: list[str]) -> object:
    """Return a representation."""
    return read_representation(source, element, unread)


def local(source: Source, element: etree._Element, unread: list[str]) -> object | None:
    """Return a reference to a part of the same artefact."""
    return local_reference(source, element)


def refers(cls: str) -> Read:
    """Return a reader of references to artefacts of a class, which the reference itself may narrow."""

    def read(source: Source, element: etree._Element, unread: list[str]) -> object | None:
        return reference(source, element, cls)

    return read


any_reference = refers("")
"""The reader of references to artefacts of any class; the reference has to say which."""


def part(form: Form | Callable[[], Form]) -> Read:
    """Return a reader of parts of a form; a form that holds itself is given as a function that returns it."""

    def read(source: Source, element: etree._Element, unread: list[str]) -> object | None:
        return read_part(source, element, form if isinstance(form, Form) else form())

    return read


def group(form: Form | Callable[[], Form]) -> Read:
    """Return a reader of elements that only group: the fields of what they hold; what is left over goes outwards."""

    def read(source: Source, element: etree._Element, unread: list[str]) -> object | None:
        one = form if isinstance(form, Form) else form()
        found = source.gather(element, _grammar(one))
        fields = read_fields(source, element, one, found)
        unread.extend(found.unread)
        return fields

    return read


def _own_id(source: Source, element: etree._Element, form: Form) -> str:
    if not form.identified:
        return ""
    stated = element.get("id", "")
    return stated or (form.default_id(source, element) if form.default_id is not None else "")


def _short_path(source: Source, element: etree._Element) -> list[str]:
    """Return the path of a level without the levels that it lies in, which registries leave out of its URN.

    The standard gives the URN of a level its id, and says nothing of levels within levels.
    """
    around = sum(1 for _ in element.iterancestors(element.tag))
    return [*source.path[: -1 - around], source.path[-1]]


def read_part(source: Source, element: etree._Element, form: Form) -> object:
    """Return the value of an element by its form.

    Findings:
        ``DSD002`` when the ``urn`` of a part is not that of its place; ``IO108`` for unknown content.
    """
    found = source.gather(element, _grammar(form))
    own = _own_id(source, element, form)
    if own:
        source.path.append(own)
    if own and form.cls is not None and source.scope is not None:
        place = source.scope.of_item(form.cls, ".".join(source.path))
        short = source.scope.of_item(form.cls, ".".join(_short_path(source, element))) if form.cls == "Level" else None
        source.check_urn(element, place, other=short)
    values = read_fields(source, element, form, found)
    if own:
        source.path.pop()
    line = source.line(element)
    if form.identified:
        values["facts"] = found.facts(own, line)
    else:
        values |= {"line": line, "unread": tuple(found.unread)}
    if form.kind == "annotable":
        values["annotations"] = tuple(found.annotations)
    return form.build(**values)


def read_fields(source: Source, element: etree._Element, form: Form, found: Gathered) -> dict[str, object]:
    """Return the fields that a form names; ``found`` is the sorted content of the element and takes what is left over.

    Findings:
        ``DSD003`` for a part whose id an earlier one of the same kind has (kept raw).
    """
    known = _children(form)
    seen: set[tuple[str, type, str]] = set()
    single: dict[str, object] = dict(form.fixed)
    several: dict[str, list[object]] = {child.field: [] for child in form.children if child.many}
    for name, element_of in found.parts:
        child = known.get(name)
        if child is None:  # it belongs to the caller
            continue
        if not child.many and child.field in single:
            source.keep(element_of, found.unread)
            continue
        value = child.read(source, element_of, found.unread)
        if value is None or _repeats(source, element_of, child.field, value, seen):
            found.unread.append(raw_xml(element_of))
        elif child.many:
            several[child.field].append(value)
        else:
            single[child.field] = value
    return single | _attributes(source, element, form, found) | {name: tuple(held) for name, held in several.items()}


def _attributes(source: Source, element: etree._Element, form: Form, found: Gathered) -> dict[str, object]:
    values: dict[str, object] = {name: element.get(key) for key, name in form.texts.items()}
    values |= {name: source.flag(element, key, found.unread) for key, name in form.flags.items()}
    if form.content is not None:
        values[form.content] = element.text or ""
    return values


def _repeats(
    source: Source, element: etree._Element, where: str, value: object, seen: set[tuple[str, type, str]]
) -> bool:
    facts = getattr(value, "facts", None)
    if not isinstance(facts, Facts) or not facts.id:
        return False
    key = (where, type(value), facts.id)
    if key not in seen:
        seen.add(key)
        return False
    name = etree.QName(element).localname
    message = f"the {name} `{facts.id}` stands more than once in one place; the first one is used"
    source.report("DSD003", message, element, value=facts.id)
    return True


def read_artefact(form: Form) -> Callable[[Source, etree._Element], Artefact | None]:
    """Return a reader of maintainable artefacts by their form; it returns ``None`` for one without identity."""

    def read(source: Source, element: etree._Element) -> Artefact | None:
        name = read_identity(source, element)
        if name is None:
            return None
        known = ARTEFACTS[etree.QName(element).localname]
        found = source.gather(element, maintainable_grammar(known, parts=form.parts, attributes=form.attributes))
        source.scope = name
        source.path.clear()
        values = read_fields(source, element, form, found)
        source.scope = None
        head = read_maintainable(source, element, name, found)
        return cast(Artefact, form.build(head=head, **values))

    return read
