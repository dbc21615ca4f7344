"""Generic SDMX-ML data 2.1: each layout, the line of each value, and what is said of messages that are wrong."""

import pytest
from ml_reading import reading, source_of

from semstat.interop.formats.dataset import ComponentIds, StructureRef

V21 = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
COMPONENTS = ComponentIds(
    ("FREQ", "AREA", "TIME_PERIOD"),
    "TIME_PERIOD",
    attributes=("UNIT", "STATUS", "TITLE"),
    measures=("OBS_VALUE",),
    groups={"ByArea": ("AREA",)},
)


def message(*datasets: str, at: str = "TIME_PERIOD", root: str = "GenericData", after: str = "") -> bytes:
    """A message whose first dataset begins on line 5, its content on line 6."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<m:{root} xmlns:m="{V21}/message" xmlns:c="{V21}/common" xmlns:g="{V21}/data/generic" xmlns:f="{V21}/message/footer"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><m:Header><m:Structure structureID="S" dimensionAtObservation="{at}">
<c:Structure><Ref agencyID="A" id="D" version="2.0"/></c:Structure></m:Structure></m:Header>
{"".join(datasets)}{after}</m:{root}>""".encode()


def dataset(content: str, attributes: str = 'structureRef="S"') -> str:
    return f"<m:DataSet {attributes}>\n{content}\n</m:DataSet>"


def values_of(**values: str) -> str:
    return "\n".join(f'<g:Value id="{name}" value="{value}"/>' for name, value in values.items())


def held(element: str, **values: str) -> str:
    return f"<g:{element}>\n{values_of(**values)}\n</g:{element}>"


SERIES = f"""<g:Series>
{held("SeriesKey", FREQ="A", AREA="NA")}
{held("Attributes", UNIT="")}
<g:Obs>
<g:ObsDimension value="2020"/>
<g:ObsValue value="1"/>
{held("Attributes", STATUS="P")}
</g:Obs>
<g:Obs><g:ObsDimension id="TIME_PERIOD" value="2021"/></g:Obs>
</g:Series>"""


def rows(data: bytes, components: ComponentIds | None = COMPONENTS):
    (only,) = reading(source_of(data), components, fast=True)
    return only


def values(row) -> dict:
    return {name: value for name, (value, _) in row.items() if not name.startswith("_")}


def lines(row) -> dict:
    return {name: line for name, (_, line) in row.items() if not name.startswith("_")}


def rules(found) -> list[tuple[str, int | None]]:
    return [(item.rule, item.location.line) for item in found["findings"]]


@pytest.mark.parametrize("root", ["GenericData", "GenericTimeSeriesData"])
def test_a_series_gives_its_values_and_the_line_of_each(root):
    found = rows(message(dataset(SERIES), root=root))
    first, second = found["observations"]
    assert values(first) == {
        "FREQ": "A", "AREA": "NA", "UNIT": "", "TIME_PERIOD": "2020", "OBS_VALUE": "1", "STATUS": "P"
    }  # fmt: skip
    assert lines(first) == {"FREQ": 8, "AREA": 9, "UNIT": 12, "TIME_PERIOD": 15, "OBS_VALUE": 16, "STATUS": 18}
    assert values(second) == {"FREQ": "A", "AREA": "NA", "UNIT": "", "TIME_PERIOD": "2021"}
    assert (first["_line"][0], first["_series_line"][0], second["_line"][0]) == (14, 6, 21)
    assert (found["counts"], found["findings"]) == ((2, 1, 0), [])
    assert found["reference"] == StructureRef("DataStructure", "A", "D", "2.0")


def test_flat_observations():
    obs = f'<g:Obs>\n{held("ObsKey", FREQ="A", AREA="X", TIME_PERIOD="2020")}\n<g:ObsValue value="NaN"/></g:Obs>'
    found = rows(message(dataset(obs), at="AllDimensions"))
    (row,) = found["observations"]
    assert values(row) == {"FREQ": "A", "AREA": "X", "TIME_PERIOD": "2020", "OBS_VALUE": "NaN"}
    assert lines(row) == {"FREQ": 8, "AREA": 9, "TIME_PERIOD": 10, "OBS_VALUE": 12}
    assert found["counts"] == (1, 0, 0)


def test_a_message_on_one_line_needs_no_lines_of_values():
    content = dataset(SERIES).replace("\n", "")
    found = rows(message(content))
    assert {line for row in found["observations"] for line in lines(row).values()} == {5}


def test_attributes_of_dataset_and_group_reach_the_observations_with_their_lines():
    group = f'<g:Group type="ByArea">\n{held("GroupKey", AREA="NA")}\n{held("Attributes", TITLE="t")}\n</g:Group>\n'
    other = group.replace('"NA"', '"X"')
    found = rows(message(dataset(held("Attributes", STATUS="Q") + "\n" + group + other + SERIES)))
    first, second = found["observations"]
    assert (first["TITLE"], second["TITLE"]) == (("t", 14), ("t", 14))
    assert (first["STATUS"], second["STATUS"]) == (("P", 37), ("Q", 7))
    (left,) = found["others"]
    assert (values(left), lines(left)) == ({"AREA": "X", "TITLE": "t"}, {"AREA": 19, "TITLE": 22})
    assert found["counts"] == (2, 1, 2)


def test_a_series_without_observations_and_an_observation_without_value():
    empty = f"<g:Series>\n{held('SeriesKey', FREQ='A', AREA='X')}{held('Attributes', UNIT='EUR')}\n</g:Series>"
    found = rows(message(dataset(empty)))
    (row,) = found["others"]
    assert (values(row), lines(row)) == (
        {"FREQ": "A", "AREA": "X", "UNIT": "EUR"},
        {"FREQ": 8, "AREA": 9, "UNIT": 11},
    )


def test_the_dimension_at_the_observation_is_the_headers_where_no_id_is_given():
    series = "<g:Series>{}<g:Obs><g:ObsDimension {}value='X'/></g:Obs></g:Series>"
    key = held("SeriesKey", FREQ="A", TIME_PERIOD="2020")
    for identifier in ("", 'id="AREA" ', 'id=" AREA " '):
        found = rows(message(dataset(series.format(key, identifier)), at="AREA"))
        assert values(found["observations"][0]) == {"FREQ": "A", "TIME_PERIOD": "2020", "AREA": "X"}
        assert found["findings"] == []


def test_a_wrong_dimension_at_the_observation_is_named_and_read_as_the_headers():
    obs = '\n<g:Obs><g:ObsDimension id="AERA" value="{}"/></g:Obs>'
    series = f"<g:Series>{held('SeriesKey', FREQ='A', TIME_PERIOD='2020')}{obs.format('X')}{obs.format('Y')}</g:Series>"
    found = rows(message(dataset(series), at="AREA"))
    assert [values(row)["AREA"] for row in found["observations"]] == ["X", "Y"]
    (wrong,) = found["findings"]
    assert (wrong.rule, wrong.location.line, wrong.value, wrong.expected, wrong.nearest, wrong.count) == (
        "DF001", 10, "AERA", "AREA", "AREA", 2
    )  # fmt: skip


def test_without_a_structure_a_wrong_dimension_stays_what_it_is_called():
    series = f"<g:Series>{held('SeriesKey', FREQ='A')}<g:Obs><g:ObsDimension id='X' value='1'/></g:Obs></g:Series>"
    found = rows(message(dataset(series)), None)
    assert values(found["observations"][0]) == {"FREQ": "A", "X": "1"}
    assert found["findings"] == []


@pytest.mark.parametrize("at", ["OTHER", "AllDimensions"])
def test_another_dimension_of_the_structure_is_what_it_says(at):
    series = f"<g:Series>{held('SeriesKey', FREQ='A')}<g:Obs><g:ObsDimension id='AREA' value='1'/></g:Obs></g:Series>"
    found = rows(message(dataset(series), at=at))
    assert values(found["observations"][0]) == {"FREQ": "A", "AREA": "1"}


def test_several_datasets_each_with_its_structure_and_action():
    data = message(
        dataset(SERIES, 'structureRef="S" action="Replace" setID="x"'),
        dataset(SERIES, 'structureRef="T"'),
        after='<f:Footer><f:Message code="510" severity="Warning"><c:Text>more</c:Text></f:Message></f:Footer>',
    )
    first, second = reading(source_of(data), COMPONENTS, fast=True)
    assert (first["place"], second["place"]) == ((1, 5, "Replace"), (2, 23, None))
    assert (rules(first), rules(second)) == ([], [("DF017", 23), ("IO111", 41)])
    assert (first["counts"], second["counts"]) == ((2, 1, 0), (2, 1, 0))


def test_a_deletion_and_an_unknown_action():
    found = rows(message(dataset(SERIES, 'structureRef="S" action="Delete"')))
    assert (found["observations"], len(found["others"])) == ([], 2)
    found = rows(message(dataset(SERIES, 'structureRef="S" action="Deleted"')))
    assert (rules(found), len(found["observations"])) == ([("DF014", 5)], 2)


def test_a_component_that_stands_twice_is_named_and_the_first_value_used():
    key = values_of(FREQ="A", AREA="X") + "\n" + values_of(AREA="Y")
    found = rows(message(dataset(f"<g:Obs><g:ObsKey>\n{key}</g:ObsKey></g:Obs>"), at="AllDimensions"))
    (twice,) = found["findings"]
    assert (twice.rule, twice.location.line, twice.value, twice.location.path) == ("DF028", 9, "Y", "AREA")
    assert values(found["observations"][0]) == {"FREQ": "A", "AREA": "X"}


def test_a_group_and_a_dataset_that_state_a_component_twice():
    twice = f"<g:Attributes>{values_of(TITLE='a')}{values_of(TITLE='b')}</g:Attributes>"
    group = f'<g:Group type="ByArea">{held("GroupKey", AREA="NA")}{twice}</g:Group>'
    found = rows(message(dataset(twice + group + SERIES)))
    assert [item for item, _ in rules(found)] == ["DF028", "DF028"]
    assert found["observations"][0]["TITLE"][0] == "a"


ODD = {
    "no id": ('<g:Value value="1"/>', ["IO108"]),
    "no value": ('<g:Value id="FREQ"/>', ["IO108"]),
    "empty": ("<g:Value/>", ["IO108"]),
    "more": ('<g:Value id="FREQ" value="A" note="x"/>', ["IO108"]),
    "typed": ('<g:Value id="FREQ" value="A" xsi:type="x"/>', []),
    "blank": ('<g:Value id="FR EQ" value="A"/>', ["DF001"]),
    "reserved": ('<g:Value id="_line" value="A"/>', ["DF001"]),
    "reserved kind": ('<g:Value id="_kind" value="A"/>', ["DF001"]),
    "qualified": ('<g:Value id="http://www.w3.org/2001/XMLSchema-instance type" value="A"/>', ["DF001"]),
    "unknown": ("<g:What/>", ["IO108"]),
    "annotations": ("<c:Annotations><c:Annotation/></c:Annotations>", ["IO114"]),
    "comment": ("<!-- -->", []),
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("place", ["obs", "series", "group", "dataset"])
def test_odd_values_are_named_where_they_stand_and_the_rest_is_read(name, place):
    element, expected = ODD[name]
    odd = f"<g:Attributes>\n{element}</g:Attributes>"
    group = f'<g:Group type="ByArea">{held("GroupKey", AREA="NA")}{{}}</g:Group>'
    content = {
        "obs": SERIES.replace("<g:ObsValue", odd + "<g:ObsValue", 1),
        "series": SERIES.replace("<g:Obs>", odd + "<g:Obs>", 1),
        "group": group.format(odd) + SERIES,
        "dataset": odd + SERIES,
    }[place]
    found = rows(message(dataset(content)))
    # A series, group or dataset may state FREQ once more: that is another finding, and not the one meant here.
    assert [rule for rule, _ in rules(found) if rule != "DF028"] == expected
    assert [values(row)["TIME_PERIOD"] for row in found["observations"]] == ["2020", "2021"]
    assert values(found["observations"][0])["OBS_VALUE"] == "1"


def test_what_stands_too_late_is_named():
    key = held("SeriesKey", FREQ="B")
    late = f"{SERIES.replace('</g:Series>', key + '</g:Series>')}<g:Group type='ByArea'>{held('GroupKey', AREA='NA')}</g:Group>"
    found = rows(message(dataset(late + held("Attributes", STATUS="Q"))))
    assert [rule for rule, _ in rules(found)] == ["IO108", "IO108", "IO108"]
    assert values(found["observations"][0])["FREQ"] == "A"


def test_what_stands_before_a_break_is_read():
    data = message(dataset(SERIES))
    whole = rows(data)
    for size in range(len(data) - 1, data.index(b"<m:DataSet"), -7):
        for part in reading(source_of(data[:size]), COMPONENTS, fast=True):
            if isinstance(part, dict):
                assert [item.rule for item in part["findings"]] == ["IO101"]
                assert all(row["FREQ"] == ("A", 8) for row in part["observations"] if "FREQ" in row)
                assert len(part["observations"]) <= len(whole["observations"])


def test_hostile_messages_end_soon():
    deep = rows(message(dataset("<g:Series>" + "<g:a>" * 100)))
    assert [rule for rule, _ in rules(deep)] == ["IO107", "IO108"] or rules(deep)[-1][0] == "IO107"
    many = "".join(f'<g:Obs><g:ObsKey><g:Value id="A{i}" value="1"/></g:ObsKey></g:Obs>' for i in range(3000))
    found = rows(message(dataset(many), at="AllDimensions"))
    assert [rule for rule, _ in rules(found)] == ["IO107"]
    (refused,) = reading(source_of(message("").replace(b"<m:G", b'<!DOCTYPE m [<!ENTITY a "b">]><m:G', 1)), fast=True)
    assert refused.rule == "IO102"
