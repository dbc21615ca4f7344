"""Shapes in Turtle that are broken or dangerous are findings with a line; what the parsers make of them is not seen."""

import pytest

from semstat.interop import validate
from semstat.interop.rdf_safety import nested_too_deep

HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix : <https://example.org/> .\n"
BROKEN = [
    (":Shape a sh:NodeShape ; sh:targetClass :Thing ; sh:pro", "IO101"),  # breaks off within a name
    (':Shape a sh:NodeShape ; sh:description "', "IO101"),
    (":Shape a sh:NodeShape ; sh:targetClass <a b> .", "IO101"),  # a blank is no part of an IRI
    (":Shape a sh:NodeShape ; sh:targetClass <<" + "<< " * 20_000, "IO107"),
    (':Shape a sh:NodeShape ; sh:name "x"@en_US .', "IO101"),
    (":Shape a sh:NodeShape .", "IO110"),  # well-formed, but aims at nothing
]


@pytest.mark.parametrize(("text", "rule"), BROKEN)
def test_broken_shapes(text, rule, tmp_path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(HEAD + text, "utf-8")
    (item,) = validate([path]).diagnostics
    assert item.rule == rule
    assert item.location.line == (None if rule == "IO110" else 3)


@pytest.mark.parametrize("depth", [1, 64])
def test_nesting_up_to_the_limit_is_read(depth, tmp_path) -> None:
    path = tmp_path / "shapes.ttl"
    text = "<< " * depth + ":a :b :c" + " >> :b :c" * (depth - 1) + " >>"
    path.write_text(f'{HEAD}:Shape sh:name "{"<<" * 100}" .\n:x :y "{text}" .', "utf-8")
    assert [item.rule for item in validate([path]).diagnostics] == ["IO110"]


@pytest.mark.parametrize("bracket", ["()", "[]"])
def test_brackets_nest_no_deeper_than_anything_else(bracket):
    deep = f"<urn:a> <urn:b> {bracket[0] * 65}{bracket[1] * 65} .".encode()
    many = bracket[0] * 65
    flat = f"<urn:{many}> ex:p\\( '{many}', '''it's {many}''' . # {many}".encode()
    found = nested_too_deep(deep, "turtle", "a.ttl")
    assert found is not None
    assert found.rule == "IO107"
    assert nested_too_deep(flat, "turtle", "a.ttl") is None
