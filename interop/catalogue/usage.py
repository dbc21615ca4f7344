"""Where codes are really used: the counts that validating data leaves behind, and what a change of a code changes."""

from typing import TYPE_CHECKING

from semstat.ontology.terms import BASE, SKOS
from semstat.ontology.terms_lineage import SSL

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["used_by", "what_changes"]


def what_changes(store: "ox.Store", iri: str) -> tuple[str, ...]:
    """Return what changes when a thing does: the thing, and the list that it is in, since a list is its items."""
    import pyoxigraph as ox

    schemes = store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(str(SKOS.inScheme)), None, None)
    return (iri, *sorted({quad.object.value for quad in schemes if isinstance(quad.object, ox.NamedNode)}))


def used_by(store: "ox.Store", code: str) -> dict[str, int] | None:
    """Return the number of observations that use a code, by dataset and by column; ``None`` where no data were looked at.

    Datasets and columns that use other codes of the list, and not this one, are there with 0.
    """
    import pyoxigraph as ox

    found: dict[str, int] = {}
    is_known = False
    for scheme in what_changes(store, code)[1:]:
        items = store.quads_for_pattern(None, ox.NamedNode(str(SKOS.inScheme)), ox.NamedNode(scheme), None)
        for item in {quad.subject for quad in items}:  # once, however many sources say so
            usages = store.quads_for_pattern(None, ox.NamedNode(str(SSL.code)), item, None)
            for usage in {quad.subject for quad in usages}:
                is_known = True
                holders, count = _usage(store, usage)
                is_this = isinstance(item, ox.NamedNode) and item.value == code
                for holder in holders:
                    found[holder] = found.get(holder, 0) + (count if is_this else 0)
    return found if is_known else None


def _usage(store: "ox.Store", usage: "ox.NamedNode | ox.BlankNode | ox.Triple") -> tuple[list[str], int]:
    """Return the dataset of a code usage and its columns that hold the code, and the count."""
    import pyoxigraph as ox

    facts = {
        item.predicate.value: item.object.value
        for item in store.quads_for_pattern(usage, None, None, None)
        if isinstance(item.object, ox.NamedNode | ox.Literal)
    }
    dataset, component = facts.get(str(SSL.inDataset), ""), facts.get(str(SSL.onVariable), "")
    columns = store.quads_for_pattern(None, ox.NamedNode(str(SSL.ofComponent)), ox.NamedNode(component or BASE), None)
    own = {item.subject.value for item in columns if isinstance(item.subject, ox.NamedNode)}
    holders = [dataset, *sorted(name for name in own if name.startswith(f"{dataset}-"))]
    return holders, int(facts.get(str(SSL.observationCount), "0"))
