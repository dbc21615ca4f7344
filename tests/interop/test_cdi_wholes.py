"""How often a node of DDI-CDI is pointed at: parts belong to one whole, and every category has a sign that stands for it."""

from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

from semstat.interop import convert
from semstat.interop.formats.ddi.cdi import cdi_statements
from semstat.ontology.cdi_model import CDI
from semstat.ontology.terms import RDF

ROOT = Path(__file__).parents[2]
HOUSEHOLDS = ROOT / "examples" / "households" / "codebook.xml"
POINTED_AT: dict[str, tuple[str, int, int | None]] = {
    "Notation_represents_Category": ("Category", 1, None),
    "VariableDescriptorComponent_refersTo_VariableValueComponent": ("VariableValueComponent", 1, 1),
    "DataStructure_has_ComponentPosition": ("ComponentPosition", 1, 1),
    "DataStructure_has_PrimaryKey": ("PrimaryKey", 1, 1),
    "PrimaryKey_isComposedOf_PrimaryKeyComponent": ("PrimaryKeyComponent", 1, 1),
    "PhysicalSegmentLayout_has_ValueMappingPosition": ("ValueMappingPosition", 1, 1),
    "CodeListStructure_has_CodeRelationship": ("CodeRelationship", 1, 1),
    "DataStructure_has_DataStructureComponent": ("", 0, 1),
    "PrimaryKeyComponent_correspondsTo_DataStructureComponent": ("", 0, 1),
    "CodeListStructure_structures_CodeList": ("", 0, 1),
}
"""By property: the class whose nodes must be pointed at, and how often at least and at most (DDI-CDI 1.0, UML model)."""

CATEGORIES = """<m:Structure xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
    xmlns:s="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure"
    xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">
  <m:Header><m:ID>A</m:ID><m:Test>false</m:Test><m:Prepared>2024-01-31T00:00:00</m:Prepared><m:Sender id="S"/></m:Header>
  <m:Structures>
    <s:CategorySchemes><s:CategoryScheme id="TOPICS" agencyID="OFFICE" version="1.0"><c:Name>Topics</c:Name>
      <s:Category id="PEOPLE"><c:Name>People</c:Name><s:Category id="BIRTHS"><c:Name>Births</c:Name></s:Category></s:Category>
    </s:CategoryScheme></s:CategorySchemes>
    <s:Concepts><s:ConceptScheme id="CS" agencyID="OFFICE" version="1.0"><c:Name>Concepts</c:Name>
      <s:Concept id="FREQ"><c:Name>Frequency</c:Name></s:Concept></s:ConceptScheme></s:Concepts>
    <s:DataStructures><s:DataStructure id="DSD" agencyID="OFFICE" version="1.0"><c:Name>Births</c:Name>
      <s:DataStructureComponents>
        <s:DimensionList id="DimensionDescriptor"><s:Dimension id="FREQ" position="1"><s:ConceptIdentity>
          <Ref id="FREQ" maintainableParentID="CS" maintainableParentVersion="1.0" agencyID="OFFICE"/>
        </s:ConceptIdentity></s:Dimension></s:DimensionList>
        <s:Group id="NONE"/>
      </s:DataStructureComponents></s:DataStructure></s:DataStructures>
  </m:Structures>
</m:Structure>"""


def wrong(document: bytes) -> list[str]:
    """Return what is pointed at too seldom or too often."""
    triples = set(cdi_statements(document, origin="document").triples)
    assert len(triples) > 100
    found = []
    for word, (cls, least, most) in POINTED_AT.items():
        times = Counter(target for _, predicate, target in triples if predicate == CDI[word])
        nodes = {subject for subject, predicate, kind in triples if predicate == RDF.type and kind == CDI[cls]}
        found += [f"{word}: {node}" for node in nodes if times[node] < least]
        found += [f"{word}: {node}" for node, number in times.items() if most is not None and number > most]
    return found


@pytest.mark.parametrize("shape", ["wide", "long", "dimensional", "key-value"])
def test_parts_of_described_data_belong_to_one_whole(shape: str) -> None:
    stream = BytesIO()
    convert([HOUSEHOLDS], stream, to="ddi-cdi-json-ld", shape=shape)
    assert not wrong(stream.getvalue())


@pytest.mark.parametrize("source", ["population/structure.xml", "office/structures.xml"])
def test_parts_of_structures_belong_to_one_whole(source: str) -> None:
    stream = BytesIO()
    convert([ROOT / "examples" / source], stream, to="ddi-cdi-xml")
    assert not wrong(stream.getvalue())


def test_categories_of_schemes_have_a_sign_and_groups_of_nothing_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "topics.xml").write_text(CATEGORIES, "utf-8")
    stream = BytesIO()
    done = convert([tmp_path / "topics.xml"], stream, to="ddi-cdi-json-ld")
    assert not wrong(stream.getvalue())
    assert [item.rule for item in done.losses if "a group of no dimensions" in item.message] == ["IO206"]
    assert b"DimensionGroup" not in stream.getvalue()
    assert stream.getvalue().count(b'"BIRTHS"') == 2, "the name of the category, and its sign"


ELSEWHERE = '<s:DataStructure id="DSD" agencyID="OFFICE" version="1.0" isExternalReference="true"/>'


@pytest.mark.parametrize("structure", ["", f"<s:DataStructures>{ELSEWHERE}</s:DataStructures>"])
def test_a_structure_that_is_elsewhere_is_told_of_and_none_is_made_up(structure, tmp_path):
    flow = f"""<s:Dataflows><s:Dataflow id="BIRTHS" agencyID="OFFICE" version="1.0"><c:Name>Births</c:Name>
      <s:Structure><Ref id="DSD" agencyID="OFFICE" version="1.0"/></s:Structure></s:Dataflow></s:Dataflows>{structure}"""
    begin, end = CATEGORIES.partition("<s:CategorySchemes>")[0], "</m:Structures></m:Structure>"
    (tmp_path / "flow.xml").write_text(f"{begin}{flow}{end}", "utf-8")
    out = BytesIO()
    done = convert([tmp_path / "flow.xml"], out, to="ddi-cdi-json-ld")
    assert "DimensionalDataSet" in out.getvalue().decode()
    assert "DimensionalDataStructure" not in out.getvalue().decode()
    assert [item.rule for item in done.losses] == ["IO201"] * (2 if structure else 1)
