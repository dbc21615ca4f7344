"""Constraint components on wholes and their parts: that a figure is the sum of its parts, and that it can be compared with it.

Source:
    W3C SHACL, 6 *SPARQL-based Constraint Components*; SDMX 3.0, Section 2 (Information Model), class *Hierarchy*.
"""

from rdflib import Graph

from semstat.ontology.terms import QB, SS, SSC, XSD
from semstat.validators.structural.components import declare

__all__ = ["COMPARABLE_PARTS", "NUMBER", "SUM_OF_PARTS", "declare_sums"]

SUM_OF_PARTS = "SumOfParts"
COMPARABLE_PARTS = "ComparableParts"

NUMBER = "[+-]?(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)"
"""The figures that are added up: decimals without an exponent, which both executors compute exactly."""

_OBSERVED = f"a <{QB.Observation}> ; <{QB.dataSet}> $this"


def _is_number(name: str) -> str:
    # Python's `$` also matches before a last line break, and the expression is no parameter that could be adapted.
    return f'(REGEX(STR(?{name}), "^{NUMBER}$") && !CONTAINS(STR(?{name}), "\\n"))'


def _decimal(term: str) -> str:
    return f"<{XSD.decimal}>(STR({term}))"


_IS_PART = '(STR(?code) != STR($wholeCode) && CONTAINS(STR($partCodes), CONCAT(" ", STR(?code), " ")))'

# The whole is a member of its own group, so that a whole without any part has a group as well.
_CELL = f"""SELECT $this?value WHERE {{{{
  {{{{
    SELECT (COUNT(DISTINCT STR(?code)) AS ?codes) (SUM(IF({_IS_PART}, 1, 0)) AS ?parts)
      (SUM(IF({_IS_PART} && {_is_number("amount")}, 1, 0)) AS ?numbers)
      (SUM(IF({_IS_PART} && {_is_number("amount")}, {_decimal("?amount")}, 0)) AS ?total) {{bound}} {{names}} WHERE {{{{
      ?any {_OBSERVED} ; $summedDimension ?code ; $summedMeasure ?amount{{pairs}} .
      FILTER (STR(?code) = STR($wholeCode) || {_IS_PART})
    }}}} GROUP BY {{bound}} {{names}}
  }}}}
  {{{{ $this a ?class }}}}.?value {_OBSERVED} ; <{SS.position}> ?own ; $summedDimension ?whole ; $summedMeasure ?stated{{pairs}} .
  FILTER (STR(?whole) = STR($wholeCode) && {_is_number("stated")})
  FILTER (%s)
}}}}"""

_COMPARABLE = f"(?parts = ?codes - 1 && ?numbers = ?parts && ?parts >= <{XSD.integer}>(STR($requiredParts)))"
# Engines may evaluate all members of a conjunction, and Python's decimals refuse to be compared with NaN.
_STATED = f"IF({_is_number('stated')}, {_decimal('?stated')}, 0)"
_APART = (
    f"{_COMPARABLE} && ABS({_STATED} - ?total) > {_decimal('$absoluteTolerance')} "
    f"&& ABS({_STATED} - ?total) > {_decimal('$relativeTolerance')} * ABS({_STATED})"
)


def declare_sums(graph: Graph, arity: int) -> None:
    """Add two components: *a figure is the sum of its parts*, and *the parts of a figure are there to be added up*.

    Both are put on node shapes whose focus nodes are datasets and are about one whole code; ``ssc:partCodes`` has its parts,
    each between blanks. The values are the observations of the whole, for each combination of the other dimensions: those
    that differ from the sum by more than both tolerances allow, and those that were not compared, since fewer than the
    required parts are there, one is there twice, or one is no decimal figure.
    """
    cell = (SSC.summedDimension, SSC.summedMeasure, SSC.wholeCode, SSC.partCodes, SSC.requiredParts)
    tolerances = (SSC.absoluteTolerance, SSC.relativeTolerance)
    label = f"in {arity} other dimensions"
    declare(graph, SUM_OF_PARTS, arity, f"Sum of parts {label}", _CELL % _APART, needs=(*cell, *tolerances))
    declare(graph, COMPARABLE_PARTS, arity, f"Comparable parts {label}", _CELL % f"!{_COMPARABLE}", needs=cell)
