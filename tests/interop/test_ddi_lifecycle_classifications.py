"""Classifications and cubes of DDI-Lifecycle: read with their levels and components, written again, and counted."""

from io import BytesIO

from corpora import needs_corpora
from interop.test_ddi_between import schema
from interop.test_ddi_lifecycle_write import there_and_back
from lxml import etree

from semstat.interop import convert
from semstat.interop.formats.ddi.lifecycle import read_lifecycle
from semstat.ontology.ddi_iri import DdiName
from semstat.ontology.terms import RDF, SKOS
from semstat.ontology.terms_information import SSI

LEVELS = "{ddi:logicalproduct:3_3}LevelContext"
PACKAGE = b"""<g:ResourcePackage xmlns:g="ddi:group:3_3" xmlns:l="ddi:logicalproduct:3_3"
xmlns:r="ddi:reusable:3_3"><r:URN>urn:ddi:int.example:p:1</r:URN>
<l:ClassificationFamily><r:URN>urn:ddi:int.example:fam:1</r:URN>
<r:Label><r:Content xml:lang="en">Activities</r:Content></r:Label>
<l:ClassificationSeries><r:URN>urn:ddi:int.example:ser:1</r:URN>
<r:Label><r:Content xml:lang="en">ACT</r:Content></r:Label>
<l:StatisticalClassification><r:URN>urn:ddi:int.example:act2020:1</r:URN>
<r:Label><r:Content xml:lang="en">ACT 2020</r:Content></r:Label>
<l:ReleaseDate>2020-01-01</l:ReleaseDate>
<l:LevelContext><l:ClassificationLevel><r:URN>urn:ddi:int.example:lev1:1</r:URN>
<r:Label><r:Content xml:lang="en">Section</r:Content></r:Label></l:ClassificationLevel>
<l:ClassificationItem><r:URN>urn:ddi:int.example:i1:1</r:URN>
<r:Label><r:Content xml:lang="en">Farming</r:Content></r:Label>
<l:ItemCode>A</l:ItemCode></l:ClassificationItem>
<l:ClassificationItem><r:URN>urn:ddi:int.example:i2:1</r:URN>
<r:Label><r:Content xml:lang="en">Mining</r:Content></r:Label>
<l:ItemCode>B</l:ItemCode></l:ClassificationItem></l:LevelContext>
<l:LevelContext><l:ClassificationLevel><r:URN>urn:ddi:int.example:lev2:1</r:URN></l:ClassificationLevel><l:ClassificationItem><r:URN>urn:ddi:int.example:i11:1</r:URN>
<r:Label><r:Content xml:lang="en">Crops</r:Content></r:Label>
<l:ItemCode>A1</l:ItemCode>
<l:ParentClassificationItemReference><r:URN>urn:ddi:int.example:i1:1</r:URN>

<r:TypeOfObject>ClassificationItem</r:TypeOfObject></l:ParentClassificationItemReference></l:ClassificationItem></l:LevelContext>
</l:StatisticalClassification></l:ClassificationSeries></l:ClassificationFamily>
<l:VariableScheme><r:URN>urn:ddi:int.example:vs:1</r:URN>
<l:Variable><r:URN>urn:ddi:int.example:sex:1</r:URN></l:Variable><l:Variable><r:URN>urn:ddi:int.example:area:1</r:URN></l:Variable><l:Variable><r:URN>urn:ddi:int.example:n:1</r:URN></l:Variable></l:VariableScheme>
<l:NCubeScheme><r:URN>urn:ddi:int.example:ncs:1</r:URN>
<l:NCube><r:URN>urn:ddi:int.example:cube:1</r:URN>
<l:NCubeName><r:String xml:lang="en">POP</r:String></l:NCubeName><r:Label><r:Content xml:lang="en">Population</r:Content></r:Label>

<r:Purpose><r:Content>Census</r:Content></r:Purpose>
<l:Dimension rank="1">
<r:VariableReference><r:URN>urn:ddi:int.example:sex:1</r:URN>

<r:TypeOfObject>Variable</r:TypeOfObject></r:VariableReference></l:Dimension>
<l:Dimension rank="2">
<r:VariableReference><r:URN>urn:ddi:int.example:area:1</r:URN>

<r:TypeOfObject>Variable</r:TypeOfObject></r:VariableReference></l:Dimension>
<l:MeasureDefinition><r:URN>urn:ddi:int.example:m1:1</r:URN>

<r:VariableReference><r:URN>urn:ddi:int.example:n:1</r:URN>

<r:TypeOfObject>Variable</r:TypeOfObject></r:VariableReference></l:MeasureDefinition>
<l:Attribute attachmentLevel="Cube"><r:URN>urn:ddi:int.example:a1:1</r:URN>

<r:VariableReference><r:URN>urn:ddi:int.example:n:1</r:URN>

<r:TypeOfObject>Variable</r:TypeOfObject></r:VariableReference>
<r:Value>persons</r:Value></l:Attribute>
</l:NCube></l:NCubeScheme></g:ResourcePackage>"""


def iri(name: str):
    return DdiName("int.example", name, "1").iri


def test_items_are_on_the_level_of_their_context():
    graph = read_lifecycle(PACKAGE, origin="package.xml").graph
    assert set(graph.objects(iri("lev1"), SSI.groupsNode)) == {iri("i1"), iri("i2")}
    assert set(graph.objects(iri("lev2"), SSI.groupsNode)) == {iri("i11")}
    assert graph.value(iri("i11"), SKOS.broader) == iri("i1")
    assert set(graph.objects(iri("act2020"), SSI.containsNode)) == {iri("i1"), iri("i2"), iri("i11")}
    assert graph.value(iri("fam"), SSI.groupsClassificationSeries) == iri("ser")
    assert graph.value(iri("ser"), SSI.groupsStatisticalClassification) == iri("act2020")


def test_a_cube_has_dimensions_measures_and_attributes():
    graph = read_lifecycle(PACKAGE, origin="package.xml").graph
    (cube,) = graph.subjects(RDF.type, SSI.DimensionalDataStructure)
    terms = (SSI.hasIdentifierComponent, SSI.hasMeasureComponent, SSI.hasAttributeComponent)
    assert [len(set(graph.objects(cube, term))) for term in terms] == [2, 1, 1]


def test_each_level_is_written_in_a_context_of_its_own():
    before, after, written, losses = there_and_back(PACKAGE)
    assert before == after
    assert losses == ()
    contexts = list(etree.fromstring(written).iter(LEVELS))
    assert [len(context) for context in contexts] == [3, 2]


def test_they_are_counted(tmp_path):
    (tmp_path / "package.xml").write_bytes(PACKAGE)
    done = convert([tmp_path / "package.xml"], BytesIO(), to="ddi-lifecycle").written
    assert (done["cubes"], done["classifications"], done["classification items"]) == (1, 1, 3)


@needs_corpora
def test_what_is_written_is_valid():
    official = schema("ddi-lifecycle-3.3", "instance.xsd")
    assert official.validate(etree.fromstring(there_and_back(PACKAGE)[2])), official.error_log
