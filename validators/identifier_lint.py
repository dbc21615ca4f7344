"""Rule on identifiers: whether they have the form that the standard gives those of their kind (DSD026)."""

import re
from collections.abc import Iterator

from rdflib import Graph
from rdflib.term import Node

from semstat.ontology.access import text
from semstat.ontology.identifiers import is_identifier
from semstat.ontology.terms import RDF, SS, SST
from semstat.validators.called import called
from semstat.validators.sets import Row

__all__ = ["ill_formed_identifiers"]

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_AGENCY = re.compile(r"[A-Za-z0-9_@$-]+(?:\.[A-Za-z0-9_@$-]+)*")
_URN = "urn:sdmx:"
_OF_NAMES = frozenset({SST.Component, SST.Concept})
_OWNER = re.compile(r"urn:sdmx:[^=]*=(?P<agency>[^:]*):")


def ill_formed_identifiers(graph: Graph) -> Iterator[Row]:
    """Yield a row for each artefact of SDMX whose id, or whose agency's id, is not of the form that the standard gives it.

    The members of value lists may have any id. Those of concepts and components are the names of elements and attributes in
    data, and begin with a letter; all others are letters, digits and ``_ @ $ -``.

    Example:
        >>> from rdflib import Literal, URIRef
        >>> code = URIRef("https://example.org/code")
        >>> codes = Graph().add((code, SS.urn, Literal("urn:sdmx:org.sdmx.infomodel.codelist.Code=S:CL(1.0).A B")))
        >>> [row.message for row in ill_formed_identifiers(codes.add((code, SS.identifier, Literal("A B"))))]
        ['`S:CL(1.0).A B` has the id `A B`, which has more than letters A to Z, digits and `_ @ $ -`']
    """
    for node, identifier in sorted(graph.subject_objects(SS.identifier), key=str):
        written = str(identifier)
        if _NAME.fullmatch(written) or not _is_judged(graph, node):
            continue
        said = f"`{called(graph, node)}` has the id `{written}`"
        if not is_identifier(written):
            yield Row(str(node), f"{said}, which has more than letters A to Z, digits and `_ @ $ -`", written)
        elif not _OF_NAMES.isdisjoint(graph.objects(node, RDF.type)):
            yield Row(
                str(node),
                f"{said}, which cannot name a part of data: it needs a letter first, and no `@` or `$`",
                written,
            )
    yield from _agencies(graph)


def _agencies(graph: Graph) -> Iterator[Row]:
    """Yield a row for each agency, at the first of its artefacts."""
    owned: dict[str, list[Node]] = {}
    for node in sorted(set(graph.subjects(SS.maintainer)), key=str):
        owner = _OWNER.match(text(graph, node, SS.urn))
        if owner is not None and not _AGENCY.fullmatch(owner["agency"]):
            owned.setdefault(owner["agency"], []).append(node)
    for agency, nodes in owned.items():
        more = f" and {len(nodes) - 1} more" if len(nodes) > 1 else ""
        said = f"the agency `{agency}` of `{called(graph, nodes[0])}`{more} has more than letters A to Z, digits and `_ @ $ -`"
        yield Row(str(nodes[0]), f"{said}, and dots between these", agency)


def _is_judged(graph: Graph, node: Node) -> bool:
    urn = text(graph, node, SS.urn)
    return urn.startswith(_URN) and ".ValueItem=" not in urn
