"""What a process of ours need not load: pyarrow imports pandas wherever it is installed, before its first array is made.

That costs 0.3 seconds and 50 megabytes, for types that no command of ours has. Only the command line, which owns its
process, may say that there is no pandas; a library that said so would take it away from its caller.
"""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

__all__ = ["with_pandas", "without_pandas"]


class _Absent:
    """A finder that knows of one thing: there is no pandas."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name == "pandas":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def without_pandas() -> None:
    """Make this process believe that pandas is not installed, unless it is loaded already."""
    if "pandas" not in sys.modules:
        sys.meta_path.insert(0, _Absent())


def with_pandas() -> None:
    """Take it back, for what cannot do without (sdmx1)."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, _Absent)]
