"""Variables of DDI Codebook, from the hub graph: names, labels, questions, concepts, derivations and groups."""

from lxml import etree
from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.codebook_book import Book
from semstat.interop.formats.ddi.codebook_elements import add, fill, worded
from semstat.interop.formats.ddi.codebook_lower_files import Spot, ordered
from semstat.interop.formats.ddi.codebook_lower_methods import lower_commands
from semstat.interop.formats.ddi.codebook_lower_study import lower_universes
from semstat.interop.formats.ddi.codebook_lower_values import domains_of, lower_domain, lower_figures, lower_values
from semstat.ontology.ddi_models import codebook_model
from semstat.ontology.terms import DCTERMS, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_study import SSD

__all__ = ["lower_group", "lower_variable"]

_QUESTION = (("preQTxt", SSD.textBefore), ("qstnLit", SSI.questionText), ("postQTxt", SSD.textAfter))
_CONCEPTS = (SSI.takesMeaningFromConcept, SSI.measuresConcept)


def lower_variable(book: Book, iri: URIRef, data: etree._Element, spot: Spot, *, several: bool) -> None:
    """Write what is said of a variable; what it takes from the represented variable behind it is written with it.

    Source:
        DDI Codebook 2.6, ``var``.
    """
    ledger = book.ledger
    element = book.begun(iri, data, "var", _attributes(book, iri, spot, several=several))
    ledger.values(iri, SS.identifier)
    for place in spot.places:
        add(element, "location", attributes=place)
    behind = _behind(book, iri)
    book.texts(element, "labl", book.labels(iri) or next(filter(None, map(book.labels, behind)), []))
    about = () if _is_of_format(book, iri) else (DCTERMS.description,)
    book.texts(element, "txt", ledger.literals(iri, SSI.definition, *about))
    lower_universes(book, iri, element)
    domain, missing = domains_of(book, iri, behind)
    lower_domain(book, domain, element)
    lower_values(book, iri, element, domain, missing)
    lower_figures(book, iri, element)
    _questions(book, iri, element)
    _concepts(book, (iri, *behind), element)
    rules = ledger.iris(iri, SSD.derivationRule)
    coded = [rule for rule in rules if (rule, SSD.elementName, _GENERAL) in ledger.graph]
    for number, rule in enumerate((one for one in rules if one not in coded), 1):
        _derivation(book, iri, rule, element, number)
    for rule in sorted([*ledger.iris(iri, SSD.codingInstruction), *coded], key=ledger.place):
        item = book.begun(rule, element, "codInstr")
        book.named(rule, f"{str(iri).partition('#')[2]}-coding-")
        for text in ledger.literals(rule, SSI.definition, DCTERMS.description)[:1]:
            fill(item, text)
    _format(book, iri, element)


_GENERAL = Literal("d:GeneralInstruction")
"""What instructions that are no derivations are called in DDI-Lifecycle."""


def _attributes(book: Book, iri: URIRef, spot: Spot, *, several: bool) -> dict[str, str | None]:
    ledger = book.ledger
    weights = ordered(book, ledger.iris(iri, SSD.weightVariable))
    name = ledger.text(iri, SSD.variableName)
    if name is None:
        name = ledger.text(iri, SSD.shortName) or ledger.text(iri, SS.identifier) or ""
    return {
        "name": name,
        "wgt": "wgt" if ledger.flag(iri, SSD.isWeight) else None,
        "wgt-var": " ".join(book.id_of(item, "V") for item in weights) or None,
        "files": " ".join(book.id_of(item, "F") for item in spot.files) or None if several else None,
        "intrvl": "contin" if ledger.flag(iri, SSD.isContinuous) else None,
        "rectype": spot.record_type,
        "temporal": "Y" if ledger.flag(iri, SSD.isTemporal) else None,
        "geog": "Y" if ledger.flag(iri, SSD.isGeographic) else None,
    }


def _behind(book: Book, iri: URIRef) -> list[URIRef]:
    """Return the represented and conceptual variables behind a variable; what was concluded of them is concluded again."""
    ledger = book.ledger
    represented = ledger.iris(iri, SSI.takesMeaningFromRepresentedVariable)
    conceptual = [
        *ledger.iris(iri, SSI.takesMeaningFromConceptualVariable),
        *(item for one in represented for item in ledger.iris(one, SSI.takesMeaningFromConceptualVariable)),
    ]
    for item in (*represented, *conceptual):
        if ledger.flag(item, SSD.isInferred):
            ledger.cover(item)
    return [*represented, *conceptual]


def _concepts(book: Book, variables: tuple[URIRef, ...], element: etree._Element) -> None:
    found = {item for variable in variables for item in book.ledger.iris(variable, *_CONCEPTS)}
    for concept in sorted(found):
        vocabulary = {
            "vocab": book.ledger.text(concept, SSD.vocabulary),
            "vocabURI": book.ledger.text(concept, SSD.vocabularyUri),
        }
        for text in book.ledger.literals(concept, SKOS.prefLabel):
            worded(element, "concept", text, vocabulary)


def _format(book: Book, iri: URIRef, element: etree._Element) -> None:
    kind, form = book.ledger.text(iri, SSD.storageType), book.ledger.text(iri, SSD.storageFormat)
    if kind is None and form is None:
        return
    if not codebook_model()["varFormat"].allows("type", kind or "numeric"):
        book.ledger.lose("DDI080", f"the kind of storage `{kind}` is not one of the target's", iri, value=kind)
        kind = "character"
    told = next(iter(sorted(book.told(iri, "varFormat"))), None)
    attributes = {"type": kind, "formatname": None if form == told else form}
    words = book.ledger.literals(iri, DCTERMS.description) if _is_of_format(book, iri) else []
    if words and form is not None:
        worded(element, "varFormat", words[0], {**attributes, "formatname": form})
    else:
        add(element, "varFormat", told, attributes)


def _is_of_format(book: Book, iri: URIRef) -> bool:
    """Tell whether what describes a variable was said of its format: a document of DDI Codebook has no other place for it."""
    return "/ddi-document/" in str(iri) and (iri, SSD.storageFormat, None) in book.ledger.graph


def _questions(book: Book, iri: URIRef, element: etree._Element) -> None:
    for question in sorted(book.ledger.iris(iri, SSL.capturedBy), key=book.ledger.place):
        if question in book.elements:
            others = [*element.get("qstn", "").split(), book.id_of(question, "Q")]
            element.set("qstn", " ".join(others))
            continue
        item = book.begun(question, element, "qstn")
        fragment = str(iri).partition("#")[2]
        book.named(question, f"{fragment}-question-")
        for name, term in _QUESTION:
            book.texts(item, name, book.ledger.literals(question, term))
        for instruction in sorted(book.ledger.iris(question, SSD.instruction), key=book.ledger.place):
            book.texts(item, "ivuInstr", book.ledger.literals(instruction, SSI.statementText))


def _derivation(book: Book, iri: URIRef, rule: URIRef, element: etree._Element, number: int) -> None:
    ledger = book.ledger
    if number > 1:  # the schema knows one derivation of a variable
        ledger.lose("DDI080", "a further derivation of the variable is not written", iri)
        ledger.cover(rule)
        return
    inputs = [book.id_of(item, "V") for item in ordered(book, ledger.iris(rule, SSD.inputVariable))]
    item = book.begun(rule, element, "derivation", {"var": " ".join(inputs) or None})
    book.named(rule, f"{str(iri).partition('#')[2]}-derivation-")
    book.texts(item, "drvdesc", ledger.literals(rule, SSI.definition, DCTERMS.description))
    lower_commands(book, rule, item, "drvcmd", "syntax")


def lower_group(book: Book, iri: URIRef, data: etree._Element) -> None:
    """Write a group of variables."""
    ledger = book.ledger
    members = [book.id_of(item, "V") for item in ordered(book, ledger.iris(iri, SSD.groupedVariable))]
    element = book.begun(iri, data, "varGrp", {"var": " ".join(members) or None})
    ledger.values(iri, SS.identifier)
    book.named(iri, "group-")
    book.texts(element, "labl", book.labels(iri))
    book.texts(element, "txt", ledger.literals(iri, SSI.definition, DCTERMS.description))
