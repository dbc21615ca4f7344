"""What the command line decides for its process, and a library must not."""

import subprocess
import sys

import pytest

pytest.importorskip("pandas", reason="only where pandas is installed does its absence show")

_RUN = """
import os, sys
import semstat.cli.startup
if {own}:
    semstat.cli.startup.own_the_process()
import pyarrow
pyarrow.array([1])
print("pandas" in sys.modules, pyarrow.default_memory_pool().backend_name)
"""


def _seen(*, own: bool, **environment: str) -> tuple[str, str]:
    import os

    kept = {name: value for name, value in os.environ.items() if name != "ARROW_DEFAULT_MEMORY_POOL"}
    done = subprocess.run(
        [sys.executable, "-P", "-c", _RUN.format(own=own)],
        env=kept | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded, backend = done.stdout.split()
    return loaded, backend


def test_the_command_line_takes_the_systems_memory_and_loads_no_pandas() -> None:
    assert _seen(own=True) == ("False", "system")


def test_who_chooses_an_allocator_keeps_it() -> None:
    import pyarrow

    if "mimalloc" not in pyarrow.supported_memory_backends():
        pytest.skip("this pyarrow has one allocator only")
    assert _seen(own=True, ARROW_DEFAULT_MEMORY_POOL="mimalloc")[1] == "mimalloc"


def test_a_library_leaves_pandas_and_the_allocator_alone() -> None:
    assert _seen(own=False)[0] == "True"
