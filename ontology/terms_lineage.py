"""The namespace of the lineage module: what depends on what, and how; the terms are those that the module defines."""

from rdflib import Namespace

from semstat.ontology.minted import BASE

__all__ = ["SSL"]

SSL = Namespace(BASE + "lineage#")
"""Lineage: dependencies, runs of processes, uses of codes, and what a change does to them."""
