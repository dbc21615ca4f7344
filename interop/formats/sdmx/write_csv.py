"""Writes SDMX-CSV 1.0, 2.0 and 2.1, in one pass over the records."""

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.csv_text import cells, header, many_cells, records
from semstat.interop.formats.outgoing import Losses, Outgoing, Settings
from semstat.interop.formats.sdmx.csv_header import read_layout
from semstat.interop.formats.sdmx.csv_languages import is_ambiguous, write_versions
from semstat.interop.formats.spool import ATTRIBUTES, DELETE, column, kinds_of
from semstat.interop.formats.text_columns import constant, map_text
from semstat.interop.formats.text_output import plain
from semstat.interop.formats.write_limits import (
    EmptyTexts,
    lost_arrays,
    lost_kinds,
    lost_languages,
    observations_of,
    single,
)
from semstat.ontology.iri import SdmxName
from semstat.validators.observations import ACTION, LANGUAGES

__all__ = ["ACTIONS", "write_csv_1_0", "write_csv_2_0", "write_csv_2_1", "written_columns"]

ACTIONS = {"Information": "I", "Append": "A", "Merge": "M", "Replace": "R", "Delete": "D"}
"""Actions of SDMX-ML and SDMX-JSON, and their letters in SDMX-CSV."""

_WORDS = {"DataStructure": "datastructure", "Dataflow": "dataflow", "ProvisionAgreement": "dataprovision"}


def write_csv_1_0(datasets: Sequence[Outgoing], sink: BinaryIO, settings: Settings, losses: Losses) -> None:
    """Write SDMX-CSV 1.0.

    Columns are DATAFLOW, then dimensions, measures and attributes in the order of the structure, then columns that the
    structure does not know. Every dimension and measure has a column, an attribute if it has a value.

    Findings:
        IO221 (several values), IO222 (languages), IO223 (actions), IO224 (partial keys), IO227 (columns whose name means
        something else), IO228 (empty texts), IO230 (no dataflow is known).

    Source:
        SDMX-CSV 1.0 field guide.
    """
    names = _columns(datasets, losses, "SDMX-CSV 1.0")
    sink.write(header(["DATAFLOW", *names]))
    for dataset in datasets:
        lost_kinds(dataset, losses, "SDMX-CSV 1.0")
        lost_arrays(dataset, losses, "SDMX-CSV 1.0")
        lost_languages(dataset, losses)
        if dataset.dataflow is None:
            message = (
                f"SDMX-CSV 1.0 names a dataflow, and none is known of `{dataset.structure.short}`, named in its place"
            )
            losses.add("IO230", dataset.records.rows, message, source=dataset.source)
        flow = (dataset.dataflow or dataset.structure).short
        empty = EmptyTexts(dataset)
        for batch in dataset.records.batches():
            kept = observations_of(batch)
            values = [cells(single(empty.seen(kept, name), name, dataset)) for name in names]
            sink.write(records([constant(flow, kept.num_rows).cast(pa.string()), *values]))
        empty.report(losses)


def write_csv_2_0(datasets: Sequence[Outgoing], sink: BinaryIO, settings: Settings, losses: Losses) -> None:
    """Write SDMX-CSV 2.0.

    Columns are STRUCTURE (with the sub-field delimiter where a component holds several values), STRUCTURE_ID, ACTION (if any
    action is stated), then those of 1.0. A record with a partial key leaves the other dimensions empty.

    A component whose texts come in languages lists these in the header, and writes each text with its language.

    Findings:
        IO222 (languages that the data do not mark), IO227 (columns whose name means something else), IO228 (empty texts; texts
        that read like one in a further language).

    Source:
        SDMX-CSV 2.0 field guide.
    """
    _write_2(datasets, sink, losses, absent_dimension=None)


def write_csv_2_1(datasets: Sequence[Outgoing], sink: BinaryIO, settings: Settings, losses: Losses) -> None:
    """Write SDMX-CSV 2.1: as 2.0, but that ``~`` marks the dimensions that a record of attributes does not have.

    Source:
        SDMX-CSV 2.1 field guide, *Partial keys*.
    """
    _write_2(datasets, sink, losses, absent_dimension="~")


def _write_2(datasets: Sequence[Outgoing], sink: BinaryIO, losses: Losses, *, absent_dimension: str | None) -> None:
    names = _columns(datasets, losses, "SDMX-CSV 2.0")
    tongues = _tongues(datasets, names)
    many = frozenset[str]().union(*(dataset.multivalued for dataset in datasets)).intersection(names)
    has_actions = any(
        dataset.action or dataset.records.actions or dataset.records.kinds["delete"] for dataset in datasets
    )
    first = ["STRUCTURE[;]" if many or tongues else "STRUCTURE", "STRUCTURE_ID", *(["ACTION"] if has_actions else [])]
    brackets = dict.fromkeys(many, "[]") | {name: f"[{';'.join(tags)}]" for name, tags in tongues.items()}
    sink.write(header([*first, *(name + brackets.get(name, "") for name in names)]))
    for dataset in datasets:
        lost_languages(dataset, losses, kept=tongues)
        _lost_versions(dataset, tongues, losses)
        empty = EmptyTexts(dataset)
        for batch in dataset.records.batches():
            leading = [constant(text, batch.num_rows).cast(pa.string()) for text in _reference(dataset.named)]
            if has_actions:
                leading.append(_letters(batch, dataset))
            values = [empty.seen(batch, name) for name in names]
            shown = [
                _in_languages(batch, name, cell)
                if name in tongues
                else (many_cells(cell) if name in many else cells(cell))
                for name, cell in zip(names, values, strict=True)
            ]
            if absent_dimension is not None:
                shown = list(_marked(shown, names, batch, dataset, absent_dimension))
            sink.write(records([*leading, *shown]))
        empty.report(losses)


def _tongues(datasets: Sequence[Outgoing], names: Sequence[str]) -> dict[str, list[str]]:
    """Return the languages of the components whose texts come in languages, English first."""
    found: dict[str, set[str]] = {}
    for dataset in datasets:
        for name, tags in dataset.records.tongues.items():
            found.setdefault(name, set()).update(tags)
    return {name: sorted(found[name], key=lambda tag: (tag != "en", tag)) for name in names if found.get(name)}


def _in_languages(batch: pa.RecordBatch, name: str, values: pa.Array) -> pa.Array:
    """Return the cells of a component whose texts come in languages; those without stand as they are."""
    versions = map_text(column(batch, LANGUAGES + name), write_versions)
    return cells(pc.coalesce(plain(versions), plain(map_text(values, write_versions))))


def _lost_versions(dataset: Outgoing, tongues: Mapping[str, Sequence[str]], losses: Losses) -> None:
    """Note the texts that are read back as others, because they look like one in a further language (IO228)."""
    for name, tags in tongues.items():
        count = 0
        for batch in dataset.records.batches() if name in dataset.records.languages else ():
            versions = column(batch, LANGUAGES + name)
            odd = [text for text in pc.unique(versions).to_pylist() if text and is_ambiguous(text, tags)]
            count += int(pc.sum(pc.is_in(versions, value_set=pa.array(odd, pa.string()))).as_py() or 0) if odd else 0
        message = f"texts of `{name}` read like ones in further languages, as SDMX-CSV writes them: {count}"
        losses.add("IO228", count, message, source=dataset.source, path=name)


def _columns(datasets: Sequence[Outgoing], losses: Losses, title: str) -> list[str]:
    """Return the columns of SDMX-CSV; a name that means something else in its header is left out (IO227)."""
    names = written_columns(datasets)
    for dataset in datasets:
        for name in filter(_misread, dataset.unknown):
            count = dataset.records.filled[name]
            message = f"the name `{name}` means something else in a header of {title}; values left out: {count}"
            losses.add("IO227", count, message, source=dataset.source, path=name)
    return [name for name in names if not _misread(name)]


def _misread(name: str) -> bool:
    (column,) = read_layout(["DATAFLOW", name], ",").columns[1:]
    return column.role != "component" or column.id != name or column.labelled or column.many


def written_columns(datasets: Sequence[Outgoing]) -> list[str]:
    """Return the columns of a table: dimensions and measures, attributes with a value, then what no structure knows."""
    names: dict[str, None] = {}
    for roles in (("dimension", "time"), ("measure",)):
        names |= dict.fromkeys(item.id for dataset in datasets for item in dataset.of(*roles))
    for dataset in datasets:
        names |= dict.fromkeys(item.id for item in dataset.of("attribute") if item.id in dataset.records.filled)
    return list(names | dict.fromkeys(name for dataset in datasets for name in dataset.unknown))


def _reference(name: SdmxName) -> tuple[str, str]:
    return _WORDS[name.cls], name.short


def _letters(batch: pa.RecordBatch, dataset: Outgoing) -> pa.Array:
    """Return each record's action: its own, else the dataset's, else D for what is to be deleted and I for the rest."""
    usual = ACTIONS.get(dataset.action or "", "I")
    default = pc.if_else(pc.equal(kinds_of(batch), DELETE), "D", usual if usual != "D" else "I")
    return pc.coalesce(column(batch, ACTION).cast(pa.string()), default)


def _marked(
    shown: Sequence[pa.Array], names: Sequence[str], batch: pa.RecordBatch, dataset: Outgoing, mark: str
) -> Iterator[pa.Array]:
    dimensions = {item.id for item in dataset.of("dimension", "time")}
    partial = pc.equal(kinds_of(batch), ATTRIBUTES)
    for name, values in zip(names, shown, strict=True):
        yield (values if name not in dimensions else pc.if_else(pc.and_(partial, values.is_null()), mark, values))
