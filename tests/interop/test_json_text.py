"""The text of JSON files: tokens against Python's own parser, places against the text itself."""

import json
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from work_counted import growth

from semstat.interop.formats.json_parse import parse_json
from semstat.interop.formats.json_tokens import tokens_of
from semstat.interop.formats.json_values import JsonObject, JsonValue, kind_of

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.text(max_size=8),
    st.sampled_from(['\\"', "\\", '{"a":[']),
)
trees = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=4), inner, max_size=4)),
    max_leaves=30,
)


def objects(value: JsonValue) -> list[JsonObject]:
    if isinstance(value, list):
        return [item for part in value for item in objects(part)]
    if isinstance(value, JsonObject):
        return [value, *(item for _, part in value.pairs for item in objects(part))]
    return []


def depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


@settings(max_examples=150, deadline=None)
@given(tree=trees, indent=st.sampled_from([None, 0, 2]), ascii_only=st.booleans())
def test_every_object_and_member_is_found_where_it_stands(tree, indent, ascii_only) -> None:
    text = json.dumps({"root": tree}, indent=indent, ensure_ascii=ascii_only)
    data = text.encode("utf-8", "surrogatepass")

    read = parse_json(data, origin="x.json")

    assert read.tokens.depth == depth({"root": tree})
    decoder = json.JSONDecoder()
    for item in objects(read.root):
        place = read.place_of(item)
        after = decoder.raw_decode(data[place:].decode())[0]
        assert list(after) == list(dict(item.pairs))
        for rank, ((name, _), member) in enumerate(zip(item.pairs, read.member_places([item]).tolist(), strict=True)):
            assert read.tokens.member(item.number, rank) == member
            assert decoder.raw_decode(data[member:].decode())[0] == name
            line, column = read.tokens.position(member)
            assert text.split("\n")[line - 1][column - 1] == '"'


def test_elements_of_arrays_are_found() -> None:
    data = b'{"a": [1,\n  [2, 3],\n {"b": "],["} , "x"]}'
    read = parse_json(data, origin="x.json")

    places = [read.element_place(read.member_place(read.root, "a"), index) for index in range(4)]

    assert [data[place : place + 1] for place in places] == [b"1", b"[", b"{", b'"']


@pytest.mark.parametrize("text", [b"", b"[", b'"', b'{"a', b"]]]]", b'{"a":"\\', b"\\" * 9 + b'"', b"{]}[", b"\0" * 9])
def test_tokens_of_anything(text) -> None:
    assert tokens_of(text).depth >= 0


def test_a_long_text_is_tokenised_block_by_block() -> None:
    text = b'{"a\\"": ["' + b"x\\\\" * (1 << 21) + b'", "]", {"b": 1}]}'

    read = parse_json(text, origin="x.json")

    (outer, inner) = objects(read.root)
    assert read.place_of(outer) == 0
    assert text[read.place_of(inner) :] == b'{"b": 1}]}'


def test_repeated_names_are_kept_in_order() -> None:
    root = parse_json(b'{"a": 1, "b": 2, "a": 3}', origin="x.json").root

    assert root.pairs == [("a", 1), ("b", 2), ("a", 3)]
    assert root.get("a") == 1
    assert root.repeated() == ["a"]


def test_a_number_with_a_fraction_is_no_text() -> None:
    whole, part, text = parse_json(b'[1, 1.50, "1.50"]', origin="x.json").root

    assert part == text == "1.50"
    assert [kind_of(item) for item in (whole, part, text)] == ["a number", "a number", "a string"]


def test_values_are_read_by_the_parser_and_not_one_by_one() -> None:
    """What is done for each object is done in Python; members, elements and numbers leave no trace in the number of calls."""

    def reading(members: int) -> Callable[[], object]:
        rows = ",\n".join(f'"0:{i % 7}:{i}": [{i}.5, {i % 3}, null]' for i in range(members))
        return partial(parse_json, f'{{"a": {{{rows}}}}}'.encode(), origin="x.json")

    assert growth(reading, 5_000) == 1
