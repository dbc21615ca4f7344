"""What a document of DDI is, told from its root element or its words: product, version, and the near misses.

Namespaces are matched by table. A namespace that is nearly one of the standard's still tells what the document is meant to be;
that it is only nearly so is a finding (``DDI001``), and no reason to read nothing.
"""

import re
from dataclasses import dataclass

__all__ = [
    "CODEBOOK_1",
    "DdiKind",
    "cdi_in_json",
    "cdi_in_rdf_xml",
    "cdi_in_turtle",
    "ddi_kind",
    "is_dublin_core",
    "plain_cdi",
]

CODEBOOK_1 = "http://www.icpsr.umich.edu/DDI"
"""The namespace of DDI Codebook 1.x to 2.1, which names no version."""

_CODEBOOK = ("2_5", "2_6")
_LIFECYCLE = ("3_2", "3_3")
_OLD_LIFECYCLE = ("3_0", "3_1")
_MODULES = frozenset(
    {
        *(
            "archive",
            "comparative",
            "conceptualcomponent",
            "datacollection",
            "dataset",
            "ddiprofile",
            "group",
            "instance",
        ),
        *(
            "logicalproduct",
            "physicaldataproduct",
            "physicaldataproduct_ncube_inline",
            "physicaldataproduct_ncube_normal",
        ),
        *("physicaldataproduct_ncube_tabular", "physicaldataproduct_proprietary", "physicalinstance", "reusable"),
        "studyunit",
    }
)
_CDI = "http://ddialliance.org/Specification/DDI-CDI/"
_CDI_XML = _CDI + "1.0/XMLSchema/"
_CDI_WRITTEN = re.compile(r"https?://(?:www\.)?ddialliance\.org/Specification/DDI-CDI/", re.IGNORECASE)
_DDI_4 = re.compile(r"https?://(?:www\.)?ddialliance\.org/ddi[/#]?", re.IGNORECASE)
_URN = re.compile(r"ddi:(?P<module>[a-z_]+):(?P<version>\S+)", re.IGNORECASE)
_CODEBOOK_1_WRITTEN = re.compile(r"(?:https?://)?(?:www\.)?icpsr\.umich\.edu/DDI(?:/.*)?", re.IGNORECASE)
_ROOTS = {
    "codeBook": "ddi-codebook",
    "DDIInstance": "ddi-lifecycle",
    "FragmentInstance": "ddi-lifecycle",
    "DDICDIModels": "ddi-cdi",
    "DDIProfile": "ddi-profile",
}
_DUBLIN_CORE = re.compile(
    r"https?://(?:www\.)?(?:dublincore\.org/documents/|purl\.org/dc/|openarchives\.org/OAI/2\.0/oai_dc)", re.IGNORECASE
)
_CDI_TERM = r"https?://(?:www\.)?ddialliance\.org/Specification/DDI-CDI/1\.0/RDF/"
_JSON_WORDS = re.compile(
    rf'"DDICDIModels"\s*:|"{_CDI_TERM}\w|"@type"\s*:\s*\[?\s*"(?:ddi-)?cdi:\w|[/"]ddi-cdi\.jsonld"'
)
_PREFIX = re.compile(rf"prefix\s+([\w.-]*):\s*<{_CDI_TERM}>".encode(), re.IGNORECASE)
_TYPED = re.compile(rf"(?:\sa|rdf:type|rdf-syntax-ns#type>)\s+<{_CDI_TERM}\w".encode(), re.IGNORECASE)
_VOCABULARY = re.compile(
    rb"owl#(?:Ontology|Class)>|\bowl:(?:Ontology|Class)\b|\bsh:NodeShape\b|http://www\.w3\.org/ns/shacl#"
)


@dataclass(frozen=True, slots=True)
class DdiKind:
    """What the root element of a document says that it is.

    ``format`` is the name in the table of formats, ``version`` the version as people write it (``2.6``), empty where the
    namespace names none. ``expected`` is the namespace that the standard has, where the document's is only nearly that one.
    """

    format: str
    version: str
    expected: str | None = None


def ddi_kind(namespace: str, local: str) -> DdiKind | None:
    """Return what a root element says of DDI, ``None`` where it says nothing.

    Source:
        DDI Codebook 1.2.2 to 2.6, DDI Lifecycle 3.0 to 3.3, DDI-CDI 1.0: target namespaces of the XML schemas.

    Example:
        >>> ddi_kind("ddi:codebook:2.6", "codeBook")
        DdiKind(format='ddi-codebook', version='2.6', expected='ddi:codebook:2_6')
        >>> ddi_kind("ddi:instance:3_1", "DDIInstance").format
        'ddi-lifecycle-3.1'
    """
    written = namespace.strip()
    if urn := _URN.fullmatch(written):
        return _by_urn(namespace, urn["module"].lower(), urn["version"])
    if _CODEBOOK_1_WRITTEN.fullmatch(written):
        return DdiKind("ddi-codebook", "", _unless(CODEBOOK_1, namespace))
    if _CDI_WRITTEN.match(written):
        return DdiKind("ddi-cdi", "1.0", _unless(_CDI_XML, namespace))
    if _DDI_4.fullmatch(written):
        return DdiKind("ddi-4.0", "4.0")
    return _by_root(namespace, local)


def _by_urn(namespace: str, module: str, version: str) -> DdiKind | None:
    number = "_".join(re.findall(r"\d+", version))
    number = f"{number[0]}_{number[1:]}" if re.fullmatch(r"\d\d", number) else number
    if module == "codebook" and number in _CODEBOOK:
        return DdiKind("ddi-codebook", number.replace("_", "."), _unless(f"ddi:codebook:{number}", namespace))
    if module == "codebook":
        return DdiKind("ddi-codebook", "", f"ddi:codebook:{_CODEBOOK[-1]}")
    if module not in _MODULES:
        return None
    if number in _OLD_LIFECYCLE:
        return DdiKind("ddi-lifecycle-3.1", number.replace("_", "."))
    name = "ddi-profile" if module == "ddiprofile" else "ddi-lifecycle"
    if number in _LIFECYCLE:
        return DdiKind(name, number.replace("_", "."), _unless(f"ddi:{module}:{number}", namespace))
    return DdiKind(name, "", f"ddi:{module}:{_LIFECYCLE[-1]}")


def _by_root(namespace: str, local: str) -> DdiKind | None:
    """Return what the name of the root means where the namespace means nothing."""
    name = _ROOTS.get(local)
    if name is None:
        return None
    expected = {"ddi-codebook": f"ddi:codebook:{_CODEBOOK[-1]}", "ddi-cdi": _CDI_XML}
    module = "ddiprofile" if name == "ddi-profile" else "instance"
    return DdiKind(name, "", expected.get(name, f"ddi:{module}:{_LIFECYCLE[-1]}"))


def _unless(expected: str, namespace: str) -> str | None:
    return None if namespace == expected else expected


def is_dublin_core(namespace: str) -> bool:
    """Tell whether a root element is one of a Dublin Core record, which archives export beside DDI.

    Example:
        >>> is_dublin_core("http://www.openarchives.org/OAI/2.0/oai_dc/")
        True
    """
    return _DUBLIN_CORE.match(namespace) is not None


def plain_cdi(iri: str) -> str:
    """Return an IRI of DDI-CDI in the form of the specification, without ``www``; any other IRI as it is.

    Example:
        >>> plain_cdi("http://www.ddialliance.org/Specification/DDI-CDI/1.0/RDF/Concept")
        'http://ddialliance.org/Specification/DDI-CDI/1.0/RDF/Concept'
    """
    found = _CDI_WRITTEN.match(iri)
    return _CDI + iri[found.end() :] if found else iri


def cdi_in_json(text: str) -> bool:
    """Tell whether JSON-LD holds things of DDI-CDI: by its context, its wrapper or the type of a node.

    Example:
        >>> cdi_in_json('{"@context": "ddi-cdi.jsonld", "DDICDIModels": []}')
        True
    """
    return _JSON_WORDS.search(text) is not None


def cdi_in_turtle(text: bytes) -> bool:
    """Tell whether Turtle or N-Triples hold things of DDI-CDI; a vocabulary or shapes that speak of its classes do not count.

    Example:
        >>> cdi_in_turtle(b"PREFIX c: <http://ddialliance.org/Specification/DDI-CDI/1.0/RDF/> <urn:x> a c:Concept .")
        True
    """
    if _VOCABULARY.search(text):
        return False
    prefixes = {re.escape(prefix) for prefix in _PREFIX.findall(text)}
    uses = (re.search(rb"(?:\sa|rdf:type)\s+(?:[\w.:-]+\s*,\s*)*" + prefix + rb":\w", text) for prefix in prefixes)
    return any(uses) or _TYPED.search(text) is not None


def cdi_in_rdf_xml(text: bytes) -> bool:
    """Tell whether RDF/XML holds things of DDI-CDI; its ontology does not count.

    Example:
        >>> cdi_in_rdf_xml(b'<rdf:RDF xmlns:c="http://ddialliance.org/Specification/DDI-CDI/1.0/RDF/"><c:Code/>')
        True
    """
    declared = re.search(rf"xmlns:([\w.-]+)\s*=\s*[\"']{_CDI_TERM}[\"']".encode(), text, re.IGNORECASE)
    if declared is None or _VOCABULARY.search(text):
        return False
    return re.search(rb"<" + re.escape(declared[1]) + rb":[A-Z]\w*[\s/>]", text) is not None
