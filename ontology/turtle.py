"""Canonical Turtle: the one form in which the ontology's files are kept, so that a diff shows what really changed."""

from collections.abc import Mapping
from itertools import takewhile

from rdflib import BNode, Graph
from rdflib.namespace import FOAF, VANN
from rdflib.term import Node

from semstat.ontology.terms import (
    BASE,
    DCTERMS,
    OWL,
    PROV,
    QB,
    RDF,
    RDFS,
    RULE,
    SEMAPV,
    SH,
    SKOS,
    SS,
    SSC,
    SSSOM,
    SST,
    VS,
    XSD,
)
from semstat.ontology.terms_mapping import SSM
from semstat.ontology.terms_metadata import SSR
from semstat.ontology.terms_process import SSP

__all__ = ["PREFIXES", "canonical"]

PREFIXES: Mapping[str, str] = {
    "dcterms": str(DCTERMS),
    "foaf": str(FOAF),
    "owl": str(OWL),
    "prov": str(PROV),
    "qb": str(QB),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "rule": str(RULE),
    "semapv": str(SEMAPV),
    "semstat": BASE,
    "sh": str(SH),
    "skos": str(SKOS),
    "ss": str(SS),
    "ssc": str(SSC),
    "ssd": BASE + "study#",
    "ssi": BASE + "information#",
    "ssl": BASE + "lineage#",
    "ssg": BASE + "governance#",
    "ssm": str(SSM),
    "ssn": BASE + "partnership#",
    "ssp": str(SSP),
    "ssr": str(SSR),
    "sssom": str(SSSOM),
    "sst": str(SST),
    "ssx": BASE + "classification#",
    "vann": str(VANN),
    "vs": str(VS),
    "xsd": str(XSD),
}
"""The prefixes of every Turtle file and query of the project: one name for each namespace."""


def canonical(graph: Graph) -> str:
    """Return the graph as Turtle, the same text for the same triples.

    The ontology's own description comes first, then one block per subject in the order of the IRIs; within a block one
    value per line, sorted. Prefixes of :data:`PREFIXES` only, and only those that occur. Numbers take the form that
    rdflib gives them; what has to keep its lexical form is a string.

    Raises:
        ValueError: the graph has a blank node (what the project mints has a name), or a property whose namespace is not
            in :data:`PREFIXES`.

    Example:
        >>> graph = Graph().parse(data="<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> 'b'@en .")
        >>> print(canonical(graph).strip())
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        <BLANKLINE>
        <urn:a>
            rdfs:label "b"@en ;
        .
    """
    for triple in graph:
        if any(isinstance(term, BNode) for term in triple):
            raise ValueError(f"a blank node has no place in a canonical file: {triple}")
        if not str(triple[1]).startswith(tuple(PREFIXES.values())):
            raise ValueError(f"the namespace of {triple[1]} has no prefix")
    headers = set(graph.subjects(RDF.type, OWL.Ontology))
    prefixes: set[str] = set()
    blocks: list[str] = []
    # Block by block: rdflib orders subjects by how often they are referred to, and one new triple would move others.
    for subject in sorted(set(graph.subjects()), key=lambda term: (term not in headers, str(term))):
        declared, block = _block(graph, subject)
        prefixes.update(declared)
        blocks.append(block)
    return "\n".join(sorted(prefixes)) + "\n\n" + "\n\n".join(blocks) + "\n"


def _block(graph: Graph, subject: Node) -> tuple[list[str], str]:
    part = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        part.bind(prefix, namespace)
    for triple in graph.triples((subject, None, None)):
        part.add(triple)
    text = part.serialize(format="longturtle", canon=True)
    declared = list(takewhile(lambda line: line.startswith("PREFIX "), text.splitlines()))
    return declared, "\n".join(text.splitlines()[len(declared) :]).strip()
