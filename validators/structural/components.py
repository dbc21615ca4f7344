"""SHACL-SPARQL constraint components of our own, for what SHACL Core cannot say of observations.

A component over *n* dimensions has *n* numbered parameters, so its IRI carries the number: the SPARQL text is fixed for
each number, any engine can run it in linear time, and the column executor reads the parameters instead.

Source:
    W3C SHACL, 6 *SPARQL-based Constraint Components*; for the rules, SDMX 3.0, Section 2, *Data Structure Definition*.
"""

from collections.abc import Iterator, Sequence

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD

from semstat.ontology.terms import BASE, QB, RDF, RDFS, SH, SS, SSC

__all__ = [
    "CONSISTENT_KEY",
    "CONSTANT_WITHIN",
    "PERIOD_FREQUENCY",
    "UNREPEATED_KEY",
    "declare",
    "declare_constant_within",
    "declare_distinct_keys",
    "declare_period_frequency",
    "declare_plain",
    "marker",
    "parameters",
]

CONSTANT_WITHIN = "ConstantWithin"
PERIOD_FREQUENCY = "PeriodFrequency"
CONSISTENT_KEY = "ConsistentKey"
UNREPEATED_KEY = "UnrepeatedKey"

_DIMENSION = "keyDimension"

# `$this?value` without a blank, and an aggregate first in the inner SELECT: pySHACL binds ?value to the focus node, against
# SHACL 6.2, wherever it finds a blank before it, and demands it of an inner SELECT that starts with a variable.
_DUPLICATE = """SELECT $this?value WHERE {{
  {{
    SELECT (MIN(?place) AS ?first) {bound} {names} WHERE {{
      ?any <{dataset}> $this ; a <{observation}> ; <{position}> ?place{pairs} .
    }} GROUP BY {bound} {names} HAVING (COUNT(?any) > 1)
  }}
  {{ ?start <{dataset}> $this ; <{position}> ?first }}.?value <{dataset}> $this ; a <{observation}> ; <{position}> ?own{pairs} .
  FILTER (?own > ?first && %s (
    EXISTS {{ ?start ?stated ?there . FILTER (%s) FILTER NOT EXISTS {{ ?start a ?class.?value ?stated ?there }} }}
    || EXISTS {{ ?start a ?type.?value ?found ?here . FILTER (%s) FILTER NOT EXISTS {{ ?start ?found ?here }} }}))
}}"""

# What a record is and where it stands is no statement about what it measures, nor is a column that no structure knows.
_NO_COMPONENT = f"^({RDF}|{BASE}core#|{BASE}structure#|{BASE}data/)"


def _duplicate(*, contradicting: bool) -> str:
    """Return the template of what an observation has to do with the first one of its key: contradict it, or repeat it."""
    stated, found = (f'!REGEX(STR(?{name}), "{_NO_COMPONENT}")' for name in ("stated", "found"))
    return _DUPLICATE % ("" if contradicting else "!", stated, found)


_CONSTANT = """SELECT DISTINCT $this?value WHERE {{
  {{
    SELECT (MIN(?place) AS ?first) {bound} {names} WHERE {{
      ?any <{dataset}> $this ; <{position}> ?place ; $constantAttribute ?given{pairs} .
    }} GROUP BY {bound} {names} HAVING (COUNT(DISTINCT STR(?given)) > 1)
  }}
  {{ ?start <{dataset}> $this ; <{position}> ?first }}.?value <{dataset}> $this ; $constantAttribute ?found{pairs} .
  FILTER (EXISTS {{ ?start $constantAttribute ?stated . FILTER NOT EXISTS {{ ?start a ?class.?value $constantAttribute ?stated }} }}
    || NOT EXISTS {{ ?start $constantAttribute ?found }})
}}"""

_PERIOD = """SELECT $this?value WHERE {{
  $this a ?class.?value <{dataset}> $this ; $periodDimension ?period ; $frequencyDimension ?stated .
  FILTER (STR(?stated) = STR($frequency) && !REGEX(STR(?period), STR($periodPattern)))
}}"""


def declare_distinct_keys(graph: Graph, arity: int) -> None:
    """Add two components: *no observation contradicts*, and *none repeats*, *an earlier one with the same dimension values*.

    They are put on node shapes whose focus nodes are datasets; each observation at fault is a result's ``sh:value``. Those
    that say of all components what the first of their key says (by ``ss:position``) repeat it, the others contradict it.
    """
    for stem, label, contradicting in (
        (CONSISTENT_KEY, "Consistent key", True),
        (UNREPEATED_KEY, "Unrepeated key", False),
    ):
        declare(graph, stem, arity, f"{label} of {arity} dimensions", _duplicate(contradicting=contradicting))


def declare_constant_within(graph: Graph, arity: int) -> None:
    """Add the component *an attribute has one value for each combination of these dimensions* (none: in the dataset).

    It is put on a node shape whose focus nodes are datasets; each record whose value differs from that of the first
    record of its group is a result's ``sh:value``.
    """
    label = f"Constant within {arity} dimensions"
    declare(graph, CONSTANT_WITHIN, arity, label, _CONSTANT, needs=(SSC.constantAttribute,))


def declare_period_frequency(graph: Graph) -> None:
    """Add the component *where the frequency is this, the period has this form*.

    Like the others it is put on a node shape whose focus nodes are datasets (engines parse a query once for each focus
    node, so that judging every observation by a query of its own takes minutes); the records at fault are the values.
    """
    needs = [SSC.periodDimension, SSC.frequencyDimension, SSC.frequency, SSC.periodPattern]
    _component(graph, SSC.PeriodFrequencyConstraintComponent, "Period fits the frequency", needs)
    _validator(graph, SSC.PeriodFrequencyConstraintComponent, SH.nodeValidator, _PERIOD.format(dataset=QB.dataSet))


def marker(stem: str, arity: int) -> URIRef:
    """Return the parameter, set to true, that switches a numbered component on.

    A component is active where a shape has all its parameters, so that without it the dimensions of a longer key would
    switch every shorter key on.

    Example:
        >>> marker(CONSISTENT_KEY, 6)
        rdflib.term.URIRef('https://w3id.org/semstat/shacl#consistentKey6')
    """
    return SSC.numbered(stem[0].lower() + stem[1:], arity)


def parameters(dimensions: Sequence[URIRef]) -> Iterator[tuple[URIRef, URIRef]]:
    """Yield each numbered parameter with its dimension, in order."""
    for number, dimension in enumerate(dimensions, 1):
        yield SSC.numbered(_DIMENSION, number), dimension


def _dimensions(arity: int) -> list[URIRef]:
    return [SSC.numbered(_DIMENSION, number) for number in range(1, arity + 1)]


def _local(iri: URIRef) -> str:
    return str(iri).rsplit("#", 1)[-1]


def _select(template: str, arity: int, bound: Sequence[URIRef]) -> str:
    return template.format(
        names=" ".join(f"?k{number}" for number in range(1, arity + 1)),
        bound=" ".join(["$this", *(f"${_local(iri)}" for iri in bound)]),
        dataset=QB.dataSet,
        observation=QB.Observation,
        position=SS.position,
        pairs="".join(f" ; $keyDimension{number} ?k{number}" for number in range(1, arity + 1)),
    )


def declare(graph: Graph, stem: str, arity: int, label: str, template: str, *, needs: Sequence[URIRef] = ()) -> None:
    """Add a numbered component of dimensions.

    Args:
        graph: Where to.
        stem: The name without the number.
        arity: How many dimensions it takes as parameters.
        label: What it is called.
        template: The text of its query, where ``pairs`` stands for what ties a record to the dimensions.
        needs: Its parameters beside the dimensions.
    """
    bound = [marker(stem, arity), *needs, *_dimensions(arity)]
    component = SSC.numbered(stem, arity) + "ConstraintComponent"
    _component(graph, component, label, bound)
    graph.add((component, SSC.arity, Literal(str(arity), datatype=XSD.integer)))
    _validator(graph, component, SH.nodeValidator, _select(template, arity, bound))


def declare_plain(graph: Graph, component: URIRef, label: str, select: str, *, needs: Sequence[URIRef]) -> None:
    """Add a component that has no number: its label, its parameters and the text of its query."""
    _component(graph, component, label, needs)
    _validator(graph, component, SH.nodeValidator, select)


def _component(graph: Graph, component: URIRef, label: str, needs: Sequence[URIRef]) -> None:
    graph.add((component, RDF.type, SH.ConstraintComponent))
    graph.add((component, RDFS.label, Literal(label, "en")))
    for path in needs:
        node = component + f"-{_local(path)}"
        graph.add((component, SH.parameter, node))
        graph.add((node, RDF.type, SH.Parameter))
        graph.add((node, SH.path, path))


def _validator(graph: Graph, component: URIRef, kind: URIRef, select: str) -> None:
    node = component + "-validator"
    graph.add((component, kind, node))
    graph.add((node, RDF.type, SH.SPARQLSelectValidator))
    graph.add((node, SH.select, Literal(select)))
