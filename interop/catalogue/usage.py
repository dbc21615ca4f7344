"""Where codes are really used: the counts that validating data leaves behind, and what a change of a code changes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from semstat.interop.catalogue.backends import ahead, statements_on
from semstat.ontology.terms import SKOS
from semstat.ontology.terms_lineage import SSL

if TYPE_CHECKING:
    import pyoxigraph as ox

    from semstat.interop.catalogue.backends import Quads

__all__ = ["used_by", "what_changes"]


def what_changes(store: "Quads", iri: str) -> tuple[str, ...]:
    """Return what changes when a thing does: the thing, and the list that it is in, since a list is its items."""
    import pyoxigraph as ox

    schemes = store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(str(SKOS.inScheme)), None, None)
    return (iri, *sorted({quad.object.value for quad in schemes if isinstance(quad.object, ox.NamedNode)}))


def used_by(store: "Quads", code: str) -> dict[str, int] | None:
    """Return the number of observations that use a code, by dataset; ``None`` where no data with its list were looked at.

    Datasets that use other codes of the list, and not this one, are there with 0.
    """
    import pyoxigraph as ox

    found: dict[str, int] = {}
    usages = [item for scheme in what_changes(store, code)[1:] for item in _usages(store, scheme)]
    ahead(store, [usage for usage, _ in usages])
    for usage, used in usages:
        dataset, count = _usage(store, ox.NamedNode(usage))
        found[dataset] = found.get(dataset, 0) + (count if used == code else 0)
    return found if usages else None


def _usages(store: "Quads", scheme: str) -> Iterator[tuple[str, str]]:
    """Yield each usage of a code of a list, and the code."""
    import pyoxigraph as ox

    items = store.quads_for_pattern(None, ox.NamedNode(str(SKOS.inScheme)), ox.NamedNode(scheme), None)
    codes = {item.subject: None for item in items if isinstance(item.subject, ox.NamedNode)}  # two sources may state it
    for usage in statements_on(store, ox.NamedNode(str(SSL.code)), codes):
        if isinstance(usage.subject, ox.NamedNode) and isinstance(usage.object, ox.NamedNode):
            yield usage.subject.value, usage.object.value


def _usage(store: "Quads", usage: "ox.NamedNode | ox.BlankNode | ox.Triple") -> tuple[str, int]:
    """Return the dataset and the count of a code usage."""
    import pyoxigraph as ox

    facts = {
        item.predicate.value: item.object.value
        for item in store.quads_for_pattern(usage, None, None, None)
        if isinstance(item.object, ox.NamedNode | ox.Literal)
    }
    return facts.get(str(SSL.inDataset), ""), int(facts.get(str(SSL.observationCount), "0"))
