"""Where codes are really used: the counts that validating data leaves behind, and what a change of a code changes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from semstat.interop.catalogue.backends import ahead, statements_on
from semstat.ontology.terms import SKOS
from semstat.ontology.terms_lineage import SSL

if TYPE_CHECKING:
    from semstat.interop.catalogue.backends import Quads

__all__ = ["used_by", "what_changes"]


def what_changes(store: "Quads", iri: str) -> tuple[str, ...]:
    """Return what changes when a thing does: the thing, and the list that it is in, since a list is its items."""
    import pyoxigraph as ox

    schemes = store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(str(SKOS.inScheme)), None, None)
    return (iri, *sorted({quad.object.value for quad in schemes if isinstance(quad.object, ox.NamedNode)}))


def used_by(store: "Quads", code: str) -> dict[str, int] | None:
    """Return the number of observations that use a code, by dataset and by column; ``None`` where no data were looked at.

    Datasets and columns that use other codes of the list, and not this one, are there with 0.
    """
    found: dict[str, int] = {}
    usages = {usage: used for scheme in what_changes(store, code)[1:] for usage, used in _usages(store, scheme)}
    ahead(store, usages)
    columns: dict[str, set[str]] = {}
    for usage, used in usages.items():
        facts = _facts(store, usage)
        dataset, component = facts.get(str(SSL.inDataset), ""), facts.get(str(SSL.onVariable), "")
        if component not in columns:
            columns[component] = _columns(store, component) if component else set()
        count = int(facts.get(str(SSL.observationCount), "0")) if used == code else 0
        for holder in (dataset, *sorted(name for name in columns[component] if name.startswith(f"{dataset}-"))):
            found[holder] = found.get(holder, 0) + count
    return found if usages else None


def _usages(store: "Quads", scheme: str) -> Iterator[tuple[str, str]]:
    """Yield each usage of a code of a list, and the code."""
    import pyoxigraph as ox

    items = store.quads_for_pattern(None, ox.NamedNode(str(SKOS.inScheme)), ox.NamedNode(scheme), None)
    codes = {item.subject: None for item in items if isinstance(item.subject, ox.NamedNode)}  # two sources may state it
    for usage in statements_on(store, ox.NamedNode(str(SSL.code)), codes):
        if isinstance(usage.subject, ox.NamedNode) and isinstance(usage.object, ox.NamedNode):
            yield usage.subject.value, usage.object.value


def _columns(store: "Quads", component: str) -> set[str]:
    """Return the columns of data that a component is of."""
    import pyoxigraph as ox

    columns = store.quads_for_pattern(None, ox.NamedNode(str(SSL.ofComponent)), ox.NamedNode(component), None)
    return {item.subject.value for item in columns if isinstance(item.subject, ox.NamedNode)}


def _facts(store: "Quads", usage: str) -> dict[str, str]:
    import pyoxigraph as ox

    return {
        item.predicate.value: item.object.value
        for item in store.quads_for_pattern(ox.NamedNode(usage), None, None, None)
        if isinstance(item.object, ox.NamedNode | ox.Literal)
    }
