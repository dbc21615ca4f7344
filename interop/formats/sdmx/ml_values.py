"""Attribute values of a block of bytes as Arrow columns, without a Python object per value."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = ["PADDING", "Block", "ColumnReader"]

PADDING = b"\0" * 40
"""What must follow the bytes of a block, so that words can be read beyond its end."""

_WORDS = 4
_WIDTH = 8 * _WORDS
_SAMPLE = 2000
_MOST_CODES = 20_000
_MASKS = np.array([(1 << (8 * length)) - 1 for length in range(9)], dtype=np.uint64)

Integers = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]


class Block:
    """Some bytes, as such and as the eight-byte words that begin at each of them (unaligned, overlapping).

    Args:
        padded: The bytes and :data:`PADDING`.
    """

    def __init__(self, padded: bytes) -> None:
        self.size = len(padded) - len(PADDING)
        self.padded = padded
        self.bytes = np.frombuffer(padded, np.uint8)
        self.words: Words = np.ndarray((len(padded) - 7,), np.dtype("<u8"), padded, strides=(1,))

    def word(self, starts: Integers, lengths: Integers, place: int) -> Words:
        """Return the ``place``-th word of each value, with zeros after its end. No value holds a zero byte."""
        masks: Words = _MASKS[np.clip(lengths - 8 * place, 0, 8)]
        return self.words[starts + 8 * place] & masks


@dataclass(slots=True)
class _Codes:
    """Words seen so far, each with a small number in order of appearance."""

    known: Words = field(default_factory=lambda: np.zeros(0, np.uint64))
    numbers: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))

    def encode(self, words: Words) -> npt.NDArray[np.int32] | None:
        """Return the words' numbers; ``None`` once there are too many different words."""
        places = np.searchsorted(self.known, words)
        if len(self.known):
            places[places == len(self.known)] = 0
            strange = words[self.known[places] != words]
        else:
            strange = words
        if len(strange):
            if not self._learn(strange):
                return None
            places = np.searchsorted(self.known, words)
        return self.numbers[places]

    def _learn(self, strange: Words) -> bool:
        fresh = np.unique(strange)
        if len(fresh) + len(self.known) > _MOST_CODES:
            return False
        numbers = np.arange(len(self.known), len(self.known) + len(fresh), dtype=np.int32)
        known = np.concatenate([self.known, fresh])
        order = np.argsort(known)
        self.known, self.numbers = known[order], np.concatenate([self.numbers, numbers])[order]
        return True

    def words(self) -> list[int]:
        """Return the words in the order of their numbers."""
        result = np.zeros(len(self.known), np.uint64)
        result[self.numbers] = self.known
        return [int(word) for word in result]


class ColumnReader:
    """Reads the values of one component, block after block: as codes while they recur, else as plain text."""

    def __init__(self) -> None:
        self._plain: bool | None = None
        self._levels: list[tuple[_Codes, _Codes | None]] = []
        self._dictionary = pa.array([], pa.string())

    def read(self, block: Block, starts: Integers, lengths: Integers) -> pa.Array:
        """Return the values at these places as a column of text, or a dictionary of text."""
        width = (int(lengths.max(initial=0)) + 7) // 8 or 1
        if width > _WORDS:
            return _long_text(block, starts, lengths)
        if self._plain is None:
            self._plain = _hardly_recurs(block, starts[:_SAMPLE], lengths[:_SAMPLE], width)
        if not self._plain:
            numbers = self._numbers(block, starts, lengths, width)
            if numbers is not None:
                return pa.DictionaryArray.from_arrays(pa.array(numbers), self._texts())
            self._plain = True
        return _short_text(block, starts, lengths, width)

    def _numbers(self, block: Block, starts: Integers, lengths: Integers, width: int) -> npt.NDArray[np.int32] | None:
        """Return each value's number: that of its first word, joined with that of its second, and so on."""
        if not self._levels:
            self._levels.append((_Codes(), None))
        while len(self._levels) < width:
            self._levels.append((_Codes(), _Codes()))
            self._dictionary = pa.array([], pa.string())
        total: npt.NDArray[np.int32] | None = None
        for place, (codes, pairs) in enumerate(self._levels):
            words = block.word(starts, lengths, place) if place < width else np.zeros(len(starts), np.uint64)
            numbers = codes.encode(words)
            if numbers is None:
                return None
            if total is not None and pairs is not None:
                numbers = pairs.encode((total.astype(np.uint64) << np.uint64(32)) | numbers.astype(np.uint64))
                if numbers is None:
                    return None
            total = numbers
        return total

    def _texts(self) -> pa.Array:
        """Return the dictionary: the texts in the order of their numbers."""
        final = self._levels[-1][1] or self._levels[0][0]
        if len(self._dictionary) != len(final.known):
            texts: list[bytes] = []
            for codes, pairs in self._levels:
                own = [word.to_bytes(8, "little") for word in codes.words()]
                joined = [(pair >> 32, pair & 0xFFFFFFFF) for pair in pairs.words()] if pairs else []
                texts = [texts[left] + own[right] for left, right in joined] if pairs else own
            self._dictionary = pa.array([text.rstrip(b"\0").decode() for text in texts], pa.string())
        return self._dictionary


def _hardly_recurs(block: Block, starts: Integers, lengths: Integers, width: int) -> bool:
    mixed = np.zeros(len(starts), np.uint64)
    for place in range(width):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + block.word(starts, lengths, place)
    return len(np.unique(mixed)) > max(32, len(starts) // 4)


def _short_text(block: Block, starts: Integers, lengths: Integers, width: int) -> pa.Array:
    words = np.empty((len(starts), width), np.uint64)
    for place in range(width):
        words[:, place] = block.words[starts + 8 * place]
    matrix = words.view(np.uint8).reshape(-1, 8 * width)
    return _text(matrix[np.arange(8 * width) < lengths[:, None]], lengths)


def _long_text(block: Block, starts: Integers, lengths: Integers) -> pa.Array:
    before = np.cumsum(lengths) - lengths
    places = np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths)
    return _text(block.bytes[places], lengths)


def _text(data: npt.NDArray[np.uint8], lengths: Integers) -> pa.Array:
    offsets = np.zeros(len(lengths) + 1, np.int32)
    np.cumsum(lengths, out=offsets[1:])
    return pa.StringArray.from_buffers(len(lengths), pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(data)))
