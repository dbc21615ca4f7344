"""The XML policy: what may not be read is one located finding, never an exception, a download or a long wait."""

from pathlib import Path

import pytest
from lxml import etree
from work_counted import calls_of

from semstat.interop import read
from semstat.interop.formats.sdmx.structure import read_structure
from semstat.interop.safety import MAX_XML_DEPTH, XmlTree, read_xml
from semstat.validators.diagnostics import Diagnostic

LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [
 <!ENTITY lol "lol">
 <!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
 <!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">
]>
<lolz>&lol3;</lolz>"""
XXE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
REMOTE = b'<!DOCTYPE a SYSTEM "http://localhost:9/none.dtd"><a/>'
DEEP = b"<a>" * (MAX_XML_DEPTH + 1) + b"</a>" * (MAX_XML_DEPTH + 1)

REFUSED = [
    (b"", "IO105", 1),
    (b" \r\n\t ", "IO105", 1),
    (b"\x00\x00", "IO105", 1),
    (LAUGHS, "IO102", 2),
    (XXE, "IO102", 1),
    (REMOTE, "IO102", 1),
    (DEEP, "IO107", 1),
    (b"<a>\n<b>\n</a>", "IO101", 3),
    (b"<a>\n<b", "IO101", 2),
    (b"no XML at all", "IO101", 1),
    (b"<a>&undefined;</a>", "IO101", 1),
    (b"<a>\n<p:b/></a>", "IO101", 2),
    (b"<a x='1'\n x='2'/>", "IO101", 2),
    (b"<a>\n\xff</a>", "IO106", 2),
    (b"<?xml version='1.0' encoding='us-ascii'?>\n<a>\n\xe9</a>", "IO106", 3),
    (b"<?xml version='1.0' encoding='klingon'?><a/>", "IO106", 1),
    (b"<?xml version='1.0' encoding='punycode'?><a/>", "IO106", 1),
    (b"<?xml version='1.0' encoding='zlib'?><a/>", "IO106", 1),
    (b"<a>" + b"\x01" + b"</a>", "IO101", 1),
]


@pytest.mark.parametrize(("data", "rule", "line"), REFUSED)
def test_refused(data: bytes, rule: str, line: int) -> None:
    found = read_xml(data, origin="f.xml")
    assert isinstance(found, Diagnostic)
    assert (found.rule, found.location.source, found.location.line) == (rule, "f.xml", line)
    document = read_structure(data, origin="f.xml")
    assert [item.rule for item in document.diagnostics] == [rule]
    assert len(document.graph) == 0


def test_a_column_is_named_where_the_xml_breaks() -> None:
    found = read_xml(b"<a>\n  <b></c>\n</a>", origin="f.xml")
    assert isinstance(found, Diagnostic)
    assert (found.location.line, found.location.column) == (2, 8)


def test_a_column_is_named_where_the_encoding_breaks() -> None:
    found = read_xml("<a>\n<b c='é".encode() + b"\xe9'/></a>", origin="f.xml")
    assert isinstance(found, Diagnostic)
    assert (found.rule, found.location.line, found.location.column) == ("IO106", 2, 8)


def test_what_is_not_well_formed_is_called_so_once() -> None:
    found = read_xml(b"<a>\x01</a>", origin="f.xml")
    assert isinstance(found, Diagnostic)
    assert found.message == "the XML is not well-formed: invalid token"


def test_a_huge_attribute_is_a_limit_not_a_crash() -> None:
    found = read_xml(b"<a b='" + b"x" * 100_000_000 + b"'/>", origin="f.xml")
    assert isinstance(found, Diagnostic)
    assert found.rule == "IO107"


def test_depth_within_the_limit_is_read() -> None:
    assert isinstance(read_xml(b"<a>" * MAX_XML_DEPTH + b"</a>" * MAX_XML_DEPTH, origin="f.xml"), XmlTree)


def bomb(levels: int) -> bytes:
    entities = "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">\n' for n in range(1, levels + 1))
    return f'<!DOCTYPE a [\n<!ENTITY lol0 "lol">\n{entities}]>\n<a>&lol{levels};</a>'.encode()


def test_a_bomb_is_refused_before_it_is_known_to_be_one() -> None:
    """Thirty levels stand for 10**30 words: each is one declaration, and no word of it is read."""
    read_xml(bomb(1), origin="f.xml")
    one, thirty = (calls_of(lambda levels=levels: read_xml(bomb(levels), origin="f.xml")) for levels in (1, 30))
    assert thirty - one <= 30


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<?xml version='1.0' encoding='UTF-8'?><a>é€</a>".encode(), "é€"),
        ("\ufeff<a>é€</a>".encode(), "é€"),
        ("<a>é€</a>".encode("utf-16"), "é€"),
        ("<?xml version='1.0' encoding='utf-16'?><a>é€</a>".encode("utf-16-be"), "é€"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>".encode("latin-1"), "é"),
        ("<?xml version='1.0' encoding='windows-1252'?><a>€</a>".encode("cp1252"), "€"),
        ("<?xml version='1.0' encoding='Shift_JIS'?><a>日本</a>".encode("shift_jis"), "日本"),
        (b"\n\n<!-- no declaration, a comment first --><a>ok</a>", "ok"),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    tree = read_xml(data, origin="f.xml")
    assert isinstance(tree, XmlTree), tree
    assert tree.root.text == text


def test_lines_are_those_of_the_start_of_the_tag_in_files_of_any_length() -> None:
    tree = read_xml(
        b"<a>\n<b\n c='1'\n d='2'/>\n" + b"\n" * 70_000 + b"<!-- no element --><?no element?><c/></a>", origin="f"
    )
    assert isinstance(tree, XmlTree)
    assert [tree.lines[element] for element in tree.root.iter("*")] == [1, 2, 70_005]


def test_no_parser_of_the_policy_expands_anything() -> None:
    tree = read_xml(b"<a>&lt;&#65;</a>", origin="f.xml")
    assert isinstance(tree, XmlTree)
    assert etree.tostring(tree.root) == b"<a>&lt;A</a>"


@pytest.mark.parametrize(
    "fixture",
    ["CL001-code-without-name", "DDI001-namespace-not-of-ddi", "DDI022-repeated-ddi-identifier"],
    ids=["sdmx", "codebook", "lifecycle"],
)
def test_a_declaration_that_one_parser_takes_and_the_other_does_not_is_a_finding(tmp_path, fixture):
    text = (Path(__file__).parents[1] / "rules" / fixture / "ok.xml").read_text("utf-8")
    odd = tmp_path / "odd.xml"
    bare = text.removeprefix('<?xml version="1.0" encoding="UTF-8"?>\n')
    odd.write_text(f"<?xml version='abc'?>\n{bare}", "utf-8")
    (found,) = read(odd).diagnostics
    assert (found.rule, found.location.line) == ("IO101", 1)
