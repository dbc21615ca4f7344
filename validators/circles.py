"""Which nodes of a graph lie on a circle: in time linear in its edges, where following a path from each node is not."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

__all__ = ["circles"]

_Ends = Mapping[str, Sequence[str]]


def circles(edges: Iterable[tuple[str, str]]) -> Mapping[str, int]:
    """Return the nodes from which one can come back along edges, each with the number of its strongly connected part.

    Two nodes with the same number lie on a circle together. Parts are found by Kosaraju's algorithm, with stacks of its own, so
    that no depth is too great.

    Example:
        >>> found = circles([("a", "b"), ("b", "a"), ("b", "c"), ("d", "d")])
        >>> sorted(found), found["a"] == found["b"], found["a"] == found["d"]
        (['a', 'b', 'd'], True, False)
    """
    below: dict[str, list[str]] = {}
    above: dict[str, list[str]] = {}
    to_itself = set()
    for start, end in edges:
        below.setdefault(start, []).append(end)
        above.setdefault(end, []).append(start)
        if start == end:
            to_itself.add(start)
    parts = _parts(_last_seen_first(below), above)
    sizes = Counter(parts.values())
    return {node: number for node, number in parts.items() if sizes[number] > 1 or node in to_itself}


def _last_seen_first(below: _Ends) -> list[str]:
    """Return all nodes in the opposite of the order in which a search in depth leaves them."""
    left: list[str] = []
    seen: set[str] = set()
    for root in below:
        if root in seen:
            continue
        seen.add(root)
        path = [(root, iter(below[root]))]
        while path:
            following = next((end for end in path[-1][1] if end not in seen), None)
            if following is None:
                left.append(path.pop()[0])
            else:
                seen.add(following)
                path.append((following, iter(below.get(following, ()))))
    return left[::-1]


def _parts(order: Iterable[str], above: _Ends) -> Mapping[str, int]:
    """Return for each node the number of its part: all that leads to the first node not yet in one."""
    parts: dict[str, int] = {}
    for number, root in enumerate(order):
        waiting = [root] if root not in parts else []
        while waiting:
            node = waiting.pop()
            if node not in parts:
                parts[node] = number
                waiting.extend(above.get(node, ()))
    return parts
