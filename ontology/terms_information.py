"""The namespace of the information module, GSIM 2.0. It is open: tests compare the module with the facts about GSIM instead."""

from rdflib import Namespace

from semstat.ontology.terms import BASE

__all__ = ["SSI"]

SSI = Namespace(BASE + "information#")
