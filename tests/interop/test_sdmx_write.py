"""Structure messages that we write: valid by the official schemas, read back to the same graph, nothing lost in silence."""

from collections import Counter
from functools import lru_cache

import pytest
from corpora import CORPORA, counts, needs_corpora
from sdmx_corpus import FILES
from sdmx_corpus import load as read_file
from sdmx_messages import CODELIST, CONCEPT, CONCEPTS, DSD, message
from sdmx_writing import schema_errors, triples, written

from semstat.interop.formats.sdmx.account import Account
from semstat.interop.formats.sdmx.dialects import DIALECTS
from semstat.interop.formats.sdmx.header import Header
from semstat.interop.formats.sdmx.serialise import serialise
from semstat.interop.formats.sdmx.structure import read_structure

load = lru_cache(maxsize=1)(read_file)
"""The tests of one file follow each other."""
LOSING = {
    # What a message of the same version cannot say either, because the schema does not admit it; reported when read.
    "sdmx/mixed/pysdmx-bis/prov_agree_structure_no_dataflow.xml": {"IO212"},
    "sdmx/ml21/agencies/UNSD/codelist_partial.xml": {"IO212"},
    "sdmx/ml21/pysdmx-bis/datastructure_att_rel_attachment_group.xml": {"IO206", "IO212"},
    "sdmx/ml30/pysdmx/valuelist.xml": {"IO202"},
    "sdmx/ml30/twg-samples/Codelist/valuelist.xml": {"IO202"},
}


def version_of(name: str) -> str:
    return counts()[name][0].split()[1]


@needs_corpora
@pytest.mark.parametrize("target", DIALECTS)
@pytest.mark.parametrize("name", FILES)
def test_messages_are_valid_in_every_version(name: str, target: str) -> None:
    data, _ = written(load(name).graph, target, source=version_of(name))
    assert schema_errors(data, target) == []


@needs_corpora
@pytest.mark.parametrize("name", FILES)
def test_the_same_version_gives_the_same_graph(name: str) -> None:
    graph = load(name).graph
    data, losses = written(graph, version_of(name), source=version_of(name))
    assert {item.rule for item in losses} == LOSING.get(name, set())
    again = read_structure(data, origin="again.xml").graph
    if not losses:
        assert set(again) == set(graph)
    else:
        assert len(set(graph) - set(again)) < 15


@needs_corpora
@pytest.mark.parametrize("name", FILES)
def test_there_and_back_loses_nothing_in_silence(name: str) -> None:
    """Through another version and back: the same graph, or a loss that is on the account."""
    for through in DIALECTS:
        there_and_back(name, through)


def there_and_back(name: str, through: str) -> bool:
    """Return whether a message comes back without any loss; then it must come back the same."""
    graph, source = load(name).graph, version_of(name)
    data, losses = written(graph, through, source=source)
    back, further = written(read_structure(data, origin="there.xml").graph, source, source=through)
    if losses or further:
        return False
    assert triples(read_structure(back, origin="back.xml").graph) == triples(graph), through
    return True


@needs_corpora
def test_how_much_is_written() -> None:
    """Counted here, in one process: the tests above may be spread over several."""
    versions = Counter(map(version_of, FILES))
    equal = {
        (source, through): sum(there_and_back(name, through) for name in FILES if version_of(name) == source)
        for source, through in (("3.0", "2.1"), ("2.1", "3.0"))
    }
    print(dict(versions), equal)
    assert versions == {"2.1": 79, "3.0": 61, "3.1": 16}
    assert equal["3.0", "2.1"] > 25
    assert equal["2.1", "3.0"] > 45


@needs_corpora
def test_the_same_graph_gives_the_same_bytes() -> None:
    name = "sdmx/mixed/pysdmx-bis/datastructure_descendants.xml"
    assert written(load(name).graph, "3.0") == written(load(name).graph, "3.0")


def test_a_header_without_a_date_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="date of preparation"):
        list(serialise((), DIALECTS["3.0"], Header(id="A"), Account("3.0")))


def losses_of(body: str, target: str, *, version: str = "3_0") -> list[tuple[str, str | None]]:
    document = read_structure(message(body, version=version), origin="f.xml")
    data, losses = written(document.graph, target, source=version.replace("_", "."))
    assert schema_errors(data, target) == [] if CORPORA else True
    return [(item.rule, item.location.path) for item in losses]


NAME = "<c:Name>n</c:Name>"
MEASURES = """<s:DimensionList><s:Dimension id="FREQ"><s:ConceptIdentity>{0}FREQ</s:ConceptIdentity></s:Dimension></s:DimensionList>
<s:AttributeList><s:Attribute id="NOTE"><s:ConceptIdentity>{0}NOTE</s:ConceptIdentity>
<s:LocalRepresentation maxOccurs="3"><s:TextFormat/></s:LocalRepresentation>
<s:AttributeRelationship><s:Observation/></s:AttributeRelationship><s:MeasureRelationship><s:Measure>A</s:Measure></s:MeasureRelationship>
</s:Attribute></s:AttributeList><s:MeasureList><s:Measure id="A"><s:ConceptIdentity>{0}A</s:ConceptIdentity></s:Measure>
<s:Measure id="B" usage="mandatory"><s:ConceptIdentity>{0}B</s:ConceptIdentity></s:Measure></s:MeasureList>"""
CONCEPT_URN = "urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=A:CS(1.0)."


def test_measures_arrays_and_relations_to_measures_on_the_way_to_2_1() -> None:
    assert losses_of(DSD.format(MEASURES.format(CONCEPT_URN)), "2.1") == [
        ("IO204", "B"),
        ("IO204", "A"),
        ("IO205", "NOTE"),
        ("IO206", "NOTE"),
    ]


def test_versions_on_the_way_to_2_1() -> None:
    body = CODELIST.format("").replace('version="1.0"', 'version="1.0.0-draft"')
    assert losses_of(body, "2.1") == [("IO203", None)]
    assert losses_of(CODELIST.format("").replace(' version="1.0"', ""), "2.1") == [("IO203", None)]


def test_a_semantic_release_is_final_in_2_1() -> None:
    body = CODELIST.format("").replace('version="1.0"', 'version="1.0.0"')
    data, losses = written(read_structure(message(body, version="3_0"), origin="f").graph, "2.1", source="3.0")
    assert losses == ()
    assert b'isFinal="true"' in data


@pytest.mark.parametrize(
    ("version", "final", "lost"),
    [
        ("1.0", "true", ["IO210"]),
        ("1.0.0", "true", []),
        ("1.0.0", "false", ["IO210"]),
        # No version of two figures says that it is final, and an artefact that says nothing is not (the schema's default).
        ("1.0", "false", []),
    ],
)
def test_a_version_of_3_x_that_says_the_contrary_of_what_is_stated_is_a_loss(version, final, lost) -> None:
    body = CODELIST.format("").replace('version="1.0"', f'version="{version}" isFinal="{final}"')
    assert [rule for rule, _ in losses_of(body, "3.0", version="2_1")] == lost


def test_names_that_are_missing_are_made_of_ids() -> None:
    assert losses_of(CODELIST.format('<s:Code id="A"/>'), "3.0") == [("IO212", "A")]


def test_kinds_of_components_that_3_x_lacks() -> None:
    concept = CONCEPT.format("FREQ")
    body = f"""<s:DimensionList><s:Dimension id="FREQ">{concept}</s:Dimension>
      <s:MeasureDimension id="M">{concept}<s:LocalRepresentation><s:Enumeration>
      <Ref agencyID="A" id="CS" class="ConceptScheme"/></s:Enumeration></s:LocalRepresentation></s:MeasureDimension>
      </s:DimensionList>
      <s:MeasureList><s:PrimaryMeasure>{concept}</s:PrimaryMeasure></s:MeasureList>"""
    found = losses_of(CONCEPTS + DSD.format(body), "3.0", version="2_1")
    assert [item for item in found if item[0] != "IO212"] == [("IO207", "M"), ("IO205", "M")]


def test_text_and_markup_survive() -> None:
    body = CODELIST.format('<s:Code id="A"><c:Name xml:lang="fr">a &lt; b &amp; "c"\r\n d</c:Name></s:Code>')
    graph = read_structure(message(body, version="3_0"), origin="f").graph
    data, losses = written(graph, "3.0", source="3.0")
    assert losses == ()
    assert set(read_structure(data, origin="g").graph) == set(graph)
