"""Mapping sets as SSSOM tables: read, write and invert them.

Source:
    SSSOM 1.1 (Simple Standard for Sharing Ontological Mappings), *The SSSOM/TSV serialisation format*.
"""

import csv
import io
import re
from collections import abc
from collections.abc import Iterator
from dataclasses import dataclass, field

from semstat.mappings.errors import SssomError
from semstat.mappings.header import Metadata, parse_header, write_header
from semstat.mappings.rows import check_row, check_set
from semstat.mappings.slots import BUILTIN_PREFIXES, LISTS, NO_TERM, PROPAGATED

__all__ = ["Mapping", "MappingSet", "Value", "invert", "read", "write"]

Value = str | tuple[str, ...]
"""The value of a slot: a text, or several for the slots that take a list."""

_REQUIRED_COLUMNS = ("predicate_id", "mapping_justification")
_ESCAPED = re.compile(r"\\([\\|])")
_SPLIT = re.compile(r"(?<!\\)((?:\\\\)*)\|")


@dataclass(frozen=True, slots=True)
class Mapping:
    """One row: what is said of a subject and an object, by slot name; empty slots are left out.

    ``line`` is where the row stands in its table; it does not count when mappings are compared.
    """

    slots: abc.Mapping[str, Value]
    line: int | None = field(default=None, compare=False)

    def text(self, slot: str) -> str:
        """Return a slot as one text, empty where it is absent; the values of a list are joined with ``|``."""
        value = self.slots.get(slot, "")
        return value if isinstance(value, str) else "|".join(value)

    @property
    def subject(self) -> str:
        """The CURIE of the subject, or its text when it is a literal."""
        return self.text("subject_id") or self.text("subject_label")

    @property
    def predicate(self) -> str:
        """The CURIE of the predicate."""
        return self.text("predicate_id")

    @property
    def object(self) -> str:
        """The CURIE of the object, or its text when it is a literal."""
        return self.text("object_id") or self.text("object_label")

    @property
    def is_absence(self) -> bool:
        """Whether the row says that no counterpart was found."""
        return NO_TERM in (self.subject, self.object)


@dataclass(frozen=True, slots=True)
class MappingSet:
    """A table of mappings with its header; ``columns`` keep their order, known to SSSOM or not."""

    metadata: abc.Mapping[str, Metadata]
    columns: tuple[str, ...]
    mappings: tuple[Mapping, ...]

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that hold in this set: the built-in ones and those of its ``curie_map``."""
        declared = self.metadata.get("curie_map", {})
        own = declared if isinstance(declared, abc.Mapping) else {}
        return BUILTIN_PREFIXES | {prefix: str(namespace) for prefix, namespace in own.items()}

    def text(self, slot: str) -> str:
        """Return a slot of the header as one text, empty where it is absent or not a text."""
        value = self.metadata.get(slot, "")
        return value if isinstance(value, str) else ""

    def value(self, mapping: Mapping, slot: str) -> str:
        """Return a slot of a mapping, or what the set says in its stead where SSSOM lets it."""
        return mapping.text(slot) or (self.text(slot) if slot in PROPAGATED else "")

    def expand(self, curie: str) -> str:
        """Return the IRI that a CURIE stands for.

        Raises:
            SssomError: the prefix is not declared.
        """
        prefix, separator, local = curie.partition(":")
        if not separator or prefix not in self.prefixes:
            raise SssomError(f"the prefix of `{curie}` is not declared")
        return self.prefixes[prefix] + local


def read(text: str, *, metadata: str | None = None) -> MappingSet:
    r"""Return the mapping set in an SSSOM table.

    Nothing is lost: unknown columns and header slots are kept, as are all texts. ``metadata`` is the external header (a
    YAML file beside the table); where both state a slot, the table wins.

    Raises:
        SssomError: the table breaks SSSOM, with the line: a required slot is missing, a row has more cells than the
            table has columns (fewer are taken as empty ones at the end), a word or number is not allowed, a prefix is
            not declared.

    Example:
        >>> table = '''#mapping_set_id: https://example.org/set
        ... #license: https://creativecommons.org/publicdomain/zero/1.0/
        ... #curie_map:
        ... #  ex: https://example.org/
        ... subject_id\tpredicate_id\tobject_id\tmapping_justification
        ... ex:a\tskos:exactMatch\tskos:Concept\tsemapv:ManualMappingCuration
        ... '''
        >>> read(table).mappings[0].object
        'skos:Concept'
    """
    lines = _split_lines(text.removeprefix("\ufeff"))
    count = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    external = parse_header(enumerate(_split_lines(metadata or ""), 1))
    header = external | parse_header((number, line[1:]) for number, line in enumerate(lines[:count], 1))
    rows = list(_cells("".join(lines[count:]), count))
    if not rows:
        raise SssomError("the table has no row with the names of the columns", line=count + 1)
    columns = _columns(*rows[0])
    found = MappingSet(header, columns, tuple(_mapping(columns, cells, line) for line, cells in rows[1:]))
    check_set(header, line=1)
    types = {slot: found.text(slot) for slot in ("subject_type", "object_type")}
    for mapping in found.mappings:
        check_row({**types, **mapping.slots}, found.prefixes, line=mapping.line)
    return found


def _split_lines(text: str) -> list[str]:
    """Split at line feeds and carriage returns only, as ``str.splitlines`` does not."""
    return list(io.StringIO(text, newline=""))


def _cells(table: str, before: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(table, newline=""), delimiter="\t", strict=True)
    try:
        for cells in reader:
            if any(cells):
                yield before + reader.line_num, cells
    except csv.Error as error:
        line = before + reader.line_num
        raise SssomError(f"the table has a cell with a broken quotation ({error})", line=line) from error


def _columns(line: int, names: list[str]) -> tuple[str, ...]:
    for name in _REQUIRED_COLUMNS:
        if name not in names:
            raise SssomError(f"the table has no column `{name}`", line=line)
    twice = next((name for name in names if not name or names.count(name) > 1), None)
    if twice is not None:
        raise SssomError(f"the table has the column `{twice}` twice, or one without a name", line=line)
    return tuple(names)


def _mapping(columns: tuple[str, ...], cells: list[str], line: int) -> Mapping:
    if len(cells) > len(columns):
        raise SssomError(f"the row has {len(cells)} cells where the table has {len(columns)} columns", line=line)
    return Mapping({name: _split(name, cell) for name, cell in zip(columns, cells, strict=False) if cell}, line)


def _split(name: str, cell: str) -> Value:
    if name not in LISTS:
        return cell
    parts = _SPLIT.sub("\\1\x00", cell).split("\x00")
    return tuple(_ESCAPED.sub(r"\1", part) for part in parts)


def write(mapping_set: MappingSet) -> str:
    """Return the table; reading it again gives an equal set, and writing that one the same text.

    Raises:
        SssomError: a mapping has a slot that is not among the columns.
    """
    out = io.StringIO(newline="")
    out.writelines("#" + line for line in _split_lines(write_header(mapping_set.metadata)))
    table = csv.writer(out, delimiter="\t", lineterminator="\n")
    table.writerow(mapping_set.columns)
    for mapping in mapping_set.mappings:
        extra = sorted(mapping.slots.keys() - set(mapping_set.columns))
        if extra:
            raise SssomError(f"the mapping of `{mapping.subject}` has slots without a column: {', '.join(extra)}")
        table.writerow([_joined(mapping.slots.get(name, "")) for name in mapping_set.columns])
    return out.getvalue()


def _joined(value: Value) -> str:
    if isinstance(value, str):
        return value
    return "|".join(part.replace("\\", "\\\\").replace("|", "\\|") for part in value)


_INVERSES = {
    "owl:equivalentClass": "owl:equivalentClass",
    "owl:equivalentProperty": "owl:equivalentProperty",
    "owl:sameAs": "owl:sameAs",
    "rdfs:subClassOf": "sssom:superClassOf",
    "skos:broadMatch": "skos:narrowMatch",
    "skos:closeMatch": "skos:closeMatch",
    "skos:exactMatch": "skos:exactMatch",
    "skos:relatedMatch": "skos:relatedMatch",
}
_INVERSES |= {there: back for back, there in _INVERSES.items()}
_CARDINALITIES = {"1:n": "n:1", "n:1": "1:n", "1:0": "0:1", "0:1": "1:0"}


def invert(
    mapping_set: MappingSet, *, mapping_set_id: str, inverses: abc.Mapping[str, str] | None = None
) -> MappingSet:
    """Return the set read from object to subject.

    Subject and object change places in every slot, predicates become their inverses (``skos:broadMatch`` becomes
    ``skos:narrowMatch``), cardinalities are turned. An inverted row says something else than the row it comes from: the
    set takes a new id and record ids are dropped. Inverting twice gives the same mappings but for those ids.

    Args:
        mapping_set: What to invert.
        mapping_set_id: The IRI of the new set.
        inverses: Further pairs of predicate and inverse, both as CURIEs, for predicates without a published inverse
            such as ``rdfs:subPropertyOf``.

    Raises:
        SssomError: a predicate has no inverse.
    """
    known = _INVERSES | dict(inverses or {}) | {there: back for back, there in (inverses or {}).items()}
    swapped = [_swapped(name) for name in mapping_set.columns if name != "record_id"]
    columns = [name for name in mapping_set.columns if name in swapped]
    columns += [name for name in swapped if name not in columns]
    metadata = {_swapped(name): value for name, value in mapping_set.metadata.items()}
    metadata["mapping_set_id"] = mapping_set_id
    return MappingSet(metadata, tuple(columns), tuple(_inverted(mapping, known) for mapping in mapping_set.mappings))


def _swapped(name: str) -> str:
    for here, there in (("subject_", "object_"), ("object_", "subject_")):
        if name.startswith(here):
            return there + name.removeprefix(here)
    return name


def _inverted(mapping: Mapping, known: abc.Mapping[str, str]) -> Mapping:
    if mapping.predicate not in known:
        raise SssomError(f"the predicate `{mapping.predicate}` has no inverse", line=mapping.line)
    slots = {_swapped(name): value for name, value in mapping.slots.items() if name != "record_id"}
    slots["predicate_id"] = known[mapping.predicate]
    cardinality = mapping.text("mapping_cardinality")
    if cardinality:
        slots["mapping_cardinality"] = _CARDINALITIES.get(cardinality, cardinality)
    scope = slots.get("cardinality_scope")
    if isinstance(scope, tuple):
        slots["cardinality_scope"] = tuple(_swapped(name) for name in scope)
    return Mapping(slots)
