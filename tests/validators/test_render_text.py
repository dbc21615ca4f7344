"""The two text formats: excerpts, marks, totals, what was not checked."""

import pytest
from sample_reports import BROKEN, CLEAN, EXCERPTS, HOSTILE, MIXED

from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic, Location, Report, Severity
from semstat.validators.render import render
from semstat.validators.render.excerpts import marked_line


def _at(line, value, path, *, column=None, number=5, header=None):
    found = Diagnostic("DF004", Severity.ERROR, "m", Location("f", number, column, path=path), value=value)
    excerpts = {("f", number): line} | ({("f", 1): header} if header is not None else {})
    shown = marked_line(found, excerpts)
    assert shown is not None
    text, mark = shown
    return "".join(char for char, sign in zip(text.ljust(len(mark)), mark, strict=False) if sign == "^")


@pytest.mark.parametrize(
    ("line", "value", "path", "header", "marked"),
    [
        ("A,X,X,5", "X", "SEX", "FREQ,AREA,SEX,OBS_VALUE", "X"),
        ('A,"one, two",X,5', "X", "SEX", "FREQ,AREA,SEX,OBS_VALUE", "X"),
        ('A;"say ""hi""";F;5', "F", "SEX", "STRUCTURE[|];AREA;SEX;OBS_VALUE", "F"),
        ("A,R17,2024,5.2", "R17", "AREA", None, "R17"),
        ("A,A,2024,5.2", "A", "AREA", None, ""),
        ('<Obs SEX="F" AREA="F"/>', "F", "AREA", None, "F"),
        ('<Obs XSEX="M" SEX="F"/>', "F", "SEX", None, "F"),
        ('<Obs SEX=""/>', "", "SEX", None, 'SEX=""'),
        ("<Value>Q</Value>", "Q", "SEX", None, "Q"),
    ],
)
def test_mark_stands_under_the_value(line, value, path, header, marked):
    assert _at(line, value, path, header=header) == marked


def test_mark_falls_back_to_the_column():
    assert _at("ex:a a ex:Survey", None, None, column=17) == " "


def test_long_lines_are_cut_around_the_mark():
    line = ",".join(f"field{n}" for n in range(2000))
    found = Diagnostic("DF004", Severity.ERROR, "m", Location("f", 5), value="field1500")
    shown = marked_line(found, {("f", 5): line})
    assert shown is not None
    assert len(shown[0]) < 120
    assert shown[0][shown[1].index("^") :].startswith("field1500")


def test_full_text_says_what_a_statistician_needs():
    text = render(MIXED, "full", excerpts=EXCERPTS)
    for part in (
        "first 2 of 325 shown",
        'did you mean "GB" (United Kingdom)?',
        "see line 239",
        "NOT CHECKED  data/population.csv: DF004 (UNIT_MEASURE): the code list SEMSTAT:CL_UNIT(1.0) is not at hand",
        "Not applicable: DF011",
        "INCOMPLETE, not a pass",
        "1,000,000 observations",
        "Next: semstat explain DF003",
    ):
        assert part in text


def test_nothing_that_is_no_pass_reads_like_one():
    assert "PASS" in render(CLEAN, "full").splitlines()[-1]
    assert "Nothing was validated." in render(BROKEN, "full")
    for format in ("full", "concise"):
        for report in (BROKEN, Report(), MIXED):
            assert "not a pass" in render(report, format)


def test_rules_that_share_a_reason_share_a_line():
    checks = tuple(
        CheckOutcome(rule, None, CheckStatus.NOT_CHECKED, "a.csv", reason="no time") for rule in ("B1", "A1")
    )
    assert "NOT CHECKED  a.csv: A1, B1: no time" in render(Report(checks=checks), "full")


def test_concise_has_one_line_for_each_finding():
    lines = render(HOSTILE, "concise").splitlines()
    reasons = 1  # why a check was not made, told once
    assert len(lines) == 2 * len(HOSTILE.diagnostics) + reasons + 1


def test_a_source_that_no_rule_applies_to_is_told_of_where_no_finding_does():
    idle = CheckOutcome("SK001", None, CheckStatus.NOT_APPLICABLE, "void.ttl", reason="nothing of the kind is there")
    bare = Report(checks=(idle,), sources=("void.ttl",))
    said = "void.ttl: no rule that was selected applies, so nothing was checked"
    found = Diagnostic("IO112", Severity.WARNING, "nothing is checked: it is about nothing", Location("void.ttl"))
    told = Report(checks=(idle,), sources=("void.ttl",), diagnostics=(found,))
    for form in ("full", "concise"):
        assert said in render(bare, form)
        assert said not in render(told, form)


def test_a_value_of_a_million_characters_does_not_bury_the_report():
    value = "x" * 1_000_000
    message = f"`AREA` = `{value}` is not a code of A:CL_AREA(1.0)"
    found = Diagnostic(
        "DF004", Severity.ERROR, message, Location("f", 2, path="AREA"), value=value, series_key=f"A.{value}"
    )
    report = Report(diagnostics=(found,), sources=("f",))
    for form in ("full", "concise", "github", "junit", "html"):
        assert len(render(report, form)) < 40_000
    assert found.message.endswith("x` is not a code of A:CL_AREA(1.0)")
    assert value in render(report, "json")
