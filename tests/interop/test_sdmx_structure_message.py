"""Structure messages as a whole: recognised, truncated, empty, with unknown content; the document that results."""

# ruff: noqa: E501 - messages are easier to read in one piece

import gc
from itertools import pairwise

import pytest
from rdflib import Literal, URIRef
from sdmx_messages import (
    CODELIST,
    CONCEPT,
    CONCEPTS,
    DSD,
    STEM,
    codelist,
    codes,
    iri,
    message,
    read,
    rules,
    values,
)

from semstat.interop.formats.sdmx.structure import read_structure, read_structures
from semstat.ontology.terms import RDF, SKOS, SS, SST
from semstat.validators.diagnostics import Severity


def test_default_namespaces_no_declaration_and_a_long_comment_first() -> None:
    stem = STEM + "2_1"
    data = f"""<!-- {"x" * 5000} --><Structure xmlns="{stem}/message"><Header/><Structures>
    <Codelists xmlns="{stem}/structure"><Codelist agencyID="A" id="CL"><Name xmlns="{stem}/common">n</Name>
    <Code id="A"/></Codelist></Codelists></Structures></Structure>"""
    document = read_structure(data.encode(), origin="f.xml")
    assert codes(document, "codelist.Codelist=A:CL(1.0)") == ["A"]
    assert document.diagnostics == ()


def test_a_message_without_header_is_read_all_the_same() -> None:
    document = codelist('<s:Code id="A"/>', header="")
    assert rules(document) == ["IO113"]
    assert codes(document, "codelist.Codelist=A:CL(1.0)") == ["A"]


def test_an_empty_message_says_so() -> None:
    assert rules(read("")) == ["IO110"]


def test_a_footer_is_reported_with_its_severity() -> None:
    footer = f"""<f:Footer xmlns:f="{STEM}2_1/message/footer"><f:Message code="413" severity="{{}}"><c:Text>Too big</c:Text>
        </f:Message></f:Footer>"""
    found = [
        next(item for item in read("", after=footer.format(word)).diagnostics if item.rule == "IO111")
        for word in ("Error", "Warning", "Infomation")
    ]
    assert [item.severity for item in found] == [Severity.ERROR, Severity.WARNING, Severity.INFO]
    assert "413" in found[0].message
    assert "Too big" in found[0].message


@pytest.mark.parametrize(
    ("root", "rule", "words"),
    [
        (f'<Structure xmlns="{STEM}2_1/structure"/>', "IO103", "`Structure`"),
        ("<Structure/>", "IO103", "namespace ``"),
        (f'<GenericData xmlns="{STEM}2_1/message"/>', "IO112", "data message"),
        (f'<StructureSpecificTimeSeriesData xmlns="{STEM}2_1/message"/>', "IO112", "2.1 data message"),
        (f'<QueryRegistrationRequest xmlns="{STEM}2_1/message"/>', "IO112", "query message"),
        (f'<SubmitSubscriptionsRequest xmlns="{STEM}2_1/message"/>', "IO112", "registry message"),
        (f'<DataQuery xmlns="{STEM}2_1/message"/>', "IO112", "query message"),
        (f'<Error xmlns="{STEM}3_1/message"/>', "IO112", "3.1 error message"),
        (
            '<CompactData xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message"/>',
            "IO112",
            "2.0 data message",
        ),
        ('<Structure xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v1_0/message"/>', "IO112", "1.0"),
    ],
)
def test_other_messages(root: str, rule: str, words: str) -> None:
    (found,) = read_structure(root.encode(), origin="f.xml").diagnostics
    assert found.rule == rule
    assert words in found.message


def test_truncated_anywhere_is_one_finding() -> None:
    data = message(CODELIST.format('<s:Code id="A"><c:Name xml:lang="en">Été</c:Name></s:Code>'))
    for end in range(1, len(data)):
        found = read_structure(data[:end], origin="f.xml").diagnostics
        assert len(found) == 1
        assert found[0].rule in ("IO101", "IO106")  # the latter within a character
        assert found[0].location.line is not None


def test_unknown_elements_and_attributes_are_reported_and_kept() -> None:
    document = codelist("""<s:Code id="A" colour="red"/>
<s:Code id="B"><x:New xmlns:x="urn:x" a="1">t<!--c--></x:New></s:Code>
<s:Novelty>z</s:Novelty><s:Code id="C"/>""")
    assert codes(document, "codelist.Codelist=A:CL(1.0)") == ["A", "B", "C"]
    found = {item.value: item for item in document.diagnostics}
    assert {item.rule for item in found.values()} == {"IO108"}
    assert [found[name].location.line for name in ("red", "New", "Novelty")] == [3, 4, 5]
    assert found["New"].location.path == "Codelist=A:CL(1.0).B"
    kept = [values(document, iri(name), SS.unreadContent) for name in
            ("codelist.Code=A:CL(1.0).A", "codelist.Code=A:CL(1.0).B", "codelist.Codelist=A:CL(1.0)")]  # fmt: skip
    assert kept[0] == {f'<str:Code xmlns:str="{STEM}2_1/structure" colour="red"></str:Code>'}
    assert kept[1] == {'<x:New xmlns:x="urn:x" a="1">t<!--c--></x:New>'}
    assert kept[2] == {f'<str:Novelty xmlns:str="{STEM}2_1/structure">z</str:Novelty>'}


def test_one_bad_artefact_does_not_lose_its_neighbours() -> None:
    document = read("""<s:Codelists><s:Codelist id="NO_AGENCY"/><s:Codelist agencyID="A"/><s:Nonsense/>
        <s:Codelist agencyID="A" id="GOOD"><s:Code/><s:Code id="A"/></s:Codelist></s:Codelists><s:Strange/>""")
    assert codes(document, "codelist.Codelist=A:GOOD(1.0)") == ["A"]
    assert rules(document) == ["IO108"] * 5


def test_a_flag_that_is_neither_true_nor_false() -> None:
    document = read('<s:Codelists><s:Codelist agencyID="A" id="CL" isFinal="maybe"/></s:Codelists>')
    assert rules(document) == ["IO108"]
    assert 'isFinal="maybe"' in next(iter(values(document, iri("codelist.Codelist=A:CL(1.0)"), SS.unreadContent)))


OTHERS = [
    ("2_1", "Constraints", "AttachmentConstraint", "registry", "<s:MetadataKeySet/>"),
]


@pytest.mark.parametrize(("version", "container", "cls", "package", "content"), OTHERS)
def test_known_but_not_interpreted(version: str, container: str, cls: str, package: str, content: str) -> None:
    body = f"""<s:{container}><s:{cls} agencyID="A" id="X" version="1.0"><c:Name xml:lang="fr">N</c:Name>{content}{content}
        </s:{cls}></s:{container}>"""
    document = read(body, version=version)
    subject = iri(f"{package}.{cls}=A:X(1.0)")
    assert (subject, RDF.type, SS.MaintainableArtefact) in document.graph
    assert document.graph.value(subject, SKOS.prefLabel) == Literal("N", lang="fr")
    assert len(values(document, subject, SS.unreadContent)) == 1  # the two are the same
    assert [item.rule for item in document.diagnostics] == ["IO114"]
    assert "×2" in document.diagnostics[0].message


def test_organisations_categories_and_vtl_are_plain_items() -> None:
    document = read("""<s:OrganisationSchemes><s:AgencyScheme agencyID="SDMX" id="AGENCIES"><s:Agency id="ECB"
        urn="urn:sdmx:org.sdmx.infomodel.base.Agency=ECB"><c:Name>e</c:Name><s:Contact><s:Fax>1</s:Fax></s:Contact></s:Agency>
        </s:AgencyScheme><s:DataProviderScheme agencyID="A" id="DATA_PROVIDERS"><s:DataProvider id="P"/></s:DataProviderScheme>
        </s:OrganisationSchemes><s:CategorySchemes><s:CategoryScheme agencyID="A" id="CS"><s:Category id="X"><s:Category id="Y"/>
        </s:Category></s:CategoryScheme></s:CategorySchemes><s:VtlMappings><s:VtlMappingScheme agencyID="A" id="V">
        <s:VtlMapping id="M" urn="urn:sdmx:org.sdmx.infomodel.transformation.VtlCodelistMapping=A:V(1.0).M"><s:Codelist/></s:VtlMapping>
        </s:VtlMappingScheme></s:VtlMappings>""")
    graph = document.graph
    assert (iri("base.Agency=SDMX:AGENCIES(1.0).ECB"), RDF.type, SS.Agency) in graph
    assert (iri("base.DataProvider=A:DATA_PROVIDERS(1.0).P"), RDF.type, SS.Item) in graph
    inner = iri("categoryscheme.Category=A:CS(1.0).X.Y")
    assert graph.value(inner, SKOS.broader) == iri("categoryscheme.Category=A:CS(1.0).X")
    assert str(graph.value(inner, SS.identifier)) == "Y"
    assert (iri("transformation.VtlCodelistMapping=A:V(1.0).M"), RDF.type, SS.Item) in graph
    assert rules(document, least=Severity.INFO) == ["DSD001"]


def test_geographic_lists_and_value_lists_are_codelists() -> None:
    document = read("""<s:ValueLists><s:ValueList agencyID="A" id="VL" version="1.0"><s:ValueItem id="$"/></s:ValueList></s:ValueLists>
        <s:GeographicCodelists><s:GeographicCodelist agencyID="A" id="GL" version="1.0" geoType="GeographicCodelist">
        <s:GeoFeatureSetCode id="G" value="POLYGON"/></s:GeographicCodelist></s:GeographicCodelists>""", version="3_0")  # fmt: skip
    assert codes(document, "codelist.ValueList=A:VL(1.0)") == ["$"]
    assert codes(document, "codelist.Codelist=A:GL(1.0)") == ["G"]
    assert values(document, iri("codelist.Code=A:GL(1.0).G"), SST.featureSet) == {"POLYGON"}
    assert values(document, iri("codelist.Codelist=A:GL(1.0)"), SST.geoType) == {"GeographicCodelist"}


def test_findings_come_in_the_order_of_files_and_lines() -> None:
    bad = message(
        DSD.format("<s:DimensionList>\n<s:Odd/>\n<s:Dimension/></s:DimensionList>") + CODELIST.format("<s:Code/>")
    )
    found = read_structures([(bad, "b.xml"), (b"", "a.xml"), (bad, "b2.xml")]).diagnostics
    places = [
        (["b.xml", "a.xml", "b2.xml"].index(str(item.location.source)), item.location.line or 0) for item in found
    ]
    assert all(left <= right for left, right in pairwise(places))
    assert {item.location.source for item in found} == {"a.xml", "b.xml", "b2.xml"}


def test_no_blank_nodes_and_the_collector_as_it_was() -> None:
    document = read(
        CONCEPTS
        + DSD.format(f'<s:DimensionList><s:Dimension id="X">{CONCEPT.format("X")}</s:Dimension></s:DimensionList>')
    )
    assert all(isinstance(subject, URIRef) for subject in document.graph.subjects())
    assert gc.isenabled()
    gc.disable()
    try:
        read("")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_format_and_origin() -> None:
    document = read("", version="3_1")
    assert (document.format, document.origin) == ("sdmx-ml-3.1", "f.xml")
