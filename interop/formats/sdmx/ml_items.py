"""What the parsers of SDMX-ML data say, in the order of the message."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from semstat.interop.formats.dataset import Kept
from semstat.interop.formats.sdmx.ml_header import ACTIONS, Declaration, Node, footer_messages
from semstat.interop.formats.sdmx.ml_records import Element, Records
from semstat.validators.diagnostics import Severity
from semstat.validators.nearest import nearest_code

__all__ = [
    "DataSetAttributes",
    "DataSetStart",
    "Finding",
    "GroupElement",
    "Halt",
    "Item",
    "footer_findings",
    "unknown_action",
]


@dataclass(frozen=True, slots=True)
class DataSetStart:
    """A dataset begins. ``declaration`` is the header's, ``None`` when ``structure_ref`` is not declared there.

    ``declares``: datasets of this kind of message name what the header declares. Where they do not (SDMX-ML 2.0),
    ``declaration`` is what the dataset itself says, if anything. ``said`` is what its attributes
    say of the set as a whole.
    """

    structure_ref: str | None
    declaration: Declaration | None
    action: str | None
    attributes: Element
    line: int
    declares: bool = True
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DataSetAttributes:
    """Attributes that stand in an element of their own (``Atts`` of 3.x, ``Attributes`` of generic data), with its line.

    ``lines`` are those of the values, empty if all stand on the element's own; ``after`` counts the observations before.
    With values of dimensions among them they belong to a part of the dataset.
    """

    attributes: Element
    line: int
    lines: list[int]
    after: int = 0


@dataclass(frozen=True, slots=True)
class GroupElement:
    """A group: its type's local name, its attributes, its line, and the lines of its values, as of :data:`Owner`.

    ``late``: it stands after series or observations where the standard does not allow that, and is a record of its own.
    ``after`` counts the observations before it, to which it does not apply. ``spread``: its attributes stand in each of
    the series inside it already. ``typed``: its type must be one of the structure's groups.
    """

    type: str | None
    attributes: Element
    line: int
    late: bool = False
    lines: list[int] = field(default_factory=list)
    after: int = 0
    spread: bool = False
    typed: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to report in the tally of the dataset at this place of the message."""

    rule: str
    message: str
    line: int | None = None
    column: int | None = None
    path: str | None = None
    value: str | None = None
    expected: str | None = None
    nearest: str | None = None
    severity: Severity | None = None


class Halt(Exception):
    """The message cannot be read any further; carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


Item = DataSetStart | DataSetAttributes | GroupElement | Records | Finding | Kept


def footer_findings(footer: Node) -> list[Finding]:
    """Return what a footer says, or an error message: one IO111 for each message in it."""
    said = "the footer says" if footer.local == "Footer" else "the message is the error of a service"
    return [
        Finding("IO111", f"{said}: {text}" + (f" (code {code})" if code else ""), line, value=code, severity=grade)
        for text, line, grade, code in footer_messages(footer)
    ]


def unknown_action(action: str | None, line: int) -> list[Finding]:
    """Return DF014 for an action that the standard does not know; nothing for one that it knows, or for none.

    Source:
        SDMXCommon.xsd 2.1 and 3.0, ``ActionType``.
    """
    if action is None or action in ACTIONS:
        return []
    listed = ", ".join(ACTIONS)
    text = f"the action `{action}` is not one of {listed}; the records are read as observations"
    near = nearest_code(action, ACTIONS)
    return [Finding("DF014", text, line, path="action", value=action, expected=listed, nearest=near)]
