"""What DDI Codebook leaves to be concluded: the represented and the conceptual variable behind each variable.

The standard knows instance variables only. Two of them are read as one represented variable where concept, values and unit
agree; where no concept is stated, where name and label agree instead. Everything concluded is marked as inferred.
"""

from collections.abc import Sequence
from hashlib import sha256

from lxml import etree
from rdflib import URIRef

from semstat.interop.formats.ddi.codebook_source import Codebook, child_text, children, language, text_of
from semstat.interop.formats.ddi.codebook_variables import representation
from semstat.ontology.iri import part_of
from semstat.ontology.terms import RDF, SKOS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_study import SSD

__all__ = ["infer_cascade"]

_DIGITS = 12


def infer_cascade(book: Codebook, variables: Sequence[etree._Element]) -> None:
    """Add the represented and conceptual variables that variables are read as, and what questions then ask about."""
    for element in variables:
        meaning = _meaning(element)
        conceptual = part_of(book.base, "conceptual", _digest(meaning))
        represented = part_of(book.base, "represented", _digest((*meaning, *_form(element))))
        variable = book.names[element]
        for iri, cls in ((conceptual, SSI.ConceptualVariable), (represented, SSI.RepresentedVariable)):
            if iri in book.positions:
                continue
            book.positions[iri] = book.place(element)
            book.add(iri, RDF.type, cls)
            book.add(iri, SSD.isInferred, True)
            book.labelled(iri, children(element, "labl"))
        book.add(represented, SSI.takesMeaningFromConceptualVariable, conceptual)
        book.add(represented, SSI.hasSubstantiveValueDomain, part_of(variable, "values"))
        book.add(variable, SSI.takesMeaningFromRepresentedVariable, represented)
        _concepts(book, element, conceptual)
        for question in list(book.graph.objects(variable, SSL.capturedBy)):
            if isinstance(question, URIRef):
                book.add(question, SSD.asksAbout, represented)


def _concepts(book: Codebook, element: etree._Element, conceptual: URIRef) -> None:
    for item in children(element, "concept"):
        concept = part_of(
            book.base, "concept", _digest((item.get("vocabURI") or item.get("vocab") or "", text_of(item)))
        )
        book.positions.setdefault(concept, book.place(item))
        book.add(concept, RDF.type, SSI.Concept)
        book.worded(concept, SKOS.prefLabel, item)
        book.add(concept, SSD.vocabulary, (item.get("vocab") or "").strip())
        book.add(concept, SSD.vocabularyUri, (item.get("vocabURI") or "").strip())
        book.add(conceptual, SSI.takesMeaningFromConcept, concept)


def _meaning(element: etree._Element) -> tuple[str, ...]:
    concepts = sorted(
        {f"{item.get('vocabURI') or item.get('vocab') or ''} {text_of(item)}" for item in children(element, "concept")}
    )
    return tuple(concepts) or ((element.get("name") or "").strip(), _labels(element))


def _labels(element: etree._Element) -> str:
    """Return the labels of an element in an order that languages, and not the document, decide."""
    return "\x1e".join(
        sorted({f"{language(item) or ''} {text_of(item)}" for item in children(element, "labl") if text_of(item)})
    )


def _form(element: etree._Element) -> tuple[str, ...]:
    """Return what tells one form of values from another: kind, unit, codes with labels, and where there are none, ranges."""
    codes = [
        f"{child_text(item, 'catValu')}={_labels(item)}"
        for item in children(element, "catgry")
        if item.get("missing", "N") != "Y"
    ]
    ranges = [str(sorted(item.attrib.items())) for item in children(element, "valrng", "range")]
    kind = representation(element, is_coded=bool(codes)) or ""
    return (kind, element.get("measUnit", ""), element.get("dcml", ""), *(codes or ranges))


def _digest(parts: tuple[str, ...]) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()[:_DIGITS]
