"""``semstat ontology``: exit codes and what is said."""

from pathlib import Path

import pytest

from semstat.cli.main import run

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
