"""Reads SDMX-JSON data messages (before 1.0, 1.0, 2.0, 2.1) into datasets."""

from collections.abc import Iterator
from dataclasses import dataclass

from semstat.interop.formats.dataset import ComponentIds, Dataset, FindStructure, StructureRef, Tally
from semstat.interop.formats.json_parse import MAX_JSON_BYTES, parse_json
from semstat.interop.formats.json_values import JsonObject, JsonText, kind_of
from semstat.interop.formats.sdmx.header_facts import json_facts, json_identity
from semstat.interop.formats.sdmx.json_header import Envelope, open_envelope
from semstat.interop.formats.sdmx.json_layout import Layout, precise_first, read_layout, references_of
from semstat.interop.formats.sdmx.json_meta import meta_header
from semstat.interop.formats.sdmx.json_records import JsonRecords
from semstat.interop.formats.sdmx.json_report import JsonReport, PlacedFindings, pointer
from semstat.interop.formats.sdmx.ml_items import unknown_action
from semstat.interop.sources import Source, refusal
from semstat.validators.observations import Observations

__all__ = ["open_json"]

_LONG = frozenset({"series", "observations"})
"""The members that hold most of a message."""


def open_json(source: Source, find_structure: FindStructure) -> Iterator[Dataset]:
    """Yield the datasets of an SDMX-JSON data message.

    The text of the message is held in memory; its observations are read and turned to columns some ten thousand at a
    time. Indices become the values that the message lists, numbers keep the form that they are written in, ``null`` is
    an absent value. Attributes
    of groups of dimensions are given to every observation whose key they match; groups that match none, and series
    without observations, become ``attributes`` records. Two observations of one key are both kept. Every value is traced
    to its place, by line and column: an observation to its key, a value that is given by index to where it is spelt out.

    Args:
        source: The message.
        find_structure: Tells the components of the structure that a dataset names.

    Raises:
        InputRefused: IO101 (not well-formed), IO105, IO106, IO107 (nested too deep, too large), IO112 (no SDMX-JSON).

    Findings:
        IO101 (``NaN`` without quotation marks), IO110, IO111 (errors that the service reports), IO113, IO114, IO117,
        IO118, DF014 (unknown action), DF017 (a dataset points to a structure section that is not there), DF030, DF031.

    Source:
        SDMX-JSON 1.0, 2.0 and 2.1, data message.
    """
    with source.open() as stream:
        data = stream.read(MAX_JSON_BYTES + 1)
    text = parse_json(data, origin=source.name, long=_LONG)
    del data
    tally = Tally()
    report = JsonReport(text, PlacedFindings(text, tally.diagnostics))
    tally.diagnostics.extend(text.findings)
    if not isinstance(text.root, JsonObject):
        raise refusal("IO112", f"the message is {kind_of(text.root)}, not an object: no SDMX-JSON", source.name, line=1)
    envelope = open_envelope(text.root, report)
    yield from _Message(text, envelope, report, find_structure).datasets(tally)


@dataclass(frozen=True, slots=True)
class _Message:
    """A message: its datasets and the structure sections that they point to."""

    text: JsonText
    envelope: Envelope
    report: JsonReport
    find: FindStructure

    def datasets(self, tally: Tally) -> Iterator[Dataset]:
        envelope = self.envelope
        listed = self.report.objects(envelope.data, "dataSets", envelope.pointer)
        if all(item.number < 0 for item in listed):
            place = self.text.place_of(envelope.data)
            self.report.add("IO110", "the message holds no dataset", place, pointer(envelope.pointer, "dataSets"))
            nothing = Observations(iter(()), source=self.text.origin)
            yield Dataset(None, envelope.format, 0, nothing, tally)
            return
        layouts = [
            read_layout(section, where, self.report, inline=envelope.inline) for section, where in envelope.sections
        ]
        for index, item in enumerate(listed):
            if item.number < 0:  # reported already: it is no object
                continue
            dataset = self._dataset(item, index, layouts, tally)
            yield dataset
            for _ in dataset.observations.batches:
                pass  # what the caller left, so that its findings are made
            tally = Tally()
            self.report.findings.turn_to(tally.diagnostics)

    def _dataset(self, item: JsonObject, index: int, layouts: list[Layout], tally: Tally) -> Dataset:
        where = pointer(self.envelope.pointer, "dataSets", str(index))
        layout = self._layout(item, where, layouts)
        action = self._action(item, where)
        self._note_annotations(item, where)
        reference = self._reference(precise_first((*references_of(item), *layout.references)))
        components = self.find(reference)
        if components is not None and self.envelope.has_implied_measure:
            layout = layout.with_measures(components.measures)
        layout = layout.called(components.meant) if components is not None else layout
        attached = _attached(components, layout) if components is not None else {}
        records = JsonRecords(item, layout, where, self.report, tally, action == "Delete", attached)
        observations = Observations(
            records.batches(),
            source=self.text.origin,
            levels=records.levels,
            dataset_line=records.line,
            multivalued=components.multivalued if components else frozenset(),
            spelt=layout.spelt(),
            position=self.text.tokens.position,
        )
        line = self.text.line(item)
        facts = json_facts(self.text.root, item, self.report, where)
        told = facts, json_identity(item), meta_header(self.text.root)
        return Dataset(reference, self.envelope.format, index + 1, observations, tally, line, action, *told)

    def _layout(self, item: JsonObject, where: str, layouts: list[Layout]) -> Layout:
        number = self.report.member(item, "structure", int, where)
        chosen = 0 if number is None and len(layouts) == 1 else number
        if chosen is not None and chosen in range(len(layouts)):
            return layouts[chosen]
        place = self.text.member_place(item, "structure")
        count = len(layouts)
        said = f"points to structure `{number}`" if number is not None else "names no structure"
        message = f"the dataset {said}, but the message describes {count or 'none'}"
        self.report.add(
            "DF017", message, place, pointer(where, "structure"), value=None if number is None else str(number)
        )
        return Layout()

    def _action(self, item: JsonObject, where: str) -> str | None:
        action = self.report.member(item, "action", str, where)
        place = self.text.member_place(item, "action")
        for found in unknown_action(action, place):
            self.report.findings.add(
                found.rule,
                found.message,
                line=place,
                path=pointer(where, "action"),
                value=found.value,
                expected=found.expected,
                nearest=found.nearest,
            )
        return action

    def _note_annotations(self, item: JsonObject, where: str) -> None:
        if item.get("annotations"):
            place = self.text.member_place(item, "annotations")
            self.report.add(
                "IO114", "the dataset's annotations are not interpreted", place, pointer(where, "annotations")
            )

    def _reference(self, candidates: tuple[StructureRef, ...]) -> StructureRef | None:
        """Return the most precise structure that is at hand, or else the most precise one."""
        at_hand = (reference for reference in candidates if self.find(reference) is not None)
        return next(at_hand, candidates[0] if candidates else None)


def _attached(components: ComponentIds, layout: Layout) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return what attributes are attached to, without the dimensions that the message gives for the whole dataset."""
    given = {item.id for item in layout.dataset_dimensions}
    return {
        name: tuple(tuple(item for item in needed if item not in given) for needed in choices)
        for name, choices in components.attached.items()
    }
