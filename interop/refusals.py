"""Why an input is not read at all, told from its first bytes."""

from typing import TYPE_CHECKING

from semstat.interop.counting import InputRefused
from semstat.interop.sources import COMPRESSED, Source, refusal

if TYPE_CHECKING:
    from xml.parsers import expat

__all__ = ["refuse_unreadable", "unknown"]


def refuse_unreadable(head: bytes, source: Source, *, whole: bool) -> None:
    """Refuse what is recognised and must not, or cannot, be read: a document type declaration, JSON that is none.

    Args:
        head: The first bytes.
        source: The input.
        whole: Whether these are all of it.

    Raises:
        InputRefused: IO102, IO101.
    """
    from xml.parsers import expat

    from semstat.interop.recognise import is_xml, root_of

    if is_xml(head):
        try:
            root = root_of(head)
        except expat.ExpatError:
            return
        if root.doctype:
            raise _has_doctype(source, root.line)
    elif whole and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        _refuse_broken_json(head, source)


def _refuse_broken_json(head: bytes, source: Source) -> None:
    """What breaks off before it can be recognised is told of as broken, not as of no known kind."""
    from semstat.interop.formats.json_parse import parse_json
    from semstat.interop.recognise import sniff_bytes

    if sniff_bytes(head) == "json":
        parse_json(head, origin=source.name)


def _has_doctype(source: Source, line: int) -> Exception:
    message = "the document has a document type declaration, which is not read"
    return refusal("IO102", message, source.name, line=line)


def unknown(head: bytes, source: Source) -> Exception:
    """Return the refusal of an input of no known format: what it seems to be instead, or where it is broken."""
    from xml.parsers import expat

    from semstat.interop.recognise import is_html, is_xml, root_of

    if not head.strip(b" \t\r\n\xef\xbb\xbf"):
        return refusal("IO105", "the input holds nothing but white space", source.name)
    page = is_html(head)
    if page is not None:
        message = (
            "the input is an HTML page, probably the error page of a web service, and not a file of a known format"
        )
        return refusal("IO103", message, source.name, line=page)
    if head.startswith(COMPRESSED):
        message = "the input is compressed within another one, or an archive in a stream, and neither is unpacked"
        return refusal("IO103", message, source.name)
    if not is_xml(head):
        return refusal("IO103", "the format is not recognised from the first bytes", source.name)
    try:
        root = root_of(head)
    except expat.ExpatError as error:
        return _broken(head, source, error)
    if root.doctype:
        return _has_doctype(source, root.line)
    return refusal("IO103", _foreign(root.namespace, root.local), source.name, line=root.line)


def _foreign(namespace: str, local: str) -> str:
    """Return what is said of a root element that no format has."""
    from semstat.interop.recognise_ddi import is_dublin_core

    if is_dublin_core(namespace):
        return "the input is a Dublin Core record, which archives export beside DDI, and not a file of a known format"
    where = f" in the namespace `{namespace}`" if namespace else ""
    return f"the root element `{local}`{where} is not one of a known format"


def _broken(head: bytes, source: Source, error: "expat.ExpatError") -> Exception:
    from semstat.interop.recognise import reason_of
    from semstat.interop.safety import utf8_text
    from semstat.validators.diagnostics import Diagnostic

    text = utf8_text(head, origin=source.name)
    if isinstance(text, Diagnostic) and text.location.line == error.lineno:
        return InputRefused(text)
    message = f"the document is not well-formed: {reason_of(error)}"
    return refusal("IO101", message, source.name, line=error.lineno, column=error.offset + 1)
