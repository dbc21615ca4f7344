"""What organisations, concepts, geographic codes, reporting categories and VTL items say beyond names."""

# ruff: noqa: E501 - messages are easier to read in one piece

from rdflib import Literal
from rdflib.term import Node
from sdmx_messages import URN, iri, message, read, rules, values

from semstat.interop.document import Document
from semstat.interop.formats.sdmx.parse import parse_message
from semstat.ontology.terms import RDF, SKOS, SS, SST
from semstat.ontology.terms_process import SSP
from semstat.validators.diagnostics import Severity


def told(document: Document, subject: Node | None, **terms: str) -> dict[str, str]:
    """What the graph says under some terms of the process module."""
    return {name: str(document.graph.value(subject, SSP[name])) for name in terms}


def test_contacts_keep_languages_channels_and_order() -> None:
    document = read("""<s:OrganisationSchemes><s:AgencyScheme agencyID="SDMX" id="AGENCIES"><s:Agency id="X"><c:Name>x</c:Name>
        <s:Contact id="C"><c:Name xml:lang="en">Ann</c:Name><c:Name xml:lang="fr">Anne</c:Name><s:Department xml:lang="fr">D</s:Department>
        <s:Role>R</s:Role><s:Telephone>2</s:Telephone><s:Email>a@b</s:Email><s:Telephone>1</s:Telephone><s:X400>x</s:X400><s:URI>http://u</s:URI><s:Fax>f</s:Fax></s:Contact>
        <s:Contact/></s:Agency></s:AgencyScheme></s:OrganisationSchemes>""")
    graph, agency = document.graph, iri("base.Agency=SDMX:AGENCIES(1.0).X")
    first, second = sorted(graph.objects(agency, SS.contact))
    assert str(graph.value(second, SS.position)) == "2"
    assert set(graph.objects(first, SKOS.prefLabel)) == {Literal("Ann", lang="en"), Literal("Anne", lang="fr")}
    assert graph.value(first, SS.department) == Literal("D", lang="fr")
    assert str(graph.value(first, SS.identifier)) == "C"
    channels = sorted(graph.objects(first, SS.channel), key=lambda node: int(str(graph.value(node, SS.position))))
    found = [(str(graph.value(node, SS.channelKind)), str(graph.value(node, SS.channelValue))) for node in channels]
    assert found == [
        ("Telephone", "2"),
        ("Email", "a@b"),
        ("Telephone", "1"),
        ("X400", "x"),
        ("URI", "http://u"),
        ("Fax", "f"),
    ]
    assert rules(document, least=Severity.INFO) == []


def test_geographic_and_grid_code_lists() -> None:
    document = read("""<s:GeographicCodelists><s:GeographicCodelist agencyID="A" id="G" version="1.0" geoType="GeographicCodelist"><c:Name>n</c:Name>
        <s:GeoFeatureSetCode id="F" value="POINT (1 2)"/></s:GeographicCodelist></s:GeographicCodelists><s:GeoGridCodelists>
        <s:GeoGridCodelist agencyID="A" id="R" version="1.0" geoType="GeoGridCodelist"><c:Name>n</c:Name><s:GeoGridCode id="C"><s:GeoCell>1kmN1E1</s:GeoCell></s:GeoGridCode>
        <s:GridDefinition>EPSG:3035</s:GridDefinition></s:GeoGridCodelist></s:GeoGridCodelists>""", version="3_0")  # fmt: skip
    graph, feature, cell = document.graph, iri("codelist.Code=A:G(1.0).F"), iri("codelist.Code=A:R(1.0).C")
    assert {SST.Code, SST.GeographicFeature} <= set(graph.objects(feature, RDF.type))
    assert str(graph.value(feature, SST.featureSet)) == "POINT (1 2)"
    assert (cell, RDF.type, SST.GridCell) in graph
    assert str(graph.value(cell, SST.geoCell)) == "1kmN1E1"
    assert values(document, iri("codelist.Codelist=A:R(1.0)"), SST.gridDefinition) == {"EPSG:3035"}
    assert rules(document, least=Severity.INFO) == []


def test_iso_concepts_and_reporting_categories() -> None:
    document = read("""<s:Concepts><s:ConceptScheme agencyID="A" id="CS" version="1.0"><c:Name>n</c:Name><s:Concept id="C"><c:Name>c</c:Name><s:ISOConceptReference>
        <s:ConceptAgency>ISO</s:ConceptAgency><s:ConceptSchemeID>11179</s:ConceptSchemeID><s:ConceptID>X</s:ConceptID></s:ISOConceptReference></s:Concept><s:Concept id="D"/></s:ConceptScheme></s:Concepts>
        <s:ReportingTaxonomies><s:ReportingTaxonomy agencyID="A" id="RT" version="1.0"><c:Name>n</c:Name><s:ReportingCategory id="R"><c:Name>r</c:Name>
        <s:ReportingCategory id="S"><c:Name>s</c:Name><s:ProvisioningMetadata><Ref agencyID="A" id="F" class="Dataflow" package="datastructure"/></s:ProvisioningMetadata></s:ReportingCategory></s:ReportingCategory>
        </s:ReportingTaxonomy></s:ReportingTaxonomies>""")
    graph = document.graph
    reference = graph.value(iri("conceptscheme.Concept=A:CS(1.0).C"), SST.isoConcept)
    assert [str(graph.value(reference, term)) for term in (SST.isoAgency, SST.isoScheme, SST.isoId)] == [
        "ISO",
        "11179",
        "X",
    ]
    assert graph.value(iri("conceptscheme.Concept=A:CS(1.0).D"), SST.isoConcept) is None
    category = iri("categoryscheme.ReportingCategory=A:RT(1.0).R.S")
    assert (category, RDF.type, SST.ReportingCategory) in graph
    assert (iri("categoryscheme.ReportingTaxonomy=A:RT(1.0)"), RDF.type, SST.ReportingTaxonomy) in graph
    assert graph.value(category, SST.provisioningMetadata) == iri("datastructure.Dataflow=A:F(1.0)")
    assert [str(item.value).rsplit("=")[1] for item in document.diagnostics] == ["A:F(1.0)"]


VTL = f"""<s:TransformationSchemes><s:TransformationScheme agencyID="A" id="TS" version="1.0" vtlVersion="2.0"><c:Name>n</c:Name>
<s:Transformation id="T" isPersistent="true"><c:Name>t</c:Name><s:Expression>a &lt; b [ calc  c := 1 ]</s:Expression><s:Result>r</s:Result></s:Transformation>
<s:VtlMappingScheme>{URN}transformation.VtlMappingScheme=A:VM(1.0)</s:VtlMappingScheme><s:RulesetScheme>{URN}transformation.RulesetScheme=A:RS(1.0)</s:RulesetScheme>
<s:RulesetScheme>{URN}transformation.RulesetScheme=A:RS2(1.0)</s:RulesetScheme></s:TransformationScheme></s:TransformationSchemes>
<s:RulesetSchemes><s:RulesetScheme agencyID="A" id="RS" version="1.0" vtlVersion="2.0"><c:Name>n</c:Name><s:Ruleset id="R" rulesetType="datapoint" rulesetScope="variable">
<c:Name>r</c:Name><s:RulesetDefinition>define x</s:RulesetDefinition></s:Ruleset></s:RulesetScheme></s:RulesetSchemes>
<s:UserDefinedOperatorSchemes><s:UserDefinedOperatorScheme agencyID="A" id="US" version="1.0" vtlVersion="2.0"><c:Name>n</c:Name><s:UserDefinedOperator id="U"><c:Name>u</c:Name>
<s:OperatorDefinition>define operator</s:OperatorDefinition></s:UserDefinedOperator></s:UserDefinedOperatorScheme></s:UserDefinedOperatorSchemes>
<s:CustomTypeSchemes><s:CustomTypeScheme agencyID="A" id="CT" version="1.0" vtlVersion="2.0"><c:Name>n</c:Name><s:CustomType id="C"><c:Name>c</c:Name><s:VtlScalarType>date</s:VtlScalarType>
<s:DataType>DateTime</s:DataType><s:VtlLiteralFormat>YYYY</s:VtlLiteralFormat><s:OutputFormat>YY</s:OutputFormat><s:NullValue>null</s:NullValue></s:CustomType></s:CustomTypeScheme></s:CustomTypeSchemes>
<s:NamePersonalisationSchemes><s:NamePersonalisationScheme agencyID="A" id="NP" version="1.0" vtlVersion="2.0"><c:Name>n</c:Name><s:NamePersonalisation id="N" vtlArtefact="variable">
<c:Name>n</c:Name><s:VtlDefaultName>imbalance</s:VtlDefaultName><s:PersonalisedName>gap</s:PersonalisedName></s:NamePersonalisation></s:NamePersonalisationScheme></s:NamePersonalisationSchemes>
<s:VtlMappingSchemes><s:VtlMappingScheme agencyID="A" id="VM" version="1.0" vtlVersion="2.0"><c:Name>n</c:Name><s:VtlMapping id="M" alias="ds"><c:Name>m</c:Name>
<s:Dataflow>{URN}datastructure.Dataflow=A:F(1.0)</s:Dataflow><s:ToVtlMapping method="Pivot"><s:ToVtlSubSpace><s:Key>SEX</s:Key><s:Key>AGE</s:Key></s:ToVtlSubSpace></s:ToVtlMapping>
<s:FromVtlMapping method="Unpivot"><s:FromVtlSuperSpace><s:Key>IND</s:Key></s:FromVtlSuperSpace></s:FromVtlMapping></s:VtlMapping>
<s:VtlMapping id="G" alias="all"><c:Name>g</c:Name><s:GenericDataflow/></s:VtlMapping></s:VtlMappingScheme></s:VtlMappingSchemes>"""


def test_every_class_of_vtl() -> None:
    document = read(VTL, version="3_0")
    graph = document.graph
    transformation = iri("transformation.Transformation=A:TS(1.0).T")
    assert {SSP.Transformation, SS.Item} <= set(graph.objects(transformation, RDF.type))
    assert told(document, transformation, expression="", result="", isPersistent="") == {
        "expression": "a < b [ calc  c := 1 ]", "result": "r", "isPersistent": "true"}  # fmt: skip
    scheme = iri("transformation.TransformationScheme=A:TS(1.0)")
    assert str(graph.value(scheme, SSP.vtlVersion)) == "2.0"
    used = {"VtlMappingScheme=A:VM(1.0)", "RulesetScheme=A:RS(1.0)", "RulesetScheme=A:RS2(1.0)"}
    assert set(graph.objects(scheme, SSP.usesScheme)) == {iri(f"transformation.{name}") for name in used}
    ruleset = iri("transformation.Ruleset=A:RS(1.0).R")
    assert told(document, ruleset, definition="", rulesetType="", rulesetScope="") == {
        "definition": "define x", "rulesetType": "datapoint", "rulesetScope": "variable"}  # fmt: skip
    assert str(graph.value(iri("transformation.UserDefinedOperator=A:US(1.0).U"), SSP.definition)) == "define operator"
    custom = iri("transformation.CustomType=A:CT(1.0).C")
    assert set(told(document, custom, vtlScalarType="", dataType="", vtlLiteralFormat="", outputFormat="", nullValue="").values()) == {
        "date", "DateTime", "YYYY", "YY", "null"}  # fmt: skip
    personal = iri("transformation.NamePersonalisation=A:NP(1.0).N")
    assert set(told(document, personal, vtlDefaultName="", personalisedName="", vtlArtefact="").values()) == {
        "imbalance",
        "gap",
        "variable",
    }
    mapping = iri("transformation.VtlDataflowMapping=A:VM(1.0).M")
    assert graph.value(mapping, SSP.mapsArtefact) == iri("datastructure.Dataflow=A:F(1.0)")
    into = graph.value(mapping, SSP.toVtl)
    keys = sorted(graph.objects(into, SSP.spaceKey), key=lambda node: int(str(graph.value(node, SS.position))))
    assert [str(graph.value(key, SST.componentId)) for key in keys] == ["SEX", "AGE"]
    assert str(graph.value(graph.value(mapping, SSP.fromVtl), SSP.method)) == "Unpivot"
    assert values(document, iri("transformation.VtlDataflowMapping=A:VM(1.0).G"), SSP.isGeneric) == {"true"}
    assert sorted(str(item.value).rsplit("=")[1] for item in document.diagnostics) == ["A:F(1.0)", "A:RS2(1.0)"]


PROCESS = f"""<s:Processes><s:Process agencyID="A" id="P" version="1.0.0"><c:Name>n</c:Name>
<s:ProcessStep id="S1"><c:Name xml:lang="fr">un</c:Name><s:Input localID="I"><s:ObjectReference>{URN}datastructure.Dataflow=A:F(1.0.0)</s:ObjectReference></s:Input>
<s:Output><s:ObjectReference>{URN}datastructure.Dimension=A:D(1.0.0).X</s:ObjectReference></s:Output>
<s:Computation localID="K" softwarePackage="R" softwareLanguage="R" softwareVersion="4"><c:Description xml:lang="en">add</c:Description><c:Description xml:lang="fr">ajouter</c:Description></s:Computation>
<s:Transition id="T" localID="L"><s:TargetStep>S1.S2</s:TargetStep><s:Condition xml:lang="en">if done</s:Condition></s:Transition>
<s:Transition id="U"><s:TargetStep>S9</s:TargetStep></s:Transition>
<s:ProcessStep id="S2" urn="{URN}process.ProcessStep=A:P(1.0.0).S1.S2"><c:Name>deux</c:Name></s:ProcessStep></s:ProcessStep></s:Process></s:Processes>"""


def test_processes() -> None:
    document = read(PROCESS, version="3_0")
    graph, step = document.graph, iri("process.ProcessStep=A:P(1.0.0).S1")
    inner = iri("process.ProcessStep=A:P(1.0.0).S1.S2")
    assert (iri("process.Process=A:P(1.0.0)"), SSP.processStep, step) in graph
    assert (step, SSP.processStep, inner) in graph
    source, result = graph.value(step, SSP.input), graph.value(step, SSP.output)
    assert (str(graph.value(source, SSP.localId)), graph.value(source, SSP.artefact)) == (
        "I",
        iri("datastructure.Dataflow=A:F(1.0.0)"),
    )
    assert graph.value(result, SSP.artefact) == iri("datastructure.Dimension=A:D(1.0.0).X")
    computation = graph.value(step, SSP.computation)
    assert told(document, computation, localId="", softwarePackage="", softwareLanguage="", softwareVersion="") == {
        "localId": "K", "softwarePackage": "R", "softwareLanguage": "R", "softwareVersion": "4"}  # fmt: skip
    transition = iri("process.Transition=A:P(1.0.0).S1.T")
    assert graph.value(transition, SSP.nextStep) == inner
    assert graph.value(transition, SSP.condition) == Literal("if done", lang="en")
    assert sorted(str(item.value).rsplit("=")[1] for item in document.diagnostics) == [
        "A:D(1.0.0)",
        "A:F(1.0.0)",
        "A:P(1.0.0).S9",
    ]
    assert document.positions[inner].line == 8


def test_a_step_with_the_urn_of_another_is_found() -> None:
    document = read(PROCESS.replace('S1.S2"', 'S2"'), version="3_0")
    assert [item.location.line for item in document.diagnostics if item.rule == "DSD002"] == [8]


def test_equal_messages_are_equal_values() -> None:
    first, second = (
        parse_message(message(text, version="3_0"), origin="f") for text in (VTL, VTL.replace("\n", "\n\n"))
    )
    assert first.artefacts == second.artefacts
