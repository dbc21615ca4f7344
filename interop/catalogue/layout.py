"""Places for the boxes of a picture: columns by the steps between things, an order with few crossings, room between them.

Source:
    Sugiyama, Tagawa and Toda, *Methods for Visual Understanding of Hierarchical System Structures* (1981): cycles are broken,
    things are put into layers, long edges get a place in every layer between, layers are ordered by barycentres.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

__all__ = ["Box", "Layout", "lay_out"]

_SWEEPS = 9
_PULLS = 12
_AIR = 14.0
"""Room between boxes of one column."""

_THREAD = 8.0
"""The height that a long edge takes up in a column between its ends."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its left upper corner and its size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A picture's geometry: the box of every thing, the points that every edge passes, and the size of all.

    ``bends`` holds, for every edge in its own direction, the centres of the gaps that it passes on its way.
    """

    boxes: Mapping[str, Box]
    bends: Mapping[tuple[str, str], Sequence[tuple[float, float]]]
    width: float
    height: float


def lay_out(
    start: str, sizes: Mapping[str, tuple[float, float]], edges: Iterable[tuple[str, str]], *, between: float = 70.0
) -> Layout:
    """Return places for things: the start in the first column, everything else to the right of what leads to it.

    Args:
        start: The thing that all begins with.
        sizes: Width and height of every box. All things must be reached from the start along the edges.
        edges: Pairs, from the start outwards; an edge that leads back, or to the thing itself, is drawn and moves nothing.
        between: Room between columns.

    Example:
        >>> found = lay_out("a", {"a": (10, 10), "b": (10, 10)}, [("a", "b")])
        >>> found.boxes["b"].x > found.boxes["a"].x
        True
    """
    pairs = sorted({(one, other) for one, other in edges if one != other and {one, other} <= sizes.keys()})
    layers, forward = _layered(start, sizes, pairs)
    columns, links, threads = _columns(layers, forward)
    _order(columns, links)
    heights = {node: sizes[node][1] if node in sizes else _THREAD for column in columns for node in column}
    ys = _pulled(columns, links, heights)
    xs, widths = _across(columns, sizes, between)
    boxes = {node: Box(xs[layers[node]], ys[node] - heights[node] / 2, *sizes[node]) for node in layers}
    bends = {
        pair: [(xs[place] + widths[place] / 2, ys[node]) for place, node in through]
        for pair, through in threads.items()
    }
    bends |= {(two, one): list(reversed(bends[one, two])) for one, two in bends if (two, one) in pairs}
    height = max((ys[node] + heights[node] / 2 for node in ys), default=0.0)
    return Layout(boxes, bends, (xs[-1] + widths[-1]) if xs else 0.0, height)


def _layered(
    start: str, things: Iterable[str], pairs: Sequence[tuple[str, str]]
) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Return the column of every thing (the longest way to it) and the edges as they lead to the right."""
    after: dict[str, list[str]] = {thing: [] for thing in sorted(things)}
    for one, other in pairs:
        after[one].append(other)
    order: list[str] = []
    state: dict[str, int] = {}
    back: set[tuple[str, str]] = set()
    for root in (start, *after):
        _visit(root, after, state, order, back)
    forward = sorted({(other, one) if (one, other) in back else (one, other) for one, other in pairs})
    forward = [pair for pair in forward if pair not in back]
    into: dict[str, list[str]] = {}
    for one, other in forward:
        into.setdefault(other, []).append(one)
    layers: dict[str, int] = {}
    for thing in reversed(order):
        layers[thing] = max((layers[before] + 1 for before in into.get(thing, ()) if before in layers), default=0)
    return layers, [(one, other) for one, other in forward if layers[one] < layers[other]]


def _visit(
    root: str, after: Mapping[str, list[str]], state: dict[str, int], order: list[str], back: set[tuple[str, str]]
) -> None:
    """Go through everything below a thing, depth first without recursion; edges to what is open lead back."""
    if root in state:
        return
    stack = [(root, iter(after[root]))]
    state[root] = 1
    while stack:
        thing, rest = stack[-1]
        for other in rest:
            if state.get(other) == 1:
                back.add((thing, other))
            elif other not in state:
                state[other] = 1
                stack.append((other, iter(after[other])))
                break
        else:
            state[thing] = 2
            order.append(thing)
            stack.pop()


_Threads = dict[tuple[str, str], list[tuple[int, str]]]


def _columns(
    layers: Mapping[str, int], forward: Sequence[tuple[str, str]]
) -> tuple[list[list[str]], dict[str, list[str]], _Threads]:
    """Return the columns, the links between neighbouring ones both ways, and the places that long edges pass through."""
    columns: list[list[str]] = [[] for _ in range(max(layers.values(), default=-1) + 1)]
    for thing, layer in sorted(layers.items()):
        columns[layer].append(thing)
    links: dict[str, list[str]] = {}
    threads: _Threads = {}
    for one, other in forward:
        through = [(layer, f"{one}\n{other}\n{layer}") for layer in range(layers[one] + 1, layers[other])]
        for layer, name in through:
            columns[layer].append(name)
        threads[one, other] = through
        stops = [one, *(name for _, name in through), other]
        for left, right in pairwise(stops):
            links.setdefault(left, []).append(right)
            links.setdefault(right, []).append(left)
    return columns, links, threads


def _order(columns: list[list[str]], links: Mapping[str, list[str]]) -> None:
    """Order every column by the mean place of the neighbours in the column before, there and back; keep the best order met."""
    layer = {node: number for number, column in enumerate(columns) for node in column}
    best, fewest = [list(column) for column in columns], _crossings(columns, links, layer)
    for sweep in range(_SWEEPS):
        forth = sweep % 2 == 0
        numbers = range(1, len(columns)) if forth else range(len(columns) - 2, -1, -1)
        for number in numbers:
            near = columns[number - 1 if forth else number + 1]
            _sort(columns[number], {node: place for place, node in enumerate(near)}, links)
        number_now = _crossings(columns, links, layer)
        if number_now <= fewest:
            best, fewest = [list(column) for column in columns], number_now
    columns[:] = best


def _sort(column: list[str], near: Mapping[str, int], links: Mapping[str, list[str]]) -> None:
    wishes = {}
    for place, node in enumerate(column):
        known = [near[other] for other in links.get(node, ()) if other in near]
        wishes[node] = (fmean(known) if known else float(place), place)
    column.sort(key=wishes.__getitem__)


def _crossings(columns: Sequence[Sequence[str]], links: Mapping[str, list[str]], layer: Mapping[str, int]) -> int:
    """Return how often links between neighbouring columns cross."""
    total = 0
    for number, column in enumerate(columns[:-1]):
        place = {node: at for at, node in enumerate(columns[number + 1])}
        met: list[int] = []
        for node in column:
            ends = sorted(place[other] for other in links.get(node, ()) if layer[other] == number + 1)
            total += sum(len(met) - bisect_right(met, end) for end in ends)
            for end in ends:
                insort(met, end)
    return total


def _pulled(
    columns: Sequence[Sequence[str]], links: Mapping[str, list[str]], heights: Mapping[str, float]
) -> dict[str, float]:
    """Return the middle of every box: pulled to the middle of its neighbours, as far as the boxes above and below let it."""
    middle: dict[str, float] = {}
    for column in columns:
        middle.update(_stacked(column, {node: 0.0 for node in column}, heights))
    for pull in range(_PULLS):
        for column in columns if pull % 2 == 0 else list(reversed(columns)):
            wishes = {
                node: fmean([middle[other] for other in links.get(node, ())] or [middle[node]]) for node in column
            }
            middle.update(_stacked(column, wishes, heights))
    top = min((middle[node] - heights[node] / 2 for node in middle), default=0.0)
    return {node: y - top for node, y in middle.items()}


def _stacked(column: Sequence[str], wishes: Mapping[str, float], heights: Mapping[str, float]) -> dict[str, float]:
    """Return middles as near to the wishes as the order and the room between boxes allow: blocks that collide move as one."""
    blocks: list[tuple[list[str], list[float], float]] = []
    for node in column:
        members, offsets = [node], [0.0]
        at = wishes[node]
        while blocks:
            above, places, there = blocks[-1]
            reach = there + places[-1] + heights[above[-1]] / 2 + _AIR + heights[members[0]] / 2
            if at >= reach:
                break
            shift = reach - there
            offsets = [*places, *(shift + offset for offset in offsets)]
            members = [*above, *members]
            at = fmean(wishes[one] - offset for one, offset in zip(members, offsets, strict=True))
            blocks.pop()
        blocks.append((members, offsets, at))
    return {node: at + offset for members, offsets, at in blocks for node, offset in zip(members, offsets, strict=True)}


def _across(
    columns: Sequence[Sequence[str]], sizes: Mapping[str, tuple[float, float]], between: float
) -> tuple[list[float], list[float]]:
    """Return where every column begins, and how wide it is."""
    widths = [max((sizes[node][0] for node in column if node in sizes), default=0.0) for column in columns]
    starts = [sum(widths[:number]) + number * between for number in range(len(widths))]
    return starts, widths
