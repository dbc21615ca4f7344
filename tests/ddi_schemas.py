"""The content models of DDI's XML schemas, as the tables in ``ontology/models`` state them, derived from the official schemas."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from semstat.interop.formats.ddi.lifecycle_names import PREFIXES

XS = "{http://www.w3.org/2001/XMLSchema}"
Entry = tuple[str, list[str], dict[str, str]]

KINDS = {
    "xs:boolean": "%flag",
    "dateSimpleType": "%date",
    "xs:date": "%day",
    "xs:NMTOKEN": "%token",
    "xs:integer": "%integer",
}


class Schemas:
    """The global components of a schema and all that it includes or imports, by namespace and name."""

    def __init__(self, path: Path, prefixes: dict[str, str]):
        self.components: dict[tuple[str, str, str], etree._Element] = {}
        self.substitutes: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self.prefixes, self.seen = prefixes, set()
        self._load(path, "")

    def _load(self, path: Path, target: str):
        if path in self.seen or path.name.startswith(("xhtml", "xml")):  # borrowed vocabularies tell nothing of DDI
            return
        self.seen.add(path)
        root = etree.parse(path).getroot()
        space = root.get("targetNamespace", target)
        for item in root:
            if item.tag in {f"{XS}include", f"{XS}import"} and item.get("schemaLocation"):
                self._load((path.parent / item.get("schemaLocation")).resolve(), space)
            elif item.tag in {
                f"{XS}{kind}" for kind in ("element", "complexType", "group", "attributeGroup", "simpleType")
            }:
                self.components[(etree.QName(item).localname, space, item.get("name"))] = item
                item.set("space", space)
                if item.get("substitutionGroup"):
                    head = self._meant(item, item.get("substitutionGroup"))
                    self.substitutes.setdefault(head, []).append((space, item.get("name")))

    @staticmethod
    def _meant(item: etree._Element, name: str) -> tuple[str, str]:
        prefix, _, local = name.rpartition(":")
        return item.nsmap.get(prefix or None, ""), local

    def _found(self, kind: str, item: etree._Element, name: str) -> etree._Element | None:
        space, local = self._meant(item, name)
        return self.components.get((kind, space, local))

    def name_of(self, space: str, local: str) -> str:
        prefix = self.prefixes.get(space, "?")
        return f"{prefix}:{local}" if prefix else local

    def entries(self) -> dict[str, Entry]:
        """Return content, children in their order and attributes of each element; of several with one name the richest."""
        found: dict[str, Entry] = {}
        for (kind, space, name), item in list(self.components.items()):
            if kind == "element" and space in self.prefixes and item.get("abstract") != "true":
                self._element(space, name, item, found)
        return found

    def _element(self, space: str, name: str, item: etree._Element, found: dict[str, Entry]):
        body = self._found("complexType", item, item.get("type")) if item.get("type") else item.find(f"{XS}complexType")
        children: list[str] = []
        attributes: dict[str, str] = {}
        locals_: list[tuple[str, str, etree._Element]] = []
        content = "text" if body is None else self._type(body, children, attributes, locals_)
        key = self.name_of(space, name)
        if key in found and len(found[key][1]) >= len(children):
            return
        found[key] = (content, children, attributes)
        for inner_space, inner_name, inner in locals_:
            self._element(inner_space, inner_name, inner, found)

    def _type(self, body, children, attributes, locals_) -> str:
        content = "mixed" if body.get("mixed") == "true" else "children"
        for step in body.iter(f"{XS}extension", f"{XS}restriction"):
            base = self._found("complexType", step, step.get("base"))
            if base is not None:
                inner = self._type(base, children, attributes, locals_)
                content = inner if content == "children" else content
            elif step.getparent().tag == f"{XS}simpleContent":
                content = "text"
        for part in self._particles(body):
            self._particle(part, children, attributes, locals_)
        return content

    def _particles(self, node) -> Iterator[etree._Element]:
        for child in node:
            if child.tag in {f"{XS}element", f"{XS}attribute"}:
                yield child
            elif child.tag in {f"{XS}group", f"{XS}attributeGroup"} and child.get("ref"):
                target = self._found(etree.QName(child).localname, child, child.get("ref"))
                if target is not None:
                    yield from self._particles(target)
            elif isinstance(child.tag, str) and child.tag != f"{XS}annotation":
                yield from self._particles(child)

    def _particle(self, part, children, attributes, locals_):
        space, local = self._meant(part, part.get("ref")) if part.get("ref") else (self._space(part), part.get("name"))
        if part.tag == f"{XS}attribute":
            if not (part.get("ref") or "").startswith("xml"):
                attributes[local] = self._kind(part)
            return
        if part.get("ref") is None:
            locals_.append((space, local, part))
        for one in self._with_substitutes(space, local):
            if self.name_of(*one) not in children:
                children.append(self.name_of(*one))

    def _with_substitutes(self, space: str, local: str) -> Iterator[tuple[str, str]]:
        item = self.components.get(("element", space, local))
        if item is None or item.get("abstract") != "true":
            yield space, local
        for one in self.substitutes.get((space, local), ()):
            yield from self._with_substitutes(*one)

    @staticmethod
    def _space(part) -> str:
        while part.get("space") is None and part.getparent() is not None and part.getparent().get("space") is None:
            part = part.getparent()
        top = part if part.get("space") is not None else part.getparent()
        return top.get("space") if top.get("space") is not None else top.get("targetNamespace", "")

    def _kind(self, part) -> str:
        values = [item.get("value") for item in part.iter(f"{XS}enumeration")]
        named = part.get("type") or ""
        if not values and self._found("simpleType", part, named) is not None:
            values = [item.get("value") for item in self._found("simpleType", part, named).iter(f"{XS}enumeration")]
        if values:
            return "|".join(values)
        return {
            "xs:boolean": "%flag",
            "dateSimpleType": "%date",
            "xs:date": "%day",
            "xs:NMTOKEN": "%token",
            "xs:integer": "%integer",
        }.get(named, "")


EVERYWHERE = ("ID", "xml-lang", "source", "elementVersion", "elementVersionDate", "ddiLifecycleUrn", "ddiCodebookUrn")
"""Attributes that every element of DDI Codebook may have, which the table does not repeat."""


def table(path: Path, title: str, prefixes: dict[str, str], *, attributes: bool) -> str:
    """Return the table of a schema as text."""
    lines = [
        f"# The content models of {title} as a table of facts: names, order and values, without a word of its texts.",
        "# <element> <text|mixed|children> <elements in it, in the order of the schema> <attributes: name, or name=values>",
    ]
    for name, (content, children, known) in sorted(Schemas(path, prefixes).entries().items()):
        told = (f"{key}={kind}" if kind else key for key, kind in known.items() if attributes and key not in EVERYWHERE)
        lines.append("\t".join((name, content, " ".join(item for item in children if "?" not in item), " ".join(told))))
    return "\n".join(lines) + "\n"


def codebook_table(schemas: Path) -> str:
    """Return the table of DDI Codebook 2.6."""
    path = (schemas / "ddi-codebook-2.6" / "codebook.xsd").resolve()
    return table(path, "DDI Codebook 2.6", {"ddi:codebook:2_6": ""}, attributes=True)


def lifecycle_table(schemas: Path) -> str:
    """Return the table of DDI-Lifecycle 3.3, whose attributes writers do not ask for."""
    path = (schemas / "ddi-lifecycle-3.3" / "instance.xsd").resolve()
    prefixes = {f"ddi:{module}:3_3": prefix for module, prefix in PREFIXES.items()}
    return table(path, "DDI-Lifecycle 3.3", prefixes, attributes=False)
