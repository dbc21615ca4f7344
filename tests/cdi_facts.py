"""The facts of DDI-CDI 1.0, taken anew from the official XSD and ontology: what the shipped table of the model must say."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from rdflib import RDFS, Graph

__all__ = ["facts"]

XS = "{http://www.w3.org/2001/XMLSchema}"
CDI = "http://ddialliance.org/Specification/DDI-CDI/1.0/RDF/"
UCMIS = "tag:ddialliance.org,2024:ucmis:"
KINDS = {"Class": "class", "StructuredDataType": "datatype", "Enumeration": "enumeration"}


def facts(xsd: Path, ontology: Path) -> Iterator[str]:
    """Yield the lines of the table: classes with their base, then their own content in the order of the XSD."""
    graph = Graph()
    for file in sorted(ontology.glob("*.ttl")):
        graph.parse(file, publicID="https://example.org/")
    schema = etree.parse(xsd).getroot()
    types = {str(item.get("name")): item for item in schema.findall(f"{XS}complexType")}
    for name, kind in sorted(_classes(graph)):
        yield f"class\t{name}\t{kind}\t{_base(graph, name)}"
        if kind == "enumeration":
            values = sorted(_local(item) for item in graph.subjects(None, _iri(name)) if _is_value(graph, item, name))
            yield from (f"value\t{name}\t{value}" for value in values)
        else:
            yield from _content(graph, types[f"{name}XsdType"], name)


def _classes(graph: Graph) -> Iterator[tuple[str, str]]:
    for word, kind in KINDS.items():
        for subject in graph.subjects(None, _term(UCMIS + word)):
            yield _local(subject), kind


def _base(graph: Graph, name: str) -> str:
    (found,) = [*graph.objects(_iri(name), RDFS.subClassOf)] or [""]
    return _local(found)


def _is_value(graph: Graph, item: object, name: str) -> bool:
    return (item, RDFS.subClassOf, _iri(name)) not in graph and (item, RDFS.range, _iri(name)) not in graph


def _content(graph: Graph, declared: etree._Element, owner: str) -> Iterator[str]:
    sequence = declared.find(f"{XS}sequence")
    if sequence is None:
        sequence = declared.find(f"{XS}complexContent/{XS}extension/{XS}sequence")
    for element in sequence if sequence is not None else []:
        if element.tag != f"{XS}element":
            raise ValueError(element.tag)
        name, least = str(element.get("name")), element.get("minOccurs", "1")
        most = element.get("maxOccurs", "1").replace("unbounded", "n")
        is_link = name.startswith(f"{owner}_")
        iri = _iri(name if is_link else f"{owner}-{name}")
        (label,), (target,) = [*graph.objects(iri, RDFS.label)], [*graph.objects(iri, RDFS.range)]
        word = "link" if is_link else "attribute"
        yield f"{word}\t{owner}\t{label}\t{_local(target)}\t{least}\t{most}"


def _local(term: object) -> str:
    return str(term).removeprefix(CDI).replace("http://www.w3.org/2001/XMLSchema#", "xsd:")


def _iri(name: str) -> object:
    return _term(CDI + name)


def _term(iri: str) -> object:
    from rdflib import URIRef

    return URIRef(iri)
