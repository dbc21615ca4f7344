"""What the command line says to people who mistype: one sentence on standard error, exit code 2, nothing on standard output."""

import pytest
from command import CLEAN, STRUCTURE, process, semstat

from semstat.cli.main import _COMMANDS


@pytest.mark.parametrize("command", ["", *_COMMANDS])
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help(command, flag) -> None:
    outcome = semstat(*command.split(), flag)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"Usage: semstat {command}".strip())


def test_help_names_every_command() -> None:
    listed = semstat("--help").out.partition("Commands:")[2].split("\n")
    assert [line.split()[0] for line in listed if line.strip()] == list(_COMMANDS)


def test_version() -> None:
    outcome = semstat("--version")
    assert outcome.code == 0
    assert outcome.out.startswith("semstat 0.")


def test_no_command_shows_the_help_on_standard_error() -> None:
    outcome = semstat()
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Usage: semstat")


MISTAKES = [
    (("validate", "--fail-onn", "warning", "x.csv"), "no option --fail-onn, did you mean --fail-on?"),
    (("validate", "--zzz", "x.csv"), "no option --zzz; semstat validate --help lists them"),
    (("--colour", "never", "rules"), "no option --colour, did you mean --color?"),
    (("validat", "x.csv"), "no command validat, did you mean validate?"),
    (("zzz",), f"no command zzz; there are {', '.join(_COMMANDS)}"),
    (("validate", "x.csv", "-f", "jsn"), "there is no format 'jsn', did you mean json?"),
    (("validate", "x.csv", "--fail-on", "warn"), "there is no severity 'warn', did you mean warning?"),
    (("--color", "alway", "rules"), "there is no mode 'alway', did you mean always?"),
    (("validate", "x.csv", "--report", "sarff=x"), "there is no report format 'sarff', did you mean sarif?"),
    (("validate", "x.csv", "--report", "sarif"), "--report takes FORMAT=PATH, such as html=report.html, not 'sarif'"),
    (("validate", "x.csv", "--report", "html="), "--report takes FORMAT=PATH, such as html=report.html, not 'html='"),
    (("validate", "x.csv", "--as", "sdmx-cvs-2.0"), "there is no format 'sdmx-cvs-2.0', did you mean sdmx-csv-2.0?"),
    (("validate", "x.csv", "--memory", "lots"), "--memory takes a size such as 512MB or 2GB, not 'lots'"),
    (("validate", "x.csv", "--max-findings", "-1"), "-1 is not in the range x>=0."),
    (("validate", "x.csv", "--max-findings", "many"), "'many' is not a valid integer"),
    (("validate", "x.csv", "--threads", "0"), "0 is not in the range 1<=x<=256."),
    (
        ("validate", "x.xml", "--lang-required", "en_GB"),
        "--lang-required takes language tags such as en,fr, not 'en_GB'",
    ),
    (("validate",), "missing argument 'DATA…'."),
    (("explain",), "missing argument 'RULE'."),
    (("explain", "DF999"), "there is no rule 'DF999'"),
    (("explain", "publicaton"), "there is no rule 'publicaton', did you mean the profile publication?"),
    (("explain", "none.ttl"), "none.ttl: it cannot be read: No such file or directory"),
    (("rules", "--format", "jso"), "there is no format 'jso', did you mean json?"),
    (("validate", "x.csv", "--select", "DF0O4"), "there is no rule 'DF0O4', did you mean DF004?"),
    (("validate", "x.csv", "--ignore", "zzz"), "there is no rule 'zzz'; semstat rules lists all"),
    (
        ("validate", "x.csv", "--ignore", "IO101"),
        "IO101 says what could not be judged, so nothing can ignore it",
    ),
    (("validate", "x.csv", "--ignore", "IO10,DF013"), "DF013 says what could not be judged, so nothing can ignore it"),
    (("validate", "x.csv", "--severity", "DF004=eror"), "there is no severity 'eror', did you mean error?"),
    (("validate", "x.csv", "--severity", "DF004"), "--severity takes RULE=SEVERITY, such as DF016=error, not 'DF004'"),
    (("validate", "x.csv", "--severity", "DF0O4=info"), "there is no rule 'DF0O4', did you mean DF004?"),
    (("validate", "x.csv", "--profile", "fmr-lik"), "there is no profile 'fmr-lik', did you mean fmr-like?"),
    (
        ("validate", "x.csv", "--profile", "zzz"),
        "there is no profile 'zzz'; there are default, fmr-like, publication, sdmx",
    ),
    (("validate", "x.csv", "--profile", "none.ttl"), "none.ttl: it cannot be read: No such file or directory"),
    (
        ("validate", "x.csv", "--profile", "fmr-like", "--select", "DF016"),
        "DF016 is not in the profile fmr-like, so it",
    ),
    (("explain", "code-not-in-codelst"), "did you mean DF004 (code-not-in-codelist)?"),
    (("shapes", STRUCTURE, "--against", "NONE"), "no structure at hand is called 'NONE'; at hand: Data"),
    (("validate", CLEAN, "-s", STRUCTURE, "--against", "NONE", "--explain-plan"), "no structure at hand is called"),
    (("validate", CLEAN, "-s", STRUCTURE, "--against", "NONE"), "no structure at hand is called 'NONE'; at hand: Data"),
    (
        ("validate", CLEAN, "-s", STRUCTURE, "--against", "DF_POPULATOIN"),
        "'DF_POPULATOIN', did you mean DF_POPULATION?",
    ),
    (("validate", CLEAN, "--against", "NONE"), "no structure at hand is called 'NONE'; none is at hand"),
    (("validate", CLEAN, "--explain-plan"), "no data structure is at hand; name one with --structure"),
]


@pytest.mark.parametrize(("arguments", "message"), MISTAKES, ids=[" ".join(words) for words, _ in MISTAKES])
def test_a_mistake_is_one_sentence(arguments, message) -> None:
    outcome = semstat(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("error: ")
    assert outcome.err.count("\n") == 1
    assert message in outcome.err


def test_a_mistake_in_a_process_of_its_own() -> None:
    outcome = process("validate", "--fail-onn", "warning", "x.csv")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "error: no option --fail-onn, did you mean --fail-on?\n"


@pytest.mark.parametrize("name", ["DF004", "df004", "code-not-in-codelist", "CODE-NOT-IN-CODELIST"])
def test_a_rule_is_explained_by_id_and_by_name(name) -> None:
    outcome = semstat("explain", name)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == semstat("explain", "DF004").out
    assert "DF004" in outcome.out.splitlines()[0]


def test_every_rule_is_listed_and_explained() -> None:
    from semstat.validators.rules import catalogue

    listed = semstat("rules").out
    for rule in catalogue().values():
        assert rule.id in listed
        assert rule.name in listed
        assert semstat("explain", rule.id).code == 0


def test_every_format_is_listed() -> None:
    from semstat.interop import known_formats

    lines = semstat("formats").out.splitlines()
    assert [line.split()[0] for line in lines] == [item.name for item in known_formats()]


START = """
import sys
try:
    from semstat.cli.main import run
    run(["--help"])
finally:
    heavy = {"rdflib", "duckdb", "pyarrow", "lxml", "pyshacl", "sdmx", "numpy", "pandas"} & set(sys.modules)
    sys.stderr.write(" ".join(sorted(heavy)))
"""


def test_help_imports_no_engine() -> None:
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-X", "importtime", "-c", START], capture_output=True, text=True, timeout=60)
    lines = done.stderr.splitlines()
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in lines if line.startswith("import time:")}
    assert "click" in imported
    assert not imported & {"rdflib", "duckdb", "pyarrow", "lxml", "pyshacl", "sdmx", "numpy", "pandas"}
    assert not lines[-1] or lines[-1].startswith("import time:")


JUDGE = """
import sys
from semstat.cli.main import run
run(["validate", sys.argv[1], "-s", sys.argv[2], "-q"])
print(*sorted(name for name in sys.modules if name.startswith("semstat.")))
"""


def test_data_are_judged_without_what_judges_structures_and_microdata() -> None:
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-c", JUDGE, CLEAN, STRUCTURE], capture_output=True, text=True, timeout=60)
    imported = done.stdout.splitlines()[-1].split()
    assert "semstat.validators.validate" in imported
    idle = ("semstat.validators.lint", "semstat.validators.joint", "semstat.validators.microdata", "semstat.mappings")
    assert [name for name in imported if name.startswith(idle)] == []


@pytest.mark.parametrize("options", [("-q",), ("--quiet",), ("--color", "always"), ("--traceback",)])
def test_global_options_stand_before_or_after_the_command(options) -> None:
    command = ("validate", CLEAN, "-s", STRUCTURE)
    before, after = semstat(*options, *command), semstat(*command, *options)
    assert (before.code, before.out, before.err) == (after.code, after.out, after.err) == (0, before.out, "")
    assert ("\x1b" in after.out) is ("always" in options)


def test_the_help_of_a_command_does_not_repeat_the_global_options() -> None:
    assert "--quiet" not in semstat("validate", "--help").out
