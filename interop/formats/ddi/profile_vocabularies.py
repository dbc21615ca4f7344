"""Controlled vocabularies that profiles ask for, as far as they are at hand: their codes, by name.

Vocabularies are published by the DDI Alliance one by one, and change. What is not here could not be checked, and the report
says so.
"""

import re

__all__ = ["codes_of"]

_CODES = {
    "timemethod": (
        "Longitudinal",
        "Longitudinal.CohortEventBased",
        "Longitudinal.TrendRepeatedCrossSection",
        "Longitudinal.Panel",
        "Longitudinal.Panel.Continuous",
        "Longitudinal.Panel.Interval",
        "TimeSeries",
        "TimeSeries.Continuous",
        "TimeSeries.Discrete",
        "CrossSection",
        "CrossSectionAdHocFollowUp",
        "Other",
    )
}


def codes_of(name: str) -> tuple[str, ...]:
    """Return the codes of a vocabulary, however its name is written; nothing where it is not at hand.

    Source:
        DDI Alliance, Controlled Vocabulary *Time Method* 1.2.

    Example:
        >>> "CrossSection" in codes_of("DDI Time Method"), codes_of("DDI Analysis Unit")
        (True, ())
    """
    plain = re.sub(r"[^a-z]", "", name.lower())
    return _CODES.get(plain.removeprefix("ddi"), ())
