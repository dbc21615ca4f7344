"""Turns expat's events of an SDMX-ML data message into items, as the layout of the message says."""

import re
from collections import deque
from typing import TYPE_CHECKING

from semstat.interop.formats.dataset import Kept
from semstat.interop.formats.sdmx.ml_cell import Cell
from semstat.interop.formats.sdmx.ml_header import Declaration, Node, Tree, action_of, declarations_of
from semstat.interop.formats.sdmx.ml_items import Finding, GroupElement, Halt, Item, footer_findings, unknown_action
from semstat.interop.formats.sdmx.ml_layout import ANY, KEPT_RAW, Begin, End, Layout, place_of, unforeseen
from semstat.interop.formats.sdmx.ml_raw import Raw
from semstat.interop.formats.sdmx.ml_records import MOST_NAMES, Collector, Element, Owner
from semstat.interop.safety import MAX_XML_ATTRIBUTES

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

    from semstat.interop.formats.sdmx.ml_nesting import Nest

__all__ = ["Events"]

_FLUSH = 25_000
_OBSERVED = frozenset({"dataset", "series"})
_STEPS_KEPT = 1000
_MOST_KEPT = 1 << 20
"""Characters of XML that are kept of one dataset."""
_INTERLEAVING = re.compile("/v3_[0-9]/")
"""Versions in which groups and attributes of the dataset may stand anywhere among series and observations."""


class Events:
    """The handlers of one message. Their state is a stack of contexts, one per open element.

    Args:
        depth: How deep elements may nest.
        layout: What the elements of the message mean.
    """

    def __init__(self, depth: int, layout: Layout) -> None:
        self.items: deque[Item] = deque()
        self.collector = Collector()
        self.interleaves = layout.interleaves
        self.context: list[str] = ["document"]
        self.owners: list[Owner] = []
        """The elements being read, to whose values the elements inside them add."""
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
        self.observed = 0
        """How many observations of the open dataset are no longer in the collector."""
        self.declarations: dict[str, Declaration] = {}
        self.action: str | None = None
        self.header: Node | None = None
        self.at_observation = ""
        """The dimension at the observation, where the layout asks for it."""
        self.cell = Cell()
        self.group: GroupElement | None = None
        self.nest: Nest | None = None
        self.opening: tuple[Element, int] | None = None
        """A dataset that has begun, and has not said yet what it refers to: its attributes and its line."""
        self._depth = depth
        self._steps: dict[tuple[str, str], tuple[str, Begin | None]]
        self._end: dict[str, End]
        self._read_by(layout)
        self.following: deque[Layout] = deque()
        """What the elements of the datasets after the first mean, where they are of several layouts."""
        self._tree = Tree()
        self._raw: Raw | None = None
        self._kept = ("", "", 0)
        self._room = _MOST_KEPT

    def attach(self, parser: "XMLParserType", *, shift: int = 0, first: int = 0, column: int = 0) -> None:
        """Listen to a parser; add ``shift`` to its line numbers, and ``column`` to columns of its line ``first``."""
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.StartDoctypeDeclHandler = self._doctype
        self.parser, self._shift, self._first, self._column = parser, shift, first, column

    def stand(self, series: Owner | None, *, had_observations: bool) -> None:
        """Stand between two elements of the dataset, or of the series that is given."""
        self.context = ["document", "message", "dataset"] + (["series"] if series else [])
        self.owners = [series] if series else []
        self.collector = Collector()
        self.collector.resume(series, had_observations=had_observations)
        self.index = -1

    def place(self, line: int, column: int) -> tuple[int, int]:
        """Return a place in the message, counted from 1, for one that the parser gives."""
        return line + self._shift, column + 1 + (self._column if line == self._first else 0)

    def start(self, name: str, attributes: Element) -> None:
        """An element begins."""
        context = self.context[-1]
        if len(attributes) > 2 * MAX_XML_ATTRIBUTES:
            raise Halt(self.finding("IO107", f"an element has more than {MAX_XML_ATTRIBUTES} attributes"))
        if len(self.context) > self._depth:
            raise Halt(self.finding("IO107", f"elements nest deeper than the limit of {self._depth}"))
        opened, begin = self._steps.get((context, name)) or self._step(context, name)
        self.context.append((begin(self, name, attributes) if begin else None) or opened)

    def end(self, name: str) -> None:
        """An element ends."""
        context = self.context.pop()
        finish = self._end.get(context)
        if finish is not None:
            finish(self)
        elif context == "raw":
            self._end_raw(name)
        if self.context[-1] in _OBSERVED:
            self.index = self.parser.CurrentByteIndex
            self.ended = name.rpartition(" ")[2]

    def flush(self, *, force: bool = False) -> None:
        """Hand on the records gathered so far, if they are many or ``force`` is set, and no element is half read."""
        due = len(self.collector.rows) >= _FLUSH and self.context[-1] in _OBSERVED and not self.collector.grows
        if due or force:
            self.records_seen |= self.collector.used
            records = self.collector.take()
            self.observed += len(records.lines)
            self.items.append(records)
            if records.names:
                text = f"the dataset states {records.names} components, more than the limit of {MOST_NAMES}"
                raise Halt(self.finding("IO107", text))

    @property
    def line(self) -> int:
        """The line on which the element at hand begins."""
        return self.parser.CurrentLineNumber + self._shift

    @property
    def before(self) -> int:
        """How many observations of the dataset stand before the element at hand."""
        return self.observed + len(self.collector.rows)

    def finding(self, rule: str, message: str, path: str | None = None) -> Finding:
        """Return a finding at the element at hand."""
        line, column = self.place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber)
        return Finding(rule, message, line, column, path)

    def report(self, rule: str, message: str, path: str | None = None) -> None:
        """Hand on a finding at the element at hand."""
        self.items.append(self.finding(rule, message, path))

    def own(self, values: Element) -> Owner:
        """Begin to read the values of the element at hand."""
        owner: Owner = (values, self.line, [])
        self.owners.append(owner)
        return owner

    def begin_text(self) -> None:
        """Gather the text of the element at hand in the cell, until :meth:`end_text`."""
        self.cell.texts, self.cell.languages = [""], []
        self.parser.CharacterDataHandler = self._text

    def end_text(self) -> list[str]:
        """Return the texts gathered, the element's own first."""
        self.parser.CharacterDataHandler = None
        return self.cell.texts

    def is_late(self, local: str, what: str) -> bool:
        """Report an element that stands after series or observations, if the standard does not allow that."""
        late = not self.interleaves and (self.records_seen or self.collector.used)
        if late:
            self.report("IO108", f"`{local}` stands after series or observations; it {what}", local)
        return late

    def _text(self, text: str) -> None:
        # Blanks between texts belong to the value itself, which counts only where it has no texts.
        self.cell.texts[-1 if self.context[-1] == "text" else 0] += text

    def begin_markup(self, name: str, _attributes: Element) -> None:
        """An element begins inside a text: its text is read, the markup is not."""
        if not self.cell.marked:
            self.cell.marked = True
            message = f"the markup in a text of `{self.cell.component}` is not interpreted, only its text is"
            self.report("IO114", message, name.rpartition(" ")[2])

    def _doctype(self, name: str, *_: object) -> None:
        raise Halt(self.finding("IO102", f"the document type declaration of `{name}` is refused"))

    def _step(self, context: str, name: str) -> tuple[str, Begin | None]:
        """Return what an element opens in a context and what happens then, and remember it."""
        local = name.rpartition(" ")[2]
        if context in _INSIDE:
            return context, _INSIDE[context]
        if context == "document":
            return "message", Events._begin_message
        opened = self.layout.steps.get((context, local)) or (
            None if local in KEPT_RAW else self.layout.steps.get((context, ANY))
        )
        if opened is None:
            rule, message = unforeseen(context, local)
            self.report(rule, message, local)
            if rule != "IO114":
                return "skip", None
            self._raw, self._kept = Raw(self._room), (local, place_of(context), self.line)
            self.parser.CharacterDataHandler = self._raw.text
            return "raw", Events._begin_raw
        begin = _BEGIN.get(opened) or self.layout.begin.get(opened)
        if len(self._steps) < _STEPS_KEPT:
            self._steps[context, name] = opened, begin
        return opened, begin

    def _begin_message(self, name: str, _attributes: Element) -> None:
        self.root_line = self.line
        self.interleaves |= _INTERLEAVING.search(name) is not None
        self.tags.append(self.parser.GetInputContext() or b"")

    def _begin_tree(self, name: str, attributes: Element) -> None:
        self.header_seen |= name.endswith("Header")
        self._tree.start(name, attributes, self.line)
        self.parser.CharacterDataHandler = self._tree.text

    def _end_tree(self) -> None:
        node = self._tree.end()
        if node is None:
            return
        self.parser.CharacterDataHandler = None
        if node.local == "Header":
            self.header = node
            self.declarations = declarations_of(node)
            self.action, line = action_of(node)
            self.items += unknown_action(self.action, line)
            return
        self.items += footer_findings(node)

    def _begin_raw(self, name: str, attributes: Element) -> None:
        assert self._raw is not None
        self._raw.start(name, attributes)

    def _end_raw(self, name: str) -> None:
        assert self._raw is not None
        xml = self._raw.end(name)
        if xml is not None:
            self.parser.CharacterDataHandler = None
            self._room -= len(xml)
            self.items.append(Kept(*self._kept, xml))

    def begin_dataset(self) -> None:
        """A dataset begins; the layout says what it refers to."""
        self.dataset_seen, self.records_seen, self.observed = True, False, 0
        self._room = _MOST_KEPT
        self.tags.append(self.parser.GetInputContext() or b"")
        self.index, self.ended = self.parser.CurrentByteIndex, ""

    def begin_series(self, values: Element) -> Owner:
        """A series begins."""
        series = self.own(values)
        self.collector.begin_series(series)
        self.index, self.ended = self.parser.CurrentByteIndex, ""
        return series

    def begin_observation(self, values: Element) -> None:
        """An observation begins."""
        line = self.parser.CurrentLineNumber + self._shift
        owner: Owner = (values, line, [])
        self.collector.observe(*owner)
        self.owners.append(owner)

    def end_observation(self) -> None:
        """An observation ends."""
        self.owners.pop()
        if len(self.collector.rows) >= _FLUSH:
            self.flush(force=True)

    def end_series(self) -> None:
        """A series ends."""
        self.collector.end_series()
        self.owners.pop()

    def end_dataset(self) -> None:
        """A dataset ends."""
        self.flush(force=True)
        del self.tags[1:]
        if self.following:
            self._read_by(self.following.popleft())

    def _read_by(self, layout: Layout) -> None:
        self.layout, self._steps = layout, {}
        self._end = {"tree": Events._end_tree, "dataset": Events.end_dataset, **layout.end}


_BEGIN: dict[str, Begin] = {"tree": Events._begin_tree}
_INSIDE: dict[str, Begin | None] = {
    "tree": Events._begin_tree,
    "raw": Events._begin_raw,
    "skip": None,
    "text": Events.begin_markup,
}
"""Contexts whose elements stay in them, whatever they are called."""
