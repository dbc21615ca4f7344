"""Reading ahead: a thread that prepares the next batch while the engine takes in the last."""

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

__all__ = ["read_ahead"]

T = TypeVar("T")


def read_ahead(items: Iterator[T]) -> Generator[T, None, None]:
    """Yield the items of an iterator, in order, while a thread already asks it for the next one.

    Parsing and staging both leave Python for long stretches, so that a second core shortens the reading of a large file.
    What the iterator raises is raised here, at its place. A caller that stops early loses at most one item.

    Example:
        >>> list(read_ahead(iter("abc")))
        ['a', 'b', 'c']
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="semstat-read-ahead") as pool:
        coming = pool.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, items, None)
            yield item
