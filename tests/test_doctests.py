"""Every example in a docstring runs.

Not by ``pytest --doctest-modules``: it would import ``validators.rules`` beside ``semstat.validators.rules``, and with
two copies of a class ``isinstance`` breaks.
"""

import doctest
import importlib
import pkgutil
from collections.abc import Iterator

import pytest

FOLDERS = ("ontology", "mappings", "validators", "interop", "cli")


def module_names() -> Iterator[str]:
    for folder in FOLDERS:
        package = importlib.import_module(f"semstat.{folder}")
        yield package.__name__
        yield from (found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."))


NAMES = tuple(module_names())


@pytest.mark.parametrize("name", NAMES)
def test_examples_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0, f"{result.failed} of {result.attempted} examples in {name}"


def test_modules_were_found_in_every_folder() -> None:
    assert {name.split(".")[1] for name in NAMES} == set(FOLDERS)
    assert len(NAMES) > 2 * len(FOLDERS)
