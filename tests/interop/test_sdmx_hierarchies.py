"""Hierarchies, hierarchical code lists, their associations, and categorisations, from small messages of our own."""

# ruff: noqa: E501 - messages are easier to read in one piece

from rdflib import Literal
from sdmx_messages import CODELIST, URN, iri, read, rules, values

from semstat.ontology.terms import RDF, SKOS, SS, SST
from semstat.validators.diagnostics import Severity

HIERARCHY = f"""<s:Hierarchies><s:Hierarchy agencyID="A" id="H" version="1.0.0" hasFormalLevels="true"><c:Name>n</c:Name>
<s:Level id="TOP"><c:Name xml:lang="en">Top</c:Name><c:Name xml:lang="fr">Haut</c:Name><s:CodingFormat textType="Alpha" maxLength="1"/>
<s:Level id="LOW"><c:Name>Low</c:Name></s:Level></s:Level>
<s:HierarchicalCode id="W" validFrom="2020-01-01T00:00:00" urn="{URN}codelist.HierarchicalCode=A:H(1.0.0).W"><s:Code>{URN}codelist.Code=A:CL(1.0).W</s:Code>
<s:HierarchicalCode id="B"><s:Code>{URN}codelist.Code=A:CL(1.0).B</s:Code><s:Level>LOW</s:Level></s:HierarchicalCode>
<s:HierarchicalCode id="A"><s:Code>{URN}codelist.Code=A:CL(1.0).A</s:Code><s:Level>LOW</s:Level></s:HierarchicalCode>
<s:Level>TOP</s:Level></s:HierarchicalCode>
<s:HierarchicalCode id="B"><s:Code>{URN}codelist.Code=A:CL(1.0).B</s:Code><s:Level>ODD</s:Level></s:HierarchicalCode>
</s:Hierarchy></s:Hierarchies>"""


def test_a_hierarchy_keeps_paths_order_levels_and_validity() -> None:
    document = read(CODELIST.format('<s:Code id="W"/><s:Code id="A"/><s:Code id="B"/>') + HIERARCHY, version="3_0")
    graph, subject = document.graph, iri("codelist.Hierarchy=A:H(1.0.0)")
    top = iri("codelist.HierarchicalCode=A:H(1.0.0).W")
    below = {iri(f"codelist.HierarchicalCode=A:H(1.0.0).W.{code}"): place for code, place in (("B", "1"), ("A", "2"))}
    assert set(graph.objects(subject, SST.hierarchicalCode)) == {top, iri("codelist.HierarchicalCode=A:H(1.0.0).B")}
    assert {node: str(graph.value(node, SS.position)) for node in graph.objects(top, SST.hierarchicalCode)} == below
    assert graph.value(top, SST.code) == iri("codelist.Code=A:CL(1.0).W")
    assert str(graph.value(top, SS.validFrom)) == "2020-01-01T00:00:00"
    high, low = iri("codelist.Level=A:H(1.0.0).TOP"), iri("codelist.Level=A:H(1.0.0).TOP.LOW")
    assert (graph.value(subject, SST.level), graph.value(high, SST.level)) == (high, low)
    assert Literal("Haut", lang="fr") in set(graph.objects(high, SKOS.prefLabel))
    assert str(graph.value(graph.value(high, SST.codingFormat), SST.maxLength)) == "1"
    assert graph.value(top, SST.atLevel) == high
    assert {graph.value(node, SST.atLevel) for node in below} == {low}
    assert str(graph.value(subject, SST.hasFormalLevels)) == "true"
    assert [(item.rule, str(item.value).rsplit(".")[-1]) for item in document.diagnostics] == [("DSD001", "ODD")]
    assert document.positions[top].line == 6


def test_hierarchical_codes_are_what_references_may_mean() -> None:
    association = """<s:HierarchyAssociations><s:HierarchyAssociation agencyID="A" id="HA" version="1.0.0"><c:Name>n</c:Name>
        <s:LinkedHierarchy>{urn}codelist.Hierarchy=A:H(1.0.0)</s:LinkedHierarchy><s:LinkedObject>{urn}codelist.HierarchicalCode=A:H(1.0.0).W.{code}</s:LinkedObject>
        <s:ContextObject>{urn}datastructure.Dataflow=A:F(1.0.0)</s:ContextObject></s:HierarchyAssociation></s:HierarchyAssociations>"""
    for code, missing in (("B", ["A:F(1.0.0)"]), ("Z", ["A:F(1.0.0)", "A:H(1.0.0).W.Z"])):
        lists = CODELIST.format('<s:Code id="W"/><s:Code id="A"/><s:Code id="B"/>')
        document = read(
            lists + HIERARCHY.replace(">ODD<", ">LOW<") + association.format(urn=URN, code=code), version="3_0"
        )
        subject = iri("codelist.HierarchyAssociation=A:HA(1.0.0)")
        assert document.graph.value(subject, SST.linkedHierarchy) == iri("codelist.Hierarchy=A:H(1.0.0)")
        assert document.graph.value(subject, SST.contextObject) == iri("datastructure.Dataflow=A:F(1.0.0)")
        assert sorted(str(item.value).rsplit("=")[1] for item in document.diagnostics) == missing


def test_a_code_twice_in_one_place_is_reported_and_kept() -> None:
    twice = HIERARCHY.replace('id="A"><s:Code', 'id="B"><s:Code')
    document = read(twice, version="3_0")
    assert [item.location.line for item in document.diagnostics if item.rule == "DSD003"] == [7]
    assert values(document, iri("codelist.HierarchicalCode=A:H(1.0.0).W"), SS.unreadContent)


def test_hierarchical_code_lists_of_21_resolve_aliases() -> None:
    document = read(CODELIST.format('<s:Code id="W"/><s:Code id="A"/>') + """<s:HierarchicalCodelists>
        <s:HierarchicalCodelist agencyID="A" id="HCL" version="1.0"><c:Name>n</c:Name>
        <s:IncludedCodelist alias="AREA"><Ref agencyID="A" id="CL"/></s:IncludedCodelist>
        <s:Hierarchy id="H1" leveled="true"><c:Name xml:lang="fr">h</c:Name>
        <s:HierarchicalCode id="1"><s:CodelistAliasRef>AREA</s:CodelistAliasRef><s:CodeID><Ref id="W"/></s:CodeID>
        <s:HierarchicalCode id="2" version="1.0"><s:Code><Ref agencyID="A" maintainableParentID="CL" id="A"/></s:Code><s:Level><Ref id="L1"/></s:Level></s:HierarchicalCode></s:HierarchicalCode>
        <s:Level id="L1"><c:Name>l</c:Name></s:Level></s:Hierarchy>
        <s:Hierarchy id="H2"><c:Name>h</c:Name><s:HierarchicalCode id="1"><s:CodelistAliasRef>AREA</s:CodelistAliasRef><s:CodeID><Ref id="X"/></s:CodeID></s:HierarchicalCode></s:Hierarchy>
        </s:HierarchicalCodelist></s:HierarchicalCodelists>""")  # fmt: skip
    graph, subject = document.graph, iri("codelist.HierarchicalCodelist=A:HCL(1.0)")
    first = iri("codelist.Hierarchy=A:HCL(1.0).H1")
    assert set(graph.objects(subject, SST.hierarchy)) == {first, iri("codelist.Hierarchy=A:HCL(1.0).H2")}
    assert (first, RDF.type, SST.Hierarchy) in graph
    assert (first, RDF.type, SS.MaintainableArtefact) not in graph
    assert str(graph.value(first, SST.hasFormalLevels)) == "true"
    outer, inner = (iri(f"codelist.HierarchicalCode=A:HCL(1.0).H1.{path}") for path in ("1", "1.2"))
    assert graph.value(outer, SST.code) == iri("codelist.Code=A:CL(1.0).W")
    assert (str(graph.value(outer, SST.codelistAlias)), str(graph.value(outer, SST.codeId))) == ("AREA", "W")
    assert graph.value(inner, SST.code) == iri("codelist.Code=A:CL(1.0).A")
    assert graph.value(inner, SST.atLevel) == iri("codelist.Level=A:HCL(1.0).H1.L1")
    included = graph.value(subject, SST.includedCodelist)
    assert graph.value(included, SST.codelist) == iri("codelist.Codelist=A:CL(1.0)")
    assert [(item.rule, str(item.value).rsplit("=")[1]) for item in document.diagnostics] == [("DSD001", "A:CL(1.0).X")]


def test_categorisations_and_nested_categories() -> None:
    document = read("""<s:CategorySchemes><s:CategoryScheme agencyID="A" id="CS" version="1.0"><c:Name>n</c:Name>
        <s:Category id="X"><c:Name>x</c:Name><s:Category id="Y"><c:Name xml:lang="fr">y</c:Name></s:Category></s:Category></s:CategoryScheme></s:CategorySchemes>
        <s:Categorisations><s:Categorisation agencyID="A" id="C1" version="1.0"><c:Name>n</c:Name>
        <s:Source><Ref agencyID="A" id="F" class="Dataflow" package="datastructure"/></s:Source>
        <s:Target><Ref agencyID="A" maintainableParentID="CS" id="X.Y"/></s:Target></s:Categorisation>
        <s:Categorisation agencyID="A" id="C2" version="1.0"><c:Name>n</c:Name>
        <s:Source><Ref agencyID="A" id="F"/></s:Source><s:Target><URN>{urn}categoryscheme.Category=A:CS(1.0).Z</URN></s:Target></s:Categorisation></s:Categorisations>""".replace("{urn}", URN))  # fmt: skip
    graph = document.graph
    subject, category = iri("categoryscheme.Categorisation=A:C1(1.0)"), iri("categoryscheme.Category=A:CS(1.0).X.Y")
    assert graph.value(subject, SST.categorisedArtefact) == iri("datastructure.Dataflow=A:F(1.0)")
    assert graph.value(subject, SST.inCategory) == category
    assert (category, RDF.type, SST.Category) in graph
    assert graph.value(category, SKOS.broader) == iri("categoryscheme.Category=A:CS(1.0).X")
    assert (iri("categoryscheme.CategoryScheme=A:CS(1.0)"), RDF.type, SST.CategoryScheme) in graph
    untyped = iri("categoryscheme.Categorisation=A:C2(1.0)")
    assert "Ref" in next(iter(values(document, untyped, SS.unreadContent)))
    assert rules(document, least=Severity.INFO) == ["DSD001"] * 3


def test_a_deep_hierarchy_is_read_or_refused_without_a_traceback() -> None:
    depth = 80
    codes = "".join(f'<s:HierarchicalCode id="N{number}">' for number in range(depth)) + "</s:HierarchicalCode>" * depth
    document = read(
        f'<s:Hierarchies><s:Hierarchy agencyID="A" id="H" version="1.0.0">{codes}</s:Hierarchy></s:Hierarchies>',
        version="3_0",
    )
    assert len(set(document.graph.subjects(RDF.type, SST.HierarchicalCode))) == depth
    codes = '<s:HierarchicalCode id="N">' * 5000 + "</s:HierarchicalCode>" * 5000
    document = read(
        f'<s:Hierarchies><s:Hierarchy agencyID="A" id="H" version="1.0.0">{codes}</s:Hierarchy></s:Hierarchies>',
        version="3_0",
    )
    assert document.diagnostics or len(document.graph)
