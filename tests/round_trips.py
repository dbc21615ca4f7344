"""Data written in a format and read again: the same records, but for what the format is known not to hold."""

from collections import Counter
from io import BytesIO
from pathlib import Path

from ml_reading import source_of

from semstat.interop.data_conversion import WRITERS, outgoing
from semstat.interop.formats.data import open_data
from semstat.interop.formats.dataset import ComponentIds
from semstat.interop.formats.outgoing import Losses, Outgoing, Settings
from semstat.interop.formats.sdmx.header import Header
from semstat.interop.registry import load
from semstat.interop.sources import sources
from semstat.interop.structures import Structures
from semstat.validators.observations import ACTION, KIND, RECORD_KINDS

HEADER = Header(id="TEST", prepared="2024-01-31T12:00:00Z")
Record = tuple[str, frozenset[tuple[str, str]]]


def written(datasets: list[Outgoing], target: str, *, at: str | None = None) -> tuple[bytes, Losses]:
    """Return datasets as written, and the account."""
    sink, losses = BytesIO(), Losses()
    load(WRITERS[target])(datasets, sink, Settings(HEADER, at), losses)
    return sink.getvalue(), losses


def read_again(data: bytes, components: ComponentIds, target: str):
    """Return the datasets of a message with their batches."""
    named = None if target.startswith("sdmx-ml") else target
    result = []
    for dataset in open_data(source_of(data, "message"), lambda _: components, format=named):
        result.append((dataset, list(dataset.observations.batches)))
        assert [item for item in dataset.tally.diagnostics if item.rule not in {"IO110", "IO114"}] == []
    return result


def records(batches, *, actions: bool = False) -> Counter[Record]:
    """Return records as a multiset: the kind of each, and its values."""
    found: Counter[Record] = Counter()
    for batch in batches:
        for row in batch.to_pylist():
            kind = RECORD_KINDS[row.get(KIND) or 0]
            kept = {name for name in row if not name.startswith("_") or (actions and name == ACTION)}
            found[kind, frozenset((name, row[name]) for name in kept if row[name] is not None)] += 1
    return found


def components_of(dataset: Outgoing) -> ComponentIds:
    """Return what readers ask of the structure of a dataset."""
    view = dataset.view
    return ComponentIds(
        dimensions=tuple(item.id for item in view.dimensions),
        time_dimension=view.time.id if view.time else None,
        attributes=tuple(item.id for item in view.components if item.role == "attribute"),
        measures=tuple(item.id for item in view.components if item.role == "measure"),
        groups=view.groups,
        multivalued=dataset.multivalued,
        coded=frozenset(item.id for item in view.components if item.codelist is not None),
    )


def only_dataset(path: Path, structures: Structures) -> Outgoing:
    """Return the dataset of a file, its records taken before the reader goes on."""
    (source,) = sources(path)
    (dataset,) = [outgoing(part, structures, path.name) for part in open_data(source, structures.components)]
    assert dataset.records.rows
    return dataset
