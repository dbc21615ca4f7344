"""Rows of SDMX-CSV as record batches: which structure a row is for, what its action makes of it, its values."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.csv_blocks import CsvBlock
from semstat.interop.formats.dataset import ComponentIds
from semstat.interop.formats.findings import Findings
from semstat.interop.formats.sdmx.csv_cells import clean
from semstat.interop.formats.sdmx.csv_header import Column, Layout
from semstat.interop.formats.text_columns import encoded, map_text, single_value
from semstat.validators.observations import ACTION, KIND, LINE, RECORD_KINDS

__all__ = ["STRUCTURE_KINDS", "Key", "key_of_rows", "record_batch"]

Key = tuple[str | None, str | None]
"""What a row says about its structure: STRUCTURE (a known word in lower case) and STRUCTURE_ID (DATAFLOW in 1.0)."""

STRUCTURE_KINDS = {"dataflow": "Dataflow", "datastructure": "DataStructure", "dataprovision": "ProvisionAgreement"}
"""The words that STRUCTURE may hold, in any case, and what they name."""

_ATTRIBUTES, _DELETE = RECORD_KINDS.index("attributes"), RECORD_KINDS.index("delete")
_ACTIONS = frozenset("IAMRD")
_CHANGES = {
    "A": RECORD_KINDS.index("update"),
    "M": RECORD_KINDS.index("update"),
    "R": RECORD_KINDS.index("replacement"),
}


def key_of_rows(block: CsvBlock, layout: Layout) -> tuple[npt.NDArray[np.int64], list[Key]]:
    """Return, per row, an index into the list of keys that occur, which is in order of first appearance."""
    places = (layout.first("structure"), layout.first("structure_id"))
    cells = [None if place is None else block.columns[place] for place in places]
    singles = [None if cell is None else single_value(cell) for cell in cells]
    if all(cell is None or single is not None for cell, single in zip(cells, singles, strict=True)):
        return np.zeros(len(block.lines), np.int64), [_key(singles[0], singles[1])]
    words, names = (_codes(cell, len(block.lines)) for cell in cells)
    pairs = words[0] * (len(names[1]) + 1) + names[0]
    unique, firsts, inverse = np.unique(pairs, return_index=True, return_inverse=True)
    keys: dict[Key, int] = {}
    targets = np.zeros(len(unique), np.int64)
    for place in np.argsort(firsts, kind="stable"):
        row = firsts[place]
        key = _key(words[1][words[0][row]], names[1][names[0][row]])
        targets[place] = keys.setdefault(key, len(keys))
    return targets[inverse], list(keys)


def _key(word: str | None, name: str | None) -> Key:
    plain = word.lower() if word and word.lower() in STRUCTURE_KINDS else word
    return plain, name.partition(": ")[0] if name else None


def _codes(column: pa.Array | None, count: int) -> tuple[npt.NDArray[np.int64], list[str | None]]:
    """Return the column as codes into a list of its values, of which the last is ``None`` for an empty cell."""
    if column is None:
        return np.zeros(count, np.int64), [None]
    codes = encoded(column)
    values = [*codes.dictionary.to_pylist(), None]
    return codes.indices.fill_null(len(values) - 1).to_numpy(zero_copy_only=False).astype(np.int64), values


def record_batch(
    rows: CsvBlock, columns: tuple[Column, ...], layout: Layout, components: ComponentIds | None, findings: Findings
) -> pa.RecordBatch:
    """Return rows of one structure as a record batch; report unknown actions.

    A column that the structure does not know and that is empty in all these rows is left out: in a file of several
    structures it belongs to another one.
    """
    cells = {column: rows.columns[i] for i, column in enumerate(columns) if column.role == "component"}
    values = clean(cells, layout, components)
    if components is not None:
        known = frozenset(components.all)
        values = {name: cell for name, cell in values.items() if name in known or cell.null_count < len(cell)}
    batch: dict[str, pa.Array] = dict(values)
    batch[LINE] = pa.array(rows.lines)
    kinds = _kinds(values, components, len(rows.lines))
    action = layout.first("action")
    if action is not None:
        kinds = _apply_actions(kinds, rows, rows.columns[action], findings)
        batch |= _letters(rows.columns[action])
    if kinds is not None:
        batch[KIND] = pa.array(kinds)
    return pa.RecordBatch.from_arrays(list(batch.values()), names=list(batch))


def _letters(actions: pa.Array) -> dict[str, pa.Array]:
    """Return the column of actions, where any is stated that the standard knows."""
    letters = map_text(actions, lambda cell: word if (word := cell.strip().upper()) in _ACTIONS else None)
    return {} if letters.null_count == len(letters) else {ACTION: letters}


def _kinds(values: dict[str, pa.Array], components: ComponentIds | None, count: int) -> npt.NDArray[np.int8] | None:
    """Return the kinds of rows, ``None`` if all are observations: a partial key without measure holds attributes."""
    if components is None:
        return None
    partial = np.zeros(count, bool)
    for name in components.dimensions:
        partial |= _empty(values.get(name), count)
    if not partial.any():
        return None
    attributes = np.zeros(count, bool)
    for name in components.measures:
        partial &= _empty(values.get(name), count)
    for name in components.attributes:
        attributes |= ~_empty(values.get(name), count)
    return np.where(partial & attributes, np.int8(_ATTRIBUTES), np.int8(0))


def _empty(column: pa.Array | None, count: int) -> npt.NDArray[np.bool_]:
    if column is None:
        return np.ones(count, bool)
    if not column.null_count:
        return np.zeros(count, bool)
    return column.is_null().to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]  # pyarrow is untyped


def _apply_actions(
    kinds: npt.NDArray[np.int8] | None, rows: CsvBlock, actions: pa.Array, findings: Findings
) -> npt.NDArray[np.int8] | None:
    for action in pc.unique(actions).to_pylist():
        if action is None or (word := action.strip().upper()) == "I":
            continue
        those = pc.equal(actions, pa.scalar(action)).fill_null(False).to_numpy(zero_copy_only=False)
        if word in _CHANGES:
            kinds = np.zeros(len(those), np.int8) if kinds is None else kinds
            kinds[those & (kinds == 0)] = _CHANGES[word]
            continue
        if word == "D":
            kinds = np.zeros(len(those), np.int8) if kinds is None else kinds
            kinds[those] = _DELETE
            continue
        for line in rows.lines[those]:
            message = f"the action `{action}` is not one of I, A, M, R, D; the record is read as an observation"
            findings.add("DF014", message, line=int(line), path="ACTION", value=action, expected="I, A, M, R, D")
    return kinds
