"""Reference metadata: structures, flows, agreements and metadata sets, from small messages of our own."""

# ruff: noqa: E501 - messages are easier to read in one piece

import pytest
from rdflib import Literal
from sdmx_messages import DSD, STEM, URN, component, iri, read, rules, values

from semstat.interop.document import Document
from semstat.interop.formats.sdmx.structure import read_structure
from semstat.ontology.terms import RDF, SKOS, SS, SST
from semstat.ontology.terms_metadata import SSR
from semstat.validators.diagnostics import Severity

MSD = f"""<s:MetadataStructures><s:MetadataStructure agencyID="A" id="M" version="1.0.0"><c:Name>n</c:Name><s:MetadataStructureComponents>
<s:MetadataAttributeList id="MetadataAttributeDescriptor"><s:MetadataAttribute id="CONTACT" minOccurs="0" maxOccurs="unbounded" isPresentational="true">
<s:ConceptIdentity>{URN}conceptscheme.Concept=A:CS(1.0.0).CONTACT</s:ConceptIdentity>
<s:MetadataAttribute id="MAIL" urn="{URN}metadatastructure.MetadataAttribute=A:M(1.0.0).CONTACT.MAIL"><s:ConceptIdentity>{URN}conceptscheme.Concept=A:CS(1.0.0).MAIL</s:ConceptIdentity>
<s:LocalRepresentation><s:TextFormat textType="String" maxLength="80"/></s:LocalRepresentation></s:MetadataAttribute></s:MetadataAttribute></s:MetadataAttributeList>
</s:MetadataStructureComponents></s:MetadataStructure></s:MetadataStructures>"""


def test_attributes_of_a_metadata_structure_are_nested() -> None:
    document = read(MSD, version="3_0")
    graph, outer = document.graph, iri("metadatastructure.MetadataAttribute=A:M(1.0.0).CONTACT")
    inner = iri("metadatastructure.MetadataAttribute=A:M(1.0.0).CONTACT.MAIL")
    assert (iri("metadatastructure.MetadataStructure=A:M(1.0.0)"), SSR.metadataAttribute, outer) in graph
    assert (outer, SSR.metadataAttribute, inner) in graph
    stated = (SST.minOccurs, SST.maxOccurs, SSR.isPresentational)
    assert [str(graph.value(outer, term)) for term in stated] == ["0", "unbounded", "true"]
    assert graph.value(inner, SST.conceptIdentity) == iri("conceptscheme.Concept=A:CS(1.0.0).MAIL")
    assert str(graph.value(graph.value(inner, SST.representation), SST.maxLength)) == "80"
    assert rules(document, least=Severity.INFO) == ["DSD001"]
    assert document.positions[inner].line == 5


def test_metadata_structures_of_21() -> None:
    document = read("""<s:MetadataStructures><s:MetadataStructure agencyID="A" id="M" version="1.0"><c:Name>n</c:Name><s:MetadataStructureComponents>
        <s:MetadataTarget id="T"><s:KeyDescriptorValuesTarget><s:LocalRepresentation><s:TextFormat textType="KeyValues"/></s:LocalRepresentation></s:KeyDescriptorValuesTarget>
        <s:IdentifiableObjectTarget id="F" objectType="Dataflow"><s:LocalRepresentation><s:Enumeration><Ref agencyID="A" id="CS" class="CategoryScheme" package="categoryscheme"/></s:Enumeration></s:LocalRepresentation></s:IdentifiableObjectTarget>
        <s:ReportPeriodTarget/><s:DataSetTarget/></s:MetadataTarget>
        <s:ReportStructure id="R"><s:MetadataAttribute><s:ConceptIdentity><Ref agencyID="A" maintainableParentID="CS" id="ADDR"/></s:ConceptIdentity>
        <s:MetadataAttribute id="CITY"/></s:MetadataAttribute><s:MetadataTarget><Ref id="T"/></s:MetadataTarget><s:MetadataTarget><Ref id="Z"/></s:MetadataTarget></s:ReportStructure>
        </s:MetadataStructureComponents></s:MetadataStructure></s:MetadataStructures>""")
    graph, target = document.graph, iri("metadatastructure.MetadataTarget=A:M(1.0).T")
    kinds = {
        str(graph.value(node, SSR.targetKind)): str(graph.value(node, SS.identifier))
        for node in graph.objects(target, SSR.targetObject)
    }
    assert kinds == {"KeyDescriptorValuesTarget": "DIMENSION_DESCRIPTOR_VALUES_TARGET", "IdentifiableObjectTarget": "F",
                     "ReportPeriodTarget": "REPORT_PERIOD_TARGET", "DataSetTarget": "DATA_SET_TARGET"}  # fmt: skip
    report = iri("metadatastructure.ReportStructure=A:M(1.0).R")
    assert (report, SSR.forTarget, target) in graph
    address = iri("metadatastructure.MetadataAttribute=A:M(1.0).R.ADDR")
    assert (report, SSR.metadataAttribute, address) in graph
    assert (address, SSR.metadataAttribute, iri("metadatastructure.MetadataAttribute=A:M(1.0).R.ADDR.CITY")) in graph
    flow = iri("metadatastructure.IdentifiableObjectTarget=A:M(1.0).T.F")
    assert str(graph.value(flow, SSR.objectType)) == "Dataflow"
    missing = {str(item.value).rsplit("=")[1] for item in document.diagnostics if item.rule == "DSD001"}
    assert missing == {"A:CS(1.0)", "A:M(1.0).Z"}


def test_flows_and_agreements_may_be_about_patterns() -> None:
    document = read(f"""<s:Metadataflows><s:Metadataflow agencyID="A" id="MF" version="1.0.0"><c:Name>n</c:Name><s:Structure>{URN}metadatastructure.MetadataStructure=A:M(1.0.0)</s:Structure>
        <s:Target>{URN}datastructure.Dataflow=*:*(*)</s:Target><s:Target>{URN}datastructure.Dataflow=A:F(1.0.0)</s:Target></s:Metadataflow></s:Metadataflows>
        <s:MetadataProvisionAgreements><s:MetadataProvisionAgreement agencyID="A" id="MPA" version="1.0.0"><c:Name>n</c:Name><s:Metadataflow>{URN}metadatastructure.Metadataflow=A:MF(1.0.0)</s:Metadataflow>
        <s:MetadataProvider>{URN}base.MetadataProvider=A:METADATA_PROVIDERS(1.0).P</s:MetadataProvider></s:MetadataProvisionAgreement></s:MetadataProvisionAgreements>""", version="3_0")  # fmt: skip
    graph, flow = document.graph, iri("metadatastructure.Metadataflow=A:MF(1.0.0)")
    assert graph.value(flow, SSR.target) == iri("datastructure.Dataflow=A:F(1.0.0)")
    assert values(document, flow, SSR.targetPattern) == {URN + "datastructure.Dataflow=*:*(*)"}
    agreement = iri("registry.MetadataProvisionAgreement=A:MPA(1.0.0)")
    assert graph.value(agreement, SSR.metadataflow) == flow
    missing = sorted(str(item.value).rsplit("=")[1] for item in document.diagnostics)
    assert missing == ["A:F(1.0.0)", "A:M(1.0.0)", "A:METADATA_PROVIDERS(1.0)"]


def metadata(body: str, *, version: str, structure: str = "") -> Document:
    names = "".join(
        f' xmlns:{prefix}="{STEM}{version}/{name}"'
        for prefix, name in (("m", "message"), ("c", "common"), ("g", "metadata/generic"))
    )
    header = f"<m:Header><m:ID>X</m:ID>{structure}</m:Header>"
    return read_structure(f"<m:GenericMetadata{names}>{header}\n{body}</m:GenericMetadata>".encode(), origin="f.xml")


def test_a_metadata_set_of_3x() -> None:
    document = metadata(f"""<m:MetadataSet agencyID="A" id="S" version="1.0.0" action="Replace" publicationYear="2020"><c:Name>n</c:Name><g:Metadataflow>{URN}metadatastructure.Metadataflow=A:MF(1.0.0)</g:Metadataflow>
        <g:Target>{URN}datastructure.Dataflow=A:F(1.0.0)</g:Target><g:Attribute id="A1"><c:Annotations><c:Annotation id="n"/></c:Annotations><g:Value>01</g:Value><g:Attribute id="B1"><c:Text xml:lang="fr">un</c:Text><c:Text xml:lang="en">one</c:Text></g:Attribute></g:Attribute>
        <g:Attribute id="A2"><c:StructuredText xml:lang="fr"><div xmlns="http://www.w3.org/1999/xhtml"><p>a<b>b</b></p></div></c:StructuredText></g:Attribute></m:MetadataSet>""", version="3_0")  # fmt: skip
    graph, subject = document.graph, iri("metadatastructure.MetadataSet=A:S(1.0.0)")
    assert {SSR.MetadataSet, SS.MaintainableArtefact} <= set(graph.objects(subject, RDF.type))
    assert graph.value(subject, SSR.target) == iri("datastructure.Dataflow=A:F(1.0.0)")
    assert [str(graph.value(subject, term)) for term in (SSR.action, SSR.publicationYear)] == ["Replace", "2020"]
    first, second = sorted(graph.objects(subject, SSR.reportedAttribute))
    assert (str(graph.value(first, SSR.attributeId)), graph.value(first, SST.value)) == ("A1", Literal("01"))
    assert str(graph.value(graph.value(first, SS.annotation), SS.identifier)) == "n"
    below = graph.value(first, SSR.reportedAttribute)
    assert set(graph.objects(below, SSR.text)) == {Literal("un", lang="fr"), Literal("one", lang="en")}
    rich = graph.value(second, SSR.structuredText)
    assert "<p>a<b>b</b></p>" in str(graph.value(rich, SSR.markup))
    assert str(graph.value(rich, SSR.language)) == "fr"
    assert rules(document, least=Severity.INFO) == ["DSD001", "DSD001"]


STRUCTURE_OF_SET = (
    '<m:Structure structureID="STR1"><c:Structure><Ref agencyID="A" id="M" version="1.0"/></c:Structure></m:Structure>'
)
SET_21 = """<m:MetadataSet structureRef="{}" setID="S" action="Append"><c:Name xml:lang="fr">n</c:Name><g:Report id="R"><g:Target id="T">
<g:ReferenceValue id="P"><g:ReportPeriod>2010</g:ReportPeriod></g:ReferenceValue><g:ReferenceValue id="K"><g:DataKey/></g:ReferenceValue>
<g:ReferenceValue id="C"><g:ObjectReference><URN>{}categoryscheme.Category=A:CS(1.0).X.Y</URN></g:ObjectReference></g:ReferenceValue></g:Target>
<g:AttributeSet><g:ReportedAttribute id="A1" value="v"><g:AttributeSet><g:ReportedAttribute id="B1"><c:Text xml:lang="es">uno</c:Text></g:ReportedAttribute></g:AttributeSet></g:ReportedAttribute>
<g:Odd/></g:AttributeSet></g:Report></m:MetadataSet>"""


def test_a_metadata_set_of_21_is_part_of_its_structure() -> None:
    one = SET_21.format("STR1", URN)
    document = metadata(one + one, version="2_1", structure=STRUCTURE_OF_SET)
    graph, structure = document.graph, iri("metadatastructure.MetadataStructure=A:M(1.0)")
    sets = sorted(graph.subjects(SSR.structure, structure))
    assert [str(node).rsplit("#")[1] for node in sets] == ["metadata-set-1", "metadata-set-2"]
    assert graph.value(sets[0], SKOS.prefLabel) == Literal("n", lang="fr")
    assert [str(graph.value(sets[0], term)) for term in (SSR.setId, SSR.action)] == ["S", "Append"]
    report = graph.value(sets[0], SSR.report)
    assert [str(graph.value(report, term)) for term in (SS.identifier, SSR.targetId)] == ["R", "T"]
    period, key, category = sorted(graph.objects(report, SSR.referenceValue))
    assert str(graph.value(period, SSR.reportPeriod)) == "2010"
    assert "DataKey" in str(graph.value(key, SS.unreadContent))
    assert graph.value(category, SSR.referencedArtefact) == iri("categoryscheme.Category=A:CS(1.0).X.Y")
    outer = graph.value(report, SSR.reportedAttribute)
    assert str(graph.value(outer, SST.value)) == "v"
    assert graph.value(graph.value(outer, SSR.reportedAttribute), SSR.text) == Literal("uno", lang="es")
    assert "Odd" in str(graph.value(report, SS.unreadContent))
    assert {document.positions[node].line for node in sets} == {2, 6}


@pytest.mark.parametrize("stated", ["", "STR9"])
def test_a_metadata_set_without_structure_is_named(stated: str) -> None:
    document = metadata(SET_21.format(stated, URN), version="2_1", structure=STRUCTURE_OF_SET)
    assert len(document.graph) == 0
    assert any(item.rule == "IO108" and f"`{stated}`" in item.message for item in document.diagnostics)


def test_a_data_structure_that_uses_metadata_attributes_and_evolves() -> None:
    body = DSD.replace(
        "<c:Name>n</c:Name>",
        f"<c:Name>n</c:Name><s:Metadata>{URN}metadatastructure.MetadataStructure=A:M(1.0.0)</s:Metadata>",
        1,
    )
    body = body.replace(
        'version="1.0"', 'version="1.0" evolvingStructure="true"'
    ).format("""<s:DimensionList><c:Annotations><c:Annotation id="L"/></c:Annotations>
        <s:Dimension id="X"/><s:Dimension id="Y"/></s:DimensionList><s:AttributeList><s:Attribute id="N"><s:AttributeRelationship><s:Dimension optional="true">X</s:Dimension><s:Dimension>Y</s:Dimension></s:AttributeRelationship></s:Attribute>
        <s:MetadataAttributeUsage><s:MetadataAttributeReference>CONTACT</s:MetadataAttributeReference><s:AttributeRelationship><s:Dimension>X</s:Dimension></s:AttributeRelationship></s:MetadataAttributeUsage></s:AttributeList>""")
    flow = f"""<s:Dataflows><s:Dataflow agencyID="A" id="F" version="1.0.0"><c:Name>n</c:Name><s:Structure>{URN}datastructure.DataStructure=A:D(1.0)</s:Structure>
        <s:DimensionConstraint><s:Dimension>X</s:Dimension><s:Dimension>Y</s:Dimension></s:DimensionConstraint></s:Dataflow></s:Dataflows>"""
    document = read(body + MSD + flow, version="3_1")
    graph, subject = document.graph, iri("datastructure.DataStructure=A:D(1.0)")
    assert str(graph.value(subject, SST.isEvolving)) == "true"
    assert graph.value(subject, SST.metadataStructure) == iri("metadatastructure.MetadataStructure=A:M(1.0.0)")
    usage = graph.value(subject, SST.metadataAttributeUsage)
    assert str(graph.value(usage, SST.metadataAttribute)) == "CONTACT"
    assert graph.value(usage, SST.usesMetadataAttribute) == iri(
        "metadatastructure.MetadataAttribute=A:M(1.0.0).CONTACT"
    )
    assert graph.value(usage, SST.attachedToComponent) == component("Dimension=X")
    assert graph.value(component("DataAttribute=N"), SST.optionallyAttachedTo) == component("Dimension=X")
    dimensions = graph.value(subject, SST.componentList)
    assert str(graph.value(graph.value(dimensions, SS.annotation), SS.identifier)) == "L"
    assert values(document, iri("datastructure.Dataflow=A:F(1.0.0)"), SST.constrainsDimension) == {"X", "Y"}
    assert rules(document, least=Severity.INFO) == ["DSD001"]
