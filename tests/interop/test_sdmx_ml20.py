"""Structure messages of SDMX-ML 2.0: small messages of our own, and the real ones."""

# ruff: noqa: E501 - messages are easier to read in one piece

import random

from corpora import CORPORA, counts, files_of, needs_corpora
from lxml import etree
from rdflib import Literal, URIRef
from rdflib.term import Node
from sdmx_messages import URN, iri, rules, values

from semstat.interop.document import Document
from semstat.interop.formats.sdmx.structure import read_structure
from semstat.ontology.terms import DCTERMS, RDF, SKOS, SS, SST
from semstat.ontology.terms_mapping import SSM
from semstat.ontology.terms_metadata import SSR
from semstat.ontology.terms_process import SSP
from semstat.validators.diagnostics import Severity

STEM = "http://www.SDMX.org/resources/SDMXML/schemas/v2_0/"
OLD_URN = "urn:sdmx:org.sdmx.infomodel."
FILES = [name for name in files_of("SDMX-ML 2.0 Structure") if counts()[name][0].endswith(" Structure")]


def read(body: str) -> Document:
    names = f'xmlns="{STEM}message" xmlns:s="{STEM}structure" xmlns:c="{STEM}common"'
    return read_structure(
        f"<Structure {names}><Header><ID>X</ID><Truncated>false</Truncated></Header>\n{body}</Structure>".encode(),
        origin="f.xml",
    )


def text(document: Document, node: Node | None, term: URIRef) -> str:
    return str(document.graph.value(node, term))


LISTS = f"""<CodeLists><s:CodeList id="CL" agencyID="A" version="2.0" uri="http://u" urn="{OLD_URN}codelist.CodeList=A:CL[2.0]"><s:Name xml:lang="fr">l</s:Name>
<s:Code value="01" parentCode="0"><s:Description xml:lang="en">one</s:Description><s:Description xml:lang="fr">un</s:Description><s:Annotations><c:Annotation><c:AnnotationTitle>t</c:AnnotationTitle><c:AnnotationText xml:lang="fr">n</c:AnnotationText></c:Annotation></s:Annotations></s:Code>
<s:Code value="0"><s:Description>zero</s:Description></s:Code></s:CodeList></CodeLists>"""
CONCEPTS = """<Concepts><s:Concept id="FREQ" agencyID="A" version="1.0" coreRepresentation="CL"><s:Name>f</s:Name></s:Concept><s:Concept id="TIME" agencyID="A"><s:Name>t</s:Name></s:Concept>
<s:Concept id="OBS_VALUE" agencyID="A"><s:Name>o</s:Name><s:TextFormat textType="Double" decimals="2"/></s:Concept>
<s:ConceptScheme id="CS" agencyID="B" version="3.0"><s:Name>c</s:Name><s:Concept id="NOTE"><s:Name>n</s:Name></s:Concept><s:Concept id="SUB" parent="NOTE"><s:Name>s</s:Name></s:Concept></s:ConceptScheme></Concepts>"""


def test_code_lists_keep_names_parents_annotations_and_lines() -> None:
    document = read(LISTS)
    graph, code = document.graph, iri("codelist.Code=A:CL(2.0).01")
    assert set(graph.objects(code, SKOS.prefLabel)) == {Literal("one", lang="en"), Literal("un", lang="fr")}
    assert graph.value(code, SKOS.broader) == iri("codelist.Code=A:CL(2.0).0")
    assert graph.value(graph.value(code, SS.annotation), SS.annotationText) == Literal("n", lang="fr")
    assert text(document, iri("codelist.Codelist=A:CL(2.0)"), SS.uri) == "http://u"
    assert document.positions[code].line == 3
    assert document.format == "sdmx-ml-2.0"
    assert rules(document, least=Severity.INFO) == []


def test_concepts_alone_live_in_a_scheme_of_their_agency() -> None:
    document = read(LISTS + CONCEPTS)
    graph, frequency = document.graph, iri("conceptscheme.Concept=A:STANDALONE_CONCEPT_SCHEME(1.0).FREQ")
    assert (frequency, RDF.type, SST.Concept) in graph
    assert text(document, frequency, SS.version) == "1.0"
    assert graph.value(graph.value(frequency, SST.representation), SST.enumeration) == iri(
        "codelist.Codelist=A:CL(2.0)"
    )
    assert graph.value(iri("conceptscheme.Concept=B:CS(3.0).SUB"), SKOS.broader) == iri(
        "conceptscheme.Concept=B:CS(3.0).NOTE"
    )
    assert rules(document, least=Severity.INFO) == []


KEY_FAMILY = f"""<KeyFamilies><s:KeyFamily id="D" agencyID="A" version="1.0" isFinal="true" urn="{OLD_URN}keyfamily.KeyFamily=A:D(1.0)"><s:Name>d</s:Name><s:Components>
<s:Dimension conceptRef="FREQ" codelist="CL" isFrequencyDimension="true" crossSectionalAttachGroup="true" crossSectionalAttachSection="false"/>
<s:Dimension conceptRef="TYPE" conceptAgency="Z" isMeasureDimension="true"/>
<s:TimeDimension conceptRef="TIME"><s:TextFormat textType="Year"/></s:TimeDimension>
<s:Group id="G"><s:DimensionRef>TYPE</s:DimensionRef><s:Description>g</s:Description></s:Group>
<s:PrimaryMeasure conceptRef="OBS_VALUE"/><s:CrossSectionalMeasure conceptRef="STOCK" measureDimension="TYPE" code="S"/>
<s:Attribute conceptRef="NOTE" conceptSchemeRef="CS" attachmentLevel="Series" assignmentStatus="Mandatory" isTimeFormat="true"/>
<s:Attribute conceptRef="UNIT" attachmentLevel="Group" assignmentStatus="Conditional"><s:AttachmentGroup>G</s:AttachmentGroup></s:Attribute>
<s:Attribute conceptRef="STATUS" attachmentLevel="Observation" assignmentStatus="Conditional"><s:TextFormat maxLength="1"/><s:AttachmentMeasure>S</s:AttachmentMeasure></s:Attribute>
<s:Attribute conceptRef="TITLE" attachmentLevel="DataSet" assignmentStatus="Conditional"/></s:Components></s:KeyFamily></KeyFamilies>"""


def test_a_key_family_is_a_data_structure() -> None:
    document = read(LISTS + CONCEPTS + KEY_FAMILY)
    graph, structure = document.graph, iri("datastructure.DataStructure=A:D(1.0)")
    assert (structure, RDF.type, SST.DataStructure) in graph
    ids = {name: {text(document, node, SS.identifier) for node in graph.subjects(RDF.type, SST[name])}
           for name in ("Dimension", "MeasureDimension", "TimeDimension", "Measure", "Attribute")}  # fmt: skip
    assert ids == {"Dimension": {"FREQ"}, "MeasureDimension": {"TYPE"}, "TimeDimension": {"TIME"},
                   "Measure": {"OBS_VALUE", "STOCK"}, "Attribute": {"NOTE", "UNIT", "STATUS", "TITLE"}}  # fmt: skip

    def part(name: str) -> URIRef:
        return iri(f"datastructure.{name.replace('=', '=A:D(1.0).')}")

    frequency, stock = part("Dimension=FREQ"), part("Measure=STOCK")
    assert graph.value(frequency, SST.conceptIdentity) == iri(
        "conceptscheme.Concept=A:STANDALONE_CONCEPT_SCHEME(1.0).FREQ"
    )
    assert graph.value(graph.value(frequency, SST.representation), SST.enumeration) == iri(
        "codelist.Codelist=A:CL(2.0)"
    )
    assert [text(document, frequency, term) for term in (SST.roleFlag, SST.crossSectionalLevel, SST.notAtCrossSectionalLevel)] \
        == ["isFrequencyDimension", "Group", "Section"]  # fmt: skip
    assert graph.value(part("MeasureDimension=TYPE"), SST.conceptIdentity) == iri(
        "conceptscheme.Concept=Z:STANDALONE_CONCEPT_SCHEME(1.0).TYPE"
    )
    assert text(document, graph.value(part("TimeDimension=TIME"), SST.representation), SST.textType) == "GregorianYear"
    assert [text(document, stock, term) for term in (SST.measureDimension, SST.measureCode)] == ["TYPE", "S"]
    note = part("DataAttribute=NOTE")
    assert [text(document, note, term) for term in (SST.usage, SST.attachmentLevel, SST.roleFlag)] == [
        "mandatory",
        "series",
        "isTimeFormat",
    ]
    assert set(graph.objects(note, SST.attachedToComponent)) == {frequency, part("MeasureDimension=TYPE")}
    assert graph.value(note, SST.conceptIdentity) == iri("conceptscheme.Concept=B:CS(3.0).NOTE")
    assert graph.value(part("DataAttribute=UNIT"), SST.attachedToGroup) == part("GroupDimensionDescriptor=G")
    assert text(document, part("DataAttribute=STATUS"), SST.attachmentLevel) == "observation"
    assert graph.value(part("DataAttribute=STATUS"), SST.measureRelationship) == stock
    assert text(document, part("DataAttribute=TITLE"), SST.attachmentLevel) == "dataset"
    assert document.positions[note].line == 12
    found = {(item.rule, str(item.value).rsplit("=")[-1]) for item in document.diagnostics if item.rule != "IO114"}
    assert found == {("DSD001", f"A:STANDALONE_CONCEPT_SCHEME(1.0).{name}") for name in ("STOCK", "UNIT", "STATUS", "TITLE")} \
        | {("DSD001", "Z:STANDALONE_CONCEPT_SCHEME(1.0)")}  # fmt: skip
    assert [item.message for item in document.diagnostics if item.rule == "IO114"] == [
        "the DataStructure `A:D(1.0)` is kept; its Description is not interpreted"]  # fmt: skip


def test_flows_and_categories() -> None:
    document = read("""<Dataflows><s:Dataflow id="F" agencyID="A" version="1.0"><s:Name>f</s:Name><s:KeyFamilyRef><s:KeyFamilyID>D</s:KeyFamilyID><s:KeyFamilyAgencyID>A</s:KeyFamilyAgencyID><s:Version>1.0</s:Version></s:KeyFamilyRef>
        <s:CategoryRef><s:CategorySchemeID>CAT</s:CategorySchemeID><s:CategorySchemeAgencyID>A</s:CategorySchemeAgencyID><s:CategorySchemeVersion>1.0</s:CategorySchemeVersion><s:CategoryID><s:ID>X</s:ID><s:CategoryID><s:ID>Y</s:ID></s:CategoryID></s:CategoryID></s:CategoryRef></s:Dataflow></Dataflows>
        <Metadataflows><s:Metadataflow id="M" agencyID="A"><s:Name>m</s:Name><s:MetadataStructureRef><s:URN>urn:sdmx:org.sdmx.infomodel.metadatastructure.MetadataStructureDefinition=A:MS[1.0]</s:URN></s:MetadataStructureRef></s:Metadataflow></Metadataflows>
        <CategorySchemes><s:CategoryScheme id="CAT" agencyID="A" version="1.0"><s:Name>c</s:Name><s:Category id="X"><s:Name>x</s:Name><s:Category id="Y"><s:Name xml:lang="fr">y</s:Name>
        <s:DataflowRef><s:AgencyID>A</s:AgencyID><s:DataflowID>F</s:DataflowID><s:Version>1.0</s:Version></s:DataflowRef></s:Category></s:Category></s:CategoryScheme></CategorySchemes>""")
    graph, category = document.graph, iri("categoryscheme.Category=A:CAT(1.0).X.Y")
    flow = iri("datastructure.Dataflow=A:F(1.0)")
    assert graph.value(flow, SST.structure) == iri("datastructure.DataStructure=A:D(1.0)")
    assert graph.value(flow, SST.inCategory) == category
    assert graph.value(category, SST.provisioningMetadata) == flow
    assert graph.value(iri("metadatastructure.Metadataflow=A:M(1.0)"), SSR.structure) == iri(
        "metadatastructure.MetadataStructure=A:MS(1.0)"
    )
    assert {str(item.value) for item in document.diagnostics} == {
        URN + "datastructure.DataStructure=A:D(1.0)",
        URN + "metadatastructure.MetadataStructure=A:MS(1.0)",
    }


def test_organisations_in_three_schemes() -> None:
    document = read("""<OrganisationSchemes><s:OrganisationScheme id="O" agencyID="A" version="1.0"><s:Name>o</s:Name><s:Agencies><s:Agency id="X"><s:Name>x</s:Name>
        <s:MaintenanceContact><s:Name xml:lang="en">Ann</s:Name><s:id>C</s:id><s:Role xml:lang="fr">r</s:Role><s:Email>a@b</s:Email></s:MaintenanceContact></s:Agency></s:Agencies>
        <s:DataProviders><s:DataProvider id="P" parentOrganisation="Q"><s:Name>p</s:Name></s:DataProvider><s:DataProvider id="Q"><s:Name>q</s:Name></s:DataProvider></s:DataProviders></s:OrganisationScheme></OrganisationSchemes>""")
    graph, agency = document.graph, iri("base.Agency=A:O(1.0).X")
    contact = graph.value(agency, SS.contact)
    assert [text(document, contact, term) for term in (SS.identifier, SS.contactPurpose, SS.role)] == [
        "C",
        "Maintenance",
        "r",
    ]
    assert text(document, graph.value(contact, SS.channel), SS.channelKind) == "Email"
    provider = iri("base.DataProvider=A:O(1.0).P")
    assert graph.value(provider, SKOS.broader) == iri("base.DataProvider=A:O(1.0).Q")
    assert rules(document, least=Severity.INFO) == []


def test_hierarchical_code_lists() -> None:
    document = read(
        LISTS
        + """<HierarchicalCodelists><s:HierarchicalCodelist id="H" agencyID="A" version="1.0"><s:Name>h</s:Name>
        <s:CodelistRef><s:AgencyID>A</s:AgencyID><s:CodelistID>CL</s:CodelistID><s:Version>2.0</s:Version><s:Alias>AL</s:Alias></s:CodelistRef>
        <s:Hierarchy id="T"><s:Name>t</s:Name><s:CodeRef><s:CodelistAliasRef>AL</s:CodelistAliasRef><s:CodeID>0</s:CodeID>
        <s:CodeRef><s:CodelistAliasRef>AL</s:CodelistAliasRef><s:CodeID>01</s:CodeID><s:LevelRef>L2</s:LevelRef><s:NodeAliasID>N</s:NodeAliasID><s:ValidFrom>2000</s:ValidFrom></s:CodeRef><s:LevelRef>L1</s:LevelRef></s:CodeRef>
        <s:Level id="L1"><s:Name>one</s:Name><s:Order>1</s:Order><s:CodingType textType="String" maxLength="1"/></s:Level><s:Level id="L2"><s:Name>two</s:Name><s:Order>2</s:Order></s:Level></s:Hierarchy></s:HierarchicalCodelist></HierarchicalCodelists>"""
    )
    graph, inner = document.graph, iri("codelist.HierarchicalCode=A:H(1.0).T.0.N")
    assert graph.value(inner, SST.code) == iri("codelist.Code=A:CL(2.0).01")
    assert text(document, inner, SS.validFrom) == "2000"
    assert graph.value(inner, SST.atLevel) == iri("codelist.Level=A:H(1.0).T.L2")
    assert text(document, iri("codelist.Level=A:H(1.0).T.L2"), SST.levelOrder) == "2"
    assert len(set(graph.objects(iri("codelist.Hierarchy=A:H(1.0).T"), SST.level))) == 2
    assert rules(document, least=Severity.INFO) == []


def test_metadata_structures() -> None:
    document = read("""<MetadataStructureDefinitions><s:MetadataStructureDefinition id="M" agencyID="A" version="1.0"><s:Name>m</s:Name><s:TargetIdentifiers>
        <s:FullTargetIdentifier id="FULL"><s:Name>f</s:Name><s:IdentifierComponent id="FLOW"><s:Name xml:lang="fr">i</s:Name><s:TargetObjectClass>DataFlow</s:TargetObjectClass>
        <s:RepresentationScheme representationScheme="CAT" representationSchemeAgency="A" representationSchemeType="Category"/></s:IdentifierComponent></s:FullTargetIdentifier>
        <s:PartialTargetIdentifier id="PART"><s:Name>p</s:Name><s:IdentifierComponentRef>FLOW</s:IdentifierComponentRef></s:PartialTargetIdentifier></s:TargetIdentifiers>
        <s:ReportStructure id="R" target="FULL"><s:Name>r</s:Name><s:MetadataAttribute conceptRef="CONTACT" usageStatus="Mandatory"><s:MetadataAttribute conceptRef="MAIL" usageStatus="Conditional"><s:TextFormat textType="URI"/></s:MetadataAttribute></s:MetadataAttribute></s:ReportStructure>
        </s:MetadataStructureDefinition></MetadataStructureDefinitions>""")
    graph = document.graph
    flow, report = (
        iri("metadatastructure.IdentifiableObjectTarget=A:M(1.0).FULL.FLOW"),
        iri("metadatastructure.ReportStructure=A:M(1.0).R"),
    )
    assert text(document, flow, SSR.objectType) == "DataFlow"
    assert graph.value(flow, SKOS.prefLabel) == Literal("i", lang="fr")
    assert graph.value(report, SSR.forTarget) == iri("metadatastructure.MetadataTarget=A:M(1.0).FULL")
    assert values(document, iri("metadatastructure.MetadataTarget=A:M(1.0).PART"), SSR.targetComponent) == {"FLOW"}
    mail = iri("metadatastructure.MetadataAttribute=A:M(1.0).R.CONTACT.MAIL")
    assert text(document, mail, SST.minOccurs) == "0"
    assert text(document, graph.value(mail, SST.representation), SST.textType) == "URI"
    assert {item.rule for item in document.diagnostics} == {"DSD001"}


def test_structure_sets_reporting_taxonomies_and_processes() -> None:
    document = read(
        LISTS
        + """<StructureSets><s:StructureSet id="S" agencyID="A" version="1.0"><s:Name>s</s:Name><s:RelatedStructures><s:KeyFamilyRef><s:KeyFamilyID>D</s:KeyFamilyID><s:KeyFamilyAgencyID>A</s:KeyFamilyAgencyID></s:KeyFamilyRef></s:RelatedStructures>
        <s:StructureMap id="SM" isExtension="false"><s:Name>m</s:Name><s:KeyFamilyRef><s:KeyFamilyID>D</s:KeyFamilyID><s:KeyFamilyAgencyID>A</s:KeyFamilyAgencyID></s:KeyFamilyRef><s:TargetKeyFamilyRef><s:KeyFamilyID>E</s:KeyFamilyID><s:KeyFamilyAgencyID>A</s:KeyFamilyAgencyID></s:TargetKeyFamilyRef>
        <s:ComponentMap><s:MapConceptRef>X</s:MapConceptRef><s:MapTargetConceptRef>Y</s:MapTargetConceptRef><s:ToTextFormat textType="String"/><s:ToValueType>Name</s:ToValueType></s:ComponentMap></s:StructureMap>
        <s:CodelistMap id="CM"><s:Name>c</s:Name><s:CodelistRef><s:AgencyID>A</s:AgencyID><s:CodelistID>CL</s:CodelistID><s:Version>2.0</s:Version></s:CodelistRef><s:TargetCodelistRef><s:AgencyID>A</s:AgencyID><s:CodelistID>CL2</s:CodelistID></s:TargetCodelistRef>
        <s:CodeMap CodeAlias="K"><s:MapCodeRef>01</s:MapCodeRef><s:MapTargetCodeRef>1</s:MapTargetCodeRef></s:CodeMap></s:CodelistMap></s:StructureSet></StructureSets>
        <ReportingTaxonomies><s:ReportingTaxonomy id="RT" agencyID="A"><s:Name>r</s:Name><s:Category id="R1"><s:Name>1</s:Name></s:Category></s:ReportingTaxonomy></ReportingTaxonomies>
        <Processes><s:Process id="P" agencyID="A"><s:Name>p</s:Name><s:ProcessStep id="S1"><s:Name>1</s:Name><s:Input>Codelist</s:Input><s:Computation xml:lang="fr">calcul</s:Computation></s:ProcessStep></s:Process></Processes>"""
    )
    graph = document.graph
    row = graph.value(iri("mapping.CodelistMap=A:S(1.0).CM"), SSM.itemMap)
    assert graph.value(graph.value(row, SSM.sourceValue), SSM.mapsItem) == iri("codelist.Code=A:CL(2.0).01")
    assert text(document, row, SSM.itemMapAlias) == "K"
    component_map = graph.value(iri("mapping.StructureMap=A:S(1.0).SM"), SSM.componentMap)
    assert text(document, component_map, SSM.valueType) == "Name"
    assert (iri("categoryscheme.ReportingCategory=A:RT(1.0).R1"), RDF.type, SST.ReportingCategory) in graph
    step = iri("process.ProcessStep=A:P(1.0).S1")
    assert text(document, graph.value(step, SSP.input), SSP.objectClass) == "Codelist"
    computation = graph.value(step, SSP.computation)
    assert graph.value(computation, DCTERMS.description) == Literal("calcul", lang="fr")
    assert {item.rule for item in document.diagnostics} == {"DSD001"}


def test_unknown_content_and_missing_header() -> None:
    document = read(
        '<CodeLists><s:CodeList id="CL" agencyID="A" odd="1"><s:Name>n</s:Name><s:Odd/><s:Code><s:Description>x</s:Description></s:Code></s:CodeList><s:Odd/></CodeLists><Odd/>'
    )
    kept = " ".join(values(document, iri("codelist.Codelist=A:CL(1.0)"), SS.unreadContent))
    assert "odd=" in kept
    assert "Odd" in kept
    assert rules(document).count("IO108") == 4
    assert [
        item.rule for item in read_structure(f'<Structure xmlns="{STEM}message"/>'.encode(), origin="f").diagnostics
    ] == ["IO113", "IO110"]


@needs_corpora
def test_counts_of_the_real_messages() -> None:
    assert CORPORA is not None
    assert len(FILES) == 2
    for name in FILES:
        document = read_structure((CORPORA / name).read_bytes(), origin=name)
        graph, wanted = document.graph, counts()[name][1]
        classes = {"codelists": (SST.Codelist,), "codes": (SST.Code,), "concepts": (SST.Concept,), "dsds": (SST.DataStructure,), "attributes": (SST.Attribute,),
                   "measures": (SST.Measure,), "dimensions": (SST.Dimension, SST.TimeDimension, SST.MeasureDimension)}  # fmt: skip
        found = {key: sum(len(set(graph.subjects(RDF.type, cls))) for cls in kinds) for key, kinds in classes.items()}
        assert found == {key: number for key, number in wanted.items() if key in found}
        assert {item.rule for item in document.diagnostics} <= {"DSD001"}
        root = etree.parse(CORPORA / name).getroot()
        labels = {
            part.text for part in root.iter(f"{{{STEM}structure}}Description") if part.getparent().tag.endswith("}Code")
        }
        assert labels == {
            str(label) for code in graph.subjects(RDF.type, SST.Code) for label in graph.objects(code, SKOS.prefLabel)
        }


@needs_corpora
def test_damaged_messages_never_raise() -> None:
    assert CORPORA is not None
    chance, read_files = random.Random(20), 0
    for name in FILES:
        data = (CORPORA / name).read_bytes()
        for _ in range(12):
            root = etree.fromstring(data)
            every = list(root.iter("*"))
            for element in chance.sample(every, 5):
                element.tag = chance.choice(every).tag
                element.attrib.pop(next(iter(element.attrib)), None) if element.attrib else None
            document = read_structure(etree.tostring(root), origin=name)
            assert len(document.graph) or document.diagnostics
            read_files += 1
    print(f"{read_files} damaged messages")
