"""A data file as its documentation describes it: records, variables in order, codes, ranges, figures."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import URIRef

__all__ = [
    "DescribedCode",
    "DescribedFile",
    "DescribedRecord",
    "DescribedVariable",
    "RecordLink",
    "StatedCondition",
    "StatedRange",
    "StatedRule",
    "StatedStatistic",
]


@dataclass(frozen=True, slots=True)
class DescribedCode:
    """A code of a variable, as written, with its labels (text and language, ``None`` where none is stated)."""

    iri: URIRef
    value: str
    labels: tuple[tuple[str, str | None], ...]
    missing: bool = False


@dataclass(frozen=True, slots=True)
class StatedRange:
    """A stretch of values, bounds as written; a single value is a stretch from itself to itself."""

    low: str | None
    high: str | None
    low_included: bool = True
    high_included: bool = True


@dataclass(frozen=True, slots=True)
class StatedStatistic:
    """A figure stated of a variable in a file.

    ``kind`` is one of ``valid``, ``invalid``, ``minimum``, ``maximum``, ``mean``, ``median``, ``mode``, ``standard deviation``,
    ``frequency``, ``percent``, or the documentation's own word. ``code`` is the value that a frequency counts. ``weight`` is
    the name of the weight variable; a weighted figure without it cannot be checked.
    """

    iri: URIRef
    kind: str
    value: str
    code: str | None = None
    weighted: bool = False
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class StatedCondition:
    """An expression as documentation writes it, in a language it may name, with the variables that it calls by other names.

    ``holds`` says whether it must hold, or must not, as on the way into a later branch; ``repeated`` that it stands for a loop.
    """

    iri: URIRef
    text: str
    language: str | None
    names: tuple[tuple[str, URIRef], ...] = ()
    holds: bool = True
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class StatedRule:
    """What determines a variable: on each of some ways, expressions that are all to be looked at; none where words alone say it."""

    iri: URIRef
    ways: tuple[tuple[StatedCondition, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class DescribedVariable:
    """One variable of a file: its place, form, codes, ranges and figures.

    ``position`` counts from 1 within the record. ``representation`` is ``code``, ``numeric``, ``text``, ``datetime``, other
    words of the documentation, or ``None``. ``codes`` holds what documentation lists, missing codes among them, in its order;
    ``ranges`` and ``missing_ranges`` are the allowed stretches and those set apart. ``weight`` is the name of the variable
    that this one is weighted with. ``universe`` is in words whom the variable is about, ``filter`` the conditions under which
    its question is put, ``derivations`` the rules that compute it, ``represented`` the variable that it takes its meaning from.
    One that is not named has its identifier as name.
    """

    iri: URIRef
    name: str
    position: int
    labels: tuple[tuple[str, str | None], ...] = ()
    representation: str | None = None
    storage: str | None = None
    decimals: int | None = None
    start: int | None = None
    end: int | None = None
    width: int | None = None
    segment: int | None = None
    codes: tuple[DescribedCode, ...] = ()
    ranges: tuple[StatedRange, ...] = ()
    missing_ranges: tuple[StatedRange, ...] = ()
    statistics: tuple[StatedStatistic, ...] = ()
    is_weight: bool = False
    weight: str | None = None
    universe: tuple[str, ...] = ()
    filter: StatedRule | None = None
    derivations: tuple[StatedRule, ...] = ()
    represented: URIRef | None = None
    is_named: bool = True


@dataclass(frozen=True, slots=True)
class DescribedRecord:
    """One kind of record of a file. ``type`` is the value that tells it from others, ``key`` the names that tell records apart."""

    iri: URIRef
    variables: tuple[DescribedVariable, ...]
    key: tuple[str, ...] = ()
    type: str | None = None
    length: int | None = None
    type_start: int | None = None
    type_width: int | None = None


@dataclass(frozen=True, slots=True)
class DescribedFile:
    """One file: its name, address and format as documented, the counts that it is said to have, and its records."""

    iri: URIRef
    identifier: str
    name: str | None
    uri: str | None
    format: str | None
    cases: int | None
    variable_count: int | None
    fingerprint: str | None
    records: tuple[DescribedRecord, ...]

    @property
    def variables(self) -> Iterator[DescribedVariable]:
        """The variables of all kinds of record, in order."""
        for record in self.records:
            yield from record.variables


@dataclass(frozen=True, slots=True)
class RecordLink:
    """Records of one kind refer to records of another through variables that agree, name by name."""

    iri: URIRef
    source: URIRef
    target: URIRef
    source_variables: tuple[str, ...]
    target_variables: tuple[str, ...]
