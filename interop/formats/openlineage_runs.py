"""What the facets of a run say: which program ran, and which larger run or job it is a part of.

Source:
    OpenLineage specification, 2-0-2: ProcessingEngineRunFacet, ParentRunFacet.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from rdflib import Literal, URIRef

from semstat.ontology.ddi_iri import parse_ddi_urn
from semstat.ontology.iri import parse_urn
from semstat.ontology.terms import BASE, DCTERMS, PROV, RDF, SKOS, SS

__all__ = ["artefact_named", "of_run"]

Triple = tuple[URIRef, URIRef, URIRef | Literal]


def artefact_named(name: str) -> URIRef | None:
    """Return the artefact of SDMX or DDI that a URN names, ``None`` for what is none.

    Example:
        >>> str(artefact_named("urn:ddi:org.example:census:1"))
        'https://w3id.org/semstat/ddi/org.example/census/1'
    """
    named = parse_urn(name) or parse_ddi_urn(name)
    return named.iri if named else None


def of_run(run: URIRef, facets: Mapping[str, Any]) -> Iterator[Triple]:
    """Yield the program of a run with its version, and what the run is a part of.

    A parent job that is called by an IRI, such as the cycle of a statistical programme, is that thing.
    """
    engine, parent = facets.get("processing_engine"), facets.get("parent")
    if isinstance(engine, dict) and isinstance(engine.get("version"), str):
        name, version = str(engine.get("name") or "engine"), engine["version"]
        program = URIRef(f"{BASE}openlineage/engine/{quote(name, safe='')}/{quote(version, safe='')}")
        yield run, PROV.wasAssociatedWith, program
        yield program, RDF.type, PROV.SoftwareAgent
        yield program, SKOS.prefLabel, Literal(name)
        yield program, SS.version, Literal(version)
    if isinstance(parent, dict):
        above, job = parent.get("run"), parent.get("job")
        identifier = above.get("runId") if isinstance(above, dict) else None
        if isinstance(identifier, str) and identifier and quote(identifier, safe="-") == identifier:
            yield run, DCTERMS.isPartOf, URIRef(f"urn:uuid:{identifier}")
        whole = job.get("name") if isinstance(job, dict) else None
        if isinstance(whole, str) and "://" in whole and not any(letter in whole for letter in ' <>"{}|\\^`'):
            yield run, DCTERMS.isPartOf, URIRef(whole)
