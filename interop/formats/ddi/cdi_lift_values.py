"""What DDI-CDI says of values, in the words of the hub: value domains, code lists with their codes, category statistics."""

from collections.abc import Iterator

from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.cdi_lift import Lifting, texts_of
from semstat.interop.formats.ddi.cdi_nodes import CdiNode
from semstat.ontology.cdi_model import cdi_model
from semstat.ontology.iri import part_of
from semstat.ontology.terms import RDF, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["lift_values"]

_BOUNDS = (
    ("minimumValueInclusive", SSD.lowValue, None),
    ("minimumValueExclusive", SSD.lowValue, SSD.lowIsIncluded),
    ("maximumValueInclusive", SSD.highValue, None),
    ("maximumValueExclusive", SSD.highValue, SSD.highIsIncluded),
)
_FORMS = {
    "numeric": "numeric",
    "integer": "numeric",
    "int": "numeric",
    "long": "numeric",
    "decimal": "numeric",
    "double": "numeric",
    "float": "numeric",
    "number": "numeric",
    "string": "text",
    "text": "text",
    "character": "text",
    "date": "datetime",
    "datetime": "datetime",
    "gyear": "datetime",
    "time": "datetime",
    "code": "code",
}
"""By data type, as documents write it, in lower case: the form of values."""
_FIGURES = {"frequency": "frequency", "percent": "percent", "percentage": "percent"}


def lift_values(lifting: Lifting) -> None:
    """Add value domains, codes and figures on categories to the graph.

    The code is the content of the notation, and the label that of the category. Codes that only sentinel domains take are
    marked as missing.

    Source:
        DDI-CDI 1.0, SubstantiveValueDomain, SentinelValueDomain, ValueAndConceptDescription, CodeList, Code, Notation.
    """
    nodes = lifting.nodes
    for domain in nodes.of("ValueDomain"):
        _domain(lifting, domain)
    used = {
        word: {iri for domain in nodes.of(word) for iri in domain.links("takesValuesFrom")}
        for word in ("SentinelValueDomain", "SubstantiveValueDomain")
    }
    missing = used["SentinelValueDomain"] - used["SubstantiveValueDomain"]
    for holder in nodes.of("EnumerationDomain"):
        _codes(lifting, holder, is_missing=holder.iri in missing)
    for level in nodes.of("Level"):
        lifting.count(lifting.name(level.iri), SSI.levelNumber, level.text("levelNumber"))
    for figure in nodes.of("CategoryStatistic"):
        _figures(lifting, figure)


def _domain(lifting: Lifting, node: CdiNode) -> None:
    """Add what a domain says of its values; that a list holds all of them is taken from no list, only from its data type."""
    iri = lifting.name(node.iri)
    described = list(lifting.nodes.at(node, "isDescribedBy"))
    types = [str(text) for text in texts_of(lifting.nodes, node, "recommendedDataType")]
    for text in types:
        lifting.say(iri, SSD.valueType, text)
    form = next((_FORMS[kind] for kind in map(_bare, types) if kind in _FORMS), None)
    for target in node.links("takesValuesFrom"):
        holder = lifting.nodes.nodes.get(target)
        is_classification = holder is not None and cdi_model().is_a(holder.cls, "StatisticalClassification")
        link = SSI.takesValuesFromStatisticalClassification if is_classification else SSI.takesValuesFromCodeList
        lifting.add(iri, link, lifting.name(target))
        lifting.add(iri, RDF.type, SSI.EnumeratedValueDomain)
    if described or (types and not node.links("takesValuesFrom")):
        lifting.add(iri, RDF.type, SSI.DescribedValueDomain)
    if form is not None:
        lifting.say(iri, SSD.representationType, form)
    for number, item in enumerate(described, 1):
        _range(lifting, iri, item, number)


def _bare(word: str) -> str:
    return word.rpartition("#")[2].rpartition(":")[2].rpartition("/")[2].strip().lower()


def _range(lifting: Lifting, domain: URIRef, node: CdiNode, number: int) -> None:
    stated = [(term, flag, node.text(name)) for name, term, flag in _BOUNDS if node.text(name)]
    if not stated:
        return
    iri = part_of(domain, "range", number)
    lifting.add(iri, RDF.type, SSD.ValueRange)
    lifting.add(domain, SSD.valueRange, iri)
    lifting.count(iri, SS.position, number)
    for term, flag, text in stated:
        lifting.say(iri, term, text)
        if flag is not None:
            lifting.add(iri, flag, Literal(False))


def _codes(lifting: Lifting, holder: CdiNode, *, is_missing: bool) -> None:
    places = {
        target: position.text("value")
        for position in lifting.nodes.at(holder, "has_CodePosition")
        for target in position.links("indexes")
    }
    items = [*lifting.nodes.at(holder, "has_Code"), *lifting.nodes.at(holder, "has_ClassificationItem")]
    for number, item in enumerate(items, 1):
        iri = lifting.name(item.iri)
        lifting.count(iri, SS.position, places.get(item.iri, number))
        for text in _notation(lifting, item):
            lifting.add(iri, SKOS.notation, Literal(text))
        category = lifting.nodes.first(item, "denotes")
        if category is not None:
            for term in (SKOS.prefLabel, SKOS.altLabel):
                for label in list(lifting.graph.objects(lifting.name(category.iri), term)):
                    lifting.graph.add((iri, term, label))
        if is_missing:
            lifting.add(iri, SSD.isMissing, Literal(True))


def _notation(lifting: Lifting, item: CdiNode) -> Iterator[str]:
    for notation in lifting.nodes.at(item, "uses_Notation"):
        yield from (str(text) for text in texts_of(lifting.nodes, notation, "content"))


def _figures(lifting: Lifting, node: CdiNode) -> None:
    iri = lifting.name(node.iri)
    for text in texts_of(lifting.nodes, node, "typeOfCategoryStatistic"):
        lifting.say(iri, SSD.statisticType, _FIGURES.get(str(text).lower(), str(text)))
    for figure in lifting.nodes.at(node, "statistic"):
        lifting.say(iri, SSD.statisticValue, figure.text("content").strip())
        if figure.text("isWeighted") in {"true", "1"}:
            lifting.add(iri, SSD.isWeighted, Literal(True))
    for category in node.links("for"):
        for code in _codes_of(lifting, node, category):
            lifting.add(iri, SSD.statisticCategory, lifting.name(code.iri))


def _codes_of(lifting: Lifting, figure: CdiNode, category: URIRef) -> Iterator[CdiNode]:
    """Yield the codes that stand for a category in the lists of the variables that a figure is about."""
    for variable in lifting.nodes.at(figure, "appliesTo"):
        domains = (
            *lifting.nodes.at(variable, "takesSubstantiveValuesFrom_SubstantiveValueDomain"),
            *lifting.nodes.at(variable, "takesSentinelValuesFrom"),
        )
        for holder in (held for domain in domains for held in lifting.nodes.at(domain, "takesValuesFrom")):
            yield from (code for code in lifting.nodes.at(holder, "has_Code") if category in code.links("denotes"))
