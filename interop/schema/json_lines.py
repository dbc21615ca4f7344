"""Where the parts of a JSON text stand: the line of each value that is asked for."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

__all__ = ["Path", "lines_of"]

Path = tuple[str | int, ...]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


def lines_of(text: str, wanted: Collection[Path]) -> Mapping[Path, int]:
    r"""Return the line, counted from 1, on which each value begins that a path of ``wanted`` leads to.

    Args:
        text: A JSON text that is known to be well-formed.
        wanted: Paths of property names and of positions in arrays, counted from 0.

    Example:
        >>> lines_of('{\n "a": [{},\n 2]}', {("a", 1), ("a",)})
        {('a',): 2, ('a', 1): 3}
    """
    way = _Way()
    found: dict[Path, int] = {}
    line, counted = 1, 0
    for token in _TOKEN.finditer(text):
        here = way.follow(token[0])
        if here is None or here not in wanted or here in found:
            continue
        line, counted = line + text.count("\n", counted, token.start()), token.start()
        found[here] = line
        if len(found) == len(wanted):
            break
    return found


@dataclass(slots=True)
class _Way:
    """The path to where reading is: a step for each container around, and whether that is an object before a name."""

    path: list[str | int] = field(default_factory=list)
    objects: list[bool] = field(default_factory=list)
    before_name: bool = False

    def follow(self, token: str) -> Path | None:
        """Return the path of the value that the token begins, ``None`` where it begins none."""
        kind = token[0]
        if kind in "}]":
            self.path.pop()
            self.objects.pop()
        elif kind == ",":
            self._advance()
        elif kind == '"' and self.before_name:
            self.path[-1], self.before_name = json.loads(token), False
        elif kind != ":":
            return self._begin(kind)
        return None

    def _advance(self) -> None:
        self.before_name = self.objects[-1]
        if not self.before_name:
            self.path[-1] = int(self.path[-1]) + 1

    def _begin(self, kind: str) -> Path:
        here = tuple(self.path)
        if kind in "{[":
            self.path.append("" if kind == "{" else 0)
            self.objects.append(kind == "{")
            self.before_name = kind == "{"
        return here
