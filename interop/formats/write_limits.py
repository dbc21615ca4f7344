"""What several targets cannot say, each told in one way: delete records, partial keys, arrays, unknown columns."""

from collections.abc import Collection, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.outgoing import Losses, Outgoing
from semstat.interop.formats.spool import OBSERVATION, column, kinds_of
from semstat.interop.formats.text_output import each_distinct
from semstat.validators.observations import ACTION_KINDS, PART_SEPARATOR

__all__ = [
    "EmptyTexts",
    "first_dataset",
    "lost_arrays",
    "lost_kinds",
    "lost_languages",
    "lost_unknown",
    "observations_of",
    "single",
]


def observations_of(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the records that are observations, whatever is to be done with them."""
    return batch.filter(pc.equal(kinds_of(batch), OBSERVATION))


def single(values: pa.Array, name: str, dataset: Outgoing) -> pa.Array:
    """Return a component's cells with the first of their parts alone."""
    if name not in dataset.multivalued:
        return values
    return each_distinct(values, lambda text: pc.replace_substring_regex(text, f"(?s){PART_SEPARATOR}.*", ""))


def first_dataset(datasets: Sequence[Outgoing], losses: Losses, title: str) -> Outgoing:
    """Return the first dataset for a target that holds one only, and note the others (IO229)."""
    for number, dataset in enumerate(datasets[1:], 2):
        message = f"{title} holds one dataset; records of dataset {number} that are left out: {dataset.records.rows}"
        losses.add("IO229", dataset.records.rows, message, source=dataset.source, records=True)
    return datasets[0]


def lost_kinds(dataset: Outgoing, losses: Losses, title: str, *, partial_keys: bool = False) -> None:
    """Note the records of a dataset that a target has no place for (IO223; IO224 unless it has ``partial_keys``)."""
    deletes = dataset.records.kinds["delete"]
    partial = 0 if partial_keys else dataset.records.kinds["attributes"]
    message = f"{title} cannot say that records are to be deleted; records left out: {deletes}"
    losses.add("IO223", deletes, message, source=dataset.source, records=True)
    message = f"{title} has no place for attributes of a partial key; records left out: {partial}"
    losses.add("IO224", partial, message, source=dataset.source, records=True)
    kept, actions = dataset.records.kinds["observation"], dataset.records.actions
    changing = kept if dataset.action in ACTION_KINDS else min(kept, sum(actions[letter] for letter in "AMR"))
    message = (
        f"{title} cannot say that records update or replace others; records written without their action: {changing}"
    )
    losses.add("IO223", changing, message, source=dataset.source)


def lost_arrays(dataset: Outgoing, losses: Losses, title: str) -> None:
    """Note the cells with several values in a target whose cells hold one (IO221)."""
    counts = dict.fromkeys(sorted(dataset.multivalued & dataset.records.filled.keys()), 0)
    for batch in dataset.records.batches() if counts else ():
        for name in counts:
            several = pc.match_substring(column(batch, name).cast(pa.string()), PART_SEPARATOR)
            counts[name] += pc.sum(several).as_py() or 0
    for name, count in counts.items():
        message = (
            f"{title} holds one value in each cell; cells of `{name}` that lose all but the first of theirs: {count}"
        )
        losses.add("IO221", count, message, source=dataset.source, path=name)


def lost_languages(dataset: Outgoing, losses: Losses, *, kept: Collection[str] = ()) -> None:
    """Note the texts that come in languages, in a target that holds texts alone, but for the components ``kept`` (IO222)."""
    for name, count in sorted(dataset.records.languages.items()):
        if name in kept:
            continue
        message = f"texts of `{name}` that keep only their first language, without its mark: {count}"
        losses.add("IO222", count, message, source=dataset.source, path=name)
    unmarked = dataset.multilingual & dataset.multivalued & dataset.records.filled.keys()
    for name in sorted(unmarked - dataset.records.languages.keys()):
        count = dataset.records.filled[name]
        message = f"the texts of `{name}` keep their order, but not the marks of their languages; cells: {count}"
        losses.add("IO222", count, message, source=dataset.source, path=name)


def lost_unknown(dataset: Outgoing, losses: Losses, title: str) -> None:
    """Note the columns that the structure does not know, in a target that holds components only (IO227)."""
    for name in dataset.unknown:
        count = dataset.records.filled[name]
        message = f"{title} holds components of the structure only; values of `{name}` left out: {count}"
        losses.add("IO227", count, message, source=dataset.source, path=name)


class EmptyTexts:
    """Counts the texts that are present and empty, which a cell of CSV cannot tell from absent ones (IO228)."""

    def __init__(self, dataset: Outgoing) -> None:
        self._dataset = dataset
        self._counts: dict[str, int] = {}

    def seen(self, batch: pa.RecordBatch, name: str) -> pa.Array:
        """Count those of a component, and return its column."""
        values = column(batch, name)
        text = values.dictionary if pa.types.is_dictionary(values.type) else values
        empty = pc.equal(pc.binary_length(text), 0)
        if pc.any(empty).as_py():
            cells = empty.take(values.indices) if text is not values else empty
            self._counts[name] = self._counts.get(name, 0) + int(pc.sum(cells).as_py() or 0)
        return values

    def report(self, losses: Losses) -> None:
        """Note them."""
        for name, count in self._counts.items():
            message = f"a CSV cell cannot tell an empty text from none; texts of `{name}` that become absent: {count}"
            losses.add("IO228", count, message, source=self._dataset.source, path=name)
