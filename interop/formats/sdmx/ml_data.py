"""Reads SDMX-ML data of all layouts into datasets: structure-specific, generic, and those of version 2.0."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from xml.parsers import expat

import pyarrow as pa

from semstat.interop.encodings import odd_encoding
from semstat.interop.formats.dataset import ComponentIds, Dataset, FindStructure, Kept, Tally
from semstat.interop.formats.findings import Findings
from semstat.interop.formats.sdmx.header_facts import ml_facts, ml_identity
from semstat.interop.formats.sdmx.ml_batches import Batches
from semstat.interop.formats.sdmx.ml_generic import GENERIC
from semstat.interop.formats.sdmx.ml_generic_20 import GENERIC_20
from semstat.interop.formats.sdmx.ml_items import DataSetAttributes, DataSetStart, Finding, GroupElement, Item
from semstat.interop.formats.sdmx.ml_layout import ERROR, Layout
from semstat.interop.formats.sdmx.ml_layouts_20 import COMPACT, CROSS_SECTIONAL, UTILITY
from semstat.interop.formats.sdmx.ml_message_header import message_header
from semstat.interop.formats.sdmx.ml_names import Names
from semstat.interop.formats.sdmx.ml_parse import Parsing
from semstat.interop.formats.sdmx.ml_records import Records
from semstat.interop.formats.sdmx.ml_specific import SPECIFIC
from semstat.interop.message_groups import group_layouts
from semstat.interop.recognise import root_of
from semstat.interop.registry import sniff
from semstat.interop.sources import Source, refusal
from semstat.validators.observations import Observations

__all__ = ["open_ml"]

_LAYOUTS = {
    "sdmx-ml-2.1-generic-data": GENERIC,
    "sdmx-ml-2.0-generic-data": GENERIC_20,
    "sdmx-ml-2.0-compact-data": COMPACT,
    "sdmx-ml-2.0-utility-data": UTILITY,
    "sdmx-ml-2.0-cross-sectional-data": CROSS_SECTIONAL,
    "sdmx-ml-2.1-error": ERROR,
    "sdmx-ml-3.0-error": ERROR,
    "sdmx-ml-3.1-error": ERROR,
}
_OLD, _METADATA = "sdmx-ml-2.0-", ("generic-metadata", "metadata-report")
_SECTIONS = "sdmx-ml-2.0-cross-sectional-data"
_NOT_MEASURED = frozenset({"AllDimensions", "TIME_PERIOD", None})


def open_ml(source: Source, find_structure: FindStructure, *, fast: bool = True) -> Iterator[Dataset]:
    """Yield the datasets of a data message.

    All layouts give the same records: flat observations, time series, cross-sectional series and sections; values that are
    attributes, and values that are elements, each of which has its own line. An attribute that is absent is null, one that
    is empty is the empty string. Attributes of groups are given to every observation whose key they match and that stands
    after them; groups that match none, and series without observations, become ``attributes`` records. All records of a
    dataset whose action is *Delete* are ``delete`` records.

    A component that is stated in several places of one observation has the value of the innermost: its own, that of its
    series, of its group, of the dataset. Several values (SDMX 3.x) are parts of one cell; texts in several languages are
    one part, the first of them, and all are in a column of :data:`~semstat.validators.observations.LANGUAGES`.

    The datasets of a message group of version 2.0 may be of several layouts; then the group is read once beforehand, to
    tell them.

    Args:
        source: The message.
        find_structure: Tells the components of the structure that a dataset names.
        fast: Read regular stretches of the message by columns; false reads all of it element by element, to the same
            result.

    Yields:
        The datasets. A message without any, and the error of a service, yield one with index 0 and no records.

    Raises:
        InputRefused: IO101 (not well-formed before the first dataset), IO102 (a document type declaration), IO106
            (not UTF-8 before the first dataset).

    Findings:
        IO101, IO106 and IO107 (the message breaks off, is not UTF-8, nests too deep, or states too many components: what
        stands before is read), IO108, IO110, IO111, IO113, IO114, DF001 (an ``ObsDimension`` that names no component and is
        read as what the header says; a name that no component can have), DF002 (a group lacks one of its dimensions), DF014
        (unknown action: the records are read as observations), DF015 (unknown group), DF017 (the dataset's structureRef is
        not in the header), DF023 (an attribute stands above its level), DF028.

    Source:
        SDMX 2.1 Section 3A, *Generic data* and *Structure specific data*; SDMX 3.0 Section 3A, *Structure specific data*;
        SDMX 2.0, SDMXGenericData.xsd, SDMXCompactData.xsd, SDMXUtilityData.xsd and SDMXCrossSectionalData.xsd.
    """
    odd = odd_encoding(source.head(1024))
    if odd is not None:
        reason = f"data are not read in the encoding `{odd}`, which the message declares, but in UTF-8 and others"
        raise refusal("IO106", reason, source.name, line=1)
    with closing(source.open()) as stream:
        names = _formats(source)
        parsing = Parsing(stream, *map(_layout_of, names), fast=fast)
        message = _Message(source, parsing, names, find_structure)
        yield from message.datasets()


class _Message:
    """The items of a message, cut into datasets."""

    def __init__(self, source: Source, parsing: Parsing, names: Sequence[str], find_structure: FindStructure) -> None:
        self._source, self._parsing, self._formats, self._find = source, parsing, names, find_structure
        self._findings = Findings(source.name, [])
        self._next: DataSetStart | None = None
        self._tally = Tally()

    def _turn_to(self, tally: Tally) -> None:
        self._tally = tally
        self._findings.turn_to(tally.diagnostics)

    def datasets(self) -> Iterator[Dataset]:
        before: list[Item] = []
        while (item := self._parsing.next()) is not None and not isinstance(item, DataSetStart):
            before.append(item)
        if item is None:
            yield self._without_dataset([entry for entry in before if isinstance(entry, Finding)])
            return
        tally = Tally()
        self._turn_to(tally)
        for entry in before:
            self._other(entry)
        index = 0
        while isinstance(item, DataSetStart):
            index += 1
            dataset = self._dataset(item, index, tally)
            yield dataset
            for _ in dataset.observations.batches:
                pass  # what the caller left, so that the next dataset begins where it does
            item, tally = self._next, Tally()
            self._turn_to(tally)

    def _without_dataset(self, findings: list[Finding]) -> Dataset:
        fatal = next((entry for entry in findings if entry.rule in ("IO101", "IO102", "IO106", "IO107")), None)
        if fatal is not None:
            raise refusal(fatal.rule, fatal.message, self._source.name, line=fatal.line, column=fatal.column)
        tally = Tally()
        self._turn_to(tally)
        for entry in findings:
            self._other(entry)
        return Dataset(None, self._formats[0], 0, Observations(iter(()), source=self._source.name), tally)

    def _dataset(self, start: DataSetStart, index: int, tally: Tally) -> Dataset:
        declared, name = start.declaration, self._formats[min(index, len(self._formats)) - 1]
        if declared is None and start.declares:
            named = f"the structureRef `{start.structure_ref}`" if start.structure_ref else "an absent structureRef"
            message = f"the dataset has {named}, which the header does not declare"
            self._findings.add("DF017", message, line=start.line, value=start.structure_ref)
        reference = declared.reference if declared else None
        components = self._find(reference)
        if components and name == _SECTIONS:
            # Its levels are others, to which the structure attaches attributes by flags of their own.
            components = replace(components, attached={})
        batches = Batches(
            components,
            start.attributes,
            start.line,
            tally=tally,
            findings=self._findings,
            names=Names(
                components,
                self._findings,
                _measure_dimension(start, components),
                declared.dimension_at_observation if declared else None,
                _aliases(components, name),
            ),
            deletes=start.action == "Delete",
        )
        observations = Observations(
            self._stream(batches),
            source=self._source.name,
            levels=batches.levels,
            dataset_line=start.line,
            multivalued=components.multivalued if components else frozenset(),
        )
        node = self._parsing.header
        facts, header = ml_facts(node, start.said), message_header(node)
        identity = ml_identity(header, node, start.said, index)
        return Dataset(reference, name, index, observations, tally, start.line, start.action, facts, identity, header)

    def _stream(self, batches: Batches) -> Iterator[pa.RecordBatch]:
        self._next = None
        while (item := self._parsing.next()) is not None:
            if isinstance(item, DataSetStart):
                self._next = item
                break
            if isinstance(item, Records):
                yield from batches.batches(item)
            elif isinstance(item, GroupElement):
                batches.add_group(item)
            elif isinstance(item, DataSetAttributes):
                batches.set_attributes(item)
            else:
                self._other(item)
        yield from batches.rest()

    def _other(self, item: Item) -> None:
        if isinstance(item, Kept):
            self._tally.kept.append(item)
        elif isinstance(item, Finding):
            self._findings.add(
                item.rule,
                item.message,
                line=item.line,
                column=item.column,
                path=item.path,
                value=item.value,
                expected=item.expected,
                nearest=item.nearest,
                severity=item.severity,
            )


def _formats(source: Source) -> list[str]:
    """Return the format of the message, or those of the datasets of a message group where they differ."""
    head = source.head()
    name = sniff(head, source.name) or "sdmx-ml"
    with suppress(expat.ExpatError):
        if root_of(head).local == "MessageGroup":
            with closing(source.open()) as stream:
                kinds = [kind for kind in group_layouts(stream) if kind not in _METADATA]
            return [f"{_OLD}{kind}" for kind in kinds] if len(set(kinds)) > 1 else [name]
    return [name]


def _aliases(components: ComponentIds | None, format: str) -> Mapping[str, str]:
    """Return what a message calls time and the primary measure: in SDMX 2.0 their concepts, later what is fixed."""
    if components is None:
        return {}
    return components.concept_ids if format.startswith(_OLD) else components.fixed_ids


def _layout_of(name: str) -> Layout:
    return _LAYOUTS.get(name, SPECIFIC)


def _measure_dimension(start: DataSetStart, components: ComponentIds | None) -> str | None:
    """Return the dimension whose value ``xsi:type`` names, where the header says that measures are explicit."""
    if start.declaration is None or not start.declaration.explicit_measures:
        return None
    if start.declaration.dimension_at_observation not in _NOT_MEASURED:
        return start.declaration.dimension_at_observation
    return components.measure_dimension if components else None
