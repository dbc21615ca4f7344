"""Data structures: components, representations, groups, attachment; provision agreements."""

# ruff: noqa: E501 - messages are easier to read in one piece

import pytest
from rdflib import Literal, URIRef
from sdmx_messages import CONCEPT, CONCEPTS, DSD, codelist, component, iri, read, rules, values

from semstat.interop.document import Document
from semstat.ontology.terms import QB, RDF, SKOS, SS, SST
from semstat.validators.diagnostics import Severity


def structure_with(attributes: str, **options: str) -> Document:
    return read(DSD.format(f"""<s:DimensionList><s:Dimension id="FREQ"/><s:Dimension id="AREA"/></s:DimensionList>
        <s:Group id="G"><s:GroupDimension><s:DimensionReference><Ref id="AREA"/></s:DimensionReference></s:GroupDimension></s:Group>
        <s:AttributeList>{attributes}</s:AttributeList>"""), **options)  # fmt: skip


LEVELS = [
    ("2_1", "<s:None/>", "dataset", set(), set()),
    ("2_1", '<s:Dimension><Ref id="FREQ"/></s:Dimension>', "series", {"FREQ"}, set()),
    ("2_1", '<s:Dimension><Ref id="FREQ"/></s:Dimension><s:AttachmentGroup><Ref id="G"/></s:AttachmentGroup>', "series", {"FREQ", "AREA"}, {"G"}),
    ("2_1", '<s:Group><Ref id="G"/></s:Group>', "group", {"AREA"}, {"G"}),
    ("2_1", '<s:PrimaryMeasure><Ref id="OBS_VALUE"/></s:PrimaryMeasure>', "observation", set(), set()),
    ("3_0", "<s:Dataflow/>", "dataset", set(), set()),
    ("3_0", "<s:Dimension>FREQ</s:Dimension><s:Dimension>AREA</s:Dimension>", "series", {"FREQ", "AREA"}, set()),
    ("3_0", "<s:Group>G</s:Group>", "group", {"AREA"}, {"G"}),
    ("3_0", "<s:Observation/>", "observation", set(), set()),
]  # fmt: skip


@pytest.mark.parametrize(("version", "relationship", "level", "dimensions", "groups"), LEVELS)
def test_attachment(version: str, relationship: str, level: str, dimensions: set[str], groups: set[str]) -> None:
    document = structure_with(
        f'<s:Attribute id="X"><s:AttributeRelationship>{relationship}</s:AttributeRelationship></s:Attribute>',
        version=version,
    )
    attribute = component("DataAttribute=X")
    assert values(document, attribute, SST.attachmentLevel) == {level}
    assert {name.rsplit("/", 1)[1] for name in values(document, attribute, SST.attachedToComponent)} == dimensions
    assert {name.rsplit("/", 1)[1] for name in values(document, attribute, SST.attachedToGroup)} == groups
    assert rules(document) == []


def test_relationships_to_what_the_structure_lacks() -> None:
    document = structure_with("""<s:Attribute id="X"><s:AttributeRelationship><s:Dimension><Ref id="NO"/></s:Dimension>
        <s:AttachmentGroup><Ref id="NONE"/></s:AttachmentGroup></s:AttributeRelationship></s:Attribute>""")
    assert [(item.rule, item.value) for item in document.diagnostics] == [("DSD004", "NO"), ("DSD004", "NONE")]


@pytest.mark.parametrize(
    ("stated", "usage"),
    [('assignmentStatus="Mandatory"', "mandatory"), ('assignmentStatus="Conditional"', "optional"), ('usage="mandatory"', "mandatory"), ("", "optional")],
)  # fmt: skip
def test_usage(stated: str, usage: str) -> None:
    assert values(structure_with(f'<s:Attribute id="X" {stated}/>'), component("DataAttribute=X"), SST.usage) == {usage}


def test_reporting_year_start_day_and_metadata_attributes() -> None:
    document = structure_with(
        "<s:ReportingYearStartDay/><s:MetadataAttributeUsage/>", version="3_0"
    )  # it names no attribute
    assert (component("ReportingYearStartDay=REPORTING_YEAR_START_DAY"), RDF.type, SST.Attribute) in document.graph
    assert rules(document, least=Severity.INFO) == ["IO108"]


def test_a_component_twice_and_a_component_without_name() -> None:
    document = structure_with('<s:Attribute id="FREQ"/><s:Attribute/><s:Attribute id="Y"/>')
    assert rules(document) == ["DSD003", "IO108"]
    assert (component("DataAttribute=Y"), RDF.type, SST.Attribute) in document.graph


def test_measures_sentinels_and_occurrences_of_3x() -> None:
    document = read(DSD.format("""<s:DimensionList><s:Dimension id="FREQ"/></s:DimensionList><s:AttributeList><s:Attribute id="X">
        <s:LocalRepresentation minOccurs="0" maxOccurs="unbounded"><s:TextFormat textType="Decimal" minValue="0.10" maxValue="1e3">
        <s:SentinelValue value="-1"/></s:TextFormat></s:LocalRepresentation><s:AttributeRelationship><s:Observation/></s:AttributeRelationship>
        <s:MeasureRelationship><s:Measure>M2</s:Measure></s:MeasureRelationship></s:Attribute></s:AttributeList>
        <s:MeasureList><s:Measure id="M1"/><s:Measure id="M2" usage="mandatory"/></s:MeasureList>"""), version="3_0")  # fmt: skip
    node = URIRef(component("DataAttribute=X") + "#representation")
    graph = document.graph
    facets = {"textType": "Decimal", "minValue": "0.10", "maxValue": "1e3", "minOccurs": "0", "maxOccurs": "unbounded"}
    assert {key: graph.value(node, SST[key]) for key in facets} == {key: Literal(text) for key, text in facets.items()}
    sentinel = graph.value(node, SST.sentinelValue)
    assert graph.value(sentinel, SST.value) == Literal("-1")
    assert set(graph.objects(component("DataAttribute=X"), SST.measureRelationship)) == {component("Measure=M2")}
    assert values(document, component("Measure=M2"), SST.usage) == {"mandatory"}
    assert (component("Measure=M1"), RDF.type, QB.MeasureProperty) in graph
    assert rules(document) == []


def test_a_local_representation_beats_the_core_one_and_formats_stand_beside_enumerations() -> None:
    local = """<s:LocalRepresentation><s:Enumeration><Ref agencyID="A" id="OTHER"/></s:Enumeration>
        <s:EnumerationFormat textType="String" maxLength="2"/></s:LocalRepresentation>"""
    document = read(
        CONCEPTS
        + DSD.format(
            f'<s:DimensionList><s:Dimension id="SEX">{CONCEPT.format("SEX")}{local}</s:Dimension></s:DimensionList>'
        )
    )
    node = URIRef(component("Dimension=SEX") + "#representation")
    assert values(document, node, SST.enumeration) == {str(iri("codelist.Codelist=A:OTHER(1.0)"))}
    assert values(document, node, SST.maxLength) == {"2"}


def test_concept_roles() -> None:
    role = '<s:ConceptRole><Ref agencyID="A" maintainableParentID="CS" id="FREQ" class="Concept"/></s:ConceptRole>'
    document = read(
        CONCEPTS
        + DSD.format(
            f'<s:DimensionList><s:Dimension id="X">{CONCEPT.format("FREQ")}{role}</s:Dimension></s:DimensionList>'
        )
    )
    assert document.graph.value(component("Dimension=X"), SST.conceptRole) == iri(
        "conceptscheme.Concept=A:CS(1.0).FREQ"
    )


def test_a_measure_dimension_is_enumerated_by_a_concept_scheme() -> None:
    local = '<s:LocalRepresentation><s:Enumeration><Ref agencyID="A" id="CS" class="ConceptScheme"/></s:Enumeration></s:LocalRepresentation>'
    document = read(
        CONCEPTS
        + DSD.format(
            f'<s:DimensionList><s:MeasureDimension id="M">{CONCEPT.format("NOTE")}{local}</s:MeasureDimension></s:DimensionList>'
        )
    )
    measure = component("MeasureDimension=M")
    assert (measure, RDF.type, SST.MeasureDimension) in document.graph
    assert values(document, URIRef(measure + "#representation"), SST.enumeration) == {
        str(iri("conceptscheme.ConceptScheme=A:CS(1.0)"))
    }


def test_groups_with_an_attachment_constraint() -> None:
    document = read(
        DSD.format(
            '<s:Group id="G"><s:AttachmentConstraint><Ref agencyID="A" id="C"/></s:AttachmentConstraint></s:Group>'
        )
    )
    assert (
        iri("datastructure.DataStructure=A:D(1.0)"),
        SST.group,
        component("GroupDimensionDescriptor=G"),
    ) in document.graph
    assert rules(document, least=Severity.INFO) == ["DSD001"]


@pytest.mark.parametrize("usage", ["StructureUsage", "Dataflow"])
def test_provision_agreements(usage: str) -> None:
    document = read(f"""<s:ProvisionAgreements><s:ProvisionAgreement agencyID="A" id="P" version="1.0"><s:{usage}>
        <Ref agencyID="A" id="F"/></s:{usage}><s:DataProvider><Ref agencyID="A" maintainableParentID="DATA_PROVIDERS" id="X"/></s:DataProvider>
        </s:ProvisionAgreement></s:ProvisionAgreements>""")
    agreement = iri("registry.ProvisionAgreement=A:P(1.0)")
    assert document.graph.value(agreement, SST.dataflow) == iri("datastructure.Dataflow=A:F(1.0)")
    assert document.graph.value(agreement, SST.dataProvider) == iri("base.DataProvider=A:DATA_PROVIDERS(1.0).X")


def test_what_stands_where_it_must_not_is_reported_and_kept() -> None:
    document = read(DSD.format(f"""<s:DimensionList><s:Dimension id="X" usage="mandatory">{CONCEPT.format("X")}{CONCEPT.format("Y")}</s:Dimension>
        <s:Attribute id="LOST"/></s:DimensionList>"""))  # fmt: skip
    assert sorted(rules(document)) == ["DSD001", "IO108", "IO108", "IO108"]
    kept = " ".join(sorted(values(document, component("Dimension=X"), SS.unreadContent)))
    assert 'usage="mandatory"' in kept
    assert 'id="Y"' in kept
    assert "LOST" in next(iter(values(document, iri("datastructure.DataStructure=A:D(1.0)"), SS.unreadContent)))


def test_markup_and_comments_within_a_name() -> None:
    document = codelist(
        '<s:Code id="A"><c:Name>a<!-- no -->b<i>c</i></c:Name></s:Code><s:Code id="B"><c:Name>d<!-- -->e</c:Name></s:Code>'
    )
    assert values(document, iri("codelist.Code=A:CL(1.0).A"), SKOS.prefLabel) == {"abc"}
    assert values(document, iri("codelist.Code=A:CL(1.0).B"), SKOS.prefLabel) == {"de"}
    assert rules(document) == ["IO108"]
