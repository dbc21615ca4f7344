"""Keys and values of SDMX-JSON as columns: indices looked up in the message's lists, many at once, faults set aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.json_values import Fraction, JsonObject, JsonValue, kind_of
from semstat.interop.formats.sdmx.json_layout import ListedComponent, languages_of, text_of
from semstat.interop.formats.sdmx.ml_names import LANGUAGES_OF

__all__ = ["Fault", "Keys", "key_columns", "one_value", "value_columns"]

_ABSENT = frozenset({"", "~"})
"""Parts of a group's key that name no value; ``~`` is a dimension that is switched off (SDMX-JSON 2.1)."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a key or value: in which row, and at which place of the row's array (``None``: its key)."""

    row: int
    rule: str
    message: str
    value: str | None = None
    expected: str | None = None
    element: int | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys as columns of dimensions; ``good`` marks the keys that could be read, which alone are in the columns."""

    columns: dict[str, pa.Array]
    good: npt.NDArray[np.bool_]
    faults: list[Fault]


def key_columns(keys: Sequence[str], dimensions: Sequence[ListedComponent], *, partial: bool = False) -> Keys:
    """Return the dimensions that keys such as ``0:3:1`` give.

    Args:
        keys: The keys.
        dimensions: What the parts of a key stand for, in order.
        partial: Whether parts may be empty, in keys of groups.

    Findings:
        DF031 (a key of another number of parts, or of parts that are no indices), DF030 (an index beyond its list).
    """
    width = len(dimensions)
    if not width:
        blank = np.array([key == "" for key in keys], np.bool_)
        return Keys({}, blank, [_wrong_length(row, keys[row], 0) for row in np.flatnonzero(~blank).tolist()])
    parts = pc.split_pattern(pa.array(keys, pa.string()), ":")
    good = pc.list_value_length(parts).to_numpy(zero_copy_only=False) == width
    faults = [_wrong_length(row, keys[row], width) for row in np.flatnonzero(~good).tolist()]
    if faults:
        parts = parts.filter(pa.array(good))
    coded = parts.flatten().dictionary_encode()
    known = [_index(text, partial=partial) for text in coded.dictionary.to_pylist()]
    numbers = np.array([*known, 0], np.int64)[coded.indices.to_numpy()].reshape(-1, width)
    sizes = np.array([len(item.values) for item in dimensions], np.int64)
    wrong = (numbers >= sizes) | (numbers == _NO_INDEX)
    if wrong.any():
        rows = np.flatnonzero(good).tolist()
        faults += [
            _wrong_part(rows[row], keys[rows[row]], place, dimensions[place])
            for row, place in np.argwhere(wrong).tolist()
        ]
        bad = wrong.any(axis=1)
        good[np.flatnonzero(good)[bad]] = False
        numbers = numbers[~bad]
    columns = {item.id: _looked_up(numbers[:, place], item) for place, item in enumerate(dimensions)}
    return Keys(columns, good, sorted(faults, key=lambda fault: fault.row))


_NO_INDEX, _NO_PART = -1, -2


def _index(text: str, *, partial: bool) -> int:
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    return _NO_PART if partial and text in _ABSENT else _NO_INDEX


def _looked_up(numbers: npt.NDArray[np.int64], component: ListedComponent) -> pa.Array:
    """Return a column of the values to which numbers refer; negative numbers are absent values."""
    texts = [text for text in component.values if text is not None]
    moves = np.full(len(component.values) + 1, -1, np.int32)
    moves[:-1][[text is not None for text in component.values]] = np.arange(len(texts), dtype=np.int32)
    moved = moves[np.where(numbers < 0, len(component.values), numbers)]
    indices = pa.array(moved, mask=moved < 0) if (moved < 0).any() else pa.array(moved)
    return pa.DictionaryArray.from_arrays(indices, pa.array(texts, pa.string()))


def _wrong_length(row: int, key: str, width: int) -> Fault:
    found = key.count(":") + 1
    message = f"the key `{key}` has {found} part{'s' * (found != 1)}, but {width} dimension{'s' * (width != 1)}"
    return Fault(row, "DF031", f"{message} {'belong' if width != 1 else 'belongs'} in it", key, f"{width} indices")


def _wrong_part(row: int, key: str, place: int, dimension: ListedComponent) -> Fault:
    part = key.split(":")[place]
    if _index(part, partial=False) < 0:
        message = f"the key `{key}` has `{part}` for `{dimension.id}`, which is no index"
        return Fault(row, "DF031", message, key, "a number from 0")
    return _beyond(row, f"the key `{key}` has `{part}` for `{dimension.id}`", part, dimension)


def _beyond(row: int, what: str, value: str, component: ListedComponent, element: int | None = None) -> Fault:
    count = len(component.values)
    has = f"{count} value{'s' * (count != 1)}" if count else "no values"
    expected = f"0 to {count - 1}" if count else None
    return Fault(row, "DF030", f"{what}, but the message lists {has} for it", value, expected, element)


def value_columns(
    rows: Sequence[JsonValue], components: Sequence[ListedComponent], *, annotations: int = 0
) -> tuple[dict[str, pa.Array], list[Fault]]:
    """Return arrays of values as columns, one for each component; absent and ``null`` values are null.

    Where texts come in languages, a further column holds them with their languages.

    Args:
        rows: The arrays.
        components: What their elements stand for, in order.
        annotations: How many annotations the message lists: further elements may be indices of these.

    Findings:
        IO114 (annotations of observations, once), IO117 (a row that is no array, a value of a wrong type), DF030 (an
        index beyond its list), DF031 (more values than components).
    """
    faults: list[Fault] = []
    arrays: Sequence[list[JsonValue]] = rows  # type: ignore[assignment]  # made true by the next lines
    if set(map(type, rows)) != {list}:
        arrays = [row if isinstance(row, list) else [] for row in rows]
        faults = [
            Fault(place, "IO117", f"the values are {kind_of(row)}, not an array", expected="an array")
            for place, row in enumerate(rows)
            if not isinstance(row, list)
        ]
    width, lengths = len(components), set(map(len, arrays))
    if max(lengths, default=0) > width:
        faults += _surplus(arrays, width, annotations)
    if lengths != {width}:
        arrays = [(row + [None] * (width - len(row)))[:width] for row in arrays]
    flat = list(chain.from_iterable(arrays))
    columns = {}
    for place, component in enumerate(components):
        values = flat[place::width]
        columns[component.id], wrong = _column(values, component, place)
        faults += wrong
        said = _languages(values, component)
        if said is not None:
            columns[LANGUAGES_OF + component.id] = said
    return columns, faults


def _surplus(rows: Sequence[list[JsonValue]], width: int, annotations: int) -> list[Fault]:
    """Return what to say of elements beyond the last component: annotations are named once, the rest is a fault."""
    longer = [place for place, row in enumerate(rows) if len(row) > width]
    odd = [place for place in longer if not all(_is_annotation(item, annotations) for item in rows[place][width:])]
    faults = [_too_many(place, rows[place], width) for place in odd]
    if len(odd) < len(longer):
        others = set(odd)
        first = next(place for place in longer if place not in others)
        faults.append(Fault(first, "IO114", "annotations of observations are not interpreted", element=width))
    return faults


def _is_annotation(item: JsonValue, annotations: int) -> bool:
    if isinstance(item, list):
        return all(_is_annotation(part, annotations) for part in item)
    return item is None or (type(item) is int and 0 <= item < annotations)


def _too_many(row: int, values: list[JsonValue], width: int) -> Fault:
    message = f"there are {len(values)} values, but the message lists {width} components for them"
    return Fault(row, "DF031", message, str(len(values)), f"at most {width}", width)


def _column(values: Sequence[JsonValue], component: ListedComponent, element: int) -> tuple[pa.Array, list[Fault]]:
    kinds = set(map(type, values))
    if not component.indexed:
        texts = values if kinds <= {str, Fraction, type(None)} else list(map(text_of, values))
        return pa.array(texts, pa.string()), []
    if kinds <= {int, type(None)}:
        numbers = pa.array(values, pa.int64()).fill_null(-2).to_numpy()
        wrong = (numbers >= len(component.values)) | (numbers == -1) | (numbers < -2)
        faults = [
            _beyond(row, f"`{component.id}` has the index `{values[row]}`", str(values[row]), component, element)
            for row in np.flatnonzero(wrong).tolist()
        ]
        return _looked_up(np.where(wrong, -2, numbers) if faults else numbers, component), faults
    texts, faults = [], []
    for row, value in enumerate(values):
        text, fault = one_value(value, component, row, element)
        texts.append(text)
        faults += [fault] if fault is not None else []
    return pa.array(texts, pa.string()), faults


def _languages(values: Sequence[JsonValue], component: ListedComponent) -> pa.Array | None:
    """Return a column of texts in their languages, ``None`` where there is none."""
    kinds = set(map(type, values))
    if not component.languages and JsonObject not in kinds and list not in kinds:
        return None
    listed = dict(enumerate(component.languages)) if component.indexed else {}
    said = [listed.get(value) if type(value) is int else languages_of(value) for value in values]
    return pa.array(said, pa.string()) if any(said) else None


def one_value(value: JsonValue, component: ListedComponent, row: int, element: int) -> tuple[str | None, Fault | None]:
    """Return a value as text, looked up where it is an index, or what is wrong with it.

    Text, objects and arrays of text beside a list of values are taken for the values themselves.
    """
    if value is None or not component.indexed:
        return text_of(value), None
    if isinstance(value, bool | Fraction):
        message = f"`{component.id}` has `{text_of(value)}`, which is no index"
        return None, Fault(row, "IO117", message, text_of(value), "an integer", element)
    if isinstance(value, int):
        if 0 <= value < len(component.values):
            return component.values[value], None
        return None, _beyond(row, f"`{component.id}` has the index `{value}`", str(value), component, element)
    if isinstance(value, list):
        found = [one_value(part, component, row, element) for part in value]
        fault = next((fault for _, fault in found if fault is not None), None)
        return text_of([text for text, _ in found]), fault
    return text_of(value), None
