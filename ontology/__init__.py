"""What the words mean: ontology modules, alignments, terms, IRIs.

Example:
    >>> from semstat.ontology.terms import RDFS, SST
    >>> str(load("structure").value(SST.Codelist, RDFS.label))
    'codelist'
"""

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["load", "modules", "turtle_of"]

_MODULES = {
    "core": "modules/core.ttl",
    "structure": "modules/structure.ttl",
    "mapping": "modules/mapping.ttl",
    "metadata": "modules/metadata.ttl",
    "process": "modules/process.ttl",
    "study": "modules/study.ttl",
    "classification": "modules/classification.ttl",
    "lineage": "modules/lineage.ttl",
    "shacl": "modules/shacl.ttl",
    "alignment/classification-xkos": "alignments/classification-xkos.ttl",
    "alignment/dcterms": "alignments/dcterms.ttl",
    "alignment/lineage-prov": "alignments/lineage-prov.ttl",
    "alignment/prov": "alignments/prov.ttl",
    "alignment/qb": "alignments/qb.ttl",
    "alignment/skos": "alignments/skos.ttl",
    "alignment/study-ddi-cdi": "alignments/study-ddi-cdi.ttl",
}


def modules() -> tuple[str, ...]:
    """Return the names of all modules, each after those that it imports; alignments come last.

    Example:
        >>> modules()[:3]
        ('core', 'structure', 'mapping')
    """
    return tuple(_MODULES)


def load(*names: str) -> "Graph":
    """Return the triples of the modules named, or of all modules and alignments when none is named.

    The name of a module is the last part of its IRI: ``structure`` for ``https://w3id.org/semstat/structure``. Imports
    are not followed. Each call returns a graph of its own.

    Raises:
        KeyError: there is no module of that name.
    """
    from rdflib import Graph

    graph = Graph()
    for name in names or modules():
        graph.parse(data=turtle_of(name), format="turtle")
    return graph


def turtle_of(name: str) -> bytes:
    """Return the file of a module as it is.

    Raises:
        KeyError: there is no module of that name.
    """
    return files(__package__).joinpath(_MODULES[name]).read_bytes()
