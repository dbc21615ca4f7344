"""Where codes are really used: the counts that validating data leaves behind, and what a change of a code changes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from semstat.interop.catalogue.backends import ahead, statements_on
from semstat.ontology.terms import SKOS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL

if TYPE_CHECKING:
    from semstat.interop.catalogue.backends import Quads

__all__ = ["lists_of", "used_by", "what_changes"]


def what_changes(store: "Quads", iri: str) -> tuple[str, ...]:
    """Return what changes when a thing does: the thing, the codes that mean it if it is a category, and the lists of all these.

    A list is its items.
    """
    codes = _codes(store, iri)
    return (*dict.fromkeys([iri, *codes, *_all(lists_of(store, codes))]),)


def used_by(store: "Quads", code: str) -> dict[str, int] | None:
    """Return the number of observations that use a code or category, by dataset and column; ``None`` if no data were looked at.

    Datasets and columns that use other codes of the list, and not this one, are there with 0. Where several columns of a dataset
    take their values from one list, an observation counts for each in which it has the code.
    """
    found: dict[str, int] = {}
    meant = set(_codes(store, code))
    usages = {usage: used for scheme in _all(lists_of(store, meant)) for usage, used in _usages(store, scheme)}
    ahead(store, usages)
    columns: dict[tuple[str, str], tuple[str, ...]] = {}
    for usage, used in usages.items():
        facts = _facts(store, usage)
        dataset, variable = (facts.get(str(term), "") for term in (SSL.inDataset, SSL.onVariable))
        if (dataset, variable) not in columns:
            columns[dataset, variable] = _columns(store, dataset, variable) if dataset and variable else ()
        count = int(facts.get(str(SSL.observationCount), "0")) if used in meant else 0
        for holder in (dataset, *columns[dataset, variable]):
            found[holder] = found.get(holder, 0) + count
    return found if usages else None


def _all(lists: Mapping[str, Iterable[str]]) -> list[str]:
    return sorted({one for some in lists.values() for one in some})


def _codes(store: "Quads", iri: str) -> tuple[str, ...]:
    """Return a code by itself, of a category the codes that take their meaning from it."""
    import pyoxigraph as ox

    meaning = store.quads_for_pattern(None, ox.NamedNode(SSI.takesMeaningFromCategory), ox.NamedNode(iri), None)
    return tuple(sorted(_named(quad.subject for quad in meaning))) or (iri,)


def lists_of(store: "Quads", codes: Iterable[str]) -> dict[str, list[str]]:
    """Return the lists that codes are in, by code, where there are any: codes of SDMX are in them, those of DDI contained.

    Args:
        store: What a catalogue holds.
        codes: The IRIs of codes.
    """
    import pyoxigraph as ox

    nodes = [ox.NamedNode(code) for code in dict.fromkeys(codes)]
    found: dict[str, set[str]] = {}
    for node in nodes:
        within = store.quads_for_pattern(node, ox.NamedNode(SKOS.inScheme), None, None)
        found.setdefault(node.value, set()).update(_named(quad.object for quad in within))
    for quad in statements_on(store, ox.NamedNode(SSI.containsNode), nodes):
        if isinstance(quad.object, ox.NamedNode):
            found.setdefault(quad.object.value, set()).update(_named([quad.subject]))
    return {code: sorted(lists) for code, lists in found.items() if lists}


def _named(terms: Iterable[object]) -> set[str]:
    import pyoxigraph as ox

    return {term.value for term in terms if isinstance(term, ox.NamedNode)}


def _usages(store: "Quads", scheme: str) -> Iterator[tuple[str, str]]:
    """Yield each usage of a code of a list, and the code."""
    import pyoxigraph as ox

    items = store.quads_for_pattern(None, ox.NamedNode(SKOS.inScheme), ox.NamedNode(scheme), None)
    nodes = store.quads_for_pattern(ox.NamedNode(scheme), ox.NamedNode(SSI.containsNode), None, None)
    stated = {*_named(item.subject for item in items), *_named(node.object for node in nodes)}
    codes = [ox.NamedNode(code) for code in sorted(stated)]
    for usage in statements_on(store, ox.NamedNode(str(SSL.code)), codes):
        if isinstance(usage.subject, ox.NamedNode) and isinstance(usage.object, ox.NamedNode):
            yield usage.subject.value, usage.object.value


def _columns(store: "Quads", dataset: str, variable: str) -> tuple[str, ...]:
    """Return the columns of a dataset that hold a variable: those of a component of its structure, or the variable itself."""
    import pyoxigraph as ox

    iri, of_component = ox.NamedNode(variable), ox.NamedNode(SSL.ofComponent)
    columns = _named(item.subject for item in store.quads_for_pattern(None, of_component, iri, None))
    own = store.quads_for_pattern(ox.NamedNode(dataset), ox.NamedNode(SSL.instanceVariable), iri, None)
    return tuple(
        sorted({*(name for name in columns if name.startswith(f"{dataset}-")), *_named(item.object for item in own)})
    )


def _facts(store: "Quads", usage: str) -> dict[str, str]:
    import pyoxigraph as ox

    return {
        item.predicate.value: item.object.value
        for item in store.quads_for_pattern(ox.NamedNode(usage), None, None, None)
        if isinstance(item.object, ox.NamedNode | ox.Literal)
    }
