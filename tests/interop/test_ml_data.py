"""Structure-specific SDMX-ML data: counts of the corpora, exact places, groups, explicit measures, broken messages."""

import pytest
from corpora import CORPORA, counts, files_of, needs_corpora
from ml_reading import reading, source_of

from semstat.interop.formats.data import open_data
from semstat.interop.formats.dataset import ComponentIds, StructureRef
from semstat.interop.sources import InputRefused, sources
from semstat.validators.observations import KIND, RECORD_KINDS

V21 = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
REF = '<Ref agencyID="A" id="D" version="2.0"/>'
COMPONENTS = ComponentIds(
    ("FREQ", "AREA", "TIME_PERIOD"),
    "TIME_PERIOD",
    attributes=("UNIT", "STATUS"),
    measures=("OBS_VALUE",),
    groups={"ByArea": ("AREA",)},
)


def message(datasets: str, *, structure: str = 'dimensionAtObservation="TIME_PERIOD"', after: str = "") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<m:StructureSpecificData xmlns:m="{V21}/message" xmlns:c="{V21}/common" xmlns:ss="{V21}/data/structurespecific"
  xmlns:f="{V21}/message/footer" xmlns:n="urn:n" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<m:Header><m:Structure structureID="S" {structure}><c:Structure>{REF}</c:Structure></m:Structure></m:Header>
{datasets}
{after}</m:StructureSpecificData>""".encode()


def dataset(content: str, attributes: str = "") -> str:
    stated = 'ss:structureRef="S" xsi:type="n:DataSetType" ss:dataScope="DataStructure"'
    return f"<m:DataSet {stated} {attributes}>\n{content}\n</m:DataSet>"


def rows(data: bytes, components: ComponentIds | None = COMPONENTS):
    (only,) = reading(source_of(data), components, fast=False)
    return only


def values(row) -> dict:
    return {name: value for name, (value, _) in row.items() if not name.startswith("_")}


def line_of(row, name: str):
    return row[name][1]


def rules(found) -> list[tuple[str, int | None]]:
    return [(item.rule, item.location.line) for item in found["findings"]]


@needs_corpora
def test_counts_of_the_corpora():
    seen = 0
    for name in files_of("SDMX-ML"):
        kind, expected, _ = counts()[name]
        if not kind.endswith("Data"):
            continue
        (source,) = sources(CORPORA / name)
        found = dict.fromkeys(("datasets", "series", "groups", "obs"), 0)
        for part in open_data(source, lambda _: None):
            for _ in part.observations.batches:
                pass
            tally = part.tally
            for key, count in zip(
                found, (int(part.index > 0), tally.series, tally.groups, tally.observations), strict=True
            ):
                found[key] += count
        assert {key: count for key, count in found.items() if count} == expected, name
        seen += 1
    print(f"{seen} data messages")
    assert seen >= 75


@needs_corpora
@pytest.mark.parametrize(
    ("name", "rule", "line"),
    [
        ("sdmx/ml21/pysdmx-bis/str_dif_ref_and_ID.xml", "DF017", 22),
        ("sdmx/ml30/pysdmx/data_structure_no_structure.xml", "IO110", 2),
    ],
)
def test_known_defects_are_named(name, rule, line):
    (source,) = sources(CORPORA / name)
    assert (rule, line) in [item for part in reading(source, fast=True) for item in rules(part)]


def test_a_series_gives_its_values_and_their_lines():
    found = rows(
        message(dataset('<Series FREQ="A"\n AREA="NA" UNIT="">\n <Obs TIME_PERIOD="2020"\n OBS_VALUE="1"/>\n</Series>'))
    )
    (row,) = found["observations"]
    assert values(row) == {"FREQ": "A", "AREA": "NA", "UNIT": "", "TIME_PERIOD": "2020", "OBS_VALUE": "1"}
    assert (line_of(row, "AREA"), line_of(row, "OBS_VALUE")) == (6, 8)
    assert found["reference"] == StructureRef("DataStructure", "A", "D", "2.0")


def test_attributes_of_dataset_and_group_reach_the_observations():
    groups = '<Group xsi:type="n:ByArea" AREA="X" UNIT="EUR"/>\n<Group xsi:type="n:ByArea" AREA="Y" UNIT="USD"/>\n'
    content = (
        groups
        + '<Series FREQ="A" AREA="X"><Obs TIME_PERIOD="2020"/></Series>\n<Obs FREQ="A" AREA="Z" TIME_PERIOD="1"/>'
    )
    found = rows(message(dataset(content, 'STATUS="P"')))
    first, second = found["observations"]
    assert values(first) == {"FREQ": "A", "AREA": "X", "TIME_PERIOD": "2020", "UNIT": "EUR", "STATUS": "P"}
    assert (line_of(first, "UNIT"), line_of(first, "STATUS")) == (6, "_dataset")
    assert "UNIT" not in second
    assert [(values(row), line_of(row, "UNIT")) for row in found["others"]] == [({"AREA": "Y", "UNIT": "USD"}, 7)]


def test_a_series_without_observations_is_a_record_of_attributes():
    found = rows(message(dataset('<Series FREQ="A" AREA="X" UNIT="EUR"/>')))
    assert [values(row) for row in found["others"]] == [{"FREQ": "A", "AREA": "X", "UNIT": "EUR"}]
    assert found["counts"] == (0, 1, 0)


def test_an_unknown_group_is_found_and_still_read():
    content = '<Group xsi:type="n:Other" AREA="X" UNIT="EUR"/><Obs FREQ="A" AREA="X" TIME_PERIOD="2020"/>'
    found = rows(message(dataset(content)))
    assert rules(found) == [("DF015", 6)]
    assert values(found["observations"][0])["UNIT"] == "EUR"


def test_a_group_that_lacks_a_dimension_is_found_and_its_attributes_delivered():
    components = ComponentIds(("FREQ", "AREA"), attributes=("UNIT",), groups={"Both": ("FREQ", "AREA")})
    group = '<Group xsi:type="n:Both" AREA="X" UNIT="EUR"/>'
    found = rows(message(dataset(f'{group}<Obs FREQ="A" AREA="X"/>')), components)
    (lacking,) = found["findings"]
    assert (lacking.rule, lacking.location.line, lacking.location.path) == ("DF002", 6, "FREQ")
    assert lacking.message == "the group `Both` has no value for its dimension `FREQ`"
    assert [values(row) for row in found["others"]] == [{"AREA": "X", "UNIT": "EUR"}]
    assert [values(row) for row in found["observations"]] == [{"FREQ": "A", "AREA": "X"}]


HEADER_ACTION = b"<m:Header>\n<m:DataSetAction>%s</m:DataSetAction>"


@pytest.mark.parametrize("word", ["Append", "Replace", "Information", "Merge"])
def test_actions_that_keep_the_records_observations(word):
    found = rows(message(dataset('<Obs FREQ="A"/>', f'ss:action="{word}"')))
    assert (rules(found), len(found["observations"]), found["place"][2]) == ([], 1, word)


@pytest.mark.parametrize(("word", "nearest"), [("Remove", None), ("delete", "Delete"), ("Replaced", "Replace")])
def test_an_unknown_action_is_found_where_it_stands(word, nearest):
    of_dataset = rows(message(dataset('<Obs FREQ="A"/>', f'ss:action="{word}"')))
    of_header = rows(message(dataset('<Obs FREQ="A"/>')).replace(b"<m:Header>", HEADER_ACTION % word.encode()))
    for found, line in ((of_dataset, 5), (of_header, 5)):
        (unknown,) = found["findings"]
        assert (unknown.rule, unknown.location.line, unknown.value) == ("DF014", line, word)
        assert (unknown.expected, unknown.nearest) == ("Append, Replace, Delete, Information, Merge", nearest)
        assert len(found["observations"]) == 1


def deleted(data: bytes) -> tuple[int, list[int]]:
    part = next(open_data(source_of(data), lambda _: COMPONENTS))
    kinds = [kind for batch in part.observations.batches for kind in batch.column(KIND).to_pylist()]
    return part.tally.observations, kinds


def test_the_records_of_a_deletion_are_marks():
    content = '<Series FREQ="A"><Obs TIME_PERIOD="1"/><Obs TIME_PERIOD="2"/></Series><Series FREQ="B"/>'
    delete = RECORD_KINDS.index("delete")
    assert deleted(message(dataset(content, 'ss:action="Delete"'))) == (2, [delete] * 3)
    header = message(dataset(content)).replace(b"<m:Header>", HEADER_ACTION % b"Delete")
    assert deleted(header) == (2, [delete] * 3)
    stated = message(dataset('<Obs FREQ="A"/>', 'ss:action="Append"')).replace(b"<m:Header>", HEADER_ACTION % b"Delete")
    assert len(rows(stated)["observations"]) == 1


def test_a_dataset_that_refers_to_nothing_is_found_and_still_read():
    data = message(dataset('<Obs FREQ="A"/>')).replace(b'ss:structureRef="S"', b'ss:structureRef="T"')
    found = rows(data)
    assert (rules(found), found["reference"], len(found["observations"])) == ([("DF017", 5)], None, 1)


@pytest.mark.parametrize("at", ["AREA", "AllDimensions"])
def test_explicit_measures_name_the_measure_dimension(at):
    components = ComponentIds(("FREQ", "AREA"), measure_dimension="AREA", measures=("OBS_VALUE",))
    structure = f'dimensionAtObservation="{at}" explicitMeasures="true"'
    found = rows(message(dataset('<Obs FREQ="A" xsi:type="n:BIRTHS" OBS_VALUE="1"/>'), structure=structure), components)
    assert values(found["observations"][0]) == {"FREQ": "A", "AREA": "BIRTHS", "OBS_VALUE": "1"}


def test_datasets_follow_each_other_and_the_footer_belongs_to_the_last():
    footer = '<f:Footer><f:Message code="510" severity="Warning"><c:Text>too much</c:Text></f:Message></f:Footer>'
    data = message(dataset('<Obs FREQ="A"/>', 'action="Replace"') + dataset('<Obs FREQ="M"/>'), after=footer)
    first, second = reading(source_of(data), COMPONENTS, fast=True)
    assert (first["place"], second["place"]) == ((1, 5, "Replace"), (2, 7, None))
    assert rules(first) == []
    (said,) = second["findings"]
    assert (said.rule, said.severity.value, said.value, said.message) == (
        "IO111",
        "warning",
        "510",
        "the footer says: too much (code 510)",
    )


def test_a_message_with_nothing_but_a_footer():
    footer = '<f:Footer><f:Message code="413" severity="Infomation"><c:Text>later</c:Text></f:Message></f:Footer>'
    found = rows(message("", after=footer))
    assert found["place"][0] == 0
    assert [(item.rule, item.severity.value) for item in found["findings"]] == [("IO110", "warning"), ("IO111", "info")]


def test_unknown_elements_are_found_where_they_stand():
    found = rows(message(dataset('<Obs FREQ="A"/>\n<What/>\n<Metadata><Obs/></Metadata><Obs FREQ="B"/>')))
    assert rules(found) == [("IO108", 7), ("IO114", 8)]
    assert len(found["observations"]) == 2


@pytest.mark.parametrize("fast", [True, False])
def test_what_stands_before_a_break_is_read(fast):
    data = message(dataset('<Series FREQ="A" AREA="B">\n<Obs TIME_PERIOD="1"/>\n<Obs TIME_PERIOD="2"/></Serie>'))
    (found,) = reading(source_of(data), COMPONENTS, fast=fast)
    assert len(found["observations"]) == 2
    (broken,) = found["findings"]
    assert (broken.rule, broken.location.line, broken.location.column) == ("IO101", 8, 25)
    (truncated,) = reading(source_of(data[:-40]), COMPONENTS, fast=fast)
    assert [item.rule for item in truncated["findings"]] == ["IO101"]


@pytest.mark.parametrize(
    ("data", "rule", "line"),
    [
        (message("")[:400], "IO101", None),
        (message("").replace(b"<m:Str", b'<!DOCTYPE x [<!ENTITY a "b">]>\n<m:Str', 1), "IO102", 2),
    ],
)
def test_a_message_that_is_refused(data, rule, line):
    (refused,) = reading(source_of(data), fast=True)
    assert refused.rule == rule
    assert line is None or refused.location.line == line


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("size", [0, 70_000])
def test_a_byte_that_is_not_utf8_is_named(fast, size):
    before = '<Obs FREQ="A" UNIT="é"/>\n' * size
    data = message(dataset(before + '<Obs FREQ="A"/>\n<Obs FREQ="A" UNIT="é')).partition(b"\n</m:DataSet>")[0]
    (found,) = reading(source_of(data[:-2] + b"\xe9tat" + b'"/>\n</m:DataSet>'), COMPONENTS, fast=fast)
    (wrong,) = found["findings"]
    assert (wrong.rule, wrong.location.line, wrong.location.column) == ("IO106", 7 + size, 21)
    assert (wrong.value, wrong.expected, len(found["observations"])) == ("0xe9", "UTF-8", size + 1)


@pytest.mark.parametrize("place", range((1 << 20) - 3, (1 << 20) + 1))
def test_a_wrong_byte_at_the_end_of_what_is_read_at_once(place):
    start = message(dataset('<Obs FREQ="A"/>\n<!--')).partition(b"\n</m:DataSet>")[0]
    data = start + b" " * (place - len(start)) + b"\xe9t  --></m:DataSet></m:StructureSpecificData>"
    (found,) = reading(source_of(data), COMPONENTS, fast=False)
    assert [item.rule for item in found["findings"]] == ["IO106"]


def test_a_wrong_byte_in_the_header_is_a_refusal_and_another_fault_stays_one():
    (refused,) = reading(source_of(message("").replace(b"<m:Header>", b"<m:Header>\xe9")), fast=True)
    assert (refused.rule, refused.location.line, refused.location.column) == ("IO106", 4, 11)
    (refused,) = reading(source_of(message("").replace(b"<m:Header>", b"<m:Header>\x01")), fast=True)
    assert (refused.rule, refused.message) == ("IO101", "the message is not well-formed: invalid token")


def test_what_is_missing_is_missed_at_the_root():
    data = message("").replace(b"<m:Header>", b"<!--").replace(b"</m:Header>", b"-->")
    assert rules(rows(data)) == [("IO110", 2), ("IO113", 2)]


def test_nesting_without_end_is_stopped():
    found = rows(message(dataset('<Obs FREQ="A"/>' + "<a>" * 100)))
    assert [item.rule for item in found["findings"]] == ["IO108", "IO107"]


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "utf-8-sig"])
def test_other_encodings(encoding):
    declared = {"utf-16": "UTF-16", "latin-1": "ISO-8859-1"}.get(encoding, "UTF-8")
    text = message(dataset('<Series FREQ="A" AREA="é"><Obs TIME_PERIOD="1"/></Series>')).decode()
    data = text.replace('"UTF-8"', f'"{declared}"', 1).encode(encoding)
    found = [batch for part in open_data(source_of(data), lambda _: COMPONENTS) for batch in part.observations.batches]
    assert [batch.column("AREA").to_pylist() for batch in found] == [["é"]]


def test_a_message_that_holds_no_data_is_recognised_and_refused():
    data = f'<m:GenericMetadata xmlns:m="{V21}/message"/>'.encode()
    with pytest.raises(InputRefused, match=r"IO112.*SDMX-ML 2\.1 generic metadata") as refused:
        next(open_data(source_of(b"\n\n" + data), lambda _: None))
    assert refused.value.diagnostic.location.line == 3
