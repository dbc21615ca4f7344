"""Where codes are really used: the counts that validating data leaves behind, and what a change of a code changes."""

from typing import TYPE_CHECKING

from semstat.ontology.terms import SKOS
from semstat.ontology.terms_lineage import SSL

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["used_by", "what_changes"]


def what_changes(store: "ox.Store", iri: str) -> tuple[str, ...]:
    """Return what changes when a thing does: the thing, and the list that it is in, since a list is its items."""
    import pyoxigraph as ox

    schemes = store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(str(SKOS.inScheme)), None, None)
    return (iri, *sorted({quad.object.value for quad in schemes if isinstance(quad.object, ox.NamedNode)}))


def _were_looked_at(store: "ox.Store", code: str) -> bool:
    """Tell whether data were looked at in which a list of the code is used."""
    import pyoxigraph as ox

    schemes = set(what_changes(store, code)) - {code}
    counted = {quad.object.value for quad in store.quads_for_pattern(None, ox.NamedNode(str(SSL.code)), None, None)
               if isinstance(quad.object, ox.NamedNode)}  # fmt: skip
    return any(schemes & set(what_changes(store, other)) for other in counted)


def used_by(store: "ox.Store", code: str) -> dict[str, int] | None:
    """Return the number of observations that use a code, by dataset; ``None`` where no data with its list were looked at."""
    import pyoxigraph as ox

    if not _were_looked_at(store, code):
        return None
    found: dict[str, int] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(str(SSL.code)), ox.NamedNode(code), None):
        facts = {
            item.predicate.value: item.object.value
            for item in store.quads_for_pattern(quad.subject, None, None, None)
            if isinstance(item.object, ox.NamedNode | ox.Literal)
        }
        dataset = facts.get(str(SSL.inDataset), "")
        found[dataset] = found.get(dataset, 0) + int(facts.get(str(SSL.observationCount), "0"))
    return found
