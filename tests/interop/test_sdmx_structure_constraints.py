"""Constraints on data: roles, regions, key sets, attachments, availability."""

# ruff: noqa: E501 - messages are easier to read in one piece

import pytest
from rdflib import URIRef
from sdmx_messages import URN, iri, read, rules, values

from semstat.interop.document import Document
from semstat.ontology.terms import RDF, SS, SST
from semstat.ontology.terms_metadata import SSR
from semstat.validators.diagnostics import Severity


def constraint(content: str, attributes: str = "", *, version: str = "2_1") -> Document:
    container, cls = ("Constraints", "ContentConstraint") if version == "2_1" else ("DataConstraints", "DataConstraint")
    return read(f"""<s:{container}><s:{cls} agencyID="A" id="C" version="1.0" {attributes}><c:Name>n</c:Name>{content}
        </s:{cls}></s:{container}>""", version=version)  # fmt: skip


CONSTRAINT = iri("registry.ContentConstraint=A:C(1.0)")


@pytest.mark.parametrize(
    ("version", "attributes", "role"),
    [("2_1", "", "Actual"), ("2_1", 'type="Allowed"', "Allowed"), ("3_0", 'role="Actual"', "Actual"), ("3_1", "", "Allowed")],
)  # fmt: skip
def test_roles(version: str, attributes: str, role: str) -> None:
    document = constraint("", attributes, version=version)
    (subject,) = document.graph.subjects(RDF.type, SST.DataConstraint)
    assert values(document, subject, SST.constraintRole) == {role}


def test_regions_of_2_1_include_by_default_and_cascade() -> None:
    document = constraint("""<s:ConstraintAttachment><s:DataStructure><Ref agencyID="A" id="D"/></s:DataStructure></s:ConstraintAttachment>
        <s:CubeRegion><c:KeyValue id="FREQ"><c:Value>M</c:Value><c:Value>Q</c:Value></c:KeyValue>
        <c:KeyValue id="AREA" include="false"><c:Value cascadeValues="true">EU</c:Value></c:KeyValue>
        <c:KeyValue id="TIME_PERIOD"><c:TimeRange><c:StartPeriod isInclusive="false">2000</c:StartPeriod><c:EndPeriod>2010</c:EndPeriod>
        </c:TimeRange></c:KeyValue><c:Attribute id="OBS_STATUS"/></s:CubeRegion><s:CubeRegion include="false"/>
        <s:ReleaseCalendar/><s:ReferencePeriod startTime="2000-01-01T00:00:00" endTime="2001-01-01T00:00:00"/>""")  # fmt: skip
    graph, region = document.graph, URIRef(CONSTRAINT + "#region-1")
    assert values(document, region, SST.isIncluded) == {"true"}
    assert values(document, URIRef(CONSTRAINT + "#region-2"), SST.isIncluded) == {"false"}
    member = URIRef(region + "-FREQ")
    assert (region, SST.memberSelection, member) in graph
    assert values(document, member, SST.value) == {"M", "Q"}
    assert values(document, member, SST.isIncluded) == {"true"}
    assert graph.value(member, SST.cascadeValues) is None
    assert values(document, URIRef(region + "-AREA"), SST.cascadeValues) == {"true"}
    assert values(document, URIRef(region + "-AREA"), SST.isIncluded) == {"false"}
    time = URIRef(region + "-TIME_PERIOD")
    assert (values(document, time, SST.startTime), values(document, time, SST.endTime)) == ({"2000"}, {"2010"})
    assert values(document, time, SST.startIsInclusive) == {"false"}
    assert values(document, time, SST.endIsInclusive) == set()
    assert values(document, URIRef(region + "-OBS_STATUS"), SST.componentId) == {"OBS_STATUS"}
    assert graph.value(CONSTRAINT, SST.constrains) == iri("datastructure.DataStructure=A:D(1.0)")
    assert values(document, CONSTRAINT, SST.referenceStart) == {"2000-01-01T00:00:00"}
    assert values(document, CONSTRAINT, SST.referenceEnd) == {"2001-01-01T00:00:00"}
    assert (CONSTRAINT, SST.releaseCalendar, URIRef(CONSTRAINT + "#calendar")) in graph
    assert values(document, CONSTRAINT, SS.unreadContent) == set()
    assert rules(document, least=Severity.INFO) == ["DSD001"]


def test_key_sets_with_keys_and_components() -> None:
    document = constraint("""<s:DataKeySet isIncluded="false"><s:Key><s:KeyValue id="FREQ"><s:Value>M</s:Value></s:KeyValue>
        <s:Component id="OBS_STATUS"><s:Value>A</s:Value></s:Component></s:Key><s:Key/></s:DataKeySet>""", 'role="Allowed"', version="3_0")  # fmt: skip
    node = URIRef(iri("registry.DataConstraint=A:C(1.0)") + "#keyset-1")
    assert values(document, node, SST.isIncluded) == {"false"}
    assert values(document, node, SST.dataKey) == {f"{node}-key-1", f"{node}-key-2"}
    assert values(document, URIRef(node + "-key-1-FREQ"), SST.value) == {"M"}
    assert values(document, URIRef(node + "-key-1-OBS_STATUS"), SST.value) == {"A"}
    assert document.positions[URIRef(node + "-key-1")].line == 2


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ('<s:DataProvider><Ref agencyID="A" maintainableParentID="DATA_PROVIDERS" id="P"/></s:DataProvider>', "base.DataProvider=A:DATA_PROVIDERS(1.0).P"),
        ('<s:ProvisionAgreement><Ref agencyID="A" id="P"/></s:ProvisionAgreement>', "registry.ProvisionAgreement=A:P(1.0)"),
        ('<s:Dataflow><Ref agencyID="A" id="F" version="2.0"/></s:Dataflow>', "datastructure.Dataflow=A:F(2.0)"),
    ],
)  # fmt: skip
def test_attachments(target: str, name: str) -> None:
    document = constraint(f"<s:ConstraintAttachment>{target}</s:ConstraintAttachment>")
    assert document.graph.value(CONSTRAINT, SST.constrains) == iri(name)


def test_addresses_are_read_and_queryable_sources_kept() -> None:
    document = constraint(
        """<s:ConstraintAttachment><s:SimpleDataSource>http://x</s:SimpleDataSource><s:QueryableDataSource>
        <c:DataURL>http://y</c:DataURL></s:QueryableDataSource></s:ConstraintAttachment>"""
    )
    assert values(document, CONSTRAINT, SST.dataSource) == {"http://x"}
    assert "http://y" in str(document.graph.value(CONSTRAINT, SS.unreadContent))
    assert rules(document, least=Severity.INFO) == ["IO114"]


def test_what_3x_adds_to_members() -> None:
    document = constraint("""<s:ReleaseCalendar><s:Periodicity>P1M</s:Periodicity><s:Offset>P10D</s:Offset><s:Tolerance>P2D</s:Tolerance></s:ReleaseCalendar>
        <s:CubeRegion><c:Annotations><c:Annotation id="n"/></c:Annotations><s:KeyValue id="X" removePrefix="true" validFrom="2020"><s:Value>C</s:Value><s:Value cascadeValues="excluderoot">A</s:Value>
        <s:Value validTo="2021">B</s:Value></s:KeyValue><s:Component id="T"><s:Value xml:lang="fr">un</s:Value></s:Component>
        <s:KeyValue id="TIME"><s:TimeRange validTo="2024"><s:AfterPeriod>2020</s:AfterPeriod></s:TimeRange></s:KeyValue></s:CubeRegion>""", 'role="Allowed"', version="3_0")  # fmt: skip
    graph, subject = document.graph, iri("registry.DataConstraint=A:C(1.0)")
    calendar = graph.value(subject, SST.releaseCalendar)
    assert [str(graph.value(calendar, term)) for term in (SST.periodicity, SST.offset, SST.tolerance)] == [
        "P1M",
        "P10D",
        "P2D",
    ]
    region = URIRef(subject + "#region-1")
    assert values(document, URIRef(region + "-annotation-1"), SS.identifier) == {"n"}
    member = URIRef(region + "-X")
    assert values(document, member, SST.value) == {"A", "B", "C"}
    assert (values(document, member, SST.removePrefix), values(document, member, SS.validFrom)) == ({"true"}, {"2020"})
    first, second = sorted(graph.objects(member, SST.memberValue))
    assert (str(graph.value(first, SST.value)), str(graph.value(first, SST.cascadeValues))) == ("A", "excluderoot")
    assert (str(graph.value(second, SST.value)), str(graph.value(second, SS.validTo))) == ("B", "2021")
    assert values(document, URIRef(region + "-T-value-1"), SST.valueLanguage) == {"fr"}
    place = URIRef(region + "-TIME-value-1")
    assert (values(document, place, SST.value), values(document, place, SS.validTo)) == (set(), {"2024"})
    assert rules(document, least=Severity.INFO) == []


def test_constraints_that_are_not_on_data_are_of_their_own_class() -> None:
    document = read(f"""<s:MetadataConstraints><s:MetadataConstraint agencyID="A" id="M" version="1.0.0" role="Allowed"><c:Name>n</c:Name>
        <s:ConstraintAttachment><s:Metadataflow>{URN}metadatastructure.Metadataflow=A:MF(1.0.0)</s:Metadataflow></s:ConstraintAttachment>
        <s:MetadataTargetRegion validTo="2030"><s:Component id="CONTACT.MAIL"><s:Value>x</s:Value></s:Component></s:MetadataTargetRegion></s:MetadataConstraint></s:MetadataConstraints>""", version="3_0")  # fmt: skip
    graph, subject = document.graph, iri("registry.MetadataConstraint=A:M(1.0.0)")
    assert (subject, RDF.type, SSR.MetadataConstraint) in graph
    assert (subject, RDF.type, SST.DataConstraint) not in graph
    region = graph.value(subject, SSR.targetRegion)
    assert str(graph.value(region, SS.validTo)) == "2030"
    assert values(document, URIRef(f"{region}-CONTACT.MAIL"), SST.value) == {"x"}
    document = read("""<s:Constraints><s:AttachmentConstraint agencyID="A" id="C" version="1.0"><c:Name>n</c:Name>
        <s:DataKeySet isIncluded="true"><s:Key><c:KeyValue id="X"><c:Value>1</c:Value></c:KeyValue></s:Key></s:DataKeySet></s:AttachmentConstraint></s:Constraints>""")
    subject = iri("registry.AttachmentConstraint=A:C(1.0)")
    assert (subject, RDF.type, SSR.AttachmentConstraint) in document.graph
    assert (subject, RDF.type, SST.DataConstraint) not in document.graph
    assert (subject, SST.dataKeySet, None) in document.graph


def test_an_availability_constraint_belongs_to_what_it_describes() -> None:
    document = read("""<s:AvailabilityConstraints><s:AvailabilityConstraint seriesCount="3"><s:ConstraintAttachment>
        <s:Dataflow>urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=A:F(1.0)</s:Dataflow></s:ConstraintAttachment>
        <s:CubeRegion include="true"/></s:AvailabilityConstraint></s:AvailabilityConstraints>""", version="3_1")  # fmt: skip
    node = URIRef(iri("datastructure.Dataflow=A:F(1.0)") + "#availability-1")
    assert values(document, node, SST.constraintRole) == {"Actual"}
    assert values(document, node, SST.seriesCount) == {"3"}
    assert rules(document, least=Severity.INFO) == ["DSD001"]
    assert values(document, node, SST.cubeRegion) == {f"{node}-region-1"}
