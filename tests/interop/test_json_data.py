"""SDMX-JSON data: the same records as in CSV and XML, exact places, faults named and nothing lost."""

import csv
import io
import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import json_messages
import pytest
import small_dataset
from corpora import CORPORA, counts, files_of, needs_corpora
from hypothesis import given, settings
from hypothesis import strategies as st

from semstat.interop import validate
from semstat.interop.formats.data import open_data
from semstat.interop.formats.dataset import ComponentIds, Dataset
from semstat.interop.formats.json_parse import parse_json
from semstat.interop.sources import InputRefused, Source
from semstat.validators.diagnostics import Diagnostic, Verdict
from semstat.validators.observations import LANGUAGES, LINE

DIMENSIONS, ATTRIBUTES = ("FREQ", "AREA", "TIME_PERIOD"), ("STATUS", "NOTE")
IDS = ComponentIds(DIMENSIONS, "TIME_PERIOD", attributes=ATTRIBUTES, measures=("OBS_VALUE",))
VERSIONS = ("pre-1.0", "1.0", "2.0", "2.1")
ROWS = [
    {name: cell or None for name, cell in row.items()}
    for row in csv.DictReader(io.StringIO(small_dataset.CSV.decode()))
]


def source(data: bytes) -> Source:
    return Source("data.json", lambda: BytesIO(data), len(data))


def datasets(data: bytes, ids: ComponentIds | None = None) -> list[tuple[Dataset, list[dict[str, object]]]]:
    return [
        (dataset, [row for batch in dataset.observations.batches for row in batch.to_pylist()])
        for dataset in open_data(source(data), lambda _: ids)
    ]


def one(data: bytes) -> tuple[Dataset, list[dict[str, object]]]:
    (found,) = datasets(data)
    return found


def plain(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return [
        {name: value for name, value in row.items() if not name.startswith("_") and value is not None} for row in rows
    ]


def given_rows(rows: list[Mapping[str, str | None]]) -> list[dict[str, object]]:
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


def findings(data: bytes) -> list[Diagnostic]:
    return [item for dataset, _ in datasets(data) for item in dataset.tally.diagnostics]


def lines_of(dataset: Dataset, rows: list[dict[str, object]]) -> list[int]:
    position = dataset.observations.position
    assert position is not None
    return [position(int(str(row[LINE])))[0] for row in rows]


@pytest.mark.parametrize("minified", [False, True])
@pytest.mark.parametrize("series", [False, True])
@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_and_layout_gives_the_records_of_the_csv(version, series, minified) -> None:
    data = json_messages.message(ROWS, DIMENSIONS, ATTRIBUTES, series=series, version=version, minified=minified)

    dataset, rows = one(data)

    key = lambda row: (row["AREA"], row["TIME_PERIOD"])  # noqa: E731
    assert sorted(plain(rows), key=key) == sorted(given_rows(ROWS), key=key)
    assert dataset.format == f"sdmx-json-{version}-data"
    assert dataset.tally.diagnostics == []
    assert dataset.tally.observations == 3
    assert dataset.tally.series == (3 if series else 0)
    assert dataset.reference is not None
    assert dataset.reference.short == "A:D(1.0)"


def test_json_csv_and_xml_get_the_same_verdict(tmp_path) -> None:
    structure = tmp_path / "structure.xml"
    structure.write_bytes(small_dataset.structure())
    faulty = [row | {"AREA": "XX"} if row["AREA"] == "ZA" else row | {"OBS_VALUE": "n/a"} for row in ROWS[:1]] + [
        ROWS[1],
        ROWS[2] | {"AREA": "XX"},
    ]
    text = io.StringIO()
    writer = csv.DictWriter(text, small_dataset.HEADER.split(","), lineterminator="\n")
    writer.writeheader()
    writer.writerows(faulty)
    (tmp_path / "data.csv").write_text(text.getvalue())
    (tmp_path / "data.json").write_bytes(json_messages.message(faulty, DIMENSIONS, ATTRIBUTES))

    def found(name: str) -> set[tuple[object, ...]]:
        report = validate([tmp_path / name], structure=[structure])
        assert report.verdict is Verdict.FAIL
        return {
            (item.rule, item.value, item.nearest, item.series_key, item.location.path, item.location.record)
            for item in report.diagnostics
        }

    assert found("data.csv") == found("data.json")
    assert len(found("data.csv")) == 2


def test_observations_are_traced_to_their_lines() -> None:
    data = json_messages.message(ROWS, DIMENSIONS, ATTRIBUTES)
    dataset, rows = one(data)

    lines = data.decode().split("\n")
    assert [lines[line - 1].partition(":")[2].partition("[")[2][:3] for line in lines_of(dataset, rows)] == [
        "1.5",
        "2, ",
        "3, ",
    ]


def test_a_code_that_is_wrong_is_one_finding_where_it_is_spelt_out(tmp_path) -> None:
    (tmp_path / "s.xml").write_bytes(small_dataset.structure())
    rows = [ROWS[0], ROWS[0] | {"AREA": "XX"}, ROWS[0] | {"AREA": "XX", "TIME_PERIOD": "2021"}]
    data = json_messages.message(rows, DIMENSIONS, ATTRIBUTES, minified=True)
    (tmp_path / "d.json").write_bytes(data)

    (item,) = validate([tmp_path / "d.json"], structure=[tmp_path / "s.xml"]).diagnostics

    assert (item.rule, item.value, item.count, item.location.line) == ("DF004", "XX", 2, 1)
    assert data[item.location.column - 1 :].startswith(b'"id": "XX"')
    (first,) = item.related
    assert first.record == item.location.record == 2
    assert data[first.column - 1 :].startswith(b'"0:1:0": [1.5')


def test_equal_keys_are_both_kept_and_are_duplicates(tmp_path) -> None:
    (tmp_path / "s.xml").write_bytes(small_dataset.structure())
    data = json_messages.message([*ROWS, ROWS[1] | {"OBS_VALUE": "7"}], DIMENSIONS, ATTRIBUTES)
    (tmp_path / "d.json").write_bytes(data)

    report = validate([tmp_path / "d.json"], structure=[tmp_path / "s.xml"])

    (item,) = [found for found in report.diagnostics if found.rule != "DF022"]
    lines = data.decode().split("\n")
    assert item.rule == "DF009"
    assert '"0:1:0": [7' in lines[item.location.line - 1]
    assert '"0:1:0": [2' in lines[item.related[0].line - 1]
    assert f"line {item.related[0].line}" in item.message
    assert report.datasets[0].observations == 4


def test_repeated_series_are_both_kept() -> None:
    text = json_messages.message(ROWS[:1], DIMENSIONS, ATTRIBUTES, series=True).decode()
    held = text[text.index('"0:0"') : text.rindex("\n}\n}]")]

    dataset, rows = one(text.replace(held, f"{held},\n{held}").encode())

    assert len(rows) == 2
    assert dataset.tally.series == 2
    assert lines_of(dataset, rows) == [6, 9]


def test_a_series_that_holds_observations_twice_says_so_once() -> None:
    text = json_messages.message(ROWS[:1], DIMENSIONS, ATTRIBUTES, series=True).decode()
    begin = text.index('"observations"')

    found = findings((text[:begin] + '"observations": {}, ' + text[begin:]).encode())

    assert [(item.rule, item.location.path) for item in found] == [
        ("IO118", "/data/dataSets/0/series/0:0/observations")
    ]


@pytest.mark.parametrize("written", ["1.50", "1e5", "-0", "-0.0", "12345678901234567890123", "1E+2", "0.10"])
def test_numbers_keep_their_form(written) -> None:
    dataset, rows = one(json_messages.message([ROWS[0] | {"OBS_VALUE": written}], DIMENSIONS, ATTRIBUTES))

    assert rows[0]["OBS_VALUE"] == written
    assert dataset.tally.diagnostics == []


def test_a_number_of_any_length_is_read() -> None:
    digits = "9" * 5000

    assert (
        one(json_messages.message([ROWS[0] | {"OBS_VALUE": digits}], DIMENSIONS, ATTRIBUTES))[1][0]["OBS_VALUE"]
        == digits
    )


def test_values_inline_in_arrays_in_several_languages_and_absent() -> None:
    rows = [ROWS[0] | {"NOTE": "one"}, ROWS[1] | {"NOTE": "two"}, ROWS[2] | {"NOTE": None, "STATUS": None}]
    text = json_messages.message(rows, DIMENSIONS, ATTRIBUTES, inline=["NOTE"], version="2.1").decode()
    text = text.replace('"one"]', '["a", "b", null]]').replace('"two"]', '{"en": "hello", "fr": "salut"}]')

    dataset, found = one(text.encode())

    assert [row["NOTE"] for row in found] == ["a\x1fb", "hello", None]
    assert [row.get(LANGUAGES + "NOTE") for row in found] == [None, "en\x1dhello\x1efr\x1dsalut", None]
    (said,) = dataset.tally.diagnostics
    assert (said.rule, said.location.path, said.count) == ("IO114", "NOTE", 1)
    assert [row["STATUS"] for row in found] == ["A", "A", None]


def test_listed_values_and_attributes_of_the_dataset_have_languages_too() -> None:
    rows = [ROWS[0] | {"NOTE": "one"}, ROWS[1] | {"NOTE": "two"}]
    text = json_messages.message(rows, DIMENSIONS, ATTRIBUTES, version="2.1").decode()
    text = text.replace('"id": "one"', '"value": {"fr": "un", "en": "one"}')

    _, found = one(text.encode())

    assert [row["NOTE"] for row in found] == ["un", "two"]
    assert [row.get(LANGUAGES + "NOTE") for row in found] == ["fr\x1dun\x1een\x1done", None]


def test_several_measures() -> None:
    rows = [row | {"LOW": f"{place}.0"} for place, row in enumerate(ROWS)]

    _, found = one(json_messages.message(rows, DIMENSIONS, ATTRIBUTES, measures=("OBS_VALUE", "LOW")))

    assert [(row["OBS_VALUE"], row["LOW"]) for row in found] == [("1.5", "0.0"), ("2", "1.0"), ("3", "2.0")]


def test_the_implied_measure_takes_the_name_that_the_structure_gives_it() -> None:
    ids = ComponentIds(DIMENSIONS, measures=("VALUE",), attributes=ATTRIBUTES)
    ((_, rows),) = datasets(json_messages.message(ROWS, DIMENSIONS, ATTRIBUTES, version="1.0"), ids)

    assert [row["VALUE"] for row in rows] == ["1.5", "2", "3"]


GROUPS = """{"meta": {"id": "X"}, "$schema": "https://json.sdmx.org/2.1/sdmx-json-data-schema.json", "data": {"structures": [
{"dimensions": {"dataSet": [{"id": "FREQ", "values": [{"id": "A"}]}],
"observation": [{"id": "AREA", "values": [{"id": "KE"}, {"id": "ZA"}]}, {"id": "T", "values": [{"value": "2020"}]}]},
"measures": {"observation": [{"id": "V"}]},
"attributes": {"dataSet": [{"id": "SOURCE"}], "dimensionGroup": [{"id": "TITLE"}, {"id": "UNIT", "values": [{"id": "U"}]}]}}],
"dataSets": [{"structure": 0, "action": "Replace", "attributes": ["us"],
"dimensionGroupAttributes": {
"0:0:": ["of Kenya", null],
"~:1:": ["of South Africa"],
"::0": [null, 0],
":::": ["too long"]},
"observations": {
"0:0": [1],
"1:0": [2]}}]}}"""


def test_attributes_of_the_dataset_and_of_groups_reach_every_observation() -> None:
    dataset, rows = one(GROUPS.encode())

    assert plain(rows) == [
        {"FREQ": "A", "AREA": area, "T": "2020", "V": value, "TITLE": title, "UNIT": "U", "SOURCE": "us"}
        for area, value, title in (("KE", "1", "of Kenya"), ("ZA", "2", "of South Africa"))
    ]
    assert dataset.tally.groups == 3
    assert dataset.action == "Replace"
    (wrong,) = dataset.tally.diagnostics
    assert (wrong.rule, wrong.location.line) == ("DF031", 11)
    assert wrong.location.path == "/data/dataSets/0/dimensionGroupAttributes/:::"


def test_a_group_or_series_without_observations_is_a_record_of_its_own() -> None:
    text = (
        GROUPS.replace('"0:0": [1],\n', "").replace("0:0:", "0:0:0").replace('":::": ["too long"]', '"0:1:0": [null]')
    )
    _, rows = one(text.encode())

    assert {"FREQ": "A", "AREA": "KE", "T": "2020", "TITLE": "of Kenya"} in plain(rows)

    series = json_messages.message(ROWS[:1], DIMENSIONS, ATTRIBUTES, series=True).decode()
    begin = series.index('"observations"')
    dataset, rows = one((series[:begin] + '"observations": {}}\n}\n}]}}').encode())
    assert plain(rows) == [{"FREQ": "A", "AREA": "KE"}]
    assert dataset.tally.series == 1
    assert dataset.tally.observations == 0


def test_a_delete_is_a_delete_and_an_unknown_action_a_finding() -> None:
    text = json_messages.message(ROWS, DIMENSIONS, ATTRIBUTES).decode()

    _, rows = one(text.replace('"dataSets": [{', '"dataSets": [{"action": "Delete",').encode())
    assert {row["_kind"] for row in rows} == {2}

    (item,) = findings(text.replace('"dataSets": [{', '"dataSets": [{"action": "Remove",').encode())
    assert (item.rule, item.value, item.location.path) == ("DF014", "Remove", "/data/dataSets/0/action")


def test_a_dataset_points_to_its_structure() -> None:
    text = json_messages.message(ROWS, DIMENSIONS, ATTRIBUTES).decode()

    found = findings(text.replace('"dataSets": [{', '"dataSets": [{"structure": 3,').encode())

    assert found[0].rule == "DF017"
    assert found[0].location.path == "/data/dataSets/0/structure"


def test_a_dataset_must_say_which_of_several_structures_it_follows() -> None:
    text = json_messages.message(ROWS, DIMENSIONS, ATTRIBUTES).decode()
    begin, end = text.index('"structures": [') + len('"structures": ['), text.index('],\n"dataSets"')
    several = text[:end] + ", " + text[begin:end].replace("A:D(1.0)", "A:E(1.0)") + text[end:]

    dataset, rows = one(several.replace('"dataSets": [{', '"dataSets": [{"structure": 1,').encode())
    assert dataset.reference is not None
    assert dataset.reference.short == "A:E(1.0)"
    assert len(rows) == 3
    assert findings(several.encode())[0].rule == "DF017"


def test_the_version_is_assumed_aloud_where_no_schema_is_named() -> None:
    text = json_messages.message(ROWS, DIMENSIONS, ATTRIBUTES, version="1.0").decode()

    (item,) = findings(text.replace('"schema"', '"scheme"').encode())

    assert (item.rule, item.severity.value) == ("IO113", "info")
    assert "1.0" in item.message


def test_errors_of_the_service_and_no_dataset() -> None:
    text = '{"meta": {"id": "X"}, "errors": [{"code": 404, "title": "No results"}], "data": {"dataSets": [], "structure": {}}}'

    found = findings(text.encode())

    assert [item.rule for item in found] == ["IO113", "IO111", "IO110"]
    assert "No results (code 404)" in found[1].message


GOOD = json_messages.message(ROWS, DIMENSIONS, ATTRIBUTES)


@pytest.mark.parametrize(
    ("data", "rule", "line"),
    [
        (GOOD[:-40], "IO101", GOOD[:-40].count(b"\n") + 1),
        (GOOD.replace(b"null", b"nul", 1), "IO101", 5),
        (GOOD.replace(b"[2,", b"[2,,", 1), "IO101", 6),
        (GOOD + b"{}", "IO101", 9),
        (GOOD[:4] + b"\xff" + GOOD[4:], "IO106", 1),
        (GOOD.replace(b'"dataSets": [', b'"dataSets": [' + b"[" * 100_000), "IO107", 3),
        (GOOD.replace(b'"dataSets": [', b'"dataSets": ' + b'{"a":' * 100_000), "IO107", 3),
    ],
    ids=["truncated", "misspelt", "comma", "two roots", "encoding", "deep arrays", "deep objects"],
)
def test_what_cannot_be_read_is_refused_with_its_line(data, rule, line) -> None:
    with pytest.raises(InputRefused) as refused:
        datasets(data)

    assert refused.value.diagnostic.rule == rule
    assert refused.value.diagnostic.location.line == line


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (GOOD.replace(b"null", b"nul", 1), "a value is missing"),
        (GOOD.replace(b"[2,", b"[2;", 1), "a comma or a closing bracket is missing"),
        (GOOD.replace(b'"first"', b'"fir\nst"', 1), "a string holds a control character"),
        (GOOD.replace(b'"first"', b'"fir\\st"', 1), "a string has a backslash that begins no escape"),
        (GOOD.replace(b'"data":', b'"data"', 1), "a colon is missing"),
        (GOOD.replace(b'"data":', b"data:", 1), "a name in double quotation marks is missing"),
        (GOOD + b"{}", "something follows after its end"),
        (GOOD[:-3], "it breaks off"),
    ],
)
def test_what_is_wrong_is_said_in_words(data, reason) -> None:
    with pytest.raises(InputRefused) as refused:
        parse_json(data, origin="data.json")

    assert reason in refused.value.diagnostic.message


def test_data_before_the_structure_are_recognised_however_long() -> None:
    early = json.loads(json_messages.message(ROWS, DIMENSIONS, ATTRIBUTES, version="pre-1.0"))
    head = {"dataSets": early["dataSets"], "header": {"id": "X" * (1 << 20)}}
    _, rows = one(json.dumps({**head, "structure": early["structure"]}).encode())

    assert len(rows) == 3


def test_fusion_json_is_named_as_such() -> None:
    with pytest.raises(InputRefused) as refused:
        datasets(b'{"meta": {"id": "X"}, "Codelist": [{"id": "CL_SEX", "items": []}]}')

    assert refused.value.diagnostic.rule == "IO112"
    assert "not SDMX-JSON" in refused.value.diagnostic.message


def test_the_root_must_be_an_object() -> None:
    with pytest.raises(InputRefused) as refused:
        datasets(b'["dataSets", "structure"]')

    assert refused.value.diagnostic.rule in ("IO103", "IO112")


@pytest.mark.parametrize("literal", ["NaN", "-Infinity"])
def test_a_constant_that_json_lacks_is_named_and_read(literal) -> None:
    data = GOOD.replace(b"[2,", b"[" + literal.encode() + b",").replace(b'"first"', b'"NaN Infinity"')

    dataset, rows = one(data)

    (item,) = dataset.tally.diagnostics
    assert (item.rule, item.value, item.location.line) == ("IO101", literal, 6)
    assert rows[1]["OBS_VALUE"] == literal


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_encodings_that_the_first_bytes_tell(encoding) -> None:
    text = GOOD.decode().replace("first", "fête")

    dataset, rows = one(text.encode(encoding))

    assert rows[1]["NOTE"] == "fête"
    assert lines_of(dataset, rows) == [5, 6, 7]


BROKEN = [
    '"dataSets": {}',
    '"dataSets": [1, null, []]',
    '"dataSets": [{"observations": []}]',
    '"dataSets": [{"observations": {"": null, "x": {}, "0:0:0": "text", "0:0": [], "9:9:9": [[[]]]}}]',
    '"dataSets": [{"series": {"0": null, "0:0": [], "": {}}}]',
    '"dataSets": [{"series": {"0:0": {"observations": 7, "attributes": {}}}}]',
    '"dataSets": [{"attributes": [[{}], 99, true], "dimensionGroupAttributes": {"0": 1, "::": [1, 2, 3]}}]',
    '"dataSets": [{"structure": "0", "action": 3, "links": {}, "annotations": "x"}]',
    '"dataSets": [{}]',
    '"structures": 5, "dataSets": [{"observations": {"0:0:0": [1]}}]',
    '"structures": [null, {"dimensions": [], "attributes": 4, "measures": ""}], "dataSets": [{"structure": 1}]',
    '"structures": [{"dimensions": {"observation": [7, {"id": 3, "values": {}}, {"values": [1, null, {}]}]}}], "dataSets": [{}]',
]


@pytest.mark.parametrize("content", BROKEN)
def test_wrong_types_are_findings_with_a_place(content) -> None:
    found = findings(f'{{"meta": {{}},\n"data": {{"structures": [], {content}}}}}'.encode())

    assert all(item.location.line is not None and item.location.column is not None for item in found)
    assert {item.rule for item in found} & {"IO117", "IO118", "DF030", "DF031", "DF017", "IO110"}


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\x1f"), min_size=1, max_size=6)
values = st.one_of(st.none(), st.sampled_from(["1.50", "-0", "1e-7", "7", "0.1", "NaN", "-3.0"]), texts)
records = st.fixed_dictionaries(
    {name: st.one_of(texts, st.sampled_from(["A", "01", "NA"])) for name in DIMENSIONS}
    | {"OBS_VALUE": values}
    | {name: st.one_of(st.none(), texts) for name in ATTRIBUTES}
)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(records, min_size=1, max_size=12),
    series=st.booleans(),
    minified=st.booleans(),
    version=st.sampled_from(VERSIONS),
)
def test_what_is_written_is_read(rows, series, minified, version) -> None:
    inline = ["NOTE"] if version.startswith("2") else []
    data = json_messages.message(
        rows, DIMENSIONS, ATTRIBUTES, series=series, minified=minified, version=version, inline=inline
    )

    dataset, found = one(data)

    def order(row: Mapping[str, object]) -> str:
        return json.dumps(row, sort_keys=True)

    assert sorted(plain(found), key=order) == sorted(given_rows(rows), key=order)
    assert dataset.tally.observations == len(rows)
    assert dataset.tally.diagnostics == []


DATA_FILES = files_of("SDMX-JSON data")
EARLY = [f"sdmx/json/agencies-v1/ECB_EXR/{name}.json" for name in ("ts", "flat", "xs", "action-delete")]


@needs_corpora
@pytest.mark.parametrize("name", sorted({*DATA_FILES, *EARLY}))
def test_corpus_counts(name) -> None:
    assert CORPORA is not None
    data = (CORPORA / name).read_bytes()

    found = datasets(data)

    expected = counts().get(name, ("", {}, ""))[1]
    if expected:
        assert len(found) == expected["datasets"]
        assert sum(dataset.tally.observations for dataset, _ in found) == expected["obs"]
        assert sum(dataset.tally.series for dataset, _ in found) == expected["series"]
    raw = data.decode().split("\n")
    for dataset, rows in found:
        for row, line in zip(rows, lines_of(dataset, rows), strict=True):
            if row.get("_kind", 0) == 0 and row.get("OBS_VALUE"):
                shown = "".join(raw[line - 1 : line + 3])
                assert str(row["OBS_VALUE"]) in shown


@needs_corpora
def test_the_corpora_hold_these_data_files() -> None:
    assert len({*DATA_FILES, *EARLY}) == 20


@needs_corpora
@pytest.mark.parametrize("name", ["flat", "xs", "ts"])
def test_the_early_layout_reads_as_expected(name) -> None:
    assert CORPORA is not None
    folder = CORPORA / "sdmx/json/agencies-v1"
    text = (folder / f"expected/{'xs' if name == 'xs' else 'flat'}-json.txt").read_text()
    header, *lines = (line.split() for line in text.splitlines())
    expected = {frozenset(zip(header, line, strict=True)) for line in lines}

    _, rows = one((folder / f"ECB_EXR/{name}.json").read_bytes())

    found = {
        frozenset((("value" if n == "OBS_VALUE" else n), str(row[n])) for n in (*header[:-1], "OBS_VALUE"))
        for row in rows
    }
    assert found == expected


def test_a_file_is_judged_from_the_command_line(tmp_path) -> None:
    path = Path(tmp_path) / "d.json"
    path.write_bytes(GOOD[:-30])

    assert validate([path]).verdict is Verdict.UNREADABLE


def test_a_hundred_thousand_faults_are_counted_quickly() -> None:
    rows = ",".join(f'"0:{place}": [1.5, 7]' for place in range(20_000))
    listed = ",".join(f'{{"id": "T{place}"}}' for place in range(20_000))
    text = (
        '{"meta": {"schema": "https://example.org/sdmx-json/2.0.0/sdmx-json-data-schema.json"}, "data": {"structures": '
        f'[{{"dimensions": {{"observation": [{{"id": "A", "values": [{{"id": "é"}}]}}, {{"id": "T", "values": [{listed}]}}]}}, '
        '"measures": {"observation": [{"id": "V"}]}, "attributes": {"observation": [{"id": "S", "values": [{"id": "x"}]}]}}], '
        f'"dataSets": [{{"observations": {{{rows}}}}}]}}}}'
    )

    found = findings(text.encode())

    assert [item.count for item in found[-2:]] == [1, 19_000]
    assert {item.rule for item in found} == {"DF030"}
    first = text[found[0].location.column - 1 :]
    assert first.startswith('7], "0:1"') or first.startswith("7],")
