"""The closed namespace of the mapping module: maps between structures, representations and items."""

# ruff: noqa: N815 - the names of terms are those of the ontology

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from semstat.ontology.terms import BASE

__all__ = ["SSM"]


class SSM(DefinedNamespace):
    """Mapping: how values of one structure, scheme or representation become values of another."""

    _NS = Namespace(BASE + "mapping#")
    _fail = True

    # classes
    CategorySchemeMap: URIRef
    CodelistMap: URIRef
    ComponentMap: URIRef
    ConceptSchemeMap: URIRef
    DatePatternMap: URIRef
    EpochMap: URIRef
    FixedValueMap: URIRef
    FrequencyFormatMapping: URIRef
    HybridCodelistMap: URIRef
    ItemMap: URIRef
    ItemSchemeMap: URIRef
    MappedComponent: URIRef
    MappedRepresentation: URIRef
    MappedValue: URIRef
    OrganisationSchemeMap: URIRef
    ReportingTaxonomyMap: URIRef
    RepresentationMap: URIRef
    RepresentationMapping: URIRef
    StructureMap: URIRef
    StructureSet: URIRef
    # properties
    basePeriod: URIRef
    codelist: URIRef
    codelistMap: URIRef
    componentMap: URIRef
    dataType: URIRef
    datePattern: URIRef
    datePatternMap: URIRef
    endIndex: URIRef
    epochMap: URIRef
    epochPeriod: URIRef
    fixedValue: URIRef
    fixedValueMap: URIRef
    frequency: URIRef
    frequencyDimension: URIRef
    frequencyFormatMapping: URIRef
    isExtension: URIRef
    isRegularExpression: URIRef
    itemMap: URIRef
    itemMapAlias: URIRef
    locale: URIRef
    map: URIRef
    mapsComponent: URIRef
    mapsItem: URIRef
    mappedFrequency: URIRef
    relatedStructure: URIRef
    representationMap: URIRef
    representationMapping: URIRef
    resolvePeriod: URIRef
    source: URIRef
    sourceComponent: URIRef
    sourcePattern: URIRef
    sourceRepresentation: URIRef
    sourceValue: URIRef
    startIndex: URIRef
    target: URIRef
    targetComponent: URIRef
    targetFrequency: URIRef
    targetRepresentation: URIRef
    targetValue: URIRef
    textFormat: URIRef
    valueType: URIRef
