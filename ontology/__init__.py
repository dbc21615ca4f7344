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

__all__ = ["load", "modules", "turtle_of"]

_TERMS = """
    core structure mapping metadata process information activity study classification lineage governance partnership
    shacl
"""
"""The modules with terms, each after those that it imports."""
_VOCABULARIES = """
    gsbpm gsbpm-5.0 gsbpm-5.1 gsbpm-5.2 gamso-1.2 saf-0.3 access-rights body-kinds change-classes competency-levels
    confidentiality-levels contribution-kinds csda-2.0 cspa-services ddi-aggregation-method ddi-analysis-unit
    ddi-cdi-1.0-artefacts ddi-codebook-2.6-artefacts ddi-data-type ddi-lifecycle-3.3-artefacts
    ddi-mode-of-collection ddi-sampling-procedure ddi-time-method decision-outcomes funding-kinds
    governance-elements governance-roles gsdem-2.0 indicator-dimensions initiative-scopes interoperability-facet
    interoperability-maturity key-priorities learning-resource-kinds library-item-kinds meeting-kinds output-kinds
    partnership-outcomes partnership-types party-roles pilot-source-kinds privacy-techniques product-contents
    product-presentations project-phases proposal-stages proposal-states quality-dimensions record-states
    review-outcomes sdmx-3.0-artefacts sdmx-area sdmx-concepts sdmx-conf-status sdmx-freq sdmx-obs-status sdmx-sex
    sdmx-time-format sdmx-unit-mult standings status-ladder use-actions visibility-channels vtl-2.1-artefacts
"""
_LINKS = "gsbpm-information gsbpm-artefacts"
_ALIGNMENTS = """
    artefacts-cdi cdi-coos classification-xkos coos dcterms ddi-common-ontology gamso-coos gamso-gsbpm governance-dcat
    governance-dqv governance-odrl governance-org governance-prov gsbpm-coos gsbpm-models gsdem-gsbpm gsim-ddi-cdi
    gsim-sdmx gsim-skos-xkos gsim-w3c information-coos lineage-prov partnership-dcat partnership-org partnership-prov
    products-coos prov qb skos structure-ddi-cdi study-ddi-cdi
"""
_MODULES = {
    **{name: f"modules/{name}.ttl" for name in _TERMS.split()},
    **{f"vocabulary/{name}": f"vocabularies/{name}.ttl" for name in _VOCABULARIES.split()},
    **{f"link/{name}": f"links/{name}.ttl" for name in _LINKS.split()},
    **{f"alignment/{name}": f"alignments/{name}.ttl" for name in _ALIGNMENTS.split()},
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
        graph.parse(data=turtle_of(name), format="turtle")
    return graph


def turtle_of(name: str) -> bytes:
    """Return a module as it is kept, in Turtle, for those who read it with another engine.

    Raises:
        KeyError: there is no module of that name.

    Example:
        >>> turtle_of("core")[:6]
        b'PREFIX'
    """
    return files(__package__).joinpath(_MODULES[name]).read_bytes()
