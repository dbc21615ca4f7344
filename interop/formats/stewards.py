"""Reading who looks after what the agencies maintain, out of the settings of a catalogue.

Source:
    GSIM 2.0, Agent in Role; SDMX 3.0, Section 2 (Information Model), class Agency.
"""

import tomllib

from rdflib import Graph, URIRef

from semstat.interop.configuration import ConfigurationError
from semstat.interop.document import Document
from semstat.interop.formats.sdmx.lift import agency_iri
from semstat.ontology.terms_governance import SSG
from semstat.validators.diagnostics import Location
from semstat.validators.rules import finding

__all__ = ["read_stewards"]


def read_stewards(data: bytes, *, origin: str) -> Document:
    """Return a statement for each agency that the table ``[catalogue.stewards]`` names.

    Args:
        data: A file ``semstat.toml``.
        origin: The name of the source, for findings.

    Findings:
        ``IO101``: the file is no TOML, or its table is not as it should be.
    """
    from semstat.interop.catalogue.settings import settings_of

    graph = Graph()
    try:
        settings = settings_of(tomllib.loads(data.decode("utf-8")).get("catalogue", {}), origin)
    except (ValueError, ConfigurationError, RecursionError) as problem:
        said = finding("IO101", f"the settings cannot be read: {problem}", Location(origin))
        return Document(graph, {}, (said,), origin, "semstat-toml")
    for agency, steward in sorted(settings.stewards.items()):
        graph.add((agency_iri(agency), SSG.steward, URIRef(steward)))
    return Document(graph, {}, (), origin, "semstat-toml")
