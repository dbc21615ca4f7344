"""The closed namespace of the metadata module: reference metadata and the structures that they follow."""

# ruff: noqa: N815 - the names of terms are those of the ontology

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from semstat.ontology.terms import BASE

__all__ = ["SSR"]


class SSR(DefinedNamespace):
    """Metadata: reports about artefacts and data, their structures, flows and agreements."""

    _NS = Namespace(BASE + "metadata#")
    _fail = True

    # classes
    AttachmentConstraint: URIRef
    MetadataAttribute: URIRef
    MetadataConstraint: URIRef
    MetadataProvisionAgreement: URIRef
    MetadataReport: URIRef
    MetadataSet: URIRef
    MetadataStructure: URIRef
    MetadataTarget: URIRef
    Metadataflow: URIRef
    ReferenceValue: URIRef
    ReportStructure: URIRef
    ReportedAttribute: URIRef
    StructuredText: URIRef
    TargetObject: URIRef
    # properties
    action: URIRef
    attributeId: URIRef
    forTarget: URIRef
    isPresentational: URIRef
    language: URIRef
    markup: URIRef
    metadataAttribute: URIRef
    metadataProvider: URIRef
    metadataTarget: URIRef
    metadataflow: URIRef
    objectType: URIRef
    provisionAgreement: URIRef
    publicationPeriod: URIRef
    publicationYear: URIRef
    referenceValue: URIRef
    referencedArtefact: URIRef
    report: URIRef
    reportPeriod: URIRef
    reportStructure: URIRef
    reportedAttribute: URIRef
    reportingBegin: URIRef
    reportingEnd: URIRef
    setId: URIRef
    structure: URIRef
    structuredText: URIRef
    target: URIRef
    targetComponent: URIRef
    targetId: URIRef
    targetKind: URIRef
    targetObject: URIRef
    targetPattern: URIRef
    targetRegion: URIRef
    text: URIRef
