"""Compressed files of SPSS as the uncompressed ones that they stand for, expanded while they are read forwards.

Reading rows from the middle of a compressed file means expanding all before them: in batches, that is quadratic in their number.
In an uncompressed file the reader goes to the row at once; expanded here, a file is gone through once, whatever its size.
"""

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

__all__ = ["Expanded", "Watched", "expanded"]

_HEADER = 176
_END = 999
"""The type of the record that ends the dictionary."""
_AT_ONCE = 1 << 20
_EOF, _LITERAL, _SPACES, _MISSING = 252, 253, 254, 255
_SYSTEM_MISSING = -1.7976931348623157e308
_Words = npt.NDArray[np.uint64]


@dataclass(slots=True)
class Watched:
    """A file that notes how far it was read."""

    stream: BinaryIO
    furthest: int = 0

    def tell(self) -> int:
        """Return the place in the file."""
        return self.stream.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        return self.stream.seek(offset, whence)

    def read(self, count: int = -1) -> bytes:
        """Return the next bytes."""
        found = self.stream.read(count)
        self.furthest = max(self.furthest, self.stream.tell())
        return found


@dataclass(slots=True)
class Expanded:
    """A compressed file as the uncompressed one: ``head`` is header and dictionary, ``pieces`` begins the data anew.

    Reading goes forwards; going back within the data begins them again.

    Source:
        The SPSS system file format as the PSPP developers' guide documents it: compression by bytecodes, and by ZLIB.
    """

    head: bytes
    size: int
    pieces: Callable[[], Iterator[bytes]]
    place: int = 0
    _held: bytes = b""
    _from: int = 0
    _rest: Iterator[bytes] = field(default_factory=lambda: iter(()))

    def __post_init__(self) -> None:
        self._again()

    def _again(self) -> None:
        self._held, self._from, self._rest = b"", len(self.head), self.pieces()

    def tell(self) -> int:
        """Return the place in the uncompressed file."""
        return self.place

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place, counted from the beginning (0), from here (1) or from the end (2)."""
        self.place = offset + (0, self.place, self.size)[whence]
        return self.place

    def read(self, count: int = -1) -> bytes:
        """Return the next bytes, fewer where the file ends."""
        begin, end = self.place, self.size if count < 0 else self.place + count
        found = self.head[begin:end]
        if end > len(self.head):
            found += self._data(max(begin, len(self.head)), end)
        self.place = begin + len(found)
        return found

    def _data(self, begin: int, end: int) -> bytes:
        if begin < self._from:
            self._again()
        while self._from + len(self._held) < end and (piece := next(self._rest, None)) is not None:
            keep = max(begin - self._from, 0)
            self._from += min(keep, len(self._held) + len(piece))
            self._held = (self._held + piece)[keep:]
        return self._held[begin - self._from : end - self._from]


def expanded(stream: BinaryIO, dictionary: int) -> Expanded | None:
    """Return a compressed file of SPSS as an uncompressed one; ``None`` where it is none, or is laid out otherwise.

    Args:
        stream: The file, which is left open for as long as what is returned is used.
        dictionary: Where the dictionary ends.
    """
    stream.seek(0)
    head = bytearray(stream.read(dictionary))
    order = "<" if bytes(head[64:68]) in (b"\x02\0\0\0", b"\x03\0\0\0") else ">"
    if len(head) < max(_HEADER, dictionary) or struct.unpack_from(f"{order}i", head, dictionary - 8)[0] != _END:
        return None
    width, compression, _, cases = struct.unpack_from(f"{order}4i", head, 68)
    if compression not in {1, 2}:
        return None
    (bias,) = struct.unpack_from(f"{order}d", head, 84)
    head[:4] = b"$FL2"
    struct.pack_into(f"{order}i", head, 72, 0)

    def pieces() -> Iterator[bytes]:
        stream.seek(dictionary)
        read = _inflated(stream, order) if compression == 2 else iter(lambda: stream.read(_AT_ONCE), b"")
        return _decoded(read, order, bias)

    return Expanded(bytes(head), len(head) + 8 * max(width, 1) * max(cases, 0), pieces)


def _inflated(stream: BinaryIO, order: str) -> Iterator[bytes]:
    """Yield what the blocks of a file hold that is compressed by ZLIB too, in pieces of a bounded size."""
    _, trailer, _ = struct.unpack(f"{order}3q", stream.read(24).ljust(24, b"\0"))
    inflating, left = zlib.decompressobj(), b""
    while True:
        if inflating.eof:
            inflating, left = zlib.decompressobj(), inflating.unused_data
        more = left or stream.read(max(0, min(_AT_ONCE, trailer - stream.tell())))
        if not more:
            return
        try:
            piece = inflating.decompress(more, _AT_ONCE)
        except zlib.error:  # the reader will miss the rows that would follow
            return
        left = inflating.unconsumed_tail
        if piece:
            yield piece


def _decoded(pieces: Iterator[bytes], order: str, bias: float) -> Iterator[bytes]:
    """Yield the values that bytecodes stand for: eight of them, then the values that they do not stand for themselves."""
    numbers = (np.arange(256) - bias).astype(f"{order}f8")
    numbers[_MISSING] = _SYSTEM_MISSING
    meant = numbers.view(np.uint64)
    meant[_SPACES] = int.from_bytes(b" " * 8, "little")
    before = b""
    for piece in pieces:
        data = before + piece
        words = np.frombuffer(data, np.uint64, len(data) // 8)
        starts, used = _blocks(words)
        before = data[8 * used :]
        values, ended = _values(words, starts, meant)
        yield values.tobytes()
        if ended:
            return


def _blocks(words: _Words) -> tuple[npt.NDArray[np.int64], int]:
    """Return the words that hold bytecodes and are followed by all values that they announce, and where what is left begins."""
    steps = (1 + (words.view(np.uint8).reshape(-1, 8) == _LITERAL).sum(axis=1)).tolist()
    starts, at, last = [], 0, len(steps)
    while at < last and at + steps[at] <= last:
        starts.append(at)
        at += steps[at]
    return np.array(starts, np.int64), at


def _values(words: _Words, starts: npt.NDArray[np.int64], meant: _Words) -> tuple[_Words, bool]:
    """Return the values of blocks, and whether a bytecode ends them."""
    codes = words[starts].view(np.uint8).reshape(-1, 8)
    stated = codes == _LITERAL
    values = meant[codes]
    values[stated] = words[(starts[:, None] + np.cumsum(stated, axis=1))[stated]]
    ends = np.flatnonzero(codes.ravel() == _EOF)
    last = int(ends[0]) if len(ends) else values.size
    return values.ravel()[:last][codes.ravel()[:last] != 0], bool(len(ends))
