"""Closed namespaces of SDMX-RDF: the properties that the cross-domain concepts of SDMX have there; a typo fails on import."""

# ruff: noqa: N815 - terms are spelled as in their vocabulary

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

__all__ = ["SdmxAttribute", "SdmxDimension", "SdmxMeasure"]


class SdmxDimension(DefinedNamespace):
    """The dimensions of SDMX-RDF, one for each cross-domain concept of SDMX that serves as one."""

    _NS = Namespace("http://purl.org/linked-data/sdmx/2009/dimension#")
    _fail = True

    age: URIRef
    civilStatus: URIRef
    currency: URIRef
    educationLev: URIRef
    freq: URIRef
    occupation: URIRef
    refArea: URIRef
    refPeriod: URIRef
    sex: URIRef
    timePeriod: URIRef


class SdmxAttribute(DefinedNamespace):
    """The attributes of SDMX-RDF that semstat uses."""

    _NS = Namespace("http://purl.org/linked-data/sdmx/2009/attribute#")
    _fail = True

    basePer: URIRef
    collMethod: URIRef
    comment: URIRef
    compilingOrg: URIRef
    confStatus: URIRef
    coverage: URIRef
    currency: URIRef
    decimals: URIRef
    obsPreBreak: URIRef
    obsStatus: URIRef
    timeFormat: URIRef
    title: URIRef
    unitMeasure: URIRef
    unitMult: URIRef


class SdmxMeasure(DefinedNamespace):
    """The measures of SDMX-RDF that semstat uses."""

    _NS = Namespace("http://purl.org/linked-data/sdmx/2009/measure#")
    _fail = True

    obsValue: URIRef
