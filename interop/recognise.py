"""What a file is, told from its first bytes: the root element of XML, the first header cell of CSV, a magic number."""

import json
import re
from xml.parsers import expat

from semstat.interop.encodings import readable
from semstat.interop.formats.microdata.packaged import package_of
from semstat.interop.message_groups import group_layout
from semstat.interop.recognise_ddi import cdi_in_json, cdi_in_rdf_xml, cdi_in_turtle, ddi_kind

__all__ = ["Root", "is_html", "is_json", "is_xml", "reason_of", "root_line", "root_of", "sniff_bytes"]

_SDMX_ML = re.compile(r"http://www\.sdmx\.org/resources/sdmxml/schemas/v(\d)_(\d)/", re.IGNORECASE)
_ROOTS = {
    "StructureSpecificData": "structure-specific-data",
    "StructureSpecificTimeSeriesData": "structure-specific-data",
    "GenericData": "generic-data",
    "GenericTimeSeriesData": "generic-data",
    **dict.fromkeys(
        (
            "SubmitRegistrationsRequest",
            "SubmitRegistrationsResponse",
            "QueryRegistrationResponse",
            "SubmitStructureRequest",
            "SubmitStructureResponse",
        ),
        "registry-interface",
    ),
}
_RDF_XML = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TURTLE = re.compile(
    rb"\A(?:\s|#[^\n]*\n)*(?:@prefix|@base|PREFIX\s|BASE\s|<[a-z][a-z0-9+.-]*:[^>\s]*>\s|_:\w[^\s<]*\s+<)",
    re.IGNORECASE,
)
_CSV_10 = re.compile(rb'"?DATAFLOW"?[,;:|\t ]|"?DATAFLOW"?\r?\n?\Z')
_CSV_20 = re.compile(rb'"?STRUCTURE(?:\[[^\]\r\n]?\])?"?(?:[,;:|\t ]|\r?\n?\Z)')
_BINDINGS = re.compile(rb'"?artefact"?[,;]"?concept"?(?:[,;\r\n]|\Z)')
_SSSOM = re.compile(rb"\A(?:#[^\n]*\n)*(?:[^\t\r\n]*\t)*predicate_id(?:[\t\r\n]|\Z)")
"""The column that every such table must have; ``subject_id`` alone is a name that microdata have too."""
_STEWARDS = re.compile(
    rb'\A(?:[^\n]*\n)*?\[catalogue\.stewards\][ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*["\w][^=\n]*=[ \t]*"'
)
_CSV = re.compile(rb"[^\x00-\x08\x0b\x0c\x0e-\x1f\r\n{<]+[,;|\t][^\x00-\x08\x0b\x0c\x0e-\x1f\r\n]*(?:\r|\n|\Z)")


_STRUCTURE_ARRAYS = re.compile(
    r'"(?:[a-z]+[A-Za-z]*(?:Schemes|Structures|flows|Agreements|Constraints|Maps|[cC]odelists|Lists)'
    r'|codelists|hierarchies|processes|categorisations)"\s*:\s*\['
)
_SECTIONS = re.compile(r'"structures"\s*:\s*\[')
_EARLY_ARRAYS = re.compile(r'"(?:contentConstraints|attachmentConstraints|hierarchicalCodelists|structureSets)"\s*:')
_REPORTS = re.compile(r'"reports"\s*:\s*\[')
_OPEN_LINEAGE = re.compile(
    r'"schemaURL"\s*:\s*"[^"]*(?:OpenLineage|openlineage)|"eventTime"\s*:[^{}]*.*?"runId"', re.DOTALL
)
"""An event of OpenLineage: the address of its schema, or a time and a run."""

_PROV = re.compile(r'"prov:(?:entity|activity|agent|usedEntity|generatedEntity|startTime|endTime)"\s*:')
"""A relation or a time of PROV-JSON."""

_FUSION = re.compile(
    r'"(?:Codelist|ConceptScheme|CategoryScheme|DataStructure|Dataflow|AgencyScheme|ProvisionAgreement)"\s*:\s*\['
)


_HTML = re.compile(
    rb"\A\s*(?:<\?[^>]*>\s*|<!--(?:[^-]|-(?!->))*-->\s*)*(?P<tag><(?:!doctype\s+html|html)\b)", re.IGNORECASE
)


class Root(Exception):
    """The root element of an XML document: namespace (may be empty), local name, line, and whether a DTD precedes it.

    Where one does, name and line are those of the document type declaration. ``version`` is the element's attribute of that
    name.
    """

    def __init__(self, namespace: str, local: str, line: int, *, doctype: bool, version: str | None = None) -> None:
        super().__init__(local)
        self.namespace, self.local, self.line, self.doctype = namespace, local, line, doctype
        self.version = version


def is_xml(head: bytes) -> bool:
    """Tell whether the first bytes can only be XML: ``<`` after an optional byte order mark and white space."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
        return b"<" in head[:8]
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def is_rdf_text(head: bytes) -> bool:
    """Tell whether the first bytes begin Turtle or N-Triples, whose IRIs stand between angle brackets as tags of XML do.

    Example:
        >>> is_rdf_text(b"<urn:a> a <urn:b> ."), is_rdf_text(b"<a/>")
        (True, False)
    """
    return _TURTLE.match(head) is not None


def root_of(head: bytes) -> Root:
    """Return the root element, whatever stands before it: byte order mark, comments, processing instructions.

    Raises:
        expat.ExpatError: the document is not well-formed before its root element ends, or has none in ``head``.
    """

    def start(name: str, attributes: list[str]) -> None:
        namespace, _, local = name.rpartition(" ")
        version = dict(zip(attributes[::2], attributes[1::2], strict=True)).get("version")
        raise Root(namespace, local, parser.CurrentLineNumber, doctype=False, version=version)

    def doctype(name: str, *_: object) -> None:
        raise Root("", name, parser.CurrentLineNumber, doctype=True)

    text, encoding = readable(head)
    parser = expat.ParserCreate(encoding, namespace_separator=" ")
    parser.ordered_attributes = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(text, True)
    except Root as root:
        return root
    raise expat.ExpatError("no element found")


def root_line(head: bytes) -> int | None:
    """Return the line on which the root element begins, ``None`` where there is none (JSON, CSV, broken XML)."""
    try:
        return root_of(head).line if is_xml(head) else None
    except expat.ExpatError:
        return None


def is_html(head: bytes) -> int | None:
    r"""Return the line on which an HTML page begins, after comments and an XML declaration; ``None`` if it is no page.

    Example:
        >>> is_html(b"\n<!doctype html>"), is_html(b"<htmlx/>")
        (2, None)
    """
    found = _HTML.match(text := _without_mark(head))
    return text.count(b"\n", 0, found.start("tag")) + 1 if found else None


def reason_of(error: expat.ExpatError) -> str:
    """Return why expat stopped, without its saying once more that something is not well-formed."""
    reason = expat.ErrorString(error.code) or "syntax error"
    return _REASONS.get(reason, reason)


_REASONS = {
    "not well-formed (invalid token)": "invalid token",
    "no element found": "it ends before all of its elements have ended",
    "unclosed token": "it ends inside a tag or a comment",
    "unclosed CDATA section": "it ends inside a CDATA section",
    "junk after document element": "something follows after its end",
}
"""What expat says in words of its own, and what that means to those who look at the file."""


def sniff_bytes(head: bytes) -> str | None:
    """Return the name of the format that ``head`` begins, or ``None``."""
    if head.startswith(b"PAR1"):
        return "parquet"
    package = package_of(head)
    if package is not None:
        return package
    if is_xml(head):
        return _sniff_xml(head)
    text = _as_utf8(head)
    if b"[catalogue.stewards]" in text and _STEWARDS.match(text):
        return "semstat-toml"
    if text[:1] in (b"{", b"["):
        return _sniff_json(text)
    if _TURTLE.match(text):
        return _turtle_of(text)
    return _sniff_csv(text)


def _sniff_xml(head: bytes) -> str | None:
    try:
        root = root_of(head)
    except expat.ExpatError:
        return _turtle_of(head) if _TURTLE.match(head) else None
    sdmx = _SDMX_ML.match(root.namespace)
    if sdmx and root.local == "MessageGroup":
        return f"sdmx-ml-{sdmx[1]}.{sdmx[2]}-{group_layout(head) or 'message-group'}"
    if sdmx:
        return f"sdmx-ml-{sdmx[1]}.{sdmx[2]}-{_ROOTS.get(root.local) or _kebab(root.local)}"
    if root.namespace.startswith(_RDF_XML):
        return "ddi-cdi" if cdi_in_rdf_xml(head) else "rdf-xml"
    kind = ddi_kind(root.namespace, root.local)
    return kind.format if kind else None


def _turtle_of(head: bytes) -> str:
    return "ddi-cdi" if cdi_in_turtle(head) else "turtle"


def _kebab(local: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", local).lower()


def _as_utf8(head: bytes) -> bytes:
    return _without_mark(head).lstrip()


def _as_text(head: bytes) -> str:
    """Return bytes in the UTF-16 or UTF-32 that their beginning shows, without a mark and without half a character."""
    return head[: len(head) & ~3].decode(json.detect_encoding(head), "ignore").removeprefix("\ufeff")


def _without_mark(head: bytes) -> bytes:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _as_text(head).encode()
    if b"\0" in head[:4] and head[:2].strip(b"\0")[:1] in (b"{", b"["):
        return _as_text(head).encode()
    return head.removeprefix(b"\xef\xbb\xbf")


def _sniff_json(head: bytes) -> str | None:
    text = head.decode("utf-8", "replace")
    schema = re.search(
        r'"(?:\$?schema)"\s*:\s*"[^"]*sdmx[^"]*/(?P<version>\d\.\d)[^"]*?sdmx-json-(?P<kind>\w+)-schema', text
    )
    if schema:
        return f"sdmx-json-{schema['version']}-{schema['kind']}"
    named = _by_content(text) if re.search(r'"data"\s*:\s*\{', text) else None
    if named is not None:
        return named
    # Data may come before the structure, and be longer than what is looked at.
    if '"dataSets"' in text and ('"structure"' in text or re.match(r'\{\s*"(?:header|dataSets)"', text)):
        return "sdmx-json-pre-1.0-data"
    if _FUSION.search(text):
        return "fusion-json"
    if re.search(r'"@(context|graph|id|type)"\s*:', text):
        return "ddi-cdi" if cdi_in_json(text) else "json-ld"
    if _OPEN_LINEAGE.search(text):
        return "openlineage"
    if _PROV.search(text):
        return "prov-json"
    return "json" if _looks_like_json(text) else None


def _by_content(text: str) -> str | None:
    """Return what an SDMX-JSON message without a schema is, by the names of what it holds."""
    if '"dataSets"' in text:
        return f"sdmx-json-{'2.0' if _SECTIONS.search(text) else '1.0'}-data"
    if '"metadataSets"' in text:
        return f"sdmx-json-{'1.0' if _REPORTS.search(text) else '2.0'}-metadata"
    if _STRUCTURE_ARRAYS.search(text):
        return f"sdmx-json-{'1.0' if _EARLY_ARRAYS.search(text) else '2.0'}-structure"
    return None


def is_json(data: bytes) -> bool:
    r"""Tell whether a message is meant as JSON and not as XML: its first character is a brace or bracket.

    Example:
        >>> is_json(b"\xef\xbb\xbf {}"), is_json("[]".encode("utf-16")), is_json(b"<a/>")
        (True, True, False)
    """
    head = data[:64].replace(b"\0", b"")
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    return head.lstrip()[:1] in (b"{", b"[")


def _looks_like_json(text: str) -> bool:
    try:
        json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return bool(re.match(r'[\[{]\s*(?:["\[{\]}\d-]|true|false|null)', text))
    return True


def _sniff_csv(head: bytes) -> str | None:
    if _CSV_10.match(head):
        return "sdmx-csv-1.0"
    if _CSV_20.match(head):
        return "sdmx-csv-2.0"
    if _BINDINGS.match(head):
        return "bindings"
    if _SSSOM.match(head):
        return "sssom"
    return "csv" if _CSV.match(head) else None
