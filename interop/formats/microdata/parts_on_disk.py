"""Parts of columns in a temporary file, as Arrow lays them out: memory holds those alone that somebody looks at."""

import tempfile

import pyarrow as pa

__all__ = ["PartsOnDisk"]


class PartsOnDisk:
    """Keeps arrays in one file, each by itself.

    Args:
        folder: Where the file stands; ``None`` for the system's own place.

    Example:
        >>> parts = PartsOnDisk()
        >>> first, second = parts.keep(pa.array(["a", None])), parts.keep(pa.array([7], pa.int8()))
        >>> parts.part(first).to_pylist(), parts.part(second).type
        (['a', None], DataType(int8))
    """

    def __init__(self, folder: str | None = None) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed in close()
        self._places: list[tuple[int, int, pa.Schema]] = []
        self._schemas: dict[pa.DataType, pa.Schema] = {}
        self._end = 0

    def keep(self, part: pa.Array) -> int:
        """Write a part and return its number."""
        batch = pa.RecordBatch.from_arrays([part], names=[""])
        self._file.seek(self._end)
        size = self._file.write(batch.serialize())
        self._places.append((self._end, size, self._schemas.setdefault(part.type, batch.schema)))
        self._end += size
        return len(self._places) - 1

    def part(self, number: int) -> pa.Array:
        """Return a part that was written."""
        start, size, schema = self._places[number]
        self._file.seek(start)
        return pa.ipc.read_record_batch(pa.py_buffer(self._file.read(size)), schema).column(0)

    def close(self) -> None:
        """Give the file back."""
        self._file.close()

    def __del__(self) -> None:
        self.close()
