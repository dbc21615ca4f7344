"""The texts of a catalogue as tables beside its store, folded as searching folds them, so that no search need read the store.

Taking a hundred thousand texts out of the store takes a second, looking through these tables hundredths of one. They bear the
mark of the state that they were made of; where they are missing, or are those of another state, the store is read.
"""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.catalogue.records import SourceRecord, graph_of
from semstat.ontology.matching import Found, Text, speaks
from semstat.ontology.words import folded, folded_words

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["TextTable", "texts_in", "write_texts"]

_TEXT_FILE, _WORD_FILE = "texts.arrow", "words.arrow"
_FORM = "1"
"""What the tables hold, and how: to be counted up when either changes, or how words are folded."""

_ROWS = pa.schema([(name, pa.string()) for name in ("source", "iri", "field", "text", "language", "folded")])
_WORDS = pa.schema([*((name, pa.string()) for name in ("source", "language", "word")), ("count", pa.int64())])
_MARK = b"semstat-state"


@dataclass(frozen=True, slots=True)
class TextTable:
    """The texts of one state of a catalogue, by the source that states them, and how often each word is in them."""

    rows: pa.Table
    words: pa.Table

    def speaking(self, language: str | None) -> "TextTable":
        """Return the texts in a language, and those without one; all for ``None``."""
        if language is None:
            return self
        spoken = [tag for tag in pc.unique(self.words["language"]).to_pylist() if speaks(tag, language)]
        tags = pa.array(spoken, pa.string())
        return TextTable(*(table.filter(pc.is_in(table["language"], tags)) for table in (self.rows, self.words)))

    @property
    def count(self) -> int:
        """How many texts there are."""
        return int(self.rows.num_rows)

    def holding(self, parts: Sequence[str]) -> Iterator[Found]:
        """Yield the texts that hold any of some parts of words, folded."""
        held = [pc.match_substring(self.rows["folded"], part) for part in parts]
        mask = held[0]
        for other in held[1:]:
            mask = pc.or_(mask, other)
        rows = self.rows.filter(mask).select(["iri", "field", "text", "language"])
        columns = [column.to_pylist() for column in rows.columns]
        return (Found(iri, 0.0, field, text, language) for iri, field, text, language in zip(*columns, strict=True))

    def vocabulary(self) -> Mapping[str, int]:
        """Return the words that there are, and how often."""
        counts = self.words.group_by("word").aggregate([("count", "sum")])
        return dict(zip(counts["word"].to_pylist(), counts["count_sum"].to_pylist(), strict=True))


def texts_in(folder: Path, sources: Sequence[SourceRecord]) -> TextTable | None:
    """Return the texts of a generation; ``None`` where the tables are missing, damaged, or not those of these sources."""
    try:
        rows, words = (_mapped(folder / name) for name in (_TEXT_FILE, _WORD_FILE))
    except (OSError, pa.ArrowInvalid):
        return None
    marks = {(table.schema.metadata or {}).get(_MARK) for table in (rows, words)}
    return TextTable(rows, words) if marks == {_mark(sources)} else None


def write_texts(
    folder: Path,
    store: "ox.Store",
    fields: Mapping[str, str],
    before: TextTable | None,
    changed: Collection[str],
    sources: Sequence[SourceRecord],
) -> None:
    """Write the texts of a generation.

    Args:
        folder: Its folder.
        store: Its store.
        fields: By the IRI of a property, what the field is called that its texts are.
        before: Those of the state before, where it had any.
        changed: The names of the sources that are other than they were, or gone.
        sources: Those that there are now.
    """
    old = before or TextTable(_ROWS.empty_table(), _WORDS.empty_table())
    out = pa.array(sorted(changed), pa.string())
    rows, words = ([table.filter(pc.invert(pc.is_in(table["source"], out)))] for table in (old.rows, old.words))
    for item in sources:
        if before is None or item.name in changed:
            texts = list(_texts(store, item.name, fields))
            counts = Counter((item.name, text.language, word) for text in texts for word in folded_words(text.text))
            rows.append(_table(_ROWS, [(item.name, text.iri, text.field, text.text, text.language, folded(text.text))
                                       for text in texts]))  # fmt: skip
            words.append(_table(_WORDS, [(*key, number) for key, number in counts.items()]))
    for name, parts in ((_TEXT_FILE, rows), (_WORD_FILE, words)):
        marked = pa.concat_tables(parts).combine_chunks().replace_schema_metadata({_MARK: _mark(sources)})
        _written(folder / name, marked)


def _table(schema: pa.Schema, rows: Sequence[tuple[object, ...]]) -> pa.Table:
    columns = [pa.array([row[place] for row in rows], field.type) for place, field in enumerate(schema)]
    return pa.Table.from_arrays(columns, schema=schema)


def _texts(store: "ox.Store", name: str, fields: Mapping[str, str]) -> Iterator[Text]:
    import pyoxigraph as ox

    graph = ox.NamedNode(graph_of(name))
    for predicate, field in fields.items():
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, graph):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                yield Text(quad.subject.value, field, quad.object.value, quad.object.language or "")


def _mark(sources: Iterable[SourceRecord]) -> bytes:
    """Return what a state is told by: the records of its sources, and how texts are folded."""
    told = (_FORM, unicodedata.unidata_version, *sources)
    return hashlib.sha256(repr(told).encode()).hexdigest().encode("ascii")


def _mapped(path: Path) -> pa.Table:
    with pa.memory_map(str(path)) as file:
        return pa.ipc.open_file(file).read_all()


def _written(path: Path, table: pa.Table) -> None:
    """Write a table beside its old file, which others may have mapped and this one be made of."""
    beside = path.with_suffix(".new")
    with pa.OSFile(str(beside), "wb") as file, pa.ipc.new_file(file, table.schema) as sink:
        sink.write_table(table)
    beside.replace(path)
