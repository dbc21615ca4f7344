"""Writing files so that a reader never sees half of one: a temporary file beside it, synced, then renamed."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

__all__ = ["atomic", "write_text"]


def write_text(path: Path, text: str) -> None:
    """Write a text file atomically, as UTF-8 with the line ends of the text.

    A link is followed; a pipe or device (``/dev/stdout``) is written to as it is, not replaced by a file.

    Raises:
        OSError: the folder is absent or not writable.
    """
    with atomic(path) as stream:
        stream.write(text.encode("utf-8"))


@contextmanager
def atomic(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing; it takes its place when the block ends well, and nothing remains when it does not.

    A link is followed; a pipe or device (``/dev/stdout``) is written to as it is, not replaced by a file.

    Raises:
        OSError: the folder is absent or not writable.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
        return
    path = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield cast(BinaryIO, file)
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
