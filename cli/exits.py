"""Exit codes, a contract under semantic versioning, and what is said when something goes wrong before a verdict."""

import os
import sys
import tempfile
import traceback
from collections.abc import Sequence

from semstat.validators.diagnostics import Report, Verdict

__all__ = [
    "BROKEN_PIPE",
    "BUG",
    "INCOMPLETE",
    "INTERRUPTED",
    "UNREADABLE",
    "USAGE",
    "crash_report",
    "exit_code",
    "silence_pipe",
]

USAGE = 2
UNREADABLE = 3
INCOMPLETE = 4
BUG = 70
INTERRUPTED = 130
BROKEN_PIPE = 141

_CODES = {Verdict.PASS: 0, Verdict.FAIL: 1, Verdict.UNREADABLE: UNREADABLE, Verdict.INCOMPLETE: INCOMPLETE}


def exit_code(report: Report, *, allow_incomplete: bool = False) -> int:
    """Return the exit code of a verdict: 0 pass, 1 fail, 3 unreadable, 4 incomplete.

    With ``allow_incomplete``, what was checked decides: an incomplete run counts as a failure or a pass.
    """
    if allow_incomplete and report.verdict is Verdict.INCOMPLETE:
        return 1 if report.failed else 0
    return _CODES[report.verdict]


def silence_pipe() -> None:
    """Keep Python from complaining at shutdown that the reader of our output has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def crash_report(bug: BaseException, arguments: Sequence[str], *, full: bool) -> str:
    """Return what is said of an error of our own; the traceback goes to a file, or into the text when asked for."""
    details = "".join(traceback.format_exception(bug))
    head = f"semstat failed: {type(bug).__name__}: {bug}\nThis is an error of semstat, not of your data."
    if full:
        return f"{head}\n{details}"
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="semstat-crash-", suffix=".txt", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as file:
            file.write(f"semstat {' '.join(arguments)}\n\n{details}")
    except OSError as problem:
        return f"{head}\nDetails could not be written ({problem.strerror}); --traceback shows them here."
    return f"{head}\nDetails are in {file.name}; --traceback shows them here."
