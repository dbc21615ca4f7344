"""The text of a real message, and where in it something is stated."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rdflib import Graph

from semstat.validators.structural import StructureView


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text states a component: the pattern of a statement (its value a group), of an observation, of the data."""

    statement: Callable[[str], str]
    observation: str
    data: str


def _in_generic(component: str) -> str:
    own = {"TIME_PERIOD": "ObsDimension", "OBS_VALUE": "ObsValue"}.get(component)
    valued = rf'<generic:Value id="{component}" value="([^"]*)"/>|<generic:Value value="([^"]*)" id="{component}"/>'
    return rf'{valued}|<generic:{own} value="([^"]*)"/>' if own else valued


LAYOUTS = {
    "specific": Layout(lambda name: rf'\s{name}="([^"]*)"', r"<Obs\b[^>]*/>", r"<[\w:]*DataSet\s"),
    "generic": Layout(_in_generic, r"<generic:Obs>.*?</generic:Obs>", r"<[\w:]*DataSet\s"),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """Where a value is stated: the span of the whole statement, of the value, and the line."""

    whole: tuple[int, int]
    value: tuple[int, int]
    line: int


_HOLDERS = ("Series>", "SeriesKey>", "ObsKey>", "Group ", "GroupKey>", "Obs>", "Attributes>")


@dataclass(frozen=True, slots=True)
class Message:
    """The text of a message that is right, and what its structure says."""

    text: str
    layout: str
    view: StructureView
    structure: str
    graph: Graph

    @property
    def start(self) -> int:
        """Where the data begin."""
        if self.layout == "csv":
            return self.text.index("\n") + 1
        found = re.search(LAYOUTS[self.layout].data, self.text)
        return found.start() if found else 0

    def line(self, place: int) -> int:
        """Return the line of a place, counted from 1."""
        return self.text.count("\n", 0, place) + 1

    def observations(self) -> list[tuple[int, int]]:
        """Return the spans of the observations, in order."""
        pattern = r"[^\n]+\n" if self.layout == "csv" else LAYOUTS[self.layout].observation
        return [found.span() for found in re.compile(pattern, re.DOTALL).finditer(self.text, self.start)]

    def stated(self, component: str, within: tuple[int, int] | None = None) -> Statement | None:
        """Return the first statement of a component that has a value, in the data or in a part of them."""
        begin, end = within or (self.start, len(self.text))
        if self.layout == "csv":
            return self._in_record(component, begin, end)
        pattern = re.compile(LAYOUTS[self.layout].statement(re.escape(component)))
        found = pattern.search(self.text, begin, end)
        if found is None:
            return None
        group = found.lastindex or 0
        element = self.text.rindex("<", 0, found.start() + 1)
        return Statement(found.span(), found.span(group), self.line(element))

    def all_stated(self, component: str, within: tuple[int, int] | None = None) -> Iterator[Statement]:
        """Yield every statement of a component that has a value, in order."""
        begin, end = within or (self.start, len(self.text))
        while (found := self.stated(component, (begin, end))) is not None:
            yield found
            begin = self.text.index("\n", found.whole[1]) + 1 if self.layout == "csv" else found.whole[1]

    def of_observations(self, component: str) -> Statement | None:
        """Return the first statement of a component that an observation or a series makes, not a group."""
        groups = ("<Group", "<generic:Group")
        return next(
            (place for place in self.all_stated(component) if not self.text.startswith(groups, self.holder(place)[0])),
            None,
        )

    def observation_after(self, place: Statement) -> int:
        """Return the line of the observation that a statement is in, or of the first one of its series."""
        if self.layout == "csv":
            return place.line
        tag = "<Obs " if self.layout == "specific" else "<generic:Obs>"
        if self.text.startswith("<Obs ", self.holder(place)[0]):
            return place.line
        inside = self.text.rfind(tag, 0, place.whole[0]) > self.text.rfind("</generic:Obs>", 0, place.whole[0])
        if self.layout == "generic" and inside:
            return self.line(self.text.rfind(tag, 0, place.whole[0]))
        return self.line(self.text.index(tag, place.whole[0]))

    def values(self, component: str) -> list[str]:
        """Return the values of a component, each once, in order."""
        if self.layout == "csv":
            columns = self.text[: self.start].rstrip().split(",")
            records = self.text[self.start :].splitlines() if component in columns else ()
            place = columns.index(component) if component in columns else 0
            found = (fields[place] for fields in (record.split(",") for record in records) if len(fields) > place)
        else:
            pattern = re.compile(LAYOUTS[self.layout].statement(re.escape(component)))
            found = (item[item.lastindex or 0] for item in pattern.finditer(self.text, self.start))
        return [value for value in dict.fromkeys(found) if value]

    def holder(self, place: Statement) -> tuple[int, int]:
        """Return the span of the element with its opening tag, or the record, that a statement stands in."""
        if self.layout == "csv":
            return self.text.rfind("\n", 0, place.whole[0]) + 1, self.text.index("\n", place.whole[1]) + 1
        if self.layout == "specific":
            return self.text.rfind("<", 0, place.whole[0] + 1), self.text.index(">", place.whole[1]) + 1
        begin = max(self.text.rfind(f"<generic:{name}", 0, place.whole[0] + 1) for name in _HOLDERS)
        name = re.compile(r"[\w:]+").match(self.text, begin + 1)
        closing = f"</{name[0]}>" if name else ">"
        return begin, self.text.index(closing, begin) + len(closing)

    def _in_record(self, component: str, begin: int, end: int) -> Statement | None:
        columns = self.text[: self.start].rstrip().split(",")
        for found in re.compile(r"[^\n]+").finditer(self.text, begin, end):
            if component not in columns:
                return None
            fields = found[0].split(",")
            before = columns.index(component)
            place = found.start() + sum(len(item) + 1 for item in fields[:before])
            if len(fields) > before and fields[before]:
                span = (place, place + len(fields[before]))
                return Statement(span, span, self.line(place))
        return None

    def replaced(self, span: tuple[int, int], text: str) -> str:
        """Return the text with a span of it replaced."""
        return self.text[: span[0]] + text + self.text[span[1] :]
