"""SDMX-ML data 2.0: generic, compact, utility and cross-sectional messages, their groups, and what they refer to."""

from dataclasses import replace

import pytest
from corpora import CORPORA, needs_corpora
from ml20_messages import COMPACT, CROSS, GENERIC, MESSAGES, UTILITY, held, message
from ml_reading import reading, source_of

from semstat.interop.formats.dataset import ComponentIds, StructureRef
from semstat.interop.sources import sources

COMPONENTS = ComponentIds(
    ("FREQ", "TYPE", "AREA", "TIME"),
    "TIME",
    "TYPE",
    attributes=("UNIT", "STATUS", "MULT"),
    measures=("OBS_VALUE",),
    groups={"Sibling": ("TYPE", "AREA")},
    cross_measures={"STOCKS": ("TYPE", "P"), "FLOWS": ("TYPE", "Q")},
)


def rows(data: bytes, components: ComponentIds | None = COMPONENTS, *, fast: bool = True):
    (only,) = reading(source_of(data), components, fast=fast)
    return only


def values(row) -> dict:
    return {name: value for name, (value, _) in row.items() if not name.startswith("_")}


def lines(row) -> dict:
    return {name: line for name, (_, line) in row.items() if not name.startswith("_")}


def rules(found) -> list[tuple[str, int | None]]:
    return [(item.rule, item.location.line) for item in found["findings"]]


STATED = {"FREQ": "M", "TYPE": "P", "AREA": "MX", "UNIT": "USD", "MULT": "6", "TIME": "2000-01", "OBS_VALUE": "3.14"}


def test_generic_series_inside_a_group_have_what_the_group_states():
    found = rows(message("GenericData", GENERIC))
    (row,) = found["observations"]
    assert values(row) == STATED | {"STATUS": "A"}
    assert lines(row) == {
        "FREQ": 12, "TYPE": 13, "AREA": 14, "UNIT": 10, "MULT": 16, "TIME": 17, "OBS_VALUE": 18, "STATUS": 20
    }  # fmt: skip
    assert [values(row) for row in found["others"]] == [{"FREQ": "A", "TYPE": "P", "AREA": "MX", "UNIT": "USD"}]
    assert (found["counts"], found["findings"], found["place"]) == ((1, 2, 1), [], (1, 4, "Replace"))
    assert found["reference"] == StructureRef("DataStructure", "", "DEBT")


def test_a_group_without_a_key_and_one_that_its_series_contradicts():
    keyless = GENERIC.replace(held("GroupKey", TYPE="P", AREA="MX"), "")
    assert values(rows(message("GenericData", keyless))["observations"][0])["UNIT"] == "USD"
    found = rows(message("GenericData", GENERIC.replace('"MX"', '"BR"', 1)))
    assert [item for item, _ in rules(found)] == ["DF028", "DF028"]
    assert values(found["observations"][0])["AREA"] == "MX"


def test_what_a_series_states_comes_before_what_its_group_states():
    found = rows(message("GenericData", GENERIC.replace('concept="MULT" value="6"', 'concept="UNIT" value="EUR"')))
    assert values(found["observations"][0])["UNIT"] == "EUR"
    assert rules(found) == [("DF028", 10)]


def test_an_unknown_group_and_a_group_of_attributes_alone():
    found = rows(message("GenericData", GENERIC.replace('"Sibling"', '"Other"')))
    assert rules(found) == [("DF015", 5)]
    alone = (
        f'<DataSet><g:KeyFamilyRef>DEBT</g:KeyFamilyRef><g:Group type="Sibling">{held("GroupKey", TYPE="P", AREA="MX")}'
    )
    series = f"<g:Series>{held('SeriesKey', FREQ='M', TYPE='P', AREA='MX')}<g:Obs><g:Time>1</g:Time></g:Obs></g:Series>"
    before = rows(message("GenericData", f"{alone}{held('Attributes', UNIT='USD')}</g:Group>{series}</DataSet>"))
    assert values(before["observations"][0])["UNIT"] == "USD"
    after = alone.replace("<g:Group ", series + "<g:Group ")
    found = rows(message("GenericData", f"{after}{held('Attributes', UNIT='USD')}</g:Group></DataSet>"))
    assert "UNIT" not in values(found["observations"][0])
    assert [values(row) for row in found["others"]] == [{"TYPE": "P", "AREA": "MX", "UNIT": "USD"}]


def test_the_key_family_of_a_generic_dataset():
    agency = "<KeyFamilyRef>OTHER</KeyFamilyRef><KeyFamilyAgency>BIS</KeyFamilyAgency>"
    assert rows(message("GenericData", GENERIC, header=agency))["reference"] == StructureRef(
        "DataStructure", "BIS", "DEBT"
    )
    for content in (
        "<DataSet/>",
        "<DataSet><g:Series/></DataSet>",
        f"<DataSet>{held('Attributes', UNIT='1')}</DataSet>",
    ):
        said = rows(message("GenericData", content, header=agency))
        assert (said["reference"].id, said["place"], said["findings"]) == ("OTHER", (1, 4, None), [])
        assert rows(message("GenericData", content))["reference"] is None


@pytest.mark.parametrize("fast", [True, False])
def test_compact_data(fast):
    found = rows(message("CompactData", COMPACT), fast=fast)
    first, second = found["observations"]
    assert values(first) == STATED | {"STATUS": "A"}
    assert lines(first)["UNIT"] == "_dataset"
    assert (first["MULT"], second["TIME"]) == (("6", 5), ("2000-02", 8))
    assert [values(row) for row in found["others"]] == [{"AREA": "X", "MULT": "3"}]
    assert (found["counts"], rules(found)) == ((2, 1, 2), [("DF015", 10), ("IO114", 10)])
    assert (found["reference"], found["place"]) == (StructureRef("DataStructure", "BIS", "DEBT"), (1, 4, "Append"))


@pytest.mark.parametrize(
    ("family", "reference"),
    [
        ("urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=BIS:DEBT:1.0:compact", ("BIS", "DEBT", "1.0")),
        ("urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=BIS:DEBT(2.1)", ("BIS", "DEBT", "2.1")),
        ("urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=BIS:DEBT:cross", ("BIS", "DEBT", None)),
        ("http://www.example.org/debt", None),
    ],
)
def test_the_key_family_of_a_compact_dataset(family, reference):
    found = rows(message("CompactData", COMPACT, family=family))
    assert found["reference"] == (StructureRef("DataStructure", *reference) if reference else None)
    assert len(found["observations"]) == 2
    if reference is None:
        header = "<KeyFamilyRef>DEBT</KeyFamilyRef><KeyFamilyAgency>BIS</KeyFamilyAgency>"
        said = rows(message("CompactData", COMPACT, family=family, header=header))
        assert said["reference"] == StructureRef("DataStructure", "BIS", "DEBT")
        flow = COMPACT.replace('datasetID="X"', 'dataflowID="F" dataflowAgencyID="B"')
        assert rows(message("CompactData", flow, family=family))["reference"] == StructureRef("Dataflow", "B", "F")


def test_utility_data():
    found = rows(message("UtilityData", UTILITY))
    (row,) = found["observations"]
    assert values(row) == STATED | {"STATUS": "A"}
    assert lines(row) == {
        "FREQ": 7, "TYPE": 8, "AREA": 8, "UNIT": 5, "MULT": 6, "TIME": 9, "OBS_VALUE": 10, "STATUS": 9
    }  # fmt: skip
    assert (found["counts"], found["findings"]) == ((1, 1, 1), [])


def test_cross_sectional_data():
    found = rows(message("CrossSectionalData", CROSS))
    first, second = found["observations"]
    assert values(first) == STATED | {"STATUS": "A"}
    assert values(second) == STATED | {"STATUS": "E", "TYPE": "Q", "OBS_VALUE": "0.5"}
    assert (first["FREQ"], first["MULT"], second["OBS_VALUE"]) == (("M", 5), ("6", 6), ("0.5", 8))
    assert (found["counts"], found["findings"]) == ((2, 1, 1), [])


@pytest.mark.parametrize(
    ("components", "expected"),
    [
        (None, [{"STOCKS": "3.14"}, {"FLOWS": "0.5"}]),
        (ComponentIds(("FREQ",), measures=("STOCKS", "FLOWS")), [{"STOCKS": "3.14"}, {"FLOWS": "0.5"}]),
        (
            ComponentIds(("FREQ", "TYPE"), measure_dimension="TYPE", measures=("VALUE",)),
            [{"TYPE": "STOCKS", "VALUE": "3.14"}, {"TYPE": "FLOWS", "VALUE": "0.5"}],
        ),
    ],
)
def test_cross_sectional_measures_as_far_as_the_structure_tells(components, expected):
    found = rows(message("CrossSectionalData", CROSS), components)
    shared = {"UNIT", "FREQ", "TIME", "MULT", "AREA", "STATUS"}
    read = [{name: value for name, value in values(row).items() if name not in shared} for row in found["observations"]]
    assert read == expected


def test_cross_sectional_measures_that_the_structure_counts_among_its_measures():
    both = replace(COMPONENTS, measures=("VALUE", "STOCKS", "FLOWS"))
    first, _ = rows(message("CrossSectionalData", CROSS), both)["observations"]
    assert (first["TYPE"][0], first["VALUE"][0], "STOCKS" in first) == ("P", "3.14", False)


def test_a_section_without_a_group_and_an_observation_without_a_measures_name():
    content = '<k:DataSet><k:Section FREQ="M"><k:Obs AREA="MX" value="1"/></k:Section></k:DataSet>'
    assert values(rows(message("CrossSectionalData", content))["observations"][0]) == {
        "FREQ": "M", "AREA": "MX", "OBS_VALUE": "1"
    }  # fmt: skip


@pytest.mark.parametrize("root", MESSAGES)
def test_what_stands_before_a_break_is_read(root):
    data = message(root, MESSAGES[root])
    whole = rows(data)["observations"]
    for size in range(len(data) - 1, data.index(b"DataSet"), -5):
        for part in reading(source_of(data[:size]), COMPONENTS, fast=True):
            if isinstance(part, dict):
                assert "IO101" in {item.rule for item in part["findings"]}
                assert len(part["observations"]) <= len(whole)


@pytest.mark.parametrize("root", MESSAGES)
def test_odd_messages_are_no_trouble(root):
    data = message(root, MESSAGES[root])
    for old, new in (
        (b"<k:Obs", b"<k:Obs><k:Obs"),
        (b"<DataSet", b"<DataSet><DataSet"),
        (b"Series", b"Obs"),
        (b"Group", b"Series"),
        (b"Section", b"Group"),
        (b"value=", b"val="),
        (b"concept=", b"id="),
        (b"k:", b""),
        (b"g:", b""),
        (b"TIME", b"_line"),
        (b"AREA", b"_kind"),
        (b"</g:Time>", b"<a/></g:Time>"),
        (b"</k:TIME>", b"<a>" * 100),
    ):
        for part in reading(source_of(data.replace(old, new)), COMPONENTS, fast=True):
            assert isinstance(part, dict) or part.location.line


def by_key(name: str) -> dict[tuple[str, ...], dict[str, str]]:
    (source,) = sources(CORPORA / "sdmx/ml20-with-rdf-reference" / name)
    components = ComponentIds(("FREQ", "indic_de", "geo", "TIME_PERIOD"), "TIME_PERIOD", measures=("OBS_VALUE",))
    (found,) = reading(source, components, fast=True)
    assert (found["counts"], found["findings"]) == ((455, 38, 0), [])
    rows = [values(row) for row in found["observations"]]
    return {tuple(row.pop(name) for name in components.dimensions): row for row in rows}


@needs_corpora
def test_the_compact_and_the_generic_message_of_the_corpora_are_equal_key_by_key():
    compact, generic = by_key("EUROSTAT.tps00001.sdmx.xml"), by_key("EUROSTAT.tps00001.sdmx.generic.xml")
    assert len(compact) == 455
    assert compact == generic


@needs_corpora
def test_the_sample_with_a_group_gives_its_attributes_to_all_thirteen_observations():
    (source,) = sources(CORPORA / "sdmx/ml20-with-rdf-reference/SDMX.GenericSample.xml")
    (found,) = reading(source, None, fast=True)
    assert {row["BIS_UNIT"][0] for row in found["observations"]} == {"USD"}
    assert (found["counts"], len(found["others"])) == ((13, 2, 1), 0)
