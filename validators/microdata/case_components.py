"""Constraint components on records: how many there are, which tell them apart, what they refer to, which codes they use.

Source:
    W3C SHACL, 6 *SPARQL-based Constraint Components*; DDI Codebook 2.6, ``fileDscr`` and ``catgry``.
"""

from rdflib import Graph, URIRef

from semstat.ontology.terms import SSC, XSD
from semstat.validators.structural.components import declare, declare_plain

__all__ = [
    "REFERENCED",
    "UNIQUE",
    "declare_case_count",
    "declare_referenced",
    "declare_unique",
    "declare_used",
    "target",
]

UNIQUE = "UniqueCase"
REFERENCED = "ReferencedCase"

_COUNT = f"""SELECT $this WHERE {{
  {{ SELECT (COUNT(?row) AS ?found) $this $caseCount WHERE {{ ?row a $this }} GROUP BY $this $caseCount }}
  FILTER (?found != <{XSD.integer}>(STR($caseCount)))
}}"""

# `.?value` without a blank: see the note on pySHACL in validators/structural/components.py.
_UNIQUE = """SELECT $this?value WHERE {{
  {{
    SELECT (MIN(?place) AS ?first) {bound} {names} WHERE {{
      ?any a $this ; <{position}> ?place{pairs} .
    }} GROUP BY {bound} {names} HAVING (COUNT(?any) > 1)
  }}
  {{ ?start <{position}> ?first }}.?value a $this ; <{position}> ?own{pairs} .
  FILTER (?own > ?first)
}}"""

_REFERENCED = """SELECT $this?value WHERE {{
  $this a ?class.?value a $this{pairs} .
  FILTER NOT EXISTS {{ ?there a $referencedRecord%s }}
}}"""

_USED = """SELECT $this WHERE {
  $this a ?class .
  FILTER NOT EXISTS { ?row a $this ; $codeVariable ?cell . FILTER (REGEX(STR(?cell), STR($codePattern))) }
}"""


def target(place: int) -> URIRef:
    """Return the parameter that gives the variable of the other record at a place of the key, from 1."""
    return SSC.numbered("targetVariable", place)


def declare_case_count(graph: Graph) -> None:
    """Add the component *there are so many records of this kind*."""
    declare_plain(graph, SSC.CaseCountConstraintComponent, "Case count", _COUNT, needs=[SSC.caseCount])


def declare_unique(graph: Graph, arity: int) -> None:
    """Add the component *no record shares its values of these variables with an earlier one*; those that do are the values."""
    declare(graph, UNIQUE, arity, f"Unique case by {arity} variables", _UNIQUE)


def declare_referenced(graph: Graph, arity: int) -> None:
    """Add the component *each record has its like among those of another kind*; those that have none are the values."""
    places = range(1, arity + 1)
    pairs = "".join(f" ; $targetVariable{place} ?k{place}" for place in places)
    needs = [SSC.referencedRecord, *map(target, places)]
    label = f"Referenced case by {arity} variables"
    declare(graph, REFERENCED, arity, label, _REFERENCED % pairs, needs=needs)


def declare_used(graph: Graph) -> None:
    """Add the component *some record has this code*."""
    needs = [SSC.codeVariable, SSC.codePattern]
    declare_plain(graph, SSC.UsedCodeConstraintComponent, "Used code", _USED, needs=needs)
