"""Patterns of structures: XSD expressions in a form that every engine reads alike, or a clear no."""

import re

import pytest

from semstat.validators.structural.patterns import Untranslatable, portable_pattern


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        (r"[A-Z]{2}", ["AB"], ["ABC", "xAB", "ab"]),
        (r"\d+", ["123"], ["", "12a"]),
        (r"[\d.]+", ["1.5"], ["1,5"]),
        (r"a|b", ["a", "b"], ["ab", "xa"]),
        (r"a^b$", ["a^b$"], ["ab"]),
        (r"\i\c*", ["name-1", "_x"], ["1x", ""]),
        (r"[^a-z]", ["A", "1"], ["a"]),
        (r"[-+]?\d", ["-1", "+1", "1"], ["--1"]),
        (r"\.\\", [".\\"], ["a\\"]),
        (r"[\s]", [" ", "\t"], ["x"]),
    ],
)
def test_the_portable_form_means_the_same(pattern, matching, other):
    portable = re.compile(portable_pattern(pattern)[:-1] + r"\Z")
    assert all(portable.match(text) for text in matching)
    assert not any(portable.match(text) for text in other)


@pytest.mark.parametrize("pattern", [r"\p{L}+", r"[a-z-[aeiou]]", "(", r"\q", r"[\P{N}]"])
def test_what_has_no_portable_form_is_refused(pattern):
    with pytest.raises(Untranslatable):
        portable_pattern(pattern)
