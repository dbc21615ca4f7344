"""Messages with one artefact of each class, for tests that read them part by part and for those that look at all."""

# ruff: noqa: E501 - messages are easier to read in one piece

from sdmx_messages import URN

REPRESENTATION_MAP = f"""<s:RepresentationMaps><s:RepresentationMap agencyID="A" id="RM" version="1.0.0"><c:Name>n</c:Name>
<s:SourceCodelist>{URN}codelist.Codelist=A:CL(1.0)</s:SourceCodelist><s:SourceDataType>String</s:SourceDataType>
<s:TargetDataType>Integer</s:TargetDataType><s:TargetCodelist>{URN}codelist.ValueList=A:VL(1.0)</s:TargetCodelist>
<s:RepresentationMapping validFrom="2020-01-01" validTo="2021-12-31"><c:Annotations><c:Annotation><c:AnnotationText xml:lang="fr">note</c:AnnotationText></c:Annotation></c:Annotations>
<s:SourceValue>01</s:SourceValue><s:SourceValue isRegEx="true" startIndex="1" endIndex="2"> ([A-Z])* </s:SourceValue>
<s:TargetValue>010</s:TargetValue><s:TargetValue>\\1</s:TargetValue></s:RepresentationMapping>
<s:RepresentationMapping><s:SourceValue>02</s:SourceValue><s:SourceValue/></s:RepresentationMapping>
</s:RepresentationMap></s:RepresentationMaps>"""
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
HIERARCHY = f"""<s:Hierarchies><s:Hierarchy agencyID="A" id="H" version="1.0.0" hasFormalLevels="true"><c:Name>n</c:Name>
<s:Level id="TOP"><c:Name xml:lang="en">Top</c:Name><c:Name xml:lang="fr">Haut</c:Name><s:CodingFormat textType="Alpha" maxLength="1"/>
<s:Level id="LOW"><c:Name>Low</c:Name></s:Level></s:Level>
<s:HierarchicalCode id="W" validFrom="2020-01-01T00:00:00" urn="{URN}codelist.HierarchicalCode=A:H(1.0.0).W"><s:Code>{URN}codelist.Code=A:CL(1.0).W</s:Code>
<s:HierarchicalCode id="B"><s:Code>{URN}codelist.Code=A:CL(1.0).B</s:Code><s:Level>LOW</s:Level></s:HierarchicalCode>
<s:HierarchicalCode id="A"><s:Code>{URN}codelist.Code=A:CL(1.0).A</s:Code><s:Level>LOW</s:Level></s:HierarchicalCode>
<s:Level>TOP</s:Level></s:HierarchicalCode>
<s:HierarchicalCode id="B"><s:Code>{URN}codelist.Code=A:CL(1.0).B</s:Code><s:Level>ODD</s:Level></s:HierarchicalCode>
</s:Hierarchy></s:Hierarchies>"""
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
PROCESS = f"""<s:Processes><s:Process agencyID="A" id="P" version="1.0.0"><c:Name>n</c:Name>
<s:ProcessStep id="S1"><c:Name xml:lang="fr">un</c:Name><s:Input localID="I"><s:ObjectReference>{URN}datastructure.Dataflow=A:F(1.0.0)</s:ObjectReference></s:Input>
<s:Output><s:ObjectReference>{URN}datastructure.Dimension=A:D(1.0.0).X</s:ObjectReference></s:Output>
<s:Computation localID="K" softwarePackage="R" softwareLanguage="R" softwareVersion="4"><c:Description xml:lang="en">add</c:Description><c:Description xml:lang="fr">ajouter</c:Description></s:Computation>
<s:Transition id="T" localID="L"><s:TargetStep>S1.S2</s:TargetStep><s:Condition xml:lang="en">if done</s:Condition></s:Transition>
<s:Transition id="U"><s:TargetStep>S9</s:TargetStep></s:Transition>
<s:ProcessStep id="S2" urn="{URN}process.ProcessStep=A:P(1.0.0).S1.S2"><c:Name>deux</c:Name></s:ProcessStep></s:ProcessStep></s:Process></s:Processes>"""
MSD = f"""<s:MetadataStructures><s:MetadataStructure agencyID="A" id="M" version="1.0.0"><c:Name>n</c:Name><s:MetadataStructureComponents>
<s:MetadataAttributeList id="MetadataAttributeDescriptor"><s:MetadataAttribute id="CONTACT" minOccurs="0" maxOccurs="unbounded" isPresentational="true">
<s:ConceptIdentity>{URN}conceptscheme.Concept=A:CS(1.0.0).CONTACT</s:ConceptIdentity>
<s:MetadataAttribute id="MAIL" urn="{URN}metadatastructure.MetadataAttribute=A:M(1.0.0).CONTACT.MAIL"><s:ConceptIdentity>{URN}conceptscheme.Concept=A:CS(1.0.0).MAIL</s:ConceptIdentity>
<s:LocalRepresentation><s:TextFormat textType="String" maxLength="80"/></s:LocalRepresentation></s:MetadataAttribute></s:MetadataAttribute></s:MetadataAttributeList>
</s:MetadataStructureComponents></s:MetadataStructure></s:MetadataStructures>"""
OLD_STEM = "http://www.SDMX.org/resources/SDMXML/schemas/v2_0/"
OLD_LISTS = f"""<CodeLists><s:CodeList id="CL" agencyID="A" version="2.0" uri="http://u" urn="{URN}codelist.CodeList=A:CL[2.0]"><s:Name xml:lang="fr">l</s:Name>
<s:Code value="01" parentCode="0"><s:Description xml:lang="en">one</s:Description><s:Description xml:lang="fr">un</s:Description><s:Annotations><c:Annotation><c:AnnotationTitle>t</c:AnnotationTitle><c:AnnotationText xml:lang="fr">n</c:AnnotationText></c:Annotation></s:Annotations></s:Code>
<s:Code value="0"><s:Description>zero</s:Description></s:Code></s:CodeList></CodeLists>"""
OLD_CONCEPTS = """<Concepts><s:Concept id="FREQ" agencyID="A" version="1.0" coreRepresentation="CL"><s:Name>f</s:Name></s:Concept><s:Concept id="TIME" agencyID="A"><s:Name>t</s:Name></s:Concept>
<s:Concept id="OBS_VALUE" agencyID="A"><s:Name>o</s:Name><s:TextFormat textType="Double" decimals="2"/></s:Concept>
<s:ConceptScheme id="CS" agencyID="B" version="3.0"><s:Name>c</s:Name><s:Concept id="NOTE"><s:Name>n</s:Name></s:Concept><s:Concept id="SUB" parent="NOTE"><s:Name>s</s:Name></s:Concept></s:ConceptScheme></Concepts>"""
KEY_FAMILY = f"""<KeyFamilies><s:KeyFamily id="D" agencyID="A" version="1.0" isFinal="true" urn="{URN}keyfamily.KeyFamily=A:D(1.0)"><s:Name>d</s:Name><s:Components>
<s:Dimension conceptRef="FREQ" codelist="CL" isFrequencyDimension="true" crossSectionalAttachGroup="true" crossSectionalAttachSection="false"/>
<s:Dimension conceptRef="TYPE" conceptAgency="Z" isMeasureDimension="true"/>
<s:TimeDimension conceptRef="TIME"><s:TextFormat textType="Year"/></s:TimeDimension>
<s:Group id="G"><s:DimensionRef>TYPE</s:DimensionRef><s:Description>g</s:Description></s:Group>
<s:PrimaryMeasure conceptRef="OBS_VALUE"/><s:CrossSectionalMeasure conceptRef="STOCK" measureDimension="TYPE" code="S"/>
<s:Attribute conceptRef="NOTE" conceptSchemeRef="CS" attachmentLevel="Series" assignmentStatus="Mandatory" isTimeFormat="true"/>
<s:Attribute conceptRef="UNIT" attachmentLevel="Group" assignmentStatus="Conditional"><s:AttachmentGroup>G</s:AttachmentGroup></s:Attribute>
<s:Attribute conceptRef="STATUS" attachmentLevel="Observation" assignmentStatus="Conditional"><s:TextFormat maxLength="1"/><s:AttachmentMeasure>S</s:AttachmentMeasure></s:Attribute>
<s:Attribute conceptRef="TITLE" attachmentLevel="DataSet" assignmentStatus="Conditional"/></s:Components></s:KeyFamily></KeyFamilies>"""
