"""Concept schemes of SKOS as input: code lists of SDMX, what lists have no place for, and back again."""

from io import BytesIO

import pytest
from corpora import CORPORA, counts, files_of, needs_corpora

from semstat.interop import Header, convert, read
from semstat.interop.formats.sdmx.lower_message import lower_graph
from semstat.interop.formats.sdmx.model import ItemScheme
from semstat.ontology.terms import SKOS

PREPARED = Header(prepared="2026-01-01T00:00:00")
PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix : <https://stats.example.org/def/> .
"""
TRADE = (
    PREFIXES
    + """:trade a skos:ConceptScheme ; dct:title "Trade"@en , "Commerce"@fr ; skos:hasTopConcept :g .
:g skos:notation "G" ; skos:prefLabel "Trade"@en ; skos:narrower :g46 ; skos:altLabel "Commerce"@en .
:g46 skos:inScheme :trade ; skos:notation "46" ; skos:prefLabel "Wholesale"@en ; skos:definition "In bulk."@en .
:g461 skos:inScheme :trade ; skos:broader :g46 ; skos:notation "46.1" ; skos:prefLabel "On a fee"@en .
:other a skos:Concept ; skos:prefLabel "Elsewhere"@en . :few a skos:Collection ; skos:member :g46 ."""
)


def schemes(path) -> dict[str, list[tuple[str, str | None]]]:
    artefacts = lower_graph(read(path).graph)
    lists = [item for item in artefacts if isinstance(item, ItemScheme)]
    return {item.head.name.short: [(one.path, one.parent) for one in item.items] for item in lists}


def written(path, to="sdmx-ml-3.0-structure"):
    out = BytesIO()
    done = convert([path], out, to=to, header=PREPARED)
    return out.getvalue(), done


def test_a_scheme_becomes_a_code_list(tmp_path):
    (tmp_path / "trade.ttl").write_text(TRADE, "utf-8")
    text, done = written(tmp_path / "trade.ttl")
    (tmp_path / "trade.xml").write_bytes(text)
    assert schemes(tmp_path / "trade.xml") == {
        "org.example.stats:trade(1.0)": [("G", None), ("46", "G"), ("46_1", "46")]
    }
    assert b'<com:Name xml:lang="fr">Commerce</com:Name>' in text
    assert b"In bulk." in text
    assert [(item.rule, item.message) for item in done.losses] == [
        ("IO202", "what `skos:altLabel` says, once, is not read: lists of SDMX have no place for it"),
        ("IO202", "things of the kind `skos:Collection`, 1 in number, are in no scheme and are not read"),
        ("IO202", "things of the kind `skos:Concept`, 1 in number, are in no scheme and are not read"),
        ("IO202", "`46.1` is no identifier in SDMX; the code is called `46_1`"),
    ]


def test_what_is_not_read_is_lost_in_every_target(tmp_path):
    (tmp_path / "trade.ttl").write_text(TRADE, "utf-8")
    for to in (
        "turtle",
        "rdf-cube-structure-turtle",
        "sdmx-json-2.1-structure",
        "ddi-cdi-json-ld",
        "ddi-lifecycle-3.3",
    ):
        assert [item.rule for item in written(tmp_path / "trade.ttl", to)[1].losses[:4]] == ["IO202"] * 4, to


@pytest.mark.parametrize(
    ("codes", "ids"),
    [
        (["1.1", "1_1"], ["1_1", "1_1_2"]),
        (["1.1", "1-1"], ["1-1", "1_1"]),
        (["1.1", "1,1"], ["1_1", "1_1_2"]),
        (["1", "1"], ["1", "1_2"]),
        (["É"], ["_"]),
        (["NA"], ["NA"]),
    ],
)
def test_codes_are_identifiers_each_once(codes, ids, tmp_path):
    members = " ".join(f':c{place} skos:inScheme :s ; skos:notation "{code}" .' for place, code in enumerate(codes))
    (tmp_path / "s.ttl").write_text(f"{PREFIXES} :s a skos:ConceptScheme . {members}", "utf-8")
    (tmp_path / "s.xml").write_bytes(written(tmp_path / "s.ttl")[0])
    (items,) = schemes(tmp_path / "s.xml").values()
    assert sorted(code for code, _ in items) == ids


def test_a_concept_of_two_schemes_is_in_both_and_a_ring_stays_a_finding(tmp_path):
    ring = ":a skos:inScheme :s , :t ; skos:broader :b . :b skos:inScheme :s ; skos:broader :a ."
    (tmp_path / "s.ttl").write_text(f"{PREFIXES} :s a skos:ConceptScheme . :t a skos:ConceptScheme . {ring}", "utf-8")
    (tmp_path / "s.xml").write_bytes(written(tmp_path / "s.ttl", "sdmx-ml-2.1-structure")[0])
    assert schemes(tmp_path / "s.xml") == {
        "org.example.stats:s(1.0)": [("a", "b"), ("b", "a")],
        "org.example.stats:t(1.0)": [("a", None)],
    }


def test_a_scheme_that_declares_the_prefix_of_shacl_is_no_set_of_shapes(tmp_path):
    declared = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    (tmp_path / "trade.ttl").write_text(declared + TRADE.replace("In bulk.", "The target of sales in bulk."), "utf-8")
    assert written(tmp_path / "trade.ttl")[1].written == {"artefacts": 1}
    (tmp_path / "shapes.ttl").write_text(
        declared + TRADE + "\n:s a sh:NodeShape ; sh:targetClass skos:Concept .", "utf-8"
    )
    (refused,) = written(tmp_path / "shapes.ttl")[1].refused
    assert refused.rule == "IO112"


def test_lists_of_sdmx_come_back_from_skos_and_from_the_hub_graph(tmp_path):
    (tmp_path / "trade.ttl").write_text(TRADE, "utf-8")
    text, _ = written(tmp_path / "trade.ttl")
    (tmp_path / "trade.xml").write_bytes(text)
    for to in ("rdf-cube-structure-turtle", "turtle"):
        again, done = written(tmp_path / "trade.xml", to)
        (tmp_path / "again.ttl").write_bytes(again)
        back, lost = written(tmp_path / "again.ttl")
        assert (done.losses, lost.losses) == ((), ()), to
        assert back == text, to


@needs_corpora
def test_classifications_in_use_become_lists_with_all_their_items(tmp_path):
    """Five classifications: their items, with those that are said to be in no scheme, are as many as counted independently."""
    assert CORPORA is not None
    found, expected = {}, {}
    for name in files_of("RDF turtle", under="classifications/semstats-2016/"):
        if "skos:ConceptScheme" not in counts()[name][1]:
            continue
        text, done = written(CORPORA / name)
        (tmp_path / "list.xml").write_bytes(text)
        left = [item.message for item in done.losses if item.value == str(SKOS.Concept)]
        listed = sum(len(items) for items in schemes(tmp_path / "list.xml").values())
        expected[name] = counts()[name][1]["skos:Concept"]
        found[name] = listed + sum(int(message.split(", ")[1].split()[0]) for message in left)
    assert found == expected
    assert len(found) == 5
