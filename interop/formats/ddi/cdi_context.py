"""The JSON-LD context of DDI-CDI, made from the model: what the official context says, without its being there."""

from functools import lru_cache
from typing import Any

from semstat.ontology.cdi_model import CDI, CdiProperty, cdi_model
from semstat.ontology.terms import OWL, XSD

__all__ = ["CONTEXT_IRI", "KNOWN_CONTEXTS", "UNRECOGNISED", "context"]

CONTEXT_IRI = "https://docs.ddialliance.org/DDI-CDI/1.0/model/encoding/json-ld/ddi-cdi.jsonld"
"""The address of the official context, which documents name and nobody here fetches."""

KNOWN_CONTEXTS = frozenset(
    {
        CONTEXT_IRI,
        "https://ddi-cdi.github.io/ddi-cdi_v1.0/encoding/json-ld/ddi-cdi.jsonld",
        str(CDI) + "ddi-cdi.jsonld",
        str(CDI).replace("http:", "https:") + "ddi-cdi.jsonld",
        str(CDI).replace("http://", "http://www.") + "ddi-cdi.jsonld",
        "ddi-cdi.jsonld",
        "./ddi-cdi.jsonld",
    }
)
"""The addresses under which the official context is published, and its bare name."""

UNRECOGNISED = "tag:DEBUG:UNRECOGNIZED_TERM:"
"""What the official context puts before every word that it does not know."""

_NO_TERM = frozenset({"ContextualComponent"})
"""Classes of the model that the official context has no term for: documents write their IRI in full."""


@lru_cache(maxsize=1)
def context() -> dict[str, Any]:
    """Return the context: a term for each class, and within it terms for what instances hold and for links to them.

    Source:
        DDI-CDI 1.0, JSON-LD context; W3C JSON-LD 1.1, 4.1.8 *Scoped contexts*.

    Example:
        >>> context()["Code"]["@context"]["denotes"]
        {'@id': 'cdi:Code_denotes_Category', '@type': '@id'}
    """
    model = cdi_model()
    terms: dict[str, Any] = {
        "cdi": str(CDI),
        "xsd": str(XSD),
        "DDICDIModels": "@included",
        "@vocab": UNRECOGNISED,
        "sameAs": {"@id": str(OWL.sameAs), "@type": "@id"},
    }
    for name, item in model.classes.items():
        if item.kind != "enumeration" and name not in _NO_TERM:
            scoped = {term: _term(prop) for term, prop in model.content(name).items()}
            scoped |= {f"{prop.term}_OF_{prop.owner}": _backwards(prop) for prop in model.links_to(name)}
            terms[name] = {"@id": f"cdi:{name}", "@context": scoped}
    return terms


def _term(prop: CdiProperty) -> dict[str, Any]:
    target = cdi_model().classes.get(prop.target)
    if target is not None and target.kind == "enumeration":
        values = {value: f"cdi:{value}" for value in target.values}
        return {"@id": f"cdi:{prop.local}", "@type": "@vocab", "@context": values}
    return {"@id": f"cdi:{prop.local}", "@type": prop.target if prop.is_text else "@id"}


def _backwards(prop: CdiProperty) -> dict[str, Any]:
    return {"@reverse": f"cdi:{prop.local}", "@type": "@id"}
