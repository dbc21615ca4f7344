"""Where and when a run took place: for names that stay the same elsewhere, and for formats that state a time."""

import os
from dataclasses import replace
from datetime import UTC, datetime

from semstat.validators.diagnostics import Report

__all__ = ["moment", "stamped", "working_directory"]


def stamped(report: Report) -> Report:
    """Return a report with the working directory and the moment.

    Example:
        >>> len(stamped(Report()).started)
        20
    """
    return replace(report, folder=working_directory(), started=moment())


def moment() -> str:
    """Return the moment, in UTC.

    ``SOURCE_DATE_EPOCH`` (seconds since 1970) takes the place of the clock where it is set, so that outputs can be compared.

    Source:
        Reproducible Builds, SOURCE_DATE_EPOCH specification 1.1.
    """
    try:
        now = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "")), UTC)
    except (ValueError, OverflowError, OSError):
        now = datetime.now(UTC)
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")


def working_directory() -> str:
    """Return the working directory; an empty text where it was removed meanwhile."""
    try:
        return os.getcwd()
    except OSError:
        return ""
