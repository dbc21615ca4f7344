"""Runs the command line in tests: in this process (fast), or as a process of its own (pipes, signals, start-up)."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from semstat.cli.main import run

EXAMPLES = Path(__file__).parents[1] / "examples" / "population"
STRUCTURE = str(EXAMPLES / "structure.xml")
CLEAN = str(EXAMPLES / "population.csv")
FAULTY = str(EXAMPLES / "population-faulty.csv")
CLEAN_XML = str(EXAMPLES / "population.xml")

FORMATS = ("full", "concise", "json", "jsonl", "sarif", "junit", "github", "gitlab", "html", "csv", "shacl", "ess")


@dataclass(frozen=True)
class Outcome:
    """How a command ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


def semstat(*arguments: object, stdin: bytes = b"") -> Outcome:
    """Run the command line in this process."""
    with CliRunner().isolation(input=stdin) as (out, err, _):
        code = run([str(item) for item in arguments])
        sys.stdout.flush()
        sys.stderr.flush()
        return Outcome(code, out.getvalue().decode("utf-8", "surrogateescape"), err.getvalue().decode())


def command(*arguments: object) -> list[str]:
    """The words that run the command line as a process of its own."""
    return [sys.executable, "-c", "from semstat.cli.main import main; main()", *(str(item) for item in arguments)]


def environment(**changes: str) -> dict[str, str]:
    """This process's environment without what decides on colour and progress, plus ``changes``."""
    kept = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "CI", "TERM", "PYTHONHASHSEED"}}
    return kept | changes


def process(*arguments: object, stdin: bytes = b"", cwd: Path | None = None, **changes: str) -> Outcome:
    """Run the command line as a process of its own."""
    done = subprocess.run(
        command(*arguments), input=stdin, capture_output=True, cwd=cwd, env=environment(**changes), timeout=60
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())
