"""Code lists and concepts of DDI as artefacts of SDMX, in the hub graph.

A code list of DDI becomes a codelist, its codes with their categories' labels; the concepts of an agency one concept scheme.
What variables, files and questions are remains behind: SDMX has no place for them.
"""

from collections import Counter
from collections.abc import Mapping

from rdflib import Graph, Literal, URIRef

from semstat.interop.formats.ddi.ledger import Ledger
from semstat.interop.formats.ddi.lifecycle_named import renamed, unnamed
from semstat.interop.formats.sdmx.lift import agency_iri
from semstat.ontology.access import iris, number, text
from semstat.ontology.ddi_iri import DdiName, iri_to_ddi_urn, parse_ddi_urn
from semstat.ontology.identifiers import as_identifier, is_identifier
from semstat.ontology.iri import SdmxName
from semstat.ontology.terms import DCTERMS, RDF, SKOS, SS, SST
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD
from semstat.validators.diagnostics import Diagnostic, Location

__all__ = ["lists_to_sdmx"]

_CONCEPTS = "CONCEPTS"


def lists_to_sdmx(
    graph: Graph, positions: Mapping[URIRef, Location], *, agency: str | None = None
) -> tuple[Graph, dict[URIRef, Location], tuple[Diagnostic, ...]]:
    """Return the codelists and concept schemes, where they stood, and what SDMX has no place for.

    What has no name of its own is of ``agency``, by default that of the source.

    Findings:
        ``DDI081`` (identities that are made up), ``DDI080`` (codes that are none in SDMX, codes listed twice, and, by their
        kind, the things that are neither codes nor concepts).
    """
    ledger = Ledger(graph, positions)
    things = unnamed(graph)
    if things:
        made, where = renamed(ledger, things, agency)
        ledger = Ledger(made, where, losses=ledger.losses)
    written = Graph(store="SimpleMemory")
    found: dict[URIRef, Location] = {}
    for codelist in ledger.typed(SSI.CodeList):
        _codelist(ledger, codelist, written, found)
    _concepts(ledger, written, found)
    _left(ledger)
    return written, found, tuple(ledger.losses)


def _named(iri: URIRef) -> DdiName | None:
    return parse_ddi_urn(iri_to_ddi_urn(str(iri)) or "") if "#" not in iri else None


def _head(graph: Graph, name: SdmxName, types: tuple[URIRef, ...]) -> None:
    for cls in types:
        graph.add((name.iri, RDF.type, cls))
    graph.add((name.iri, SS.identifier, Literal(name.item or name.id)))
    graph.add((name.iri, SS.urn, Literal(name.urn)))
    if name.item is None:
        graph.add((name.iri, SS.maintainer, agency_iri(name.agency)))
        graph.add((name.iri, SS.version, Literal(name.version or "1.0")))


def _scheme(package: str, cls: str, name: DdiName, identifier: str) -> SdmxName:
    version = name.version if "." in name.version else f"{name.version}.0"
    return SdmxName(package, cls, name.agency, as_identifier(identifier), version)


def _codelist(ledger: Ledger, iri: URIRef, written: Graph, found: dict[URIRef, Location]) -> None:
    name = _named(iri)
    if name is None:
        return
    scheme = _scheme("codelist", "Codelist", name, name.id)
    _head(written, scheme, (SST.Codelist, SKOS.ConceptScheme))
    labels = ledger.literals(iri, SKOS.prefLabel) or _of_variables(ledger, iri) or [Literal(name.id)]
    _texts(written, scheme.iri, labels, ledger.literals(iri, DCTERMS.description))
    found[scheme.iri] = ledger.positions.get(iri, Location())
    above = {
        child: code
        for code in iris(ledger.graph, iri, SSI.containsNode)
        for child in iris(ledger.graph, code, SSI.hasChildNode)
    }
    items: dict[URIRef, SdmxName] = {}
    refused: Counter[str] = Counter()
    for code in _in_order(ledger, iri):
        value = text(ledger.graph, code, SKOS.notation)
        item = scheme.of_item("Code", value)
        if not is_identifier(value) or (item.iri, RDF.type, SST.Code) in written:
            refused[value] += 1
            continue
        items[code] = item
        _item(ledger, code, item, scheme, written, len(items))
        found[item.iri] = ledger.positions.get(code, Location())
    for child, code in above.items():
        if child in items and code in items:
            written.add((items[child].iri, SKOS.broader, items[code].iri))
    for value, count in refused.items():
        message = f"`{value}` of the list `{scheme.id}` is there already, or cannot be the id of a code in SDMX"
        ledger.lose("DDI080", message, iri, value=value or None, count=count)


def _in_order(ledger: Ledger, codelist: URIRef) -> list[URIRef]:
    codes = ledger.iris(codelist, SSI.containsNode)
    return sorted(codes, key=lambda code: (number(ledger.graph, code, SS.position) or 0, ledger.place(code)))


def _item(ledger: Ledger, code: URIRef, item: SdmxName, scheme: SdmxName, written: Graph, place: int) -> None:
    _head(written, item, (SST.Code, SKOS.Concept))
    labels = ledger.literals(code, SKOS.prefLabel)
    texts = ledger.literals(code, DCTERMS.description)
    for category in ledger.iris(code, SSI.takesMeaningFromCategory):
        labels = labels or ledger.literals(category, SKOS.prefLabel)
        texts += ledger.literals(category, DCTERMS.description, SSI.definition)
        ledger.cover(category)
    _texts(written, item.iri, labels or [Literal(item.item or "")], texts)
    written.add((item.iri, SKOS.inScheme, scheme.iri))
    written.add((item.iri, SKOS.notation, Literal(item.item or "")))
    written.add((item.iri, SS.position, Literal(place)))
    ledger.cover(code)


def _of_variables(ledger: Ledger, codelist: URIRef) -> list[Literal]:
    """Return the labels of the first variable whose values a list without a name of its own holds."""
    for domain in iris(ledger.graph, None, SSI.takesValuesFromCodeList, codelist):
        for term in (SSI.hasSubstantiveValueDomain, SSI.hasSentinelValueDomain):
            for variable in iris(ledger.graph, None, term, domain):
                labels = [item for item in ledger.graph.objects(variable, SKOS.prefLabel) if isinstance(item, Literal)]
                if labels:
                    return sorted(labels)
    return []


def _texts(graph: Graph, iri: URIRef, names: list[Literal], descriptions: list[Literal]) -> None:
    seen: set[str | None] = set()
    for label in names:
        if label.language not in seen:
            graph.add((iri, SKOS.prefLabel, label))
        seen.add(label.language)
    told: set[str | None] = set()
    for words in descriptions:
        if words.language not in told:
            graph.add((iri, DCTERMS.description, words))
        told.add(words.language)


def _concepts(ledger: Ledger, written: Graph, found: dict[URIRef, Location]) -> None:
    items: dict[URIRef, SdmxName] = {}
    for concept in ledger.typed(SSI.Concept):
        name = _named(concept)
        if name is None:
            continue
        scheme = _scheme("conceptscheme", "ConceptScheme", replace_version(name), _CONCEPTS)
        if (scheme.iri, RDF.type, SST.ConceptScheme) not in written:
            _head(written, scheme, (SST.ConceptScheme, SKOS.ConceptScheme))
            written.add((scheme.iri, SKOS.prefLabel, Literal("Concepts", lang="en")))
            found[scheme.iri] = ledger.positions.get(concept, Location())
        item = scheme.of_item("Concept", as_identifier(name.id))
        items[concept] = item
        _head(written, item, (SST.Concept, SKOS.Concept))
        labels = ledger.literals(concept, SKOS.prefLabel) or [Literal(name.id)]
        _texts(written, item.iri, labels, ledger.literals(concept, DCTERMS.description))
        written.add((item.iri, SKOS.inScheme, scheme.iri))
        written.add((item.iri, SKOS.notation, Literal(item.item or "")))
        written.add((item.iri, SS.position, Literal(len(items))))
        found[item.iri] = ledger.positions.get(concept, Location())
    for concept, item in items.items():
        for above in ledger.iris(concept, SKOS.broader):
            if above in items:
                written.add((item.iri, SKOS.broader, items[above].iri))


def replace_version(name: DdiName) -> DdiName:
    """Return the name with the version of the scheme that is made up for concepts."""
    return DdiName(name.agency, name.id, "1")


def _left(ledger: Ledger) -> None:
    """Enter, kind by kind, what is neither a code nor a concept."""
    counts: Counter[str] = Counter()
    first: dict[str, URIRef] = {}
    for cls in (
        SSD.StudyUnit,
        SSD.DataFile,
        SSI.InstanceVariable,
        SSD.QuestionItem,
        SSD.QuestionGrid,
        SSI.Questionnaire,
    ):
        for item in ledger.typed(cls):
            counts[str(cls).rpartition("#")[2]] += 1
            first.setdefault(str(cls).rpartition("#")[2], item)
    for name, count in counts.items():
        message = f"a thing of the kind `{name}` has no place among code lists and concepts"
        ledger.lose("DDI080", message, first[name], value=name, count=count)
