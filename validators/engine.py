"""The graph executor: runs shapes with pySHACL. The only module that imports it, and the fence around its quirks.

pySHACL leaves ``rdflib.NORMALIZE_LITERALS`` switched on for the whole process, logs its progress, and runs patterns as Python
expressions, whose ``$`` also matches before a last line break; it crashes on ``"NaN"^^xsd:decimal``, which rdflib takes for a
number. All are undone here. It needs seconds for thousands of observations, so callers keep it for small data and for
residual shapes.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from semstat.ontology.literals import exact_literals
from semstat.ontology.terms import BASE, RDF, SH, SS, SSC, XSD
from semstat.validators.predicates import python_pattern

_PATTERNS = frozenset({SH.pattern, SSC.periodPattern, SSC.countedPattern, SSC.codePattern, SSC.setApart})
_PYTHON_NUMBERS = frozenset({XSD.decimal, XSD.integer})

__all__ = ["EngineFailure", "GraphResult", "run_shapes"]


class EngineFailure(RuntimeError):
    """The SHACL engine gave up: the shapes are ill-formed or use what it lacks; the text is the engine's."""


@dataclass(frozen=True, slots=True, order=True)
class GraphResult:
    """One ``sh:ValidationResult``: rule (or the shape's IRI), the shape, and the nodes it is about, as strings."""

    rule: str
    shape: str
    focus: str
    path: str | None
    value: str | None


def run_shapes(data: Graph, shapes: Graph) -> tuple[GraphResult, ...]:
    """Return the results of validating a data graph, sorted.

    Raises:
        EngineFailure: the engine could not run the shapes.
    """
    import pyshacl
    from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError, ValidationFailure

    quiet = logging.getLogger("semstat.pyshacl")
    quiet.addHandler(logging.NullHandler())
    quiet.propagate = False
    try:
        with exact_literals():
            _, report, words = pyshacl.validate(
                _without_nan(data),
                shacl_graph=_for_python(shapes),
                inference="none",
                do_owl_imports=False,
                inplace=True,
                logger=quiet,
            )
    except (
        ConstraintLoadError,
        ShapeLoadError,
        ReportableRuntimeError,
        ValidationFailure,
        ValueError,
        ArithmeticError,
    ) as problem:
        raise EngineFailure(str(problem)) from problem
    if not isinstance(report, Graph):
        raise EngineFailure(str(words))
    return tuple(sorted(set(_results(report, shapes))))


def _for_python(shapes: Graph) -> Graph:
    """Return the shapes with their expressions in Python's dialect."""
    adapted = Graph()
    for subject, predicate, value in shapes:
        exact = predicate in _PATTERNS
        adapted.add((subject, predicate, Literal(python_pattern(str(value))) if exact else value))
    return adapted


def _without_nan(data: Graph) -> Graph:
    """Return the data with ill-formed decimals that Python would take for NaN or infinity as strings, ill-typed as before."""
    taken = [
        (subject, predicate, value)
        for subject, predicate, value in data
        if isinstance(value, Literal) and value.datatype in _PYTHON_NUMBERS and "n" in value.lower()
    ]
    for subject, predicate, value in taken:
        data.remove((subject, predicate, value))
        data.add((subject, predicate, Literal(str(value))))
    return data


def _results(report: Graph, shapes: Graph) -> Iterator[GraphResult]:
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape = report.value(result, SH.sourceShape)
        yield GraphResult(
            rule=_rule(shapes, shape),
            shape=str(shape),
            focus=str(report.value(result, SH.focusNode)),
            path=_text(report.value(result, SH.resultPath)),
            value=_text(report.value(result, SH.value)),
        )


def _rule(shapes: Graph, shape: Node | None) -> str:
    """Return the rule of the shape, or of the nearest shape around it that names one; else the shape's own IRI."""
    node = shape
    while node is not None:
        rule = shapes.value(node, SS.checksRule)
        if rule is not None:
            return str(rule).removeprefix(BASE + "rule/")
        node = shapes.value(None, SH.property, node, any=True)
    return str(shape) if isinstance(shape, URIRef) else "unnamed"


def _text(node: Node | None) -> str | None:
    return None if node is None else str(node)
