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
    "governance": "modules/governance.ttl",
    "partnership": "modules/partnership.ttl",
    "vocabulary/access-rights": "vocabularies/access-rights.ttl",
    "vocabulary/body-kinds": "vocabularies/body-kinds.ttl",
    "vocabulary/change-classes": "vocabularies/change-classes.ttl",
    "vocabulary/competency-levels": "vocabularies/competency-levels.ttl",
    "vocabulary/confidentiality-levels": "vocabularies/confidentiality-levels.ttl",
    "vocabulary/contribution-kinds": "vocabularies/contribution-kinds.ttl",
    "vocabulary/decision-outcomes": "vocabularies/decision-outcomes.ttl",
    "vocabulary/funding-kinds": "vocabularies/funding-kinds.ttl",
    "vocabulary/governance-elements": "vocabularies/governance-elements.ttl",
    "vocabulary/governance-roles": "vocabularies/governance-roles.ttl",
    "vocabulary/indicator-dimensions": "vocabularies/indicator-dimensions.ttl",
    "vocabulary/initiative-scopes": "vocabularies/initiative-scopes.ttl",
    "vocabulary/interoperability-maturity": "vocabularies/interoperability-maturity.ttl",
    "vocabulary/key-priorities": "vocabularies/key-priorities.ttl",
    "vocabulary/learning-resource-kinds": "vocabularies/learning-resource-kinds.ttl",
    "vocabulary/library-item-kinds": "vocabularies/library-item-kinds.ttl",
    "vocabulary/meeting-kinds": "vocabularies/meeting-kinds.ttl",
    "vocabulary/output-kinds": "vocabularies/output-kinds.ttl",
    "vocabulary/partnership-outcomes": "vocabularies/partnership-outcomes.ttl",
    "vocabulary/partnership-types": "vocabularies/partnership-types.ttl",
    "vocabulary/party-roles": "vocabularies/party-roles.ttl",
    "vocabulary/pilot-source-kinds": "vocabularies/pilot-source-kinds.ttl",
    "vocabulary/privacy-techniques": "vocabularies/privacy-techniques.ttl",
    "vocabulary/project-phases": "vocabularies/project-phases.ttl",
    "vocabulary/proposal-stages": "vocabularies/proposal-stages.ttl",
    "vocabulary/proposal-states": "vocabularies/proposal-states.ttl",
    "vocabulary/quality-dimensions": "vocabularies/quality-dimensions.ttl",
    "vocabulary/review-outcomes": "vocabularies/review-outcomes.ttl",
    "vocabulary/standings": "vocabularies/standings.ttl",
    "vocabulary/status-ladder": "vocabularies/status-ladder.ttl",
    "vocabulary/use-actions": "vocabularies/use-actions.ttl",
    "vocabulary/visibility-channels": "vocabularies/visibility-channels.ttl",
    "alignment/classification-xkos": "alignments/classification-xkos.ttl",
    "alignment/dcterms": "alignments/dcterms.ttl",
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
        graph.parse(data=turtle_of(name), format="turtle")
    return graph


def turtle_of(name: str) -> bytes:
    """Return the file of a module as it is.

    Raises:
        KeyError: there is no module of that name.
    """
    return files(__package__).joinpath(_MODULES[name]).read_bytes()
