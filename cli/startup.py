"""What only the owner of a process may decide: what it need not load, whose memory it takes, when garbage is looked for.

The command line owns its process; a library that did this would take it away from its caller.

- pyarrow imports pandas wherever it is installed, before its first array is made: 0.3 seconds and 50 megabytes, for types
  that no command of ours has.
- pyarrow's own allocator keeps freed memory for itself; the system's gives it back. Measured on a million observations:
  20 to 35 megabytes less at the peak, in the same time.
- numpy's library for linear algebra starts a thread for every processor, with memory for each: 0.07 seconds for something
  that no command of ours does.
- Loading and reading make many objects that stay; looking through them for cycles every 700 costs 0.04 seconds.
"""

import gc
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

__all__ = ["own_the_process", "with_pandas"]

_OBJECTS_BEFORE_A_COLLECTION = 20_000


class _Absent:
    """A finder that knows of one thing: there is no pandas."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name == "pandas":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def own_the_process() -> None:
    """Make the decisions: pyarrow takes the system's memory, unless the user says otherwise, and finds no pandas."""
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(_OBJECTS_BEFORE_A_COLLECTION)
    if "pandas" not in sys.modules:
        sys.meta_path.insert(0, _Absent())


def with_pandas() -> None:
    """Take it back, for what cannot do without (sdmx1)."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, _Absent)]
