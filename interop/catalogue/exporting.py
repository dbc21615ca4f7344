"""A catalogue written out as RDF datasets, the same bytes for the same content."""

from pathlib import Path
from typing import TYPE_CHECKING

from semstat.interop.catalogue.backends import State
from semstat.interop.writing import replacing
from semstat.ontology.terms import PROV
from semstat.ontology.turtle import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["SYNTAXES", "exported"]

SYNTAXES = (".nq", ".trig")
"""The endings of files, each of a syntax of RDF that tells graphs apart."""


def exported(snapshot: State, path: Path) -> int:
    """Write all statements to a file and return their number; the times of reading are left out.

    Raises:
        OSError: the file cannot be written.
        ValueError: its ending is none of :data:`SYNTAXES`.
    """
    import pyoxigraph as ox

    if path.suffix not in SYNTAXES:
        raise ValueError(f"{path.suffix!r} is none of {SYNTAXES}")
    every = snapshot.store.quads_for_pattern(None, None, None, None)
    quads = [quad for quad in every if quad.predicate.value != str(PROV.generatedAtTime)]
    quads.sort(key=_order)
    form, prefixes = (ox.RdfFormat.N_QUADS, None) if path.suffix == ".nq" else (ox.RdfFormat.TRIG, dict(PREFIXES))
    with replacing(path) as target:
        ox.serialize(quads, target, form, prefixes=prefixes)
    return len(quads)


def _order(quad: "ox.Quad") -> tuple[str, str, str, str]:
    return str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)
