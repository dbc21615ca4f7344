"""Opens a file of microdata: by its first bytes, and where these tell nothing by the layout that is described."""

from semstat.interop.formats.microdata.fixed_width import has_layout, open_fixed_width
from semstat.interop.formats.microdata.packaged import package_of
from semstat.interop.formats.microdata.packages import open_package
from semstat.interop.formats.microdata.parquet import open_parquet
from semstat.interop.formats.microdata.text import open_csv
from semstat.interop.options import MicrodataOptions
from semstat.interop.sources import Source, refusal
from semstat.validators.microdata import DescribedFile
from semstat.validators.microdata.data_table import DataTable

__all__ = ["open_microdata"]


def open_microdata(source: Source, described: DescribedFile | None, options: MicrodataOptions) -> DataTable:
    """Return a data file as a table of text columns.

    Args:
        source: The file.
        described: What documentation says of it; without it records that have no separators cannot be read.
        options: Encoding and separator.

    Raises:
        InputRefused: IO101, IO103, IO105 or IO106, the file cannot be read; while batches are consumed too.
        MissingExtra: the file needs pyreadstat.
    """
    head = source.head(1024)
    if not head:
        raise refusal("IO105", "the input is empty", source.name)
    if package_of(head) is not None:
        return open_package(source, encoding=options.encoding)
    if head.startswith(b"PAR1"):
        return open_parquet(source)
    if described is not None and has_layout(described):
        return open_fixed_width(source, described, encoding=options.encoding)
    if b"\0" in head and not options.encoding and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = (
            f"byte {head.index(0) + 1} is zero, so that this is no text, or text in UTF-16 or UTF-32 without a mark: "
            "name its encoding, or the file is no table"
        )
        raise refusal("IO103", message, source.name)
    return open_csv(source, separator=options.separator, encoding=options.encoding)
