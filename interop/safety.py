"""What a file may do to the process that reads it: the XML policy.

Nothing is fetched, no entity is expanded, no document type is accepted, and depth and size have limits. A message that
breaks the policy is a finding with a line, never an exception.
"""

import codecs
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers import expat  # nosec - entities are refused below: a document type ends the parse

from semstat.interop.encodings import text_codec
from semstat.interop.recognise import reason_of
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding

if TYPE_CHECKING:
    from lxml import etree

__all__ = [
    "MAX_XML_ATTRIBUTES",
    "MAX_XML_BYTES",
    "MAX_XML_DEPTH",
    "MAX_XML_TOKEN",
    "XmlStream",
    "XmlTree",
    "read_xml",
    "refused_by_libxml2",
    "stream_xml",
    "utf8_text",
    "wrong_byte",
]

MAX_XML_BYTES = 1 << 30
"""The largest XML file that is held in memory as a tree, in bytes."""

MAX_XML_DEPTH = 200
"""The deepest nesting of elements; the deepest real SDMX or DDI file seen has fewer than 40 levels."""

MAX_XML_ATTRIBUTES = 1_000
"""The most attributes of one element: finding one by name takes libxml2 longer the more there are."""

MAX_XML_TOKEN = 10_000_000
"""The longest single tag, in bytes; libxml2 has the same limit for attributes and texts."""

_SLICE = 1 << 20
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_LIMIT_WORDS = re.compile(r"huge|excessive|too long|too large|too big|limit|depth", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class XmlTree:
    """A parsed document and where each of its elements starts.

    ``lines`` names the line of the ``<`` of each start tag, counted from 1, exact for files of any length (libxml2
    itself gives the end of a tag, and stops counting at 65 535).
    """

    root: "etree._Element"
    lines: "dict[etree._Element, int]"


def read_xml(data: bytes, *, origin: str) -> XmlTree | Diagnostic:
    """Parse ``data`` under the policy, or say why not.

    Findings:
        ``IO105`` empty, ``IO106`` undecodable or unknown encoding, ``IO102`` document type declaration, ``IO107`` too
        large or too deep, ``IO101`` not well-formed; always exactly one.

    Example:
        >>> read_xml(b"<a><b/></a>", origin="a.xml").root.tag
        'a'
    """
    if len(data) > MAX_XML_BYTES:
        return finding("IO107", f"the file has {len(data)} bytes, more than {MAX_XML_BYTES}", Location(origin))
    text = utf8_text(data, origin=origin)
    if isinstance(text, Diagnostic):
        return text
    scan = _Scan(origin)
    refused = scan.run(text)
    return refused if refused is not None else _tree(text, scan, origin)


@dataclass(frozen=True, slots=True)
class XmlStream:
    """A document that was found safe, to be read element by element.

    ``lines`` names the line of each start tag in the order of the document, exact for files of any length.
    """

    text: bytes
    lines: "array[int]"

    def events(self) -> "Iterator[tuple[str, etree._Element]]":
        """Yield ``start`` and ``end`` with the element; who reads drops what it no longer needs.

        Raises:
            lxml.etree.XMLSyntaxError: libxml2 refuses what expat took: a limit of its own, such as the length of a text.
        """
        from lxml import etree

        yield from etree.iterparse(
            BytesIO(self.text),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            encoding="utf-8",
        )


def stream_xml(data: bytes, *, origin: str) -> XmlStream | Diagnostic:
    """Check ``data`` under the policy, to be read without a tree of the whole, or say why not.

    Findings:
        Those of :func:`read_xml`; always exactly one.

    Example:
        >>> [kind for kind, _ in stream_xml(b"<a><b/></a>", origin="a.xml").events()]
        ['start', 'start', 'end', 'end']
    """
    if len(data) > MAX_XML_BYTES:
        return finding("IO107", f"the file has {len(data)} bytes, more than {MAX_XML_BYTES}", Location(origin))
    text = utf8_text(data, origin=origin)
    if isinstance(text, Diagnostic):
        return text
    scan = _Scan(origin)
    refused = scan.run(text)
    return refused if refused is not None else XmlStream(text, scan.lines)


def refused_by_libxml2(error: "etree.XMLSyntaxError", origin: str) -> Diagnostic:
    """Return what is said of a text that libxml2 refuses: ``IO107`` where a limit is exceeded, else ``IO101``."""
    line, column = error.position
    rule, what = (
        ("IO107", "exceeds a limit") if _LIMIT_WORDS.search(error.msg or "") else ("IO101", "is not well-formed")
    )
    return finding(rule, f"the XML {what}: {error.msg}", Location(origin, line or None, column or None))


def utf8_text(data: bytes, *, origin: str) -> bytes | Diagnostic:
    """Return an XML file as UTF-8 without byte order mark, whatever its encoding; its declaration is left as it is.

    Findings:
        ``IO105`` when nothing but white space is there; ``IO106`` when bytes and encoding do not agree.
    """
    if not data.strip(b" \t\r\n\x00"):
        return finding("IO105", "the file is empty", Location(origin, 1))
    name = _encoding(data)
    codec = text_codec(name)
    if codec is None:
        return finding("IO106", f"the encoding `{name}` is not known", Location(origin, 1), value=name)
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode(codec, "replace")
        where = Location(origin, line, len(before) + 1)
        found = f"0x{data[error.start]:02x}"
        return finding("IO106", wrong_byte(found, name), where, value=found, expected=name.upper())
    if codec in ("utf-8", "ascii"):
        return data.removeprefix(codecs.BOM_UTF8)
    return text.removeprefix("\ufeff").encode("utf-8")


def wrong_byte(found: str, encoding: str) -> str:
    """Return what IO106 says of a byte at which reading ends."""
    return f"the byte `{found}` is not {encoding.upper()}, the encoding of the file"


def _encoding(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    declared = _DECLARED.match(data[:1024])
    return declared[1].decode("ascii") if declared else "utf-8"


class _RefusedError(Exception):
    """Ends the scan; carries the finding."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(slots=True)
class _Scan:
    """One pass of expat over the file before a tree is made: refuses what is unsafe, notes where elements start."""

    origin: str
    lines: "array[int]" = field(default_factory=lambda: array("L"))
    depth: int = 0

    def run(self, text: bytes) -> Diagnostic | None:
        parser = expat.ParserCreate("utf-8")
        lines, note = self.lines, self.lines.append

        def start(_name: str, attributes: list[str]) -> None:
            note(parser.CurrentLineNumber)
            self.depth += 1
            if len(attributes) > 2 * MAX_XML_ATTRIBUTES:
                message = f"an element has more than {MAX_XML_ATTRIBUTES} attributes"
                raise _RefusedError(finding("IO107", message, self._here(lines[-1], parser.CurrentColumnNumber)))
            if self.depth > MAX_XML_DEPTH:
                message = f"elements are nested more than {MAX_XML_DEPTH} deep"
                raise _RefusedError(finding("IO107", message, self._here(lines[-1], parser.CurrentColumnNumber)))

        def end(_name: str) -> None:
            self.depth -= 1

        def doctype(*_parts: object) -> None:
            where = self._here(parser.CurrentLineNumber, parser.CurrentColumnNumber)
            raise _RefusedError(
                finding("IO102", "the file declares a document type (DOCTYPE), which is refused", where)
            )

        parser.ordered_attributes = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.StartDoctypeDeclHandler = doctype
        try:
            self._feed(parser, text)
        except _RefusedError as refused:
            return refused.diagnostic
        except expat.ExpatError as error:
            where = self._here(error.lineno, error.offset)
            return finding("IO101", f"the XML is not well-formed: {reason_of(error)}", where)
        return None

    def _feed(self, parser: expat.XMLParserType, text: bytes) -> None:
        """Hand the text over in slices, and stop when one start tag (or comment) goes on for longer than any should."""
        for start in range(0, len(text), _SLICE):
            parser.Parse(text[start : start + _SLICE], False)
            if start + _SLICE - parser.CurrentByteIndex > MAX_XML_TOKEN:
                where = self._here(parser.CurrentLineNumber, parser.CurrentColumnNumber)
                raise _RefusedError(finding("IO107", f"one tag has more than {MAX_XML_TOKEN} bytes", where))
        parser.Parse(b"", True)

    def _here(self, line: int, offset: int) -> Location:
        return Location(self.origin, line, offset + 1)


def _tree(text: bytes, scan: _Scan, origin: str) -> XmlTree | Diagnostic:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        return refused_by_libxml2(error, origin)
    elements: Iterator[etree._Element] = root.iter("*")
    return XmlTree(root, dict(zip(elements, scan.lines, strict=True)))
