"""Columns on their way from a file to the checks: in parts, each put away in the narrowest form until somebody asks for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from semstat.validators.microdata.short_texts import packed, unpacked

__all__ = ["InMemory", "KeptColumn", "Numbers", "Parts"]

Numbers = npt.NDArray[np.integer]
"""For each row the number of its text among the distinct ones, −1 where it has no value."""

_MOST_TEXTS = 32_767
"""How many distinct texts are numbered; the number of one takes two bytes at most."""

_MANY = 1_000
"""Of so many cells it shows whether values recur."""


class Parts(Protocol):
    """Where parts of columns lie: in memory, or where the application puts them."""

    def keep(self, part: pa.Array) -> int:
        """Put a part away and return its number."""
        ...

    def part(self, number: int) -> pa.Array:
        """Return a part that was put away."""
        ...


class InMemory:
    """Parts that stay in memory.

    Example:
        >>> parts = InMemory()
        >>> parts.part(parts.keep(pa.array([1, None]))).to_pylist()
        [1, None]
    """

    def __init__(self) -> None:
        self._kept: list[pa.Array] = []

    def keep(self, part: pa.Array) -> int:
        """Put a part away and return its number."""
        self._kept.append(part)
        return len(self._kept) - 1

    def part(self, number: int) -> pa.Array:
        """Return a part that was put away."""
        return self._kept[number]


@dataclass(slots=True)
class KeptColumn:
    """A column of text: the numbers of its distinct texts while these are few, afterwards the texts themselves.

    ``texts`` are the distinct texts of those parts that hold numbers.

    Example:
        >>> column = KeptColumn(InMemory())
        >>> column.add([pa.array(["b", None]), pa.array(["a", "b"])])
        >>> texts, blocks = column.numbered()
        >>> texts.to_pylist(), [numbers.tolist() for numbers, _ in blocks]
        (['b', 'a'], [[0, -1, 1, 0]])
    """

    parts: Parts
    texts: pa.Array = field(default_factory=lambda: pa.nulls(0, pa.string()))
    _kept: list[int] = field(default_factory=list)
    _is_wide: bool = False

    def add(self, chunks: Sequence[pa.Array]) -> None:
        """Put some rows away; each chunk is of text, or a dictionary of texts."""
        part = None if self._is_wide else self._numbers(_coded(chunks))
        if part is None:
            self._is_wide = True
            part = pa.chunked_array([_text(chunk) for chunk in chunks]).combine_chunks()
        self._kept.append(self.parts.keep(part))

    def _numbers(self, coded: pa.DictionaryArray) -> pa.Array | None:
        """Return the numbers of some texts, ``None`` where there are too many to be numbered."""
        words = coded.dictionary
        if len(coded) >= _MANY and 2 * len(words) > len(coded):
            return None
        found = pc.index_in(words, value_set=self.texts)
        if found.null_count:
            fresh = words.filter(pc.is_null(found))
            if len(self.texts) + len(fresh) > _MOST_TEXTS:
                return None
            self.texts = pa.concat_arrays([self.texts, fresh])
            found = pc.index_in(words, value_set=self.texts)
        return found.take(coded.indices).cast(pa.int8() if len(self.texts) <= _MOST_TEXTS >> 8 else pa.int16())

    def cells(self, place: int) -> pa.Array:
        """Return the cells of a part as text."""
        part = self.parts.part(self._kept[place])
        return self.texts.take(part) if pa.types.is_integer(part.type) else part

    def numbered(self) -> tuple[pa.Array, Iterator[tuple[Numbers, range]]]:
        """Return the distinct texts, and for the rows in blocks their numbers with the parts that a block is made of."""
        if not self._is_wide:
            return self.texts, ((_plain(self.parts.part(kept)), range(n, n + 1)) for n, kept in enumerate(self._kept))
        everything = range(len(self._kept))
        cells = [self.cells(place) for place in everything]
        short = [packed(part) for part in cells]
        is_short = all(part is not None for part in short)
        coded = pa.chunked_array(short if is_short else cells).dictionary_encode()
        numbers = np.concatenate([_plain(chunk.indices) for chunk in coded.chunks])
        texts = coded.chunk(0).dictionary
        return unpacked(texts) if is_short else texts, iter([(numbers, everything)])

    def having(self, place: int, texts: Sequence[str]) -> npt.NDArray[np.intp]:
        """Return the rows of a part that have one of some texts."""
        part, wanted = self.parts.part(self._kept[place]), pa.array(texts, pa.string())
        if pa.types.is_integer(part.type):
            part, wanted = part.cast(pa.int32()), pc.index_in(wanted, value_set=self.texts).drop_null()
        return np.flatnonzero(pc.is_in(part, value_set=wanted).to_numpy(zero_copy_only=False))

    def lacking(self, place: int) -> npt.NDArray[np.intp]:
        """Return the rows of a part that have no value."""
        part = self.parts.part(self._kept[place])
        return np.flatnonzero(part.is_null().to_numpy(zero_copy_only=False))


def _plain(numbers: pa.Array) -> Numbers:
    whole: Numbers = (numbers.fill_null(-1) if numbers.null_count else numbers).to_numpy()
    return whole


def _text(chunk: pa.Array) -> pa.Array:
    return chunk if chunk.type == pa.string() else chunk.cast(pa.string())


def _coded(chunks: Sequence[pa.Array]) -> pa.DictionaryArray:
    """Return chunks as one dictionary of texts, null outside of it."""
    if any(chunk.type != _CODES for chunk in chunks):
        return _whole(pa.chunked_array([_text(chunk) for chunk in chunks]).dictionary_encode())
    return _whole(pa.chunked_array([_without_null(chunk) for chunk in chunks]).unify_dictionaries())


_CODES = pa.dictionary(pa.int32(), pa.string())


def _without_null(chunk: pa.DictionaryArray) -> pa.DictionaryArray:
    """Return a dictionary whose texts may be null as one with null among its cells instead."""
    words = chunk.dictionary
    if not words.null_count:
        return chunk
    present = words.is_valid().to_numpy(zero_copy_only=False)
    places = pa.array((np.cumsum(present) - 1).astype(np.int32), mask=~present)
    return pa.DictionaryArray.from_arrays(places.take(chunk.indices), words.drop_null())


def _whole(coded: pa.ChunkedArray) -> pa.DictionaryArray:
    return coded.chunk(0) if coded.num_chunks == 1 else coded.combine_chunks()
