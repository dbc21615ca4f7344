"""Profiles, selected and ignored rules, severities: what is checked, what the verdict is, and that nothing hides."""

import json
from pathlib import Path

import pytest
import small_dataset as small
from command import CLEAN, FAULTY, STRUCTURE, process, semstat

from semstat.validators.profiles import ALWAYS
from semstat.validators.rules import catalogue

ARGUMENTS = ("validate", FAULTY, "-s", STRUCTURE)


def report(*arguments: object, code: int = 1) -> dict:
    outcome = semstat(*ARGUMENTS, *arguments, "-f", "json", "--max-findings", "0")
    assert (outcome.code, outcome.err) == (code, "")
    return json.loads(outcome.out)


def found(content: dict) -> set[str]:
    return {item["rule"] for item in content["diagnostics"]} | {item["rule"] for item in content["totals"]}


def test_selected_rules_are_checked_alone_and_the_others_say_why_not() -> None:
    content = report("--select", "DF004", "--select", "period-not-well-formed")
    assert found(content) == {"DF004", "DF007"}
    left_out = {item["rule"]: item for item in content["checks"] if item["rule"] not in {"DF004", "DF007"} | ALWAYS}
    assert {"DF001", "DF002", "DF010", "DF014", "DF017"} <= set(left_out)
    for item in left_out.values():
        if item["rule"] != "DF012":
            assert (item["status"], item["deselected"]) == ("not applicable", True)
            assert item["reason"] == "deselected by the user: select DF004, period-not-well-formed"
    assert not set(content["summary"]["rules_passed"]) & set(left_out)
    assert "DF002" in content["summary"]["rules_deselected"]


def test_words_may_stand_with_commas() -> None:
    assert report("--select", "DF004, DF007") == report("--select", "DF004", "--select", "DF007")


def test_what_is_deselected_is_not_run() -> None:
    plan = semstat("validate", CLEAN, "-s", STRUCTURE, "--explain-plan", "--ignore", "DF004").out
    assert "columns  DF004" not in plan
    assert "left out DF004  REF_AREA           deselected by the user: ignore DF004" in plan


def test_a_rule_that_yielded_speaks_when_the_other_is_ignored() -> None:
    before, after = report(), report("--ignore", "DF007")
    place = next(item["location"]["line"] for item in before["diagnostics"] if item["rule"] == "DF007")
    assert {item["rule"] for item in after["diagnostics"] if item["location"]["line"] == place} == {"DF008"}


@pytest.mark.parametrize("words", [("--select", "DF012"), ("--ignore", "DF,IO"), ("--select", "DSD")])
def test_nothing_left_to_check_is_incomplete(words) -> None:
    outcome = semstat("validate", CLEAN, "-s", STRUCTURE, *words)
    assert outcome.code == 4
    assert f"NOT CHECKED  {CLEAN}: no rule that was selected applies, so nothing was checked" in outcome.out
    assert "Deselected, not checked: DF001" in outcome.out
    for form in ("html", "concise"):
        assert (
            "no rule that was selected applies" in semstat("validate", CLEAN, "-s", STRUCTURE, *words, "-f", form).out
        )


def test_what_could_not_be_read_stays_unreadable(tmp_path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    for words in (("--ignore", "IO"), ("--select", "DF004"), ("--profile", "fmr-like"), ("--severity", "IO105=info")):
        outcome = semstat("validate", tmp_path / "a.csv", "-s", STRUCTURE, *words)
        assert outcome.code == 3
        assert "IO105" in outcome.out


def test_without_a_structure_the_run_stays_incomplete() -> None:
    assert semstat("validate", CLEAN, "--ignore", "DF,DSD,IO").code == 4
    assert semstat("validate", CLEAN, "--severity", "DF013=info").code == 4


def test_severity_decides_what_fails() -> None:
    assert semstat(*ARGUMENTS, "--severity", "DF=warning").code == 0
    assert semstat(*ARGUMENTS, "--severity", "DF=warning", "--fail-on", "warning").code == 1
    content = report("--severity", "DF=warning", "--severity", "DF004=error")
    assert {item["rule"] for item in content["diagnostics"] if item["severity"] == "error"} == {"DF004"}
    assert content["summary"]["rules_failed"] == ["DF004"]


def custom(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text(f"{small.HEADER},REMARK\nA,KE,2020,1.5,A,,x\n")
    (tmp_path / "structure.xml").write_bytes(small.structure())
    lines = path.read_text()
    path.write_text("DATAFLOW," + lines.replace("\nA,", "\nA:D(1.0),A,"))
    return ("validate", path, "-s", tmp_path / "structure.xml", "--against", "A:D(1.0)")


def test_custom_columns_are_found_with_and_without_the_rule_on_unknown_components(tmp_path) -> None:
    arguments = custom(tmp_path)
    for words, code in (
        ((), 0),
        (("--ignore", "DF001"), 0),
        (("--select", "DF016"), 0),
        (("--profile", "publication"), 0),
    ):
        outcome = semstat(*arguments, *words)
        assert outcome.code == code, outcome.out
        assert "DF016" in outcome.out
    assert semstat(*arguments, "--select", "DF016", "--severity", "DF016=error").code == 1
    assert "DF016 custom-column" not in semstat(*arguments, "--ignore", "DF016").out
    assert "warning DF016" in semstat(*arguments, "--profile", "publication").out


def test_a_profile_checks_its_rules_at_its_severities(tmp_path) -> None:
    content = report("--profile", "fmr-like")
    assert "DF010" not in found(content)
    reasons = {item["reason"] for item in content["checks"] if item["rule"] == "DF010"}
    assert reasons == {"not in the profile fmr-like"}
    (tmp_path / "structure.xml").write_bytes(small.structure(lists=small.FREQ + small.STATUS))
    outcome = semstat("validate", tmp_path / "structure.xml", "--profile", "publication")
    assert outcome.code == 1
    assert "error DSD001" in outcome.out
    assert semstat("validate", tmp_path / "structure.xml").code == 0


def test_several_profiles_check_what_any_checks() -> None:
    assert "DF010" in found(report("--profile", "fmr-like", "--profile", "sdmx-exchange"))


def test_a_users_profile(tmp_path) -> None:
    (tmp_path / "ours.ttl").write_text(
        "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX profile: <https://w3id.org/semstat/profile/>"
        "PREFIX rule: <https://w3id.org/semstat/rule/> PREFIX ss: <https://w3id.org/semstat/core#>"
        '<urn:ours> a ss:Profile ; dcterms:identifier "ours" ; ss:extendsProfile profile:fmr-like ; ss:deselects rule:DF004 .'
    )
    assert "DF004" not in found(report("--profile", tmp_path / "ours.ttl"))
    outcome = semstat("explain", tmp_path / "ours.ttl")
    assert outcome.code == 0
    assert outcome.out.startswith("ours: ours\n")
    assert semstat("explain", "fmr-like").out.startswith("fmr-like: What the Fusion Metadata Registry reports")


SHAPE = """
PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX c: <https://w3id.org/semstat/sdmx/datastructure.PrimaryMeasure/A/D/1.0/>
<https://example.org/small> a sh:PropertyShape ; sh:targetClass qb:Observation ; sh:path c:OBS_VALUE ;
  sh:pattern "^[0-9]$" ; sh:message "The value is one digit."@en .
"""


def test_a_shape_of_the_users_is_ignored_and_graded_by_its_iri(tmp_path) -> None:
    (tmp_path / "shapes.ttl").write_text(SHAPE)
    (tmp_path / "structure.xml").write_bytes(small.structure())
    (tmp_path / "data.csv").write_bytes(small.CSV)
    arguments = (
        "validate",
        tmp_path / "data.csv",
        "-s",
        tmp_path / "structure.xml",
        "--shapes",
        tmp_path / "shapes.ttl",
    )
    assert semstat(*arguments).code == 1
    assert semstat(*arguments, "--profile", "fmr-like").code == 1, "who gives shapes wants them checked"
    assert semstat(*arguments, "--severity", "https://example.org/small=warning").code == 0
    outcome = semstat(*arguments, "--ignore", "https://example.org/small")
    assert outcome.code == 0
    assert "Deselected, not checked: https://example.org/small" in outcome.out


def test_the_catalogue_as_a_table_names_the_codes_of_others() -> None:
    listed = json.loads(semstat("rules", "--format", "json").out)
    assert [item["id"] for item in listed] == list(catalogue())
    rows = semstat("rules", "--format", "csv").out.splitlines()
    assert rows[0] == "rule,name,severity,statement,product,code,iri"
    assert any(row.startswith("DF003,") and ",FMR,REG-201-051," in row for row in rows)
    codes = sum(max(1, len(rule.external)) for rule in catalogue().values())
    assert len(rows) == 1 + codes
    assert semstat("rules", "--format", "text").out == semstat("rules").out


def test_two_runs_write_the_same_bytes() -> None:
    words = (
        *ARGUMENTS,
        "--profile",
        "publication",
        "--profile",
        "fmr-like",
        "--ignore",
        "DF010",
        "--severity",
        "DF=warning",
    )
    for form in ("json", "full"):
        one, other = (process(*words, "-f", form, PYTHONHASHSEED=seed) for seed in ("1", "2"))
        assert one == other
        assert one.code == 0


def test_records_that_were_left_out_are_said_whatever_is_selected(tmp_path) -> None:
    (tmp_path / "structure.xml").write_bytes(small.structure())
    (tmp_path / "data.csv").write_text(f"{small.HEADER}\nA,KE,2020,1.5,A,\nX,XX\n")
    for words in (("--select", "DF004"), ("--profile", "fmr-like"), ("--ignore", "IO")):
        outcome = semstat("validate", tmp_path / "data.csv", "-s", tmp_path / "structure.xml", *words)
        assert outcome.code == 1
        assert "error IO109" in outcome.out


def test_what_nobody_can_leave_out_is_enough_only_for_who_asks_for_it() -> None:
    assert semstat("validate", CLEAN, "-s", STRUCTURE, "--select", "IO109").code == 0
    assert semstat("validate", CLEAN, "-s", STRUCTURE, "--ignore", "DF").code == 4


RULES = Path(__file__).parents[1] / "rules"
HOUSEHOLDS = RULES / "structures" / "households.ttl"


def test_the_plan_of_microdata_is_shown() -> None:
    persons = RULES / "structures" / "persons.ttl"
    plan = semstat(
        "validate", CLEAN, "-s", str(HOUSEHOLDS), "-s", str(persons), "--explain-plan", "--ignore", "MD024"
    ).out
    assert "households: 24 checks on columns\n" in plan
    assert 'columns  MD011  -                  SELECT "hid" FROM data GROUP BY "hid" HAVING count(*) > 1' in plan
    assert (
        'columns  MD034  size               WeightedMean of "size" by "weight" is 3.144 to within 0.000500003144'
        in plan
    )
    assert (
        'columns  MD012  -                  SELECT "hid" FROM data ANTI JOIN other ON data."hid" = other."hid"' in plan
    )
    assert "left out MD024  dwelling           deselected by the user: ignore MD024" in plan


def test_the_plan_says_what_nobody_checks_and_what_rows_are_held_to() -> None:
    folder = RULES / "MD051-filter-not-respected"
    plan = semstat(
        "validate", CLEAN, "-s", str(folder / "flow.ttl"), "-s", str(folder / "spss.ttl"), "--explain-plan"
    ).out
    assert "nobody   MD051  weight             the filter of `weight` cannot be evaluated" in plan
    assert "columns  MD051  rent               SELECT * FROM data WHERE NOT (" in plan
