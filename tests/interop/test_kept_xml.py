"""Elements that are kept as they stand, where their namespaces are no IRIs: read on, said, and nothing is lost."""

from pathlib import Path

import pytest
from lxml import etree

from semstat.interop import read
from semstat.interop.formats.kept_xml import bare, standing_alone

RULES = Path(__file__).parents[1] / "rules"
ODDER = "http://["
ODD = '<odd xmlns="relative"><in/>kept</odd>'


@pytest.mark.parametrize(
    ("fixture", "before"),
    [
        ("CL001-code-without-name/ok.xml", "</str:Codelist>"),
        ("DDI001-namespace-not-of-ddi/ok.xml", "</stdyDscr>"),
        ("DDI022-repeated-ddi-identifier/ok.xml", "</c:Concept>"),
    ],
    ids=["sdmx", "codebook", "lifecycle"],
)
def test_a_namespace_without_a_canonical_form_is_kept(tmp_path, fixture, before):
    text = (RULES / fixture).read_text("utf-8")
    assert before in text
    (tmp_path / "odd.xml").write_text(text.replace(before, ODD + before, 1), "utf-8")
    document = read(tmp_path / "odd.xml")
    assert any("odd" in item.message and item.rule in {"IO108", "IO114"} for item in document.diagnostics)
    assert any('xmlns="relative"' in str(value) for _, _, value in document.graph)


def test_an_element_in_a_namespace_that_cannot_be_made_is_kept_bare() -> None:
    element = etree.fromstring("<a><b x='1' y='2'>text<c/></b></a>", etree.XMLParser(recover=True))[0]
    odd = etree.fromstring(f"<n:b xmlns:n='{ODDER}' n:x='1' y='2'>text<c/></n:b>", etree.XMLParser(recover=True))
    assert standing_alone(bare(element, {"y": "2"})) == '<b y="2"></b>'
    assert standing_alone(bare(odd, {"y": "2"})) == f'<n:b xmlns:n="{ODDER}" y="2"/>'


@pytest.mark.parametrize("tag", ["9999-99-99", "é", "en_GB", "-", "123456789"])
@pytest.mark.parametrize(
    "fixture", ["CL001-code-without-name", "DDI001-namespace-not-of-ddi", "DDI022-repeated-ddi-identifier"]
)
def test_what_is_no_language_tag_stops_no_reader(tmp_path, fixture, tag):
    text = (RULES / fixture / "ok.xml").read_text("utf-8")
    assert 'xml:lang="en"' in text
    (tmp_path / "odd.xml").write_text(text.replace('xml:lang="en"', f'xml:lang="{tag}"'), "utf-8")
    document = read(tmp_path / "odd.xml")
    assert len(document.graph) > 10
    assert not any(item.rule == "IO101" for item in document.diagnostics)


def test_what_no_iri_may_hold_is_no_iri_in_a_mapping_set(tmp_path):
    head = "#curie_map:\n#  EX: https://example.org/\n#mapping_set_id: https://example.org/set\n#license: https://example.org/l\n"
    row = "EX:a\x01b\tskos:exactMatch\tEX:c\tsemapv:MappingReview\n"
    columns = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
    (tmp_path / "odd.sssom.tsv").write_text(head + columns + row, "utf-8")
    (found,) = read(tmp_path / "odd.sssom.tsv").diagnostics
    assert (found.rule, "is no IRI" in found.message) == ("IO101", True), found.message
