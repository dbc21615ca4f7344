"""Limits on what an input may grow to, and the reader that counts while a compressed stream expands."""

import lzma
import zipfile
import zlib
from dataclasses import dataclass
from io import RawIOBase
from typing import BinaryIO

from semstat.validators.diagnostics import Diagnostic, Location

__all__ = ["Counting", "InputRefused", "Limits", "refusal"]

_FREE = 1 << 20
"""A compressed input may always expand to this many bytes: small files compress well without being bombs."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an input may grow to.

    ``ratio`` is expanded to packed size; ``stream_bytes`` bounds a gzip stream and standard input, ``archive_bytes``
    and ``archive_members`` a zip archive; ``memory_bytes`` is how much of standard input stays in memory before it
    goes to a temporary file; ``depth`` is how deep XML elements may nest; ``columns`` bounds the components that a
    dataset may state, known or not: each is a column.
    """

    ratio: int = 200
    stream_bytes: int = 8 << 30
    archive_bytes: int = 1 << 30
    archive_members: int = 10_000
    memory_bytes: int = 64 << 20
    depth: int = 64
    columns: int = 1_000


class InputRefused(Exception):
    """An input that cannot be read at all, or no further; ``diagnostic`` says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(f"{diagnostic.rule} {diagnostic.location.source}: {diagnostic.message}")
        self.diagnostic = diagnostic


def refusal(
    rule: str, message: str, source: str, *, line: int | None = None, column: int | None = None
) -> InputRefused:
    """Return the exception that refuses ``source`` under a catalogued rule."""
    from semstat.validators.rules import finding

    return InputRefused(finding(rule, message, Location(source, line, column)))


class Counting(RawIOBase):
    """A reader that refuses to go on when the bytes read pass a limit, or when the stream breaks.

    Args:
        stream: The expanding stream.
        name: The input's name, for the finding.
        packed: Its size before expansion.
        most: How many bytes it may expand to.
        limits: For the ratio.
        owner: What must be closed together with the stream.
    """

    def __init__(
        self,
        stream: BinaryIO,
        name: str,
        packed: int,
        most: int,
        limits: Limits,
        *,
        owner: zipfile.ZipFile | BinaryIO | None = None,
    ) -> None:
        self._stream, self._name, self._most, self._owner = stream, name, most, owner
        self._by_ratio = max(packed * limits.ratio, _FREE)
        self._ratio = limits.ratio
        self._total = 0

    def readable(self) -> bool:
        """Return true."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # any writable buffer
        """Read into ``buffer`` and count."""
        try:
            data = self._stream.read(len(buffer))
        except EOFError as error:
            raise refusal("IO104", "the compressed input breaks off before its end", self._name) from error
        except (OSError, lzma.LZMAError, zlib.error, zipfile.BadZipFile) as error:
            raise refusal("IO104", f"the compressed input is damaged: {error}", self._name) from error
        self._total += len(data)
        if self._total > self._most:
            raise refusal("IO107", f"the input expands to more than {self._most} bytes", self._name)
        if self._total > self._by_ratio:
            raise refusal("IO107", f"the input expands to more than {self._ratio} times its size", self._name)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the stream and what owns it."""
        if not self.closed:
            self._stream.close()
            if self._owner is not None:
                self._owner.close()
        super().close()
