"""What DDI-CDI says in the words of the hub: classes, links and texts, a row each."""

from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import URIRef

from semstat.ontology.terms import DCTERMS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["CLASSES", "KINDS", "LABELS", "LINKS", "PARTS", "READ", "TEXTS", "Link"]

CLASSES: Mapping[str, tuple[URIRef, ...]] = {
    "Activity": (SSI.BusinessProcess,),
    "Step": (SSI.ProcessStep,),
    "ControlLogic": (SSI.ProcessControl,),
    "Parameter": (SSD.Parameter,),
    "Agent": (SSI.Agent,),
    "Individual": (SSI.Individual,),
    "Organization": (SSI.Organisation,),
    "Machine": (SSI.SoftwareAgent,),
    "Category": (SSI.Category,),
    "CategorySet": (SSI.CategorySet,),
    "CategoryStatistic": (SSD.CategoryStatistic,),
    "ClassificationItem": (SSI.ClassificationItem,),
    "Code": (SSI.CodeItem,),
    "CodeList": (SSI.CodeList,),
    "Concept": (SSI.Concept,),
    "ConceptMap": (SSI.Map,),
    "ConceptSystem": (SSI.ConceptSystem,),
    "ConceptualDomain": (SSI.ConceptualDomain,),
    "ConceptualVariable": (SSI.ConceptualVariable,),
    "CorrespondenceTable": (SSI.CorrespondenceTable,),
    "DataSet": (SSI.DataSet,),
    "DataStructure": (SSI.DataStructure,),
    "DimensionalDataStructure": (SSI.DimensionalDataStructure,),
    "WideDataStructure": (SSI.UnitDataStructure,),
    "DataStructureComponent": (SSI.DataStructureComponent,),
    "AttributeComponent": (SSI.AttributeComponent,),
    "DimensionComponent": (SSI.IdentifierComponent,),
    "DimensionGroup": (SSI.NodeSet,),
    "IdentifierComponent": (SSI.IdentifierComponent,),
    "MeasureComponent": (SSI.MeasureComponent,),
    "VariableDescriptorComponent": (SSI.IdentifierComponent,),
    "VariableValueComponent": (SSI.MeasureComponent,),
    "SyntheticIdComponent": (SSI.IdentifierComponent,),
    "ContextualComponent": (SSI.AttributeComponent,),
    "InstanceVariable": (SSI.InstanceVariable,),
    "Level": (SSI.Level,),
    "LogicalRecord": (SSI.LogicalRecord,),
    "PhysicalDataSet": (SSD.DataFile,),
    "PhysicalRecordSegment": (SSD.PhysicalRecord,),
    "Population": (SSI.Population,),
    "RecordRelation": (SSI.RecordRelationship,),
    "RepresentedVariable": (SSI.RepresentedVariable,),
    "SentinelValueDomain": (SSI.SentinelValueDomain,),
    "StatisticalClassification": (SSI.StatisticalClassification,),
    "SubstantiveValueDomain": (SSI.SubstantiveValueDomain,),
    "UnitType": (SSI.UnitType,),
    "Universe": (SSI.Universe,),
    "ValueMapping": (SSD.ValueLocation,),
}
"""By class: what its instances are in the hub; the row of the narrowest class counts."""


@dataclass(frozen=True, slots=True)
class Link:
    """A property that leads to other nodes, and the one that it is in the hub."""

    term: str
    predicate: URIRef


LINKS: Mapping[str, tuple[Link, ...]] = {
    "Activity": (Link("has_Step", SSI.hasProcessStep), Link("hasSubActivity", DCTERMS.hasPart)),
    "ControlLogic": (Link("invokes", SSI.invokesProcessStep),),
    "Step": (
        Link("hasSubStep", SSI.hasProcessStep),
        Link("receives", SSD.inParameter),
        Link("produces", SSD.outParameter),
    ),
    "CategorySet": (Link("has_Category", SSI.containsNode),),
    "ConceptSystem": (Link("has_Concept", SSI.hasConcept),),
    "Code": (Link("denotes", SSI.takesMeaningFromCategory),),
    "ClassificationItem": (Link("denotes", SSI.takesMeaningFromCategory),),
    "CodeList": (Link("has_Code", SSI.containsNode),),
    "StatisticalClassification": (Link("has_ClassificationItem", SSI.containsNode),),
    "EnumerationDomain": (Link("isDefinedBy_Concept", SSI.isBasedOnConcept),),
    "Level": (Link("groups", SSI.groupsNode),),
    "CorrespondenceTable": (Link("mapsTo", SSI.comparesNodeSet), Link("has_ConceptMap", SSI.containsMap)),
    "ConceptMap": (Link("hasSource", SSI.mapsSource), Link("hasTarget", SSI.mapsTarget)),
    "ConceptualVariable": (Link("measures", SSI.measuresUnitType),),
    "RepresentedVariable": (
        Link("takesSubstantiveValuesFrom_SubstantiveValueDomain", SSI.hasSubstantiveValueDomain),
        Link("takesSentinelValuesFrom", SSI.hasSentinelValueDomain),
    ),
    "DataSet": (Link("isStructuredBy", SSI.isStructuredByDataStructure),),
    "DataStructureComponent": (Link("isDefinedBy_RepresentedVariable", SSI.isDefinedByRepresentedVariable),),
    "AttributeComponent": (Link("qualifies", DCTERMS.relation),),
    "QualifiedMeasure": (Link("refines", DCTERMS.isVersionOf),),
    "VariableDescriptorComponent": (
        Link("isDefinedBy_DescriptorVariable", SSI.isDefinedByRepresentedVariable),
        Link("refersTo", DCTERMS.references),
    ),
    "DescriptorVariable": (Link("takesSubstantiveValuesFrom_DescriptorValueDomain", SSI.hasSubstantiveValueDomain),),
    "ReferenceVariable": (Link("takesValuesFrom", SSI.hasSubstantiveValueDomain),),
    "DimensionComponent": (Link("isStructuredBy", SSI.hasSubstantiveValueDomain),),
    "DimensionalDataStructure": (Link("uses_DimensionGroup", DCTERMS.hasPart),),
    "DimensionGroup": (Link("has_DimensionComponent", DCTERMS.hasPart),),
    "LogicalRecord": (Link("has_InstanceVariable", SSI.hasInstanceVariable),),
    "PhysicalDataSet": (
        Link("has_InstanceVariable", SSI.hasInstanceVariable),
        Link("has_PhysicalRecordSegment", SSD.physicalRecord),
    ),
    "PhysicalRecordSegment": (Link("mapsTo", SSD.laysOut),),
    "CategoryStatistic": (Link("appliesTo", SSD.statisticOf),),
}
"""By class: the links of its instances, those of narrower classes too."""

TEXTS: Mapping[str, URIRef] = {
    "definition": SSI.definition,
    "description": DCTERMS.description,
    "descriptiveText": DCTERMS.description,
    "overview": DCTERMS.description,
    "purpose": SSD.purpose,
    "physicalFileName": SSD.fileName,
}
"""By term: the property that texts in any language go to."""

KINDS = frozenset(
    {
        "WideDataSet",
        "LongDataSet",
        "DimensionalDataSet",
        "KeyValueDataStore",
        "WideDataStructure",
        "LongDataStructure",
        "DimensionalDataStructure",
        "KeyValueStructure",
        "DimensionComponent",
        "VariableDescriptorComponent",
        "VariableValueComponent",
        "SyntheticIdComponent",
        "ContextualComponent",
        "QualifiedMeasure",
        "DimensionGroup",
        "DescriptorVariable",
        "ReferenceVariable",
        "ClassificationItem",
    }
)
"""The classes that the hub knows a wider one of, and whose name it keeps as the kind."""

READ: Mapping[str, frozenset[str]] = {
    "Activity": frozenset({"entityUsed", "entityProduced", "standardModelMapping"}),
    "Parameter": frozenset({"entityBound"}),
    "Step": frozenset({"script", "scriptingLanguage"}),
    "Notation": frozenset({"content", "represents"}),
    "Code": frozenset({"uses_Notation"}),
    "ClassificationItem": frozenset({"uses_Notation"}),
    "CodePosition": frozenset({"value", "indexes"}),
    "CodeList": frozenset({"has_CodePosition", "allowsDuplicates"}),
    "ValueDomain": frozenset({"recommendedDataType", "takesValuesFrom", "isDescribedBy"}),
    "ValueAndConceptDescription": frozenset(
        {
            "minimumValueInclusive",
            "minimumValueExclusive",
            "maximumValueInclusive",
            "maximumValueExclusive",
            "classificationLevel",
        }
    ),
    "ConceptualVariable": frozenset({"uses_Concept"}),
    "RepresentedVariable": frozenset({"hasIntendedDataType"}),
    "InstanceVariable": frozenset(
        {"has_ValueMapping", "has_PhysicalSegmentLayout", "physicalDataType", "variableFunction"}
    ),
    "DataStructure": frozenset(
        {"has_DataStructureComponent", "has_ComponentPosition", "has_PrimaryKey", "has_ForeignKey"}
    ),
    "DataStructureComponent": frozenset({"specialization"}),
    "ComponentPosition": frozenset({"value", "indexes"}),
    "PrimaryKey": frozenset({"isComposedOf"}),
    "PrimaryKeyComponent": frozenset({"correspondsTo_DataStructureComponent"}),
    "ForeignKey": frozenset({"isComposedOf"}),
    "ForeignKeyComponent": frozenset({"references", "correspondsTo_DataStructureComponent"}),
    "LogicalRecord": frozenset({"organizes"}),
    "DataStore": frozenset({"dataStoreType", "recordCount", "has_LogicalRecord", "allowsDuplicates"}),
    "PhysicalDataSet": frozenset({"catalogDetails", "correspondsTo_DataSet", "formats", "allowsDuplicates"}),
    "PhysicalRecordSegment": frozenset({"has_PhysicalSegmentLayout"}),
    "PhysicalSegmentLayout": frozenset(
        {
            "has_ValueMapping",
            "has_ValueMappingPosition",
            "formats",
            "isDelimited",
            "isFixedWidth",
            "allowsDuplicates",
        }
    ),
    "ValueMapping": frozenset({"decimalPositions", "uses_PhysicalSegmentLocation"}),
    "ValueMappingPosition": frozenset({"value", "indexes"}),
    "SegmentByText": frozenset({"startCharacterPosition", "endCharacterPosition", "characterLength", "startLine"}),
    "CategoryStatistic": frozenset({"for", "statistic", "typeOfCategoryStatistic"}),
    "Level": frozenset({"levelNumber"}),
    "Organization": frozenset({"organizationName"}),
}
"""By class: the further properties that functions make something of; see the modules beside this one."""

PARTS: Mapping[str, frozenset[str]] = {
    "Identifier": frozenset({"ddiIdentifier", "nonDdiIdentifier", "uri"}),
    "InternationalRegistrationDataIdentifier": frozenset(
        {"dataIdentifier", "registrationAuthorityIdentifier", "versionIdentifier"}
    ),
    "NonDdiIdentifier": frozenset({"type", "value"}),
    "ObjectName": frozenset({"name"}),
    "OrganizationName": frozenset({"name"}),
    "InternationalString": frozenset({"languageSpecificString"}),
    "LanguageString": frozenset({"content", "language"}),
    "TypedString": frozenset({"content"}),
    "ControlledVocabularyEntry": frozenset({"name", "entryValue"}),
    "Statistic": frozenset({"content", "isWeighted"}),
    "Reference": frozenset({"ddiReference", "uri"}),
    "CatalogDetails": frozenset({"alternativeTitle", "summary", "title"}),
    "CommandCode": frozenset({"command", "commandFile"}),
    "Command": frozenset({"commandContent", "programLanguage"}),
    "CommandFile": frozenset({"uri"}),
}
"""By data type: the properties that are read where the property that holds the value is."""

LABELS = frozenset({"identifier", "name", "displayLabel"})
"""What every class has for the purpose of being named."""
