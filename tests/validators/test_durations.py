"""Durations of release calendars: what is one, and which is surely not shorter than which."""

import pytest

from semstat.validators.structural.durations import duration, is_not_shorter


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "PT",
        "P1",
        "1Y",
        "-P1D",
        "P1.5D",
        "P1D2M",
        "P1Y2",
        "p1y",
        "P1H",
        "P1DT",
        "P1D ",
        "P٣D",
        "P" + "9" * 50 + "D",
    ],
)
def test_what_is_no_duration(text) -> None:
    assert duration(text) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("P1M", "P1M", True),
        ("P31D", "P1M", True),
        ("P30D", "P1M", False),
        ("P1M", "P28D", True),
        ("P1M", "P29D", False),
        ("P1Y", "P12M", True),
        ("P1Y", "P365D", True),
        ("P1Y", "P366D", False),
        ("P366D", "P1Y", True),
        ("P2M", "P59D", True),
        ("P2M", "P60D", False),
        ("P1W", "P7D", True),
        ("PT24H", "P1D", True),
        ("PT23H59M59.9S", "P1D", False),
        ("P0D", "P0M", True),
        ("P1M", "P1M1D", False),
    ],
)
def test_months_are_compared_as_far_as_the_calendar_lets_them_be(one, other, expected) -> None:
    first, second = duration(one), duration(other)
    assert first is not None
    assert second is not None
    assert is_not_shorter(first, second) is expected
