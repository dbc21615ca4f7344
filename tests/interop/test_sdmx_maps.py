"""Maps of 3.x and structure sets of 2.1, read from small messages of our own."""

# ruff: noqa: E501 - messages are easier to read in one piece

from rdflib import Literal, URIRef
from rdflib.term import Node
from sdmx_messages import CODELIST, URN, iri, message, read, rules, values

from semstat.interop.document import Document
from semstat.interop.formats.sdmx.model_maps import ComponentMap, RepresentationMap, StructureMap, StructureSet
from semstat.interop.formats.sdmx.parse import parse_message
from semstat.ontology.terms import RDF, SKOS, SS, SST
from semstat.ontology.terms_mapping import SSM
from semstat.validators.diagnostics import Severity


def ordered(document: Document, subject: Node, predicate: URIRef) -> list[URIRef]:
    graph = document.graph
    return sorted((node for node in graph.objects(subject, predicate) if isinstance(node, URIRef)),
                  key=lambda node: int(str(graph.value(node, SS.position))))  # fmt: skip


REPRESENTATION_MAP = f"""<s:RepresentationMaps><s:RepresentationMap agencyID="A" id="RM" version="1.0.0"><c:Name>n</c:Name>
<s:SourceCodelist>{URN}codelist.Codelist=A:CL(1.0)</s:SourceCodelist><s:SourceDataType>String</s:SourceDataType>
<s:TargetDataType>Integer</s:TargetDataType><s:TargetCodelist>{URN}codelist.ValueList=A:VL(1.0)</s:TargetCodelist>
<s:RepresentationMapping validFrom="2020-01-01" validTo="2021-12-31"><c:Annotations><c:Annotation><c:AnnotationText xml:lang="fr">note</c:AnnotationText></c:Annotation></c:Annotations>
<s:SourceValue>01</s:SourceValue><s:SourceValue isRegEx="true" startIndex="1" endIndex="2"> ([A-Z])* </s:SourceValue>
<s:TargetValue>010</s:TargetValue><s:TargetValue>\\1</s:TargetValue></s:RepresentationMapping>
<s:RepresentationMapping><s:SourceValue>02</s:SourceValue><s:SourceValue/></s:RepresentationMapping>
</s:RepresentationMap></s:RepresentationMaps>"""
VALUE_LIST = (
    '<s:ValueLists><s:ValueList agencyID="A" id="VL" version="1.0"><s:ValueItem id="x"/></s:ValueList></s:ValueLists>'
)


def test_rows_of_a_representation_map_keep_order_values_and_patterns() -> None:
    document = read(CODELIST.format('<s:Code id="01"/>') + VALUE_LIST + REPRESENTATION_MAP, version="3_0")
    graph, subject = document.graph, iri("structuremapping.RepresentationMap=A:RM(1.0.0)")
    sources, targets = (
        ordered(document, subject, term) for term in (SSM.sourceRepresentation, SSM.targetRepresentation)
    )
    assert [graph.value(node, SSM.codelist) for node in sources] == [iri("codelist.Codelist=A:CL(1.0)"), None]
    assert [graph.value(node, SSM.dataType) for node in targets] == [Literal("Integer"), None]
    first, second = ordered(document, subject, SSM.representationMapping)
    assert (graph.value(first, SS.validFrom), graph.value(first, SS.validTo)) == (
        Literal("2020-01-01"),
        Literal("2021-12-31"),
    )
    assert graph.value(graph.value(first, SS.annotation), SS.annotationText) == Literal("note", lang="fr")
    exact, pattern = ordered(document, first, SSM.sourceValue)
    assert graph.value(exact, SST.value) == Literal("01")
    assert graph.value(exact, SSM.mapsItem) == iri("codelist.Code=A:CL(1.0).01")
    assert graph.value(pattern, SST.value) == Literal(" ([A-Z])* ")
    stated = (SSM.isRegularExpression, SSM.startIndex, SSM.endIndex)
    assert [str(graph.value(pattern, term)) for term in stated] == ["true", "1", "2"]
    assert [str(graph.value(node, SST.value)) for node in ordered(document, first, SSM.targetValue)] == ["010", "\\1"]
    assert ordered(document, second, SSM.targetValue) == []
    missing = [item for item in document.diagnostics if item.rule == "DSD001"]
    assert sorted(str(item.value).rsplit("=")[1] for item in missing) == ["A:CL(1.0).02", "A:VL(1.0).\\1"]


STRUCTURE_MAP = f"""<s:StructureMaps><s:StructureMap agencyID="A" id="SM" version="1.0.0"><c:Name xml:lang="es">n</c:Name>
<s:Source>{URN}datastructure.Dataflow=A:F(1.0.0)</s:Source><s:Target>{URN}datastructure.DataStructure=A:D(1.0.0)</s:Target>
<s:EpochMap id="E" urn="{URN}structuremapping.EpochMap=A:SM(1.0.0).E" basePeriod="1970" epochPeriod="day" resolvePeriod="midPeriod"><s:Source>T</s:Source><s:Target>P</s:Target><s:TargetFrequencyID>M</s:TargetFrequencyID></s:EpochMap>
<s:DatePatternMap sourcePattern="MMM yy" locale="en"><c:Link rel="r" url="http://l" type="text/html" urn="u"/><s:Source>T</s:Source><s:Target>P</s:Target><s:MappedFrequencies>FF</s:MappedFrequencies><s:MappedFrequencies>FG</s:MappedFrequencies></s:DatePatternMap>
<s:DatePatternMap id="V" sourcePattern="yyyy" locale="es" uri="http://v"><s:Source>T</s:Source><s:Target>P</s:Target><s:FrequencyDimension>FREQ</s:FrequencyDimension></s:DatePatternMap>
<s:FrequencyFormatMapping id="FF"><s:FrequencyId>A</s:FrequencyId><s:DatePattern>yyyy</s:DatePattern></s:FrequencyFormatMapping>
<s:ComponentMap><s:Source>B</s:Source><s:Source>A</s:Source><s:Target>C</s:Target><s:RepresentationMap>{URN}structuremapping.RepresentationMap=A:RM(1.0.0)</s:RepresentationMap></s:ComponentMap>
<s:FixedValueMap><s:Target>C</s:Target><s:Value>b</s:Value><s:Value>a</s:Value></s:FixedValueMap>
<s:FixedValueMap><s:Source>B</s:Source></s:FixedValueMap>
</s:StructureMap></s:StructureMaps>"""


def test_all_parts_of_a_structure_map() -> None:
    document = read(STRUCTURE_MAP, version="3_0")
    graph, subject = document.graph, iri("structuremapping.StructureMap=A:SM(1.0.0)")
    assert graph.value(subject, SSM.source) == iri("datastructure.Dataflow=A:F(1.0.0)")
    epoch = iri("structuremapping.EpochMap=A:SM(1.0.0).E")
    assert (subject, SSM.epochMap, epoch) in graph
    stated = (SSM.basePeriod, SSM.epochPeriod, SSM.resolvePeriod, SSM.targetFrequency, SS.identifier)
    assert [str(graph.value(epoch, term)) for term in stated] == ["1970", "day", "midPeriod", "M", "E"]
    unnamed, named = ordered(document, subject, SSM.datePatternMap)
    assert named == iri("structuremapping.DatePatternMap=A:SM(1.0.0).V")
    assert str(graph.value(named, SS.uri)) == "http://v"
    assert graph.value(unnamed, SS.identifier) is None
    assert values(document, unnamed, SSM.mappedFrequency) == {"FF", "FG"}
    link = graph.value(unnamed, SS.link)
    parts = (SS.linkRelation, SS.linkUrl, SS.linkType, SS.linkUrn)
    assert [str(graph.value(link, term)) for term in parts] == ["r", "http://l", "text/html", "u"]
    (component_map,) = ordered(document, subject, SSM.componentMap)
    names = [str(graph.value(node, SST.componentId)) for node in ordered(document, component_map, SSM.sourceComponent)]
    assert names == ["B", "A"]
    target, source = ordered(document, subject, SSM.fixedValueMap)
    assert [str(graph.value(node, SST.value)) for node in ordered(document, target, SSM.fixedValue)] == ["b", "a"]
    assert str(graph.value(graph.value(source, SSM.sourceComponent), SST.componentId)) == "B"
    assert values(document, subject, SS.unreadContent) == set()
    assert {item.rule for item in document.diagnostics} == {"DSD001"}
    assert document.positions[epoch].line == 4


DATAFLOW = f"""<s:DataStructures><s:DataStructure agencyID="A" id="D" version="1.0.0"><c:Name>n</c:Name><s:DataStructureComponents>
<s:DimensionList><s:Dimension id="C"/><s:Dimension id="P"/><s:Dimension id="B"/><s:Dimension id="A"/></s:DimensionList></s:DataStructureComponents>
</s:DataStructure></s:DataStructures><s:Dataflows><s:Dataflow agencyID="A" id="F" version="1.0.0"><c:Name>n</c:Name>
<s:Structure>{URN}datastructure.DataStructure=A:D(1.0.0)</s:Structure></s:Dataflow></s:Dataflows>"""


def test_mapped_components_are_those_of_the_structures_at_hand() -> None:
    document = read(DATAFLOW + STRUCTURE_MAP, version="3_0")
    graph, subject = document.graph, iri("structuremapping.StructureMap=A:SM(1.0.0)")
    (component_map,) = ordered(document, subject, SSM.componentMap)
    found = [graph.value(node, SSM.mapsComponent) for node in ordered(document, component_map, SSM.sourceComponent)]
    assert found == [iri("datastructure.Dimension=A:D(1.0.0).B"), iri("datastructure.Dimension=A:D(1.0.0).A")]
    unknown = [item for item in document.diagnostics if item.rule == "DSD006"]
    assert [(item.value, item.location.line) for item in unknown] == [("T", 7), ("T", 8), ("T", 9)]


def test_item_maps_of_3x_name_items_and_patterns() -> None:
    schemes = "".join(
        f'<s:ConceptScheme agencyID="A" id="{name}" version="1.0.0"><c:Name>n</c:Name><s:Concept id="{item}"/></s:ConceptScheme>'
        for name, item in (("S", "SEX"), ("T", "GENDER"))
    )
    document = read(f"""<s:ConceptSchemes>{schemes}</s:ConceptSchemes><s:ConceptSchemeMaps>
        <s:ConceptSchemeMap agencyID="A" id="M" version="1.0.0"><c:Name>n</c:Name>
        <s:Source>{URN}conceptscheme.ConceptScheme=A:S(1.0.0)</s:Source><s:Target>{URN}conceptscheme.ConceptScheme=A:T(1.0.0)</s:Target>
        <s:ItemMap><s:SourceValue>SEX</s:SourceValue><s:TargetValue>GENDER</s:TargetValue></s:ItemMap>
        <s:ItemMap><s:SourceValue isRegEx="true">S.*</s:SourceValue></s:ItemMap>
        <s:ItemMap><s:SourceValue>AGE</s:SourceValue><s:TargetValue>GENDER</s:TargetValue></s:ItemMap>
        </s:ConceptSchemeMap></s:ConceptSchemeMaps>""", version="3_0")  # fmt: skip
    graph, subject = document.graph, iri("structuremapping.ConceptSchemeMap=A:M(1.0.0)")
    assert {SSM.ConceptSchemeMap, SSM.ItemSchemeMap, SS.MaintainableArtefact} <= set(graph.objects(subject, RDF.type))
    first, second, _ = ordered(document, subject, SSM.itemMap)
    assert graph.value(graph.value(first, SSM.sourceValue), SSM.mapsItem) == iri("conceptscheme.Concept=A:S(1.0.0).SEX")
    assert graph.value(graph.value(second, SSM.sourceValue), SSM.mapsItem) is None
    assert graph.value(second, SSM.targetValue) is None
    assert [str(item.value) for item in document.diagnostics] == [URN + "conceptscheme.Concept=A:S(1.0.0).AGE"]


def test_every_kind_of_item_scheme_map_is_read() -> None:
    kinds = {"CategorySchemeMap": "categoryscheme.CategoryScheme", "ReportingTaxonomyMap": "categoryscheme.ReportingTaxonomy",
             "OrganisationSchemeMap": "base.DataProviderScheme"}  # fmt: skip
    for cls, scheme in kinds.items():
        document = read(f"""<s:{cls}s><s:{cls} agencyID="A" id="M" version="1.0.0"><c:Name>n</c:Name><s:Source>{URN}{scheme}=A:S(1.0)</s:Source>
            <s:Target>{URN}{scheme}=A:T(1.0)</s:Target></s:{cls}></s:{cls}s>""", version="3_0")  # fmt: skip
        subject = iri(f"structuremapping.{cls}=A:M(1.0.0)")
        assert (subject, RDF.type, SSM[cls]) in document.graph
        assert document.graph.value(subject, SSM.target) == iri(f"{scheme}=A:T(1.0)")


STRUCTURE_SET = f"""<s:StructureSets><s:StructureSet agencyID="A" id="SS" version="1.0"><c:Name>n</c:Name>
<s:RelatedStructure><Ref agencyID="A" id="D" class="DataStructure" package="datastructure"/></s:RelatedStructure>
<s:CodelistMap id="CM" urn="{URN}mapping.CodelistMap=A:SS(1.0).CM"><c:Name xml:lang="fr">m</c:Name><s:Source><Ref agencyID="A" id="CL"/></s:Source>
<s:Target><Ref agencyID="A" id="CL2"/></s:Target><s:CodeMap><s:Source><Ref id="01"/></s:Source><s:Target><Ref id="1"/></s:Target></s:CodeMap></s:CodelistMap>
<s:StructureMap id="M" isExtension="false"><c:Name>m</c:Name><s:Source><Ref agencyID="A" id="D" class="DataStructure" package="datastructure"/></s:Source>
<s:Target><Ref agencyID="A" id="D2" class="DataStructure" package="datastructure"/></s:Target>
<s:ComponentMap><s:Source><Ref id="X"/></s:Source><s:Target><Ref id="Y"/></s:Target><s:RepresentationMapping><s:CodelistMap><Ref id="CM"/></s:CodelistMap></s:RepresentationMapping></s:ComponentMap>
<s:ComponentMap><s:Source><Ref id="Z"/></s:Source><s:Target><Ref id="Z"/></s:Target><s:RepresentationMapping><s:ToTextFormat textType="String" maxLength="3"/><s:ToValueType>Name</s:ToValueType></s:RepresentationMapping></s:ComponentMap>
<s:ComponentMap><s:Source><Ref id="W"/></s:Source><s:Target><Ref id="W"/></s:Target><s:RepresentationMapping><s:ValueMap><s:ValueMapping source="a" target="b"/><s:Odd/></s:ValueMap></s:RepresentationMapping></s:ComponentMap>
</s:StructureMap></s:StructureSet></s:StructureSets>"""


def test_a_structure_set_holds_maps_in_their_order() -> None:
    document = read(CODELIST.format('<s:Code id="01"/>') + STRUCTURE_SET)
    graph, subject = document.graph, iri("mapping.StructureSet=A:SS(1.0)")
    codelist_map, structure_map = ordered(document, subject, SSM.map)
    assert codelist_map == iri("mapping.CodelistMap=A:SS(1.0).CM")
    assert graph.value(codelist_map, SKOS.prefLabel) == Literal("m", lang="fr")
    row = graph.value(codelist_map, SSM.itemMap)
    assert graph.value(graph.value(row, SSM.sourceValue), SSM.mapsItem) == iri("codelist.Code=A:CL(1.0).01")
    by_list, by_format, by_values = ordered(document, structure_map, SSM.componentMap)
    assert graph.value(by_list, SSM.codelistMap) == codelist_map
    assert str(graph.value(by_format, SSM.valueType)) == "Name"
    assert str(graph.value(graph.value(by_format, SSM.textFormat), SST.maxLength)) == "3"
    pair = graph.value(by_values, SSM.representationMapping)
    assert str(graph.value(graph.value(pair, SSM.targetValue), SST.value)) == "b"
    assert "Odd" in next(iter(values(document, by_values, SS.unreadContent)))
    assert rules(document, least=Severity.INFO).count("IO108") == 1
    assert sorted(str(item.value).rsplit("=")[1] for item in document.diagnostics if item.rule == "DSD001") == [
        "A:CL2(1.0)",
        "A:D(1.0)",
        "A:D2(1.0)",
    ]


def test_parts_repeated_or_without_what_they_need_are_kept() -> None:
    document = read(f"""<s:StructureMaps><s:StructureMap agencyID="A" id="SM" version="1.0.0"><c:Name>n</c:Name>
        <s:FrequencyFormatMapping id="F"/><s:FrequencyFormatMapping id="F"/><s:ComponentMap><s:Source/></s:ComponentMap>
        <s:Source>x</s:Source><s:Source>{URN}datastructure.DataStructure=A:D(1.0.0)</s:Source></s:StructureMap></s:StructureMaps>""", version="3_0")  # fmt: skip
    subject = iri("structuremapping.StructureMap=A:SM(1.0.0)")
    assert sorted(rules(document)) == ["DSD001", "DSD001", "DSD003", "IO108"]
    (kept,) = values(document, subject, SS.unreadContent)
    assert len(kept.split("\n")) == 2


def test_equal_messages_are_equal_values_and_graphs() -> None:
    body = REPRESENTATION_MAP + STRUCTURE_MAP
    first, second = (
        parse_message(message(text, version="3_0"), origin="f") for text in (body, body.replace("><", ">\n<"))
    )
    assert first.artefacts == second.artefacts
    representation_map, structure_map = first.artefacts
    assert isinstance(representation_map, RepresentationMap)
    assert isinstance(structure_map, StructureMap)
    assert isinstance(structure_map.component_maps[0], ComponentMap)
    (structure_set,) = parse_message(message(STRUCTURE_SET), origin="f").artefacts
    assert isinstance(structure_set, StructureSet)
