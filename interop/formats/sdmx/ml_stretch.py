"""What the gaps of a regular stretch say: its rows, and the component of each value; how gaps are recognised by number."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from semstat.interop.formats.sdmx.ml_values import Block, Integers, Words

__all__ = ["GapNumbers", "Stretch"]

_MOST = 256
_WORD = 8
_HEAD, _TAIL, _LENGTH = (np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))

Gap = TypeVar("Gap")


@dataclass(frozen=True, slots=True)
class Stretch:
    """The rows of a stretch: kind, place of the first value, line, and whether they stand in a series (depth).

    ``names`` holds for each value the number of its component's name in ``texts``, or -1 if it is no component's value.
    ``value_lines`` are the lines of the values, if they are not those of their rows. ``depth`` is 1 if the stretch ends
    inside a series, else 0. ``brackets`` and ``controls`` count all ``<`` and control characters of the gaps.
    """

    kinds: npt.NDArray[np.int8]
    firsts: Integers
    lines: Integers
    depths: npt.NDArray[np.int8]
    names: Integers
    texts: list[str]
    value_lines: Integers | None
    depth: int
    brackets: int
    controls: int


class GapNumbers(Generic[Gap]):
    """The distinct gaps seen so far, recognised by number without a Python object for each occurrence.

    Args:
        read: Returns what a gap says, ``None`` if it is not of the regular kind; called once per distinct gap.
    """

    def __init__(self, read: Callable[[bytes], Gap | None]) -> None:
        self._read = read
        self._keys: Words = np.zeros(0, np.uint64)
        self._numbers: Integers = np.zeros(0, np.int64)
        self._texts: list[bytes] = []
        self.gaps: list[Gap] = []
        self._tabulate()

    def classify(self, block: Block, starts: Integers, ends: Integers) -> Integers | None:
        """Return the number of the gap before each value but the first; ``None`` if one is not of the regular kind."""
        begins, lengths = ends[:-1] + 1, starts[1:] - ends[:-1] - 2
        if not len(begins):
            return np.zeros(0, np.int64)
        short = np.minimum(lengths, _WORD)
        if int(short.min()) < 2:
            return None
        first = block.word(begins, short, 0)
        last = block.words[begins + lengths - _WORD] >> (np.uint64(8) * (_WORD - short).astype(np.uint64))
        keys = first * _HEAD + last * _TAIL + lengths.astype(np.uint64) * _LENGTH
        numbers = self._look_up(keys)
        strange = numbers < 0
        if strange.any():
            if not self._learn(block, keys, strange, begins, lengths):
                return None
            numbers = self._look_up(keys)
        return numbers if self._verified(block, numbers, begins, (first, last, lengths)) else None

    def _look_up(self, keys: Words) -> Integers:
        if not len(self._keys):
            return np.full(len(keys), -1, np.int64)
        places = np.searchsorted(self._keys, keys)
        places[places == len(self._keys)] = 0
        return np.where(self._keys[places] == keys, self._numbers[places], -1)

    def _learn(
        self, block: Block, keys: Words, strange: npt.NDArray[np.bool_], begins: Integers, lengths: Integers
    ) -> bool:
        places = np.flatnonzero(strange)
        fresh, firsts = np.unique(keys[places], return_index=True)
        if len(fresh) + len(self._keys) > _MOST:
            return False
        gaps = []
        for place in places[firsts]:
            text = block.padded[begins[place] : begins[place] + lengths[place]]
            gap = self._read(text)
            if gap is None:
                return False
            gaps.append((text, gap))
        numbers = np.arange(len(self._texts), len(self._texts) + len(gaps))
        self._texts += [text for text, _ in gaps]
        self.gaps += [gap for _, gap in gaps]
        known = np.concatenate([self._keys, fresh])
        order = np.argsort(known)
        self._keys, self._numbers = known[order], np.concatenate([self._numbers, numbers])[order]
        self._tabulate()
        return True

    def _tabulate(self) -> None:
        self._ends = (
            np.array([int.from_bytes(text[:_WORD], "little") for text in self._texts], np.uint64),
            np.array([int.from_bytes(text[-_WORD:], "little") for text in self._texts], np.uint64),
            np.array([len(text) for text in self._texts], np.int64),
        )

    def _verified(self, block: Block, numbers: Integers, begins: Integers, ends: tuple[Words, Words, Integers]) -> bool:
        """Tell whether each gap is, byte for byte, the text whose number it got.

        Args:
            block: The bytes.
            numbers: The gaps' numbers.
            begins: Where they begin.
            ends: Their first words, last words and lengths, which say all about a gap of up to sixteen bytes.
        """
        if any((own != table[numbers]).any() for own, table in zip(ends, self._ends, strict=True)):
            return False
        for number in np.flatnonzero(np.bincount(numbers, minlength=len(self._texts))):
            text = self._texts[number]
            places = begins[numbers == number] if len(text) > 2 * _WORD else begins[:0]
            for start in range(_WORD, len(text) - _WORD, _WORD):
                expected = np.uint64(int.from_bytes(text[start : start + _WORD], "little"))
                if (block.words[places + start] != expected).any():
                    return False
        return True
