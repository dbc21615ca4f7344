"""How SDMX-JSON structure messages say what SDMX-ML says: for each element, the members of the object that stands for it.

SDMX-JSON is a second notation for the same artefacts, name by name. A table that turns one into the other gives the one
reader of structures all of it; what the table does not list is unknown content.

Source:
    SDMX-JSON 1.0, 2.0 and 2.1, JSON Schemas of the structure message; SDMX-ML 2.1, 3.0 and 3.1, ``SDMXStructure*.xsd``.
"""

from dataclasses import dataclass, field

__all__ = ["FLAGS", "IDENTITIES", "SHAPES", "Member", "Shape"]


@dataclass(frozen=True, slots=True)
class Member:
    """What becomes of a member of an object: an attribute, or child elements of a name.

    ``many`` says that its value is an array, each entry of which becomes an element.
    """

    element: str
    attribute: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """The members of the object that stands for an element; ``special`` names those with a way of their own."""

    members: dict[str, Member] = field(default_factory=dict)
    special: frozenset[str] = frozenset()


_ANNOTABLE = "annotations! links!"
_IDENTIFIABLE = f"@id {_ANNOTABLE}"
_NAMEABLE = f"{_IDENTIFIABLE} name! names! description! descriptions!"
_MAINTAINABLE = (
    f"{_NAMEABLE} @version @agencyID @isFinal @isPartial @isExternalReference @isPartialLanguage @validFrom @validTo"
    " @structureURL @serviceURL @uri @urn"
)
_COMPONENT = (
    f"{_IDENTIFIABLE} conceptIdentity>ConceptIdentity localRepresentation>LocalRepresentation conceptRoles*ConceptRole"
)
_FORMAT = (
    "@dataType=textType @textType @isSequence @isMultiLingual @minLength @maxLength @minValue @maxValue @startValue"
    " @endValue @interval @timeInterval @decimals @pattern @startTime @endTime sentinelValues*SentinelValue"
)
_SCHEME_MAP = f"{_MAINTAINABLE} source>Source target>Target itemMaps*ItemMap"
_DATE_MAP = (
    f"{_IDENTIFIABLE} @resolvePeriod mappedComponents! frequencyDimension>FrequencyDimension mappedFrequencies*MappedFrequencies"
    " targetFrequencyID>TargetFrequencyID"
)
_VTL = f"{_MAINTAINABLE} @vtlVersion"

_SHAPES = {
    # What artefacts are made of.
    "Annotation": "@id title>AnnotationTitle type>AnnotationType value>AnnotationValue text! texts! links!",
    "Contact": "@id name! names! department! departments! role! roles! telephones*Telephone faxes*Fax x400s*X400 uris*URI"
    " emails*Email",
    "Representation": "@minOccurs @maxOccurs enumeration>Enumeration enumerationFormat>EnumerationFormat format>TextFormat"
    " textFormat>TextFormat",
    "Format": _FORMAT,
    "SentinelValue": "@value name! names! description! descriptions!",
    # Schemes of items.
    "AgencyScheme": f"{_MAINTAINABLE} agencies*Agency",
    "DataProviderScheme": f"{_MAINTAINABLE} dataProviders*DataProvider",
    "DataConsumerScheme": f"{_MAINTAINABLE} dataConsumers*DataConsumer",
    "MetadataProviderScheme": f"{_MAINTAINABLE} metadataProviders*MetadataProvider",
    "OrganisationUnitScheme": f"{_MAINTAINABLE} organisationUnits*OrganisationUnit",
    **{
        name: f"{_NAMEABLE} @urn @uri parent>Parent contacts*Contact"
        for name in ("Agency", "DataProvider", "DataConsumer", "MetadataProvider", "OrganisationUnit")
    },
    "Codelist": f"{_MAINTAINABLE} codes*Code codelistExtensions*CodelistExtension",
    "Code": f"{_NAMEABLE} @urn @uri parent>Parent",
    "CodelistExtension": "@prefix codelist>Codelist inclusiveCodeSelection>InclusiveCodeSelection"
    " exclusiveCodeSelection>ExclusiveCodeSelection",
    "CodeSelection": "memberValues! wildcardedMemberValues*MemberValue",
    "GeographicCodelist": f"{_MAINTAINABLE} @geoType geoFeatureSetCodes*GeoFeatureSetCode codelistExtensions*CodelistExtension",
    "GeoFeatureSetCode": f"{_NAMEABLE} @urn @uri @value parent>Parent",
    "GeoGridCodelist": f"{_MAINTAINABLE} @geoType gridDefinition>GridDefinition geoGridCodes*GeoGridCode"
    " codelistExtensions*CodelistExtension",
    "GeoGridCode": f"{_NAMEABLE} @urn @uri parent>Parent geoCell>GeoCell",
    "ValueList": f"{_MAINTAINABLE} valueItems*ValueItem",
    "ValueItem": f"{_NAMEABLE}",
    "ConceptScheme": f"{_MAINTAINABLE} concepts*Concept",
    "Concept": f"{_NAMEABLE} @urn @uri parent>Parent coreRepresentation>CoreRepresentation"
    " isoConceptReference>ISOConceptReference",
    "ISOConceptReference": "conceptAgency>ConceptAgency conceptSchemeID>ConceptSchemeID conceptID>ConceptID",
    "CategoryScheme": f"{_MAINTAINABLE} categories*Category",
    "Category": f"{_NAMEABLE} @urn @uri categories*Category",
    "ReportingTaxonomy": f"{_MAINTAINABLE} reportingCategories*ReportingCategory",
    "ReportingCategory": f"{_NAMEABLE} @urn @uri reportingCategories*ReportingCategory"
    " structuralMetadata*StructuralMetadata provisioningMetadata*ProvisioningMetadata",
    # Structures, flows, agreements.
    "DataStructure": f"{_MAINTAINABLE} @evolvingStructure metadata>Metadata dataStructureComponents>DataStructureComponents",
    "DataStructureComponents": "dimensionList>DimensionList groups*Group attributeList>AttributeList measureList>MeasureList",
    "DimensionList": f"{_IDENTIFIABLE} dimensions*Dimension measureDimensions*MeasureDimension timeDimensions*TimeDimension"
    " timeDimension>TimeDimension",
    "AttributeList": f"{_IDENTIFIABLE} attributes! reportingYearStartDays*ReportingYearStartDay"
    " metadataAttributeUsages*MetadataAttributeUsage",
    "MeasureList": f"{_IDENTIFIABLE} measures*Measure primaryMeasure>PrimaryMeasure",
    **{name: f"{_COMPONENT} @position @type" for name in ("Dimension", "MeasureDimension", "TimeDimension")},
    **{
        name: f"{_COMPONENT} @usage @assignmentStatus attributeRelationship>AttributeRelationship measureRelationship!"
        for name in ("Attribute", "ReportingYearStartDay")
    },
    "Measure": f"{_COMPONENT} @usage",
    "PrimaryMeasure": _COMPONENT,
    "AttributeRelationship": "none>None dataflow>Dataflow group>Group attachmentGroups*AttachmentGroup dimensions!"
    " areDimensionsOptional! observation>Observation primaryMeasure>PrimaryMeasure",
    "MetadataAttributeUsage": f"{_ANNOTABLE} metadataAttributeReference>MetadataAttributeReference"
    " attributeRelationship>AttributeRelationship",
    "Group": f"{_IDENTIFIABLE} groupDimensions! attachmentConstraint>AttachmentConstraint",
    "Dataflow": f"{_MAINTAINABLE} structure>Structure dimensionConstraint!",
    "ProvisionAgreement": f"{_MAINTAINABLE} dataflow>Dataflow structureUsage>StructureUsage dataProvider>DataProvider",
    # Constraints.
    **{
        name: f"{_MAINTAINABLE} {kind} constraintAttachment>ConstraintAttachment dataKeySets*DataKeySet"
        " cubeRegions*CubeRegion cubeRegion>CubeRegion @seriesCount @obsCount releaseCalendar>ReleaseCalendar"
        " referencePeriod>ReferencePeriod metadataKeySets*MetadataKeySet metadataTargetRegions*MetadataTargetRegion"
        for name, kind in (
            ("DataConstraint", "@role"),
            ("MetadataConstraint", "@role"),
            ("ContentConstraint", "@type"),
            ("AttachmentConstraint", ""),
            ("AvailabilityConstraint", ""),
        )
    },
    "ConstraintAttachment": "dataProvider>DataProvider dataStructures*DataStructure dataStructure>DataStructure"
    " dataflows*Dataflow dataflow>Dataflow provisionAgreements*ProvisionAgreement provisionAgreement>ProvisionAgreement"
    " metadataProvider>MetadataProvider metadataStructures*MetadataStructure metadataflows*Metadataflow"
    " metadataProvisionAgreements*MetadataProvisionAgreement simpleDataSources*SimpleDataSource"
    " simpleDataSource>SimpleDataSource queryableDataSources! dataSet! dataSets! metadataSet! metadataSets!",
    "ReleaseCalendar": "periodicity>Periodicity offset>Offset tolerance>Tolerance",
    "ReferencePeriod": "@startTime @endTime",
    "CubeRegion": f"@include @isIncluded=include keyValues*KeyValue components*Component attributes*Attribute {_ANNOTABLE}"
    " @validFrom @validTo",
    "DataKeySet": "@isIncluded keys*Key",
    "Key": f"@include keyValues*KeyValue components*Component {_ANNOTABLE} @validFrom @validTo",
    **{
        name: "@id @include @removePrefix @validFrom @validTo value>Value values! cascadeValues! timeRange>TimeRange"
        for name in ("KeyValue", "Component", "Attribute:CubeRegion")
    },
    "MetadataTargetRegion": f"@include components*Component @validFrom @validTo {_ANNOTABLE}",
    "TimeRange": "@validFrom @validTo beforePeriod! afterPeriod! startPeriod! endPeriod!",
    # The rest.
    "Categorisation": f"{_MAINTAINABLE} source>Source target>Target",
    "Metadataflow": f"{_MAINTAINABLE} structure>Structure targets*Target",
    "MetadataProvisionAgreement": f"{_MAINTAINABLE} metadataflow>Metadataflow metadataProvider>MetadataProvider targets*Target",
    "MetadataStructure": f"{_MAINTAINABLE} metadataStructureComponents>MetadataStructureComponents",
    "MetadataStructureComponents": "metadataAttributeList>MetadataAttributeList",
    "MetadataAttributeList": f"{_IDENTIFIABLE} metadataAttributes*MetadataAttribute",
    "MetadataAttribute": f"{_COMPONENT} @minOccurs @maxOccurs @isPresentational metadataAttributes*MetadataAttribute",
    "MetadataSet": f"{_MAINTAINABLE} @action @publicationPeriod @publicationYear @reportingBegin=reportingBeginDate"
    " @reportingEnd=reportingEndDate metadataflow>Metadataflow targets*Target attributes!"
    " metadataProvisionAgreement>MetadataProvisionAgreement",
    # In SDMX-JSON 1.0 a metadata set has no identity of its own, and holds reports.
    "MetadataSet:1.0": "@id=setID @action @publicationPeriod @publicationYear @reportingBegin=reportingBeginDate"
    " @reportingEnd=reportingEndDate @validFrom=validFromDate @validTo=validToDate annotations! links! name! names!"
    " dataProvider>DataProvider reports*Report",
    "Report": "@id annotations! target>Target attributeSet>AttributeSet",
    "Target:Report": "@id referenceValues*ReferenceValue",
    "ReferenceValue": "@id object>ObjectReference reportPeriod>ReportPeriod constraintContent! dataKey! dataSet!",
    "AttributeSet": "reportedAttributes*ReportedAttribute",
    "ReportedAttribute": "@id @value annotations! text! texts! structuredText! structuredTexts! attributeSet>AttributeSet",
    **{
        name: "@id annotations! format! value! attributes!" for name in ("Attribute:MetadataSet", "Attribute:Attribute")
    },
    "Hierarchy": f"{_MAINTAINABLE} @hasFormalLevels level>Level hierarchicalCodes*HierarchicalCode",
    "Level": f"{_NAMEABLE} codingFormat>CodingFormat level>Level",
    "HierarchicalCode": f"{_IDENTIFIABLE} @validFrom @validTo code>Code codeID>CodeID codelistAliasRef>CodelistAliasRef"
    " level>Level hierarchicalCodes*HierarchicalCode",
    "HierarchyAssociation": f"{_MAINTAINABLE} linkedHierarchy>LinkedHierarchy linkedObject>LinkedObject"
    " contextObject>ContextObject",
    "StructureMap": f"{_MAINTAINABLE} source>Source target>Target epochMaps*EpochMap datePatternMaps*DatePatternMap"
    " frequencyFormatMappings*FrequencyFormatMapping componentMaps*ComponentMap fixedValueMaps*FixedValueMap",
    "EpochMap": f"{_DATE_MAP} @basePeriod @epochPeriod",
    "DatePatternMap": f"{_DATE_MAP} @sourcePattern @locale",
    "FrequencyFormatMapping": f"{_IDENTIFIABLE} frequencyId>FrequencyId datePattern>DatePattern",
    "ComponentMap": f"{_ANNOTABLE} source*Source target*Target representationMap>RepresentationMap",
    "FixedValueMap": f"{_ANNOTABLE} source>Source target>Target values*Value",
    "RepresentationMap": f"{_MAINTAINABLE} source! target! representationMappings*RepresentationMapping",
    "RepresentationMapping": f"{_ANNOTABLE} @validFrom @validTo sourceValues*SourceValue targetValues*TargetValue",
    **{
        name: _SCHEME_MAP
        for name in ("ConceptSchemeMap", "CategorySchemeMap", "OrganisationSchemeMap", "ReportingTaxonomyMap")
    },
    "ItemMap": f"{_ANNOTABLE} @validFrom @validTo sourceValue>SourceValue targetValue>TargetValue",
    "SourceValue": "@isRegEx @startIndex @endIndex value!",
    "Process": f"{_MAINTAINABLE} processSteps*ProcessStep",
    "ProcessStep": f"{_NAMEABLE} inputs*Input outputs*Output computation>Computation transitions*Transition"
    " processSteps*ProcessStep",
    **{name: f"{_ANNOTABLE} @localID objectReference>ObjectReference" for name in ("Input", "Output")},
    "Computation": f"{_ANNOTABLE} @localID @softwarePackage @softwareLanguage @softwareVersion description! descriptions!",
    "Transition": f"{_IDENTIFIABLE} @localID targetStep>TargetStep condition! conditions!",
    # Of SDMX-JSON 1.0 alone.
    "HierarchicalCodelist": f"{_MAINTAINABLE} includedCodelists! hierarchies*Hierarchy",
    "Hierarchy:HierarchicalCodelist": f"{_NAMEABLE} @leveled level>Level hierarchicalCodes*HierarchicalCode",
    "StructureSet": f"{_MAINTAINABLE} relatedStructures! categorySchemeMaps! codelistMaps! conceptSchemeMaps!"
    " hybridCodelistMaps! organisationSchemeMaps! reportingTaxonomyMaps! structureMaps!",
    # VTL.
    "TransformationScheme": f"{_VTL} transformations*Transformation vtlMappingScheme>VtlMappingScheme"
    " namePersonalisationScheme>NamePersonalisationScheme customTypeScheme>CustomTypeScheme"
    " rulesetSchemes*RulesetScheme userDefinedOperatorSchemes*UserDefinedOperatorScheme",
    "Transformation": f"{_NAMEABLE} @isPersistent expression>Expression result>Result",
    "RulesetScheme": f"{_VTL} rulesets*Ruleset vtlMappingScheme>VtlMappingScheme",
    "Ruleset": f"{_NAMEABLE} @rulesetType @rulesetScope rulesetDefinition>RulesetDefinition",
    "UserDefinedOperatorScheme": f"{_VTL} userDefinedOperators*UserDefinedOperator vtlMappingScheme>VtlMappingScheme"
    " rulesetSchemes*RulesetScheme",
    "UserDefinedOperator": f"{_NAMEABLE} operatorDefinition>OperatorDefinition",
    "CustomTypeScheme": f"{_VTL} customTypes*CustomType",
    "CustomType": f"{_NAMEABLE} vtlScalarType>VtlScalarType dataType>DataType vtlLiteralFormat>VtlLiteralFormat"
    " outputFormat>OutputFormat nullValue>NullValue",
    "NamePersonalisationScheme": f"{_VTL} namePersonalisations*NamePersonalisation",
    "NamePersonalisation": f"{_NAMEABLE} @vtlArtefact vtlDefaultName>VtlDefaultName personalisedName>PersonalisedName",
    "VtlMappingScheme": f"{_VTL} vtlMappings*VtlMapping",
    "VtlMapping": f"{_NAMEABLE} @alias dataflow>Dataflow genericDataflow>GenericDataflow codelist>Codelist"
    " conceptScheme>ConceptScheme concept>Concept toVtlMapping>ToVtlMapping fromVtlMapping>FromVtlMapping",
    "ToVtlMapping": "@method toVtlSubSpace>ToVtlSubSpace",
    "FromVtlMapping": "@method fromVtlSuperSpace>FromVtlSuperSpace",
    "SpaceKey": "keys*Key:SpaceKey",
}
_SAME = {
    "LocalRepresentation": "Representation",
    "CoreRepresentation": "Representation",
    "TextFormat": "Format",
    "EnumerationFormat": "Format",
    "CodingFormat": "Format",
    "InclusiveCodeSelection": "CodeSelection",
    "ExclusiveCodeSelection": "CodeSelection",
    "ToVtlSubSpace": "SpaceKey",
    "FromVtlSuperSpace": "SpaceKey",
}


def _shape(text: str) -> Shape:
    members: dict[str, Member] = {}
    special: set[str] = set()
    for word in text.split():
        if word.startswith("@"):
            name, _, attribute = word[1:].partition("=")
            members[name] = Member(attribute or name, attribute=True)
        elif word.endswith("!"):
            special.add(word[:-1])
        else:
            many = "*" in word
            name, _, element = word.partition("*" if many else ">")
            members[name] = Member(element.partition(":")[0], many=many)
    return Shape(members, frozenset(special))


SHAPES: dict[str, Shape] = {name: _shape(text) for name, text in _SHAPES.items()}
"""The members of the object that stands for an element, by the element's name.

Words of the table: ``@member`` an attribute (``@member=attribute`` under another name), ``member>Element`` one child,
``member*Element`` one for each entry of an array, ``member!`` something with a way of its own.
"""
SHAPES |= {name: SHAPES[other] for name, other in _SAME.items()}

FLAGS = frozenset(
    {"isFinal", "isPartial", "isExternalReference", "isPartialLanguage", "include", "isIncluded", "removePrefix"}
    | {"isSequence", "isMultiLingual", "hasFormalLevels", "leveled", "isPresentational", "isPersistent", "isRegEx"}
    | {"evolvingStructure"}
)
"""Members that are true or false, and no text that says so."""

IDENTITIES = frozenset({"id", "agencyID", "version", "urn"})
"""Members that are text, also where they look like numbers."""
