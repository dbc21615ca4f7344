"""Fixtures of the whole suite."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# What a machine is busy with is no fault of a test.
settings.register_profile("semstat", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("semstat")

Expect = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update``."""
    parser.addoption("--update", action="store_true", help="write expected output anew instead of comparing with it")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expected output is to be written anew."""
    return bool(request.config.getoption("--update"))


@pytest.fixture
def expect(update: bool) -> Expect:
    """Return a function that compares text with a file, byte for byte, or writes the file under ``--update``."""

    def compare(path: Path, text: str) -> None:
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        assert path.is_file(), f"{path.name} is missing: run pytest --update and read what it writes"
        assert text == path.read_bytes().decode("utf-8")

    return compare
