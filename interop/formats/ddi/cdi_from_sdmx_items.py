"""Code lists and concept schemes of SDMX as nodes of DDI-CDI."""

from collections.abc import Iterable

from rdflib import Literal

from semstat.interop.formats.ddi.cdi_build import CdiBuilder
from semstat.interop.formats.ddi.cdi_nodes import CdiNode
from semstat.interop.formats.ddi.cdi_sdmx_words import PARENT, irdi_of_sdmx
from semstat.interop.formats.sdmx.account import Account
from semstat.interop.formats.sdmx.model import Item, ItemScheme, Representation, Text
from semstat.ontology.iri import SdmxName, part_of

__all__ = ["add_item_scheme", "literals", "sdmx_node", "values_of"]

_LISTS = frozenset({"Codelist", "ValueList"})
_FACETS = {
    "minValue": "minimumValueInclusive",
    "maxValue": "maximumValueInclusive",
    "pattern": "regularExpression",
}


def sdmx_node(builder: CdiBuilder, name: SdmxName, cls: str) -> CdiNode:
    """Return the node of an artefact or item of SDMX."""
    return builder.node(name.iri, cls, name=irdi_of_sdmx(name), urn=name.urn)


def literals(texts: Iterable[Text]) -> list[Literal]:
    """Return texts with their languages."""
    return [Literal(text.value, lang=text.language) for text in texts]


def add_item_scheme(builder: CdiBuilder, scheme: ItemScheme, account: Account) -> bool:
    """Add a code list, value list, concept or category scheme; tell whether it is one of these.

    Findings:
        ``IO211`` (extensions), ``IO205`` (core representations of concepts), those of :meth:`Entry.lose_head`.
    """
    name = scheme.head.name
    if name.cls in _LISTS:
        _codelist(builder, scheme)
    elif name.cls in {"ConceptScheme", "CategoryScheme"}:
        _concepts(builder, scheme)
    else:
        return False
    entry = account.of(name)
    for extension in scheme.extensions:
        entry.lose("IO211", f"that it takes over codes of `{extension.codelist.name.short}` is not written")
    for item in scheme.items:
        if item.representation is not None:
            entry.lose("IO205", "the representation that a concept proposes is not written", part=item.path)
        entry.lose_facts(item.facts, part=item.path)
    entry.lose_head(scheme.head)
    return True


def _codelist(builder: CdiBuilder, scheme: ItemScheme) -> None:
    holder = sdmx_node(builder, scheme.head.name, "CodeList")
    builder.named(holder, scheme.head.name.id)
    builder.worded(holder, "purpose", literals(scheme.head.facts.names))
    builder.text(holder, "allowsDuplicates", False)
    codes = {item.path: _code(builder, scheme.head.name, item) for item in scheme.items}
    for code in codes.values():
        builder.link(holder, "has_Code", code)
    below: dict[str, list[CdiNode]] = {}
    for item in scheme.items:
        if item.parent is not None and item.parent in codes:
            below.setdefault(item.parent, []).append(codes[item.path])
    if below:
        _hierarchy(
            builder, scheme.head.name, holder, {path: (codes[path], narrower) for path, narrower in below.items()}
        )


def _code(builder: CdiBuilder, scheme: SdmxName, item: Item) -> CdiNode:
    name = scheme.of_item(item.cls, item.path)
    code = sdmx_node(builder, name, "Code")
    category = builder.node(part_of(name.iri, "category"), "Category")
    builder.named(category, item.facts.id)
    builder.worded(category, "displayLabel", literals(item.facts.names))
    builder.worded(category, "descriptiveText", literals(item.facts.descriptions))
    builder.link(code, "denotes", category)
    builder.link(code, "uses_Notation", _notation(builder, name, item, category))
    return code


def _notation(builder: CdiBuilder, name: SdmxName, item: Item, category: CdiNode) -> CdiNode:
    """Return the sign that stands for a category; the model wants every category to have one."""
    notation = builder.node(part_of(name.iri, "notation"), "Notation")
    builder.text(builder.part(notation, "content", "TypedString"), "content", item.facts.id)
    builder.link(notation, "represents", category)
    return notation


def _hierarchy(
    builder: CdiBuilder, name: SdmxName, holder: CdiNode, below: dict[str, tuple[CdiNode, list[CdiNode]]]
) -> None:
    structure = builder.node(part_of(name.iri, "hierarchy"), "CodeListStructure")
    builder.entry(structure, "topology", "tree")
    builder.link(structure, "structures", holder)
    for path, (wider, narrower) in below.items():
        relation = builder.node(part_of(name.iri, "narrower", path), "CodeRelationship")
        builder.entry(relation, "semantics", PARENT)
        builder.link(relation, "hasSource", wider)
        for code in narrower:
            builder.link(relation, "hasTarget", code)
        builder.link(structure, "has_CodeRelationship", relation)


def _concepts(builder: CdiBuilder, scheme: ItemScheme) -> None:
    is_categories = scheme.head.name.cls == "CategoryScheme"
    holder = sdmx_node(builder, scheme.head.name, "CategorySet" if is_categories else "ConceptSystem")
    builder.text(holder, "allowsDuplicates", False)
    builder.named(holder, scheme.head.name.id)
    builder.worded(holder, "purpose", literals(scheme.head.facts.names))
    for item in scheme.items:
        name = scheme.head.name.of_item(item.cls, item.path)
        concept = sdmx_node(builder, name, "Category" if is_categories else "Concept")
        if is_categories:
            _notation(builder, name, item, concept)
        builder.named(concept, item.facts.id)
        builder.worded(concept, "displayLabel", literals(item.facts.names))
        builder.worded(concept, "definition", literals(item.facts.descriptions))
        builder.link(holder, "has_Category" if is_categories else "has_Concept", concept)
    codes = {item.path: scheme.head.name.of_item(item.cls, item.path) for item in scheme.items}
    for item in scheme.items:
        if item.parent in codes:
            wider = sdmx_node(builder, codes[item.parent], "Concept")
            builder.link(wider, "uses_Concept", sdmx_node(builder, codes[item.path], "Concept"))


def values_of(builder: CdiBuilder, iri: str, stated: Representation) -> CdiNode:
    """Return the domain of the values that a representation allows: those of a list, or values of a type within bounds."""
    domain = builder.node(part_of(iri, "values"), "SubstantiveValueDomain")
    if stated.text_type:
        builder.entry(domain, "recommendedDataType", stated.text_type)
    if stated.enumeration is not None:
        _enumerate(builder, iri, domain, stated.enumeration.name)
    if stated.facets or stated.enumeration is None:
        described = builder.node(part_of(iri, "described"), "ValueAndConceptDescription")
        _describe(builder, described, stated.facets)
        builder.link(domain, "isDescribedBy", described)
    return domain


def _describe(builder: CdiBuilder, described: CdiNode, facets: Iterable[tuple[str, str]]) -> None:
    """Say the bounds and the pattern of values; any other facet is a logical expression, such as ``maxLength=35``."""
    rest: list[str] = []
    for word, text in facets:
        if word == "pattern":
            builder.text(builder.part(described, _FACETS[word], "TypedString"), "content", text)
        elif word in _FACETS:
            builder.text(described, _FACETS[word], text)
        else:
            rest.append(f"{word}={text}")
    if rest:
        expression = builder.part(described, "logicalExpression", "ControlledVocabularyEntry")
        for text in rest:
            builder.text(expression, "entryValue", text)


def _enumerate(builder: CdiBuilder, iri: str, domain: CdiNode, name: SdmxName) -> None:
    """Let a domain take its values from a list, or its concepts from a concept scheme."""
    is_list = name.cls in _LISTS
    target = sdmx_node(builder, name, "CodeList" if is_list else "ConceptSystem")
    if not target.all("allowsDuplicates"):
        builder.text(target, "allowsDuplicates", False)
    if is_list:
        builder.link(domain, "takesValuesFrom", target)
        return
    concepts = builder.node(part_of(iri, "concepts"), "SubstantiveConceptualDomain")
    builder.link(domain, "takesConceptsFrom", concepts)
    builder.link(concepts, "takesConceptsFrom", target)
