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
    "information": "modules/information.ttl",
    "activity": "modules/activity.ttl",
    "shacl": "modules/shacl.ttl",
    "vocabulary/gsbpm": "vocabularies/gsbpm.ttl",
    "vocabulary/gsbpm-5.0": "vocabularies/gsbpm-5.0.ttl",
    "vocabulary/gsbpm-5.1": "vocabularies/gsbpm-5.1.ttl",
    "vocabulary/gsbpm-5.2": "vocabularies/gsbpm-5.2.ttl",
    "vocabulary/gamso-1.2": "vocabularies/gamso-1.2.ttl",
    "vocabulary/saf-0.3": "vocabularies/saf-0.3.ttl",
    "vocabulary/csda-2.0": "vocabularies/csda-2.0.ttl",
    "vocabulary/gsdem-2.0": "vocabularies/gsdem-2.0.ttl",
    "vocabulary/cspa-services": "vocabularies/cspa-services.ttl",
    "vocabulary/product-contents": "vocabularies/product-contents.ttl",
    "vocabulary/product-presentations": "vocabularies/product-presentations.ttl",
    "vocabulary/sdmx-3.0-artefacts": "vocabularies/sdmx-3.0-artefacts.ttl",
    "vocabulary/ddi-lifecycle-3.3-artefacts": "vocabularies/ddi-lifecycle-3.3-artefacts.ttl",
    "vocabulary/ddi-codebook-2.6-artefacts": "vocabularies/ddi-codebook-2.6-artefacts.ttl",
    "vocabulary/ddi-cdi-1.0-artefacts": "vocabularies/ddi-cdi-1.0-artefacts.ttl",
    "vocabulary/vtl-2.1-artefacts": "vocabularies/vtl-2.1-artefacts.ttl",
    "link/gsbpm-information": "links/gsbpm-information.ttl",
    "link/gsbpm-artefacts": "links/gsbpm-artefacts.ttl",
    "alignment/artefacts-cdi": "alignments/artefacts-cdi.ttl",
    "alignment/coos": "alignments/coos.ttl",
    "vocabulary/interoperability-facet": "vocabularies/interoperability-facet.ttl",
    "vocabulary/sdmx-conf-status": "vocabularies/sdmx-conf-status.ttl",
    "vocabulary/sdmx-freq": "vocabularies/sdmx-freq.ttl",
    "vocabulary/sdmx-obs-status": "vocabularies/sdmx-obs-status.ttl",
    "vocabulary/sdmx-sex": "vocabularies/sdmx-sex.ttl",
    "vocabulary/sdmx-time-format": "vocabularies/sdmx-time-format.ttl",
    "vocabulary/sdmx-unit-mult": "vocabularies/sdmx-unit-mult.ttl",
    "alignment/dcterms": "alignments/dcterms.ttl",
    "alignment/gsim-ddi-cdi": "alignments/gsim-ddi-cdi.ttl",
    "alignment/gsim-sdmx": "alignments/gsim-sdmx.ttl",
    "alignment/gsim-skos-xkos": "alignments/gsim-skos-xkos.ttl",
    "alignment/gamso-coos": "alignments/gamso-coos.ttl",
    "alignment/gamso-gsbpm": "alignments/gamso-gsbpm.ttl",
    "alignment/gsbpm-coos": "alignments/gsbpm-coos.ttl",
    "alignment/gsbpm-models": "alignments/gsbpm-models.ttl",
    "alignment/gsdem-gsbpm": "alignments/gsdem-gsbpm.ttl",
    "alignment/products-coos": "alignments/products-coos.ttl",
    "study": "modules/study.ttl",
    "classification": "modules/classification.ttl",
    "lineage": "modules/lineage.ttl",
    "alignment/classification-xkos": "alignments/classification-xkos.ttl",
    "alignment/lineage-prov": "alignments/lineage-prov.ttl",
    "alignment/prov": "alignments/prov.ttl",
    "alignment/qb": "alignments/qb.ttl",
    "alignment/skos": "alignments/skos.ttl",
    "alignment/study-ddi-cdi": "alignments/study-ddi-cdi.ttl",
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
