"""Which encodings a document of XML may declare: those that expat reads, those that it does not, those that do not exist."""

import re
from xml.parsers import expat

__all__ = ["odd_encoding", "readable"]

_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s[^>]*\bencoding\s*=\s*[\"'](?P<name>[^\"'>]+)[\"'][^>]*\?>")


def odd_encoding(head: bytes) -> str | None:
    r"""Return the encoding that a document declares if expat does not read it, else ``None``.

    That is one that does not exist, or has characters of several bytes (Shift_JIS, Big5).

    Example:
        >>> document = '<?xml version="1.0" encoding="{}"?>\n<a/>'
        >>> [odd_encoding(document.format(name).encode()) for name in ("UTF-8", "ISO-8859-2", "Shift_JIS", "klingon")]
        [None, None, 'Shift_JIS', 'klingon']
    """
    found = _DECLARATION.match(head)
    if found is None:
        return None
    try:
        expat.ParserCreate().Parse(found[0], False)
    except (LookupError, ValueError):
        return found["name"].decode("ascii", "replace")
    except expat.ExpatError:
        return None
    return None


def readable(head: bytes) -> tuple[bytes, str | None]:
    """Return the first bytes of a document as expat reads them, and the encoding to tell it: ``None`` for what they declare.

    Raises:
        expat.ExpatError: the document declares an encoding that does not exist.
    """
    name = odd_encoding(head)
    if name is None:
        return head, None
    try:
        return head.decode(name, "ignore").encode(), "utf-8"
    except LookupError:
        error = expat.ExpatError(f"unknown encoding: {name}")
        error.code = expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]
        error.lineno, error.offset = 1, 0
        raise error from None
