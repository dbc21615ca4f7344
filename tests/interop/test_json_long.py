"""Long objects in JSON: read some members at a time, they are what they are when read at once, and so are faults in them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from semstat.interop.counting import InputRefused
from semstat.interop.formats import json_long
from semstat.interop.formats.json_parse import parse_json
from semstat.interop.formats.json_values import JsonObject, JsonText, JsonValue

LONG = frozenset({"series", "observations"})

cells = st.one_of(st.none(), st.integers(-3, 10**19), st.floats(allow_nan=False).map(repr), st.text(max_size=3))
observations = st.dictionaries(st.text(max_size=4), st.lists(cells, max_size=3), max_size=6)
series = st.dictionaries(st.text(max_size=4), st.fixed_dictionaries({"observations": observations}), max_size=5)
messages = st.fixed_dictionaries(
    {
        "meta": st.just({"id": "x", "series": {}}),
        "data": st.fixed_dictionaries(
            {
                "dataSets": st.lists(
                    st.one_of(
                        st.fixed_dictionaries({"series": series, "annotations": st.just([{}])}),
                        st.fixed_dictionaries({"observations": observations}),
                    ),
                    max_size=3,
                ),
                "structures": st.just([{"dimensions": {"series": [{"id": "A", "values": [{}, {}]}]}}]),
            }
        ),
    }
)


@pytest.fixture(autouse=True)
def _everything_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_long, "_LEAST", 1)


def told(text: JsonText, value: JsonValue) -> object:
    """Return a value with the places of its objects and members."""
    if isinstance(value, list):
        return [told(text, item) for item in value]
    if isinstance(value, JsonObject):
        members = text.member_places([value]).tolist()
        return text.place_of(value), members, [(name, told(text, item)) for name, item in value.pairs]
    return type(value), value


def outcome(data: bytes, long: frozenset[str]) -> object:
    """Return what a text holds, or why it is refused and where."""
    try:
        text = parse_json(data, origin="x.json", long=long)
        held = told(text, text.root)
    except InputRefused as refused:
        return refused.diagnostic
    return held, sorted((item.location.line, item.location.column, item.value) for item in (*text.findings, *text.late))


@settings(max_examples=120, deadline=None)
@given(message=messages, indent=st.sampled_from([None, 1]), ascii_only=st.booleans())
def test_reading_later_gives_what_reading_at_once_gives(message, indent, ascii_only) -> None:
    data = json.dumps(message, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")

    assert outcome(data, LONG) == outcome(data, frozenset())


MESSAGE = (
    b'{"data": {"dataSets": [{"series": {"0:0": {"attributes": [null], "observations": {"0": [1.50], "0": [-0]}} ,\n'
    b' "0:1": {"observations": {"0": ["NaN"], "1": [NaN, 12345678901234567890]}}, "\xc3\xa9": {}}}], "structures": [{}]}}'
)


def test_names_that_stand_twice_forms_of_numbers_and_what_json_does_not_know_are_kept() -> None:
    text = parse_json(MESSAGE, origin="x.json", long=LONG)
    (dataset,) = text.root.get("data").get("dataSets")
    held = dataset.get("series")

    assert not isinstance(held.pairs, list)
    assert [name for name, _ in held.pairs] == ["0:0", "0:1", "é"]
    assert [name for name, _ in (held.pairs[-1], *held.pairs[::-2], *held.pairs[5:])] == ["é", "é", "0:0"]
    with pytest.raises(IndexError):
        held.pairs[3]
    assert held.pairs[0][1].get("observations").pairs == [("0", ["1.50"]), ("0", ["-0"])]
    assert held.pairs[1:2][0][1].get("observations").pairs == [("0", ["NaN"]), ("1", ["NaN", "12345678901234567890"])]
    assert [(item.rule, item.location.line, item.location.column) for item in text.late][:1] == [("IO101", 2, 47)]
    assert outcome(MESSAGE, LONG) == outcome(MESSAGE, frozenset())


def test_every_fault_is_told_as_when_read_at_once() -> None:
    """Each byte left out, doubled, or made another one; and the text cut off behind it."""
    told_apart = 0
    for place in range(len(MESSAGE)):
        before, here, after = MESSAGE[:place], MESSAGE[place : place + 1], MESSAGE[place + 1 :]
        for data in (before, before + after, before + here + here + after, *(before + new + after for new in WRONG)):
            expected = outcome(data, frozenset())
            assert outcome(data, LONG) == expected, data
            told_apart += not isinstance(expected, tuple)
    assert told_apart > len(MESSAGE) * 3


WRONG = (b"}", b"{", b",", b":", b'"', b"[", b"]", b"\\")


def test_short_objects_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_long, "_LEAST", 1 << 18)

    text = parse_json(MESSAGE, origin="x.json", long=LONG)

    assert isinstance(text.root.get("data").get("dataSets")[0].get("series").pairs, list)
