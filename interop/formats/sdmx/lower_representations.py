"""Representations from triples."""

from semstat.interop.formats.sdmx.lower import Statements, references, unread_of
from semstat.interop.formats.sdmx.model import Representation, SentinelValue
from semstat.interop.formats.sdmx.parse_representations import FACETS
from semstat.ontology.terms import DCTERMS, SKOS, SST

__all__ = ["representation_of"]

_FACETS = ("minOccurs", "maxOccurs", *FACETS)


def representation_of(node: Statements) -> Representation | None:
    """Return the representation that a node holds; ``None`` for one that is taken over from a concept."""
    if SST.takenFrom in node.values:
        return None
    enumerations = references(node, SST.enumeration)
    facets = ((key, node.text(SST[key])) for key in _FACETS)
    return Representation(
        None,
        enumerations[0] if enumerations else None,
        node.text(SST.textType),
        tuple((key, value) for key, value in facets if value is not None),
        unread_of(node),
        tuple(
            SentinelValue(
                None,
                part.text(SST.value) or "",
                part.texts(SKOS.prefLabel),
                part.texts(DCTERMS.description),
                unread_of(part),
            )
            for part in node.parts(SST.sentinelValue)
        ),
    )
