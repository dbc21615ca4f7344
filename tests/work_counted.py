"""The size of a piece of work, counted in calls: the same on a busy machine and on an idle one."""

import gc
import sys
from collections.abc import Callable
from types import FrameType

__all__ = ["calls_of", "growth"]


def calls_of(work: Callable[[], object]) -> int:
    """Return how many functions a piece of work calls in this thread, ours and those written in C.

    What a function in C does by itself (a query inside a store, a parser between two events) is one call: how long that
    takes is for the benchmarks.
    """
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before, collects = sys.getprofile(), gc.isenabled()
    gc.disable()  # who watches the collector is called when it happens to run
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
        if collects:
            gc.enable()
    return calls


def growth(work: Callable[[int], Callable[[], object]], size: int) -> float:
    """Return how many times as many calls twice as much takes: about 2 for work in proportion, 4 for each with each.

    Args:
        work: Makes the piece of work of a size; what making it calls is not counted.
        size: The smaller size. The first run, which loads what is loaded once, is not counted.
    """
    work(1)()
    return calls_of(work(2 * size)) / calls_of(work(size))
