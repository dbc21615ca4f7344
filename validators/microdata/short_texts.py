"""Short texts as whole numbers of eight bytes, which are told apart in half the time."""

import numpy as np
import pyarrow as pa

__all__ = ["packed", "unpacked"]

_BYTES = 8


def packed(texts: pa.Array) -> pa.Array | None:
    """Return texts as numbers, equal ones as equal numbers; ``None`` where one is longer than eight bytes or holds a zero byte.

    Example:
        >>> packed(pa.array(["a", None, "ab"])).to_pylist(), packed(pa.array(["123456789"]))
        ([97, None, 25185], None)
    """
    _, ends, data = texts.buffers()
    bounds = np.frombuffer(ends, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    sizes = np.diff(bounds)
    if data is None or not len(texts) or sizes.max() > _BYTES:
        return None
    held = np.frombuffer(data, np.uint8)[bounds[0] : bounds[-1]]
    if not len(held) or not held.min():
        return None
    padded = np.concatenate([held, np.zeros(_BYTES, np.uint8)])
    windows = np.ndarray((len(held) + 1,), dtype="<u8", buffer=padded, strides=(1,))[bounds[:-1] - bounds[0]]
    shifts = ((_BYTES - sizes) * 8).astype(np.uint64)
    # A shift by all 64 bits is not defined: what is empty is told by its size.
    found = np.where(sizes == 0, 0, (windows << shifts) >> shifts).astype(np.uint64)
    return pa.array(found, mask=texts.is_null().to_numpy(zero_copy_only=False))


def unpacked(numbers: pa.Array) -> pa.Array:
    """Return the texts that some numbers stand for.

    Example:
        >>> unpacked(packed(pa.array(["a", "é", ""]))).to_pylist()
        ['a', 'é', '']
    """
    characters = numbers.to_numpy().astype("<u8").view(np.uint8).reshape(-1, _BYTES)
    is_held = characters != 0
    bounds = np.concatenate([[0], np.cumsum(is_held.sum(axis=1))]).astype(np.int32)
    return pa.StringArray.from_buffers(len(numbers), pa.py_buffer(bounds), pa.py_buffer(characters[is_held]))
