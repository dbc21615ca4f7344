"""Other readers as oracles: they print, warn and raise what they like, and each difference from ours has its reason."""

import contextlib
import io
import tomllib
import warnings
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

COMPARED = tomllib.loads(Path(__file__).with_name("compared.toml").read_text("utf-8"))
"""How many files each peer reads, and what it finds that we do not, with the reason."""


def by_sdmx1(path: Path) -> Any:
    """Return what sdmx1 reads."""
    import sdmx
    import sdmx.reader.xml.v30  # must be there before 2.1 is read

    return sdmx.read_sdmx(path)


def by_pysdmx(path: Path) -> Any:
    """Return what pysdmx reads."""
    from pysdmx.io import read_sdmx

    return read_sdmx(path, validate=False)


PEERS: dict[str, Callable[[Path], Any]] = {"sdmx1": by_sdmx1, "pysdmx": by_pysdmx}


def fenced(oracle: Callable[[Path], Any], path: Path) -> Any:
    """Return what a peer finds, or ``None`` where it does not read the file."""
    silence = io.StringIO()
    with warnings.catch_warnings(), contextlib.redirect_stdout(silence), contextlib.redirect_stderr(silence):
        warnings.simplefilter("ignore")
        try:
            return oracle(path)
        except Exception:
            return None


def is_compared_version(peer: str) -> bool:
    """Tell whether the peer that is installed is the one whose figures are written down."""
    return version(peer) == COMPARED["versions"][peer]
