"""Validating with a baseline: which findings are known, and writing down those of today."""

from collections.abc import Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path

from semstat.interop.options import Options
from semstat.interop.stamping import working_directory
from semstat.interop.validation import validate
from semstat.interop.writing import write_text
from semstat.validators.baseline import (
    Baseline,
    BaselineError,
    baseline_of,
    compared,
    read_baseline,
    written_baseline,
)
from semstat.validators.diagnostics import Report, Verdict

__all__ = ["COMPARED", "BaselineError", "validate_with_baseline"]

COMPARED = 100_000
"""Findings of one rule and component that are compared one by one; those beyond are new, which no baseline should excuse."""

_MOST_BYTES = 1 << 30
"""A baseline is held in memory; beyond a gibibyte somebody has named the wrong file."""

AnyPath = str | PathLike[str]


def validate_with_baseline(
    data: Sequence[AnyPath],
    *,
    structure: Sequence[AnyPath] = (),
    shapes: Sequence[AnyPath] = (),
    options: Options,
    baseline: Path | None = None,
    write: Path | None = None,
) -> Report:
    """Return the verdict on data files, in which known findings do not count.

    Args:
        data: Files, folders, archives, ``-`` for standard input.
        structure: Structure messages that describe the data.
        shapes: Further SHACL shapes in Turtle.
        options: How to validate.
        baseline: The file of what is known.
        write: Where to write what is found today. Entries of ``baseline`` that this run cannot judge, because it did not look
            at their source or rule, are kept. Without a ``baseline``, what is written is known at once.

    Raises:
        BaselineError: the baseline cannot be read, or is none.
        OSError: it cannot be written.

    Findings:
        As for :func:`semstat.interop.validate`, and IO121 for entries of the baseline that are not found any more. Nothing is
        written where an input could not be read: what it holds is unknown.
    """
    known = _read(baseline) if baseline is not None else None
    most = max(options.max_findings, COMPARED) if options.max_findings else 0
    full = validate(data, structure=structure, shapes=shapes, options=replace(options, max_findings=most))
    full = replace(full, folder=working_directory())
    looked_at = [str(path) for path in (*data, *structure, *shapes)]
    limit = options.max_findings or None
    report, kept = compared(full, known or Baseline(), limit=limit, looked_at=looked_at, selection=options.selection)
    if write is None or full.verdict is Verdict.UNREADABLE:
        return report
    fresh = baseline_of(full, kept=kept)
    write_text(write, written_baseline(fresh))
    return report if known is not None else compared(full, fresh, limit=limit)[0]


def _read(path: Path) -> Baseline:
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
        text = data.decode("utf-8")
    except OSError as problem:
        raise BaselineError(f"{path} cannot be read: {problem.strerror}; --write-baseline makes one") from problem
    except UnicodeDecodeError as problem:
        raise BaselineError(f"{path}: it is not UTF-8") from problem
    if len(data) > _MOST_BYTES:
        raise BaselineError(f"{path} is larger than {_MOST_BYTES} bytes, which no baseline is")
    try:
        return read_baseline(text, name=str(path))
    except BaselineError as problem:
        raise BaselineError(f"{path}: {problem}") from problem
