"""Items of schemes: names in every language, annotations, parents, odd codes; codelists that extend others."""

# ruff: noqa: E501 - messages are easier to read in one piece

import pytest
from rdflib import Literal, URIRef
from sdmx_messages import CODELIST, URN, codelist, codes, iri, message, read, rules, values

from semstat.interop.document import Document
from semstat.interop.formats.sdmx.structure import read_structures
from semstat.ontology.iri import SdmxName, iri_to_urn, parse_urn
from semstat.ontology.terms import DCTERMS, RDF, SKOS, SS, SST


def test_every_language_of_names_and_descriptions() -> None:
    document = codelist("""<s:Code id="01"><c:Name xml:lang="en">One</c:Name><c:Name xml:lang="fr-CH">Un</c:Name>
        <c:Name>No tag is English</c:Name><c:Description xml:lang="de">Eins</c:Description></s:Code>""")
    code = iri("codelist.Code=A:CL(1.0).01")
    names = set(document.graph.objects(code, SKOS.prefLabel))
    assert names == {Literal("One", lang="en"), Literal("Un", lang="fr-CH"), Literal("No tag is English", lang="en")}
    assert set(document.graph.objects(code, DCTERMS.description)) == {Literal("Eins", lang="de")}
    assert document.diagnostics == ()


def test_a_code_is_a_plain_string_and_carries_its_place() -> None:
    document = codelist('<s:Code id="01"/><s:Code id="1"/>')
    code = iri("codelist.Code=A:CL(1.0).01")
    graph = document.graph
    assert graph.value(code, SKOS.notation) == Literal("01") == graph.value(code, SS.identifier)
    assert set(graph.objects(code, RDF.type)) == {SST.Code, SKOS.Concept}
    assert graph.value(code, SKOS.inScheme) == iri("codelist.Codelist=A:CL(1.0)")
    assert str(graph.value(code, SS.urn)) == URN + "codelist.Code=A:CL(1.0).01"
    assert codes(document, "codelist.Codelist=A:CL(1.0)") == ["01", "1"]


def test_a_wrong_language_tag_is_reported_once_and_the_text_kept() -> None:
    document = codelist(
        '<s:Code id="A"><c:Name xml:lang="e n">x</c:Name></s:Code><s:Code id="B"><c:Name xml:lang="e n">y</c:Name></s:Code>'
    )
    assert rules(document) == ["IO108"]
    assert values(document, iri("codelist.Code=A:CL(1.0).B"), SKOS.prefLabel) == {"y"}


@pytest.mark.parametrize(
    ("version", "parent"), [("2_1", '<s:Parent><Ref id="T"/></s:Parent>'), ("3_0", "<s:Parent>T</s:Parent>")]
)
def test_parents(version: str, parent: str) -> None:
    document = codelist(f'<s:Code id="T"/><s:Code id="F">{parent}</s:Code>', version=version)
    code, above = iri("codelist.Code=A:CL(1.0).F"), iri("codelist.Code=A:CL(1.0).T")
    assert document.graph.value(code, SKOS.broader) == above
    assert rules(document) == []


def test_a_parent_that_is_missing_is_dangling_unless_the_list_is_partial() -> None:
    body = '<s:Code id="F"><s:Parent><Ref id="T"/></s:Parent></s:Code>'
    assert rules(codelist(body)) == ["DSD001"]
    assert rules(read(CODELIST.replace('id="CL"', 'id="CL" isPartial="true"').format(body))) == []


def test_annotations_with_all_fields() -> None:
    document = codelist(
        """<s:Code id="A"><c:Annotations><c:Annotation id="x"><c:AnnotationTitle>T</c:AnnotationTitle>
        <c:AnnotationType>Y</c:AnnotationType><c:AnnotationURL>http://a</c:AnnotationURL>
        <c:AnnotationText xml:lang="en">a</c:AnnotationText><c:AnnotationText xml:lang="fr">b</c:AnnotationText>
        <c:AnnotationValue>v</c:AnnotationValue></c:Annotation><c:Annotation/></c:Annotations></s:Code>""",
        version="3_0",
    )
    code = iri("codelist.Code=A:CL(1.0).A")
    node = URIRef(code + "#annotation-1")
    graph = document.graph
    assert set(graph.objects(code, SS.annotation)) == {node, URIRef(code + "#annotation-2")}
    assert graph.value(node, RDF.type) == SS.Annotation
    assert [str(graph.value(node, term)) for term in (SS.identifier, SS.annotationTitle, SS.annotationType, SS.annotationUrl)] \
        == ["x", "T", "Y", "http://a"]  # fmt: skip
    assert set(graph.objects(node, SS.annotationText)) == {Literal("a", lang="en"), Literal("b", lang="fr")}
    assert graph.value(node, SS.annotationValue) == Literal("v")


def test_facts_of_a_maintainable() -> None:
    document = read("""<s:Codelists><s:Codelist agencyID="ECB.DISS" id="CL" version="1.2" isFinal="1" isPartial="true"
        isExternalReference="false" validFrom="2020-01-01" validTo="2021" structureURL="http://s" serviceURL="http://v"/></s:Codelists>""")
    subject, graph = iri("codelist.Codelist=ECB.DISS:CL(1.2)"), document.graph
    assert graph.value(subject, SS.maintainer) == iri("base.Agency=ECB:AGENCIES(1.0).DISS")
    assert {str(graph.value(subject, term)) for term in (SS.isFinal, SS.isPartial)} == {"true"}
    assert str(graph.value(subject, SS.isExternalReference)) == "false"
    assert [str(graph.value(subject, term)) for term in (SS.version, SS.validFrom, SS.validTo, SS.structureUrl, SS.serviceUrl)] \
        == ["1.2", "2020-01-01", "2021", "http://s", "http://v"]  # fmt: skip
    assert document.positions[subject].line == 2


@pytest.mark.parametrize(
    ("version", "name"), [("2_1", "codelist.Codelist=A:CL(1.0)"), ("3_0", "codelist.Codelist=A:CL")]
)
def test_an_absent_version(version: str, name: str) -> None:
    document = read('<s:Codelists><s:Codelist agencyID="A" id="CL"/></s:Codelists>', version=version)
    assert (iri(name), RDF.type, SST.Codelist) in document.graph


@pytest.mark.parametrize("odd", ["_T", "€", "a/b", "A.B", "100%", "x y", "~", "#", "é"])
def test_odd_codes_survive(odd: str) -> None:
    document = codelist(f'<s:Code id="{odd}"/>')
    (code,) = document.graph.subjects(RDF.type, SST.Code)
    assert str(document.graph.value(code, SKOS.notation)) == odd
    assert parse_urn(iri_to_urn(str(code))) == SdmxName("codelist", "Code", "A", "CL", "1.0", odd)


PARENT = """<s:Codelist agencyID="A" id="AREA" version="1.0.0"><s:Code id="EU"/><s:Code id="FR"><s:Parent>EU</s:Parent></s:Code>
<s:Code id="FR1"><s:Parent>FR</s:Parent></s:Code><s:Code id="US"/></s:Codelist>"""
CHILD = '<s:Codelist agencyID="A" id="X" version="1.0.0"><s:Code id="OWN"/>{}</s:Codelist>'
TARGET = "<s:Codelist>urn:sdmx:org.sdmx.infomodel.codelist.Codelist=A:{}(1.0.0)</s:Codelist>"


def extended(extensions: str, others: str = PARENT) -> Document:
    return read(f"<s:Codelists>{CHILD.format(extensions)}{others}</s:Codelists>", version="3_0")


EXTENSIONS = [
    ("", ["EU", "FR", "FR1", "US", "OWN"]),
    ("<s:InclusiveCodeSelection><s:MemberValue>FR%</s:MemberValue></s:InclusiveCodeSelection>", ["FR", "FR1", "OWN"]),
    ("<s:ExclusiveCodeSelection><s:MemberValue>%U%</s:MemberValue></s:ExclusiveCodeSelection>", ["FR", "FR1", "OWN"]),
    ('<s:InclusiveCodeSelection><s:MemberValue cascadeValues="true">FR</s:MemberValue></s:InclusiveCodeSelection>', ["FR", "FR1", "OWN"]),
    ('<s:InclusiveCodeSelection><s:MemberValue cascadeValues="excluderoot">EU</s:MemberValue></s:InclusiveCodeSelection>', ["FR", "FR1", "OWN"]),
    ('<s:ExclusiveCodeSelection><s:MemberValue cascadeValues="true">EU</s:MemberValue></s:ExclusiveCodeSelection>', ["US", "OWN"]),
]  # fmt: skip


@pytest.mark.parametrize(("selection", "wanted"), EXTENSIONS)
def test_extension(selection: str, wanted: list[str]) -> None:
    document = extended(f"<s:CodelistExtension>{TARGET.format('AREA')}{selection}</s:CodelistExtension>")
    assert codes(document, "codelist.Codelist=A:X(1.0.0)") == wanted
    assert document.graph.value(iri("codelist.Codelist=A:X(1.0.0)"), SST.extendsCodelist) == iri(
        "codelist.Codelist=A:AREA(1.0.0)"
    )
    assert rules(document) == []


def test_a_prefix_is_put_before_codes_and_parents() -> None:
    document = extended(f'<s:CodelistExtension prefix="P_">{TARGET.format("AREA")}</s:CodelistExtension>')
    assert codes(document, "codelist.Codelist=A:X(1.0.0)") == ["P_EU", "P_FR", "P_FR1", "P_US", "OWN"]
    parent = document.graph.value(iri("codelist.Code=A:X(1.0.0).P_FR"), SKOS.broader)
    assert parent == iri("codelist.Code=A:X(1.0.0).P_EU")


def test_the_later_list_wins_and_the_own_code_over_all() -> None:
    lists = "".join(f'<s:Codelist agencyID="A" id="{name}" version="1.0.0"><s:Code id="C"><c:Name>{name}</c:Name></s:Code>'
                    f'<s:Code id="OWN"><c:Name>{name}</c:Name></s:Code></s:Codelist>' for name in ("L1", "L2"))  # fmt: skip
    document = extended(
        "".join(f"<s:CodelistExtension>{TARGET.format(name)}</s:CodelistExtension>" for name in ("L1", "L2")), lists
    )
    assert values(document, iri("codelist.Code=A:X(1.0.0).C"), SKOS.prefLabel) == {"L2"}
    assert values(document, iri("codelist.Code=A:X(1.0.0).OWN"), SKOS.prefLabel) == set()
    assert codes(document, "codelist.Codelist=A:X(1.0.0)") == ["C", "OWN"]


def test_a_missing_list_and_a_circle() -> None:
    missing = extended(f"<s:CodelistExtension>{TARGET.format('NONE')}</s:CodelistExtension>", "")
    assert rules(missing) == ["DSD001"]
    circle = extended(f"<s:CodelistExtension>{TARGET.format('X')}</s:CodelistExtension>", "")
    assert codes(circle, "codelist.Codelist=A:X(1.0.0)") == ["OWN"]


def test_extension_across_files_and_by_wildcard() -> None:
    child = CHILD.format(
        f"<s:CodelistExtension>{TARGET.format('AREA').replace('1.0.0', '1.0+.0')}</s:CodelistExtension>"
    )
    document = read_structures([
        (message(f"<s:Codelists>{child}</s:Codelists>", version="3_0"), "1.xml"),
        (message(f"<s:Codelists>{PARENT}</s:Codelists>", version="3_1"), "2.xml"),
    ])  # fmt: skip
    assert len(codes(document, "codelist.Codelist=A:X(1.0.0)")) == 5
    assert (rules(document), document.origin, document.format) == ([], "1.xml, 2.xml", "sdmx-ml")
