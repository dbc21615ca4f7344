"""``semstat ontology``: exit codes and what is said."""

import csv
import json
from pathlib import Path

import pytest

from semstat.cli.main import run
from semstat.cli.ontology import _KINDS
from semstat.ontology import modules
from semstat.ontology.listing import KINDS

RULES = Path(__file__).parents[1] / "rules"
OK = RULES / "ONT001-header-incomplete" / "ok.ttl"
BAD = RULES / "ONT001-header-incomplete" / "bad.ttl"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", str(BAD), "--no-reasoning"], 4),
        (["check", str(BAD), "--no-reasoning", "--allow-incomplete"], 1),
        (["check", str(OK), "--no-reasoning"], 4),
        (["check", str(OK), "--no-reasoning", "--allow-incomplete"], 0),
        (["check", "no-such.ttl"], 3),
        (["check", str(OK), "-f", "no-such"], 2),
        (["show", "sst:Codelist"], 0),
        (["show", "sst:Codelst"], 2),
        (["export", "--format", "catalog"], 0),
        (["export", "--format", "catalog", "--module", "no-such"], 2),
        (["reason", "no-such.ttl"], 3),
    ],
)
def test_exit_codes(arguments, code) -> None:
    assert run(["ontology", *arguments]) == code


def test_an_unknown_term_names_the_nearest(capsys) -> None:
    run(["ontology", "show", "sst:Codelst"])
    assert "did you mean sst:Codelist" in capsys.readouterr().err


def test_an_export_is_written_to_a_file(tmp_path, capsys) -> None:
    assert run(["ontology", "export", "--format", "jsonld-context", "-o", str(tmp_path / "context.jsonld")]) == 0
    assert (tmp_path / "context.jsonld").read_text(encoding="utf-8").startswith('{\n  "@context"')
    assert capsys.readouterr().out == ""


def test_lists_in_every_form_say_the_same(capsys) -> None:
    said = {}
    for form in ("table", "csv", "json"):
        assert run(["ontology", "list", "--kind", "class", "--module", "lineage", "--format", form]) == 0
        said[form] = capsys.readouterr().out
    names = [row["name"] for row in json.loads(said["json"])["found"]]
    assert [row["name"] for row in csv.DictReader(said["csv"].splitlines())] == names
    table = said["table"].splitlines()
    assert [line.split()[1] for line in table[1:-1]] == names
    assert table[-1] == f"{len(names)} rows"


def test_a_list_of_nothing_has_the_columns_of_a_list_of_something(capsys) -> None:
    heads, tables = [], []
    for status in ("archaic", "testing"):
        asked = ["ontology", "list", "--kind", "class", "--module", "lineage", "--status", status]
        assert run([*asked, "--format", "csv"]) == 0
        heads.append(capsys.readouterr().out.splitlines()[0])
        assert run(asked) == 0
        tables.append(capsys.readouterr().out)
    assert heads[0] == heads[1]
    assert tables[0] == "0 rows\n"


def test_every_kind_can_be_asked_for() -> None:
    assert tuple(_KINDS) == KINDS


def test_without_options_the_modules_are_listed_and_with_one_the_terms(capsys) -> None:
    run(["ontology", "list", "--format", "csv"])
    assert [row["name"] for row in csv.DictReader(capsys.readouterr().out.splitlines())] == list(modules())
    run(["ontology", "list", "--module", "gsbpm-5.2", "--format", "csv"])
    assert {row["kind"] for row in csv.DictReader(capsys.readouterr().out.splitlines())} == {"concept"}
    assert run(["ontology", "list", "--kind", "link", "--status", "stable"]) == 0
    assert capsys.readouterr().out.endswith("0 rows\n")


def test_what_is_found_is_shown_with_where_it_was_found(capsys) -> None:
    assert run(["ontology", "search", "liste", "de", "codes"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.split()[0] in {"sst:Codelist", "ssi:CodeList"}
    assert "label fr" in first
    assert (
        run(["ontology", "search", "disclosure control", "--format", "json", "--limit", "2", "--module", "gsbpm-5.2"])
        == 0
    )
    (one, *_) = json.loads(capsys.readouterr().out)["found"]
    assert (one["name"], one["field"], one["language"], one["code"]) == ("semstat:gsbpm/5.2/6.4", "label", "en", "6.4")
    assert run(["ontology", "search", "apply disclosure control", "--lang", "fr"]) == 1
    assert capsys.readouterr().out == "nothing is called so\n"


@pytest.mark.parametrize("option", [["--kind", "clas"], ["--module", "linage"], ["--status", "firm"]])
def test_an_unknown_filter_is_refused_with_what_there_is(option, capsys) -> None:
    assert run(["ontology", "list", *option]) == 2
    assert option[1] in capsys.readouterr().err
