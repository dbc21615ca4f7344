"""Parses an SDMX-ML data message into items: element by element with expat, by columns where it is regular."""

import re
from typing import BinaryIO
from xml.parsers import expat

from semstat.interop.formats.sdmx.ml_element_templates import ElementTemplates
from semstat.interop.formats.sdmx.ml_events import Events
from semstat.interop.formats.sdmx.ml_fast import FastReader, Position
from semstat.interop.formats.sdmx.ml_header import Node
from semstat.interop.formats.sdmx.ml_items import Finding, Halt, Item
from semstat.interop.formats.sdmx.ml_layout import Layout
from semstat.interop.formats.sdmx.ml_templates import Templates
from semstat.interop.recognise import reason_of
from semstat.interop.safety import wrong_byte
from semstat.interop.sources import Limits

__all__ = ["Parsing"]

_CHUNK = 1 << 20
_FIRST = 1 << 16
_BLOCK = 1 << 20
_LONGEST = 4
"""Bytes of the longest character of UTF-8."""
_PATIENCE = 3
"""Stretches in a row that are not regular, after which a message is read by expat alone."""

_TAG = re.compile(rb"<[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>")
_ROW = re.compile(rb"<((?:[A-Za-z_][A-Za-z0-9_.\-]*:)?)(?:Obs|Series)[\s>]")
_END_OF_ROW = re.compile(rb"</(?:[A-Za-z_][A-Za-z0-9_.\-]*:)?Obs>")
_QNAME = re.compile(rb"<([^\s/>]+)")
_CONTINUATION = bytes(range(0x80, 0xC0))
"""The bytes that go on with a character of UTF-8 and do not begin one."""

_DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>'


class Parsing:
    """The items of a message, one after the other.

    expat reads the message from its start. Whenever it stands between two elements of a dataset, the fast reader
    takes over for whole stretches; at a stretch that the fast reader declines, a new parser is set up in the same
    state, reads that stretch, and the fast reader is asked again.

    Args:
        stream: The message, from its first byte.
        layouts: What the elements of the message mean; several for its datasets, one after the other, where these differ.
        fast: Whether regular stretches may be read by columns.
        limits: For the depth of nesting.
    """

    def __init__(self, stream: BinaryIO, *layouts: Layout, fast: bool, limits: Limits = Limits()) -> None:  # noqa: B008
        self._stream = stream
        layout = self._layout = layouts[0]
        self._events = Events(limits.depth, layout)
        self._events.following.extend(layouts[1:])
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._events.attach(self._parser)
        self._parser.XmlDeclHandler = self._declared
        self._is_fast = fast and layout.regular != "" and len(layouts) == 1
        self._fast: FastReader | None = None
        self._prefix, self._at, self._dataset = b"", "", b""
        self._regular: Position | None = None
        self._declined = 0
        self._ended = False
        self._rest = b""
        self._stream_ended = False
        # Where the bytes fed to the parser in this step begin: in the parser's own count, and in the message.
        self._fed = 0
        self._line, self._column = 1, 0
        self._fed_size = 0
        self._size = _FIRST if self._is_fast else _CHUNK
        self._tail = b""
        self._is_utf8 = True

    def next(self) -> Item | None:
        """Return the next item; ``None`` at the end."""
        items = self._events.items
        while not items and not self._ended:
            if self._regular is not None:
                self._read_fast(self._regular)
            else:
                self._read_exact()
        return items.popleft() if items else None

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "us-ascii", "ascii"):
            self._is_fast = self._is_utf8 = False

    def _fill(self, size: int) -> None:
        """Read until so many bytes are at hand; a carriage return is not parted from its line feed."""
        parts, length = [self._rest], len(self._rest)
        while not self._stream_ended and (length < size or parts[-1].endswith(b"\r")):
            data = self._stream.read(max(1, size - length))
            self._stream_ended = not data
            parts.append(data)
            length += len(data)
        self._rest = b"".join(parts)

    # Element by element.

    def _read_exact(self) -> None:
        self._fill(self._size)
        size = self._size
        if self._is_fast and self._layout.regular == "elements":
            # The fast reader can only go on between two rows.
            size = _after_row(self._rest, size) or size
        data, self._rest = self._rest[:size], self._rest[size:]
        if data.endswith(b"\r") and self._rest.startswith(b"\n"):
            data, self._rest = data + b"\n", self._rest[1:]
        if data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")) and not self._fed_size:
            self._is_fast = self._is_utf8 = False
        final = self._stream_ended and not self._rest
        try:
            self._parser.Parse(data, final)
        except Halt as halt:
            self._stop(halt.finding)
            return
        except expat.ExpatError as error:
            self._stop(self._broken(error, data))
            return
        if final:
            self._finish()
            return
        if not self._is_fast or not self._take_over(data):
            self._flush()
            self._advance(data)
            self._tail = data[-_LONGEST:]
            self._fed += len(data)
            self._fed_size += len(data)
            self._size = _CHUNK

    def _broken(self, error: expat.ExpatError, data: bytes) -> Finding:
        """Return the finding for a message that expat cannot read on: IO106 where a byte is no UTF-8, else IO101."""
        line, column = self._events.place(error.lineno, error.offset)
        # A character may begin in the bytes fed before.
        place = self._parser.ErrorByteIndex - self._fed + len(self._tail)
        character = (self._tail + data)[place : place + _LONGEST] if place >= 0 else b""
        if self._is_utf8 and _begins_wrong(character):
            found = f"0x{character[0]:02x}"
            return Finding("IO106", wrong_byte(found, "utf-8"), line, column, value=found, expected="UTF-8")
        return Finding("IO101", f"the message is not well-formed: {reason_of(error)}", line, column)

    def _stop(self, finding: Finding) -> None:
        self._ended = True
        self._flush(force=True)
        self._events.items.append(finding)

    def _flush(self, *, force: bool = False) -> None:
        try:
            self._events.flush(force=force)
        except Halt as halt:
            self._ended = True
            self._events.items.append(halt.finding)

    def _finish(self) -> None:
        self._ended = True
        self._flush(force=True)
        if self._events.layout.has_header and not self._events.header_seen:
            self._events.items.append(Finding("IO113", "the message has no header", self._events.root_line))
        if not self._events.dataset_seen:
            self._events.items.append(Finding("IO110", "the message holds no dataset", self._events.root_line))

    def _advance(self, data: bytes) -> None:
        """Count the lines of bytes that were read, as expat counts them."""
        if not self._is_fast:
            return
        returns = data.count(b"\r")
        self._line += data.count(b"\n") + (returns - data.count(b"\r\n") if returns else 0)
        last = max(data.rfind(b"\n"), data.rfind(b"\r") if returns else -1) + 1
        width = len(data[last:].translate(None, _CONTINUATION))
        self._column = width if last else self._column + width

    @property
    def header(self) -> Node | None:
        """The header of the message, once it is read."""
        return self._events.header

    # From one to the other.

    def _take_over(self, data: bytes) -> bool:
        """Let the fast reader go on after the last element that expat has read; tell whether it can."""
        events = self._events
        if events.context[-1] not in ("dataset", "series") or len(events.context) > 4 or events.collector.grows:
            return False
        end = _end_of_event(data, events.index - self._fed, events.ended)
        if end is None or not self._prepare(data):
            return False
        series = events.collector.open_series
        had = series is not None and events.collector.had_observations
        self._flush(force=True)
        self._advance(data[:end])
        self._rest = data[end:] + self._rest
        self._regular = Position(self._line, series, had)
        return True

    def _prepare(self, data: bytes) -> bool:
        """Set up the fast reader for the prefix that rows have in these bytes; tell whether it can be used."""
        found = _ROW.search(data)
        if found is None and self._dataset is not self._events.tags[-1]:
            return False  # what prefix the rows of this dataset have is not known yet
        self._dataset = self._events.tags[-1]
        prefix = found[1] if found else self._prefix
        declaration = re.compile(b"xmlns:" + re.escape(prefix[:-1]) + rb"\s*=")
        if prefix and not any(declaration.search(tag) for tag in self._tags()):
            return False
        elements, at = self._layout.regular == "elements", self._events.at_observation
        if self._fast is None or (prefix, at) != (self._prefix, self._at):
            self._prefix, self._at = prefix, at
            self._fast = FastReader(ElementTemplates(prefix, at) if elements else Templates(prefix))
        return True

    def _tags(self) -> list[bytes]:
        """Return the start tags of the root and of the open dataset."""
        return [match[0] for tag in self._events.tags if (match := _TAG.match(tag))]

    def _fall_back(self, position: Position, size: int) -> None:
        """Set up a parser that stands where the fast reader stands, for the next ``size`` bytes."""
        events = self._events
        series = b"<" + self._prefix + b"Series>" if position.series else b""
        prologue = _DECLARATION + b"".join(self._tags()) + series + b"\n"
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.Parse(prologue, False)
        lines = self._parser.CurrentLineNumber
        events.attach(self._parser, shift=self._line - lines, first=lines, column=self._column)
        events.stand(position.series, had_observations=position.had_observations)
        self._fed = len(prologue)
        self._fed_size = 1
        self._tail = b""
        self._size = size
        self._regular = None

    # By columns.

    def _read_fast(self, position: Position) -> None:
        assert self._fast is not None
        self._fill(_BLOCK)
        name = _QNAME.match(self._events.tags[-1])
        end = self._rest.find(b"</" + name[1]) if name else -1
        elements = self._layout.regular == "elements"
        if end < 0:
            end = (_after_row(self._rest, len(self._rest)) if elements else self._rest.rfind(b"<")) or -1
        if end <= 0 or not self._rest[:end].strip():
            self._fall_back(position, _BLOCK)
            return
        data = self._rest[:end]
        read = self._fast.read(data, Position(self._line, position.series, position.had_observations))
        if read is None:
            self._declined += 1
            self._fall_back(position, end)
            if self._declined > _PATIENCE:
                self._is_fast = False
            return
        self._declined = 0
        records, self._regular = read
        self._events.items.append(records)
        self._events.records_seen = True
        self._events.observed += len(records.lines)
        self._rest = self._rest[end:]
        self._advance(data)


def _begins_wrong(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start == 0
    return False


def _after_row(data: bytes, size: int) -> int | None:
    """Return where the last observation that ends within so many bytes ends; ``None`` if none does."""
    found = None
    start = data.rfind(b"Obs>", 0, size)
    while start >= 0 and found is None:
        tag = data.rfind(b"<", 0, start)
        if tag >= 0 and _END_OF_ROW.fullmatch(data, tag, start + 4):
            found = start + 4
        start = data.rfind(b"Obs>", 0, start)
    return found


def _end_of_event(data: bytes, index: int, ended: str) -> int | None:
    """Return where the tag of an event ends.

    expat gives the place after the tag for the end of an empty element, and the start of the tag otherwise.
    """
    if not 0 <= index <= len(data):
        return None
    if ended:
        match = re.compile(rb"</(?:[^\s<>:]+:)?" + re.escape(ended.encode()) + rb"\s*>").match(data, index)
        return match.end() if match else index
    match = _TAG.match(data, index)
    return match.end() if match else None
