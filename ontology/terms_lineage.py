"""The namespace of the lineage module: edges from what depends to what it depends on."""

from rdflib import Namespace

from semstat.ontology.terms import BASE

__all__ = ["SSL"]

SSL = Namespace(BASE + "lineage#")
