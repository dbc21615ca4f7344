"""Data survive every pair of formats: what is written is read again, but for what the formats are known not to hold."""

from collections import Counter

import pytest
from corpora import CORPORA, counts, files_of, needs_corpora
from hypothesis import given, settings
from hypothesis import strategies as st
from round_trips import components_of, read_again, records, written
from small_cube import datasets, outgoing

from semstat.interop.data_conversion import WRITERS
from semstat.interop.data_conversion import outgoing as outgoing_of
from semstat.interop.formats.data import open_data
from semstat.interop.reading import read
from semstat.interop.registry import FORMATS
from semstat.interop.sources import sources
from semstat.interop.structures import NoSuchStructure, Structures
from semstat.validators.observations import OBSERVATION_KINDS, PART_SEPARATOR

READ = [entry.name for entry in FORMATS if entry.kind == "data" and entry.reads and entry.name in WRITERS]
ONE_VALUE = {"sdmx-csv-1.0", "csv", "sdmx-ml-2.1-structure-specific-data"}
"""Formats whose cells hold one value."""


def kept(rows: Counter, target: str, many: frozenset[str]) -> Counter:
    """Return the records as a format holds them."""
    found: Counter = Counter()
    for (kind, values), number in rows.items():
        own = dict(values)
        if target in ONE_VALUE:
            own = {name: text.split(PART_SEPARATOR)[0] if name in many else text for name, text in own.items()}
        if "csv" in target:
            own = {name: text for name, text in own.items() if text}
        found[kind, frozenset(own.items())] += number
    return found


@pytest.mark.parametrize("first", READ)
@settings(max_examples=25, deadline=None)
@given(rows=datasets(), second=st.sampled_from(READ), encoded=st.booleans(), flat=st.booleans())
def test_data_survive_two_formats(first, rows, second, encoded, flat) -> None:
    at = "AllDimensions" if flat else None
    dataset = outgoing(rows, encoded=encoded)
    components = components_of(dataset)
    data, losses = written([dataset], first, at=at)
    expected = kept(records(dataset.records.batches()), first, dataset.multivalued)
    ((part, batches),) = read_again(data, components, first)
    assert records(batches) == expected
    assert {item.rule for item in losses.found} <= {"IO221", "IO228"}
    assert data == written([dataset], first, at=at)[0], "the same bytes each time"

    again = outgoing_of_batches(part, batches, dataset)
    ((_, batches),) = read_again(written([again], second)[0], components, second)
    assert records(batches) == kept(expected, second, dataset.multivalued)


def outgoing_of_batches(part, batches, dataset):
    from dataclasses import replace

    from semstat.interop.formats.spool import Spool

    many = part.observations.multivalued & {item.id for item in dataset.view.components}
    return replace(dataset, records=Spool(batches), multivalued=many)


DATA = [
    *files_of("CSV"),
    *(name for name in files_of("SDMX-ML") if "StructureSpecific" in counts()[name][0] and "Data" in counts()[name][0]),
]
STRUCTURES = [
    name for name in files_of("SDMX-ML") if counts()[name][0].endswith("Structure") and "2.0" not in counts()[name][0]
]


NOT_THE_SAME = {"IO220", "IO223", "IO224", "IO225", "IO226", "IO227"}
"""Losses of whole values or records."""


@needs_corpora
def test_the_data_of_the_corpora_survive_every_format() -> None:
    """Where the account names no loss, nothing is lost."""
    structures = Structures(read(*(CORPORA / name for name in STRUCTURES)).graph)
    number = compared = 0
    for name in DATA:
        (source,) = sources(CORPORA / name)
        for part in open_data(source, structures.components):
            try:
                dataset = outgoing_of(part, structures, name)
            except NoSuchStructure:
                continue
            number += 1
            for target in READ:
                data, losses = written([dataset], target)
                again = read_again(data, components_of(dataset), target)
                found = sum((records(batches) for _, batches in again), Counter())
                if NOT_THE_SAME.isdisjoint(item.rule for item in losses.found):
                    compared += 1
                    expected = kept(records(dataset.records.batches()), target, dataset.multivalued)
                    assert full(found, dataset) == full(expected, dataset), (name, target)
    print(f"{number} datasets with a structure at hand, {compared} conversions compared")
    assert number > 50
    assert compared > 250


def full(rows: Counter, dataset) -> Counter:
    """Return observations with the attributes of their series, which a table may give in records of their own."""
    key = {item.id for item in dataset.of("dimension")}
    shared: dict[frozenset[tuple[str, str]], dict[str, str]] = {}
    for kind, values in rows:
        if kind == "attributes" and {name for name, _ in values} >= key:
            shared.setdefault(frozenset(pair for pair in values if pair[0] in key), {}).update(values)
    found: Counter = Counter()
    for (kind, values), number in rows.items():
        series = shared.get(frozenset(pair for pair in values if pair[0] in key), {})
        if kind in OBSERVATION_KINDS:  # which of them, a message says by the action of its dataset
            found["observation", frozenset((series | dict(values)).items())] += number
    return found
