"""Writing files so that a reader never sees half of one: a temporary file beside it, synced, then renamed."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

__all__ = ["replacing", "write_text"]


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of ``path`` once all is written; if anything is raised, ``path`` stays as it was.

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
            yield file
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """Write a text file atomically, as UTF-8 with the line ends of the text.

    Raises:
        OSError: the folder is absent or not writable.
    """
    with replacing(path) as stream:
        stream.write(text.encode(errors="backslashreplace"))
