"""Figures that DDI Codebook states of variables and of their categories."""

from collections.abc import Sequence

from lxml import etree
from rdflib import URIRef

from semstat.interop.formats.ddi.codebook_source import Codebook, children, text_of
from semstat.ontology.iri import part_of
from semstat.ontology.terms_study import SSD

__all__ = ["lift_statistics", "weight_of"]

_KINDS = {
    "vald": "valid",
    "invd": "invalid",
    "min": "minimum",
    "max": "maximum",
    "medn": "median",
    "stdev": "standard deviation",
    "freq": "frequency",
}


def lift_statistics(book: Codebook, variable: etree._Element, files: Sequence[URIRef]) -> None:
    """Add the figures of a variable and of its categories to the graph, and to each of its files.

    Source:
        DDI Codebook 2.6, ``sumStat``, ``catStat``.
    """
    iri = book.names[variable]
    for number, item in enumerate(children(variable, "sumStat"), 1):
        figure = book.name(item, iri, "statistic", number, SSD.SummaryStatistic)
        _figure(book, item, figure, variable, files, default="other")
    for category in children(variable, "catgry"):
        code = book.names[category]
        for number, item in enumerate(children(category, "catStat"), 1):
            figure = book.name(item, part_of(code, "figure"), "statistic", number, SSD.CategoryStatistic)
            book.add(figure, SSD.statisticCategory, code)
            _figure(book, item, figure, variable, files, default="freq")


def weight_of(book: Codebook, item: etree._Element, variable: etree._Element) -> etree._Element | None:
    """Return the variable that a figure is weighted with: the one that it names, else the one that its variable names."""
    holder = item if item.get("wgt-var") else variable
    return next(iter(book.targets(holder, "wgt-var", "var")), None)


def _figure(
    book: Codebook,
    item: etree._Element,
    iri: URIRef,
    variable: etree._Element,
    files: Sequence[URIRef],
    *,
    default: str,
) -> None:
    kind = item.get("type", default).strip()
    if kind == "other" and item.get("otherType"):
        kind = item.get("otherType", "").strip()
    book.add(iri, SSD.statisticType, _KINDS.get(kind, kind))
    book.add(iri, SSD.statisticOf, book.names[variable])
    book.add(iri, SSD.statisticValue, text_of(item))
    for file in files:
        book.add(file, SSD.statistic, iri)
    if item.get("wgtd", "not-wgtd").strip() == "wgtd":
        book.add(iri, SSD.isWeighted, True)
        weight = weight_of(book, item, variable)
        book.add(iri, SSD.weightVariable, book.names.get(weight) if weight is not None else None)
