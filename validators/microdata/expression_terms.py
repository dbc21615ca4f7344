"""From an expression to a condition on rows: every cell is read as number, as text or as a code, as its use demands.

A cell that is compared with a constant is compared as a code, however it is spelt: ``1``, ``01`` and ``1.0`` are one. Where it
is counted with, values that are declared missing have no number.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from semstat.validators.microdata.conventions import set_apart
from semstat.validators.microdata.described_files import DescribedVariable
from semstat.validators.microdata.expressions import Node, Unreadable
from semstat.validators.microdata.patterns import any_of, is_number
from semstat.validators.microdata.row_terms import Term
from semstat.validators.microdata.value_shapes import is_numeric

__all__ = ["Cells", "kind_of", "missing_pattern"]

_TRUTHS = frozenset(
    {"and", "or", "xor", "not", "=", "<>", "<", "<=", ">", ">=", "in", "not_in", "between", "isnull", "truth"}
)
_NUMBERS = frozenset({"number", "+", "-", "*", "/", "abs", "floor", "ceil", "mod", "length"})
_TEXTS = frozenset({"text", "||", "substr", "upper", "lower", "trim"})
_CASTS = {"integer": "number", "number": "number", "float": "number", "string": "text", "boolean": "truth"}
_ARITHMETIC = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}
_UNKNOWN = Term("unknown")
_TRUE = ("1", "true", "TRUE", "True")
_FALSE = ("0", "false", "FALSE", "False")


def kind_of(node: Node) -> str:
    """Return what a node yields: ``truth``, ``number``, ``text``, ``null``, or ``cell``, which is read as its use demands."""
    if node.operation in _TRUTHS:
        return "truth"
    if node.operation in _NUMBERS:
        return "number"
    if node.operation in _TEXTS:
        return "text"
    if node.operation == "cast":
        return _CASTS.get(node.parts[1].value, "text")
    if node.operation in {"nvl", "if"}:
        found = [kind for part in node.parts[-2:] if (kind := kind_of(part)) != "null"]
        return "cell" if "cell" in found else found[0] if found else "null"
    return {"name": "cell", "null": "null"}[node.operation]


def missing_pattern(variable: DescribedVariable) -> str:
    """Return the expression of the values of a variable that are declared missing.

    Raises:
        Unreadable: a range of values is declared missing, which no expression tells.
    """
    apart = set_apart(variable, declared=True)
    if apart is None or float(apart.low.replace("INF", "inf")) <= float(apart.high.replace("INF", "inf")):
        raise Unreadable(f"`{variable.name}` has a range of missing values, which no expression tells apart")
    return apart.pattern


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a row that an expression names: for each name its place, from 1, and its variable."""

    of: Mapping[str, tuple[int, DescribedVariable]]

    def truth(self, node: Node) -> Term:
        """Return a node as a condition.

        Raises:
            Unreadable: it is none.
        """
        known = _AS_TRUTH.get(node.operation)
        if known is not None:
            return known(self, node)
        if node.operation in _COMPARED:
            return self._compared(node)
        if node.operation == "name":
            place = str(self.of[node.value][0])
            return Term(
                "choose",
                (
                    Term("cell-matches", (place, any_of(_TRUE))),
                    Term("true"),
                    Term("choose", (Term("cell-matches", (place, any_of(_FALSE))), Term("false"), _UNKNOWN)),
                ),
            )
        return self._either(node, self.truth, "a condition")

    def number(self, node: Node) -> Term:
        """Return a node as a number.

        Raises:
            Unreadable: it is none.
        """
        if node.operation == "number":
            return Term("number", (node.value,))
        if node.operation == "text" and is_number(node.value):
            return Term("number", (node.value.strip(),))
        if node.operation == "name":
            place, variable = self.of[node.value]
            return Term("cell-number", (str(place), missing_pattern(variable)))
        if node.operation in _ARITHMETIC:
            return Term(_ARITHMETIC[node.operation], tuple(map(self.number, node.parts)))
        if node.operation in {"abs", "floor", "ceil", "mod", "length"}:
            return self._computed(node)
        if node.operation == "cast" and kind_of(node) == "number" and kind_of(node.parts[0]) == "text":
            return Term("parse", (self.text(node.parts[0]),))
        return self._either(node, self.number, "a number")

    def _computed(self, node: Node) -> Term:
        if node.operation == "length":
            return Term("length", (self.text(node.parts[0]),))
        first, *others = map(self.number, node.parts)
        if node.operation != "mod":
            return Term(node.operation, (first,))
        whole = Term("floor", (Term("divide", (first, others[0])),))
        return Term("subtract", (first, Term("multiply", (others[0], whole))))

    def text(self, node: Node) -> Term:
        """Return a node as text.

        Raises:
            Unreadable: it is none; how a number that was computed is written is left open.
        """
        if node.operation in {"text", "number"}:
            return Term("text", (node.value,))
        if node.operation == "name":
            return Term("cell-text", (str(self.of[node.value][0]),))
        if node.operation == "||":
            return Term("join", tuple(map(self.text, node.parts)))
        if node.operation in {"upper", "lower"}:
            return Term(node.operation, (self.text(node.parts[0]),))
        if node.operation == "substr":
            return Term("substring", (self.text(node.parts[0]), *map(self.number, node.parts[1:])))
        if node.operation == "trim":
            return self.text(node.parts[0])
        if node.operation == "cast" and kind_of(node.parts[0]) in {"number", "truth"}:
            raise Unreadable("how a number is cast to text is left open")
        return self._either(node, self.text, "text")

    def _either(self, node: Node, read: Callable[[Node], Term], what: str) -> Term:
        if node.operation == "null":
            return _UNKNOWN
        if node.operation == "nvl":
            return Term("first", tuple(map(read, node.parts)))
        if node.operation == "if":
            return Term("choose", (self.truth(node.parts[0]), read(node.parts[1]), read(node.parts[2])))
        if node.operation == "cast" and node.parts[1].value in _CASTS:
            return read(node.parts[0])
        said = f"`{node.value}`" if node.value else f"what `{node.operation}` yields"
        raise Unreadable(f"{said} stands where {what} is expected")

    def _compared(self, node: Node) -> Term:
        left, right = node.parts
        if "null" in {kind_of(left), kind_of(right)}:
            return _UNKNOWN
        if node.operation in {"<", "<=", ">", ">="}:
            return self._ordered(node.operation, left, right)
        same = self._same(left, right)
        return same if node.operation == "=" else Term("not", (same,))

    def _ordered(self, operation: str, left: Node, right: Node) -> Term:
        as_text = any(kind_of(part) == "text" and not is_number(part.value or "x") for part in (left, right))
        read = self.text if as_text else self.number
        first, second = (left, right) if operation.startswith("<") else (right, left)
        return Term("least" if operation.endswith("=") else "less", (read(first), read(second)))

    def _same(self, left: Node, right: Node) -> Term:
        if left.operation in {"number", "text"}:
            left, right = right, left
        kinds = {kind_of(left), kind_of(right)}
        if right.operation in {"number", "text"} and "cell" in kinds:
            return self._coded(left, right.value)
        if "truth" in kinds:
            return Term("equal", (self.truth(left), self.truth(right)))
        read = self.number if "number" in kinds or (kinds == {"cell"} and self._counted(left, right)) else self.text
        return Term("equal", (read(left), read(right)))

    def _counted(self, *nodes: Node) -> bool:
        return all(node.operation == "name" and is_numeric(self.of[node.value][1]) for node in nodes)

    def _coded(self, node: Node, code: str) -> Term:
        """Return whether a node has a code, as which a constant is taken; without text it has none."""
        if node.operation == "name":
            return Term("cell-matches", (str(self.of[node.value][0]), any_of([code])))
        if node.operation in {"text", "number"}:
            return Term("true" if node.value.strip() == code.strip() else "false")
        return self._either(node, lambda part: self._coded(part, code), "a code")

    def among(self, node: Node) -> Term:
        """Return whether a node is one of a set."""
        one, members = node.parts
        found = self._same(one, members.parts[0])
        for member in members.parts[1:]:
            found = Term("or", (found, self._same(one, member)))
        return found if node.operation == "in" else Term("not", (found,))

    def between(self, node: Node) -> Term:
        """Return whether a node lies between two others, these included."""
        one, low, high = node.parts
        return Term("and", (self._ordered("<=", low, one), self._ordered("<=", one, high)))

    def present(self, node: Node) -> Term:
        """Return whether a node has a value."""
        if node.operation == "name":
            return Term("cell-present", (str(self.of[node.value][0]),))
        read = {"truth": self.truth, "number": self.number}.get(kind_of(node), self.text)
        return Term("known", (read(node),))


def _both(operation: str) -> Callable[[Cells, Node], Term]:
    return lambda cells, node: Term(operation, tuple(map(cells.truth, node.parts)))


def _xor(cells: Cells, node: Node) -> Term:
    one, other = map(cells.truth, node.parts)
    return Term("not", (Term("equal", (one, other)),))


_COMPARED = frozenset({"=", "<>", "<", "<=", ">", ">="})
_AS_TRUTH: Mapping[str, Callable[[Cells, Node], Term]] = {
    "and": _both("and"),
    "or": _both("or"),
    "not": _both("not"),
    "xor": _xor,
    "in": Cells.among,
    "not_in": Cells.among,
    "between": Cells.between,
    "isnull": lambda cells, node: Term("not", (cells.present(node.parts[0]),)),
    "truth": lambda _, node: Term(node.value),
}
