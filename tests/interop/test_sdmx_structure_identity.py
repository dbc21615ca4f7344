"""Identity and references in structure messages: URNs, duplicates, stubs, wildcards, what is missing."""

# ruff: noqa: E501 - messages are easier to read in one piece

import pytest
from rdflib import URIRef
from sdmx_messages import (
    CODELIST,
    CONCEPT,
    CONCEPTS,
    DSD,
    URN,
    codelist,
    codes,
    component,
    iri,
    message,
    read,
    rules,
    values,
)

from semstat.interop.formats.sdmx.structure import read_structures
from semstat.ontology.iri import urn_to_iri
from semstat.ontology.terms import QB, RDF, SKOS, SS, SST


def test_a_urn_that_differs_loses_to_the_element() -> None:
    document = read("""<s:Codelists><s:Codelist agencyID="A" id="CL" version="1.0.0" urn="urn:sdmx:org.sdmx.infomodel.codelist.Codelist=A:CL(1.0)">
        <s:Code id="X" urn="urn:sdmx:org.sdmx.infomodel.codelist.Code=A:CL(1.0).X"/>
        <s:Code id="Y" urn="urn:sdmx:org.sdmx.infomodel.codelist.Code=A:CL(1.0).Z"/></s:Codelist></s:Codelists>""", version="3_0")  # fmt: skip
    assert codes(document, "codelist.Codelist=A:CL(1.0.0)") == ["X", "Y"]
    assert [(item.rule, item.location.line) for item in document.diagnostics] == [("DSD002", 2), ("DSD002", 4)]


def test_duplicate_codes_keep_the_first_and_the_raw_second() -> None:
    document = codelist(
        '<s:Code id="A"><c:Name>first</c:Name></s:Code><s:Code id="A"><c:Name>second</c:Name></s:Code><s:Code id="B"/>'
    )
    assert rules(document) == ["DSD003"]
    assert codes(document, "codelist.Codelist=A:CL(1.0)") == ["A", "B"]
    assert values(document, iri("codelist.Code=A:CL(1.0).A"), SKOS.prefLabel) == {"first"}
    assert "second" in next(iter(values(document, iri("codelist.Codelist=A:CL(1.0)"), SS.unreadContent)))


def test_an_artefact_twice() -> None:
    one, two = CODELIST.format('<s:Code id="A"/>'), CODELIST.format('<s:Code id="B"/>')
    document = read(one + two)
    assert rules(document) == ["DSD003"]
    assert document.diagnostics[0].related[0].line == 2
    assert codes(document, "codelist.Codelist=A:CL(1.0)") == ["A"]


def test_the_same_artefact_in_two_files_is_no_fault_a_different_one_is_and_a_stub_gives_way() -> None:
    one, moved, two = (message(text) for text in (
        CODELIST.format('<s:Code id="A"/>'), "\n\n" + CODELIST.format('<s:Code id="A"/>'), CODELIST.format('<s:Code id="B"/>')))  # fmt: skip
    stub = message(
        '<s:Codelists><s:Codelist agencyID="A" id="CL" version="1.0" isExternalReference="true"/></s:Codelists>'
    )
    assert rules(read_structures([(one, "1"), (moved, "2")])) == []
    assert rules(read_structures([(one, "1"), (two, "2")])) == ["DSD003"]
    full = read_structures([(stub, "1"), (one, "2")])
    assert rules(full) == []
    assert codes(full, "codelist.Codelist=A:CL(1.0)") == ["A"]


def test_refs_without_class_package_and_version_and_ids_from_concepts() -> None:
    dimensions = f"""<s:DimensionList><s:TimeDimension>{CONCEPT.format("TIME_PERIOD")}</s:TimeDimension>
        <s:Dimension>{CONCEPT.format("FREQ")}</s:Dimension><s:Dimension id="S">{CONCEPT.format("SEX")}</s:Dimension></s:DimensionList>
        <s:MeasureList><s:PrimaryMeasure>{CONCEPT.format("OBS_VALUE")}</s:PrimaryMeasure></s:MeasureList>"""
    document = read(CODELIST.format('<s:Code id="A"/>') + CONCEPTS + DSD.format(dimensions))
    graph, structure = document.graph, iri("datastructure.DataStructure=A:D(1.0)")
    assert rules(document) == []
    assert set(graph.objects(structure, RDF.type)) == {SST.DataStructure, QB.DataStructureDefinition}
    wanted = [
        ("Dimension=FREQ", 1),
        ("Dimension=S", 2),
        ("TimeDimension=TIME_PERIOD", 3),
        ("PrimaryMeasure=OBS_VALUE", 1),
    ]
    for name, place in wanted:
        assert (structure, SST.component, component(name)) in graph
        assert str(graph.value(component(name), SS.position)) == str(place)
    assert graph.value(component("Dimension=S"), SST.conceptIdentity) == iri("conceptscheme.Concept=A:CS(1.0).SEX")
    assert set(graph.objects(component("Dimension=S"), RDF.type)) == {
        SST.Dimension,
        SST.Component,
        QB.DimensionProperty,
    }
    inherited = URIRef(component("Dimension=S") + "#representation")
    assert graph.value(inherited, SST.enumeration) == iri("codelist.Codelist=A:CL(1.0)")
    assert graph.value(component("Dimension=FREQ"), SST.representation) is None
    time = URIRef(component("TimeDimension=TIME_PERIOD") + "#representation")
    assert values(document, time, SST.textType) == {"ObservationalTimePeriod"}
    assert values(document, component("PrimaryMeasure=OBS_VALUE"), SST.usage) == {"optional"}


def test_a_missing_artefact_is_reported_once_with_the_number_of_references() -> None:
    dimensions = "".join(f'<s:Dimension id="{name}">{CONCEPT.format(name)}</s:Dimension>\n' for name in "XYZ")
    document = read(DSD.format(f"<s:DimensionList>{dimensions}</s:DimensionList>"))
    (found,) = document.diagnostics
    assert (found.rule, found.location.line, len(found.related)) == ("DSD001", 3, 2)
    assert "(3 references)" in found.message
    assert found.value == URN + "conceptscheme.ConceptScheme=A:CS(1.0)"


def test_a_concept_missing_in_a_scheme_that_is_there() -> None:
    body = CONCEPTS.replace("<s:CoreRepresentation>", "<!--").replace("</s:CoreRepresentation>", "-->")
    document = read(
        body + DSD.format(f'<s:DimensionList><s:Dimension id="X">{CONCEPT.format("X")}</s:Dimension></s:DimensionList>')
    )
    assert "Concept `A:CS(1.0).X`" in document.diagnostics[0].message
    assert rules(document) == ["DSD001"]


def test_ref_and_urn_side_by_side() -> None:
    flow = """<s:Dataflows><s:Dataflow agencyID="A" id="F" version="1.0"><s:Structure><Ref agencyID="A" id="D"/>
        <URN>urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=A:{}(1.0)</URN></s:Structure></s:Dataflow></s:Dataflows>"""
    same, other = read(DSD.format("") + flow.format("D")), read(DSD.format("") + flow.format("E"))
    assert rules(same) == []
    assert rules(other) == ["DSD002"]
    assert other.graph.value(iri("datastructure.Dataflow=A:F(1.0)"), SST.structure) == iri(
        "datastructure.DataStructure=A:D(1.0)"
    )


def test_urn_alone_and_a_text_that_is_none() -> None:
    flow = '<s:Dataflows><s:Dataflow agencyID="A" id="F" version="1.0"><s:Structure>{}</s:Structure></s:Dataflow></s:Dataflows>'
    urn = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=A:D(1.0)"
    document = read(flow.format(f"<URN>{urn}</URN>"))
    assert document.graph.value(iri("datastructure.Dataflow=A:F(1.0)"), SST.structure) == urn_to_iri(urn)
    broken = read(flow.format("A:D(1.0)"), version="3_0")
    assert rules(broken) == ["DSD001"]
    assert broken.diagnostics[0].value == "A:D(1.0)"


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [("1.0+.0", "1.2.0"), ("1.0.0+", "1.0.7"), ("1+.0.0", "2.0.0"), ("*", "2.0.0"), ("1.2.0-draft", "1.2.0-draft"), ("3+.0.0", None), ("1+2", None), ("+", "2.0.0")],
)  # fmt: skip
def test_wildcard_versions(wanted: str, chosen: str | None) -> None:
    versions = ("1.0.0", "1.0.7", "1.2.0-draft", "1.2.0", "2.0.0", "2.0.0-rc.1")
    structures = "".join(f'<s:DataStructure agencyID="A" id="D" version="{version}"/>' for version in versions)
    urn = f"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=A:D({wanted})"
    document = read(f"""<s:DataStructures>{structures}</s:DataStructures><s:Dataflows>
        <s:Dataflow agencyID="A" id="F" version="1.0.0"><s:Structure>{urn}</s:Structure></s:Dataflow></s:Dataflows>""", version="3_0")  # fmt: skip
    target = document.graph.value(iri("datastructure.Dataflow=A:F(1.0.0)"), SST.structure)
    assert target == iri(f"datastructure.DataStructure=A:D({chosen or wanted})")
    assert ("DSD001" in rules(document)) == (chosen is None)


def test_a_stub_codelist_is_not_taken_for_an_empty_one() -> None:
    stub = '<s:Codelists><s:Codelist agencyID="A" id="CL" version="1.0" isExternalReference="true"/></s:Codelists>'
    document = read(stub + CONCEPTS)
    assert rules(document) == ["DSD001"]
    assert "only its stub" in document.diagnostics[0].message


def test_the_urn_of_a_level_in_another_may_leave_that_out() -> None:
    def levels(*urns: str) -> str:
        first, second, third = (f"{URN}codelist.Level=A:{urn}" for urn in urns)
        return f"""<s:Hierarchies><s:Hierarchy agencyID="A" id="H" version="1.0"><c:Name>n</c:Name>
        <s:Level id="L1" urn="{first}"><c:Name>n</c:Name><s:Level id="L2" urn="{second}"><c:Name>n</c:Name>
        <s:Level id="L3" urn="{third}"><c:Name>n</c:Name></s:Level></s:Level></s:Level></s:Hierarchy></s:Hierarchies>"""

    assert rules(read(levels("H(1.0).L1", "H(1.0).L1.L2", "H(1.0).L1.L2.L3"), version="3_0")) == []
    assert rules(read(levels("H(1.0).L1", "H(1.0).L2", "H(1.0).L3"), version="3_0")) == []
    assert rules(read(levels("H(1.0).L1", "H(1.0).L1", "H(1.0).L2.L3"), version="3_0")) == ["DSD002", "DSD002"]


def test_the_urn_of_a_level_of_2_1_begins_with_the_hierarchy() -> None:
    def levels(short: str) -> str:
        return f"""<s:HierarchicalCodelists><s:HierarchicalCodelist agencyID="A" id="HCL" version="1.0"><c:Name>n</c:Name>
        <s:Hierarchy id="H"><c:Name>n</c:Name><s:Level id="L1"><c:Name>n</c:Name>
        <s:Level id="L2" urn="{URN}codelist.Level=A:HCL(1.0).{short}"><c:Name>n</c:Name></s:Level></s:Level>
        </s:Hierarchy></s:HierarchicalCodelist></s:HierarchicalCodelists>"""

    assert [rules(read(levels(short))) for short in ("H.L1.L2", "H.L2", "L2")] == [[], [], ["DSD002"]]
