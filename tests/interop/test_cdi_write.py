"""DDI-CDI is written in JSON-LD and XML: valid by the official schema, read again as it was, the same bytes each time."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from corpora import CORPORA, needs_corpora
from lxml import etree

from semstat.interop import convert, validate
from semstat.interop.formats.ddi.cdi import cdi_statements
from semstat.interop.formats.ddi.cdi_context import UNRECOGNISED
from semstat.validators.diagnostics import Verdict

RULES = Path(__file__).parents[1] / "rules"
CUBE = RULES / "DDI053-structure-without-components" / "ok.ttl"
EXAMPLES = "ddi/cdi/ddi-cdi-official-examples"
SHORT = "ddi/cdi/dataartifex"


def written(source: Path, target: str, folder: Path) -> Path:
    file = folder / f"written.{'xml' if target.endswith('xml') else 'jsonld'}"
    done = convert([source], file, to=target)
    assert not done.refused
    return file


def official() -> etree.XMLSchema:
    assert CORPORA is not None
    return etree.XMLSchema(etree.parse(CORPORA / "schemas" / "ddi-cdi-1.0" / "ddi-cdi.xsd"))


@needs_corpora
@pytest.mark.parametrize("name", ["Process_Example_CDI.xml", "SPSS_Example.xml"])
def test_official_examples_come_back_from_json_ld_statement_by_statement(name: str, tmp_path: Path) -> None:
    assert CORPORA is not None
    source = CORPORA / EXAMPLES / name

    file = written(source, "ddi-cdi-json-ld", tmp_path)
    back = written(file, "ddi-cdi-xml", tmp_path)

    original = set(cdi_statements(source.read_bytes(), origin="a").triples)
    lost = {triple for triple in original if "PhysicalRecordSegment-allowsDuplicates" in triple[1]}
    assert len(lost) == (name == "SPSS_Example.xml")
    assert set(cdi_statements(back.read_bytes(), origin="b").triples) == original - lost
    assert official().validate(etree.parse(back))


@needs_corpora
@pytest.mark.parametrize("name", ["simple_yndk.cdif.ttl", "simple_yndk.cdif.native.ttl", "simple_yndk.cdif.jsonld"])
def test_the_short_spelling_becomes_the_official_one(name: str, tmp_path: Path) -> None:
    assert CORPORA is not None

    file = written(CORPORA / SHORT / name, "ddi-cdi-json-ld", tmp_path)

    found = {item.rule for item in validate([file]).diagnostics}
    assert not found & {"DDI041", "DDI042", "DDI043", "DDI046", "DDI068"}


@needs_corpora
def test_every_word_that_is_written_is_one_of_the_official_context(tmp_path: Path) -> None:
    import pyoxigraph as ox

    assert CORPORA is not None
    context = json.loads((CORPORA / "schemas" / "ddi-cdi-1.0" / "ddi-cdi.jsonld").read_bytes())["@context"]
    for source in (CUBE, CORPORA / EXAMPLES / "Process_Example_CDI.xml"):
        file = written(source, "ddi-cdi-json-ld", tmp_path)
        content = json.loads(file.read_bytes()) | {"@context": context}
        quads = list(ox.parse(json.dumps(content).encode(), format=ox.RdfFormat.JSON_LD))
        assert not [quad for quad in quads if UNRECOGNISED in str(quad)]
        assert len(quads) == len(cdi_statements(file.read_bytes(), origin="a").triples)


def test_a_class_without_a_word_in_the_context_is_written_with_full_iris(tmp_path: Path) -> None:
    source = tmp_path / "store.ttl"
    source.write_text(
        """@prefix cdi: <http://ddialliance.org/Specification/DDI-CDI/1.0/RDF/> .
@prefix : <https://example.org/> .
:structure a cdi:KeyValueStructure ; cdi:DataStructure_has_DataStructureComponent :when .
:when a cdi:ContextualComponent ; cdi:DataStructureComponent_isDefinedBy_RepresentedVariable :time .
:time a cdi:RepresentedVariable ; cdi:Concept-name [ a cdi:ObjectName ; cdi:ObjectName-name "TIME" ] .
""",
        "utf-8",
    )

    file = written(source, "ddi-cdi-json-ld", tmp_path)

    assert validate([file]).verdict is Verdict.PASS
    assert len(cdi_statements(file.read_bytes(), origin="a").triples) == 8


def test_structured_values_that_hold_themselves_are_left_out_and_told(tmp_path: Path) -> None:
    source = tmp_path / "circle.ttl"
    source.write_text(
        """@prefix cdi: <http://ddialliance.org/Specification/DDI-CDI/1.0/RDF/> .
@prefix : <https://example.org/> .
:age a cdi:Concept ; cdi:Concept-externalDefinition :reference .
:reference a cdi:Reference ; cdi:Reference-semantic :entry .
:entry a cdi:ControlledVocabularyEntry ; cdi:ControlledVocabularyEntry-entryReference :reference .
""",
        "utf-8",
    )
    for target in ("ddi-cdi-xml", "ddi-cdi-json-ld"):
        done = convert([source], BytesIO(), to=target)
        assert [item.rule for item in done.losses] == ["IO202"]


def test_the_same_document_gives_the_same_bytes() -> None:
    for target in ("ddi-cdi-xml", "ddi-cdi-json-ld"):
        first, second = BytesIO(), BytesIO()
        convert([CUBE], first, to=target)
        convert([CUBE], second, to=target)
        assert first.getvalue() == second.getvalue() != b""
