"""Settings from files and the environment: what goes before what, where each comes from, and what is refused."""

import json
import tomllib
from pathlib import Path

import pytest
from command import CLEAN, FAULTY, STRUCTURE, process, semstat

from semstat.cli.configuration import configured_options
from semstat.cli.main import cli


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder to write settings to, and a user's folder that is elsewhere."""
    here, home = tmp_path / "here", tmp_path / "home"
    for folder in (here / "below", home / "semstat"):
        folder.mkdir(parents=True)
    (here / ".git").mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setattr("click.get_app_dir", lambda _name: str(home / "semstat"))
    return here


def shown(*arguments: str) -> dict[str, tuple[object, str]]:
    """The settings that hold, by name, each with its origin."""
    outcome = semstat(*arguments, "config", "show", "--origin")
    assert (outcome.code, outcome.err) == (0, "")
    tomllib.loads(outcome.out)
    found, table = {}, ""
    for line in outcome.out.splitlines():
        if line.startswith("["):
            table = line.strip("[]") + "."
        elif line:
            setting, _, origin = line.partition(" # ")
            name, value = next(iter(tomllib.loads(setting).items()))
            found[table + name] = (value, origin.strip())
    return found


def test_without_files_defaults_hold(desk) -> None:
    found = shown()
    assert found["validate.fail-on"] == ("error", "default")
    assert found["validate.max-findings"] == (10, "default")
    assert {origin for _, origin in found.values()} == {"default"}


def test_options_environment_project_user_default_in_this_order(desk, monkeypatch) -> None:
    user = desk.parent / "home" / "semstat" / "semstat.toml"
    layers = [
        lambda: user.write_text('[validate]\nfail-on = "info"\nmax-findings = 1\n'),
        lambda: (desk / "pyproject.toml").write_text("[tool.semstat.validate]\nmax-findings = 2\n"),
        lambda: (desk / "semstat.toml").write_text("[validate]\nmax-findings = 3\n"),
        lambda: monkeypatch.setenv("SEMSTAT_VALIDATE_MAX_FINDINGS", "4"),
    ]
    origins = ["semstat.toml", "pyproject.toml", "semstat.toml", "SEMSTAT_VALIDATE_MAX_FINDINGS"]
    for number, (write, origin) in enumerate(zip(layers, origins, strict=True), 1):
        write()
        value, stated = shown()["validate.max-findings"]
        assert value == number
        assert stated.endswith(origin)
    assert shown()["validate.fail-on"][0] == "info", "a file that says less leaves the rest to the next"
    assert shown("--isolated")["validate.max-findings"] == (10, "default")
    listed = semstat("validate", FAULTY, "-s", STRUCTURE, "-f", "json", "--max-findings", "5")
    assert listed.code == 1


def test_settings_are_used(desk) -> None:
    (desk / "semstat.toml").write_text(
        f'color = "always"\n[validate]\nstructure = {json.dumps(STRUCTURE)}\noutput-format = "concise"\nselect = ["DF004"]\n'
        'severity = { DF004 = "warning" }\n'
    )
    outcome = semstat("validate", FAULTY)
    assert outcome.code == 0
    assert "\x1b[1;33mwarning\x1b[0m DF004" in outcome.out
    assert semstat("validate", FAULTY, "--severity", "DF004=error").code == 1
    assert "\x1b[" not in semstat("--color", "never", "validate", FAULTY).out
    assert semstat("--isolated", "validate", FAULTY).code == 4


def test_paths_in_a_file_are_relative_to_it(desk, monkeypatch) -> None:
    (desk / "structure.xml").write_bytes(Path(STRUCTURE).read_bytes())
    (desk / "semstat.toml").write_text('[validate]\nstructure = "structure.xml"\nreport = ["json=out.json"]\n')
    monkeypatch.chdir(desk / "below")
    assert semstat("validate", CLEAN).code == 0
    assert json.loads((desk / "out.json").read_text())["verdict"] == "pass"
    assert shown()["validate.structure"] == (["../structure.xml"], "../semstat.toml")


def test_files_above_the_repository_are_not_looked_at(desk) -> None:
    (desk.parent / "semstat.toml").write_text("[validate]\nmax-findings = 9\n")
    assert shown()["validate.max-findings"] == (10, "default")
    (desk / ".git").rmdir()
    assert shown()["validate.max-findings"] == (10, "default"), "without a repository, this folder alone"


def test_a_file_that_is_named_takes_the_place_of_others(desk) -> None:
    (desk / "semstat.toml").write_text('[validate]\nfail-on = "info"\nmax-findings = 9\n')
    (desk / "other.toml").write_text("[validate]\nmax-findings = 7\n")
    found = shown("--config", "other.toml")
    assert found["validate.max-findings"] == (7, "other.toml")
    assert found["validate.fail-on"] == ("error", "default")


def test_the_file_may_be_named_in_the_environment(desk, monkeypatch) -> None:
    (desk / "other.toml").write_text("[validate]\nmax-findings = 7\n")
    monkeypatch.setenv("SEMSTAT_CONFIG", "other.toml")
    assert shown()["validate.max-findings"] == (7, "other.toml")
    assert shown("--isolated")["validate.max-findings"] == (10, "default")
    both = semstat("--isolated", "--config", "other.toml", "rules")
    assert (both.code, both.err) == (2, "error: --config and --isolated exclude each other\n")


def test_project_files_of_others_are_no_concern(desk) -> None:
    (desk / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.ruff]\nline-length = 1\n')
    assert shown()["validate.max-findings"] == (10, "default")


def test_variables_with_several_values(desk, monkeypatch) -> None:
    monkeypatch.setenv("SEMSTAT_VALIDATE_IGNORE", "DF004 DF005,DF006")
    monkeypatch.setenv("SEMSTAT_VALIDATE_STRUCTURE", f"{STRUCTURE}:{STRUCTURE}")
    monkeypatch.setenv("SEMSTAT_QUIET", "yes")
    assert shown()["validate.structure"] == ([STRUCTURE, STRUCTURE], "SEMSTAT_VALIDATE_STRUCTURE")
    assert shown()["quiet"] == (True, "SEMSTAT_QUIET")
    content = json.loads(semstat("validate", FAULTY, "-f", "json").out)
    assert {"DF004", "DF005", "DF006"} <= set(content["summary"]["rules_deselected"])


def test_variables_of_others_are_no_concern(desk, monkeypatch) -> None:
    monkeypatch.setenv("SEMSTAT_CORPORA", "/data")
    monkeypatch.setenv("SEMSTATISTICS", "1")
    assert shown()["validate.max-findings"] == (10, "default")


MISTAKES = {
    'colour = "never"': "there is no setting 'colour', did you mean color?",
    "[validat]": "there is no setting 'validat', did you mean validate?",
    "validate = 3": "the command validate takes a table",
    '[validate]\nfail_on = "error"': "validate has no option 'fail_on', did you mean fail-on?",
    '[validate]\nwrite-baseline = "x"': "validate has no option 'write-baseline'",
    "[validate]\nfail-on = 3": "validate.fail-on takes a text, not 3",
    '[validate]\nfail-on = "warn"': "there is no severity 'warn', did you mean warning?",
    "[validate]\nmax-findings = true": "validate.max-findings takes a whole number, not True",
    "[validate]\nmax-findings = -1": "-1 is not in the range x>=0.",
    '[validate]\nignore = ["DF0O4"]': "there is no rule 'DF0O4', did you mean DF004?",
    '[validate]\nprofile = "publicaton"': "there is no profile 'publicaton', did you mean publication?",
    '[validate]\nseverity = { DF004 = "eror" }': "there is no severity 'eror', did you mean error?",
    "[validate]\nignore = 3": "validate.ignore takes a list of texts, not 3",
    "[validate]\nignore = [3]": "validate.ignore takes a list of texts, not [3]",
    '[validate]\nmemory = "lots"': "--memory takes a size such as 512MB or 2GB, not 'lots'",
    'quiet = "yes"': "quiet takes true or false, not 'yes'",
    "x = 1\ny = [": "is no TOML: ",
    "a = " + "[" * 50_000: "is no TOML: ",
    "# " + "x" * (1 << 20): "is larger than 1048576 bytes, which no configuration is",
}


@pytest.mark.parametrize(("text", "message"), MISTAKES.items(), ids=list(MISTAKES.values()))
def test_a_mistake_in_a_file_names_the_file(desk, text, message) -> None:
    (desk / "semstat.toml").write_text(text)
    outcome = semstat("rules")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("error: semstat.toml")
    assert message in outcome.err
    assert outcome.err.count("\n") == 1
    assert semstat("--isolated", "rules").code == 0


@pytest.mark.parametrize(
    ("table", "key"), [("query", "endpoint"), ("load", "endpoint"), ("load", "update-endpoint"), ("fetch", "url")]
)
def test_a_file_beside_the_data_does_not_say_whom_one_speaks_to(desk, table, key) -> None:
    """It may have come with the data, and would be told the user's password."""
    text = f'[{table}]\n{key} = "https://example.org/"\n'
    for name, head in (("semstat.toml", ""), ("pyproject.toml", "tool.semstat.")):
        (desk / name).write_text(text.replace("[", f"[{head}"))
        outcome = semstat("rules")
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith(f"error: {name}: {table}.{key} says whom semstat speaks to")
        (desk / name).rename(desk / "mine.toml")
    (desk / "mine.toml").write_text(text)
    assert semstat("--config", "mine.toml", "rules").code == 0, "who names a file knows it"
    (desk.parent / "home" / "semstat" / "semstat.toml").write_text(text)
    assert shown()[f"{table}.{key}"] == ("https://example.org/", "../home/semstat/semstat.toml")


VARIABLES = {
    ("VALIDATE_FAIL_ONN", "error"): "no setting SEMSTAT_VALIDATE_FAIL_ONN, did you mean SEMSTAT_VALIDATE_FAIL_ON?",
    ("VALDATE_IGNORE", "DF004"): "there is no setting SEMSTAT_VALDATE_IGNORE, did you mean SEMSTAT_VALIDATE_…?",
    ("COLOUR", "never"): "there is no setting SEMSTAT_COLOUR, did you mean SEMSTAT_COLOR?",
    (
        "VALIDATE_FAIL_ON",
        "warn",
    ): "SEMSTAT_VALIDATE_FAIL_ON: invalid value for '--fail-on': there is no severity 'warn'",
    ("VALIDATE_IGNORE", "DF0O4"): "SEMSTAT_VALIDATE_IGNORE: there is no rule 'DF0O4', did you mean DF004?",
    ("VALIDATE_MAX_FINDINGS", "many"): "SEMSTAT_VALIDATE_MAX_FINDINGS: invalid value for '--max-findings'",
    ("QUIET", "perhaps"): "SEMSTAT_QUIET: invalid value for",
}


@pytest.mark.parametrize(("variable", "message"), VARIABLES.items(), ids=list(VARIABLES.values()))
def test_a_mistake_in_the_environment_names_the_variable(desk, monkeypatch, variable, message) -> None:
    monkeypatch.setenv(f"SEMSTAT_{variable[0]}", variable[1])
    outcome = semstat("rules")
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err


def test_files_that_cannot_be_read(desk) -> None:
    assert (
        semstat("--config", "none.toml", "rules").err == "error: none.toml cannot be read: No such file or directory\n"
    )
    (desk / "semstat.toml").write_bytes(b"\xff\xfe")
    assert semstat("rules").err == "error: semstat.toml is not UTF-8\n"


def test_every_option_can_be_configured_but_those_of_one_call() -> None:
    import click

    context = click.Context(cli)
    commands = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    names = {f"{name}.{option}" for name, command in commands.items() for option in configured_options(command)}
    assert {"validate.profile", "validate.baseline", "validate.threads", "validate.report"} <= names
    assert not {"validate.write-baseline", "validate.explain-plan", "validate.help"} & names
    assert set(configured_options(cli)) == {"quiet", "color"}


def test_the_environment_of_a_process_is_read(tmp_path) -> None:
    outcome = process("validate", FAULTY, "-s", STRUCTURE, cwd=tmp_path, SEMSTAT_VALIDATE_SEVERITY="DF=info")
    assert outcome.code == 0
