"""Judging cubes that others wrote: the integrity constraints of the RDF Data Cube vocabulary, set-based.

The constraints presuppose a normalised cube, so what an abbreviated one leaves out is added first. What the graph only names
and does not describe cannot be judged, and is said.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from semstat.ontology.terms import OWL, QB, SKOS
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding
from semstat.validators.sets import Query, Row, open_questions, queries, rows

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["CubeDataset", "RuleOutcome", "datasets_of", "judge_cubes"]


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What became of one rule: how many things it looked at, its findings, and what it could not judge, in words."""

    rule: str
    examined: int
    findings: tuple[Diagnostic, ...]
    unjudged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CubeDataset:
    """A dataset of a cube: its name, that of its structure, and the number of its observations."""

    iri: str
    structure: str | None
    observations: int


def judge_cubes(store: "ox.Store") -> tuple[RuleOutcome, ...]:
    """Return what the integrity constraints say of the cubes in a store, in the order of the rules.

    The store is normalised in place.

    Findings:
        ``QB001`` to ``QB021``, which are IC-1 to IC-21.

    Source:
        W3C *The RDF Data Cube Vocabulary* (2014), 10 *Abbreviation and normalization* and 11 *Well-formed cubes*.
    """
    _normalise(store)
    gaps = _gaps(store)
    return tuple(
        _outcome(store, query, gaps.get(rule, ())) for rule, query in queries().items() if rule.startswith("QB")
    )


def _outcome(store: "ox.Store", query: Query, gaps: tuple[str, ...]) -> RuleOutcome:
    examined = 0
    if all(_count(store, str(cls)) for cls in query.needs):
        examined = sum(_count(store, str(term)) for term in query.about)
    if not examined:
        return RuleOutcome(query.rule, 0, (), ())
    asked = [query] if query.expands is None else _for_datasets(store, query)
    found = tuple(_finding(query.rule, row) for one in asked for row in rows(store, one))
    return RuleOutcome(query.rule, examined, found, gaps)


def _for_datasets(store: "ox.Store", query: Query) -> Iterator[Query]:
    """Yield a query for each dataset with a name, written out for the dimensions of its structure."""
    for dataset, dimensions in _dimensions(store).items():
        chosen = [iri for iri in dimensions if iri != f"<{QB.measureType}>" or "qb:measureType" not in query.text]
        if not chosen:
            continue
        names = [f"?value{number}" for number in range(1, len(chosen) + 1)]
        text = query.text.partition("SELECT")
        body = text[1] + text[2]
        for word, written in {
            "DATASET": dataset,
            "PATTERN": " ; ".join(f"{iri} {name}" for iri, name in zip(chosen, names, strict=True)),
            "KEY": " ".join(names),
            "SHOWN": "CONCAT(" + ', ", ", '.join(_shown(name) for name in names) + ")",
        }.items():
            body = re.sub(rf"\b{word}\b", written.replace("\\", r"\\"), body)
        yield replace(query, text=text[0] + body)


def _shown(name: str) -> str:
    """Return the expression that shows a value by the last part of its name, in backticks."""
    return f'"`", REPLACE(COALESCE(STR({name}), "without a name"), "^.*[/#](.)", "$1"), "`"'


def _dimensions(store: "ox.Store") -> Mapping[str, list[str]]:
    """Return the dimensions of each named dataset's structure, sorted, all as IRIs in angle brackets."""
    import pyoxigraph as ox

    text = (
        f"SELECT DISTINCT ?dataset ?dimension WHERE {{ ?dataset <{QB.structure}>/<{QB.component}>/<{QB.componentProperty}> "
        f"?dimension . ?dimension a <{QB.DimensionProperty}> }} ORDER BY ?dataset ?dimension"
    )
    found: dict[str, list[str]] = {}
    for solution in _solutions(store, text):
        if isinstance(solution["dataset"], ox.NamedNode):
            found.setdefault(str(solution["dataset"]), []).append(str(solution["dimension"]))
    return found


def _finding(rule: str, row: Row) -> Diagnostic:
    item = finding(rule, row.message, Location(focus=row.focus, path=row.path), value=row.value)
    return replace(item, count=row.count)


def _count(store: "ox.Store", term: str) -> int:
    """Return the number of instances of a class or, of a property (its name begins with a small letter), of subjects."""
    import pyoxigraph as ox

    is_class = term.rpartition("#")[2][:1].isupper()
    pattern = f"?node a <{term}>" if is_class else f"?node <{term}> ?value"
    (solution,) = _solutions(store, f"SELECT (COUNT(DISTINCT ?node) AS ?number) WHERE {{ {pattern} }}")
    number = solution["number"]
    assert isinstance(number, ox.Literal)
    return int(number.value)


def _solutions(store: "ox.Store", text: str) -> "Iterator[ox.QuerySolution]":
    import pyoxigraph as ox

    answer = store.query(text)
    assert isinstance(answer, ox.QuerySolutions)
    yield from answer


@lru_cache(maxsize=1)
def _normalisation() -> str:
    return files("semstat.validators").joinpath("updates/cube-normalisation.rq").read_text(encoding="utf-8")


def _normalise(store: "ox.Store") -> None:
    """Add what an abbreviated cube leaves out, and put what stands in a hierarchy into its scheme."""
    import pyoxigraph as ox

    store.update(_normalisation())
    found = list(
        _solutions(
            store,
            f"SELECT DISTINCT ?list ?property ?inverse WHERE {{ ?list <{QB.parentChildProperty}> ?property . "
            f"OPTIONAL {{ ?property <{OWL.inverseOf}> ?inverse }} }}",
        )
    )
    for solution in found:
        down, up = solution["property"], solution["inverse"]
        if isinstance(down, ox.NamedNode):
            _put_into_scheme(store, solution["list"], f"{down}")
        elif isinstance(up, ox.NamedNode):
            _put_into_scheme(store, solution["list"], f"^{up}")


def _put_into_scheme(store: "ox.Store", scheme: object, step: str) -> None:
    """Put every node below a root into the scheme; ``step`` is the way from parent to child, an IRI in angle brackets."""
    import pyoxigraph as ox

    assert isinstance(scheme, ox.NamedNode | ox.BlankNode)
    nodes = [
        solution["code"]
        for root in store.quads_for_pattern(scheme, ox.NamedNode(QB.hierarchyRoot), None, None)
        for solution in _below(store, root.object, step)
    ]
    for node in nodes:
        assert isinstance(node, ox.NamedNode | ox.BlankNode)
        store.add(ox.Quad(node, ox.NamedNode(SKOS.inScheme), scheme))


def _below(store: "ox.Store", root: object, step: str) -> "Iterator[ox.QuerySolution]":
    import pyoxigraph as ox

    assert isinstance(root, ox.NamedNode)
    yield from _solutions(store, f"SELECT DISTINCT ?code WHERE {{ {root} ({step})* ?code }}")


def _gaps(store: "ox.Store") -> Mapping[str, tuple[str, ...]]:
    """Return by rule what is named but not at hand, so that the rule cannot be decided for it."""
    found: dict[str, list[str]] = {}
    for rules, query in open_questions():
        for row in rows(store, query):
            for rule in rules:
                found.setdefault(rule, []).append(row.message)
    return {rule: tuple(reasons) for rule, reasons in found.items()}


def datasets_of(store: "ox.Store") -> tuple[CubeDataset, ...]:
    """Return the datasets of the cubes in a normalised store, sorted by name."""
    import pyoxigraph as ox

    text = (
        "SELECT ?dataset (MIN(?structure) AS ?of) (COUNT(DISTINCT ?observation) AS ?number) WHERE { "
        f"?dataset a <{QB.DataSet}> . OPTIONAL {{ ?dataset <{QB.structure}> ?structure }} "
        f"OPTIONAL {{ ?observation <{QB.dataSet}> ?dataset }} }} GROUP BY ?dataset"
    )
    found = []
    for solution in _solutions(store, text):
        structure, number = solution["of"], solution["number"]
        assert isinstance(number, ox.Literal)
        name = structure.value if isinstance(structure, ox.NamedNode) else None
        found.append(CubeDataset(getattr(solution["dataset"], "value", ""), name, int(number.value)))
    return tuple(sorted(found, key=lambda item: item.iri))
