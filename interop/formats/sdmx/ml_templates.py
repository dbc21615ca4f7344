"""The distinct gaps of a message, recognised by number without a Python object per gap."""

import numpy as np
import numpy.typing as npt

from semstat.interop.formats.sdmx.ml_gaps import OBS, SERIES, Gap, depth_after, read_gap
from semstat.interop.formats.sdmx.ml_values import Block, Integers, Words

__all__ = ["Templates"]

_MOST = 256
_WORD = 8
_HEAD, _TAIL, _LENGTH = (np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
_INHERITED, _BROKEN = 2, 3


class Templates:
    """The gaps seen so far, with what each says, as arrays indexed by the gap's number."""

    def __init__(self) -> None:
        self._keys: Words = np.zeros(0, np.uint64)
        self._numbers: Integers = np.zeros(0, np.int64)
        self._texts: list[bytes] = []
        self._gaps: list[Gap] = []
        self._names: dict[str, int] = {}
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
            gap = read_gap(text)
            if gap is None:
                return False
            gaps.append((text, gap))
        numbers = np.arange(len(self._texts), len(self._texts) + len(gaps))
        self._texts += [text for text, _ in gaps]
        self._gaps += [gap for _, gap in gaps]
        known = np.concatenate([self._keys, fresh])
        order = np.argsort(known)
        self._keys, self._numbers = known[order], np.concatenate([self._numbers, numbers])[order]
        self._tabulate()
        return True

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

    def _tabulate(self) -> None:
        gaps = self._gaps
        self._ends = (
            np.array([int.from_bytes(text[:_WORD], "little") for text in self._texts], np.uint64),
            np.array([int.from_bytes(text[-_WORD:], "little") for text in self._texts], np.uint64),
            np.array([len(text) for text in self._texts], np.int64),
        )
        self.opens = np.array([gap.opens for gap in gaps], np.int8)
        self.before_tag = np.array([gap.before_tag for gap in gaps], np.int64)
        self.newlines = np.array([gap.newlines for gap in gaps], np.int64)
        self.controls = np.array([gap.controls for gap in gaps], np.int64)
        self.brackets = np.array([gap.brackets for gap in gaps], np.int64)
        self.names = np.array([self.number_of(gap.name) for gap in gaps], np.int64)
        # The depth after each gap, by the kind and depth of the element before it.
        self._after = np.full((len(gaps), 2, 2), _BROKEN, np.int8)
        for number, gap in enumerate(gaps):
            if gap.opens < 0:
                continue
            for kind in (OBS, SERIES):
                for depth in (0, 1):
                    after = depth_after(kind, depth, self_closed=gap.self_closed, closers=gap.closers, opens=gap.opens)
                    if after is not None:
                        self._after[number, kind, depth] = after

    def depths(self, gaps: Integers, kinds: npt.NDArray[np.int8], first: int) -> npt.NDArray[np.int8] | None:
        """Return the depth of each element, given that of the first; ``None`` where the nesting is not well-formed.

        Args:
            gaps: The numbers of the gaps that open an element.
            kinds: The kind of the element before each of these gaps.
            first: The depth of the element before the first of them.
        """
        outside, inside = self._after[gaps, kinds, 0], self._after[gaps, kinds, 1]
        # Where both depths before lead to the same depth, or only one is well-formed, the depth after is known at once.
        known = np.where(
            outside == inside,
            outside,
            np.where(inside == _BROKEN, outside, np.where(outside == _BROKEN, inside, _INHERITED)),
        )
        depths = np.concatenate([np.array([first], np.int8), known.astype(np.int8)])
        settled = np.where(depths != _INHERITED, np.arange(len(depths)), 0)
        depths = depths[np.maximum.accumulate(settled)]
        before = depths[:-1]
        if (before > 1).any() or (self._after[gaps, kinds, before] != depths[1:]).any() or (depths > 1).any():
            return None
        return depths

    def number_of(self, name: str) -> int:
        """Return the number of an attribute name."""
        return self._names.setdefault(name, len(self._names))

    @property
    def name_count(self) -> int:
        """How many attribute names there are."""
        return len(self._names)

    def name(self, number: int) -> str:
        """Return the attribute name with a number."""
        return list(self._names)[number]
