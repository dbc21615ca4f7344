"""Where bytes come from: a file, standard input, a gzip stream, a member of a zip archive."""

import stat
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO, cast

from semstat.interop.counting import Counting, InputRefused, Limits, refusal
from semstat.interop.kept import Kept, View

__all__ = ["COMPRESSED", "InputRefused", "Limits", "Source", "refusal", "sources"]

_GZIP = b"\x1f\x8b"
_TABLES = frozenset({".csv", ".tsv", ".tab", ".txt"})
"""Suffixes of tables in plain text."""
_DELIVERED = _TABLES | {".xml", ".json", ".parquet"}
"""Suffixes of data and structures."""
_OFFICE = frozenset({"[Content_Types].xml", "META-INF/manifest.xml"})
"""Members of every file of an office program: Office Open XML, OpenDocument."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
COMPRESSED = (_GZIP, *_ZIP)


@dataclass(frozen=True, slots=True)
class Source:
    """One input: its name as the user gave it (``archive.zip!member`` inside an archive) and how to open it.

    Every call of :meth:`open` starts at the first byte again, standard input included. ``size`` is the number of
    bytes that :meth:`open` will yield, where that is known beforehand (``None`` for a gzip stream). A limit that is
    passed and a stream that breaks off are refused while reading, so :class:`InputRefused` may rise from ``read``
    too.
    """

    name: str
    opener: Callable[[], BinaryIO]
    size: int | None = None

    def open(self) -> BinaryIO:
        """Open the input for reading.

        Raises:
            InputRefused: IO104, it cannot be opened.
        """
        try:
            return self.opener()
        except (OSError, zipfile.BadZipFile) as error:
            raise refusal("IO104", f"the input cannot be opened: {_reason(error)}", self.name) from error

    def head(self, size: int = 1 << 20) -> bytes:
        """Return the first bytes, at most ``size``."""
        with self.open() as stream:
            return stream.read(size)


def sources(path: str | Path, *, limits: Limits = Limits()) -> tuple[Source, ...]:
    """Return the inputs that a path stands for.

    A file is itself, ``-`` is standard input, a gzip file its content, a zip archive its members,
    ``archive.zip!member`` one of them, a directory the files in it and below it whose format is recognised, in
    the order of their names. What a file is, is decided by its first bytes, not by its suffix;
    but of a directory's files that could be any CSV, or are empty or broken, only those are taken whose suffix says so.

    Raises:
        InputRefused: IO102 (an archive member that points outside), IO103 (a workbook), IO104 (absent, unreadable, nothing
            usable), IO107 (more members or bytes than the limits allow).

    Example:
        >>> sources("no-such-file.csv")
        Traceback (most recent call last):
        ...
        semstat.interop.counting.InputRefused: IO104 no-such-file.csv: there is no such file or directory
    """
    name = str(path)
    if name == "-":
        return (_standard_input(limits),)
    try:
        return _at(Path(path), name, limits)
    except OSError as error:  # a folder that may not be searched, a name that is too long
        raise refusal("IO104", f"the input cannot be opened: {_reason(error)}", name) from error


def _at(place: Path, name: str, limits: Limits) -> tuple[Source, ...]:
    if place.is_dir():
        return _directory(place, limits)
    if place.exists():
        return _file(place, limits)
    archive, mark, member = name.rpartition("!")
    if mark and Path(archive).is_file():
        found = tuple(source for source in _file(Path(archive), limits) if source.name == name)
        if not found:
            raise refusal("IO104", f"the archive has no member `{member}`", name)
        return found
    if place.is_symlink():
        raise refusal("IO104", "the link leads nowhere", name)
    raise refusal("IO104", "there is no such file or directory", name)


def _file(path: Path, limits: Limits) -> tuple[Source, ...]:
    name = str(path)
    try:
        size = path.stat().st_size
        if not path.is_file():
            return (_special(path, limits),)
        with path.open("rb") as stream:
            magic = stream.read(4)
    except OSError as error:
        raise refusal("IO104", f"the input cannot be opened: {_reason(error)}", name) from error
    if magic.startswith(_GZIP):
        return (Source(name, lambda: _gunzip(path.open("rb"), name, size, limits)),)
    if magic in _ZIP:
        return _archive(path, limits)
    return (Source(name, lambda: path.open("rb"), size),)


def _directory(path: Path, limits: Limits) -> tuple[Source, ...]:
    found: list[Source] = []
    for place in _files_below(path):
        try:
            found += (item for item in _file(place, limits) if _is_usable(item))
        except InputRefused as refused:  # one bad file does not hide the good ones beside it
            found += [_refusing(str(place), refused)] if refused.diagnostic.rule != "IO103" else []
    if not found:
        raise refusal("IO104", "the directory holds no file of a known format", str(path))
    return tuple(found)


def _is_usable(source: Source) -> bool:
    """Tell whether a file of a directory is an input.

    Lines with commas, such as program code has, are not enough for CSV. What is empty or broken is an input if its suffix
    is one of those that data and structures have: it may be what somebody meant to deliver.
    """
    from semstat.interop.registry import format_of, sniff

    suffix = PurePosixPath(source.name.lower().removesuffix(".gz")).suffix
    recognised = sniff(source.head(), source.name)
    if recognised is not None:
        return recognised != "csv" or suffix in _TABLES
    try:
        format_of(source)
    except InputRefused as refused:
        return suffix in _DELIVERED and refused.diagnostic.rule != "IO103"
    return True


def _files_below(path: Path) -> Iterator[Path]:
    """Yield the files of a directory and of those in it, in the order of their names; hidden ones are left out.

    Links to directories are not followed, so that a loop of links is not walked for ever.
    """
    for place in sorted(path.iterdir()):
        if place.name.startswith("."):
            continue
        if place.is_dir() and not place.is_symlink():
            yield from _files_below(place)
        elif place.is_file():
            yield place


def _refusing(name: str, refused: InputRefused) -> Source:
    def opener() -> BinaryIO:
        raise refused

    return Source(name, opener)


def _special(path: Path, limits: Limits) -> Source:
    """Return a source for a pipe or device, which can be read once only and is therefore kept aside."""

    def keep() -> Kept:
        with path.open("rb") as stream:
            return Kept(stream, str(path), limits)

    return _kept_aside(str(path), keep, limits)


def _standard_input(limits: Limits) -> Source:
    return _kept_aside("-", lambda: Kept(sys.stdin.buffer, "-", limits), limits)


def _kept_aside(name: str, keep: Callable[[], Kept], limits: Limits) -> Source:
    kept: list[Kept] = []

    def opener() -> BinaryIO:
        if not kept:
            kept.append(keep())
        magic = View(kept[0]).read(2)
        view = cast(BinaryIO, BufferedReader(View(kept[0])))
        return _gunzip(view, name, kept[0].size, limits) if magic == _GZIP else view

    return Source(name, opener)


def _gunzip(stream: BinaryIO, name: str, packed: int, limits: Limits) -> BinaryIO:
    import gzip

    expanded = cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    return cast(
        BinaryIO, BufferedReader(Counting(expanded, name, packed, limits.stream_bytes, limits, owner=stream), 1 << 18)
    )


def _archive(path: Path, limits: Limits) -> tuple[Source, ...]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.filename.endswith("/")]
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise refusal("IO104", f"the archive cannot be read: {_reason(error)}", str(path)) from error
    _judge_members(path, members, limits)
    if any(info.filename in _OFFICE for info in members):
        message = "the file is a workbook or a text of an office program; of a workbook, sheets saved as CSV are read"
        raise refusal("IO103", message, str(path))
    named = [info for info in members if not PurePosixPath(info.filename).name.startswith(".")]
    if not named:
        raise refusal("IO104", "the archive holds no file", str(path))
    return tuple(_member(path, info, limits) for info in sorted(named, key=lambda info: info.filename))


def _judge_members(path: Path, members: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse an archive by what its directory claims; what it really holds is counted while it expands."""
    if len(members) > limits.archive_members:
        message = f"the archive has {len(members)} members, more than the limit of {limits.archive_members}"
        raise refusal("IO107", message, str(path))
    for info in members:
        reason = _escape(info)
        if reason:
            raise refusal("IO102", f"the archive's member `{info.filename}` {reason}", str(path))
    claimed = sum(info.file_size for info in members)
    if claimed > limits.archive_bytes:
        message = f"the archive claims to hold {claimed} bytes, more than the limit of {limits.archive_bytes}"
        raise refusal("IO107", message, str(path))


def _escape(info: zipfile.ZipInfo) -> str | None:
    name = info.orig_filename
    if not info.filename:
        return "has no name"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a symbolic link"
    if name.startswith(("/", "\\")) or PureWindowsPath(name).drive:
        return "has an absolute path"
    if ".." in PureWindowsPath(name).parts:
        return "points outside the archive"
    return None


def _member(path: Path, info: zipfile.ZipInfo, limits: Limits) -> Source:
    name = f"{path}!{info.filename}"

    def opener() -> BinaryIO:
        if info.flag_bits & 1:
            raise refusal("IO104", "the archive's member is encrypted", name)
        archive = zipfile.ZipFile(path)
        try:
            stream = cast(BinaryIO, archive.open(info))
        except (OSError, NotImplementedError, zipfile.BadZipFile) as error:
            archive.close()
            unknown = isinstance(error, NotImplementedError)
            reason = "packed in a way that is not read" if unknown else "not where the archive says"
            raise refusal("IO104", f"the archive's member is {reason}", name) from error
        counted = Counting(stream, name, info.compress_size, limits.archive_bytes, limits, owner=archive)
        return cast(BinaryIO, BufferedReader(counted, 1 << 18))

    return Source(name, opener, info.file_size)


def _reason(error: BaseException) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)
