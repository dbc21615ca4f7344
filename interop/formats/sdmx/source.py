"""The message being parsed: where its elements stand, which of them are known, and what is kept of the rest."""

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from semstat.interop.formats.sdmx.model import Annotation, Facts, Link, Reference, Text
from semstat.interop.formats.sdmx.raw import raw_xml
from semstat.interop.formats.sdmx.vocabulary import ARTEFACTS, OLD, ArtefactClass, Grammar
from semstat.ontology.iri import SdmxName, parse_urn
from semstat.ontology.literals import is_language_tag
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding

__all__ = ["Gathered", "Source", "raw_xml"]

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_NO_ITEMS = frozenset({"Annotation", "AttributeList", "DimensionList", "MeasureList", "Ref"})
"""Elements with an id that names no item of the artefact they stand in."""
_ANNOTATION = Grammar(
    parts=frozenset({"AnnotationTitle", "AnnotationType", "AnnotationURL", "AnnotationText", "AnnotationValue"}),
    attributes=frozenset({"id"}),
)
_LINK = Grammar(attributes=frozenset({"rel", "url", "urn", "type"}))
_ANNOTATIONS = Grammar(parts=frozenset({"Annotation"}))


@dataclass(slots=True)
class Gathered:
    """The content of one element, sorted: interpreted parts in document order, common facts, and what was kept raw."""

    parts: list[tuple[str, etree._Element]] = field(default_factory=list)
    names: list[Text] = field(default_factory=list)
    descriptions: list[Text] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    uri: str | None = None

    def all(self, name: str) -> list[etree._Element]:
        """The parts of that name, in document order."""
        return [element for local, element in self.parts if local == name]

    def facts(self, identifier: str, line: int | None) -> Facts:
        """The common facts of an artefact with that id."""
        return Facts(
            identifier,
            line,
            tuple(self.names),
            tuple(self.descriptions),
            tuple(self.annotations),
            tuple(self.unread),
            tuple(self.links),
            self.uri,
        )


@dataclass(slots=True)
class Source:
    """One message while it is parsed.

    ``stem`` is the stem of its namespaces, ``version`` the version of SDMX-ML. ``tally`` counts what was kept raw in
    the artefact at hand although the standard knows it; ``scope`` is the name of that artefact where its parts have
    URNs, ``path`` the ids of the parts around the element at hand. ``aside`` holds elements that are kept raw although
    their version of the standard knows them. ``structures`` are the metadata structures that are declared outside the header.
    """

    origin: str
    version: str
    stem: str
    lines: dict[etree._Element, int]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    tally: Counter[str] = field(default_factory=Counter)
    scope: SdmxName | None = None
    path: list[str] = field(default_factory=list)
    aside: set[etree._Element] = field(default_factory=set)
    structures: dict[str, Reference] = field(default_factory=dict)
    _locals: dict[str, str | None] = field(default_factory=dict)
    _languages: dict[str, str | None] = field(default_factory=dict)

    def line(self, element: etree._Element) -> int | None:
        """The line on which the element starts."""
        return self.lines.get(element)

    def local(self, tag: str) -> str | None:
        """The local name of a tag of this message's namespaces (2.1: or of none); ``None`` for foreign tags."""
        try:
            return self._locals[tag]
        except KeyError:
            namespace, _, name = tag.rpartition("}")
            known = not namespace or namespace[1:].startswith(self.stem)
            self._locals[tag] = name if known else None
            return self._locals[tag]

    def report(self, rule: str, message: str, element: etree._Element, *, value: str | None = None) -> None:
        """Note a finding at an element."""
        self.diagnostics.append(finding(rule, message, self.at(element), value=value))

    def at(self, element: etree._Element) -> Location:
        """Where the element is: its line, and the artefact and item that it belongs to."""
        return Location(self.origin, self.line(element), path=self._named(element))

    def version_of(self, element: etree._Element, known: ArtefactClass) -> str | None:
        """The version of an artefact: absent, it is 1.0 in 2.1 and for the fixed schemes of organisations, none in 3.x."""
        return element.get("version") or known.fixed_version or ("1.0" if self.version in ("2.0", "2.1") else None)

    def _named(self, element: etree._Element) -> str:
        """Return what people call an element: ``Codelist=ECB:CL_FREQ(1.0).A``, outside artefacts the last two names."""
        items: list[str] = []
        for node in (element, *element.iterancestors()):
            local, identifier = etree.QName(node).localname, node.get("id")
            known, agency = ARTEFACTS.get(local), node.get("agencyID")
            if known and agency and identifier:
                name = SdmxName(known.package, known.cls, agency, identifier, self.version_of(node, known))
                return ".".join([f"{known.cls}={name.short}", *reversed(items)])
            if identifier and local not in _NO_ITEMS:
                items.append(identifier)
        parent = element.getparent()
        return "/".join(etree.QName(node).localname for node in (parent, element) if node is not None)

    def gather(self, element: etree._Element, grammar: Grammar) -> Gathered:
        """Sort the content of an element by its grammar; report and keep what the grammar does not know.

        Findings:
            ``IO108`` for each unknown element or attribute.
        """
        found = Gathered()
        parts, local = found.parts, self.local
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):  # a comment or processing instruction
                continue
            name = local(tag)
            if name in grammar.parts:
                parts.append((name, child))
            elif name == "Name" and grammar.named:
                found.names.append(self.text(child))
            elif name == "Description" and grammar.named:
                found.descriptions.append(self.text(child))
            else:
                self._other(child, name, grammar, found)
        self._attributes(element, grammar, found.unread)
        if grammar.linked:
            found.uri = element.get("uri")
        return found

    def _other(self, child: etree._Element, name: str | None, grammar: Grammar, found: Gathered) -> None:
        if name == "Annotations" and grammar.annotable:
            found.annotations.extend(self.annotations(child, found.unread))
        elif name == "Link" and grammar.linked:
            found.links.append(self._link(child))
        else:
            self.keep(child, found.unread, known=name in grammar.kept or child in self.aside)

    def keep(self, child: etree._Element, unread: list[str], *, known: bool = False) -> None:
        """Keep an element raw; report it unless the standard knows it."""
        unread.append(raw_xml(child))
        name = etree.QName(child).localname
        if known:
            self.tally[name] += 1
        else:
            self.report("IO108", f"the element `{name}` is not known here; it is kept as it is", child, value=name)

    def _attributes(self, element: etree._Element, grammar: Grammar, unread: list[str]) -> None:
        odd = [str(key) for key in element.keys() if key not in grammar.attributes]  # noqa: SIM118 - not a mapping
        odd = [key for key in odd if not key.startswith((_XSI, _XML))]
        if not odd:
            return
        for key in odd:
            if key in grammar.kept_attributes or key.startswith(OLD):
                self.tally[f"@{etree.QName(key).localname}"] += 1
                continue
            message = f"the attribute `{key}` is not known on `{etree.QName(element).localname}`; it is kept as it is"
            self.report("IO108", message, element, value=element.get(key))
        self.keep_attributes(element, odd, unread)

    def keep_attributes(self, element: etree._Element, keys: list[str], unread: list[str]) -> None:
        """Keep attributes as an empty element that has just these."""
        shell = etree.Element(element.tag, {key: element.get(key, "") for key in keys})
        unread.append(raw_xml(shell))

    def text(self, element: etree._Element) -> Text:
        """Return a text and its language; a text without ``xml:lang`` is English (SDMXCommon.xsd, ``TextType``)."""
        value = element.text or ""
        if len(element):
            value = "".join(map(str, element.itertext(etree.Element)))
            if any(isinstance(child.tag, str) for child in element):
                self.report(
                    "IO108", "the text holds elements, of which only the text is used", element, value=raw_xml(element)
                )
        return Text(value, self.language(element.get(_LANGUAGE, "en"), element))

    def language(self, tag: str, element: etree._Element) -> str | None:
        """Return a language tag that RDF accepts, or ``None`` after reporting the tag."""
        if tag not in self._languages:
            well_formed = is_language_tag(tag)
            if not well_formed:
                self.report("IO108", f"`{tag}` is not a language tag; the text is kept without one", element, value=tag)
            self._languages[tag] = tag if well_formed else None
        return self._languages[tag]

    def flag(self, element: etree._Element, name: str, unread: list[str]) -> bool | None:
        """Return a boolean attribute, ``None`` when absent or neither true nor false (then reported and kept)."""
        text = element.get(name)
        if text is None:
            return None
        value = _BOOLEANS.get(text.strip())
        if value is None:
            self.report(
                "IO108", f"`{name}` is `{text}`, neither true nor false; it is kept as it is", element, value=text
            )
            self.keep_attributes(element, [name], unread)
        return value

    def one(self, found: Gathered, name: str) -> etree._Element | None:
        """Return the part of that name; further ones, which the standard does not admit, are reported and kept."""
        parts = found.all(name)
        for extra in parts[1:]:
            self.keep(extra, found.unread)
        return parts[0] if parts else None

    def check_urn(
        self, element: etree._Element, name: SdmxName, *, above: SdmxName | None = None, other: SdmxName | None = None
    ) -> None:
        """Compare the ``urn`` attribute with the identity that the element states.

        ``above`` is what the URN of the maintainable says: a part that only repeats the error of the whole is not
        reported again. ``other`` is another name that the element may go by.

        Findings:
            ``DSD002`` when they differ; the element's own identity is used.
        """
        stated = element.get("urn")
        if stated is None or stated == name.urn:
            return
        said = parse_urn(stated)
        repeats = above is not None and name.item is not None and said == above.of_item(name.cls, name.item)
        if repeats or said in (name, other) or stated == _short_agency_urn(name):
            return
        message = f"the URN `{stated}` is not that of the element, `{name.urn}`, which is used"
        self.diagnostics.append(finding("DSD002", message, self.at(element), value=stated, expected=name.urn))

    def annotations(self, element: etree._Element, unread: list[str]) -> list[Annotation]:
        """Return the annotations of an ``Annotations`` element."""
        found = self.gather(element, _ANNOTATIONS)
        unread.extend(found.unread)
        return [self._annotation(part) for _, part in found.parts]

    def _annotation(self, element: etree._Element) -> Annotation:
        found = self.gather(element, _ANNOTATION)

        def plain(name: str) -> str | None:
            part = self.one(found, name)
            return None if part is None else (part.text or "")

        urls = tuple(Text(part.text or "", part.get(_LANGUAGE)) for part in found.all("AnnotationURL"))
        return Annotation(
            self.line(element),
            element.get("id"),
            plain("AnnotationTitle"),
            plain("AnnotationType"),
            urls,
            tuple(self.text(part) for part in found.all("AnnotationText")),
            tuple(found.unread),
            plain("AnnotationValue"),
        )

    def _link(self, element: etree._Element) -> Link:
        found = self.gather(element, _LINK)
        rel, url, urn, kind = (element.get(key) for key in ("rel", "url", "urn", "type"))
        return Link(self.line(element), rel, url, urn, kind, unread=tuple(found.unread))


def _short_agency_urn(name: SdmxName) -> str | None:
    """The form that 2.1 registries use for agencies, which names no scheme: ``…base.Agency=ECB.DISS``."""
    if name.cls != "Agency":
        return None
    identifier = name.item if name.agency == "SDMX" else f"{name.agency}.{name.item}"
    return f"urn:sdmx:org.sdmx.infomodel.base.Agency={identifier}"
