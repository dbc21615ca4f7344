"""Telling how far reading and writing have come, without getting in the way of who reads and writes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BufferedReader, RawIOBase
from typing import BinaryIO, cast

from semstat.interop.sources import Source

__all__ = ["Progress", "Step", "telling", "watched"]

_BUFFER = 1 << 18


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done, and how many bytes of how many are done; ``None`` where that is not known."""

    what: str
    done: int | None = None
    total: int | None = None


Progress = Callable[[Step], None]
"""Told now and then what is being done; it decides itself what of that anybody wants to know."""


def watched(source: Source, tell: Progress) -> Source:
    """Return the source, whose readers tell how far they have come.

    Example:
        >>> from io import BytesIO
        >>> steps = []
        >>> with watched(Source("a.csv", lambda: BytesIO(b"A,B"), 3), steps.append).open() as stream:
        ...     _ = stream.read()
        >>> steps[-1]
        Step(what='reading a.csv', done=3, total=3)
    """
    what = f"reading {source.name}"

    def opener() -> BinaryIO:
        inner = _Watched(source.opener(), lambda done: tell(Step(what, done, source.size)))
        return cast(BinaryIO, BufferedReader(inner, _BUFFER))

    return replace(source, opener=opener)


def telling(stream: BinaryIO, what: str, tell: Progress) -> BinaryIO:
    """Return a stream that writes to another one and tells how many bytes it has; closing it leaves the other open.

    Example:
        >>> from io import BytesIO
        >>> steps = []
        >>> _ = telling(BytesIO(), "writing a.csv", steps.append).write(b"A,B")
        >>> steps
        [Step(what='writing a.csv', done=3, total=None)]
    """
    return cast(BinaryIO, _Telling(stream, lambda done: tell(Step(what, done))))


class _Telling(RawIOBase):
    """A stream that reports how much was written."""

    def __init__(self, stream: BinaryIO, tell: Callable[[int], None]) -> None:
        self._stream, self._report = stream, tell
        self._written = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._written

    def write(self, data: bytes | bytearray | memoryview) -> int:  # type: ignore[override]  # any buffer
        size = memoryview(data).nbytes
        self._stream.write(data)
        self._written += size
        self._report(self._written)
        return size

    def flush(self) -> None:
        if not self.closed:
            self._stream.flush()


class _Watched(RawIOBase):
    """A stream that reports the furthest place that was read."""

    def __init__(self, stream: BinaryIO, tell: Callable[[int], None]) -> None:
        self._stream, self._report = stream, tell
        self._place = self._furthest = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = 0) -> int:
        self._place = self._stream.seek(offset, whence)
        return self._place

    def tell(self) -> int:
        return self._place

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # any writable buffer
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._place += len(data)
        if self._place > self._furthest:
            self._furthest = self._place
            self._report(self._furthest)
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()
