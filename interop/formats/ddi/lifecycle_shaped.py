"""From a hub graph in the shape of DDI Codebook to one in the shape of DDI-Lifecycle: what is stated otherwise there."""

from collections import Counter
from dataclasses import replace

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD

from semstat.interop.formats.ddi.codebook_kept import kept_names
from semstat.interop.formats.ddi.ledger import Ledger
from semstat.interop.formats.ddi.lifecycle_named import renamed, unnamed
from semstat.interop.formats.ddi.lifecycle_shaped_beside import shape_beside
from semstat.interop.formats.ddi.lifecycle_shaped_files import shape_files
from semstat.ontology.access import flag, iris, text
from semstat.ontology.ddi_models import is_date
from semstat.ontology.iri import part_of
from semstat.ontology.terms import DCTERMS, RDF, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["shaped"]

_DESCRIBED = (SSI.InstanceVariable, SSI.Category, SSI.Universe, SSI.Rule, SSD.VariableGroup, SSD.DataFile)
"""What DDI-Lifecycle describes, where DDI Codebook gives a text."""
_DATES = (
    (SSD.StudyUnit, DCTERMS.issued),
    (SSD.CollectionEvent, SSD.collectionStart),
    (SSD.CollectionEvent, SSD.collectionEnd),
)
_NUMBERS = ("numeric",)


def shaped(ledger: Ledger, *, agency: str | None = None) -> Ledger:
    """Return the ledger of a graph as DDI-Lifecycle says it; that of a graph that is so already is returned as it is.

    What has no name gets one of ``agency``, by default of the agency that the source names.

    Findings:
        ``DDI081`` (names that are made up), ``IO202`` (kept content of DDI Codebook), ``DDI080`` (what is stated otherwise).
    """
    things = unnamed(ledger.graph)
    if not things:
        return ledger
    graph, positions = renamed(ledger, things, agency)
    made = replace(ledger, graph=graph, positions=positions, taken=set(), elements={}, ranks={})
    _kept(made)
    _formats(made)
    _coding(graph)
    _texts(graph)
    _one(made, SSI.ConceptualVariable, SSI.takesMeaningFromConcept)
    _moved(graph, SSI.takesMeaningFromConcept, SSI.measuresConcept)
    _false(graph)
    _variables(made)
    _one(made, SSD.StudyUnit, SSD.studyUniverse)
    _missing(graph)
    for cls, term in _DATES:
        _dates(made, cls, term)
    for study in iris(graph, None, RDF.type, SSD.StudyUnit):
        _collection(graph, study)
        shape_beside(made, study)
    shape_files(made)
    return made


def _variables(ledger: Ledger) -> None:
    graph, forms = ledger.graph, Counter[tuple[str, str]]()
    for variable in ledger.typed(SSI.InstanceVariable):
        _variable(graph, variable, forms)
    for represented in ledger.typed(SSI.RepresentedVariable):
        _represented(graph, represented)
    for (form, wanted), count in sorted(forms.items()):
        told = f"of the form `{form}`" if form else "of no stated form"
        message = f"values {told} that have codes are written as `{wanted}`, as if there were no others"
        ledger.lose("DDI080", message, None, value=form or None, count=count)


def _missing(graph: Graph) -> None:
    """Say of categories, as DDI-Lifecycle does, and not of codes, that they stand for what is missing."""
    for code in iris(graph, None, RDF.type, SSI.CodeItem):
        if flag(graph, code, SSD.isMissing):
            for category in iris(graph, code, SSI.takesMeaningFromCategory):
                graph.set((category, SSD.isMissing, _true()))


def _dates(ledger: Ledger, cls: URIRef, term: URIRef) -> None:
    """Leave things the first of their dates that is one: the schema has room for no other."""
    for item in ledger.typed(cls):
        found = sorted(str(value) for value in ledger.graph.objects(item, term))
        fine = [value for value in found if is_date(value)]
        for value in found:
            if value not in fine[:1]:
                said = f"the date `{value}` (`{term.rpartition('#')[2].rpartition('/')[2]}`) has no place in DDI-Lifecycle 3.3"
                ledger.lose("DDI080", said, item, value=value)
        ledger.graph.remove((item, term, None))
        for value in fine[:1]:
            ledger.graph.add((item, term, Literal(value)))


def _true() -> Literal:
    return Literal("true", datatype=XSD.boolean)


def _kept(ledger: Ledger) -> None:
    """Enter what was kept of a codebook as lost: no one knows what it means elsewhere."""
    counts: Counter[str] = Counter()
    first: dict[str, URIRef] = {}
    for owner, _, raw in sorted(ledger.graph.triples((None, SS.unreadContent, None))):
        ledger.graph.remove((owner, SS.unreadContent, raw))
        for name in kept_names(str(raw)):
            counts[name] += 1
            first.setdefault(name, URIRef(str(owner)))
    for name, count in counts.items():
        said = f"the {name}, which was kept of a codebook, is not written"
        ledger.lose("IO202", said, first[name], value=name.split("`")[1], count=count)


def _coding(graph: Graph) -> None:
    """Make an instruction on coding the processing instruction of its variable, of which DDI-Lifecycle knows one."""
    for variable, _, rule in sorted(graph.triples((None, SSD.codingInstruction, None))):
        if (variable, SSD.derivationRule, None) not in graph:
            graph.remove((variable, SSD.codingInstruction, rule))
            graph.add((variable, SSD.derivationRule, rule))
            graph.add((rule, SSD.elementName, Literal("d:GeneralInstruction")))


def _formats(ledger: Ledger) -> None:
    """Leave out the words that a codebook has for a display format: they would be taken for a description of the variable."""
    for variable in ledger.typed(SSI.InstanceVariable):
        if (variable, SSD.storageFormat, None) in ledger.graph:
            for words in list(ledger.graph.objects(variable, DCTERMS.description)):
                ledger.graph.remove((variable, DCTERMS.description, words))
                said = "the `description` of the format of an InstanceVariable has no place in DDI-Lifecycle 3.3"
                ledger.lose("DDI080", said, variable, value="description")


def _texts(graph: Graph) -> None:
    for cls in _DESCRIBED:
        for item in iris(graph, None, RDF.type, cls):
            for value in list(graph.objects(item, SSI.definition)):
                graph.remove((item, SSI.definition, value))
                graph.add((item, DCTERMS.description, value))


def _moved(graph: Graph, old: URIRef, new: URIRef) -> None:
    for subject, _, value in list(graph.triples((None, old, None))):
        graph.remove((subject, old, value))
        graph.add((subject, new, value))


def _false(graph: Graph) -> None:
    """Drop what a codebook says by default: that a variable is no weight, and not continuous."""
    for term in (SSD.isWeight, SSD.isContinuous):
        for subject, _, value in list(graph.triples((None, term, None))):
            if str(value) == "false":
                graph.remove((subject, term, value))


def _one(ledger: Ledger, cls: URIRef, term: URIRef) -> None:
    """Leave things the first value of a property of which the schema knows one."""
    name = term.rpartition("#")[2]
    for item in ledger.typed(cls):
        for value in iris(ledger.graph, item, term)[1:]:
            ledger.graph.remove((item, term, value))
            ledger.lose("DDI080", f"a further `{name}` has no place in DDI-Lifecycle 3.3", item, value=name)


def _variable(graph: Graph, iri: URIRef, forms: Counter[tuple[str, str]]) -> None:
    for domain in iris(graph, iri, SSI.hasSubstantiveValueDomain):
        _domain(graph, iri, domain, forms)
    for missing in iris(graph, iri, SSI.hasSentinelValueDomain):
        for cls in (SSI.EnumeratedValueDomain, SSI.DescribedValueDomain):
            graph.remove((missing, RDF.type, cls))


def _domain(graph: Graph, variable: URIRef, domain: URIRef, forms: Counter[tuple[str, str]]) -> None:
    """Give a domain the form that its values have: codes where there is a list, numbers where there are bounds."""
    form, wanted = text(graph, domain, SSD.representationType), _form(graph, domain)
    if not wanted:
        graph.remove((variable, SSI.hasSubstantiveValueDomain, domain))
        for term in list(graph.predicates(domain)):
            graph.remove((domain, term, None))
        return
    if form != wanted and (form or wanted == "code"):
        forms[form, wanted] += 1
    graph.set((domain, SSD.representationType, Literal(wanted)))
    for cls in (SSI.EnumeratedValueDomain, SSI.DescribedValueDomain):
        graph.remove((domain, RDF.type, cls))
    graph.add((domain, RDF.type, SSI.EnumeratedValueDomain if wanted == "code" else SSI.DescribedValueDomain))
    if flag(graph, variable, SSD.isContinuous):
        graph.set((domain, SSD.kind, Literal("Continuous")))
        graph.remove((variable, SSD.isContinuous, None))
    if wanted not in _NUMBERS:
        for value in list(graph.objects(domain, SSD.decimalPositions)):
            graph.remove((domain, SSD.decimalPositions, value))
            graph.add((variable, SSD.decimalPositions, value))


def _form(graph: Graph, domain: URIRef) -> str:
    form = text(graph, domain, SSD.representationType)
    if iris(graph, domain, SSI.takesValuesFromCodeList):
        return "code"
    if form in {"other", "geographicLocationCode", "geographicStructureCode"}:
        return "text"
    return form or ("numeric" if iris(graph, domain, SSD.valueRange) else "")


def _represented(graph: Graph, represented: URIRef) -> None:
    """Give a represented variable a domain of its own: that of the first variable that is read as it."""
    domains = sorted(iris(graph, represented, SSI.hasSubstantiveValueDomain))
    graph.remove((represented, SSI.hasSubstantiveValueDomain, None))
    there = [item for item in domains if (item, RDF.type, None) in graph]
    for domain in there[:1]:
        own = part_of(represented, "domain")
        graph.add((represented, SSI.hasSubstantiveValueDomain, own))
        for predicate, value in list(graph.predicate_objects(domain)):
            if predicate != SSD.valueRange:
                graph.add((own, predicate, value))
                continue
            copy = part_of(own, str(value).partition("#")[2])
            graph.add((own, predicate, copy))
            for term, stated in list(graph.predicate_objects(value)):
                graph.add((copy, term, stated))


def _collection(graph: Graph, study: URIRef) -> None:
    """Put the collection of a study into a module of its own, as it must stand in one."""
    for event in iris(graph, study, SSD.collectionEvent):
        module = URIRef(f"{str(event).rpartition('/')[0]}-module/{str(event).rpartition('/')[2]}")
        graph.add((module, RDF.type, SS.MaintainableArtefact))
        graph.add((module, SSD.elementName, Literal("d:DataCollection")))
        graph.add((study, SSD.holds, module))
        graph.add((module, SSD.holds, event))
