"""Cells of CSV made from columns: quoted where RFC 4180 asks for it, and joined to records."""

from collections.abc import Sequence
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.text_columns import map_text
from semstat.interop.formats.text_output import each_distinct, payload
from semstat.validators.observations import PART_SEPARATOR

__all__ = ["cells", "header", "many_cells", "records"]

INNER = ";"
"""What separates the parts of a cell that holds several."""


def cells(column: pa.Array) -> pa.Array:
    r"""Return a column's cells, quoted where they hold a separator, a quotation mark or a line break.

    Source:
        RFC 4180, section 2, 5 to 7.

    Example:
        >>> cells(pa.array(["a", 'a "b" c', "a,b", None])).to_pylist()
        ['a', '"a ""b"" c"', '"a,b"', None]
    """
    return each_distinct(column, _quoted)


def _quoted(text: pa.Array) -> pa.Array:
    special = pc.match_substring_regex(text, '[",\r\n]')
    if not pc.any(special).as_py():
        return text
    inside = pc.replace_substring(text, '"', '""')
    return pc.if_else(special, pc.binary_join_element_wise('"', inside, '"', ""), text)


def many_cells(column: pa.Array) -> pa.Array:
    r"""Return the cells of a multi-valued column, their parts joined by ``;`` and quoted where they hold one.

    Source:
        SDMX-CSV 2.0 field guide, *Multi-valued components*.

    Example:
        >>> many_cells(pa.array(["a\x1fb", "a;b\x1fc"])).to_pylist()[0]
        'a;b'
    """
    return cells(map_text(column, _inner))


def _inner(cell: str) -> str:
    return INNER.join(_part(part) for part in cell.split(PART_SEPARATOR))


def _part(part: str) -> str:
    return '"' + part.replace('"', '""') + '"' if INNER in part or '"' in part else part


def header(names: Sequence[str]) -> bytes:
    """Return the header record."""
    return records([cells(pa.array([name])) for name in names]) if names else b"\n"


def records(columns: Sequence[pa.Array]) -> bytes:
    """Return rows of ready cells as records, an absent cell as an empty one."""
    join = partial(pc.binary_join_element_wise, null_handling="replace", null_replacement="")
    rows = join(*columns, ",") if len(columns) > 1 else columns[0].fill_null("")
    return payload(pc.binary_join_element_wise(rows, "\n", ""))
