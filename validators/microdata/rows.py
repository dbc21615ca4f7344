"""Rows as RDF, for SHACL engines: each an instance of its kind of record, with a literal for each value it has.

Numbers are typed, so that bounds can be compared with them; all else, codes too, is plain text. A cell without a value has no
triple. Positions count from 1.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from rdflib import Graph, Literal, URIRef

from semstat.ontology.literals import exact_literals
from semstat.ontology.terms import BASE, RDF, SS, XSD
from semstat.ontology.terms_information import SSI
from semstat.validators.microdata.patterns import is_number

__all__ = ["row_graph"]

_RECORD = f"{BASE}data/microdata/"
_DECIMAL = re.compile(r"[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)")


def row_graph(kinds: Iterable[tuple[URIRef, Sequence[Mapping[URIRef, str | None]]]]) -> Graph:
    """Return the rows of some kinds of records as a graph; each row says what its variables have as value.

    Args:
        kinds: Each kind of record with its rows, in their order.
    """
    graph = Graph()
    with exact_literals():
        for number, (record, rows) in enumerate(kinds):
            graph.add((record, RDF.type, SSI.LogicalRecord))
            for place, row in enumerate(rows, 1):
                node = URIRef(f"{_RECORD}{number}/{place}")
                graph.add((node, RDF.type, record))
                graph.add((node, SS.position, Literal(str(place), datatype=XSD.integer)))
                for variable, cell in row.items():
                    if cell is not None:
                        graph.add((node, variable, _literal(cell)))
    return graph


def _literal(cell: str) -> Literal:
    if _DECIMAL.fullmatch(cell.strip()):
        return Literal(cell, datatype=XSD.decimal)
    return Literal(cell, datatype=XSD.double) if is_number(cell) else Literal(cell)
