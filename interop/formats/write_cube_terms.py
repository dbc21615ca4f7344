"""Properties of SDMX-RDF for the cross-domain concepts of SDMX, by what a concept serves as."""

from collections.abc import Mapping

from rdflib import Graph, URIRef

from semstat.ontology.access import iris
from semstat.ontology.iri import name_of
from semstat.ontology.sdmx_rdf import SdmxAttribute, SdmxDimension, SdmxMeasure
from semstat.ontology.terms import SST
from semstat.validators.structural.view import ComponentView

__all__ = ["CROSS_DOMAIN", "cross_domain_property"]

CROSS_DOMAIN: Mapping[str, Mapping[str, URIRef]] = {
    "dimension": {
        "AGE": SdmxDimension.age,
        "CIVIL_STATUS": SdmxDimension.civilStatus,
        "CURRENCY": SdmxDimension.currency,
        "EDUCATION_LEV": SdmxDimension.educationLev,
        "FREQ": SdmxDimension.freq,
        "OCCUPATION": SdmxDimension.occupation,
        "REF_AREA": SdmxDimension.refArea,
        "REF_PERIOD": SdmxDimension.refPeriod,
        "SEX": SdmxDimension.sex,
        "TIME_PERIOD": SdmxDimension.timePeriod,
    },
    "attribute": {
        "BASE_PER": SdmxAttribute.basePer,
        "COLL_METHOD": SdmxAttribute.collMethod,
        "COMMENT": SdmxAttribute.comment,
        "COMPILING_ORG": SdmxAttribute.compilingOrg,
        "CONF_STATUS": SdmxAttribute.confStatus,
        "COVERAGE": SdmxAttribute.coverage,
        "CURRENCY": SdmxAttribute.currency,
        "DECIMALS": SdmxAttribute.decimals,
        "OBS_PRE_BREAK": SdmxAttribute.obsPreBreak,
        "OBS_STATUS": SdmxAttribute.obsStatus,
        "TIME_FORMAT": SdmxAttribute.timeFormat,
        "TITLE": SdmxAttribute.title,
        "UNIT_MEASURE": SdmxAttribute.unitMeasure,
        "UNIT_MULT": SdmxAttribute.unitMult,
    },
    "measure": {"OBS_VALUE": SdmxMeasure.obsValue},
}
"""By role and by the id of the concept in SDMX's scheme of cross-domain concepts."""


def cross_domain_property(graph: Graph, component: ComponentView) -> URIRef | None:
    """Return the property of SDMX-RDF that a component narrows, ``None`` where that is no fact.

    It is one where the component's concept is a cross-domain concept of SDMX itself; that a concept of somebody else is
    called alike says nothing.

    Source:
        SDMX Content-Oriented Guidelines, Annex 1 *Cross-domain concepts*; SDMX-RDF (dimension, attribute, measure).
    """
    role = "dimension" if component.is_dimension else component.role
    for concept in iris(graph, component.iri, SST.conceptIdentity):
        name = name_of(concept)
        if name is not None and (name.agency, name.id) == ("SDMX", "CROSS_DOMAIN_CONCEPTS") and name.item:
            return CROSS_DOMAIN[role].get(name.item)
    return None
