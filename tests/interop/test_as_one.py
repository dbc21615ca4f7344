"""Several files as one dataset: what only shows when their records lie side by side, with the places in both files."""

from itertools import permutations
from pathlib import Path

import pytest
from work_counted import calls_of

from semstat.interop import Options, convert, validate
from semstat.interop.sources import Source
from semstat.validators.diagnostics import CheckStatus, Severity, Verdict
from semstat.validators.render import render

EXAMPLE = Path(__file__).parents[2] / "examples" / "population"
STRUCTURE = EXAMPLE / "structure.xml"
HEADER, *RECORDS = (EXAMPLE / "population.csv").read_text().splitlines()
COLUMNS = "FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,TITLE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS,COMMENT_OBS"
SERIES = [line for line in RECORDS if ",A,001,POP,20" in line]
"""The first series, 2010 to 2021: lines 2 to 13 of the file."""


@pytest.fixture
def write(tmp_path):
    def file(name: str, records: list[str]) -> Path:
        path = tmp_path / name
        path.write_text("\n".join([HEADER, *records, ""]))
        return path

    return file


def judged(*data: Path, limit: int = 0, as_one: bool = True, **more):
    return validate(list(data), structure=[STRUCTURE], options=Options(max_findings=limit, as_one=as_one, **more))


def found(report) -> list[tuple]:
    """Rule, file and line of each finding, then file and line of the other place."""
    places = ((item.rule, [item.location, *item.related]) for item in report.diagnostics)
    return sorted(
        (rule, *(part for place in listed for part in (Path(str(place.source)).name, place.line)))
        for rule, listed in places
    )


def test_each_file_by_itself_is_right_and_both_together_are_not(write):
    one, two = write("a.csv", SERIES[:5]), write("b.csv", SERIES[3:])
    assert found(judged(one, two, as_one=False)) == []
    report = judged(one, two)
    assert found(report) == [("DF018", "b.csv", 2, "a.csv", 5), ("DF018", "b.csv", 3, "a.csv", 6)]
    assert f"line 5 of {one}" in report.diagnostics[0].message
    (total,) = report.totals
    assert (total.source, total.findings, total.observations, total.listed) == (str(two), 2, 2, 2)
    assert report.verdict is Verdict.PASS, "a copy is a warning"


def test_a_contradiction_fails(write):
    changed = SERIES[4].replace(",E,", ",A,")
    assert changed != SERIES[4]
    report = judged(write("a.csv", SERIES[:5]), write("b.csv", [changed, *SERIES[5:]]))
    assert found(report) == [("DF009", "b.csv", 2, "a.csv", 6)]
    assert report.verdict is Verdict.FAIL
    outcomes = {
        (Path(str(item.source)).name, item.status, item.failed) for item in report.checks if item.rule == "DF009"
    }
    assert outcomes == {("a.csv", CheckStatus.CHECKED, 0), ("b.csv", CheckStatus.CHECKED, 1)}


def test_gaps_between_files_and_gaps_that_another_file_fills(write):
    one, two = write("a.csv", SERIES[:3]), write("b.csv", SERIES[4:])
    assert found(judged(one, two)) == [("DF020", "b.csv", 2, "a.csv", 4)]
    holey, filler = write("c.csv", [*SERIES[:3], *SERIES[4:]]), write("d.csv", SERIES[3:4])
    assert found(judged(holey, as_one=False)) == [("DF020", "c.csv", 5, "c.csv", 4)]
    assert [item[0] for item in found(judged(holey, filler))] == []


def test_an_attribute_of_the_dataset_varies_between_files(write):
    other = [line.replace("Population of selected countries", "Population") for line in SERIES[5:]]
    report = judged(write("a.csv", SERIES[:5]), write("b.csv", other))
    assert {item[0] for item in found(report)} == {"DF010"}
    assert found(report)[0] == ("DF010", "b.csv", 2, "a.csv", 2)
    assert sum(item.findings for item in report.totals) == len(other)


def test_a_series_that_another_file_goes_on_with(write):
    next_series = [line for line in RECORDS if line not in SERIES][:2]
    report = judged(write("a.csv", [*SERIES[:5], *next_series]), write("b.csv", SERIES[5:]))
    assert found(report) == [("DF022", "b.csv", 2, "a.csv", 2)]


def test_csv_and_xml(write):
    report = judged(EXAMPLE / "population.xml", write("b.csv", [SERIES[2].replace(",E,", ",A,")]))
    line = (EXAMPLE / "population.xml").read_text().splitlines().index(
        '      <Obs TIME_PERIOD="2012" OBS_VALUE="7176929184" OBS_STATUS="E"/>'
    ) + 1  # fmt: skip
    assert ("DF009", "b.csv", 2, "population.xml", line) in found(report)
    other = write("c.csv", [SERIES[2].replace("Population of selected countries", "Population")])
    report = judged(other, EXAMPLE / "population.xml")
    start = next(
        number
        for number, text in enumerate((EXAMPLE / "population.xml").read_text().splitlines(), 1)
        if "<mes:DataSet" in text
    )
    assert ("DF010", "population.xml", start, "c.csv", 2) in found(report)
    assert len([item for item in found(report) if item[0] == "DF010"]) == 1, "a dataset states its title once"


def test_elements_of_series_on_the_same_line_of_two_messages(tmp_path):
    whole = (EXAMPLE / "population.xml").read_text()
    paths = [tmp_path / "a.xml", tmp_path / "b.xml"]
    for path in paths:
        path.write_text(whole)
    report = judged(*paths, limit=3)
    counts = {total.rule: (Path(str(total.source)).name, total.findings) for total in report.totals}
    assert counts == {"DF018": ("b.xml", len(RECORDS)), "DF022": ("b.xml", whole.count("<Series "))}


FORMS = {
    "population.csv": None,
    "population.xml": None,
    "two.json": "sdmx-json-2.0",
    "table.parquet": "parquet",
}
ELEMENTS = {"population.xml", "two.json"}
"""The forms in which a series is an element of its own."""


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    """The example in several forms, by name of the file."""
    folder = tmp_path_factory.mktemp("forms")
    for name, to in FORMS.items():
        if to is None:
            (folder / name).write_bytes((EXAMPLE / name).read_bytes())
        else:
            assert not convert([EXAMPLE / "population.xml"], folder / name, to=to, structure=[STRUCTURE]).refused
    return folder


@pytest.mark.parametrize(("one", "other"), list(permutations(FORMS, 2)))
def test_whatever_the_forms_are(forms, one, other):
    """Each record is repeated; each series goes on in another element, or away from where it was begun, which is one matter."""
    report = judged(forms / one, forms / other, limit=1)
    assert report.verdict is Verdict.PASS
    totals = {total.rule: (Path(str(total.source)).name, total.findings, total.observations) for total in report.totals}
    series = len({line.split(",20", 1)[0] for line in RECORDS})
    found_once = series if {one, other} <= ELEMENTS else 1
    assert totals["DF022"][:2] == (other, found_once)
    assert totals["DF018"] == (other, len(RECORDS), len(RECORDS))
    assert set(totals) == {"DF018", "DF022"}
    two = next(item for item in report.diagnostics if item.rule == "DF022")
    assert (two.severity is Severity.WARNING) == ({one, other} <= ELEMENTS)
    assert [Path(str(place.source)).name for place in two.related] == [one]


def test_an_element_that_goes_on_where_the_table_ends_is_in_one_place(tmp_path, write):
    text = (EXAMPLE / "population.xml").read_text()
    start, end = text.index("    <Series"), text.index("    </Series>")
    tag, *observations = text[start:end].splitlines(keepends=True)
    path = tmp_path / "rest.xml"
    path.write_text(
        text[:start] + tag + observations[-1] + "    </Series>\n  </mes:DataSet>\n" + text[text.rindex("</mes:St") :]
    )
    report = judged(write("last.csv", SERIES[:-1]), path)
    assert found(report) == []
    assert sum(item.observations for item in report.datasets) == len(SERIES)


def test_faults_of_several_datasets_are_in_the_picture(write):
    changed = SERIES[4].replace(",E,", ",A,")
    report = judged(write("a.csv", SERIES[:5]), write("b.csv", [changed, *SERIES[5:]]))
    assert [item.faults for item in report.datasets] == [(), (("key", "2014", 1),)]
    page = render(report, "html")
    assert "Findings by component and period" in page
    assert "key, 2014: 1 finding" in page
    twice = judged(write("a.csv", SERIES[:5]), write("b.csv", SERIES[:3]), write("c.csv", SERIES[:2]))
    assert [sum(number for _, _, number in item.faults) for item in twice.datasets] == [0, 3, 2]


def test_a_folder_with_its_structure(tmp_path):
    folder = tmp_path / "delivery"
    folder.mkdir()
    for name, records in (("a.csv", SERIES[:5]), ("b.csv", SERIES[4:])):
        (folder / name).write_text("\n".join([HEADER, *records, ""]))
    (folder / "structure.xml").write_text(STRUCTURE.read_text())
    report = validate([folder], options=Options(as_one=True))
    assert ("DF018", "b.csv", 2, "a.csv", 6) in found(report)


def test_several_datasets_of_one_message(tmp_path):
    text = (EXAMPLE / "population.xml").read_text()
    start, end = text.index("  <mes:DataSet"), text.index("</mes:DataSet>") + len("</mes:DataSet>")
    path = tmp_path / "two.xml"
    path.write_text(text[:end] + "\n" + text[start:])
    counts = {total.rule: total.findings for total in judged(path).totals}
    assert counts["DF018"] == len(RECORDS)
    assert "DF018" not in {total.rule for total in judged(path, as_one=False).totals}


@pytest.mark.parametrize("cut", [1, 29, 150, 300])
def test_a_file_cut_in_two_has_the_findings_of_the_whole(write, cut):
    header, *records = (EXAMPLE / "population-faulty.csv").read_text().splitlines()
    assert header == HEADER
    whole = judged(EXAMPLE / "population-faulty.csv", as_one=False)
    report = judged(write("a.csv", records[:cut]), write("b.csv", records[cut:]))

    def line(place) -> int:
        return place.line + (cut if str(place.source).endswith("b.csv") else 0)

    def compared(items):
        return sorted(
            (item.rule, line(item.location), str(item.location.path), [line(place) for place in item.related])
            for item in items
            if item.rule != "DF022"
        )

    assert compared(report.diagnostics) == compared(whole.diagnostics)
    assert len(whole.diagnostics) > 10


def test_one_file_is_judged_as_without_the_option():
    data = EXAMPLE / "population-faulty.csv"
    one, other = judged(data), judged(data, as_one=False)
    assert found(one) == found(other)
    assert {(c.rule, c.component, c.status, c.failed) for c in one.checks} == {
        (c.rule, c.component, c.status, c.failed) for c in other.checks
    }


def test_other_structures_and_what_cannot_be_read_stay_apart(write, tmp_path):
    broken = tmp_path / "broken.xml"
    broken.write_text((EXAMPLE / "population.xml").read_text()[:4000])
    report = judged(write("a.csv", SERIES[:5]), broken)
    assert report.verdict is Verdict.UNREADABLE
    assert ("DF018", "broken.xml") in {(item[0], item[1]) for item in found(report)}


def test_limits_hold_across_files(write):
    report = judged(write("a.csv", SERIES), write("b.csv", SERIES), write("c.csv", SERIES), limit=3)
    assert [item[:3] for item in found(report) if item[0] == "DF018"] == [("DF018", "b.csv", n) for n in (2, 3, 4)]
    totals = [(Path(str(t.source)).name, t.findings, t.listed) for t in report.totals if t.rule == "DF018"]
    assert totals == [("b.csv", len(SERIES), 3), ("c.csv", len(SERIES), 0)]


@pytest.mark.parametrize("order", [("by_dsd.csv", "by_flow.csv"), ("by_flow.csv", "by_dsd.csv")])
def test_each_dataset_keeps_to_the_constraints_of_what_it_cites(order, tmp_path):
    """The region 150 is outside the constraint of the dataflow, and not outside that of the structure, which has none."""
    record = "A,150,POP,20{},1000,Population of Europe,PS,0,A,"
    cited = {
        "by_dsd.csv": ("datastructure,SEMSTAT:DSD_POPULATION(1.0)", "11"),
        "by_flow.csv": ("dataflow,SEMSTAT:DF_POPULATION(1.0)", "12"),
    }
    for name, (structure, year) in cited.items():
        header = f"STRUCTURE,STRUCTURE_ID,ACTION,{COLUMNS}"
        (tmp_path / name).write_text(f"{header}\n{structure},I,{record.format(year)}\n")
    for as_one in (False, True):
        report = judged(*(tmp_path / name for name in order), as_one=as_one)
        assert [item for item in found(report) if item[0] == "DF011"] == [("DF011", "by_flow.csv", 2)], as_one


def test_to_judge_as_one_reads_nothing_twice(write, monkeypatch):
    """The records are staged twice and read once: what comes through the inputs is the same, and hardly more is called."""
    half = len(RECORDS) // 2
    paths = [write("a.csv", RECORDS[:half]), write("b.csv", RECORDS[half:])]
    opened: list[str] = []
    plain = Source.open
    monkeypatch.setattr(Source, "open", lambda source: opened.append(source.name) or plain(source))
    calls, reads = {}, {}
    judged(*paths)
    for as_one in (False, True):
        opened.clear()
        judged(*paths, as_one=as_one)
        reads[as_one] = list(opened)
        calls[as_one] = calls_of(lambda as_one=as_one: judged(*paths, as_one=as_one))
    assert reads[True] == reads[False]
    assert {str(path) for path in paths} <= set(opened)
    assert calls[True] < 1.25 * calls[False]
