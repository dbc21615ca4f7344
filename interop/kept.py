"""Streams that can be read once only, kept aside so that they can be read again."""

import tempfile
from io import RawIOBase
from typing import BinaryIO

from semstat.interop.counting import Limits, refusal

__all__ = ["Kept", "View"]


class Kept:
    """What a stream held, in memory or in a temporary file that goes when nobody needs it any more.

    Args:
        stream: The stream; it is read to its end.
        name: What it is called.
        limits: ``stream_bytes`` is the most that is kept, ``memory_bytes`` the most that is kept in memory.

    Raises:
        InputRefused: IO107, it holds more.
    """

    def __init__(self, stream: BinaryIO, name: str, limits: Limits) -> None:
        self.file = tempfile.SpooledTemporaryFile(max_size=limits.memory_bytes)  # noqa: SIM115 - closed in __del__
        self.size = 0
        while block := stream.read(1 << 20):
            self.size += len(block)
            if self.size > limits.stream_bytes:
                raise refusal("IO107", f"the stream passes the limit of {limits.stream_bytes} bytes", name)
            self.file.write(block)

    def __del__(self) -> None:
        self.file.close()


class View(RawIOBase):
    """A reader of its own over what was kept; several read beside one another."""

    def __init__(self, kept: Kept) -> None:
        self._kept, self._position = kept, 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # any writable buffer
        """Fill a buffer, and return how many bytes there were."""
        self._kept.file.seek(self._position)
        data = self._kept.file.read(len(buffer))
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)
