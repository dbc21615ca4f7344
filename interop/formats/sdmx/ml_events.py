"""Turns expat's events of an SDMX-ML structure-specific data message into items."""

from collections import deque
from typing import TYPE_CHECKING

from semstat.interop.formats.sdmx.ml_grammar import STEPS, unforeseen
from semstat.interop.formats.sdmx.ml_header import Declaration, Tree, action_of, declarations_of
from semstat.interop.formats.sdmx.ml_items import (
    DataSetAttributes,
    DataSetStart,
    Finding,
    GroupElement,
    Item,
    footer_findings,
    unknown_action,
)
from semstat.interop.formats.sdmx.ml_records import Collector, Element, attribute, unqualified
from semstat.interop.safety import MAX_XML_ATTRIBUTES
from semstat.validators.observations import PART_SEPARATOR

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

__all__ = ["XSI_TYPE", "Events", "Halt"]

XSI_TYPE = "http://www.w3.org/2001/XMLSchema-instance type"
_FLUSH = 100_000
_OBSERVED = frozenset({"dataset", "series"})


class Halt(Exception):
    """The message cannot be read any further; carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class Events:
    """The handlers of one message. Their state is a stack of contexts, one per open element.

    Args:
        depth: How deep elements may nest.
    """

    def __init__(self, depth: int) -> None:
        self.items: deque[Item] = deque()
        self.collector = Collector()
        self.context: list[str] = ["document"]
        self.tags: list[bytes] = []
        """What begins with the start tags of the root and of the open dataset, as they stand in the message."""
        self.index = 0
        """Where the last element that may end a block began or ended, in bytes as the parser counts them."""
        self.ended = ""
        """The local name of the element that ended at ``index``; empty if one began there."""
        self.root_line: int | None = None
        self.header_seen = self.dataset_seen = False
        self.records_seen = False
        """Whether the open dataset has had a series or an observation that is no longer in the collector."""
        self._depth = depth
        self._declarations: dict[str, Declaration] = {}
        self._action: str | None = None
        self._owners: list[Element] = []
        self._tree = Tree()
        self._component = ""
        self._values: list[str] = []
        self._texts: list[str] = []

    def attach(self, parser: "XMLParserType", *, shift: int = 0, first: int = 0, column: int = 0) -> None:
        """Listen to a parser; add ``shift`` to its line numbers, and ``column`` to columns of its line ``first``."""
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.StartDoctypeDeclHandler = self._doctype
        self._parser, self._shift, self._first, self._column = parser, shift, first, column

    def stand(self, series: tuple[Element, int] | None, *, had_observations: bool) -> None:
        """Stand between two elements of the dataset, or of the series that is given."""
        self.context = ["document", "message", "dataset"] + (["series"] if series else [])
        self._owners = [series[0]] if series else []
        self.collector = Collector()
        self.collector.resume(series, had_observations=had_observations)
        self.index = -1

    def place(self, line: int, column: int) -> tuple[int, int]:
        """Return a place in the message, counted from 1, for one that the parser gives."""
        return line + self._shift, column + 1 + (self._column if line == self._first else 0)

    def start(self, name: str, attributes: Element) -> None:
        """An element begins."""
        context = self.context[-1]
        if name == "Obs" and context in _OBSERVED:
            self.collector.observe(attributes, self._parser.CurrentLineNumber + self._shift)
            self._owners.append(attributes)
            self.context.append("obs")
            return
        if len(attributes) > 2 * MAX_XML_ATTRIBUTES:
            raise Halt(self._finding("IO107", f"an element has more than {MAX_XML_ATTRIBUTES} attributes"))
        if len(self.context) > self._depth:
            text = f"elements nest deeper than the limit of {self._depth}"
            raise Halt(self._finding("IO107", text))
        if context == "tree":
            self._tree.start(name, attributes, self._line)
            self.context.append("tree")
            return
        local = name.rpartition(" ")[2]
        opened = "message" if context == "document" else STEPS.get((context, local))
        if opened is None:
            opened = "text" if context == "text" else self._unforeseen(context, local)
        begin = _BEGIN.get(opened)
        self.context.append((begin(self, name, attributes) if begin else None) or opened)

    def end(self, name: str) -> None:
        """An element ends."""
        context = self.context.pop()
        finish = _END.get(context)
        if finish is not None:
            finish(self)
        if self.context[-1] in _OBSERVED:
            self.index = self._parser.CurrentByteIndex
            self.ended = name.rpartition(" ")[2]

    def flush(self, *, force: bool = False) -> None:
        """Hand on the records gathered so far, if they are many or ``force`` is set, and no element is half read."""
        due = len(self.collector.rows) >= _FLUSH and self.context[-1] in _OBSERVED
        if due or force:
            self.records_seen |= self.collector.used
            self.items.append(self.collector.take())

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber + self._shift

    def _finding(self, rule: str, message: str, path: str | None = None) -> Finding:
        line, column = self.place(self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber)
        return Finding(rule, message, line, column, path)

    def _doctype(self, name: str, *_: object) -> None:
        raise Halt(self._finding("IO102", f"the document type declaration of `{name}` is refused"))

    def _unforeseen(self, context: str, local: str) -> str:
        if context != "skip":
            rule, message = unforeseen(context, local)
            self.items.append(self._finding(rule, message, local))
        return "skip"

    # What happens when a context opens; a result replaces the context.

    def _begin_message(self, _name: str, _attributes: Element) -> None:
        self.root_line = self._line
        self.tags.append(self._parser.GetInputContext() or b"")

    def _begin_tree(self, name: str, attributes: Element) -> None:
        self.header_seen |= name.endswith("Header")
        self._tree.start(name, attributes, self._line)
        self._parser.CharacterDataHandler = self._tree.text

    def _begin_dataset(self, _name: str, attributes: Element) -> None:
        self.dataset_seen, self.records_seen = True, False
        self.tags.append(self._parser.GetInputContext() or b"")
        self.index, self.ended = self._parser.CurrentByteIndex, ""
        stated = dict.fromkeys(("structureRef", "action"))
        for i in range(0, len(attributes), 2):
            local = attributes[i].rpartition(" ")[2]
            # ``action`` is qualified in the schemas; many writers leave the prefix out. No component is called so.
            if local in stated and (" " in attributes[i] or local == "action"):
                stated[local] = attributes[i + 1]
        own = unqualified(attributes, but=("action",))
        reference = stated["structureRef"]
        declaration = self._declarations.get(reference or "")
        action = (stated["action"] or "").strip() or None
        self.items.append(DataSetStart(reference, declaration, action or self._action, own, self._line))
        self.items += unknown_action(action, self._line)

    def _begin_series(self, _name: str, attributes: Element) -> None:
        self.collector.begin_series(attributes, self._line)
        self._owners.append(attributes)
        self.index, self.ended = self._parser.CurrentByteIndex, ""

    def _begin_obs(self, _name: str, attributes: Element) -> None:
        self.collector.observe(attributes, self._line)
        self._owners.append(attributes)

    def _begin_group(self, _name: str, attributes: Element) -> None:
        kind = attribute(attributes, XSI_TYPE) or attribute(attributes, "type")
        own = unqualified(attributes, but=("type",))
        self._owners.append(own)
        late = self._is_late("Group", "is a record of its own")
        self._group = GroupElement(kind.rpartition(":")[2] if kind else None, own, self._line, late)

    def _begin_atts(self, _name: str, attributes: Element) -> str | None:
        if self._is_late("Atts", "is passed over"):
            return "skip"
        self._owners.append(unqualified(attributes))
        return None

    def _is_late(self, local: str, what: str) -> bool:
        """Report an element that stands after series or observations, which the standard does not allow."""
        late = self.records_seen or self.collector.used
        if late:
            self.items.append(
                self._finding("IO108", f"`{local}` stands after series or observations; it {what}", local)
            )
        return late

    def _begin_comp(self, _name: str, attributes: Element) -> str | None:
        self._component = attribute(attributes, "id") or ""
        self._values = []
        after = self.context[-1] == "series" and self.collector.had_observations
        if self._component and not after:
            return None
        what = "stands after its series' observations" if after else "has no id"
        self.items.append(self._finding("IO108", f"a `Comp` {what}; it is passed over", "Comp"))
        return "skip"

    def _begin_value(self, _name: str, _attributes: Element) -> None:
        self._texts = [""]
        self._parser.CharacterDataHandler = self._value_text

    def _begin_text(self, _name: str, _attributes: Element) -> None:
        if self.context[-1] == "value":
            self._texts.append("")

    def _value_text(self, text: str) -> None:
        # Blanks between texts belong to the value itself, which counts only where it has no texts.
        self._texts[-1 if self.context[-1] == "text" else 0] += text

    # What happens when a context closes.

    def _end_tree(self) -> None:
        node = self._tree.end()
        if node is None:
            return
        self._parser.CharacterDataHandler = None
        if node.local == "Header":
            self._declarations = declarations_of(node)
            self._action, line = action_of(node)
            self.items += unknown_action(self._action, line)
            return
        self.items += footer_findings(node)

    def _end_dataset(self) -> None:
        self.flush(force=True)
        del self.tags[1:]

    def _end_series(self) -> None:
        self.collector.end_series()
        self._owners.pop()

    def _end_owner(self) -> None:
        self._owners.pop()

    def _end_group(self) -> None:
        # Only now, because a Comp inside adds to its attributes.
        self._owners.pop()
        self.items.append(self._group)

    def _end_atts(self) -> None:
        self.items.append(DataSetAttributes(self._owners.pop()))

    def _end_comp(self) -> None:
        self._owners[-1] += [self._component, PART_SEPARATOR.join(self._values)]

    def _end_value(self) -> None:
        self._parser.CharacterDataHandler = None
        self._values += self._texts[1:] or self._texts


_BEGIN = {
    "message": Events._begin_message,
    "tree": Events._begin_tree,
    "dataset": Events._begin_dataset,
    "series": Events._begin_series,
    "obs": Events._begin_obs,
    "group": Events._begin_group,
    "atts": Events._begin_atts,
    "comp": Events._begin_comp,
    "value": Events._begin_value,
    "text": Events._begin_text,
}
_END = {
    "tree": Events._end_tree,
    "dataset": Events._end_dataset,
    "series": Events._end_series,
    "obs": Events._end_owner,
    "group": Events._end_group,
    "atts": Events._end_atts,
    "comp": Events._end_comp,
    "value": Events._end_value,
}
