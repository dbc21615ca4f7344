"""Data files against sdmx1 and pysdmx: the same observations in every file that they read, or a reason on the list."""

from collections import Counter
from pathlib import Path

import pytest
from corpora import CORPORA, counts, files_of, needs_corpora
from peers import COMPARED, PEERS, by_pysdmx, by_sdmx1, fenced, is_compared_version
from sdmx_corpus import FILES

from semstat.interop.formats.data import open_data
from semstat.interop.sources import sources

pytestmark = needs_corpora

DIFFERENCES = COMPARED["data"]
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


def counted_by_sdmx1(path: Path) -> int:
    return sum(len(item.obs) for item in by_sdmx1(path).data)


def counted_by_pysdmx(path: Path) -> int:
    return sum(len(item.data) for item in by_pysdmx(path).data)


def rows_by_pysdmx(path: Path) -> list[dict]:
    return [row for item in by_pysdmx(path).data for row in item.data.to_dict("records")]


def rows(name: str) -> list[dict]:
    """Return the records at observations as we read them; what stands higher, pysdmx repeats on each or leaves out."""
    (source,) = sources(CORPORA / name)
    batches = (batch for part in open_data(source, lambda _: None) for batch in part.observations.batches)
    return [row for batch in batches for row in batch.to_pylist() if row.get("_kind") != 1]


def cells(row: dict, names: set[str]) -> frozenset[tuple[str, str]]:
    """Return the cells that are given, of the columns named; how not-a-number is spelt is one thing to pysdmx."""
    said = {name: str(row[name]) for name in names if row.get(name) not in (None, "") and row[name] == row[name]}
    return frozenset((name, "NaN" if value == "nan" else value) for name, value in said.items())


@pytest.mark.parametrize(
    ("peer", "oracle", "least"), [("sdmx1", counted_by_sdmx1, 60), ("pysdmx", counted_by_pysdmx, 130)]
)
def test_as_many_observations_as_the_peer(peer, oracle, least) -> None:
    pytest.importorskip("sdmx" if peer == "sdmx1" else peer)
    found = {name: number for name in DATA if (number := fenced(oracle, CORPORA / name)) is not None}
    other = {name: number for name, number in found.items() if number != counted(name)}
    print(f"{peer} reads {len(found)} of {len(DATA)} files; {len(found) - len(other)} counts are equal")
    assert len(found) >= least
    explained = DIFFERENCES.get(peer, {}).items()
    assert other == {name: item["observations"] for name, item in explained if "observations" in item}


def test_the_same_cells_as_pysdmx() -> None:
    """Every cell of every observation, in the columns that both have on observations."""
    pytest.importorskip("pysdmx")
    files = compared = 0
    other = set()
    for name in DATA:
        theirs = fenced(rows_by_pysdmx, CORPORA / name)
        if theirs is None:
            continue
        ours = rows(name)
        names = {item for row in ours for item, value in row.items() if value not in (None, "")}
        names &= {item for row in theirs for item in row}
        one, two = (Counter(cells(row, names) for row in those) for those in (ours, theirs))
        files, compared = files + 1, compared + one.total() * len(names)
        if one != two:
            other.add(name)
    print(f"pysdmx: {files} files, {compared} cells; {files - len(other)} files are equal")
    assert (files >= 130, compared >= 100_000) == (True, True)
    assert other == set(DIFFERENCES["pysdmx"])


@pytest.mark.parametrize("peer", PEERS)
def test_the_peer_reads_the_files_that_the_comparison_says(peer) -> None:
    """As structures it must give an artefact or nothing; as data, every dataset with its observations."""
    if not is_compared_version(peer):
        pytest.skip(f"the figures are of {peer} {COMPARED['versions'][peer]}")
    data = counted_by_sdmx1 if peer == "sdmx1" else counted_by_pysdmx
    known = set(DATA)
    read: Counter[str] = Counter()
    for name in (*FILES, *DATA):
        oracle = data if name in known else PEERS[peer]
        read[counts()[name][0]] += fenced(oracle, CORPORA / name) is not None
    assert read == Counter({form: item[peer] for form, item in COMPARED["readers"].items()})


def test_the_comparison_is_of_all_files() -> None:
    found = Counter(counts()[name][0] for name in (*FILES, *DATA))
    assert found == Counter({form: item["files"] for form, item in COMPARED["readers"].items()})
