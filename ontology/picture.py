"""A picture of a module as SVG: its classes as a tree, and beside each the properties that lead on from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from rdflib import Graph, URIRef

from semstat.ontology.access import iris
from semstat.ontology.describe import label_of, prefixed
from semstat.ontology.terms import OWL, RDF, RDFS

__all__ = ["picture"]

_ROW, _STEP, _LETTER, _PAD, _GAP = 28, 26, 6.7, 16, 14
_SHOWN = 3
_STYLE = (
    "text{font:12px sans-serif;fill:#1b2a38}.far{fill:#6b7884}.own{fill:#e8f0f7;stroke:#2f5d86}"
    ".other{fill:#f4f4f4;stroke:#9aa5ae;stroke-dasharray:3 2}.line{stroke:#9aa5ae;fill:none}"
)


@dataclass(frozen=True, slots=True)
class _Row:
    term: URIRef
    depth: int
    above: int | None


def picture(graph: Graph, own: frozenset[URIRef], title: str) -> str:
    """Return the picture of some classes as SVG, the same text for the same graph.

    Args:
        graph: What is known of the classes, those of other modules among them.
        own: The classes of the module; those above them that belong to other modules are drawn with dashes.
        title: What the picture shows, for those who cannot see it.
    """
    rows = list(_rows(_children(graph, own)))
    boxes = [_box(graph, row, number, is_own=row.term in own) for number, row in enumerate(rows)]
    lines = [_line(row, row.above, number, rows[row.above].depth) for number, row in enumerate(rows)
             if row.above is not None]  # fmt: skip
    places = [_PAD + row.depth * _STEP + _width(label_of(graph, row.term)) + len(_beside(graph, row.term)) * _LETTER
              for row in rows]  # fmt: skip
    wide, high = int(max(places, default=200)) + 3 * _PAD, len(rows) * _ROW + 2 * _PAD
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img">'
    body = [head, f"<title>{escape(title)}</title>", f"<style>{_STYLE}</style>", *lines, *boxes, "</svg>"]
    return "\n".join(body) + "\n"


def _children(graph: Graph, own: frozenset[URIRef]) -> Mapping[URIRef | None, list[URIRef]]:
    """Return the classes below each class; a class stands below the first of those above it, or at the root."""
    above: dict[URIRef, URIRef | None] = {}
    pending = sorted(own)
    while pending:
        term = pending.pop(0)
        if term in above:
            continue
        found = [
            one for one in iris(graph, term, RDFS.subClassOf) if (one, RDF.type, OWL.Class) in graph and one != term
        ]
        above[term] = min(found, key=lambda one: (one not in own, str(one)), default=None)
        parent = above[term]
        if parent is not None:
            pending.append(parent)
    below: dict[URIRef | None, list[URIRef]] = {}
    for term in sorted(above, key=lambda one: (label_of(graph, one).casefold(), str(one))):
        below.setdefault(above[term], []).append(term)
    return below


def _rows(below: Mapping[URIRef | None, list[URIRef]]) -> Iterator[_Row]:
    pending: list[_Row] = [_Row(term, 0, None) for term in reversed(below.get(None, []))]
    number = 0
    while pending:
        row = pending.pop()
        yield row
        pending += [_Row(term, row.depth + 1, number) for term in reversed(below.get(row.term, []))]
        number += 1


def _box(graph: Graph, row: _Row, number: int, *, is_own: bool) -> str:
    left, top = _PAD + row.depth * _STEP, _PAD + number * _ROW
    label = label_of(graph, row.term)
    wide = _width(label)
    kind = "own" if is_own else "other"
    shown = (
        f'<rect class="{kind}" x="{left}" y="{top}" width="{wide:g}" height="20" rx="4"/>'
        f'<text x="{left + 8}" y="{top + 14}">{escape(label)}</text>'
    )
    beside = _beside(graph, row.term) if is_own else ""
    if not beside:
        return shown
    return f'{shown}<text class="far" x="{left + wide + _GAP:g}" y="{top + 14}">{escape(beside)}</text>'


def _line(row: _Row, above: int, number: int, depth: int) -> str:
    start, end = _PAD + depth * _STEP + 10, _PAD + row.depth * _STEP
    top, bottom = _PAD + above * _ROW + 20, _PAD + number * _ROW + 10
    return f'<path class="line" d="M{start} {top}V{bottom}H{end}"/>'


def _beside(graph: Graph, term: URIRef) -> str:
    """Return the first properties that lead from a class to a class, as words."""
    found = [
        f"{prefixed(one).rpartition(':')[2]} → {label_of(graph, to)}"
        for one in iris(graph, None, RDFS.domain, term)
        for to in iris(graph, one, RDFS.range)
        if (to, RDF.type, OWL.Class) in graph
    ]
    more = f"; {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return "; ".join(found[:_SHOWN]) + more


def _width(label: str) -> float:
    return round(len(label) * _LETTER + 16)
