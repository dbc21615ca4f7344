"""Schemes of items in SDMX-ML: codelists with their extensions, concept schemes, organisations, categories, VTL."""

from dataclasses import dataclass, field, replace
from typing import cast

from lxml import etree

from semstat.interop.formats.sdmx.forms import Form, read_fields
from semstat.interop.formats.sdmx.forms_items import ITEM_FORMS, SCHEME_FORMS
from semstat.interop.formats.sdmx.model import Extension, Item, ItemScheme, Selection
from semstat.interop.formats.sdmx.model_contents import ItemContent, SchemeContent
from semstat.interop.formats.sdmx.parse_identity import maintainable_grammar, read_identity, read_maintainable
from semstat.interop.formats.sdmx.parse_representations import read_representation
from semstat.interop.formats.sdmx.references import parent_id, reference
from semstat.interop.formats.sdmx.source import Gathered, Source, raw_xml
from semstat.interop.formats.sdmx.vocabulary import ARTEFACTS, Grammar, ItemClass
from semstat.ontology.iri import SdmxName, parse_urn

__all__ = ["read_item_scheme"]

_EXTENSION = Grammar(
    parts=frozenset({"Codelist", "InclusiveCodeSelection", "ExclusiveCodeSelection"}), attributes=frozenset({"prefix"})
)
_SELECTION = Grammar(parts=frozenset({"MemberValue"}))
_NOTHING = Form(dict)
"""The form of items and schemes that say nothing beyond the common facts."""


def read_item_scheme(source: Source, element: etree._Element) -> ItemScheme | None:
    """Return a scheme and its items in document order; ``None`` when the scheme has no identity.

    Findings:
        ``DSD003`` for an item whose id the scheme has already (kept raw on the scheme); ``DSD002``, ``IO108``.

    Source:
        SDMX 3.0, Section 2 (Information Model), 4.2 *Item Scheme*; SDMXStructureBase.xsd, ``ItemSchemeType``.
    """
    name = read_identity(source, element)
    if name is None:
        return None
    local_name = etree.QName(element).localname
    known, form = ARTEFACTS[local_name], SCHEME_FORMS.get(local_name, _NOTHING)
    parts = form.parts | frozenset(known.items)
    if known.cls == "Codelist":
        parts |= {"CodelistExtension"}
    found = source.gather(element, maintainable_grammar(known, parts=parts, attributes=form.attributes))
    extensions = [_extension(source, part, found) for part in found.all("CodelistExtension")]
    members = _Members(source, name, parse_urn(element.get("urn", "")), found)
    kinds = {local: _kind(local, item) for local, item in known.items.items()}
    for local, part in found.parts:
        if local in kinds:
            members.read(part, kinds[local])
    content = _content(source, element, form, found)
    head = read_maintainable(source, element, name, found)
    item_class = next(iter(known.items.values())).cls
    taken = tuple(extension for extension in extensions if extension is not None)
    return ItemScheme(head, item_class, tuple(members.items.values()), taken, cast(SchemeContent | None, content))


@dataclass(frozen=True, slots=True)
class _Kind:
    """One class of items: the name of its element, its class in a URN, and what it may hold."""

    element: str
    cls: str
    form: Form
    grammar: Grammar


def _kind(element: str, known: ItemClass) -> _Kind:
    form, own = ITEM_FORMS.get(element, _NOTHING), known.grammar
    grammar = replace(own, parts=own.parts | form.parts, attributes=own.attributes | form.attributes)
    return _Kind(element, known.cls, form, grammar)


def _content(source: Source, element: etree._Element, form: Form, found: Gathered) -> object | None:
    """Return what a form says of an element beyond the common facts, ``None`` when it says nothing."""
    if form is _NOTHING:
        return None
    fields = read_fields(source, element, form, found)
    return form.build(**fields) if any(value not in (None, ()) for value in fields.values()) else None


@dataclass(slots=True)
class _Members:
    """The items of one scheme while they are read, by path; what cannot be an item is kept raw on the scheme."""

    source: Source
    scheme: SdmxName
    stated: SdmxName | None
    outer: Gathered
    items: dict[str, Item] = field(default_factory=dict)

    def read(self, element: etree._Element, kind: _Kind, *, above: str | None = None) -> None:
        """Read one item and those nested in it."""
        identifier = element.get("id")
        path = f"{above}.{identifier}" if above is not None else identifier
        if not identifier or path is None:
            self._refuse(element, "IO108", f"a {kind.cls} of `{self.scheme.short}` has no `id`; it is kept as it is")
        elif path in self.items:
            message = f"the {kind.cls} `{path}` stands more than once in `{self.scheme.short}`; the first one is used"
            self._refuse(element, "DSD003", message, value=path)
        else:
            self._read(element, kind, path, above)

    def _read(self, element: etree._Element, kind: _Kind, path: str, above: str | None) -> None:
        source = self.source
        cls = _vtl_class(source, element) if kind.cls == "VtlMapping" else kind.cls
        if element.get("urn") is not None:
            source.check_urn(element, self.scheme.of_item(cls, path), above=self.stated)
        found = source.gather(element, kind.grammar)
        parent, representation, nested = above, None, []
        for local, part in found.parts:
            if local == "Parent":
                parent = parent_id(source, part) or parent
            elif local == "CoreRepresentation":
                representation = read_representation(source, part, found.unread)
            elif local == kind.element:
                nested.append(part)
        content = _content(source, element, kind.form, found)
        facts = found.facts(element.get("id", ""), source.line(element))
        self.items[path] = Item(path, cls, facts, parent, representation, cast(ItemContent | None, content))
        for part in nested:
            self.read(part, kind, above=path)

    def _refuse(self, element: etree._Element, rule: str, message: str, *, value: str | None = None) -> None:
        self.source.report(rule, message, element, value=value)
        self.outer.unread.append(raw_xml(element))


def _vtl_class(source: Source, element: etree._Element) -> str:
    """Return the class of a VTL mapping, which depends on what is mapped (SDMX 3.0, Section 5, 6.2.2)."""
    locals_ = {source.local(child.tag) for child in element if isinstance(child.tag, str)}
    if "Codelist" in locals_:
        return "VtlCodelistMapping"
    return "VtlConceptMapping" if locals_ & {"Concept", "ConceptScheme"} else "VtlDataflowMapping"


def _extension(source: Source, element: etree._Element, outer: Gathered) -> Extension | None:
    found = source.gather(element, _EXTENSION)
    outer.unread.extend(found.unread)
    codelist = source.one(found, "Codelist")
    if codelist is None:
        outer.unread.append(raw_xml(element))
        source.report("IO108", "the codelist extension names no codelist; it is kept as it is", element)
        return None
    target = reference(source, codelist, "Codelist")
    if target is None:
        outer.unread.append(raw_xml(element))
        return None
    included = _selections(source, source.one(found, "InclusiveCodeSelection"), outer)
    excluded = _selections(source, source.one(found, "ExclusiveCodeSelection"), outer)
    return Extension(target, element.get("prefix", ""), included, excluded)


def _selections(source: Source, element: etree._Element | None, outer: Gathered) -> tuple[Selection, ...] | None:
    if element is None:
        return None
    found = source.gather(element, _SELECTION)
    outer.unread.extend(found.unread)
    return tuple(Selection((part.text or "").strip(), part.get("cascadeValues")) for part in found.all("MemberValue"))
