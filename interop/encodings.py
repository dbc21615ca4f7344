"""Which encodings a document of XML may declare: those that expat reads, those that it does not, those that do not exist."""

import codecs
import re
from xml.parsers import expat

__all__ = ["odd_encoding", "readable", "text_codec"]

_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s[^>]*\bencoding\s*=\s*[\"'](?P<name>[^\"'>]+)[\"'][^>]*\?>")

# Python also knows "encodings" with quadratic cost (punycode) or with escapes; a data file has no business with them.
_TEXT_CODECS = re.compile(r"utf-(8|16|32)(-sig|-le|-be)?|ascii|(iso|cp|koi|mac|gb|big|euc|shift|tis|hz)[a-z0-9_-]*")


def text_codec(name: str) -> str | None:
    """Return what Python calls an encoding of texts; ``None`` for what is none.

    Example:
        >>> text_codec("Latin1"), text_codec("punycode")
        ('iso8859-1', None)
    """
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    return codec if _TEXT_CODECS.fullmatch(codec) else None


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
    codec = text_codec(name)
    if codec is not None:
        return head.decode(codec, "ignore").encode(), "utf-8"
    error = expat.ExpatError(f"unknown encoding: {name}")
    error.code = expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]
    error.lineno, error.offset = 1, 0
    raise error
