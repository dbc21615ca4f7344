"""SDMX-ML 2.0 structures put into the words of 2.1, element by element, so that one reader reads both.

Each element that is made stands on the line of the one that it comes from. What 2.1 has no word for stays as an attribute
or element of the 2.0 namespace: the reader interprets it or keeps it raw.

Source:
    SDMX 2.0, Section 3A (SDMX-ML), SDMXStructure.xsd; the rules of conversion are those of SDMX 2.1, Section 1.
"""

import copy
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from semstat.interop.formats.sdmx.source import Source
from semstat.interop.formats.sdmx.vocabulary import NAMESPACE_STEMS, STEM_20

__all__ = ["STANDALONE", "Transcriber", "known_elements", "local_name"]

STANDALONE = "STANDALONE_CONCEPT_SCHEME"
"""The scheme in which concepts live that a 2.0 message states outside any scheme; registries use the same name."""

_STEM = next(stem for stem, version in NAMESPACE_STEMS.items() if version == "2.1")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_IDENTITY = ("id", "agencyID", "version", "uri", "isFinal", "isExternalReference", "validFrom", "validTo")
_CLASSES = (
    ("keyfamily.KeyFamily", "datastructure.DataStructure"),
    ("keyfamily.", "datastructure."),
    ("codelist.CodeList", "codelist.Codelist"),
    ("metadatastructure.MetadataStructureDefinition", "metadatastructure.MetadataStructure"),
)
_TEXT_TYPES = {
    "Date": "GregorianDay",
    "Year": "GregorianYear",
    "YearMonth": "GregorianYearMonth",
    "Timespan": "TimeRange",
}
_ANNOTATION = ("AnnotationTitle", "AnnotationType", "AnnotationURL", "AnnotationText")


def local_name(element: etree._Element) -> str:
    """Return the local name of an element."""
    return etree.QName(element).localname


def known_elements(element: etree._Element) -> list[etree._Element]:
    """Return the child elements, without comments and processing instructions."""
    return [child for child in element if isinstance(child.tag, str)]


@dataclass(slots=True)
class Transcriber:
    """One message while it is put into the words of 2.1.

    ``concepts`` and ``lists`` tell where the concepts and code lists of the message live: agency, id of the scheme (or
    list) and version, by the id of the concept (or list).
    """

    source: Source
    concepts: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    lists: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)

    def new(
        self,
        like: etree._Element,
        name: str,
        attributes: Mapping[str, str | None] | None = None,
        *,
        kind: str = "structure",
    ) -> etree._Element:
        """Return a new element that stands where ``like`` does; attributes that are ``None`` are left out."""
        stated = {key: value for key, value in (attributes or {}).items() if value is not None}
        element = etree.Element(f"{{{_STEM}{kind}}}{name}", stated)
        line = self.source.lines.get(like)
        if line is not None:
            self.source.lines[element] = line
        return element

    def add(
        self,
        parent: etree._Element,
        like: etree._Element,
        name: str,
        attributes: Mapping[str, str | None] | None = None,
        *,
        text: str | None = None,
        kind: str = "structure",
    ) -> etree._Element:
        """Add a new element to a parent and return it."""
        element = self.new(like, name, attributes, kind=kind)
        element.text = text
        parent.append(element)
        return element

    def head(self, like: etree._Element, name: str, *, known: Iterable[str] = ()) -> etree._Element:
        """Return a new element with the identity of another; ``known`` attributes are the caller's, others are kept."""
        element = self.new(like, name, {key: like.get(key) for key in _IDENTITY})
        urn = like.get("urn")
        if urn is not None:
            element.set("urn", self.urn(urn))
        self.keep_attributes(like, element, {*_IDENTITY, "urn", *known})
        return element

    def keep_attributes(self, like: etree._Element, element: etree._Element, known: Iterable[str]) -> None:
        """Copy the attributes that are not ``known`` under the namespace of 2.0 or, when foreign, as they are."""
        done = set(known)
        for key, value in like.attrib.items():
            if str(key) not in done:
                name = str(key)
                element.set(name if name.startswith("{") else f"{{{STEM_20}structure}}{name}", str(value))

    def common(self, like: etree._Element, element: etree._Element) -> list[etree._Element]:
        """Put names, descriptions and annotations over; return the other children."""
        rest = []
        for child in known_elements(like):
            name = self.local(child)
            if name in ("Name", "Description"):
                self.text(element, child, name)
            elif name == "Annotations":
                self.annotations(element, child)
            else:
                rest.append(child)
        return rest

    def local(self, element: etree._Element) -> str | None:
        """Return the local name of an element of 2.0, ``None`` for foreign ones."""
        name = etree.QName(element)
        return name.localname if (name.namespace or "").startswith(STEM_20) else None

    def text(self, parent: etree._Element, child: etree._Element, name: str, *, kind: str = "common") -> None:
        """Put a text with its language over."""
        made = self.add(parent, child, name, {_LANGUAGE: child.get(_LANGUAGE)}, kind=kind)
        made.text = child.text
        made.extend(copy.deepcopy(part) for part in child)

    def annotations(self, parent: etree._Element, child: etree._Element) -> None:
        """Put annotations over."""
        holder = self.add(parent, child, "Annotations", kind="common")
        for annotation in known_elements(child):
            made = self.add(holder, annotation, "Annotation", kind="common")
            for part in known_elements(annotation):
                if self.local(part) in _ANNOTATION:
                    self.text(made, part, local_name(part))
                else:
                    self.keep(made, part)

    def keep(self, parent: etree._Element, child: etree._Element, *, known: bool = False) -> None:
        """Keep an element as it is; ``known`` when 2.0 knows it, and only 2.1 has no word for it."""
        made = copy.deepcopy(child)
        made.tail = None
        line = self.source.lines.get(child)
        if line is not None:
            self.source.lines[made] = line
        parent.append(made)
        if known:
            self.source.aside.add(made)

    def urn(self, urn: str) -> str:
        """Return a URN of 2.0 by the packages and classes of 2.1.

        Example of a change: ``keyfamily.KeyFamily=A:B[1.0]`` to ``datastructure.DataStructure=A:B(1.0)``.
        """
        for old, new in _CLASSES:
            urn = urn.replace(f"org.sdmx.infomodel.{old}", f"org.sdmx.infomodel.{new}")
        return re.sub(r"\[([^\]]*)\]", r"(\1)", urn.strip())

    def part_text(self, element: etree._Element, name: str) -> str | None:
        """Return the text of the child of that name."""
        found = next((child for child in known_elements(element) if self.local(child) == name), None)
        return (found.text or "").strip() if found is not None else None

    def reference(
        self, parent: etree._Element, like: etree._Element, name: str, target: Mapping[str, str | None]
    ) -> etree._Element:
        """Add an element that refers to an artefact by a ``Ref`` with those attributes."""
        holder = self.add(parent, like, name)
        stated = {key: value for key, value in target.items() if value is not None}
        holder.append(etree.Element("Ref", stated))
        return holder

    def old_reference(
        self, parent: etree._Element, child: etree._Element, name: str, cls: str, fields: tuple[str, str, str]
    ) -> etree._Element:
        """Add a reference that 2.0 states in child elements: a URN, or agency, id and version under those names."""
        urn = self.part_text(child, "URN")
        agency, identifier, version = (self.part_text(child, key) for key in fields)
        if urn and not identifier:
            holder = self.add(parent, child, name)
            etree.SubElement(holder, "URN").text = self.urn(urn)
            return holder
        return self.reference(
            parent, child, name, {"id": identifier, "agencyID": agency, "version": version, "class": cls}
        )

    def concept(self, parent: etree._Element, like: etree._Element, agency: str) -> None:
        """Add the concept identity that attributes state; ``agency`` is that of the structure."""
        identifier = like.get("conceptRef", "")
        scheme, stated = like.get("conceptSchemeRef"), like.get("conceptSchemeAgency") or like.get("conceptAgency")
        homes = [home for home in self.concepts.get(identifier, ()) if scheme is None or home[1] == scheme]
        wanted = stated or agency
        home = next((home for home in homes if home[0] == wanted), homes[0] if homes and stated is None else None)
        at_agency, at_scheme, version = home or (wanted, scheme or STANDALONE, like.get("conceptVersion") or "1.0")
        target = {
            "id": identifier,
            "maintainableParentID": at_scheme,
            "maintainableParentVersion": version,
            "agencyID": at_agency,
        }
        self.reference(parent, like, "ConceptIdentity", target)

    def representation(
        self, parent: etree._Element, like: etree._Element, name: str, target: Mapping[str, str | None] | None
    ) -> None:
        """Add a representation: the enumeration that attributes state (``target``) and the text format in a child."""
        formats = [child for child in known_elements(like) if self.local(child) == "TextFormat"]
        if target is None and not formats:
            return
        holder = self.add(parent, like, name)
        if target is not None:
            self.reference(holder, like, "Enumeration", target)
        for child in formats:
            self.text_format(holder, child, "EnumerationFormat" if target is not None else "TextFormat")

    def text_format(self, parent: etree._Element, child: etree._Element, name: str) -> None:
        """Put a text format over; some data types have other names in 2.1."""
        stated = {str(key): str(value) for key, value in child.attrib.items()}
        if "textType" in stated:
            stated["textType"] = _TEXT_TYPES.get(stated["textType"], stated["textType"])
        self.add(parent, child, name, stated)

    def codelist(self, like: etree._Element, agency: str) -> dict[str, str | None] | None:
        """Return the reference to the code list that attributes state, ``None`` for none."""
        identifier = like.get("codelist")
        if identifier is None:
            return None
        wanted, stated = like.get("codelistAgency") or agency, like.get("codelistVersion")
        homes = [home for home in self.lists.get(identifier, ()) if stated in (None, home[2])]
        home = next((home for home in homes if home[0] == wanted), None)
        if home is None and like.get("codelistAgency") is None:
            home = homes[0] if homes else None
        at_agency, _, version = home or (wanted, identifier, stated or "1.0")
        return {"id": identifier, "agencyID": at_agency, "version": version, "class": "Codelist", "package": "codelist"}
