"""The namespace of the governance module: who decides, looks after, may use, and how good things are."""

from rdflib import Namespace

from semstat.ontology.terms import BASE

__all__ = ["SSG"]

SSG = Namespace(BASE + "governance#")
