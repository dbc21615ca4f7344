"""Variables of DDI Codebook: names, labels, values, questions and derivations."""

from lxml import etree
from rdflib import URIRef

from semstat.interop.formats.ddi.codebook_files import whole_number
from semstat.interop.formats.ddi.codebook_methods import lift_commands
from semstat.interop.formats.ddi.codebook_source import Codebook, children, first, text_of
from semstat.interop.formats.ddi.codebook_study import lift_universe
from semstat.ontology.iri import part_of
from semstat.ontology.terms import DCTERMS, RDF, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_study import SSD

__all__ = ["lift_group", "lift_variable", "lift_variable_links", "representation"]

_STORAGE = {"numeric": "numeric", "character": "text"}
_QUESTION = (("preQTxt", SSD.textBefore), ("qstnLit", SSI.questionText), ("postQTxt", SSD.textAfter))


def lift_variable(book: Codebook, element: etree._Element, number: int) -> URIRef:
    """Add what a ``var`` states of itself to the graph, and return its IRI.

    What the schema gives by default holds where nothing is stated: a variable is discrete, and no weight.

    Source:
        DDI Codebook 2.6, ``var``.
    """
    iri = book.name(element, book.base, "variable", number, SSI.InstanceVariable)
    name = (element.get("name") or "").strip()
    book.add(iri, SS.identifier, (element.get("ID") or name or f"variable {number}").strip())
    book.add(iri, SSD.variableName, name)
    book.labelled(iri, children(element, "labl"))
    book.add(iri, SSD.isContinuous, element.get("intrvl", "discrete").strip() == "contin")
    book.add(iri, SSD.isWeight, element.get("wgt", "not-wgt").strip() == "wgt")
    book.add(iri, SSD.isTemporal, True if element.get("temporal", "N").strip() == "Y" else None)
    book.add(iri, SSD.isGeographic, True if element.get("geog", "N").strip() == "Y" else None)
    for item in children(element, "txt"):
        book.worded(iri, SSI.definition, item)
    for place, item in enumerate(children(element, "universe"), 1):
        book.add(iri, SSD.studyUniverse, lift_universe(book, item, iri, place))
    book.read.update(children(element, "location"))  # files tell what is in them
    _format(book, element, iri)
    _values(book, element, iri)
    return iri


def _format(book: Codebook, element: etree._Element, iri: URIRef) -> None:
    item = first(element, "varFormat")
    if item is not None:
        book.read.add(item)
        book.add(iri, SSD.storageType, item.get("type", "numeric").strip())
        book.add(iri, SSD.storageFormat, (item.get("formatname") or text_of(item)).strip())
        if item.get("formatname"):
            book.worded(iri, DCTERMS.description, item)


def _values(book: Codebook, element: etree._Element, iri: URIRef) -> None:
    """Add the two value domains of a variable: of what is meant, and of what is missing."""
    categories = list(enumerate(children(element, "catgry"), 1))
    missing = [entry for entry in categories if entry[1].get("missing", "N").strip() == "Y"]
    valid = [entry for entry in categories if entry not in missing]
    domain = part_of(iri, "values")
    for cls in (SSI.SubstantiveValueDomain, SSI.EnumeratedValueDomain if valid else SSI.DescribedValueDomain):
        book.add(domain, RDF.type, cls)
    book.add(iri, SSI.hasSubstantiveValueDomain, domain)
    book.add(domain, SSD.representationType, representation(element, is_coded=bool(valid)))
    book.add(domain, SSD.decimalPositions, whole_number(element.get("dcml")))
    _ranges(book, element, domain, "valrng")
    _codes(book, iri, domain, "codes", valid)
    if missing or first(element, "invalrng") is not None:
        sentinel = part_of(iri, "missing")
        for cls in (SSI.SentinelValueDomain, SSI.EnumeratedValueDomain if missing else SSI.DescribedValueDomain):
            book.add(sentinel, RDF.type, cls)
        book.add(iri, SSI.hasSentinelValueDomain, sentinel)
        _ranges(book, element, sentinel, "invalrng")
        _codes(book, iri, sentinel, "missing-codes", missing)


def representation(element: etree._Element, *, is_coded: bool) -> str | None:
    """Return the stated form of the values; storage tells it of a variable without categories, and never of one with them."""
    stated = (element.get("representationType") or "").strip()
    if stated == "other":
        stated = element.get("otherRepresentationType", stated).strip().replace("_", " ")
    item = first(element, "varFormat")
    if stated or item is None or is_coded:
        return stated or None
    return _STORAGE.get(item.get("type", "numeric").strip())


def _ranges(book: Codebook, element: etree._Element, domain: URIRef, name: str) -> None:
    number = 0
    for holder in children(element, name):
        book.read.add(holder)
        for item in (*children(holder, "range"), *children(holder, "item")):
            number += 1
            iri = part_of(domain, "range", number)
            book.add(iri, RDF.type, SSD.ValueRange)
            book.add(iri, SS.position, number)
            book.add(domain, SSD.valueRange, iri)
            book.positions[iri] = book.place(item)
            book.read.add(item)
            low, high = item.get("min") or item.get("VALUE"), item.get("max") or item.get("VALUE")
            book.add(iri, SSD.lowValue, (low or item.get("minExclusive") or "").strip())
            book.add(iri, SSD.highValue, (high or item.get("maxExclusive") or "").strip())
            book.add(iri, SSD.lowIsIncluded, False if not low and item.get("minExclusive") else None)
            book.add(iri, SSD.highIsIncluded, False if not high and item.get("maxExclusive") else None)


def _codes(
    book: Codebook, variable: URIRef, domain: URIRef, kind: str, categories: list[tuple[int, etree._Element]]
) -> None:
    if not categories:
        return
    codelist = part_of(variable, kind)
    book.add(codelist, RDF.type, SSI.CodeList)
    book.add(domain, SSI.takesValuesFromCodeList, codelist)
    for number, item in categories:
        code = book.name(item, codelist, "code", number, SSI.CodeItem)
        category = part_of(code, "category")
        book.add(codelist, SSI.containsNode, code)
        book.add(code, SS.position, number)
        book.add(code, SSI.takesMeaningFromCategory, category)
        book.add(category, RDF.type, SSI.Category)
        value = first(item, "catValu")
        if value is not None:
            book.read.add(value)
            book.add(code, SKOS.notation, text_of(value))
        for iri in (code, category):
            book.labelled(iri, children(item, "labl"))
        for text in children(item, "txt"):
            book.worded(category, SSI.definition, text)
        book.add(code, SSD.isMissing, True if kind == "missing-codes" else None)
        book.add(code, SSD.missingKind, (item.get("missType") or "").strip())


def lift_variable_links(book: Codebook, element: etree._Element) -> None:
    """Add what leads from a variable to others, once all are known: weight, question, what it was derived from."""
    iri = book.names[element]
    for weight in book.targets(element, "wgt-var", "var"):
        book.add(iri, SSD.weightVariable, book.names.get(weight))
    for number, item in enumerate(children(element, "qstn"), 1):
        question = _question(book, item, iri, number)
        book.add(iri, SSL.capturedBy, question)
    for item in book.targets(element, "qstn", "qstn"):
        book.add(iri, SSL.capturedBy, book.names.get(item))
    for number, item in enumerate(children(element, "derivation"), 1):
        _derivation(book, item, iri, number)
    for number, item in enumerate(children(element, "codInstr"), 1):
        rule = book.name(item, iri, "coding", number, SSI.Rule)
        book.add(iri, SSD.codingInstruction, rule)
        book.worded(rule, SSI.definition, item)


def _question(book: Codebook, element: etree._Element, variable: URIRef, number: int) -> URIRef:
    iri = book.names.get(element) or book.name(element, variable, "question", number, SSD.QuestionItem)
    for name, term in _QUESTION:
        for item in children(element, name):
            book.worded(iri, term, item)
    if not len(element):
        book.worded(iri, SSI.questionText, element)
    for place, item in enumerate(children(element, "ivuInstr"), 1):
        instruction = part_of(iri, "instruction", place)
        book.add(instruction, RDF.type, SSD.InterviewerInstruction)
        book.add(iri, SSD.instruction, instruction)
        book.worded(instruction, SSI.statementText, item)
        book.positions[instruction] = book.place(item)
    return iri


def _derivation(book: Codebook, element: etree._Element, variable: URIRef, number: int) -> None:
    rule = book.name(element, variable, "derivation", number, SSI.Rule)
    book.add(variable, SSD.derivationRule, rule)
    for source in book.targets(element, "var", "var"):
        book.add(rule, SSD.inputVariable, book.names.get(source))
        if book.names.get(source) != variable:
            book.add(variable, SSL.derivedFrom, book.names.get(source))
    for item in children(element, "drvdesc"):
        book.worded(rule, SSI.definition, item)
    lift_commands(book, children(element, "drvcmd"), rule, "syntax")


def lift_group(book: Codebook, element: etree._Element, number: int) -> None:
    """Add a ``varGrp`` to the graph."""
    iri = book.name(element, book.base, "group", number, SSD.VariableGroup)
    book.add(iri, SS.identifier, (element.get("ID") or f"group {number}").strip())
    book.labelled(iri, children(element, "labl"))
    for member in book.targets(element, "var", "var"):
        book.add(iri, SSD.groupedVariable, book.names.get(member))
    for item in children(element, "txt"):
        book.worded(iri, SSI.definition, item)
