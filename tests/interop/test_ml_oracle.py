"""Generic data of the corpora: sdmx1 finds the same observations."""

from collections import Counter

import pytest
from corpora import CORPORA, counts, files_of, needs_corpora
from peers import by_sdmx1, fenced

from semstat.interop.formats.data import open_data
from semstat.interop.sources import sources

GENERIC = [
    name
    for name in files_of("SDMX-ML 2.1 Generic")
    if counts()[name][0].endswith("Data") and counts()[name][1].get("obs")
    # Their dimension at the observation is misspelt; without a structure it keeps its wrong name.
    if not name.endswith(("exr_rg_xs.xml", "exr_sg_xs.xml"))
]


@needs_corpora
@pytest.mark.parametrize("name", GENERIC)
def test_sdmx1_finds_the_same_keys_and_values(name):
    theirs = Counter()
    names = set()
    for dataset in fenced(by_sdmx1, CORPORA / name).data:
        for obs in dataset.obs:
            key = {item: str(value.value) for item, value in obs.key.values.items()}
            names |= key.keys()
            theirs[frozenset(key.items()), None if obs.value is None else str(obs.value)] += 1
    ours = Counter()
    (source,) = sources(CORPORA / name)
    for part in open_data(source, lambda _: None):
        for batch in part.observations.batches:
            for row in batch.to_pylist():
                if not row.get("_kind"):
                    key = frozenset((item, row[item]) for item in names if row.get(item) is not None)
                    ours[key, row.get("OBS_VALUE")] += 1
    assert ours == theirs
    assert ours.total() == counts()[name][1]["obs"]


@needs_corpora
def test_how_many_messages_are_compared():
    print(f"{len(GENERIC)} messages")
    assert len(GENERIC) >= 22
