"""What the words mean: ontology modules, vocabularies, alignments, terms, IRIs.

Example:
    >>> from semstat.ontology.terms import RDFS, SST
    >>> str(load("structure").value(SST.Codelist, RDFS.label))
    'codelist'
"""

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["load", "modules"]

_MODULES = {
    "core": "modules/core.ttl",
    "structure": "modules/structure.ttl",
    "mapping": "modules/mapping.ttl",
    "metadata": "modules/metadata.ttl",
    "process": "modules/process.ttl",
    "activity": "modules/activity.ttl",
    "shacl": "modules/shacl.ttl",
    "vocabulary/gsbpm": "vocabularies/gsbpm.ttl",
    "vocabulary/gsbpm-5.0": "vocabularies/gsbpm-5.0.ttl",
    "vocabulary/gsbpm-5.1": "vocabularies/gsbpm-5.1.ttl",
    "vocabulary/gsbpm-5.2": "vocabularies/gsbpm-5.2.ttl",
    "alignment/dcterms": "alignments/dcterms.ttl",
    "alignment/prov": "alignments/prov.ttl",
    "alignment/qb": "alignments/qb.ttl",
    "alignment/skos": "alignments/skos.ttl",
}


def modules() -> tuple[str, ...]:
    """Return the names of all modules, each after those that it imports.

    Modules with terms come first, then vocabularies, links between them, and alignments.

    Example:
        >>> modules()[:3]
        ('core', 'structure', 'mapping')
    """
    return tuple(_MODULES)


def load(*names: str) -> "Graph":
    """Return the triples of the modules named, or of everything in :func:`modules` when none is named.

    The name of a module is the last part of its IRI: ``structure`` for ``https://w3id.org/semstat/structure``. Imports
    are not followed. Each call returns a graph of its own.

    Raises:
        KeyError: there is no module of that name.
    """
    from rdflib import Graph

    graph = Graph()
    for name in names or modules():
        graph.parse(data=files(__package__).joinpath(_MODULES[name]).read_bytes(), format="turtle")
    return graph
