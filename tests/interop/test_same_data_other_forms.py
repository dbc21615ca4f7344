"""Real data that come in several forms say the same in each: compact and generic, flat and series, XML, CSV and JSON."""

from collections import Counter
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from corpora import CORPORA, needs_corpora
from ml_reading import source_of

from semstat.interop import validate
from semstat.interop.data_conversion import outgoing, write_message
from semstat.interop.formats.data import open_data
from semstat.interop.formats.dataset import FindStructure
from semstat.interop.formats.outgoing import Losses, Settings
from semstat.interop.formats.sdmx.header import Header
from semstat.interop.reading import read
from semstat.interop.sources import Source, sources
from semstat.interop.structures import Structures

pytestmark = needs_corpora

OLD = "sdmx/ml20-with-rdf-reference/"
EXR = "sdmx/ml21/twg-samples/exr/"
TWG = "sdmx/json/twg-samples-{}/data-message/samples/"
FIRST_JSON = [f"sdmx/json/agencies-v1/ECB_EXR/{name}.json" for name in ("flat", "ts", "xs")]
LATER_JSON = [
    *(
        f"{TWG.format(version)}exr/exr-{name}.json"
        for version in ("2.0-and-1.0", "2.1")
        for name in ("flat", "time-series", "cross-section")
    ),
    "sdmx/mixed/pysdmx-bis/exr-time-series.json",
]
BIS = [
    "sdmx/mixed/pysdmx-bis/data_v1.csv",
    *(f"sdmx/{name}.xml" for name in ("mixed/pysdmx-bis/data", "ml21/pysdmx-bis/str_all", "ml21/pysdmx-bis/dataflow")),
]
"""The table is of observations alone; the messages have attributes of the series beside."""

Cells = frozenset[tuple[str, str]]


def nothing(_: object) -> None:
    """No structure is at hand."""


def records(source: Source, find: FindStructure = nothing) -> Counter[Cells]:
    """Return the observations with the values that each has; a value that is absent is none."""
    found: Counter[Cells] = Counter()
    for dataset in open_data(source, find):
        for batch in dataset.observations.batches:
            for row in batch.to_pylist():
                if row.get("_kind") != 1:
                    given = ((name, row[name]) for name in row if not name.startswith("_"))
                    found[frozenset((name, str(value)) for name, value in given if value not in (None, ""))] += 1
    return found


def of_file(name: str, find: FindStructure = nothing) -> Counter[Cells]:
    assert CORPORA is not None
    (source,) = sources(CORPORA / name)
    return records(source, find)


@cache
def structures(*names: str) -> Structures:
    assert CORPORA is not None
    return Structures(read(*(Path(CORPORA) / name for name in names)).graph)


def test_compact_data_are_the_generic_ones() -> None:
    known = structures(f"{OLD}EUROSTAT.tps00001.dsd.xml")
    compact, generic = (
        of_file(f"{OLD}EUROSTAT.tps00001.sdmx{kind}.xml", known.components) for kind in ("", ".generic")
    )
    assert compact.total() == 455
    assert compact == generic
    print(f"2 messages, {compact.total()} observations each")


@pytest.mark.parametrize(
    ("files", "number"), [(FIRST_JSON, 4), (LATER_JSON, 4), (BIS, 1000)], ids=["json-1.0", "json-2", "xml-csv"]
)
def test_forms_of_the_same_data_are_equal(files: list[str], number: int) -> None:
    found = {name: of_file(name) for name in files}
    first = found[files[0]]
    names = {name for row in first for name, _ in row}
    print(f"{len(files)} files, {first.total()} observations each, {len(names)} components")
    assert first.total() == number
    for file in files[1:]:
        same = Counter(frozenset(cell for cell in row if cell[0] in names) for row in found[file].elements())
        assert same == first, file


@pytest.mark.parametrize("files", [FIRST_JSON], ids=["json-1.0"])
def test_gaps_are_the_same_however_the_series_are_laid_out(files: list[str]) -> None:
    """In a cross-section the periods of several series stand in one place, and each series has gaps of its own."""
    assert CORPORA is not None
    structure = CORPORA / "sdmx/ml21/agencies/ECB_EXR/1/structure-full.xml"
    for name in files:
        report = validate([CORPORA / name], structure=[structure])
        gaps = sorted(item.message for item in report.diagnostics if item.rule == "DF020")
        assert [message.partition("`")[2].partition("`")[0] for message in gaps] == [
            "D.NZD.EUR.SP00.A",
            "D.RUB.EUR.SP00.A",
        ], name


SMALL = [f"{EXR}ecb_exr_{design}/structured/ecb_exr_{design}_ts.xml" for design in ("ng", "sg")]


@pytest.mark.parametrize("name", SMALL)
def test_xml_csv_and_json_of_one_message_say_the_same(name: str) -> None:
    """As we write them: each is read again, and has every cell of the original."""
    assert CORPORA is not None
    design = name.rsplit("_", 2)[1]
    common = [f"{EXR}common/exr_common.xml", f"{EXR}ecb_exr_{design}/ecb_exr_{design}.xml"]
    known = structures(*common)
    (source,) = sources(CORPORA / name)
    (dataset,) = [outgoing(part, known, name) for part in open_data(source, known.components)]
    first = of_file(name, known.components)
    assert first.total() == 12
    targets = ("sdmx-ml-2.1", "sdmx-ml-3.0", "sdmx-ml-3.1", "sdmx-csv-1.0", "sdmx-csv-2.0", "sdmx-csv-2.1")
    targets += ("sdmx-json-2.0", "sdmx-json-2.1")
    for target in targets:
        sink = BytesIO()
        suffix = {"m": "-structure-specific-data", "j": "-data", "c": ""}[target[5]]
        write_message([dataset], sink, target + suffix, Losses(), Settings(Header(prepared="2024-01-31")))
        assert records(source_of(sink.getvalue()), known.components) == first, target
    print(f"{len(targets)} formats of {name}")
