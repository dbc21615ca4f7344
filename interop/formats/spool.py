"""Records kept in a temporary file, so that a writer can read them as often as its format asks, whatever their number."""

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from semstat.validators.observations import (
    ACTION,
    KIND,
    LANGUAGE_MARK,
    LANGUAGES,
    LINE,
    OBSERVATION_KINDS,
    PART_SEPARATOR,
    RECORD_KINDS,
    VERSION_SEPARATOR,
)

__all__ = ["ATTRIBUTES", "DELETE", "OBSERVATION", "Spool", "column", "kinds_of"]

OBSERVATION, ATTRIBUTES, DELETE = (RECORD_KINDS.index(kind) for kind in ("observation", "attributes", "delete"))
"""The kinds of records that writers tell apart, as :func:`kinds_of` returns them."""
_OBSERVED = pa.array(sorted(RECORD_KINDS.index(kind) for kind in OBSERVATION_KINDS), pa.int8())

_ROWS = 100_000


class Spool:
    """The records of one dataset, on disk; counts what writers must know before they begin.

    ``rows`` counts records, ``filled`` the values of each component (only components with a value are named, in order of
    first appearance), ``languages`` the cells of each component whose
    texts come with their languages, ``tongues`` these languages, ``kinds`` the records of each kind
    (as :func:`kinds_of` has them), ``actions`` the records of each stated action.

    Args:
        batches: Record batches as :class:`~semstat.validators.observations.Observations` describes them; consumed.
        folder: Where the temporary file stands; ``None`` for the system's own place.

    Example:
        >>> spool = Spool([pa.record_batch({"FREQ": ["A", None]})])
        >>> spool.rows, dict(spool.filled), [batch.num_rows for batch in spool.batches()]
        (2, {'FREQ': 1}, [2])
    """

    def __init__(self, batches: Iterable[pa.RecordBatch], folder: str | None = None) -> None:
        self.rows = 0
        self.filled: dict[str, int] = {}
        self.several: set[str] = set()
        self.languages: dict[str, int] = {}
        self.tongues: dict[str, dict[str, None]] = {}
        self.kinds: Counter[str] = Counter()
        self.actions: Counter[str] = Counter()
        self._sizes: list[int] = []
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed in close()
        for batch in batches:
            self._add(batch)

    def _add(self, batch: pa.RecordBatch) -> None:
        if not batch.num_rows:
            return
        self.rows += batch.num_rows
        for name, values in zip(batch.schema.names, batch.columns, strict=True):
            if name == ACTION:
                self.actions.update(dict(_counted(values)))
            elif name != KIND and values.null_count < len(values):
                self._note(name, values)
        self.kinds.update({RECORD_KINDS[int(kind)]: count for kind, count in _counted(kinds_of(batch))})
        kept_too = (KIND, ACTION, LINE)
        names = [
            name
            for name in batch.schema.names
            if not name.startswith("_") or name in kept_too or name.startswith(LANGUAGES)
        ]
        kept = batch.select(names)
        memory = pa.BufferOutputStream()
        with pa.ipc.new_stream(memory, kept.schema) as stream:
            stream.write_batch(kept)
        self._sizes.append(self._file.write(memory.getvalue()))

    def _note(self, name: str, values: pa.Array) -> None:
        filled = len(values) - values.null_count
        if name.startswith(LANGUAGES):
            component = name.removeprefix(LANGUAGES)
            self.languages[component] = self.languages.get(component, 0) + filled
            self.tongues.setdefault(component, {}).update(dict.fromkeys(_tongues(values)))
        elif not name.startswith("_"):
            self.filled[name] = self.filled.get(name, 0) + filled
            if name not in self.several and _has_parts(values):
                self.several.add(name)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the records, in order, from the first."""
        start = 0
        for size in self._sizes:
            self._file.seek(start)
            start += size
            with pa.ipc.open_stream(self._file.read(size)) as stream:
                batch = stream.read_next_batch()
            for first in range(0, batch.num_rows, _ROWS):
                yield batch.slice(first, _ROWS)

    def close(self) -> None:
        """Give the temporary file back."""
        self._file.close()

    def __del__(self) -> None:
        self.close()


def _tongues(values: pa.Array) -> Iterator[str]:
    """Yield the languages that texts are marked with."""
    for cell in pc.unique(values).to_pylist():
        for part in (cell or "").split(PART_SEPARATOR):
            for version in part.split(VERSION_SEPARATOR):
                language, mark, _ = version.rpartition(LANGUAGE_MARK)
                if mark and language:
                    yield language


def _has_parts(values: pa.Array) -> bool:
    text = values.dictionary if pa.types.is_dictionary(values.type) else values
    return bool(pc.any(pc.match_substring(text, PART_SEPARATOR)).as_py())


def _counted(values: pa.Array) -> Iterator[tuple[str, int]]:
    for item in pc.value_counts(values).to_pylist():
        if item["values"] is not None:
            yield str(item["values"]), item["counts"]


def column(batch: pa.RecordBatch, name: str) -> pa.Array:
    """Return a batch's column, nulls where it has none of that name."""
    return batch.column(name) if name in batch.schema.names else pa.nulls(batch.num_rows, pa.string())


def kinds_of(batch: pa.RecordBatch) -> pa.Array:
    """Return what each record is to a writer (int8): :data:`OBSERVATION`, :data:`ATTRIBUTES` or :data:`DELETE`.

    An observation is one whatever is to be done with it; whether it updates or replaces another, its action says.

    Example:
        >>> batch = pa.record_batch({KIND: pa.array([RECORD_KINDS.index("update"), DELETE], pa.int8())})
        >>> kinds_of(batch).to_pylist() == [OBSERVATION, DELETE]
        True
    """
    if KIND not in batch.schema.names:
        return pa.array(np.full(batch.num_rows, OBSERVATION, np.int8))
    kinds = batch.column(KIND)
    return pc.if_else(pc.is_in(kinds, value_set=_OBSERVED), pa.scalar(OBSERVATION, pa.int8()), kinds)
