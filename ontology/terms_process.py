"""The closed namespace of the process module: processes, and the Validation and Transformation Language."""

# ruff: noqa: N815 - the names of terms are those of the ontology

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from semstat.ontology.terms import BASE

__all__ = ["SSP"]


class SSP(DefinedNamespace):
    """Process: steps of work as SDMX describes them, and the statements of VTL that they may run."""

    _NS = Namespace(BASE + "process#")
    _fail = True

    # classes
    Computation: URIRef
    CustomType: URIRef
    FromVtlMapping: URIRef
    NamePersonalisation: URIRef
    Process: URIRef
    ProcessArtefact: URIRef
    ProcessStep: URIRef
    Ruleset: URIRef
    SpaceKey: URIRef
    ToVtlMapping: URIRef
    Transformation: URIRef
    Transition: URIRef
    UserDefinedOperator: URIRef
    VtlMapping: URIRef
    # properties
    alias: URIRef
    artefact: URIRef
    computation: URIRef
    condition: URIRef
    dataType: URIRef
    definition: URIRef
    expression: URIRef
    fromVtl: URIRef
    input: URIRef
    isGeneric: URIRef
    isPersistent: URIRef
    localId: URIRef
    mapsArtefact: URIRef
    method: URIRef
    nextStep: URIRef
    nullValue: URIRef
    objectClass: URIRef
    output: URIRef
    outputFormat: URIRef
    personalisedName: URIRef
    processStep: URIRef
    result: URIRef
    rulesetScope: URIRef
    rulesetType: URIRef
    softwareLanguage: URIRef
    softwarePackage: URIRef
    softwareVersion: URIRef
    spaceKey: URIRef
    targetStep: URIRef
    toVtl: URIRef
    transition: URIRef
    usesScheme: URIRef
    vtlArtefact: URIRef
    vtlDefaultName: URIRef
    vtlLiteralFormat: URIRef
    vtlScalarType: URIRef
    vtlVersion: URIRef
