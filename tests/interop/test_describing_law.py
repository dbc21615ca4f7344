"""What is written of a file of data holds of that file, whatever it is called and whatever it contains."""

import csv
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from semstat.interop import validate
from semstat.interop.describing import described_data
from semstat.validators.diagnostics import CheckStatus, Verdict
from tests.corpora import CORPORA, needs_corpora

AWKWARD = {
    "a column without a name": "a,,c\n1,2,3\n4,5,6\n",
    "two columns without a name": ",,c\n1,2,3\n4,5,6\n",
    "a name of blanks": "a, ,c\n1,2,3\n4,5,6\n",
    "a name like the identifier of another": "V2,,V1\n1,2,3\n4,5,6\n",
    "a name twice": "a,a,b\n1,2,3\n4,5,6\n",
    "names that differ in case": "a,A,b\n1,2,3\n4,5,6\n",
    "a name that XML cannot hold": "a\x01b,b\n1,2\n3,4\n",
    "markup as a name": '"<&>",b\n1,2\n3,4\n',
    "a name on two lines": '"a\nb",b\n1,2\n3,4\n',
    "a name of 5000 letters": "x" * 5000 + ",b\n1,2\n3,4\n",
    "an empty column": "a,b\n1,\n2,\n",
    "system missing alone": "a,b\n1,1.79769313486232e+308\n2,1.79769313486232e+308\n",
    "infinite": "a,b\ninf,1\n-Infinity,NaN\n",
    "huge whole numbers": "a,b\n123456789012345678901234567890,1\n2,99999999999999999\n",
    "sums that no double holds": "a,b\n1e308,1\n1.7e308,2\n",
    "tiny": "a,b\n0.1234567890123456789,1e-300\n3e-320,-0\n",
    "dates": "a,b\n2020-01-01,1\n2021-12-31,2\n",
    "quotation marks and lines": 'a,b\n"say ""hi""",1\n"x\ny",2\n',
    "a character that XML cannot hold": "a,b\nx\x01,1\ny,2\n",
    "one code spelt in several ways": 'a,b\n00,"1 "\n0,1\n0.0,"""1"""\n',
    "a code with Nesstar's word for no value": "a,b\nSysmiss,1\nSysmiss,2\nx,3\nx,1\n",
    "Stata's missing values": "a,b\n.,1\n.a,2\n",
    "letters of all alphabets": "é,日本\nä,1\nb,😀\n",
    "a text of 100000 letters": "a,b\n" + "x" * 100000 + ",1\ny,2\n",
    "decimal commas": "a;b\n1,5;2\n2,5;3\n",
}


def verdict(data: Path, **said: object) -> tuple[Verdict, list[str]]:
    """The verdict on a file by its own description, with what stands in the way of a pass."""
    text, found = described_data(data, **said)
    assert text is not None, found
    described = data.with_name("described.xml")
    described.write_text(text, encoding="utf-8")
    report = validate([data], structure=[described])
    wrong = [item.message for item in report.diagnostics if item.severity.value == "error"]
    return report.verdict, wrong + [
        str(item.reason) for item in report.checks if item.status is CheckStatus.NOT_CHECKED
    ]


@pytest.mark.parametrize("content", AWKWARD.values(), ids=AWKWARD)
def test_an_awkward_file_is_as_it_is_described(content, tmp_path) -> None:
    data = tmp_path / "data.csv"
    data.write_text(content, encoding="utf-8", newline="")
    assert verdict(data) == (Verdict.PASS, [])


CELLS = st.one_of(
    st.sampled_from(["", "1", "01", " 1", "9", "99", "-1", "1.5", "1e3", "1e308", "0.0"]),
    st.sampled_from([".a", ".", "NA", "2020-02-30", "x", "<&>", "Sysmiss"]),
    st.integers().map(str),
    st.floats(width=32).map(repr),
    st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=5),
)
COLUMN_NAMES = st.sampled_from(["a", "A", "b", "", " ", "weight", "V1"]) | st.text(
    st.characters(codec="utf-8", exclude_characters="\0\r\n"), min_size=1, max_size=4
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """Names with cells that fill at least two columns, so that it can be told what separates them."""
    names = draw(st.lists(COLUMN_NAMES, min_size=2, max_size=4))
    rows = draw(st.lists(st.lists(CELLS, min_size=len(names), max_size=len(names)), min_size=1, max_size=8))
    return names, rows


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables())
def test_a_table_of_text_is_as_it_is_described(tmp_path_factory, table) -> None:
    assert as_csv(tmp_path_factory.mktemp("law"), *table) in [(Verdict.PASS, []), None]


def as_csv(folder: Path, names: list[str], rows: list[list[str]]) -> tuple[Verdict, list[str]] | None:
    """The verdict on a table as CSV; ``None`` where it is refused as broken."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([names, *rows])
    data = folder / "data.csv"
    data.write_text(text.getvalue(), encoding="utf-8", newline="")
    return verdict(data) if described_data(data)[0] is not None else None


TYPES = {
    pa.int64(): st.integers(-(2**63), 2**63 - 1),
    pa.float64(): st.floats(),
    pa.string(): st.text(max_size=4),
    pa.bool_(): st.booleans(),
    pa.date32(): st.dates(),
    pa.timestamp("us"): st.datetimes(),
    pa.decimal128(20, 3): st.decimals(-(10**15), 10**15, places=3, allow_nan=False),
    pa.dictionary(pa.int32(), pa.string()): st.sampled_from(["a", "b"]),
}


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_typed_table_is_as_it_is_described(tmp_path_factory, data) -> None:
    types = data.draw(st.lists(st.sampled_from(list(TYPES)), min_size=1, max_size=4))
    size = data.draw(st.integers(1, 6))
    columns = [
        pa.array(data.draw(st.lists(st.none() | TYPES[kind], min_size=size, max_size=size)), kind) for kind in types
    ]
    file = tmp_path_factory.mktemp("law") / "data.parquet"
    names = data.draw(st.lists(COLUMN_NAMES, min_size=len(types), max_size=len(types)))
    pq.write_table(pa.Table.from_arrays(columns, names=names), file)
    assert verdict(file) == (Verdict.PASS, [])


@pytest.mark.parametrize("suffix", ["sav", "zsav", "dta", "por", "xpt"])
def test_files_of_packages_are_as_they_are_described(suffix, tmp_path) -> None:
    pandas, pyreadstat = pytest.importorskip("pandas"), pytest.importorskip("pyreadstat")
    rows = pandas.DataFrame(
        {
            "SEX": [1.0, 2.0, 1.0, 9.0],
            "SIZE": [1.5, float("nan"), 1e15, -3.25],
            "NOTE": ["a", "", " <&> é", "x" * 300],
            "NONE": [float("nan")] * 4,
        }
    )
    if suffix in {"por", "xpt"}:
        rows["NOTE"] = ["a", "", " <&>", "x" * 100]
    said: dict[str, object] = {"column_labels": ["Sex", "L" * (40 if suffix == "xpt" else 80), "", "Nothing"]}
    if suffix not in {"por", "xpt"}:
        said["variable_value_labels"] = {"SEX": {1: "Male", 2: "Female", 9: "L" * 100}}
    if suffix.endswith("sav"):
        said["missing_ranges"] = {"SEX": [9], "SIZE": [{"lo": 1e14, "hi": 1e16}]}
    if suffix == "zsav":
        said["compress"] = True
    writer = {"zsav": "write_sav", "xpt": "write_xport"}.get(suffix, f"write_{suffix}")
    data = tmp_path / f"data.{suffix}"
    getattr(pyreadstat, writer)(rows, str(data), **said)
    assert verdict(data, weight="SEX") == (Verdict.PASS, [])


@needs_corpora
def test_real_files_are_as_they_are_described(tmp_path, record_property) -> None:
    kinds = ("*.sav", "*.dta", "*.por", "*.xpt", "*.sas7bdat")
    files = [file for kind in kinds for file in sorted((CORPORA or Path()).rglob(kind))]
    files += sorted((CORPORA or Path()).glob("ddi/microdata/**/*.csv"))
    for number, file in enumerate(files):
        folder = tmp_path / str(number)
        folder.mkdir()
        data = folder / file.name
        data.write_bytes(file.read_bytes())
        assert verdict(data) == (Verdict.PASS, []), file.name
    record_property("files", len(files))
    assert len(files) == 4
