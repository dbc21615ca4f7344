"""What a message says of a dataset and of itself is read in all forms, kept by conversions, or counted as lost."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from corpora import CORPORA, counts, needs_corpora
from lxml import etree
from ml20_messages import COMPACT, message
from ml_reading import source_of

from semstat.interop import Header, Options, convert, validate
from semstat.interop.formats.data import open_data
from semstat.interop.formats.sdmx.json_meta import header_of_json
from semstat.validators.diagnostics import Location
from semstat.validators.structural.header_dates import date_findings, stated_rules
from semstat.validators.structural.headers import HeaderFacts

RULES = Path(__file__).parents[1] / "rules"
TRAVEL = RULES / "structures" / "travel.xml"
LABOUR = RULES / "structures" / "labour.xml"
TEXT = (RULES / "IO235-dataset-fact-lost" / "bad.xml").read_text("utf-8")
NAMED = TEXT.replace(
    '<mes:Sender id="CZ1"/>',
    '<mes:Sender id="CZ1"><com:Name xml:lang="cs">Úřad</com:Name></mes:Sender><mes:Receiver id="EU1"/>'
    '<com:Name xml:lang="fr">travail</com:Name>',
).replace("</mes:Header>", '<mes:Source xml:lang="en">Survey</mes:Source></mes:Header>')
DATES = HeaderFacts(
    begins="2022",
    ends="2023",
    embargo="2024-02-15T09:00:00Z",
    prepared="2024-01-31T12:00:00Z",
    sender="CZ1",
    valid_from="2024-01-01T00:00:00Z",
    valid_to="2024-12-31T00:00:00Z",
    publication_year="2024",
    publication_period="2024-Q1",
)
ML = ("2.1", "3.0", "3.1")
JSON = ("2.0", "2.1")


def converted(
    text: str | bytes, target: str, folder: Path, suffix: str = "xml"
) -> tuple[bytes, list[tuple[str, str | None]]]:
    place, out = folder / f"in.{suffix}", folder / "out"
    place.write_bytes(text if isinstance(text, bytes) else text.encode())
    done = convert([place], out, to=target, structure=[LABOUR])
    assert done.refused == (), done.refused
    return out.read_bytes(), [(item.rule, item.location.path) for item in done.losses]


def refused_by_schema(data: bytes, place: Path, structure: Path = LABOUR) -> list[str]:
    """What the standard's schemas and those of the structure refuse; all that they can check has been checked."""
    place.write_bytes(data)
    report = validate([place], structure=[structure], options=Options(schema=True))
    return [item.message for item in report.diagnostics if item.rule in ("IO119", "IO120")]


def header_of(data: bytes) -> Header:
    (header,) = {dataset.header for dataset in open_data(source_of(data), lambda _: None)}
    return header


def facts_of(data: bytes) -> HeaderFacts:
    (facts,) = [dataset.facts for dataset in open_data(source_of(data), lambda _: None)]
    return facts


def test_a_message_in_sdmx_ml_states_them_all() -> None:
    facts = facts_of(TEXT.encode())
    assert facts == DATES
    lines = TEXT.splitlines()
    assert "EmbargoDate" in lines[facts.lines["embargo"] - 1]
    assert "ReportingEnd" in lines[facts.lines["ends"] - 1]


@pytest.mark.parametrize("version", ML)
def test_other_versions_of_sdmx_ml_keep_them_all(version: str, tmp_path: Path) -> None:
    data, losses = converted(TEXT, f"sdmx-ml-{version}-structure-specific-data", tmp_path)
    assert facts_of(data) == DATES
    assert losses == []
    root = etree.fromstring(data)
    for node in root.iter("{*}DataSet"):
        assert not [name for name in node.attrib if name.startswith(("valid", "publication", "reporting"))], (
            "all qualified"
        )
    assert refused_by_schema(data, tmp_path / "out.xml") == []


@pytest.mark.parametrize("version", JSON)
def test_sdmx_json_keeps_all_but_the_embargo_and_comes_back(version: str, tmp_path: Path) -> None:
    data, losses = converted(TEXT, f"sdmx-json-{version}-data", tmp_path)
    assert losses == [("IO235", "EmbargoDate")]
    (dataset,) = json.loads(data)["data"]["dataSets"]
    assert [dataset[name] for name in ("reportingBegin", "publicationPeriod")] == ["2022", "2024-Q1"]
    assert refused_by_schema(data, tmp_path / "out.json") == []
    (tmp_path / "back").mkdir()
    again, losses = converted(data, "sdmx-ml-3.0-structure-specific-data", tmp_path / "back", "json")
    assert losses == []
    assert facts_of(again) == HeaderFacts.of(
        {name: getattr(DATES, name) for name in DATES.__slots__ if name not in ("embargo", "lines")}
    )


@pytest.mark.parametrize(
    "target", ["sdmx-csv-1.0", "sdmx-csv-2.0", "sdmx-csv-2.1", "csv", "parquet", "rdf-cube-turtle"]
)
def test_what_tables_and_cubes_cannot_say_is_counted(target: str, tmp_path: Path) -> None:
    _, losses = converted(TEXT, target, tmp_path)
    assert [rule for rule, _ in losses].count("IO235") == 7


def test_dates_that_do_not_fit_are_counted_and_days_become_moments(tmp_path: Path) -> None:
    odd = TEXT.replace('validFromDate="2024-01-01T00:00:00Z"', 'validFromDate="2024-01-01"').replace(
        '"2024-Q1"', '"Q1 2024"'
    )
    data, losses = converted(odd, "sdmx-ml-3.0-structure-specific-data", tmp_path)
    assert losses == [("IO235", "validFromDate"), ("IO235", "publicationPeriod")]
    assert facts_of(data).valid_from == "2024-01-01T00:00:00"


@pytest.mark.parametrize("root", ["CompactData", "MessageGroup"])
def test_datasets_of_sdmx_ml_2_0_state_them_too(root: str) -> None:
    stated = 'reportingBeginDate="2000-01" reportingEndDate="2000-02" validFromDate="2001" publicationYear="2001"'
    data = message(
        root, COMPACT.replace("datasetID", f"{stated} datasetID"), header="<ReportingBegin>1999</ReportingBegin>"
    )
    facts = facts_of(data)
    assert (facts.begins, facts.ends, facts.valid_from, facts.publication_year) == (
        "2000-01",
        "2000-02",
        "2001",
        "2001",
    )


def test_a_date_in_json_that_is_no_text_is_found(tmp_path: Path) -> None:
    data, _ = converted(TEXT, "sdmx-json-2.0-data", tmp_path)
    odd = data.replace(b'"publicationYear":"2024"', b'"publicationYear":2024')
    (dataset,) = open_data(source_of(odd), lambda _: None)
    assert dataset.facts.publication_year is None
    assert [item.rule for item in dataset.tally.diagnostics].count("IO117") == 1


@pytest.mark.parametrize("version", ML)
def test_names_receivers_and_sources_of_the_message_are_kept(version: str, tmp_path: Path) -> None:
    data, losses = converted(NAMED, f"sdmx-ml-{version}-structure-specific-data", tmp_path)
    before, after = (header_of(text) for text in (NAMED.encode(), data))
    assert (before, losses) == (after, [])
    assert [party.id for party in after.receivers] == ["EU1"]
    assert refused_by_schema(data, tmp_path / "out.xml") == []


@pytest.mark.parametrize("version", JSON)
def test_json_keeps_names_and_receivers_and_counts_the_source(version: str, tmp_path: Path) -> None:
    data, losses = converted(NAMED, f"sdmx-json-{version}-data", tmp_path)
    meta = json.loads(data)["meta"]
    assert (meta["names"], meta["receivers"], meta["sender"]["names"]) == (
        {"fr": "travail"},
        [{"id": "EU1"}],
        {"cs": "Úřad"},
    )
    assert meta["contentLanguages"] == ["en", "cs", "fr"]
    assert ("IO235", "Source") in losses
    assert refused_by_schema(data, tmp_path / "out.json") == []
    header = header_of(data)
    assert (header.id, header.prepared, header.sender.id if header.sender else None) == (
        "LABOUR",
        "2024-01-31T12:00:00Z",
        "CZ1",
    )


@pytest.mark.parametrize("data", [b"{", b'{"meta": {', b'{"meta": 1}', b'{"meta": {}}', b'{"meta": ' + b"[" * 100_000])
def test_a_header_in_json_that_is_none_is_none(data: bytes) -> None:
    assert header_of_json(data) == Header()


@pytest.mark.parametrize(
    ("facts", "rules"),
    [
        (HeaderFacts(begins="2024", ends="2024"), []),
        (HeaderFacts(begins="2024-Q2", ends="2024-06-30"), []),
        (HeaderFacts(begins="2024-Q3", ends="2024-06-30"), ["DF039"]),
        (HeaderFacts(valid_from="2024-01-01T10:00:00Z", valid_to="2024-01-01T09:00:00Z"), ["DF039"]),
        (HeaderFacts(valid_from="2024-01-01T10:00:00+01:00", valid_to="2024-01-01T09:30:00Z"), []),
        (HeaderFacts(begins="2024-02-30"), ["DF038"]),
        (HeaderFacts(begins="yesterday", ends="2024"), ["DF038"]),
        (HeaderFacts(publication_year="2024Z", publication_period="2024-W53"), []),
        (HeaderFacts(publication_year="2024", publication_period="2023-12"), ["DF039"]),
        (HeaderFacts(publication_year="20240"), ["DF038"]),
        (HeaderFacts(), []),
    ],
)  # fmt: skip
def test_dates_are_judged_by_form_and_order(facts: HeaderFacts, rules: list[str]) -> None:
    found = [item.rule for item in date_findings(facts, Location("m.xml", 1))]
    assert found == rules
    assert set(found) <= set(stated_rules(facts))


IN_LANGUAGES = """STRUCTURE[;],STRUCTURE_ID,REF_AREA,TIME_PERIOD,OBS_VALUE,REMARK[en;de]
datastructure,SEMSTAT:DSD_TRAVEL(1.0.0),AT,2022,120,en:first;de:erste
datastructure,SEMSTAT:DSD_TRAVEL(1.0.0),AT,2023,131,
"""


@pytest.mark.parametrize("target", ["sdmx-json-2.0-data", "sdmx-json-2.1-data", "sdmx-ml-3.0-structure-specific-data"])
def test_a_text_in_two_languages_is_one_value_in_every_format(target: str, tmp_path: Path) -> None:
    place, out, back = tmp_path / "in.csv", tmp_path / "out", tmp_path / "back.csv"
    place.write_text(IN_LANGUAGES, encoding="utf-8")
    done = convert([place], out, to=target, structure=[TRAVEL], header=Header(prepared="2024-01-31"))
    assert (done.refused, done.losses) == ((), ())
    assert refused_by_schema(out.read_bytes(), out, TRAVEL) == []
    done = convert([out], back, to="sdmx-csv-2.0", structure=[TRAVEL])
    assert (done.refused, {item.rule for item in done.losses}) == ((), {"IO236"})
    assert "REMARK[en;de]" in back.read_text("utf-8")
    assert "en:first;de:erste" in back.read_text("utf-8")
    report = validate([place], structure=[TRAVEL])
    assert [item.rule for item in report.diagnostics] == []


@needs_corpora
def test_every_date_that_a_message_of_the_corpora_states_is_read() -> None:
    """The dates are looked for in the text of the message too, without the reader."""
    names = [name for name in counts() if _is_data(name)]
    files = stated = 0
    for name in names:
        data = (CORPORA / name).read_bytes()
        written = Counter(value.decode() for value in re.findall(_STATED, data))
        read: Counter[str] = Counter()
        for dataset in open_data(source_of(data, name), lambda _: None):
            own = dataset.facts
            texts = (own.begins, own.ends, own.valid_from, own.valid_to, own.publication_year, own.publication_period)
            read.update(text for text in texts if text is not None)
        files, stated = files + 1, stated + written.total()
        assert not written - read, name
    print(f"{files} files, {stated} dates of datasets")
    assert (files >= 90, stated >= 20) == (True, True)


def _is_data(name: str) -> bool:
    kind = counts()[name][0]
    return name.startswith("sdmx/") and kind.endswith(("Data", "JSON data"))


_STATED = (
    rb'(?:\b|"|:)(?:reportingBegin|reportingEnd|validFrom|validTo|publicationYear|publicationPeriod)(?:Date)?'
    rb'(?:=|"\s*:\s*)"([^"]+)"'
)
