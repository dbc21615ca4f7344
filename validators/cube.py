"""Observations as an RDF Data Cube, for SHACL engines: one node for each record, raw terms as literals.

A coded value is the plain string of the code, so that a code that no list has can be said as well; other values carry the
datatype that the shapes demand, ill-formed or not. Positions count from 1 in the order of the stream.

Source:
    W3C RDF Data Cube Vocabulary, 5 *Creating data structure definitions* to 6 *Expressing data sets*.
"""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

import pyarrow as pa
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection

from semstat.ontology.literals import exact_literals
from semstat.ontology.terms import BASE, QB, RDF, SH, SS, SST, XSD
from semstat.validators.observations import KIND, NOT_AVAILABLE, PART_SEPARATOR, RECORD_KINDS, SERIES_LINE

__all__ = ["DATASET", "cube", "record_iri", "row_of", "unknown_iri", "unknown_name"]

DATASET = URIRef(BASE + "data/dataset")
"""The dataset of the cube; it never leaves the process, so one name does."""

_RECORD = f"{DATASET}/record/"
_UNKNOWN = f"{DATASET}/unknown/"


def record_iri(row: int) -> URIRef:
    """Return the IRI of a record, given its row from 0."""
    return URIRef(f"{_RECORD}{row + 1}")


def row_of(iri: str) -> int | None:
    """Return the row of a record's IRI, or ``None`` if it is none.

    Example:
        >>> row_of(record_iri(41))
        41
    """
    number = iri.removeprefix(_RECORD)
    return int(number) - 1 if iri.startswith(_RECORD) and number.isdigit() else None


def unknown_iri(column: str) -> URIRef:
    """Return the IRI of a column that is no component."""
    return URIRef(_UNKNOWN + quote(column, safe=""))


def unknown_name(iri: str) -> str | None:
    """Return the column of an IRI that :func:`unknown_iri` made, or ``None``."""
    from urllib.parse import unquote

    return unquote(iri.removeprefix(_UNKNOWN)) if iri.startswith(_UNKNOWN) else None


def cube(
    batches: Iterable[pa.RecordBatch],
    components: Mapping[str, URIRef],
    shapes: Graph,
    *,
    multivalued: frozenset[str] = frozenset(),
) -> Graph:
    """Return the cube of a stream of batches.

    Args:
        batches: Record batches as :class:`~semstat.validators.observations.Observations` describes them.
        components: IRI of each component; other columns become properties that no shape knows.
        shapes: Where the datatypes of components are found (``sh:datatype``).
        multivalued: Components whose cells hold several parts.
    """
    graph = Graph()
    graph.add((DATASET, RDF.type, QB.DataSet))
    datatypes = {name: shapes.value(_typed_shape(shapes, iri), SH.datatype) for name, iri in components.items()}
    row, previous = 0, None
    with exact_literals():
        for batch in batches:
            columns = {name: batch.column(name).to_pylist() for name in batch.schema.names if not name.startswith("_")}
            for place, (kind, series) in enumerate(_places(batch)):
                if kind == "delete":
                    continue
                _describe(graph, row, kind)
                if kind != "attributes":
                    _stand(graph, row, previous, series)
                    previous = row
                for name, values in columns.items():
                    if values[place] is not None:
                        parts = values[place].split(PART_SEPARATOR) if name in multivalued else [values[place]]
                        _state(graph, row, components.get(name, unknown_iri(name)), parts, datatypes.get(name))
                row += 1
    return graph


def _places(batch: pa.RecordBatch) -> Iterator[tuple[str, int | None]]:
    """Yield the kind of each record, and the line of the series element that it stands in."""
    kinds = batch.column(KIND).to_pylist() if KIND in batch.schema.names else [0] * batch.num_rows
    series = batch.column(SERIES_LINE).to_pylist() if SERIES_LINE in batch.schema.names else [None] * batch.num_rows
    yield from zip((RECORD_KINDS[kind] for kind in kinds), series, strict=True)


def _stand(graph: Graph, row: int, previous: int | None, series: int | None) -> None:
    """Say where an observation stands: after which other one, and in which series element."""
    if previous is not None:
        graph.add((record_iri(row), SST.follows, record_iri(previous)))
    if series is not None:
        _number(graph, record_iri(row), SST.seriesPosition, series)


def _typed_shape(shapes: Graph, component: URIRef) -> URIRef | None:
    """Return the shape that states the datatype of a component, itself or in what it demands of values not spared."""
    stated = list(shapes.subjects(SH.path, component))
    stated += [
        node for shape in stated for head in shapes.objects(shape, SH["or"]) for node in Collection(shapes, head)
    ]
    found = sorted(shape for shape in stated if isinstance(shape, URIRef) and (shape, SH.datatype, None) in shapes)
    return found[0] if found else None


_CLASSES = {
    "observation": (QB.Observation,),
    "update": (QB.Observation, SST.ObservationUpdate),
    "replacement": (QB.Observation, SST.ObservationReplacement),
    "attributes": (SST.AttributeSet,),
}


def _describe(graph: Graph, row: int, kind: str) -> None:
    record = record_iri(row)
    for cls in _CLASSES[kind]:
        graph.add((record, RDF.type, cls))
    graph.add((record, QB.dataSet, DATASET))
    _number(graph, record, SS.position, row + 1)


def _number(graph: Graph, subject: URIRef, predicate: URIRef, number: int) -> None:
    graph.add((subject, predicate, Literal(str(number), datatype=XSD.integer)))


def _state(graph: Graph, row: int, component: URIRef, parts: Iterable[str], datatype: object) -> None:
    for part in parts:
        typed = isinstance(datatype, URIRef) and part != NOT_AVAILABLE
        value = Literal(part, datatype=str(datatype)) if typed else Literal(part)
        graph.add((record_iri(row), component, value))
