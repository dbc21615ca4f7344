"""Closed namespaces of vocabularies that others publish and semstat uses; :mod:`semstat.ontology.terms` offers them too."""

# ruff: noqa: N815 - the names of terms are those of their owners

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

__all__ = ["QB", "SEMAPV", "SSSOM", "VS", "XKOS"]


class QB(DefinedNamespace):
    """The terms of the W3C RDF Data Cube vocabulary that semstat uses."""

    _NS = Namespace("http://purl.org/linked-data/cube#")
    _fail = True

    AttributeProperty: URIRef
    CodedProperty: URIRef
    ComponentProperty: URIRef
    ComponentSpecification: URIRef
    DataSet: URIRef
    DataStructureDefinition: URIRef
    DimensionProperty: URIRef
    MeasureProperty: URIRef
    Observation: URIRef
    ObservationGroup: URIRef
    Slice: URIRef
    SliceKey: URIRef
    attribute: URIRef
    codeList: URIRef
    component: URIRef
    componentAttachment: URIRef
    componentProperty: URIRef
    componentRequired: URIRef
    concept: URIRef
    dataSet: URIRef
    dimension: URIRef
    measure: URIRef
    observation: URIRef
    order: URIRef
    sliceKey: URIRef
    structure: URIRef
    hierarchyRoot: URIRef
    measureType: URIRef
    parentChildProperty: URIRef


class SEMAPV(DefinedNamespace):
    """The terms of the Semantic Mapping Vocabulary that semstat uses."""

    _NS = Namespace("https://w3id.org/semapv/vocab/")
    _fail = True

    ManualMappingCuration: URIRef


class SSSOM(DefinedNamespace):
    """The terms of the Simple Standard for Sharing Ontological Mappings that semstat uses."""

    _NS = Namespace("https://w3id.org/sssom/")
    _fail = True

    Mapping: URIRef
    MappingSet: URIRef
    NoTermFound: URIRef
    confidence: URIRef
    mapping_justification: URIRef
    mappings: URIRef
    object_id: URIRef
    object_source: URIRef
    object_source_version: URIRef
    subject_id: URIRef
    superClassOf: URIRef


class VS(DefinedNamespace):
    """The one term of the SemWeb Vocab Status ontology that semstat uses."""

    _NS = Namespace("http://www.w3.org/2003/06/sw-vocab-status/ns#")
    _fail = True

    term_status: URIRef


class XKOS(DefinedNamespace):
    """The terms of the Extended Knowledge Organization System that semstat uses."""

    _NS = Namespace("http://rdf-vocabulary.ddialliance.org/xkos#")
    _fail = True

    ConceptAssociation: URIRef
    sourceConcept: URIRef
    targetConcept: URIRef
