"""Findings about an SDMX-JSON message: each with line, column and JSON pointer, and the types that its parts must have."""

from typing import TypeVar

from semstat.interop.formats.findings import Findings
from semstat.interop.formats.json_values import JsonObject, JsonText, JsonValue, kind_of
from semstat.validators.diagnostics import Diagnostic, Severity

__all__ = ["JsonReport", "PlacedFindings", "pointer"]

T = TypeVar("T", bound=JsonObject | list[JsonValue] | str | int | bool)
_WORDS = {JsonObject: "an object", list: "an array", str: "a string", int: "an integer", bool: "a boolean"}


def pointer(*steps: str) -> str:
    """Return a JSON pointer that goes on from the first of these, which is one already.

    Source:
        RFC 6901.

    Example:
        >>> pointer("/data", "a/b", "0")
        '/data/a~1b/0'
    """
    head, *rest = steps
    return head + "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in rest)


class PlacedFindings(Findings):
    """Findings whose ``line`` is an offset in the text, which is turned to line and column."""

    def __init__(self, text: JsonText, into: list[Diagnostic]) -> None:
        super().__init__(text.origin, into)
        self._text = text

    def place(self, line: int | None, column: int | None) -> tuple[int | None, int | None]:
        """Return line and column of an offset."""
        return (line, column) if line is None else self._text.tokens.position(line)

    def take_over(self, found: list[Diagnostic]) -> None:
        """Take findings that were made elsewhere, which goes empty."""
        self.into.extend(found)
        found.clear()


class JsonReport:
    """Where the reader of a message puts what it finds."""

    def __init__(self, text: JsonText, findings: PlacedFindings) -> None:
        self.text, self.findings = text, findings

    def add(
        self,
        rule: str,
        message: str,
        place: int,
        path: str,
        *,
        value: str | None = None,
        expected: str | None = None,
        severity: Severity | None = None,
    ) -> None:
        """Add a finding at an offset, with the JSON pointer to what it is about."""
        self.findings.add(rule, message, line=place, path=path, value=value, expected=expected, severity=severity)

    def member(self, holder: JsonObject, name: str, kind: type[T], where: str) -> T | None:
        """Return a member that must be of some type; ``None`` where it is absent, null or of another type.

        Findings:
            IO117 for another type, IO118 for a name that stands twice.
        """
        value = holder.get(name)
        if value is None:
            return None
        if holder.repeated() and name in holder.repeated():
            place = self.text.member_place(holder, name, 1)
            message = f"the name `{name}` stands more than once in an object; the first of its values is used"
            self.add("IO118", message, place, pointer(where, name))
        if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            return value
        self.wrong_type(value, self.text.member_place(holder, name), pointer(where, name), _WORDS[kind])
        return None

    def objects(self, holder: JsonObject, name: str, where: str) -> list[JsonObject]:
        """Return a member that must be an array of objects, without what is none; places stay as they are.

        Findings:
            IO117, IO118.
        """
        entries = self.member(holder, name, list, where) or []
        for rank, item in enumerate(entries):
            if not isinstance(item, JsonObject):
                place = self.text.element_place(self.text.member_place(holder, name), rank)
                self.wrong_type(item, place, pointer(where, name, str(rank)), "an object")
        return [item if isinstance(item, JsonObject) else JsonObject([], -1) for item in entries]

    def wrong_type(self, value: JsonValue, place: int, path: str, expected: str) -> None:
        """Report a value that is of another type than it must be."""
        name = path.rsplit("/", 1)[1]
        shown = str(value) if isinstance(value, str | int) else None
        self.add("IO117", f"`{name}` is {kind_of(value)}, not {expected}", place, path, value=shown, expected=expected)
