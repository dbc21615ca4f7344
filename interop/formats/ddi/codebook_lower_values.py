"""Values, codes and figures of variables as DDI Codebook says them, from the hub graph."""

from collections.abc import Sequence

from lxml import etree
from rdflib import URIRef

from semstat.interop.formats.ddi.codebook_book import Book
from semstat.interop.formats.ddi.codebook_elements import add
from semstat.ontology.access import iris, number
from semstat.ontology.ddi_models import codebook_model
from semstat.ontology.terms import DCTERMS, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["domains_of", "lower_domain", "lower_figures", "lower_values"]

_SUMMARIES = {
    "valid": "vald",
    "invalid": "invd",
    "minimum": "min",
    "maximum": "max",
    "median": "medn",
    "standard deviation": "stdev",
}
_CATEGORIES = {"frequency": "freq"}
_FORMS = {
    "geographic location code": "geographicLocationCode",
    "geographic structure code": "geographicStructureCode",
}
_STORED = {"numeric": "numeric", "character": "text"}


def domains_of(book: Book, iri: URIRef, behind: Sequence[URIRef]) -> tuple[URIRef | None, URIRef | None]:
    """Return the domains of a variable: of what is meant, its own or that of a variable behind it, and of what is missing."""
    ledger = book.ledger
    own = ledger.iris(iri, SSI.hasSubstantiveValueDomain)
    meant = [item for variable in behind for item in ledger.iris(variable, SSI.hasSubstantiveValueDomain)]
    missing = ledger.iris(iri, SSI.hasSentinelValueDomain)
    return next(iter((*own, *meant)), None), next(iter(missing), None)


def lower_domain(book: Book, domain: URIRef | None, element: etree._Element) -> None:
    """Write the form of a variable's values, unless its storage tells it."""
    if domain is None:
        return
    ledger = book.ledger
    form, decimals = ledger.text(domain, SSD.representationType), ledger.text(domain, SSD.decimalPositions)
    form = _FORMS.get(form or "", form)
    if decimals is not None:
        element.set("dcml", decimals)
    if form is None:
        return
    if not codebook_model()["var"].allows("representationType", form):
        element.set("otherRepresentationType", form.replace(" ", "_"))
        form = "other"
    element.set("representationType", form)


def lower_values(
    book: Book, iri: URIRef, element: etree._Element, domain: URIRef | None, missing: URIRef | None
) -> None:
    """Write ranges and codes, valid and missing ones in the order of their positions."""
    codes: list[URIRef] = []
    for one, name in ((domain, "valrng"), (missing, "invalrng")):
        if one is not None:
            _ranges(book, iri, element, one, name)
            for codelist in book.ledger.iris(one, SSI.takesValuesFromCodeList):
                codes += _codes(book, codelist)
    where = {code: place for place, code in enumerate(codes)}
    graph = book.ledger.graph
    for code in sorted(dict.fromkeys(codes), key=lambda item: (number(graph, item, SS.position) or 0, where[item])):
        _category(book, code, element)


def _codes(book: Book, codelist: URIRef) -> list[URIRef]:
    """Return the codes of a list, those of a hierarchy after the one that they are below."""
    ledger = book.ledger
    every = ledger.iris(codelist, SSI.containsNode)
    below = {child for code in every for child in ledger.iris(code, SSI.hasChildNode)}
    done: list[URIRef] = []

    def go(codes: Sequence[URIRef]) -> None:
        for code in sorted(codes, key=lambda item: (number(ledger.graph, item, SS.position) or 0, item)):
            if code not in done:
                done.append(code)
                go(iris(ledger.graph, code, SSI.hasChildNode))

    go([code for code in every if code not in below])
    return [code for code in done if code in every]


def _category(book: Book, code: URIRef, element: etree._Element) -> None:
    ledger = book.ledger
    ledger.values(code, SS.position)
    category = next(iter(ledger.iris(code, SSI.takesMeaningFromCategory)), None)
    is_missing = ledger.flag(code, SSD.isMissing) or (category is not None and ledger.flag(category, SSD.isMissing))
    attributes = {"missing": "Y" if is_missing else None, "missType": ledger.text(code, SSD.missingKind)}
    item = add(element, "catgry", attributes=attributes)
    if code not in book.elements:
        book.elements[code] = item
        book.keep(code)
        fragment = str(code).partition("#")[2]
        book.named(code, fragment.rpartition("-")[0] + "-" if "codes-code-" in fragment else "codes-code-")
    value = ledger.text(code, SKOS.notation)
    if value is not None:
        add(item, "catValu", value)
    labels = book.labels(code)
    if category is not None:
        labels = labels or book.labels(category)
        book.labels(category)
        book.texts(item, "txt", ledger.literals(category, SSI.definition, DCTERMS.description))
    book.texts(item, "labl", labels)


def _ranges(book: Book, iri: URIRef, element: etree._Element, domain: URIRef, name: str) -> None:
    ledger = book.ledger
    found = sorted(
        ledger.iris(domain, SSD.valueRange), key=lambda item: (number(ledger.graph, item, SS.position) or 0, item)
    )
    if not found:
        if name == "invalrng" and not ledger.iris(domain, SSI.takesValuesFromCodeList):
            add(element, name)
        return
    holder = add(element, name)
    stretches = [_bounds(book, item) for item in found]
    singles = len(stretches)
    while singles > book.numbered(iri, f"{name}/range") and len({*stretches[singles - 1].values()}) == 1:
        if {*stretches[singles - 1]} != {"min", "max"}:
            break
        singles -= 1
    for place, attributes in enumerate(stretches):
        if place < singles:
            add(holder, "range", attributes=attributes)
        else:
            add(holder, "item", attributes={"VALUE": attributes["min"]})


def _bounds(book: Book, stretch: URIRef) -> dict[str, str | None]:
    ledger = book.ledger
    ledger.values(stretch, SS.position)
    low, high = ledger.text(stretch, SSD.lowValue), ledger.text(stretch, SSD.highValue)
    open_low = ledger.text(stretch, SSD.lowIsIncluded) in {"false", "0"}
    open_high = ledger.text(stretch, SSD.highIsIncluded) in {"false", "0"}
    told = {"minExclusive" if open_low else "min": low, "maxExclusive" if open_high else "max": high}
    return {key: value for key, value in told.items() if value is not None}


def lower_figures(book: Book, iri: URIRef, element: etree._Element) -> None:
    """Write the figures that are stated of a variable and of its codes."""
    ledger = book.ledger
    for figure in sorted(iris(ledger.graph, None, SSD.statisticOf, iri), key=ledger.place):
        ledger.values(figure, SSD.statisticOf)
        code = next(iter(ledger.iris(figure, SSD.statisticCategory)), None)
        holder = element if code is None else book.elements.get(code)
        if holder is None:
            ledger.lose("DDI080", "a figure is of a code that the variable does not have", figure)
            ledger.cover(figure)
            continue
        _figure(book, figure, holder, "sumStat" if code is None else "catStat")


def _figure(book: Book, figure: URIRef, holder: etree._Element, name: str) -> None:
    ledger = book.ledger
    kind = ledger.text(figure, SSD.statisticType) or "other"
    word = (_SUMMARIES if name == "sumStat" else _CATEGORIES).get(kind, kind)
    other = None if codebook_model()[name].allows("type", word) else kind
    weights = [book.id_of(item, "V") for item in ledger.iris(figure, SSD.weightVariable)]
    attributes = {
        "type": word if other is None else "other",
        "otherType": other,
        "wgtd": "wgtd" if ledger.flag(figure, SSD.isWeighted) else None,
        "wgt-var": " ".join(weights) or None,
    }
    item = add(holder, name, ledger.text(figure, SSD.statisticValue) or "", attributes)
    book.elements[figure] = item
    book.keep(figure)
    fragment = str(figure).partition("#")[2]
    book.named(figure, fragment.rstrip("0123456789") if "statistic-" in fragment else "statistic-")
