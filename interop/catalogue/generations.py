"""Stores that nobody sees half of: each change is made in a copy of the store, and then a pointer moves to it.

A store is opened for writing only while it is no generation yet. So readers never meet a writer, and a process that is
killed leaves behind nothing but a copy that nothing points to, which the next writer takes away. Copies share their files
(hard links): one costs a millisecond, whatever the size.

Source:
    Oxigraph's own help: reading a store that is being written to is undefined; ``backup`` makes a consistent copy.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from semstat.interop.catalogue.locks import CatalogueBusy, alone, held, sync_folder, writing_alone
from semstat.interop.writing import replacing
from semstat.ontology.errors import SemstatError

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["CatalogueBusy", "CatalogueDamaged", "CatalogueFull", "Generation", "Generations"]

_POINTER = "current"
_LOCK = "writer.lock"
_PREFIX = "generation-"
_WRITTEN = "written"
"""The store while it is written to."""

_QUADS = "quads"
"""The store of a generation, beside the other files that it holds."""


_FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


class CatalogueDamaged(SemstatError):
    """What the catalogue has stored cannot be read."""


class CatalogueFull(SemstatError):
    """There is no room for what was to be stored; the catalogue is as it was."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of a catalogue: a folder with the store and what was computed from it."""

    folder: Path

    @property
    def quads(self) -> Path:
        """The store itself."""
        return self.folder / _QUADS

    def open(self) -> "ox.Store":
        """Return the store, for reading only.

        Raises:
            CatalogueDamaged: it cannot be read.
        """
        import pyoxigraph as ox

        try:
            return ox.Store.read_only(str(self.quads))
        except (OSError, ValueError, RuntimeError) as problem:
            hint = "build it again from its sources: semstat load --anew"
            raise CatalogueDamaged(f"the store of the catalogue cannot be read: {problem}", hint=hint) from problem


class Generations:
    """The states of a catalogue in a folder, of which one is current.

    Args:
        folder: Where they are; it is made when first written to.
        wait: Seconds that a writer waits for another one.
    """

    def __init__(self, folder: Path, *, wait: float = 0.0) -> None:
        self._folder, self._wait = folder, wait

    @property
    def folder(self) -> Path:
        """Where they are."""
        return self._folder

    @contextmanager
    def reading(self) -> Iterator[Generation | None]:
        """Hand out the current generation, which stays as long as it is held; ``None`` where nothing was ever stored."""
        while True:
            name = self._current()
            if name is None:
                yield None
                return
            with self._held(name) as found:
                if found is not None:
                    yield found
                    return

    @contextmanager
    def writing(self, *, anew: bool = False) -> "Iterator[tuple[Generation, ox.Store]]":
        """Hand out a copy of the current generation that may be written to; it becomes the current one at the end.

        With ``anew`` it is no copy, but holds nothing.

        What readers open is a copy again, which no process has ever written to: a store cannot be closed, and goes on to tidy up
        its files for as long as anybody refers to it. If anything is raised, all stays as it was.

        Raises:
            CatalogueBusy: somebody else is writing.
            CatalogueFull: there is no room.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with _room(), self._alone():
            self._sweep()
            with self._next() as made:
                store = self._store(made, anew=anew)
                yield made, store
                store.flush()
                store.backup(str(made.quads))
                shutil.rmtree(made.folder / _WRITTEN, ignore_errors=True)
                sync_folder(made.quads)
            self._sweep()

    def take_over(self, other: Generation) -> None:
        """Make a copy of a generation of another catalogue the current one.

        Raises:
            CatalogueBusy: somebody else is writing.
            CatalogueFull: there is no room.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with _room(), self._alone():
            self._sweep()
            with self._next() as made:
                _copy(other, made, str(made.quads))
                sync_folder(made.quads)
            self._sweep()

    @contextmanager
    def _next(self) -> Iterator[Generation]:
        """Make the next generation, and the current one of it at the end; if anything is raised, it goes."""
        made = Generation(self._folder / f"{_PREFIX}{self._number() + 1:06d}")
        made.folder.mkdir()
        try:
            yield made
            sync_folder(made.folder)
            with replacing(self._folder / _POINTER) as target:
                target.write(made.folder.name.encode("ascii") + b"\n")
            sync_folder(self._folder)
        except BaseException:
            shutil.rmtree(made.folder, ignore_errors=True)
            raise

    def _current(self) -> str | None:
        try:
            return (self._folder / _POINTER).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None

    def _number(self) -> int:
        name = self._current()
        return int(name.removeprefix(_PREFIX)) if name else 0

    @contextmanager
    def _held(self, name: str) -> Iterator[Generation | None]:
        """Hold a generation so that no writer takes it away; ``None`` if one did, or began to, before it could be held.

        One that is no longer current may be half taken away, by a writer that was killed meanwhile.
        """
        folder = self._folder / name
        with ExitStack() as stack:
            try:
                stack.enter_context(held(folder))
            except FileNotFoundError:
                if self._current() == name:
                    raise CatalogueDamaged(f"the catalogue points to {name}, which is not there") from None
                yield None
                return
            is_whole = self._current() == name and (folder / _QUADS).exists()
            yield Generation(folder) if is_whole else None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with writing_alone(self._folder / _LOCK, wait=self._wait):
            yield

    def _store(self, made: Generation, *, anew: bool) -> "ox.Store":
        import pyoxigraph as ox

        name = self._current()
        written = str(made.folder / _WRITTEN)
        if name is not None and not anew:
            _copy(Generation(self._folder / name), made, written)
        return ox.Store(written)

    def _sweep(self) -> None:
        """Take away generations that nothing points to and nobody holds."""
        current = self._current()
        for folder in sorted(self._folder.glob(f"{_PREFIX}*")):
            if folder.name == current:
                continue
            with suppress(FileNotFoundError, BlockingIOError), alone(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _copy(before: Generation, made: Generation, quads: str) -> None:
    before.open().backup(quads)
    for path in before.folder.iterdir():
        if path.is_file():
            shutil.copy2(path, made.folder / path.name)


@contextmanager
def _room() -> Iterator[None]:
    """Tell a disk that is full from other trouble; the engine says so in words only."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as problem:
        if getattr(problem, "errno", None) in _FULL or any(os.strerror(code) in str(problem) for code in _FULL):
            raise CatalogueFull("there is no room left for the catalogue, which stays as it was") from problem
        raise
