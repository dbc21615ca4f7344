"""Dependencies as pictures and tables for other programs: Graphviz, Mermaid, JSON, CSV."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from semstat.interop.catalogue.lineage import Direction, Edge, Lineage, Reached
from semstat.interop.catalogue.names import Named

__all__ = ["DRAWINGS", "Drawn"]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn: where it starts, what was reached and which way, every edge among them, and how things are called."""

    start: str
    reached: tuple[Reached, ...]
    edges: tuple[Edge, ...]
    named: Mapping[str, Named]
    lineage: Lineage
    direction: Direction

    def way(self, edge: Edge) -> str:
        """Return how an edge is called."""
        return self.lineage.dependency(edge.dependency).name

    def text(self, iri: str) -> str:
        """Return how a thing is called, with its label where it has another one."""
        item = self.named[iri]
        return f"{item.short}: {item.label}" if item.label and item.label != item.short else item.short


def _dot(drawn: Drawn) -> str:
    lines = ["digraph lineage {", "  rankdir=LR;", '  node [shape=box, style=rounded, fontname="sans-serif"];']
    for iri in (drawn.start, *(item.iri for item in drawn.reached)):
        bold = ", penwidth=2" if iri == drawn.start else ""
        lines.append(
            f"  {_quoted(iri)} [label={_quoted(drawn.text(iri))}, tooltip={_quoted(drawn.named[iri].kind)}{bold}];"
        )
    lines += [
        f"  {_quoted(edge.dependent)} -> {_quoted(edge.on)} [label={_quoted(drawn.way(edge))}];" for edge in drawn.edges
    ]
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _mermaid(drawn: Drawn) -> str:
    numbers = {iri: f"n{number}" for number, iri in enumerate((drawn.start, *(item.iri for item in drawn.reached)))}
    lines = ["flowchart LR"]
    lines += [f'  {number}["{_escaped(drawn.text(iri))}"]' for iri, number in numbers.items()]
    lines += [f"  {numbers[edge.dependent]} -->|{drawn.way(edge)}| {numbers[edge.on]}" for edge in drawn.edges]
    return "\n".join([*lines, "  style n0 stroke-width:3px"]) + "\n"


def _escaped(text: str) -> str:
    marks = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "\n": " "}
    return "".join(marks.get(letter, letter) for letter in text)


def _json(drawn: Drawn) -> str:
    found = {
        "start": _node(drawn.named[drawn.start], 0),
        "reached": [_node(drawn.named[item.iri], item.distance) for item in drawn.reached],
        "edges": [edge._asdict() for edge in drawn.edges],
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _node(item: Named, distance: int) -> dict[str, object]:
    return {"iri": item.iri, "name": item.short, "label": item.label, "kind": item.kind, "distance": distance}


def _csv(drawn: Drawn) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["distance", "name", "label", "kind", "dependency", "iri"])
    for item in drawn.reached:
        named = drawn.named[item.iri]
        table.writerow([item.distance, named.short, named.label, named.kind, drawn.way(item.by), item.iri])
    return out.getvalue()


def _table(drawn: Drawn) -> str:
    rows = [
        (str(item.distance), drawn.named[item.iri].kind, drawn.text(item.iri), drawn.way(item.by))
        for item in drawn.reached
    ]
    return aligned([("distance", "kind", "name", "by"), *rows])


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as columns of text, two spaces apart; nothing stands behind the last.

    Example:
        >>> print(aligned([("a", "b"), ("long", "c")]), end="")
        a     b
        long  c
    """
    wide = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "".join(
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, wide, strict=True)).rstrip() + "\n" for row in rows
    )


def _tree(drawn: Drawn) -> str:
    """Return what was reached as a tree: each thing below the one from which it was first reached."""
    below: dict[str, list[Reached]] = {}
    for item in drawn.reached:
        other = item.by.on if item.iri == item.by.dependent else item.by.dependent
        below.setdefault(other, []).append(item)
    lines = [f"{drawn.text(drawn.start)}  {drawn.named[drawn.start].kind}".rstrip()]
    stack = [(item, "", place == len(below.get(drawn.start, ())) - 1)
             for place, item in reversed(list(enumerate(below.get(drawn.start, ()))))]  # fmt: skip
    while stack:
        item, indent, last = stack.pop()
        lines.append(
            f"{indent}{'└─ ' if last else '├─ '}{drawn.text(item.iri)}  {drawn.named[item.iri].kind}  ({drawn.way(item.by)})"
        )
        children = below.get(item.iri, [])
        deeper = indent + ("   " if last else "│  ")
        stack += [(child, deeper, place == len(children) - 1) for place, child in reversed(list(enumerate(children)))]
    return "\n".join(lines) + "\n"


DRAWINGS: Mapping[str, Callable[[Drawn], str]] = {
    "tree": _tree,
    "table": _table,
    "json": _json,
    "csv": _csv,
    "dot": _dot,
    "mermaid": _mermaid,
}
"""The forms of a lineage, by name."""
