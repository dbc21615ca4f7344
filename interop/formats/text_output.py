"""Text made of whole columns at once: escaped once per distinct value, joined row by row, taken as bytes."""

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["each_distinct", "glue", "payload", "plain", "replaced"]


def plain(column: pa.Array) -> pa.Array:
    """Return a column of text that is no longer dictionary-encoded."""
    return column.cast(pa.string())


def each_distinct(column: pa.Array, function: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """Return the column as plain text with ``function`` applied to its values; to a dictionary's values only once.

    Example:
        >>> each_distinct(pa.array(["a", "a", None]).dictionary_encode(), pc.utf8_upper).to_pylist()
        ['A', 'A', None]
    """
    if pa.types.is_dictionary(column.type):
        return function(plain(column.dictionary)).take(column.indices)
    return function(plain(column))


def replaced(text: pa.Array, special: str, replacements: Sequence[tuple[str, str]]) -> pa.Array:
    """Return texts with characters replaced, one after the other, if any text matches the pattern ``special`` at all."""
    if not pc.any(pc.match_substring_regex(text, special)).as_py():
        return text
    for character, replacement in replacements:
        text = pc.replace_substring(text, character, replacement)
    return text


def glue(*parts: pa.Array | str) -> pa.Array:
    """Return the parts joined row by row; a row in which one is absent is absent.

    Example:
        >>> glue("<", pa.array(["a", None]), ">").to_pylist()
        ['<a>', None]
    """
    return pc.binary_join_element_wise(*parts, "")


def payload(lines: pa.Array) -> bytes:
    r"""Return all texts one after the other as UTF-8; absent ones take no room.

    Example:
        >>> payload(pa.array(["a", None, "é"]))
        b'a\xc3\xa9'
    """
    if lines.null_count:
        lines = lines.fill_null("")
    _, offsets, data = lines.buffers()
    if data is None or not len(lines):
        return b""
    places = np.frombuffer(offsets, np.int32)
    return bytes(memoryview(data)[places[lines.offset] : places[lines.offset + len(lines)]])
