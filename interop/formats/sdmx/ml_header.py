"""The header and footer of an SDMX-ML data message: which structures it declares, and what its footer says."""

import re
from dataclasses import dataclass, field

from semstat.interop.formats.dataset import StructureRef
from semstat.interop.formats.sdmx.ml_records import Element
from semstat.validators.diagnostics import Severity

__all__ = ["ACTIONS", "Declaration", "Node", "Tree", "action_of", "declarations_of", "footer_messages"]

ACTIONS = ("Append", "Replace", "Delete", "Information", "Merge")
"""What may be done with a dataset: ``ActionType`` of SDMXCommon.xsd 2.1 and 3.0."""

_URN = re.compile(
    r"urn:sdmx:org\.sdmx\.infomodel\.[a-z]+\.(?P<kind>\w+)=(?P<agency>[^:\s]+):(?P<id>[^():\s]+)(?:\((?P<version>[^)]*)\))?"
)
_KINDS = {
    "Structure": "DataStructure",
    "StructureUsage": "Dataflow",
    "ProvisionAgreement": "ProvisionAgreement",
    # The spelling of the 2.1 schema.
    "ProvisionAgrement": "ProvisionAgreement",
}
_SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING}


@dataclass(slots=True)
class Node:
    """An element of the header or footer with all that it holds; names are ``namespace local``, or ``local``."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list["Node"] = field(default_factory=list)
    text: str = ""

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition(" ")[2]

    def all(self, local: str) -> list["Node"]:
        """Return the children with a local name."""
        return [child for child in self.children if child.local == local]


class Tree:
    """Builds a :class:`Node` from a parser's events."""

    def __init__(self) -> None:
        self._open: list[Node] = []

    def start(self, name: str, attributes: Element, line: int) -> None:
        """An element begins."""
        node = Node(name, dict(zip(attributes[::2], attributes[1::2], strict=True)), line)
        if self._open:
            self._open[-1].children.append(node)
        self._open.append(node)

    def text(self, text: str) -> None:
        """Text of the element that began last and has not ended."""
        self._open[-1].text += text

    def end(self) -> Node | None:
        """Return the root if it is what ends here, else ``None``."""
        node = self._open.pop()
        return None if self._open else node


@dataclass(frozen=True, slots=True)
class Declaration:
    """A structure that the header declares for datasets to refer to."""

    id: str
    reference: StructureRef | None
    dimension_at_observation: str | None
    explicit_measures: bool


def declarations_of(header: Node) -> dict[str, Declaration]:
    """Return the structures that a header declares, by ``structureID``.

    Source:
        SDMX 2.1 and 3.0 Section 3A, *Header*: ``Structure`` with ``Structure``, ``StructureUsage`` or
        ``ProvisionAgreement`` inside (2.1: ``ProvisionAgrement``), as ``Ref`` or URN.
    """
    found = {}
    for node in header.all("Structure"):
        identifier = node.attributes.get("structureID", "")
        found[identifier] = Declaration(
            identifier,
            next((reference for child in node.children if (reference := _reference(child)) is not None), None),
            (node.attributes.get("dimensionAtObservation") or "").strip()
            or None,  # white space around a name is none of it
            node.attributes.get("explicitMeasures") in ("true", "1"),
        )
    return found


def _reference(node: Node) -> StructureRef | None:
    kind = _KINDS.get(node.local)
    if kind is None:
        return None
    for ref in node.all("Ref"):
        agency, identifier = ref.attributes.get("agencyID"), ref.attributes.get("id")
        if agency and identifier:
            # SDMX 2.1: an absent version means 1.0.
            return StructureRef(kind, agency, identifier, ref.attributes.get("version", "1.0"))
    for text in (node.text, *(child.text for child in node.all("URN"))):
        match = _URN.match(text.strip())
        if match:
            named = match["kind"] if match["kind"] in _KINDS.values() else kind
            return StructureRef(named, match["agency"], match["id"], match["version"])
    return None


def action_of(header: Node) -> tuple[str | None, int]:
    """Return the action that the header states for all datasets, and the line that it stands on."""
    return next(((node.text.strip() or None, node.line) for node in header.all("DataSetAction")), (None, header.line))


def footer_messages(footer: Node) -> list[tuple[str, int, Severity, str | None]]:
    """Return the messages of a footer: text, line, severity, code; an unknown severity counts as information.

    The element of an error message is such a message itself, and an error.
    """
    error = Severity.ERROR if footer.local == "ErrorMessage" else Severity.INFO
    return [
        (
            " ".join(" ".join(text.text for text in node.children).split()),
            node.line,
            _SEVERITIES.get(node.attributes.get("severity", "").lower(), error),
            node.attributes.get("code"),
        )
        for node in (footer.all("Message") if footer.local == "Footer" else [footer])
    ]
