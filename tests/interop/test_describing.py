"""What is written of a data file is valid DDI, says what other people's documentation says, and holds of the file."""

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from lxml import etree
from rdflib import Graph

from semstat.cli.main import run
from semstat.interop import read, validate
from semstat.interop.describing import CannotDescribe, described_data
from semstat.validators.diagnostics import Verdict
from semstat.validators.microdata import DescribedVariable, described_files
from tests.corpora import CORPORA, needs_corpora

POPSTAN = (CORPORA or Path()) / "ddi/microdata/popstan"
SCHEMA = (CORPORA or Path()) / "schemas/ddi-codebook-2.6/codebook.xsd"
NAMES = {"d": "ddi:codebook:2_6"}
PERSONS = """id,region,sex,income,weight,note
1,01,1,1200.5,1.5,none
2,02,2,-3,0.5,"a, b"
3,01,1,,2,"<&>"
4,02, 2,0,1,x
5,01,1,7.25,1,y
6,02,9,12,1,
"""


@pytest.fixture
def persons(tmp_path) -> Path:
    file = tmp_path / "persons.csv"
    file.write_text(PERSONS, encoding="utf-8")
    return file


def described(file: Path, **said: object) -> etree._Element:
    text, found = described_data(file, **said)
    assert text is not None
    assert not found
    return etree.fromstring(text.encode())


def figures(book: etree._Element, name: str) -> dict[str, str]:
    """The figures of a variable: those of its categories under the code, weighted ones with a star."""
    (variable,) = book.findall(f".//d:var[@name='{name}']", NAMES)
    found = {}
    for item in variable.findall("d:sumStat", NAMES):
        found[item.get("type") + ("*" if item.get("wgtd") else "")] = item.text
    for category in variable.findall("d:catgry", NAMES):
        for item in category.findall("d:catStat", NAMES):
            found[category.findtext("d:catValu", None, NAMES) + ("*" if item.get("wgtd") else "")] = item.text
    return found


def test_figures_are_computed(persons) -> None:
    book = described(persons, key=["id"], weight="weight")
    assert figures(book, "region") == {"vald": "6", "invd": "0", "01": "3", "01*": "4.5", "02": "3", "02*": "2.5"}
    sex = figures(book, "sex")
    assert [sex[code] for code in ("1", "2", "9", "1*", "2*")] == ["3", "2", "1", "4.5", "1.5"]
    income = figures(book, "income")
    assert [income[kind] for kind in ("vald", "invd", "min", "max", "mean")] == ["5", "1", "-3", "1200.5", "243.35"]
    assert float(income["mean*"]) == pytest.approx((1800.75 - 1.5 + 0 + 7.25 + 12) / 5)
    assert figures(book, "id") == {"vald": "6", "invd": "0", "min": "1", "max": "6"}
    assert figures(book, "note") == {"vald": "5", "invd": "1"}
    assert [book.findtext(f".//d:{name}", None, NAMES) for name in ("caseQnty", "varQnty")] == ["6", "6"]


def test_types_and_widths_are_told(persons) -> None:
    book = described(persons, weight="weight")
    kinds = {item.get("name"): item.get("representationType") for item in book.iterfind(".//d:var", NAMES)}
    assert kinds == {
        "id": "numeric", "region": "code", "sex": "code", "income": "numeric", "weight": "numeric", "note": "text",
    }  # fmt: skip
    income = book.find(".//d:var[@name='income']", NAMES)
    assert income.get("dcml") == "2"
    assert income.find("d:location", NAMES).get("width") == "7"


def judge(data: Path, text: str, folder: Path, suffix: str = "xml") -> tuple[Verdict, set[str]]:
    described_by = folder / f"described.{suffix}"
    described_by.write_text(text, encoding="utf-8")
    report = validate([data], structure=[described_by])
    return report.verdict, {item.rule for item in report.diagnostics if item.severity.value == "error"}


def test_a_file_is_as_it_is_described_and_another_is_not(persons, tmp_path) -> None:
    text, _ = described_data(persons, key=["id"], weight="weight")
    assert judge(persons, text, tmp_path) == (Verdict.PASS, set())
    persons.write_text(PERSONS.replace("7.25", "725"), encoding="utf-8")
    verdict, broken = judge(persons, text, tmp_path)
    assert verdict is Verdict.FAIL
    assert {"MD032", "MD034"} <= broken
    persons.write_text(PERSONS.replace("5,01,1", "4,01,2"), encoding="utf-8")
    assert {"MD011", "MD033"} <= judge(persons, text, tmp_path)[1]


def test_parquet_is_described(persons, tmp_path) -> None:
    file = tmp_path / "persons.parquet"
    duckdb.sql(f"COPY (FROM read_csv('{persons}', all_varchar = false)) TO '{file}' (FORMAT parquet)")
    text, _ = described_data(file, key=["id"])
    assert judge(file, text, tmp_path) == (Verdict.PASS, set())


@pytest.mark.parametrize(("suffix", "missing"), [("sav", ["9"]), ("dta", [".a"])])
def test_labels_and_missing_values_of_packages_are_written(suffix, missing, tmp_path) -> None:
    pandas, pyreadstat = pytest.importorskip("pandas"), pytest.importorskip("pyreadstat")
    file = tmp_path / f"persons.{suffix}"
    coded = "a" if suffix == "dta" else 9.0
    rows = pandas.DataFrame({"sex": [1.0, 2.0, 1.0, coded], "size": [1.5, 2.0, None, 4.0]})
    labels = {"sex": {1: "Male", 2: "Female", coded: "Refused"}}
    said = {"missing_user_values": {"sex": ["a"]}} if suffix == "dta" else {"missing_ranges": {"sex": [9]}}
    writer = getattr(pyreadstat, f"write_{suffix}")
    writer(rows, str(file), column_labels=["Sex", "Size & form"], variable_value_labels=labels, **said)
    book = described(file)
    sex = book.find(".//d:var[@name='sex']", NAMES)
    codes = [(item.findtext("d:catValu", None, NAMES), item.get("missing")) for item in sex.findall("d:catgry", NAMES)]
    assert codes == [("1", None), ("2", None), (missing[0], "Y")]
    assert [item.get("VALUE") for item in sex.iterfind("d:invalrng/d:item", NAMES)] == missing
    assert book.findtext(".//d:var[@name='size']/d:labl", None, NAMES) == "Size & form"
    assert judge(file, described_data(file)[0], tmp_path) == (Verdict.PASS, set())


def test_turtle_says_the_same(persons, tmp_path) -> None:
    text, _ = described_data(persons, target="turtle")
    (found,) = described_files(Graph().parse(data=text, format="turtle"))
    assert [item.name for item in found.variables] == ["id", "region", "sex", "income", "weight", "note"]
    assert found.cases == 6
    assert judge(persons, text, tmp_path, "ttl")[0] is Verdict.PASS


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "IO105"),
        (b"a,b\n1,2\n3\n", "IO109"),
        (b"a,b\n1,\xff\n", "IO106"),
        (b"PAR1 and no more", "IO101"),
        (b"$FL2 and no more", "IO101"),
        (b'<Structure xmlns="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"/>', "IO112"),
        (b'{"data": {"dataSets": [], "structures": []}}', "IO112"),
        (b"<a", "IO101"),
    ],
)
def test_broken_data_are_not_described(content, rule, tmp_path, capsys) -> None:
    file, target = tmp_path / "data.csv", tmp_path / "out.xml"
    file.write_bytes(content)
    assert run(["describe", str(file), "-o", str(target)]) == 3
    said = capsys.readouterr().err
    assert rule in said
    assert str(file) in said
    assert not target.exists()


def test_a_figure_that_no_number_can_hold_is_left_out(tmp_path) -> None:
    file = tmp_path / "huge.csv"
    file.write_text("a\n1e300\n-1e300\n5\n", encoding="utf-8")
    assert "stdev" not in figures(described(file), "a")
    assert figures(described(file), "a")["vald"] == "3"


def test_the_caller_is_told_what_is_wrong(persons, tmp_path) -> None:
    with pytest.raises(CannotDescribe, match="no variable `weigth`") as told:
        described_data(persons, weight="weigth")
    assert told.value.hint == "did you mean `weight`?"
    assert run(["describe", str(persons), "--key", "nobody"]) == 2
    assert run(["describe", str(tmp_path / "absent.csv")]) == 3
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert run(["describe", str(tmp_path)]) == 2


def test_equal_data_give_equal_bytes(persons, capsys) -> None:
    assert run(["describe", str(persons)]) == 0
    first = capsys.readouterr().out
    assert run(["describe", str(persons)]) == 0
    assert capsys.readouterr().out == first


@needs_corpora
@pytest.mark.parametrize("name", ["Household.csv", "Household.sav"])
def test_a_real_survey_is_as_it_is_described(name, tmp_path) -> None:
    text, found = described_data(POPSTAN / name, key=["hid"], weight="hhweight")
    assert not found
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    schema.assertValid(etree.fromstring(text.encode()))
    assert judge(POPSTAN / name, text, tmp_path) == (Verdict.PASS, set())


def stated(variable: DescribedVariable) -> dict[str, Decimal]:
    kinds = {"valid", "invalid", "minimum", "maximum", "mean", "standard deviation"}
    return {item.kind: Decimal(item.value) for item in variable.statistics if item.kind in kinds and not item.weighted}


@needs_corpora
def test_figures_of_a_real_survey_are_those_of_its_producer(tmp_path) -> None:
    mine = tmp_path / "described.xml"
    mine.write_text(described_data(POPSTAN / "Household.sav")[0], encoding="utf-8")
    (own,) = described_files(read(mine).graph)
    files = described_files(read(POPSTAN / "ihsn-popstan-mics-2000.xml").graph)
    theirs = next(file for file in files if file.identifier == "F3")
    ours = {item.name: stated(item) for item in own.variables}
    compared = 0
    for variable in theirs.variables:
        for kind, figure in stated(variable).items():
            assert float(ours[variable.name][kind]) == pytest.approx(float(figure), abs=6e-4)
            compared += 1
    assert compared == 220
