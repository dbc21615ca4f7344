"""Opens any data file: recognises its format and hands it to that format's reader."""

from collections.abc import Iterator

from semstat.interop.formats.dataset import Dataset, FindStructure
from semstat.interop.recognise import root_line
from semstat.interop.registry import format_of, load
from semstat.interop.sources import Source, refusal

__all__ = ["open_data"]


def open_data(source: Source, find_structure: FindStructure, *, format: str | None = None) -> Iterator[Dataset]:
    """Yield the datasets of a data file, each of which is to be consumed before the next is asked for.

    Args:
        source: The input.
        find_structure: Tells the reader the components of the structure that a dataset names.
        format: Name of the format, when it is not to be recognised.

    Yields:
        The datasets in the order of the file. A message that holds none yields one dataset with index 0, no records,
        and a tally that says so (IO110), because its header and footer may hold findings.

    Raises:
        InputRefused: the input cannot be read (IO101 to IO107), or holds something else than data that this version
            reads (IO112). It may rise while batches are consumed, when a compressed stream breaks off.

    Findings:
        In each dataset's tally, complete once its batches are consumed.
    """
    entry = format_of(source, named=format)
    if entry.kind != "data" or not entry.reads:
        what = "which is not data" if entry.kind == "structure" else "which this version does not read"
        raise refusal("IO112", f"the input is {entry.title}, {what}", source.name, line=root_line(source.head()))
    yield from load(entry.opener)(source, find_structure)
