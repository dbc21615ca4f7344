"""The bytes of a CSV file in blocks of whole records, each with the number of its first line."""

import codecs
from collections.abc import Callable
from typing import BinaryIO

from semstat.interop.formats.csv_exact import physical_lines
from semstat.interop.formats.findings import Findings

__all__ = ["BLOCK_SIZE", "CsvFeed"]

BLOCK_SIZE = 2 << 20
_STEPS_BACK = 2000
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class CsvFeed:
    """Hands out a CSV file in blocks; UTF-16 is turned into UTF-8, a byte order mark is left out.

    Args:
        stream: The input, from its first byte.
        findings: Receives IO106.
        size: Bytes of a block, about.
    """

    def __init__(self, stream: BinaryIO, findings: Findings, *, size: int = BLOCK_SIZE) -> None:
        self._findings, self._size = findings, size
        self._rest = stream.read(4)
        self._read = _reader(stream, self._rest)
        self._rest = b"" if self._rest.startswith(_UTF16) else self._rest.removeprefix(codecs.BOM_UTF8)
        self.ended = False
        self.line = 1

    def fill(self) -> bool:
        """Read until a block is there; tell whether there are bytes left."""
        parts = [self._rest]
        length = len(self._rest)
        while length < self._size and not self.ended:
            data = self._read(self._size - length)
            self.ended = not data
            parts.append(data)
            length += len(data)
        self._rest = b"".join(parts)
        return bool(self._rest)

    def grow(self) -> None:
        """Read bigger blocks from now on: a record did not fit."""
        self._size *= 2

    def first_line(self) -> str:
        """Return the first line that is not blank, without taking it; the lines before it are taken."""
        self.fill()
        found, size, lines = "", 0, 0
        for line in physical_lines(self._rest[: 1 << 20]):
            if line.strip():
                found = line.decode("utf-8", "replace").rstrip("\r\n")
                break
            size, lines = size + len(line), lines + 1
        self.take(size, lines)
        return found

    def block(self) -> bytes:
        """Return the next block of whole records, without taking it; no bytes at the end.

        Quotation marks are taken to come in pairs. Where they do not the block may end inside a record, which shows in
        the number of records that it gives.
        """
        if not self.fill():
            return b""
        while b"\n" not in self._rest and not self.ended:
            self.grow()
            self.fill()
        data = self._rest
        if self.ended:
            return data
        last = end = data.rfind(b"\n") + 1
        odd = data.count(b'"', 0, end) & 1
        for _ in range(_STEPS_BACK):
            if not odd or not end:
                break
            before = data.rfind(b"\n", 0, end - 1) + 1
            odd ^= data.count(b'"', before, end) & 1
            end = before
        return data[: last if odd or not end else end]

    def take(self, size: int, lines: int) -> None:
        """Take so many bytes, which hold so many lines."""
        self._rest = self._rest[size:]
        self.line += lines

    def checked(self, data: bytes) -> bytes:
        """Return a block as valid UTF-8; report IO106 and replace what cannot be decoded."""
        if data.isascii():
            return data
        try:
            data.decode()
        except UnicodeDecodeError as error:
            line = self.line + data.count(b"\n", 0, error.start)
            byte = f"0x{data[error.start]:02x}"
            text = (
                f"the byte `{byte}` is not UTF-8; it is replaced by U+FFFD, as are others near it, and reading goes on"
            )
            self._findings.add("IO106", text, line=line, value=byte, expected="UTF-8")
            return data.decode("utf-8", "replace").encode()
        return data


def _reader(stream: BinaryIO, head: bytes) -> Callable[[int], bytes]:
    if not head.startswith(_UTF16):
        return stream.read
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    decoder.decode(head[:2])
    left = [head[2:]]

    def read(size: int) -> bytes:
        while data := (left.pop() if left else stream.read(size)):
            text = decoder.decode(data)
            if text:
                return text.encode()
        return decoder.decode(b"", True).encode()

    return read
