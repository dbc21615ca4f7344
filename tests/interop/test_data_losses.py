"""What a target cannot say is counted, and what it can say in another way is said: partial keys, actions, several datasets."""

import csv
import json
from dataclasses import replace
from io import StringIO

import pyarrow as pa
import pytest
from corpora import CORPORA
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from ml_reading import source_of
from rdflib import Graph
from round_trips import components_of, read_again, records, written
from small_cube import DSD, FLOW, VIEW, outgoing
from xsd_judge import Judge

from semstat.interop.data_conversion import WRITERS
from semstat.interop.formats.data import open_data
from semstat.interop.formats.sdmx.xsd import data_schema
from semstat.interop.formats.spool import Spool
from semstat.validators.observations import ACTION, KIND, LANGUAGES, RECORD_KINDS

ML_21, ML_30, ML_31 = (f"sdmx-ml-{version}-structure-specific-data" for version in ("2.1", "3.0", "3.1"))
CSV_2 = ("sdmx-csv-2.0", "sdmx-csv-2.1")
JSON = ("sdmx-json-2.0-data", "sdmx-json-2.1-data")
MARKED = ["en\x1dfirst\x1efr\x1dpremier\x1fen\x1dsecond", "de\x1dnur <eines>", None]
FULL = {"FREQ": "A", "AREA": "FR", "TIME_PERIOD": "2020", "OBS_VALUE": "1"}


def mixed(*rows: tuple[str, str | None, dict[str, str]], **facts):
    """Return a dataset of records of several kinds and actions."""
    names = list(dict.fromkeys(name for _, _, row in rows for name in row))
    columns = {name: pa.array([row.get(name) for _, _, row in rows], pa.string()) for name in names}
    columns[KIND] = pa.array([RECORD_KINDS.index(kind) for kind, _, _ in rows], pa.int8())
    if any(action for _, action, _ in rows):
        columns[ACTION] = pa.array([action for _, action, _ in rows], pa.string())
    return replace(outgoing([FULL]), records=Spool([pa.record_batch(columns)]), **facts)


def account(losses) -> list[tuple[str, int, str | None]]:
    return [(item.rule, item.count, item.location.path) for item in losses.found]


def elements(message: bytes) -> list[str]:
    """Return the elements within datasets, in order, with their attributes that have no namespace."""
    root = etree.fromstring(message)
    return [
        " ".join(
            [etree.QName(node).localname, *(f"{key}={value}" for key, value in node.attrib.items() if "}" not in key)]
        )
        for dataset in root.iter("{*}DataSet")
        for node in dataset.iter()
    ]


PARTIAL = (
    ("observation", None, FULL),
    ("attributes", None, {"FREQ": "A", "AREA": "FR", "UNIT": "of the series"}),
    ("attributes", None, {"FREQ": "Q", "AREA": "NA", "UNIT": "of a series without observations"}),
    ("attributes", None, {"AREA": "FR", "TITLE": "of the group"}),
    ("attributes", None, {"SOURCE": "of the dataset"}),
    ("attributes", None, {"AREA": "NA", "UNIT": "of neither"}),
)


def test_partial_keys_of_series_groups_and_datasets_have_their_place() -> None:
    message, losses = written([mixed(*PARTIAL)], ML_21)
    assert account(losses) == [("IO224", 1, "UNIT")]
    assert elements(message) == [
        "DataSet SOURCE=of the dataset",
        "Group AREA=FR TITLE=of the group",
        "Series FREQ=A AREA=FR UNIT=of the series",
        "Obs TIME_PERIOD=2020 OBS_VALUE=1",
        "Series FREQ=Q AREA=NA UNIT=of a series without observations",
    ]


def test_other_partial_keys_have_their_place_in_3_0() -> None:
    message, losses = written([mixed(*PARTIAL)], ML_30)
    assert account(losses) == []
    assert elements(message)[:4] == [
        "DataSet",
        "Atts SOURCE=of the dataset",
        "Group AREA=FR TITLE=of the group",
        "Atts AREA=NA UNIT=of neither",
    ]


@pytest.mark.skipif(CORPORA is None, reason="the corpora are not beside this checkout")
@pytest.mark.parametrize("target", [ML_21, ML_30])
def test_messages_with_partial_keys_are_valid(target) -> None:
    version = target.split("-")[2]
    message, _ = written([mixed(*PARTIAL)], target)
    assert Judge(data_schema(VIEW, DSD, version=version), version).faults(message) == []


@pytest.mark.parametrize("target", ["sdmx-csv-2.0", "sdmx-csv-2.1"])
def test_partial_keys_in_csv(target) -> None:
    dataset = mixed(*PARTIAL)
    message, losses = written([dataset], target)
    assert account(losses) == []
    assert (b"~" in message) is (target == "sdmx-csv-2.1")
    ((_, batches),) = read_again(message, components_of(dataset), target)
    assert records(batches) == records(dataset.records.batches())


@pytest.mark.parametrize("target", ["sdmx-csv-1.0", "csv", "parquet"])
def test_partial_keys_where_there_are_only_observations(target) -> None:
    dataset = mixed(*PARTIAL)
    message, losses = written([dataset], target)
    assert account(losses) == [("IO224", 5, None)]
    ((_, batches),) = read_again(message, components_of(dataset), target)
    assert sum(records(batches).values()) == 1


ACTIONS = (
    ("update", "M", FULL),
    ("delete", "D", FULL | {"TIME_PERIOD": "2021"}),
    ("replacement", "R", FULL | {"TIME_PERIOD": "2022"}),
    ("delete", "D", {"FREQ": "A", "AREA": "NA"}),
    ("delete", "D", {"AREA": "NA"}),
)


def test_each_action_has_a_dataset_of_its_own() -> None:
    message, losses = written([mixed(*ACTIONS)], ML_21)
    assert account(losses) == [("IO224", 1, None)]
    actions = [
        value
        for node in etree.fromstring(message).iter("{*}DataSet")
        for key, value in node.attrib.items()
        if key.endswith("}action")
    ]
    assert actions == ["Append", "Delete", "Replace"]
    assert elements(message)[3:7] == [
        "DataSet",
        "Series FREQ=A AREA=FR",
        "Obs TIME_PERIOD=2021 OBS_VALUE=1",
        "Series FREQ=A AREA=NA",
    ]


def test_actions_survive_csv() -> None:
    dataset = mixed(*ACTIONS)
    message, losses = written([dataset], "sdmx-csv-2.0")
    assert account(losses) == []
    ((_, batches),) = read_again(message, components_of(dataset), "sdmx-csv-2.0")
    assert records(batches, actions=True) == records(dataset.records.batches(), actions=True)


def test_the_action_of_a_message_is_that_of_each_record() -> None:
    message, _ = written([replace(outgoing([FULL]), action="Replace")], "sdmx-csv-2.0")
    assert message.decode().splitlines()[1].startswith("datastructure,TEST:CUBE(1.0),R,")


@pytest.mark.parametrize("target", ["sdmx-csv-1.0", "csv", "parquet", "rdf-cube-n-triples"])
def test_actions_where_there_are_none(target) -> None:
    data, losses = written([mixed(*ACTIONS)], target)
    assert target != "rdf-cube-n-triples" or data.count(b"cube#Observation>") == 2
    assert account(losses) == [("IO223", 3, None), ("IO223", 2, None)]
    assert (
        target.startswith("rdf")
        or sum(records(read_again(data, components_of(mixed(*ACTIONS)), target)[0][1]).values()) == 2
    )


def test_several_datasets_in_one_message() -> None:
    first, second = outgoing([FULL]), replace(outgoing([FULL | {"OBS_VALUE": "2"}]), named=FLOW)
    for target in (ML_21, ML_30, "sdmx-csv-2.0"):
        message, losses = written([first, second], target)
        assert account(losses) == []
        again = read_again(message, components_of(first), target)
        assert [part.reference.kind for part, _ in again] == ["DataStructure", "Dataflow"]
        assert [sum(batch.num_rows for batch in batches) for _, batches in again] == [1, 1]
    for target in ("csv", "parquet", "rdf-cube-turtle"):
        assert account(written([first, second], target)[1]) == [("IO229", 1, None)]


def test_columns_that_no_structure_knows() -> None:
    dataset = outgoing([FULL | {"UPDATED": "today"}])
    for target in WRITERS:
        lost = account(written([dataset], target)[1])
        assert lost == ([] if "csv" in target or target == "parquet" else [("IO227", 1, "UPDATED")]), target


AWKWARD_NAMES = ("a,b", 'say "x"', "two words", "é", "ACTION", "STRUCTURE_ID", "KEY[]", "ID: Name", "OBS_KEY")


@pytest.mark.parametrize("target", ["sdmx-csv-1.0", "sdmx-csv-2.0", "csv", "parquet"])
def test_columns_of_any_name(target) -> None:
    """A column that a header of SDMX-CSV would take for something else is left out, not misread."""
    dataset = outgoing([FULL | {name: f"value of {name}" for name in AWKWARD_NAMES}])
    message, losses = written([dataset], target)
    lost = {path for rule, _, path in account(losses) if rule == "IO227"}
    assert lost == (set(AWKWARD_NAMES[4:]) if target.startswith("sdmx") else set())
    ((_, batches),) = read_again(message, components_of(dataset), target)
    ((_, values),) = records(batches)
    assert dict(values) == FULL | {name: f"value of {name}" for name in AWKWARD_NAMES if name not in lost}


def test_characters_that_xml_cannot_hold() -> None:
    message, losses = written([outgoing([FULL | {"NOTE": "bell\x07", "TAGS": "a\x08\x1fb\x00"}])], ML_30)
    assert account(losses) == [("IO228", 1, "NOTE"), ("IO228", 1, "TAGS")]
    assert "bell\ufffd" in message.decode()
    assert "<Value>a\ufffd</Value><Value>b\ufffd</Value>" in message.decode()


def test_attributes_that_are_not_constant() -> None:
    rows = [FULL | {"UNIT": "a", "SOURCE": "x"}, FULL | {"TIME_PERIOD": "2021", "UNIT": "b", "SOURCE": "y"}]
    for target in (ML_21, ML_30, "sdmx-json-2.0-data"):
        assert account(written([outgoing(rows)], target)[1]) == [("IO225", 1, "SOURCE"), ("IO225", 1, "UNIT")], target


def test_measures_beyond_the_first() -> None:
    more = replace(VIEW.of("OBS_VALUE"), id="OTHER")
    view = replace(VIEW, components=(*VIEW.components[:4], more, *VIEW.components[4:]))
    dataset = replace(outgoing([FULL | {"OTHER": "2"}]), view=view)
    message, losses = written([dataset], ML_21)
    assert account(losses) == [("IO220", 1, "OTHER")]
    assert b"OTHER" not in message
    message, losses = written([dataset], ML_30)
    assert account(losses) == []
    assert b'OTHER="2"' in message


def in_languages():
    """Return a dataset whose tags come in languages: two parts in one record, one in another, none in a third."""
    columns = {
        "FREQ": ["A", "A", "A"],
        "AREA": ["FR", "FR", "FR"],
        "TIME_PERIOD": ["2020", "2021", "2022"],
        "TAGS": ["first\x1fsecond", "nur <eines>", "plain"],
        LANGUAGES + "TAGS": MARKED,
    }
    spool = Spool([pa.record_batch({name: pa.array(cells, pa.string()) for name, cells in columns.items()})])
    return replace(outgoing([FULL]), records=spool, multilingual=frozenset({"TAGS"}))


@pytest.mark.parametrize(("target", "version"), [(ML_30, "3.0"), (ML_31, "3.1")])
def test_texts_keep_their_languages_in_3_x(target, version) -> None:
    message, losses = written([in_languages()], target)
    assert account(losses) == []
    assert [
        node.get("{http://www.w3.org/XML/1998/namespace}lang") for node in etree.fromstring(message).iter("{*}Text")
    ] == [*("en", "fr", "en", "de", "und")]
    assert [
        ["|".join(node.itertext()) for node in comp.iter("Value")] for comp in etree.fromstring(message).iter("Comp")
    ] == [["first|premier", "second"], ["nur <eines>"], ["plain"]]
    if CORPORA is not None:
        assert Judge(data_schema(VIEW, DSD, version=version, multilingual=["TAGS"]), version).faults(message) == []


@pytest.mark.parametrize("target", JSON)
def test_texts_keep_their_languages_in_json(target) -> None:
    message, losses = written([in_languages()], target)
    assert account(losses) == []
    (series,) = json.loads(message)["data"]["dataSets"][0]["series"].values()
    said = [part for values in series["observations"].values() for part in values if isinstance(part, list)]
    assert said == [[{"en": "first", "fr": "premier"}, {"en": "second"}], [{"de": "nur <eines>"}], ["plain"]]
    again = open_data(source_of(message), lambda _: components_of(in_languages()))
    rows = [row for dataset in again for batch in dataset.observations.batches for row in batch.to_pylist()]
    assert [row.get(LANGUAGES + "TAGS") for row in rows] == MARKED


@pytest.mark.parametrize("target", CSV_2)
def test_texts_keep_their_languages_in_sdmx_csv_2(target) -> None:
    message, losses = written([in_languages()], target)
    assert account(losses) == []
    header, first, second, third = list(csv.reader(StringIO(message.decode())))
    place = header.index("TAGS[en;de;fr]")
    assert header[0] == "STRUCTURE[;]"
    assert [row[place] for row in (first, second, third)] == [
        '"en:first;fr:premier";"en:second"',
        "de:nur <eines>",
        "plain",
    ]
    again = open_data(source_of(message, "data.csv"), lambda _: components_of(in_languages()))
    rows = [row for dataset in again for batch in dataset.observations.batches for row in batch.to_pylist()]
    assert [row.get(LANGUAGES + "TAGS") for row in rows] == MARKED
    assert [row["TAGS"] for row in rows] == ["first\x1fsecond", "nur <eines>", "plain"]


@given(
    st.lists(
        st.lists(
            st.lists(
                st.tuples(st.sampled_from(["en", "fr", "pt-BR"]), st.text(alphabet='a;:" ,\n')), min_size=1, max_size=3
            ),
            min_size=1,
            max_size=3,
        ),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_texts_in_languages_come_back_from_sdmx_csv_or_are_counted(cells) -> None:
    marked = ["\x1f".join("\x1e".join(f"{tag}\x1d{text}" for tag, text in part) for part in cell) for cell in cells]
    columns = {
        "FREQ": ["A"] * len(cells),
        "AREA": ["FR"] * len(cells),
        "TIME_PERIOD": [str(2000 + row) for row in range(len(cells))],
        "TAGS": ["\x1f".join(part[0][1] for part in cell) for cell in cells],
        LANGUAGES + "TAGS": marked,
    }
    spool = Spool([pa.record_batch({name: pa.array(cells, pa.string()) for name, cells in columns.items()})])
    message, losses = written([replace(outgoing([FULL]), records=spool, multilingual=frozenset({"TAGS"}))], CSV_2[0])
    again = open_data(source_of(message, "data.csv"), lambda _: components_of(in_languages()))
    rows = [row for dataset in again for batch in dataset.observations.batches for row in batch.to_pylist()]
    changed = sum(row.get(LANGUAGES + "TAGS") != text for row, text in zip(rows, marked, strict=True))
    assert changed == sum(
        item.count for item in losses.found if item.location.path == "TAGS" and "further" in item.message
    )


@pytest.mark.parametrize("target", JSON)
def test_a_json_message_lists_the_languages_that_are_in_it(target) -> None:
    message, _ = written([in_languages()], target)
    assert json.loads(message)["meta"]["contentLanguages"] == ["en", "de", "fr"]
    plain, _ = written([replace(outgoing([FULL]), graph=Graph())], target)
    assert "contentLanguages" not in json.loads(plain)["meta"]


@pytest.mark.parametrize("target", sorted(set(WRITERS) - {ML_30, ML_31, *JSON, *CSV_2}))
def test_texts_that_lose_their_languages_are_counted(target) -> None:
    message, losses = written([in_languages()], target)
    assert ("IO222", 2, "TAGS") in account(losses)
    assert "premier" not in message.decode("utf-8", "replace")


def test_an_empty_dataset_is_written_as_one() -> None:
    dataset = replace(outgoing([FULL]), records=Spool([]))
    for target in WRITERS:
        message, losses = written([dataset], target)
        assert account(losses) == [], target
        assert message, target
