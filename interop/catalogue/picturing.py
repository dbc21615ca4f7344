"""Dependencies as a picture that needs nothing else: SVG, and a page of HTML with the same in words beside it.

Source:
    SVG 2 (W3C, 2018), 5.8 *The title and desc elements*; WCAG 2.2 (W3C, 2023), 1.1.1 *Non-text content*, 1.4.1 *Use of colour*,
    1.4.3 *Contrast*.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from semstat.interop.catalogue.drawing import Drawn
from semstat.interop.catalogue.layout import Box, Layout, lay_out
from semstat.interop.catalogue.lineage import Edge
from semstat.interop.catalogue.names import Named

__all__ = ["MOST_DRAWN", "PICTURES", "html", "svg"]

MOST_DRAWN = 150
"""Things that a picture shows at the most: the nearest; how many more there are, it says."""

_MARGIN, _LINE, _PAD, _HEAD, _LEGEND = 24.0, 17.0, 9.0, 58.0, 22.0
_LONGEST = 52
_WIDTHS = ((str.isupper, 9.4), (str.islower, 7.9), (str.isdigit, 8.6), (str.isalpha, 13.5))
"""The widths of letters in a wide sans serif of 13 pixels, by what they are; of scripts without case, those of ideographs."""

_NARROW, _BOLD, _SMALL, _LARGE = 6.2, 1.09, 11 / 13, 16 / 13
_FEW_EDGES = 40
"""Up to so many edges each bears its name; beyond, names would cover one another, and the legend has to do."""

_KINDS: Mapping[str, tuple[str, str]] = {
    "Definition": ("#7a3e9d", ""),
    "Representation": ("#0b6e4f", ""),
    "Structure": ("#1f5fa8", ""),
    "Binding": ("#1f5fa8", "7 3"),
    "Derivation": ("#b3480f", ""),
    "Mapping": ("#0b6e4f", "7 3"),
    "Process": ("#5b5b5b", "2 3"),
    "Collection": ("#9b1c5a", "7 3 2 3"),
}
"""Colour and dashes by kind of edge: no two kinds differ by colour alone to those who see few colours."""

_OTHER = ("#333333", "1 4")
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLE = (
    "text{font:13px 'DejaVu Sans',Verdana,'Segoe UI',sans-serif;fill:#1a1a1a}.name{font-weight:600}.kind,.how,.note{font-size:11px}"
    ".kind{fill:#444}.title{font-size:16px;font-weight:600}.box{fill:#f6f8fa;stroke:#5f6b76}"
    ".start{fill:#fff4d6;stroke:#7a5b00;stroke-width:2.5}.edge{fill:none;stroke-width:1.5}"
    ".how{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}"
)


class _Cut(NamedTuple):
    """What is drawn of what was found: the things, the edges among them, and how many things are not."""

    things: tuple[str, ...]
    edges: tuple[Edge, ...]
    left_out: int


def svg(drawn: Drawn) -> str:
    """Return a picture as SVG, the same text for the same dependencies; the start stands left, arrows lead to what is needed."""
    cut = _cut(drawn)
    layout = _laid_out(drawn, cut)
    kinds = sorted({drawn.lineage.dependency(edge.dependency).kind for edge in cut.edges})
    legend_width = sum(_wide(kind or "other") + 60 for kind in kinds)
    words = _words(drawn, cut)
    wide = math.ceil(
        max(layout.width, legend_width, _wide(words[0]) * _LARGE * _BOLD, _wide(words[1]) * _SMALL) + 2 * _MARGIN
    )
    high = math.ceil(layout.height + _HEAD + _LEGEND + 2 * _MARGIN)
    top = _MARGIN + _HEAD
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img"'
        ' aria-labelledby="title description">',
        f'<title id="title">{_plain(words[0])}</title>',
        f'<desc id="description">{_plain(" ".join(words[1:]))}</desc>',
        f"<style>{_STYLE}</style>",
        *_markers(kinds),
        f'<rect width="{wide}" height="{high}" fill="#ffffff"/>',
        f'<text class="title" x="{_MARGIN:g}" y="{_MARGIN + 16:g}">{_plain(words[0])}</text>',
        f'<text class="note" x="{_MARGIN:g}" y="{_MARGIN + 36:g}">{_plain(words[1])}</text>',
        f'<g transform="translate({_MARGIN:g} {top:g})">',
        *_edges(drawn, cut, layout),
        *(_box(drawn.named[iri], layout.boxes[iri], is_start=iri == drawn.start) for iri in cut.things),
        "</g>",
        *_legend(kinds, high - _MARGIN),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def html(drawn: Drawn) -> str:
    """Return a page of HTML with the picture and the same as a table; it fetches nothing and runs no script."""
    title = _plain(_words(drawn, _cut(drawn))[0])
    picture = svg(drawn)
    rows = [
        f"<tr><td>{item.distance}</td><td>{_plain(drawn.named[item.iri].kind)}</td><td>{_plain(drawn.text(item.iri))}</td>"
        f"<td>{_plain(drawn.way(item.by))}</td><td><code>{_plain(item.iri)}</code></td></tr>"
        for item in drawn.reached
    ]
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Steps", "Kind", "Name", "By", "IRI"))
    style = (
        "body{font:15px/1.5 'DejaVu Sans',Verdana,'Segoe UI',sans-serif;margin:2rem;color:#1a1a1a;background:#fff}"
        ".picture{overflow:auto;border:1px solid #c4c9ce}table{border-collapse:collapse;margin-top:1rem}"
        "th,td{border:1px solid #c4c9ce;padding:.3rem .6rem;text-align:left;vertical-align:top}th{background:#f0f2f4}"
        "code{font-size:12px;overflow-wrap:anywhere}"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n<style>{style}</style>\n'
        f'</head>\n<body>\n<h1>{title}</h1>\n<div class="picture">\n{picture}</div>\n'
        f"<table>\n<caption>The same in words, nearest first</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"
        + "\n".join(rows)
        + "\n</tbody>\n</table>\n</body>\n</html>\n"
    )


def _cut(drawn: Drawn) -> _Cut:
    things = (drawn.start, *(item.iri for item in drawn.reached))[:MOST_DRAWN]
    shown = frozenset(things)
    edges = tuple(edge for edge in drawn.edges if edge.dependent in shown and edge.on in shown)
    return _Cut(things, edges, 1 + len(drawn.reached) - len(things))


def _words(drawn: Drawn, cut: _Cut) -> tuple[str, ...]:
    """Return the title, the line below it, and a sentence for every thing that is drawn."""
    name = _short(drawn.text(drawn.start), 70)
    title = f"What depends on {name}" if drawn.direction == "down" else f"What {name} depends on"
    number = len(drawn.reached)
    count = f"{number:,} thing{'' if number == 1 else 's'}; an arrow leads from what depends to what it depends on."
    if cut.left_out:
        farthest = drawn.reached[len(cut.things) - 2].distance
        count += f" {cut.left_out:,} of them, {farthest} or more steps away, are not drawn."
    said = [
        f"{drawn.text(edge.dependent)}: {drawn.way(edge)} {drawn.text(edge.on)}."
        for edge in cut.edges[: _FEW_EDGES * 2]
    ]
    return (title, count, *said)


def _laid_out(drawn: Drawn, cut: _Cut) -> Layout:
    sizes = {}
    for iri in cut.things:
        name, *others = _lines(drawn.named[iri])
        widest = max(_wide(name) * _BOLD, *map(_wide, others), 0.0)
        sizes[iri] = (widest + 2 * _PAD, (1 + len(others)) * _LINE + 2 * _PAD - 3)
    ends = [(edge.dependent, edge.on) for edge in cut.edges]
    outward = ends if drawn.direction == "up" else [(on, dependent) for dependent, on in ends]
    names = [_wide(drawn.way(edge)) * _SMALL for edge in cut.edges] if _is_named(cut) else []
    return lay_out(drawn.start, sizes, outward, between=max([70.0, *(width + 70 for width in names)]))


def _is_named(cut: _Cut) -> bool:
    return len(cut.edges) <= _FEW_EDGES


def _wide(text: str) -> float:
    """Return about how wide a text is, in pixels."""
    return sum(next((width for fits, width in _WIDTHS if fits(letter)), _NARROW) for letter in text)


def _lines(item: Named) -> list[str]:
    """Return what stands in a box: the short name, the label where it says more, the kind."""
    label = [item.label] if item.label and item.label not in item.short else []
    return [_short(text, _LONGEST) for text in (item.short, *label, item.kind) if text]


def _short(text: str, most: int) -> str:
    """Return a text cut in the middle: what tells names apart often stands at their ends."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    head = most // 2
    return f"{line[: head - 1]}…{line[head - most :]}"


def _box(item: Named, box: Box, *, is_start: bool) -> str:
    lines = _lines(item)
    classes = ["name", *("label" for _ in lines[1:-1]), *(["kind"] if len(lines) > 1 else [])]
    texts = "".join(
        f'<text class="{style}" x="{box.x + _PAD:g}" y="{box.y + _PAD + 10 + number * _LINE:.1f}">{_plain(line)}</text>'
        for number, (line, style) in enumerate(zip(lines, classes, strict=True))
    )
    shape = "box start" if is_start else "box"
    whole = _plain(f"{item.short}: {item.label} ({item.kind}) {item.iri}")
    return (
        f'<g><title>{whole}</title><rect class="{shape}" x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}"'
        f' height="{box.height:.1f}" rx="5"/>{texts}</g>'
    )


def _edges(drawn: Drawn, cut: _Cut, layout: Layout) -> Iterator[str]:
    """Yield curves, of several edges between the same two things one that bears all their names."""
    between: dict[tuple[str, str], list[Edge]] = {}
    for edge in cut.edges:
        if edge.dependent != edge.on:
            between.setdefault((edge.dependent, edge.on), []).append(edge)
    arrived: Counter[str] = Counter()
    for (dependent, on), edges in sorted(between.items()):
        kind = drawn.lineage.dependency(edges[0].dependency).kind
        colour, dashes = _KINDS.get(kind, _OTHER)
        points = _points(layout, dependent, on)
        names = ", ".join(sorted({drawn.way(edge) for edge in edges}))
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        said = _plain(f"{drawn.named[dependent].short}: {names} {drawn.named[on].short}")
        yield (
            f'<path class="edge" d="{_curve(points)}" stroke="{colour}"{dashed} marker-end="url(#arrow-{kind or "other"})">'
            f"<title>{said}</title></path>"
        )
        if _is_named(cut):
            outer, (x, y) = max(zip((dependent, on), (points[0], points[-1]), strict=True), key=lambda end: end[1])
            yield (
                f'<text class="how" x="{x - 12:.1f}" y="{y - 4 + 12 * arrived[outer]:.1f}" text-anchor="end">'
                f"{_plain(names)}</text>"
            )
            arrived[outer] += 1


_Point = tuple[float, float]


def _points(layout: Layout, one: str, other: str) -> list[_Point]:
    """Return where an edge leaves one box, what it passes, and where it enters the other."""
    left, right = layout.boxes[one], layout.boxes[other]
    bends = list(layout.bends.get((one, other)) or reversed(layout.bends.get((other, one), ())))
    if left.x < right.x:
        ends = (left.x + left.width, right.x)
    elif left.x > right.x:
        ends = (left.x, right.x + right.width)
    else:
        ends = (left.x + left.width, right.x + right.width)
    return [(ends[0], left.y + left.height / 2), *bends, (ends[1], right.y + right.height / 2)]


def _curve(points: Sequence[_Point]) -> str:
    """Return a path that leaves and enters level."""
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (x, y), (to_x, to_y) in pairwise(points):
        bow = 40.0 if x == to_x else (to_x - x) / 2
        parts.append(
            f"C{x + bow:.1f} {y:.1f} {(to_x + bow if x == to_x else to_x - bow):.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}"
        )
    return "".join(parts)


def _markers(kinds: Sequence[str]) -> Iterator[str]:
    yield "<defs>"
    for kind in kinds:
        colour, _ = _KINDS.get(kind, _OTHER)
        yield (
            f'<marker id="arrow-{kind or "other"}" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8"'
            f' orient="auto" markerUnits="userSpaceOnUse"><path d="M0 0L8 4L0 8z" fill="{colour}"/></marker>'
        )
    yield "</defs>"


def _legend(kinds: Sequence[str], y: float) -> Iterator[str]:
    x = _MARGIN
    for kind in kinds:
        colour, dashes = _KINDS.get(kind, _OTHER)
        name = (kind or "other").lower()
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        yield f'<path class="edge" d="M{x:g} {y - 4:g}h30" stroke="{colour}"{dashed}/>'
        yield f'<text class="note" x="{x + 36:g}" y="{y:g}">{name}</text>'
        x += _wide(name) + 60


def _plain(text: str) -> str:
    return escape(_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text))


PICTURES: Mapping[str, Callable[[Drawn], str]] = {"svg": svg, "html": html}
"""The forms that are pictures by themselves, by name."""
