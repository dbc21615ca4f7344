"""The families of rules that are stated as shapes: by which words a file is seen to speak of one, and what it presupposes.

All are run by ``shape_sets``. What a family needs beside its shapes is an entry here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from semstat.ontology import modules, turtle_of
from semstat.ontology.cdi_facts import cdi_facts
from semstat.ontology.terms import BASE
from semstat.validators.edges import add_edges
from semstat.validators.graphs import RuleOutcome, solutions
from semstat.validators.information import MODULES, information_outcomes, unknown_terms
from semstat.validators.sets import add_rdf, empty_store
from semstat.validators.shape_queries import shapes_of_family
from semstat.validators.shape_sets import Tried, outcomes, try_shapes

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["FAMILIES", "ShapeFamily", "families_in", "judge_shapes", "make_ready"]

_TAKES_VALUES_FROM = BASE + "governance#takesValuesFrom"
_CASCADE = ("takesMeaningFromConceptualVariable", "takesMeaningFromRepresentedVariable")

Reading = Callable[["ox.Store", Tried], tuple[RuleOutcome, ...]]


def _plainly(_store: "ox.Store", tried: Tried) -> tuple[RuleOutcome, ...]:
    return outcomes(tried, tried.results, {})


def _with_gaps(store: "ox.Store", tried: Tried) -> tuple[RuleOutcome, ...]:
    return outcomes(tried, tried.results, _gaps(store))


def _of_studies(store: "ox.Store", tried: Tried) -> tuple[RuleOutcome, ...]:
    """Of questionnaires without data, nothing is asked that is about data."""
    found = outcomes(tried, tried.results, {})
    if not _number(store, "questionnaires-without-data"):
        return found
    return tuple(replace(item, examined=0) if item.rule in _ON_DATA else item for item in found)


_ON_DATA = ("VC001", "VC007")


@dataclass(frozen=True, slots=True)
class ShapeFamily:
    """Rules on one subject.

    ``subject`` is what they are about, in words; ``first`` is the rule that stands for all where none could be checked. A
    file with one of the words ``spoken`` is of the family. ``background`` names the modules that are known and not judged,
    ``draws`` tells whether the vocabularies that their properties take values from are known too; ``facts`` gives what is
    known and stands in no module, as N-Triples; ``update`` and ``derive`` add what the shapes presuppose. ``given`` asks the
    graph as it was given, before that; ``reading`` makes outcomes of what trying the shapes gave.
    """

    subject: str
    first: str
    spoken: tuple[str, ...]
    background: tuple[str, ...] = ()
    draws: bool = False
    facts: Callable[[], bytes] | None = None
    update: str | None = None
    derive: Callable[["ox.Store"], None] = lambda _: None
    given: Callable[["ox.Store"], tuple[RuleOutcome, ...]] = lambda _: ()
    reading: Reading = _plainly


_MODELS = "gsbpm gsbpm-5.0 gsbpm-5.1 gsbpm-5.2 gamso-1.2"
_GOVERNED = ("governance", "partnership", "lineage")

FAMILIES: Mapping[str, ShapeFamily] = {
    "information": ShapeFamily(
        "statistical information (GSIM)",
        "GSIM001",
        (BASE + "information#",),
        background=MODULES,
        update="information-entailment",
        given=lambda store: (unknown_terms(store),),
        reading=information_outcomes,
    ),
    "classification": ShapeFamily(
        "classifications (XKOS)",
        "XK001",
        ("http://rdf-vocabulary.ddialliance.org/xkos#",),
        update="classification-lift",
        reading=_with_gaps,
    ),
    "study": ShapeFamily(
        "studies and their variables (DDI)", "VC001", (BASE + "study#", *_CASCADE), reading=_of_studies
    ),
    "lineage": ShapeFamily(
        "lineage",
        "LIN001",
        (BASE + "lineage#",),
        background=("core", "structure", "mapping", "information", "study", "lineage"),
        update="classes-above",
        derive=add_edges,
    ),
    "activity": ShapeFamily(
        "activities (GSBPM, GAMSO, CSPA)",
        "ACT001",
        (BASE + "activity#",),
        background=("activity", *(f"vocabulary/{name}" for name in _MODELS.split())),
        update="types-and-properties-above",
    ),
    "governance": ShapeFamily(
        "governance",
        "GOV001",
        (BASE + "governance#", BASE + "partnership#"),
        background=_GOVERNED,
        draws=True,
        update="types-and-properties-above",
    ),
    "partnership": ShapeFamily(
        "partnership",
        "PAR001",
        (BASE + "partnership#",),
        background=_GOVERNED,
        draws=True,
        update="types-and-properties-above",
    ),
    "cdi": ShapeFamily("DDI-CDI", "DDI041", (), facts=cdi_facts, update="cdi-instances"),
}
"""By the stem of the file with their shapes. A description in GSIM's terms is held to the cascade once it states a step of it.

Statements of DDI-CDI are judged by their reader, which knows the spellings; so no word calls for their family.
"""


def families_in(data: bytes) -> frozenset[str]:
    """Return the families of shapes that a file's bytes call for.

    Example:
        >>> sorted(families_in(b"@prefix ssn: <https://w3id.org/semstat/partnership#> ."))
        ['governance', 'partnership']
    """
    return frozenset(name for name, family in FAMILIES.items() if any(word.encode() in data for word in family.spoken))


def make_ready(store: "ox.Store", name: str) -> frozenset[str]:
    """Add to a store what the shapes of a family presuppose, and return the subjects that are known and not judged."""
    family = FAMILIES[name]
    quads, known = _background(family.background, draws=family.draws, facts=family.facts)
    store.bulk_extend(quads)
    if family.update is not None:
        store.update(_text(f"updates/{family.update}.rq"))
    family.derive(store)
    return known


def judge_shapes(store: "ox.Store", name: str) -> tuple[RuleOutcome, ...]:
    """Return what the shapes of a family say of the graph in a store, in the order of the rules.

    The store is made ready in place.

    Findings:
        ``GSIM001`` to ``GSIM015`` (information), ``XK001`` to ``XK020`` (classification), ``VC001`` to ``VC010`` (study),
        ``LIN001`` to ``LIN006`` (lineage), ``ACT001`` to ``ACT009`` (activity), ``GOV001`` to ``GOV030`` (governance),
        ``PAR001`` to ``PAR012`` (partnership), those of ``DDI041`` to ``DDI067`` that have shapes (cdi).

    Raises:
        KeyError: there is no family of that name.

    Example:
        >>> [item.examined for item in judge_shapes(empty_store(), "partnership")][:2]
        [0, 0]
    """
    family = FAMILIES[name]
    given = family.given(store)
    known = make_ready(store, name)
    found = family.reading(store, try_shapes(store, shapes_of_family(name), known))
    return tuple(sorted((*given, *found), key=lambda item: item.rule))


@lru_cache
def _background(
    names: Sequence[str], *, draws: bool, facts: Callable[[], bytes] | None
) -> tuple[tuple["ox.Quad", ...], frozenset[str]]:
    """Return the statements of modules, of the vocabularies that their properties draw on, further facts, and their subjects."""
    import pyoxigraph as ox

    store = empty_store()
    if facts is not None:
        add_rdf(store, facts(), "n-triples")
    _add(store, names)
    if draws:
        drawn = store.quads_for_pattern(None, ox.NamedNode(_TAKES_VALUES_FROM), None, None)
        _add(store, sorted({quad.object.value.removeprefix(BASE) for quad in drawn} & set(modules())))  # type: ignore[union-attr]
    quads = tuple(store)
    return quads, frozenset(str(getattr(quad.subject, "value", quad.subject)) for quad in quads)


def _add(store: "ox.Store", names: Iterable[str]) -> None:
    for name in names:
        add_rdf(store, turtle_of(name), "turtle")


def _gaps(store: "ox.Store") -> Mapping[str, tuple[str, ...]]:
    """Return by rule what the graph names and does not describe, so that the rule cannot be decided for it."""
    number = _number(store, "items-of-correspondences")
    said = f"{number} items at the ends of associations are in no classification at hand"
    return {"XK017": (said,)} if number else {}


def _number(store: "ox.Store", query: str) -> int:
    """Return what a query counts that is named and not described."""
    import pyoxigraph as ox

    (row,) = solutions(store, _text(f"queries/undescribed/{query}.rq"))
    number = row["number"]
    assert isinstance(number, ox.Literal)
    return int(number.value)


def _text(path: str) -> str:
    return files("semstat.validators").joinpath(path).read_text(encoding="utf-8")
