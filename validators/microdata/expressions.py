"""Expressions of documentation, read from a subset of VTL: conditions of filters and formulas of derivations.

What is read: ``and``, ``or``, ``xor``, ``not``, comparisons, ``in`` and ``not_in`` a set, ``between``, arithmetic, ``||``,
``if … then … else``, ``nvl``, ``isnull``, ``cast``, and some functions of numbers and of text. All else is refused by name.

Source:
    SDMX, Validation and Transformation Language 2.1, reference manual; DDI Lifecycle 3.3, ``CommandCode``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Node", "Unreadable", "bare_expression", "parsed"]


class Unreadable(ValueError):
    """An expression that is not of the subset; the text says what of it is not, as the end of a sentence.

    Example:
        >>> str(Unreadable("`rank` is no function that is read"))
        '`rank` is no function that is read'
    """


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression: an operation and what it is of; leaves are ``name``, ``number``, ``text``, ``truth``, ``null``."""

    operation: str
    parts: tuple["Node", ...] = ()
    value: str = ""


FUNCTIONS: Mapping[str, tuple[int, int]] = {
    "nvl": (2, 2),
    "isnull": (1, 1),
    "cast": (2, 2),
    "between": (3, 3),
    "abs": (1, 1),
    "floor": (1, 1),
    "ceil": (1, 1),
    "mod": (2, 2),
    "length": (1, 1),
    "substr": (3, 3),
    "upper": (1, 1),
    "lower": (1, 1),
    "trim": (1, 1),
}
"""Functions that are read, with the least and the most arguments."""

_BINARY: Sequence[Mapping[str, str]] = (
    {"or": "or", "xor": "xor"},
    {"and": "and"},
    {"=": "=", "<>": "<>", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "in": "in", "not_in": "not_in"},
    {"+": "+", "-": "-", "||": "||"},
    {"*": "*", "/": "/"},
)
"""Operators of two operands by how tightly they bind, the loosest first."""

_NEGATED = 2
"""``not`` binds less tightly than comparisons, more than ``and``."""

_LEXEMES = "|".join(
    (
        r"""(?P<text>"[^"]*"|'[^']*')""",
        r"(?P<number>[0-9]+(?:[.][0-9]+)?)",
        r"(?P<word>[$]?[^\W\d][\w.]*[$]?)",
        r"(?P<sign><>|!=|<=|>=|\|\||[-+*/=<>(){},])",
    )
)
_ASSIGNED = re.compile(r"^\s*[$]?\w+[$]?\s*(?::=|<-)\s*")
_WORDS = {"true": Node("truth", value="true"), "false": Node("truth", value="false"), "null": Node("null")}
_DEEPEST = 60


def bare_expression(text: str) -> str:
    """Return what an assignment assigns, and any other expression as it is.

    Example:
        >>> bare_expression("total := a + b;")
        'a + b'
    """
    return _ASSIGNED.sub("", text).strip().removesuffix(";").strip()


def parsed(text: str, names: Mapping[str, object]) -> Node:
    """Return an expression as a tree.

    Args:
        text: The expression; of an assignment, what is assigned is read.
        names: What it may name, as it is written there; names may hold hyphens, as identifiers of DDI do.

    Raises:
        Unreadable: the expression is not of the subset, or names what is not known.

    Example:
        >>> parsed("age - 5 > 10", {"age": 1}).operation
        '>'
        >>> parsed("q-1 - 5", {"q-1": 1}).parts[0].value
        'q-1'
    """
    reader = _Reader(_tokens(bare_expression(text), names), names)
    if not reader.tokens:
        raise Unreadable("it is empty")
    found = reader.level(0)
    if reader.place < len(reader.tokens):
        raise Unreadable(f"`{reader.tokens[reader.place][1]}` is not expected where it stands")
    return found


_Token = tuple[str, str]


def _tokens(text: str, names: Mapping[str, object]) -> list[_Token]:
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pattern = re.compile(
        rf"\s*(?:(?P<name>(?:{known})(?![\w$])(?!-\w))|{_LEXEMES})" if known else rf"\s*(?:{_LEXEMES})"
    )
    found: list[_Token] = []
    place = 0
    while place < len(text):
        match = pattern.match(text, place)
        if match is None:
            if not text[place:].strip():
                break
            raise Unreadable(f"`{text[place:].strip()[:20]}` is not of the subset of VTL that is read")
        kind = match.lastgroup or ""
        found.append((kind, match[kind]))
        place = match.end()
    return found


@dataclass(slots=True)
class _Reader:
    """Reads tokens by descent: each level of binding calls the next."""

    tokens: list[_Token]
    names: Mapping[str, object]
    place: int = 0
    depth: int = 0

    def level(self, number: int) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST * len(_BINARY):
            raise Unreadable("it is nested too deeply")
        if number == _NEGATED and self._takes("not"):
            found = Node("not", (self.level(number),))
        elif number == len(_BINARY):
            found = self._signed()
        else:
            found = self._binary(number)
        self.depth -= 1
        return found

    def _binary(self, number: int) -> Node:
        found = self.level(number + 1)
        while (operation := _BINARY[number].get(self._next())) is not None:
            self.place += 1
            other = self._set() if operation in {"in", "not_in"} else self.level(number + 1)
            found = Node(operation, (found, other))
        return found

    def _set(self) -> Node:
        self._needs("{")
        members = [self.level(3)]
        while self._takes(","):
            members.append(self.level(3))
        self._needs("}")
        return Node("set", tuple(members))

    def _signed(self) -> Node:
        if self._takes("-"):
            return Node("-", (Node("number", value="0"), self.level(len(_BINARY))))
        if self._takes("+"):
            return self.level(len(_BINARY))
        return self._operand()

    def _operand(self) -> Node:
        if self._takes("("):
            found = self.level(0)
            self._needs(")")
            return found
        if self._takes("if"):
            condition = self.level(0)
            self._needs("then")
            then = self.level(0)
            self._needs("else")
            return Node("if", (condition, then, self.level(0)))
        if self.place >= len(self.tokens):
            raise Unreadable("it breaks off")
        kind, text = self.tokens[self.place]
        self.place += 1
        if kind in {"name", "number"}:
            return Node(kind, value=text)
        if kind == "text":
            return Node("text", value=text[1:-1])
        return self._word(text)

    def _word(self, text: str) -> Node:
        bare = text.strip("$")
        if bare in self.names:
            return Node("name", value=bare)
        if text.casefold() in _WORDS:
            return _WORDS[text.casefold()]
        if text.casefold() in FUNCTIONS and self._takes("("):
            return self._call(text.casefold())
        if self._next() == "(":
            raise Unreadable(f"`{text}` is no function that is read")
        if re.match(r"[$\w]", text):
            raise Unreadable(f"`{bare}` is no variable that it is said to use")
        raise Unreadable(f"`{text}` is not expected where it stands")

    def _call(self, name: str) -> Node:
        parts = [self.level(0)]
        while self._takes(","):
            if name == "cast":
                kind = self.tokens[self.place][1] if self.place < len(self.tokens) else ""
                self.place += 1
                parts.append(Node("type", value=kind.casefold()))
            else:
                parts.append(self.level(0))
        self._needs(")")
        least, most = FUNCTIONS[name]
        if not least <= len(parts) <= most:
            raise Unreadable(f"`{name}` has {len(parts)} arguments")
        return Node(name, tuple(parts))

    def _next(self) -> str:
        kind, text = self.tokens[self.place] if self.place < len(self.tokens) else ("", "")
        return text.casefold() if kind in {"word", "sign"} else ""

    def _takes(self, text: str) -> bool:
        there = self._next() == text
        self.place += there
        return there

    def _needs(self, text: str) -> None:
        if not self._takes(text):
            raise Unreadable(f"`{text}` is missing")
