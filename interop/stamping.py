"""Where and when a run took place: for names that stay the same elsewhere, and for formats that state a time."""

import os
from dataclasses import replace
from datetime import UTC, datetime

from semstat.validators.diagnostics import Report

__all__ = ["stamped", "working_directory"]


def stamped(report: Report) -> Report:
    """Return a report with the working directory and the moment, in UTC.

    ``SOURCE_DATE_EPOCH`` (seconds since 1970) takes the place of the clock where it is set, so that reports can be compared.

    Source:
        Reproducible Builds, SOURCE_DATE_EPOCH specification 1.1.

    Example:
        >>> len(stamped(Report()).started)
        20
    """
    try:
        moment = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "")), UTC)
    except (ValueError, OverflowError, OSError):
        moment = datetime.now(UTC)
    return replace(report, folder=working_directory(), started=moment.strftime("%Y-%m-%dT%H:%M:%SZ"))


def working_directory() -> str:
    """Return the working directory; an empty text where it was removed meanwhile."""
    try:
        return os.getcwd()
    except OSError:
        return ""
