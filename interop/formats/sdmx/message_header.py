"""What the header of a data message says of the message itself: its id, its sender, when it was prepared."""

import json
import re

from semstat.interop.formats.sdmx.header import Header
from semstat.interop.formats.sdmx.json_meta import header_of_json
from semstat.interop.formats.sdmx.parse_header import header_of as header_of_xml
from semstat.interop.recognise import is_json
from semstat.interop.sources import Source

__all__ = ["header_of"]

_META = re.compile(r'"(?:meta|header)"\s*:\s*(?=\{)')


def header_of(source: Source) -> Header:
    """Return the header of a message; an empty one for what has none, or has it beyond the first bytes.

    Source:
        SDMX 2.1 and 3.0 Section 3A, *Header*; SDMX-JSON 1.0 to 2.1, ``meta``.

    Example:
        >>> from io import BytesIO
        >>> text = b'{"data": {}, "meta": {"id": "A", "prepared": "2024-01-31T12:00:00Z"}}'
        >>> header_of(Source("a.json", lambda: BytesIO(text))).prepared
        '2024-01-31T12:00:00Z'
    """
    head = source.head()
    if not is_json(head):
        return header_of_xml(head)
    text = head.decode(json.detect_encoding(head), "ignore")
    found = _META.search(text)
    if found is None:
        return Header()
    try:
        end = json.JSONDecoder().raw_decode(text, found.end())[1]
    except (ValueError, RecursionError):
        return Header()
    header = header_of_json(f'{{"meta": {text[found.end() : end]}}}'.encode())
    return header if not [*header.faults()] else Header()
