"""The fast reader of SDMX-ML data says exactly what expat says: values, lines, counts, findings."""

from random import Random

import pytest
from corpora import CORPORA, counts, files_of, needs_corpora
from generic_messages import GenericMaker, compact
from hypothesis import given, settings
from hypothesis import strategies as st
from ml_messages import COMPONENTS, MessageMaker
from ml_reading import reading, source_of

from semstat.interop.formats.sdmx import ml_parse
from semstat.interop.formats.sdmx.ml_fast import FastReader
from semstat.interop.sources import sources


@pytest.fixture
def taken(monkeypatch):
    """Counts the stretches that the fast reader read and those that it declined."""
    tally = {True: 0, False: 0}
    read = FastReader.read

    def counting(self, data, position):
        result = read(self, data, position)
        tally[result is not None] += 1
        return result

    monkeypatch.setattr(FastReader, "read", counting)
    return tally


def _with_sizes(first: int, chunk: int, block: int, patience: int, data: bytes, *, fast: bool):
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("_FIRST", first), ("_CHUNK", chunk), ("_BLOCK", block), ("_PATIENCE", patience)):
            patch.setattr(ml_parse, name, value)
        return reading(source_of(data), COMPONENTS, fast=fast)


@settings(max_examples=300, deadline=None)
@given(
    st.randoms(use_true_random=False),
    st.sampled_from([16, 64, 300, 1 << 16]),
    st.sampled_from([32, 100, 1 << 20]),
    st.sampled_from([64, 200, 1000, 1 << 21]),
    st.sampled_from([3, 1000]),
)
def test_both_ways_agree_on_any_message(chance, first, chunk, block, patience):
    data = MessageMaker(chance).make()
    exact = reading(source_of(data), COMPONENTS, fast=False)
    assert _with_sizes(first, chunk, block, patience, data, fast=True) == exact


def test_both_ways_agree_on_many_seeded_messages_and_the_fast_one_is_used(taken):
    for seed in range(300):
        data = MessageMaker(Random(seed)).make()
        exact = reading(source_of(data), COMPONENTS, fast=False)
        assert _with_sizes(64, 100, 200, 1000, data, fast=True) == exact, f"seed {seed}"
    assert taken[True] > 100
    assert taken[False] > 100


@needs_corpora
def test_both_ways_agree_on_every_data_message_of_the_corpora(monkeypatch, taken):
    for name, size in (("_FIRST", 2000), ("_CHUNK", 1000), ("_BLOCK", 3000)):
        monkeypatch.setattr(ml_parse, name, size)
    kinds = {name: counts()[name][0] for name in files_of("SDMX-ML")}
    names = [name for name, kind in kinds.items() if kind.endswith("Data")]
    for name in names:
        (source,) = sources(CORPORA / name)
        assert reading(source, fast=True) == reading(source, fast=False), name
    print(f"{len(names)} files, {taken[True]} stretches read by columns, {taken[False]} declined")
    assert len(names) >= 75
    assert taken[True] > 100


OTHERS = {
    "generic": lambda chance: GenericMaker(chance).make(),
    "generic, without a prefix": lambda chance: GenericMaker(chance, prefix="").make(),
    "compact": compact,
}


@pytest.mark.parametrize("kind", OTHERS)
@settings(max_examples=60, deadline=None)
@given(
    chance=st.randoms(use_true_random=False),
    sizes=st.sampled_from([(16, 32, 64), (300, 300, 200), (64, 1000, 1000), (1 << 16, 1 << 20, 1 << 20)]),
    patience=st.sampled_from([3, 1000]),
)
def test_both_ways_agree_on_any_message_of_other_layouts(kind, chance, sizes, patience):
    data = OTHERS[kind](chance)
    exact = reading(source_of(data), COMPONENTS, fast=False)
    assert _with_sizes(*sizes, patience, data, fast=True) == exact


@pytest.mark.parametrize("kind", OTHERS)
def test_both_ways_agree_on_seeded_messages_of_other_layouts_and_the_fast_one_is_used(kind, taken):
    for seed in range(80):
        data = OTHERS[kind](Random(seed))
        exact = reading(source_of(data), COMPONENTS, fast=False)
        assert _with_sizes(200, 300, 300, 1000, data, fast=True) == exact, f"seed {seed}"
    assert taken[True] > 20
    assert taken[False] > 10


def test_a_declaration_of_a_namespace_is_no_attribute():
    text = MessageMaker(_Plain()).make().decode()
    data = text.replace(
        "</m:DataSet>", '<Series xmlns="" FREQ="A"><Obs xmlns="" TIME_PERIOD="1"/></Series></m:DataSet>'
    )
    exact = reading(source_of(data.encode()), COMPONENTS, fast=False)
    assert _with_sizes(200, 200, 200, 100, data.encode(), fast=True) == exact
    assert all("xmlns" not in row for row in exact[0]["observations"])


def test_a_regular_message_is_read_by_columns_alone(taken):
    row = '<Obs TIME_PERIOD="20{:02d}" OBS_VALUE="{}.5" OBS_STATUS="A"/>\n'
    series = '<Series FREQ="A" AREA="B">\n' + "".join(row.format(i, i) for i in range(50)) + "</Series>\n"
    head, tail = MessageMaker(_Plain()).make().decode().split("</m:DataSet>")
    data = (head + series * 100 + "</m:DataSet>" + tail).encode()
    exact = reading(source_of(data), COMPONENTS, fast=False)
    assert _with_sizes(1 << 12, 1 << 12, 1 << 14, 3, data, fast=True) == exact
    assert exact[0]["counts"] == (5000, 100, 0)
    assert taken[False] == 0
    assert taken[True] > 10


class _Plain(Random):
    """No chance at all: always the first choice, never an oddity."""

    def random(self):
        return 0.6

    def choice(self, options):
        return options[0]

    def randrange(self, *_):
        return 0
