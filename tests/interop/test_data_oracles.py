"""Data files against sdmx1 and pysdmx: as many observations in every file that they read, or a reason on the list."""

import contextlib
import io
import tomllib
import warnings
from pathlib import Path

import pytest
from corpora import CORPORA, counts, files_of, needs_corpora

from semstat.interop.formats.data import open_data
from semstat.interop.sources import sources

pytestmark = needs_corpora

DIFFERENCES = tomllib.loads(Path(__file__).with_name("oracle_differences.toml").read_text("utf-8"))
DATA = [
    *files_of("CSV"),
    *(name for name in files_of("SDMX-") if counts()[name][0].endswith(("Data", "JSON data"))),
]


def counted(name: str) -> int:
    """Return how many observations we find."""
    (source,) = sources(CORPORA / name)
    total = 0
    for part in open_data(source, lambda _: None):
        for _ in part.observations.batches:
            pass
        total += part.tally.observations
    return total


def by_sdmx1(name: str) -> int:
    import sdmx
    import sdmx.reader.xml.v30

    with (CORPORA / name).open("rb") as message:
        return sum(len(item.obs) for item in sdmx.read_sdmx(message).data)


def by_pysdmx(name: str) -> int:
    from pysdmx.io import read_sdmx

    return sum(len(item.data) for item in read_sdmx(CORPORA / name, validate=False).data)


def fenced(oracle, name: str) -> int | None:
    """Return what a peer counts, or ``None`` where it does not read the file: peers print, warn and raise what they like."""
    silence = io.StringIO()
    with warnings.catch_warnings(), contextlib.redirect_stdout(silence), contextlib.redirect_stderr(silence):
        warnings.simplefilter("ignore")
        try:
            return oracle(name)
        except Exception:
            return None


@pytest.mark.parametrize(("peer", "oracle", "least"), [("sdmx1", by_sdmx1, 60), ("pysdmx", by_pysdmx, 130)])
def test_as_many_observations_as_the_peer(peer, oracle, least) -> None:
    pytest.importorskip("sdmx" if peer == "sdmx1" else peer)
    found = {name: number for name in DATA if (number := fenced(oracle, name)) is not None}
    other = {name: number for name, number in found.items() if number != counted(name)}
    print(f"{peer} reads {len(found)} of {len(DATA)} files; {len(found) - len(other)} counts are equal")
    assert len(found) >= least
    assert other == {name: item["observations"] for name, item in DIFFERENCES.get(peer, {}).items()}
