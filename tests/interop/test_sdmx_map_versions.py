"""Maps from version to version: structure sets of 2.1 as maps of 3.x and back, valid, with an account of the rest."""

# ruff: noqa: E501 - messages are easier to read in one piece

import pytest
from corpora import CORPORA, needs_corpora
from lxml import etree
from rdflib import Graph
from sdmx_artefact_messages import REPRESENTATION_MAP, STRUCTURE_MAP, STRUCTURE_SET
from sdmx_messages import URN, iri, read
from sdmx_writing import schema_errors, written

from semstat.interop.document import Document
from semstat.interop.formats.sdmx.structure import read_structure
from semstat.ontology.iri import urn_to_iri
from semstat.ontology.terms import RDF, SS, SST
from semstat.ontology.terms_mapping import SSM

CODES = f"""<s:RepresentationMaps><s:RepresentationMap agencyID="A" id="RM" version="1.0.0"><c:Name xml:lang="fr">codes</c:Name>
<s:SourceCodelist>{URN}codelist.Codelist=A:CL(1.0)</s:SourceCodelist><s:TargetCodelist>{URN}codelist.Codelist=A:CL2(1.0)</s:TargetCodelist>
{{}}</s:RepresentationMap></s:RepresentationMaps>"""
PAIR = "<s:RepresentationMapping>{}<s:SourceValue>01</s:SourceValue><s:TargetValue>1</s:TargetValue></s:RepresentationMapping>"
NOTE = '<c:Annotations><c:Annotation><c:AnnotationText xml:lang="fr">note</c:AnnotationText></c:Annotation></c:Annotations>'
MAPS = (
    CODES.format(PAIR.format(NOTE))
    + f"""<s:StructureMaps><s:StructureMap agencyID="A" id="SM" version="1.0.0"><c:Name xml:lang="es">n</c:Name>
<s:Source>{URN}datastructure.Dataflow=A:F(1.0.0)</s:Source><s:Target>{URN}datastructure.DataStructure=A:D(1.0.0)</s:Target>
<s:ComponentMap><s:Source>OBS_VALUE</s:Source><s:Target>OBS_VALUE</s:Target><s:RepresentationMap>{URN}structuremapping.RepresentationMap=A:RM(1.0.0)</s:RepresentationMap></s:ComponentMap>
<s:ComponentMap><s:Source>TIME_PERIOD</s:Source><s:Target>TIME_PERIOD</s:Target></s:ComponentMap></s:StructureMap></s:StructureMaps>"""
)
SCHEMES = {
    "ConceptSchemeMap": "conceptscheme.ConceptScheme",
    "CategorySchemeMap": "categoryscheme.CategoryScheme",
    "OrganisationSchemeMap": "base.OrganisationUnitScheme",
    "ReportingTaxonomyMap": "categoryscheme.ReportingTaxonomy",
}
LOOSE = {SST.referenceAsWritten, SS.isFinal}


def items(cls: str) -> str:
    ends = "".join(f"<s:{end}>{URN}{SCHEMES[cls]}=A:{end}(1.0)</s:{end}>" for end in ("Source", "Target"))
    return f"""<s:{cls}s><s:{cls} agencyID="A" id="IM" version="1.0.0"><c:Name>n</c:Name>{ends}
<s:ItemMap><s:SourceValue>a</s:SourceValue><s:TargetValue>b</s:TargetValue></s:ItemMap></s:{cls}></s:{cls}s>"""


def said(graph: Graph) -> set:
    """What a graph says; that a semantic version is final is stated in 2.1 and implied in 3.x."""
    return {triple for triple in graph if triple[1] not in LOOSE}


def through(document: Document, first: str, second: str) -> tuple[Document, list[tuple[str, str]]]:
    data, losses = written(document.graph, first, source=second)
    assert schema_errors(data, first) == []
    again, more = written(read_structure(data, origin="first.xml").graph, second, source=first)
    assert schema_errors(again, second) == []
    return read_structure(again, origin="second.xml"), [(item.rule, item.message) for item in (*losses, *more)]


@pytest.mark.parametrize("body", [MAPS, CODES.format(PAIR.format("")), *(items(cls) for cls in SCHEMES)])
@pytest.mark.parametrize("version", ["3.0", "3.1"])
def test_what_21_can_say_survives_there_and_back(body: str, version: str) -> None:
    document = read(body, version=version.replace(".", "_"))
    back, losses = through(document, "2.1", version)
    assert said(back.graph) == said(document.graph)
    assert losses == []


def test_a_structure_set_becomes_maps_of_3x() -> None:
    data, losses = written(read(STRUCTURE_SET).graph, "3.0", source="2.1")
    assert schema_errors(data, "3.0") == []
    graph = read_structure(data, origin="new.xml").graph
    made = {
        str(subject).rsplit("/sdmx/")[1]
        for cls in (SSM.StructureMap, SSM.RepresentationMap)
        for subject in graph.subjects(RDF.type, cls)
    }
    assert made == {
        "structuremapping.StructureMap/A/M/1.0",
        "structuremapping.RepresentationMap/A/CM/1.0",
        "structuremapping.RepresentationMap/A/M_W_W/1.0",
    }
    maps = set(graph.objects(None, SSM.representationMap))
    assert maps == {
        iri("structuremapping.RepresentationMap=A:CM(1.0)"),
        iri("structuremapping.RepresentationMap=A:M_W_W(1.0)"),
    }
    rules = [item.rule for item in losses]
    assert rules.count("IO205") == 1  # the format of Z
    assert any("A:D(1.0)" in (item.value or "") for item in losses if item.rule == "IO206")
    assert any("M_W_W" in item.message for item in losses if item.rule == "IO206")
    assert "IO201" not in rules


def test_maps_of_one_name_in_two_sets_are_told_apart() -> None:
    other = STRUCTURE_SET.replace('id="SS"', 'id="ST"').replace("A:SS(1.0)", "A:ST(1.0)")
    data, _ = written(read(STRUCTURE_SET + other).graph, "3.0", source="2.1")
    graph = read_structure(data, origin="new.xml").graph
    names = {str(subject).rsplit("/", 2)[1] for subject in graph.subjects(RDF.type, SSM.RepresentationMap)}
    assert names == {"CM", "ST_CM", "M_W_W", "ST_M_W_W"}
    used = set(graph.objects(None, SSM.representationMap))
    assert iri("structuremapping.RepresentationMap=A:ST_CM(1.0)") in used


@pytest.mark.parametrize(
    ("row", "count"),
    [
        ('<s:RepresentationMapping><s:SourceValue isRegEx="true">a.*</s:SourceValue><s:TargetValue>1</s:TargetValue></s:RepresentationMapping>', 1),
        ('<s:RepresentationMapping validFrom="2020-01-01"><s:SourceValue>a</s:SourceValue><s:TargetValue>1</s:TargetValue></s:RepresentationMapping>', 1),
        ("<s:RepresentationMapping><s:SourceValue>a</s:SourceValue></s:RepresentationMapping>", 1),
        ('<s:RepresentationMapping><s:SourceValue startIndex="0" endIndex="1">a</s:SourceValue><s:TargetValue>1</s:TargetValue></s:RepresentationMapping>', 1),
    ],
)  # fmt: skip
def test_rows_that_21_cannot_say_are_counted(row: str, count: int) -> None:
    document = read(CODES.format(PAIR.format("") + row), version="3_0")
    data, losses = written(document.graph, "2.1", source="3.0")
    assert schema_errors(data, "2.1") == []
    assert [(item.rule, item.count) for item in losses] == [("IO206", count)]
    assert data.count(b"<str:CodeMap>") == 1


def test_dates_epochs_fixed_values_and_maps_of_several_components_are_on_the_account() -> None:
    document = read(REPRESENTATION_MAP + STRUCTURE_MAP, version="3_0")
    _, losses = written(document.graph, "2.1", source="3.0")
    lost = {item.value: item.count for item in losses if item.rule == "IO206"}
    assert lost == {"epoch maps": 1, "date pattern maps": 2, "formats of frequencies": 1, "fixed values": 2, "B A C": 1}
    rest = sorted(item.rule for item in losses if item.rule != "IO206")
    assert rest == ["IO201", "IO212"]  # the map of values with two columns; what is left of the structure map


def test_components_are_named_with_their_class() -> None:
    document = read(
        f"""<s:DataStructures><s:DataStructure agencyID="A" id="D" version="1.0.0"><c:Name>n</c:Name><s:DataStructureComponents>
<s:DimensionList id="DimensionDescriptor"><s:Dimension id="X"><s:ConceptIdentity>{URN}conceptscheme.Concept=A:CS(1.0).X</s:ConceptIdentity></s:Dimension></s:DimensionList>
<s:AttributeList id="AttributeDescriptor"><s:Attribute id="N"><s:ConceptIdentity>{URN}conceptscheme.Concept=A:CS(1.0).N</s:ConceptIdentity><s:AttributeRelationship><s:Dataflow/></s:AttributeRelationship></s:Attribute></s:AttributeList>
</s:DataStructureComponents></s:DataStructure></s:DataStructures><s:StructureMaps><s:StructureMap agencyID="A" id="SM" version="1.0.0"><c:Name>n</c:Name>
<s:Source>{URN}datastructure.DataStructure=A:D(1.0.0)</s:Source><s:Target>{URN}datastructure.DataStructure=A:E(1.0.0)</s:Target>
<s:ComponentMap><s:Source>X</s:Source><s:Target>Y</s:Target></s:ComponentMap><s:ComponentMap><s:Source>N</s:Source><s:Target>TIME_PERIOD</s:Target></s:ComponentMap></s:StructureMap></s:StructureMaps>""",
        version="3_0",
    )
    data, losses = written(document.graph, "2.1", source="3.0")
    assert schema_errors(data, "2.1") == []
    references = [node for node in etree.fromstring(data).iter("Ref") if node.get("containerID")]
    named = [(node.get("id"), node.get("class"), node.get("containerID")) for node in references]
    assert named == [("X", "Dimension", "DimensionDescriptor"), ("Y", "Dimension", "DimensionDescriptor"),
                     ("N", "Attribute", "AttributeDescriptor"), ("TIME_PERIOD", "TimeDimension", "DimensionDescriptor")]  # fmt: skip
    assert [item.value for item in losses if "of what kind" in item.message] == ["Y"]


@needs_corpora
def test_maps_of_the_corpora_become_valid_structure_sets() -> None:
    """Eleven files hold maps; every map is written, or said to be lost."""
    tried = maps = 0
    for path in sorted((CORPORA / "sdmx").rglob("*")):
        if path.suffix not in (".xml", ".json") or b"Map" not in path.read_bytes():
            continue
        document = read_structure(path.read_bytes(), origin=path.name)
        named = {
            str(subject)
            for cls in (SSM.StructureMap, SSM.RepresentationMap, SSM.ItemSchemeMap, SSM.StructureSet)
            for subject in document.graph.subjects(RDF.type, cls)
        }
        if not named:
            continue
        data, losses = written(document.graph, "2.1", source="3.0")
        lines = data.decode().splitlines()
        maps_at = [number for number, line in enumerate(lines, start=1) if "str:StructureSets>" in line]
        errors = [
            error for error in schema_errors(data, "2.1") if int(error.split(":")[0]) in range(*(maps_at or (0, 0)))
        ]
        assert errors == [], path.name
        sets = read_structure(data, origin="sets.xml").graph
        written_ids = {str(one).rsplit(".")[-1].rsplit("/")[-1] for one in sets.objects(None, SSM.map)}
        lost = {str(item.location.focus) for item in losses if item.rule in ("IO201", "IO212")}
        lost |= {str(urn_to_iri(item.value)) for item in losses if "is written within" in item.message}
        for name in named:
            assert name.rsplit("/", 2)[1] in written_ids or name in lost, (path.name, name)
        tried, maps = tried + 1, maps + len(named)
    assert (tried, maps) == (11, 30)
