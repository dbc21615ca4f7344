"""Writing DDI-CDI 1.0 in JSON-LD, in the official spelling: the same nodes, the same bytes."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.cdi_context import CONTEXT_IRI, context
from semstat.interop.formats.ddi.cdi_nodes import CdiNode, CdiNodes, Value
from semstat.ontology.cdi_model import CDI, CdiProperty, cdi_model

__all__ = ["json_text"]

_NATIVE: Mapping[str, Callable[[str], object]] = {"integer": int, "boolean": lambda text: text in {"true", "1"}}


def json_text(nodes: CdiNodes) -> str:
    """Return the document: one member per node, structured values within their owner.

    The context is named by its official address. A class that the context has no word for is written with full IRIs.

    Source:
        DDI-CDI 1.0, JSON-LD context; W3C JSON-LD 1.1.

    Example:
        >>> from semstat.interop.formats.ddi.cdi_build import CdiBuilder
        >>> builder = CdiBuilder()
        >>> _ = builder.node("https://example.org/age", "Concept")
        >>> json.loads(json_text(builder.done()))["DDICDIModels"][0]["@type"]
        'Concept'
    """
    members = [_node(nodes, node) for node in nodes.nodes.values() if cdi_model().is_class(node.cls)]
    content = {"@context": CONTEXT_IRI, "DDICDIModels": members}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _node(nodes: CdiNodes, node: CdiNode) -> dict[str, Any]:
    return {"@id": str(node.iri), **_content(nodes, node)}


def _content(nodes: CdiNodes, node: CdiNode) -> dict[str, Any]:
    has_word = node.cls in context()
    said: dict[str, Any] = {"@type": node.cls if has_word else str(CDI[node.cls])}
    for term, prop in cdi_model().content(node.cls).items():
        values = [*_values(nodes, prop, node.all(term), has_word=has_word)]
        if values:
            said[term if has_word else str(CDI[prop.local])] = values if prop.most is None else values[0]
    return said


def _values(nodes: CdiNodes, prop: CdiProperty, values: list[Value], *, has_word: bool) -> Iterator[object]:
    for value in values:
        if isinstance(value, Literal) or prop.is_text:
            yield _literal(prop, value) if has_word else _full_literal(prop, value)
        elif prop.is_link:
            yield str(value) if has_word else {"@id": str(value)}
        else:
            yield _structured(nodes, value)


def _structured(nodes: CdiNodes, value: URIRef) -> object:
    part = nodes.nodes.get(value)
    if part is not None:
        return _content(nodes, part)
    return str(value).removeprefix(CDI)  # a value of an enumeration


def _literal(prop: CdiProperty, value: Value) -> object:
    native = _NATIVE.get(prop.datatype)
    try:
        return native(str(value)) if native is not None else str(value)
    except ValueError:
        return str(value)


def _full_literal(prop: CdiProperty, value: Value) -> Mapping[str, str]:
    return {"@value": str(value), "@type": f"http://www.w3.org/2001/XMLSchema#{prop.datatype}"}
