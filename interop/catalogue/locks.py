"""Locks on files and folders, and names that are on the disk for sure: what a catalogue asks of the system, in one place.

These are the locks of POSIX, which a process that dies lets go of. Where there are none (Windows), a catalogue in a folder
cannot be had, and says so; one behind an endpoint can.

Source:
    flock(2): of the process, shared or exclusive, gone with the last handle; fsync(2) of a folder has its names written.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from semstat.ontology.errors import SemstatError

__all__ = ["CatalogueBusy", "NoLocks", "alone", "held", "sync_folder", "writing_alone"]

_PAUSE = 0.05


class CatalogueBusy(SemstatError):
    """Somebody else is writing to the catalogue."""


class NoLocks(SemstatError):
    """The system has no locks of POSIX."""


@contextmanager
def writing_alone(path: Path, *, wait: float) -> Iterator[None]:
    """Hold the only lock for writing; the file names the process that does.

    Args:
        path: The file, which stays; it says nothing once its process is gone.
        wait: Seconds to wait for it.

    Raises:
        CatalogueBusy: another process holds it.
        NoLocks: the system has none.
    """
    fcntl = _fcntl()
    with path.open("a+", encoding="ascii") as handle:
        end = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= end:
                    raise _busy(path) from None
                time.sleep(_PAUSE)
        handle.truncate(0)
        handle.write(f"{os.getpid()}\n")
        handle.flush()
        yield


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder, together with others, so that nobody has it alone.

    Raises:
        FileNotFoundError: it is not there.
        NoLocks: the system has none.
    """
    fcntl = _fcntl()
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Have a folder alone.

    Raises:
        BlockingIOError: somebody holds it.
        FileNotFoundError: it is not there.
        NoLocks: the system has none.
    """
    fcntl = _fcntl()
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder written to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _busy(path: Path) -> CatalogueBusy:
    number = path.read_text(encoding="ascii", errors="replace").strip()
    who = f"process {number}" if number.isdigit() else "another process"
    return CatalogueBusy(f"{who} is writing to the catalogue", hint="try again when it is done, or --wait for it")


def _fcntl() -> ModuleType:
    try:
        import fcntl
    except ImportError:
        hint = "keep it on Linux, macOS or in WSL, or behind a SPARQL endpoint (--endpoint)"
        raise NoLocks("a catalogue in a folder needs locks that this system does not have", hint=hint) from None
    return fcntl
