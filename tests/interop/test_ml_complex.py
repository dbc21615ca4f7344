"""SDMX-ML data 3.0 and 3.1: arrays, texts in languages, attributes of parts, several measures, what is kept as XML."""

import pytest
from corpora import CORPORA, needs_corpora
from ml_reading import reading, source_of

from semstat.interop import validate
from semstat.interop.formats.data import open_data
from semstat.interop.formats.dataset import ComponentIds
from semstat.interop.sources import sources
from semstat.validators.observations import LANGUAGE_MARK, LANGUAGES, PART_SEPARATOR, VERSION_SEPARATOR

COMPONENTS = ComponentIds(
    ("FREQ", "AREA", "TIME_PERIOD"),
    "TIME_PERIOD",
    attributes=("UNIT", "STATUS", "TITLE"),
    measures=("VALUE", "RANGE"),
    groups={"ByArea": ("AREA",)},
    multivalued=frozenset({"STATUS", "RANGE"}),
)

URN = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=A:D(1.0.0)"


def message(content: str, version: str = "3_0", attributes: str = "") -> bytes:
    """A message whose dataset begins on line 5, its content on line 6."""
    stem = f"http://www.sdmx.org/resources/sdmxml/schemas/v{version}"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<m:StructureSpecificData xmlns:m="{stem}/message" xmlns:c="{stem}/common" xmlns:ss="{stem}/data/structurespecific"
  xmlns:g="{stem}/metadata/generic" xmlns:n="urn:n" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<m:Header><m:Structure structureID="S"><c:Structure>{URN}</c:Structure></m:Structure></m:Header>
<m:DataSet ss:structureRef="S" {attributes}>
{content}
</m:DataSet></m:StructureSpecificData>""".encode()


def comp(name: str, *values: str) -> str:
    return f'<Comp id="{name}">' + "".join(f"\n<Value>{value}</Value>" for value in values) + "</Comp>"


def texts(**versions: str) -> str:
    return "".join(f'<c:Text xml:lang="{language}">{text}</c:Text>' for language, text in versions.items())


OBS = '<Obs TIME_PERIOD="1" VALUE="1"/>'


def rows(data: bytes, *, fast: bool = False):
    (only,) = reading(source_of(data), COMPONENTS, fast=fast)
    return only


def cell(*parts: str) -> str:
    return PART_SEPARATOR.join(parts)


def version(language: str, text: str) -> str:
    return language + LANGUAGE_MARK + text


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("number", ["3_0", "3_1"])
def test_arrays_are_parts_of_one_cell_on_the_line_of_their_component(number, fast):
    obs = f'<Obs TIME_PERIOD="1"\n VALUE="1">\n{comp("STATUS", "A", "B", "")}\n{comp("RANGE", "0.5", "1.5")}</Obs>'
    found = rows(
        message(f'<Series FREQ="A"\n AREA="X">{comp("UNIT", "EUR")}\n{obs}\n{OBS}</Series>', number), fast=fast
    )
    first, second = found["observations"]
    assert first["STATUS"] == (cell("A", "B", ""), 11)
    assert first["RANGE"] == (cell("0.5", "1.5"), 15)
    assert (first["VALUE"], first["UNIT"], second["UNIT"]) == (("1", 9), ("EUR", 7), ("EUR", 7))
    assert (first["AREA"], second["VALUE"]) == (("X", 6), ("1", 18))
    assert found["findings"] == []


def test_a_component_without_values_is_absent_and_one_with_an_empty_value_is_empty():
    found = rows(message(f'<Obs FREQ="A">{comp("STATUS", "")}<Comp id="UNIT"/></Obs>'))
    assert {name for name in found["observations"][0] if not name.startswith("_")} == {"FREQ", "STATUS"}
    assert found["observations"][0]["STATUS"][0] == ""


def test_texts_in_languages_are_one_value_and_all_of_them_are_kept():
    title = comp("TITLE", texts(fr="Prix &amp; co", en="Prices"), "<c:Text>bare</c:Text>", "plain")
    found = rows(message(f'<Series FREQ="A">{title}{OBS}{OBS}</Series>'))
    row = found["observations"][1]
    assert row["TITLE"] == (cell("Prix & co", "bare", "plain"), 6)
    first = VERSION_SEPARATOR.join((version("fr", "Prix & co"), version("en", "Prices")))
    assert row[LANGUAGES + "TITLE"][0] == cell(first, version("en", "bare"), "plain")
    (said,) = found["findings"]
    assert (said.rule, said.location.line, said.location.path, said.count) == ("IO114", 6, "TITLE", 1)


@pytest.mark.parametrize("place", ["group", "dataset", "alone"])
def test_texts_of_groups_and_of_the_dataset_keep_their_languages(place):
    title = comp("TITLE", texts(fr="Prix", en="Prices"))
    content = {
        "group": f'<Group xsi:type="n:ByArea" AREA="X">\n{title}</Group><Series FREQ="A" AREA="X">{OBS}</Series>',
        "dataset": f'<Atts>\n{title}</Atts><Series FREQ="A" AREA="X">{OBS}</Series>',
        "alone": f'<Group xsi:type="n:ByArea" AREA="X">\n{title}</Group>',
    }[place]
    found = rows(message(content))
    (row,) = found["observations"] or found["others"]
    assert row["TITLE"] == ("Prix", 7)
    assert row[LANGUAGES + "TITLE"][0] == VERSION_SEPARATOR.join((version("fr", "Prix"), version("en", "Prices")))
    assert [item.rule for item in found["findings"]] == ["IO114"]


def test_a_text_in_one_language_says_nothing_more():
    found = rows(message(f'<Obs FREQ="A">{comp("TITLE", texts(fr="Prix"))}</Obs>'))
    assert (found["observations"][0][LANGUAGES + "TITLE"][0], found["findings"]) == (version("fr", "Prix"), [])


def test_the_text_of_markup_is_read_and_the_markup_reported():
    text = '<c:StructuredText xml:lang="en"><p xmlns="http://www.w3.org/1999/xhtml">a <b>bold</b> word</p></c:StructuredText>'
    found = rows(message(f'<Obs FREQ="A">{comp("TITLE", text)}</Obs>'))
    assert found["observations"][0]["TITLE"][0] == "a bold word"
    assert [(item.rule, item.location.line) for item in found["findings"]] == [("IO114", 7)]


def test_attributes_of_the_dataset_and_of_a_part_of_it():
    content = f'<Atts UNIT="EUR"/>\n<Atts AREA="X" TITLE="only X">\n{comp("STATUS", "A", "B")}</Atts>\n'
    found = rows(
        message(content + f'<Series FREQ="A" AREA="X">{OBS}</Series>\n<Series FREQ="A" AREA="Y">{OBS}</Series>')
    )
    first, second = found["observations"]
    assert (first["UNIT"], first["TITLE"], first["STATUS"]) == (("EUR", 6), ("only X", 7), (cell("A", "B"), 8))
    assert (second["UNIT"], "TITLE" in second, "STATUS" in second) == (("EUR", 6), False, False)
    assert (found["findings"], found["counts"]) == ([], (2, 2, 0))


@pytest.mark.parametrize("fast", [True, False])
def test_in_3x_groups_and_attributes_may_stand_anywhere_and_belong_to_what_follows(fast):
    series = '<Series FREQ="A" AREA="X"><Obs TIME_PERIOD="{}"/></Series>'
    group = '<Group xsi:type="n:ByArea" AREA="X" TITLE="t"/><Atts UNIT="EUR"/>'
    found = rows(message(series.format(1) + group + series.format(2)), fast=fast)
    first, second = found["observations"]
    assert ("TITLE" in first, second["TITLE"][0]) == (False, "t")
    # The attributes of the dataset come too late to be given to observations: that is said.
    assert [(item.rule, item.location.line) for item in found["findings"]] == [("IO114", 6)]
    assert [{name for name in row if not name.startswith("_")} for row in found["others"]] == [{"UNIT"}]
    old = rows(message(series.format(1) + group + series.format(2), "2_1"), fast=fast)
    assert [item.rule for item in old["findings"]] == ["IO108", "IO108"]
    assert "TITLE" not in old["observations"][1]


METADATA = '<Metadata>\n<g:Attribute id="CONTACT" xml:lang="en"><g:Value>a &lt; b</g:Value></g:Attribute></Metadata>'


@pytest.mark.parametrize("place", ["dataset", "series", "obs", "group"])
def test_embedded_metadata_are_kept_and_named(place):
    content = {
        "dataset": f'<Series FREQ="A" AREA="X">{OBS}</Series>{METADATA}',
        "series": f'<Series FREQ="A" AREA="X">{OBS}{METADATA}</Series>',
        "obs": f'<Series FREQ="A" AREA="X"><Obs TIME_PERIOD="1" VALUE="1">{METADATA}</Obs></Series>',
        "group": f'<Group xsi:type="n:ByArea" AREA="X">{METADATA}</Group><Series FREQ="A" AREA="X">{OBS}</Series>',
    }[place]
    part = next(open_data(source_of(message(content)), lambda _: COMPONENTS))
    assert next(batch.column("VALUE").to_pylist() for batch in part.observations.batches) == ["1"]
    assert all(batch.num_rows for batch in part.observations.batches)
    (kept,) = part.tally.kept
    assert (kept.name, kept.line) == ("Metadata", 6)
    assert (
        '<Attribute xmlns="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/metadata/generic" id="CONTACT"' in kept.xml
    )
    assert 'xml:lang="en"><Value>a &lt; b</Value></Attribute></Metadata>' in kept.xml
    assert [(item.rule, item.location.line) for item in part.tally.diagnostics] == [("IO114", 6)]


def test_what_is_kept_is_bounded():
    long = METADATA.replace("a &lt; b", "x" * 600_000)
    (part,) = open_data(source_of(message(long + long)), lambda _: COMPONENTS)
    list(part.observations.batches)
    assert [len(item.xml) > 600_000 for item in part.tally.kept] == [True, False]
    assert [item.rule for item in part.tally.diagnostics] == ["IO114", "IO114"]


START = 'REPORTING_YEAR_START_DAY="--07-01"'


@pytest.mark.parametrize("place", ["dataset", "group", "series", "obs"])
def test_the_start_of_the_reporting_year_is_the_value_of_a_component(place):
    own = {name: START if name == place else "" for name in ("dataset", "group", "series", "obs")}
    content = (
        f'<Group xsi:type="n:ByArea" AREA="X" {own["group"]}/>'
        f'<Series FREQ="A" AREA="X" {own["series"]}><Obs TIME_PERIOD="1" {own["obs"]}/></Series>'
    )
    found = rows(message(content, "2_1", own["dataset"]))
    assert found["observations"][0]["REPORTING_YEAR_START_DAY"][0] == "--07-01"
    assert found["findings"] == []


def test_a_measure_may_be_named_by_a_plain_attribute():
    components = ComponentIds(("FREQ", "INDICATOR"), measure_dimension="INDICATOR", measures=("OBS_VALUE",))
    data = message(
        '<Obs FREQ="A" type="BIRTHS" xsi:type="n:BIRTHS" OBS_VALUE="1"/><Obs FREQ="A" type="DEATHS"/>', "2_1"
    )
    data = data.replace(b'structureID="S"', b'structureID="S" explicitMeasures="true"')
    (found,) = reading(source_of(data), components, fast=False)
    assert [row["INDICATOR"][0] for row in found["observations"]] == ["BIRTHS", "DEATHS"]
    assert found["findings"] == []


@pytest.mark.parametrize("name", ["_kind", "_line", "_group_line:X", "_languages:X"])
def test_names_that_are_reserved_are_no_components(name):
    data = message(f'<Obs FREQ="A"><Comp id="{name}"><Value>1</Value></Comp></Obs>')
    found = rows(data)
    assert [(item.rule, item.value) for item in found["findings"]] == [("DF001", "1")]
    if ":" not in name:
        found = rows(message(f'<Obs FREQ="A" {name}="1"/>'), fast=True)
        assert [(item.rule, item.location.line) for item in found["findings"]] == [("DF001", 6)]


@needs_corpora
def test_the_official_sample_of_complex_attributes():
    (source,) = sources(CORPORA / "sdmx/ml30/twg-samples/Data - Complex Data Attributes/ECB_EXR_CA.xml")
    (found,) = reading(source, None, fast=True)
    first, second, third = found["observations"]
    assert [row["OBS_STATUS"][0].split(PART_SEPARATOR) for row in (first, second, third)] == [
        ["A", "F"],
        ["J", "U", "N"],
        ["A"],
    ]
    assert len(first["TITLE"][0].split(PART_SEPARATOR)) == 2
    versions = [part.split(VERSION_SEPARATOR) for part in first[LANGUAGES + "TITLE"][0].split(PART_SEPARATOR)]
    assert [[text.partition(LANGUAGE_MARK)[0] for text in part] for part in versions] == [["en", "fr"], ["en", "fr"]]


@needs_corpora
@pytest.mark.parametrize("name", ["mixed/pysdmx-bis/error.xml", "ml21/pysdmx-bis/error_304.xml"])
def test_the_error_of_a_service_is_said(name):
    report = validate([CORPORA / "sdmx" / name])
    (error,) = [item for item in report.diagnostics if item.rule == "IO111"]
    assert error.severity.value == "error"
    assert "the message is the error of a service: " in error.message


def test_an_error_message_is_no_data():
    stem = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
    error = f"""<?xml version="1.0"?>
<m:Error xmlns:m="{stem}/message" xmlns:c="{stem}/common">
<m:ErrorMessage code="100"><c:Text xml:lang="en">No results
  found</c:Text></m:ErrorMessage>
<m:ErrorMessage severity="Information"><c:Text>try again</c:Text></m:ErrorMessage></m:Error>"""
    (part,) = open_data(source_of(error.encode()), lambda _: None)
    found = [(item.rule, item.location.line, item.severity.value, item.message) for item in part.tally.diagnostics]
    assert found == [
        ("IO111", 3, "error", "the message is the error of a service: No results found (code 100)"),
        ("IO111", 5, "error", "the message is the error of a service: try again"),
        ("IO110", 2, "warning", "the message holds no dataset"),
    ]
