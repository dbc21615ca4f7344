"""What DDI-CDI says of variables, in the words of the hub: the cascade from the column to the concept."""

from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.cdi_lift import Lifting, texts_of
from semstat.interop.formats.ddi.cdi_nodes import CdiNode
from semstat.ontology.cdi_model import CDI, cdi_model
from semstat.ontology.iri import part_of
from semstat.ontology.terms import RDF, SKOS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["lift_variables"]

_ABOVE = (
    ("InstanceVariable", "RepresentedVariable", SSI.takesMeaningFromRepresentedVariable),
    ("RepresentedVariable", "ConceptualVariable", SSI.takesMeaningFromConceptualVariable),
)
_FUNCTIONS = {"weight": SSD.isWeight, "time": SSD.isTemporal, "geography": SSD.isGeographic}
_DOMAINS = (SSI.hasSubstantiveValueDomain, SSI.hasSentinelValueDomain)


def lift_variables(lifting: Lifting) -> None:
    """Add what variables are defined by, and the variables above them.

    In DDI-CDI, an instance variable is a represented one, and that a conceptual one: what the hub keeps apart is one node.
    Where a variable uses another one as its concept, that is the one above; else the one above is inferred, and marked so.

    Source:
        DDI-CDI 1.0, ConceptualVariable, RepresentedVariable, InstanceVariable (generalisations), Concept uses Concept.
    """
    for node in lifting.nodes.of("RepresentedVariable"):
        iri = lifting.name(node.iri)
        for text in texts_of(lifting.nodes, node, "hasIntendedDataType"):
            lifting.say(iri, SSD.storageFormat, str(text))
        for text in texts_of(lifting.nodes, node, "physicalDataType"):
            lifting.say(iri, SSD.storageType, str(text))
        for text in texts_of(lifting.nodes, node, "variableFunction"):
            known = _FUNCTIONS.get(str(text).lower())
            lifting.add(iri, known or SSD.kind, text if known is None else Literal(True))
        described = lifting.nodes.first(node, "takesSubstantiveValuesFrom_SubstantiveValueDomain", "isDescribedBy")
        if described is not None and CDI.Continuous in described.all("classificationLevel"):
            lifting.add(iri, SSD.isContinuous, Literal(True))
        _universes(lifting, node, iri)
        _rise(lifting, node)
    for node in lifting.nodes.of("ConceptualVariable"):
        if not cdi_model().is_a(node.cls, "RepresentedVariable"):
            _meaning(lifting, node, lifting.name(node.iri))


def _universes(lifting: Lifting, node: CdiNode, iri: URIRef) -> None:
    if cdi_model().is_a(node.cls, "InstanceVariable"):
        for one in lifting.nodes.at(node, "measures"):
            if cdi_model().is_a(one.cls, "Universe"):
                lifting.add(iri, SSD.studyUniverse, lifting.name(one.iri))


def _rise(lifting: Lifting, node: CdiNode) -> None:
    """Add the represented and the conceptual variable above a variable, as far as they are missing."""
    iri, below = lifting.name(node.iri), node.cls
    for cls, above, link in _ABOVE:
        if not cdi_model().is_a(below, cls):
            continue
        stated = next((one for one in lifting.nodes.at(node, "uses_Concept") if _is_just(one, above)), None)
        if stated is not None:
            lifting.add(iri, link, lifting.name(stated.iri))
            return
        part = part_of(lifting.name(node.iri), above.removesuffix("Variable").lower())
        _inferred(lifting, node, part, SSI[above])
        lifting.add(iri, link, part)
        iri, below = part, above
    _meaning(lifting, node, iri)


def _is_just(node: CdiNode, cls: str) -> bool:
    narrower = {"RepresentedVariable": "InstanceVariable", "ConceptualVariable": "RepresentedVariable"}[cls]
    model = cdi_model()
    return model.is_a(node.cls, cls) and not model.is_a(node.cls, narrower)


def _inferred(lifting: Lifting, node: CdiNode, part: URIRef, cls: URIRef) -> None:
    lifting.add(part, RDF.type, cls)
    lifting.add(part, SSD.isInferred, Literal(True))
    own = lifting.name(node.iri)
    for label in list(lifting.graph.objects(own, SKOS.prefLabel)):
        lifting.graph.add((part, SKOS.prefLabel, label))
    if cls == SSI.RepresentedVariable:
        for term in _DOMAINS:
            for domain in list(lifting.graph.objects(own, term)):
                lifting.graph.add((part, term, domain))
    else:
        for target in node.links("measures"):
            lifting.add(part, SSI.measuresUnitType, lifting.name(target))


def _meaning(lifting: Lifting, node: CdiNode, conceptual: URIRef) -> None:
    """Add the concepts that a conceptual variable, stated or inferred, takes its meaning from."""
    for target in node.links("uses_Concept"):
        lifting.add(conceptual, SSI.takesMeaningFromConcept, lifting.name(target))
