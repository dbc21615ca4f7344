"""Every rule has a case that keeps to it and cases that break it, small enough to read; tests/rules/README.md says how.

Where data can be written in several formats, the same fault must be found on the same line in each: the fixtures of the
rules on data are written anew in other formats, each record on the line that it has in the fixture.
"""

import csv
import shutil
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest

from semstat.interop import Header, Options, convert, validate
from semstat.interop.baselines import validate_with_baseline
from semstat.interop.catalogue import Catalogue
from semstat.interop.ontologies import check_ontology
from semstat.interop.options import DdiOptions
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Report, Verdict
from semstat.validators.render.text_concise import render
from semstat.validators.rules import catalogue

RULES = Path(__file__).parents[1] / "rules"
SHARED = {"structures", "README.md"}

REWRITTEN = (*(f"DF{number:03}" for number in range(2, 13)), "DF018")
ABOVE_SERIES = {"TITLE", "SOURCE"}
"""Attributes of groups and of the dataset: an XML message has another place for them than a record."""


def folder(rule: str) -> Path:
    return RULES / f"{rule}-{catalogue()[rule].name}"


def settings(rule: str) -> Mapping[str, Any]:
    file = folder(rule) / "case.toml"
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}


def inputs(rule: str, kind: str) -> list[str]:
    """The names of a rule's inputs, those that are meant not to exist included."""
    found = [path.name for path in folder(rule).glob(f"{kind}*") if not path.name.endswith(".expected.txt")]
    return sorted([*found, *(name for name in settings(rule).get("absent", []) if name.startswith(kind))])


def cases(kind: str) -> list[tuple[str, str]]:
    return [(rule, name) for rule in catalogue() if folder(rule).is_dir() for name in inputs(rule, kind)]


@cache
def judged(rule: str, name: str | Path) -> Report:
    case = settings(rule)
    with chdir(folder(rule)):
        if "baseline" in case:
            known = Path(case["baseline"])
            return validate_with_baseline([name], structure=case["structure"], options=Options(), baseline=known)
        if case.get("ontology"):
            options = Options(languages=tuple(case.get("languages", [])))
            return check_ontology([name], questions=case.get("questions", []), options=options)
        if "catalogue" in case:
            return bound(name, case["catalogue"])
        if "target" in case:
            return converted(name, case.get("structure", []), str(case["target"]), case.get("map"))
        options = Options(
            languages=tuple(case.get("languages", [])),
            schema=bool(case.get("schema")),
            sender_areas=tuple((sender, tuple(areas)) for sender, areas in case.get("senders", {}).items()),
            ddi=DdiOptions(case.get("ddi-schemas"), tuple(case.get("ddi-profile", []))),
        )
        structure = case.get("of", {}).get(str(name), case.get("structure", []))
        report = validate([name], structure=structure, options=options)
        # The schemas of DDI are not ours to bring along: where a case has none, nothing is said of that level.
        return report if "ddi-schemas" in case else without(report, "DDI008")


def without(report: Report, rule: str) -> Report:
    return replace(report, checks=tuple(item for item in report.checks if item.rule != rule))


def converted(name: str | Path, structure: Sequence[str], target: str, used: str | None = None) -> Report:
    """Return what is said of the conversion of a file into the format that ``case.toml`` names as ``target``."""
    done = convert([name], BytesIO(), to=target, structure=structure, header=Header(prepared="2024-01-31"), map=used)
    checked = CheckOutcome("IO220", None, CheckStatus.CHECKED, str(name), sum(done.written.values()))
    return Report((*done.findings, *done.refused, *done.losses), (), (checked,), sources=(str(name),))


def bound(name: str | Path, context: Sequence[str]) -> Report:
    """Return what is said of a table of bindings that is loaded into a catalogue with other files."""
    with TemporaryDirectory() as home:
        for file in (*context, str(name)):
            shutil.copy(file, Path(home) / Path(file).name)
        catalogue = Catalogue.create(home)
        with chdir(home):
            done = catalogue.load([Path(file).name for file in (*context, str(name))])
    found = tuple(replace(item, location=replace(item.location, source=str(name))) for item in done[-1].findings)
    checked = CheckOutcome("CAT001", None, CheckStatus.CHECKED, str(name), 1)
    return Report(found, (), (checked,), sources=(str(name),))


def places(report: Report) -> set[tuple[str, int | None]]:
    return {(item.rule, item.location.line) for item in report.diagnostics}


def test_every_rule_has_its_folder_and_nothing_else_has() -> None:
    assert {path.name for path in RULES.iterdir()} == {folder(rule).name for rule in catalogue()} | SHARED


@pytest.mark.parametrize("rule", catalogue())
def test_every_rule_has_an_ok_and_a_bad_case(rule) -> None:
    assert inputs(rule, "ok")
    bad = inputs(rule, "bad")
    assert any(name.startswith("bad.") for name in bad), "the first case is called bad.…"
    stems = [name.partition(".")[0] for name in bad]
    assert len(set(stems)) == len(stems), "two cases would share their expected.txt"
    assert {f"{stem}.expected.txt" for stem in stems} == {path.name for path in folder(rule).glob("*.expected.txt")}


@pytest.mark.parametrize(("rule", "name"), cases("ok"))
def test_ok_passes(rule, name) -> None:
    report = judged(rule, name)

    assert report.verdict is Verdict.PASS
    assert {item.rule for item in report.diagnostics} <= set(settings(rule).get("beside", []))
    assert {item.rule for item in report.diagnostics} <= set(catalogue()) - {rule}


@pytest.mark.parametrize(("rule", "name"), cases("bad"))
def test_bad_is_found_and_nothing_is_invented(rule, name, expect: Callable[[Path, str], None]) -> None:
    report = judged(rule, name)

    said = render(report)
    # There is no verdict on a conversion: only the account counts.
    account = "".join(said.splitlines(keepends=True)[:-1]) if "target" in settings(rule) else said
    expect(folder(rule) / f"{name.partition('.')[0]}.expected.txt", account)
    assert rule in {item.rule for item in report.diagnostics}


Row = Mapping[str, str]


def rewritable() -> list[tuple[str, str]]:
    """The cases that say the same in every format; of actions, each format says something of its own."""
    tables = ((rule, name) for rule, name in cases("bad") if rule in REWRITTEN and name.endswith(".csv"))
    tables = (item for item in tables if item[1] not in settings(item[0]).get("of", {}))
    return [(rule, name) for rule, name in tables if not name.startswith("bad-action")]


def records(rule: str, name: str) -> list[Row]:
    with (folder(rule) / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [{key: cell for key, cell in row.items() if not key.startswith(("STRUCTURE", "ACTION"))} for row in rows]


def as_table(rows: Sequence[Row], first: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a CSV file whose records begin with the same cells."""
    yield ",".join([*first, *rows[0]])
    for row in rows:
        yield ",".join([*first.values(), *(f'"{cell}"' if cell else "" for cell in row.values())])


def as_message(rows: Sequence[Row], version: str, *, within_series: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a structure-specific message; with the names of observation level, records make series."""
    stem = f"http://www.sdmx.org/resources/sdmxml/schemas/v{version}"
    flow = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=SEMSTAT:DF_LABOUR(1.0)"
    usage = f"<URN>{flow}</URN>" if version == "2_1" else flow
    at = "TIME_PERIOD" if within_series else "AllDimensions"
    yield (
        f'<m:StructureSpecificData xmlns:m="{stem}/message" xmlns:c="{stem}/common" '
        f'xmlns:ss="{stem}/data/structurespecific"><m:Header><m:Structure structureID="S" dimensionAtObservation="{at}">'
        f"<c:StructureUsage>{usage}</c:StructureUsage></m:Structure></m:Header>"
        f'<m:DataSet ss:structureRef="S">'
    )

    def shared(row: Row) -> str:
        return attributes({name: cell for name, cell in row.items() if name not in within_series})

    def own(row: Row) -> str:
        return attributes({name: cell for name, cell in row.items() if not within_series or name in within_series})

    for series, members in groupby(rows, key=shared if within_series else lambda _: ""):
        lines = [f"<Obs{own(row)}/>" for row in members]
        if within_series:
            lines = [f"<Series{series}>{lines[0]}", *lines[1:]]
            lines[-1] += "</Series>"
        yield from lines
    yield "</m:DataSet></m:StructureSpecificData>"


def attributes(row: Row) -> str:
    return "".join(f" {name}={quoteattr(cell)}" for name, cell in row.items() if cell)


OBSERVATION = ("TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "COMMENT_OBS")
FORMATS: Mapping[str, tuple[str, Callable[[Sequence[Row]], Iterator[str]]]] = {
    "csv": (".csv", lambda rows: as_table(rows, {})),
    "sdmx-csv-1.0": (".csv", lambda rows: as_table(rows, {"DATAFLOW": "SEMSTAT:DF_LABOUR(1.0)"})),
    "flat-2.1": (".xml", lambda rows: as_message(rows, "2_1", within_series=())),
    "series-2.1": (".xml", lambda rows: as_message(rows, "2_1", within_series=OBSERVATION)),
    "series-3.0": (".xml", lambda rows: as_message(rows, "3_0", within_series=OBSERVATION)),
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(("rule", "name"), rewritable())
def test_every_format_shows_the_fault_on_its_line(rule, name, form, tmp_path) -> None:
    suffix, write = FORMATS[form]
    rows = records(rule, name)
    if suffix == ".xml" and name.startswith("bad-column"):
        pytest.skip("a column that is missing is a fault of a table's header, and messages have none")
    if suffix == ".xml" and not ABOVE_SERIES.isdisjoint(rows[0]):
        pytest.skip("attributes of groups and of the dataset have a place of their own in a message")
    file = tmp_path / f"data{suffix}"
    file.write_text("\n".join(write(rows)) + "\n", encoding="utf-8")

    report = judged(rule, file)

    assert report.datasets[0].observations == len(rows)
    # In a message, a series whose attributes change has to begin again.
    assert {place for place in places(report) if place[0] != "DF022"} == places(judged(rule, name))
