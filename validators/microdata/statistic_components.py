"""Constraint components on statistics: that counts, sums of weights and figures are those that the documentation states.

Their focus nodes are kinds of records (``ssi:LogicalRecord``); the records are their instances, with a literal for each
variable that has a value. Figures are computed in doubles: the tolerance of a stated figure is far wider than their error.

Source:
    W3C SHACL, 6 *SPARQL-based Constraint Components*; DDI Codebook 2.6, ``sumStat`` and ``catStat``.
"""

from collections.abc import Mapping

from rdflib import Graph, URIRef

from semstat.ontology.terms import SSC, XSD
from semstat.validators.microdata.patterns import NUMBER
from semstat.validators.microdata.plan import WEIGHTED_KINDS
from semstat.validators.structural.components import declare_plain

__all__ = ["KINDS", "declare_statistic", "parameters_of", "stated"]

_NUMBER = NUMBER.replace("\\", "\\\\")
_APART = (SSC.setApart, SSC.setApartFrom, SSC.setApartTo)
_COUNTED = (SSC.absentCounts, SSC.othersCount)


def _is_number(name: str) -> str:
    return f'REGEX(STR(?{name}), "{_NUMBER}")'


def _double(term: str) -> str:
    return f"<{XSD.double}>(STR({term}))"


_IN_STRETCH = (
    f"IF({_is_number('cell')}, {_double('?cell')} >= {_double('$setApartFrom')} "
    f"&& {_double('?cell')} <= {_double('$setApartTo')}, false)"
)
_SET_APART = f"(REGEX(STR(?cell), STR($setApart)) || {_IN_STRETCH})"
_IS_COUNTED = f"(IF(BOUND(?cell), {_SET_APART}, $absentCounts) != $othersCount)"
_EACH = "?row a $this . OPTIONAL { ?row $measuredVariable ?cell }"
_WEIGHT = "OPTIONAL { ?row $weightingVariable ?heavy }"
_OWN_WEIGHT = f"IF(BOUND(?heavy), IF({_is_number('heavy')}, {_double('?heavy')}, 0.0e0), 0.0e0)"

# The sum makes one number of all spellings of it, so that equal ones fall into one group.
_NUMBERS = f"?row a $this ; $measuredVariable ?cell . FILTER ({_is_number('cell')} && !{_SET_APART})"
_AS_X = f"{_NUMBERS} BIND ({_double('?cell')} + 0.0e0 AS ?x)"
_AS_WEIGHTED = (
    f"{_AS_X} ?row $weightingVariable ?heavy . FILTER ({_is_number('heavy')}) BIND ({_double('?heavy')} AS ?w)"
)


def _apart(found: str) -> str:
    return f"ABS({found} - {_double('%(stated)s')}) > {_double('$tolerance')}"


def _one(aggregate: str, where: str) -> str:
    """Return a query that compares one aggregate over the records with the figure stated."""
    inner = f"SELECT ({aggregate} AS ?found) %(bound)s WHERE {{ {where} }} GROUP BY %(bound)s"
    return f"SELECT $this WHERE {{ {{ {inner} }} FILTER ({_apart('?found')}) }}"


def _share(amount: str, extra: str = "") -> str:
    """A percentage may be of all records, of those with a value, or of those with a value that is not set apart."""
    hit = "IF(BOUND(?cell), REGEX(STR(?cell), STR($codePattern)), false)"
    bases = ("true", "BOUND(?cell)", f"IF(BOUND(?cell), !{_SET_APART}, false)")
    sums = " ".join(f"(SUM(IF({base}, {amount}, 0.0e0)) AS ?base{place})" for place, base in enumerate(bases))
    inner = f"SELECT (SUM(IF({hit}, {amount}, 0.0e0)) AS ?part) {sums} %(bound)s WHERE {{ {_EACH} {extra} }} GROUP BY %(bound)s"
    none = " && ".join(f"(?base{n} <= 0 || {_apart(f'100.0e0 * ?part / ?base{n}')})" for n in range(3))
    return f"SELECT $this WHERE {{ {{ {inner} }} FILTER (?base0 > 0 && {none}) }}"


def _deviation(weight: str, freedom: str, where: str) -> str:
    mean = (
        f"SELECT (SUM({weight} * ?x) / SUM({weight}) AS ?mean) %(bound)s WHERE {{ {where} }} "
        f"GROUP BY %(bound)s HAVING (SUM({weight}) != 0.0e0)"
    )
    spread = (
        f"SELECT (SUM({weight} * (?x - ?mean) * (?x - ?mean)) AS ?squares) (SUM({weight}) AS ?size) %(bound)s "
        f"WHERE {{ {{ {mean} }} {where} }} GROUP BY %(bound)s"
    )
    least = f"IF({_double('%(stated)s')} > {_double('$tolerance')}, {_double('%(stated)s')} - {_double('$tolerance')}, 0.0e0)"
    most = f"({_double('%(stated)s')} + {_double('$tolerance')})"
    divided = f"(?squares / (?size - {freedom}))"
    return (
        f"SELECT $this WHERE {{ {{ {spread} }} "
        f"FILTER (?size > {freedom} && ?squares >= 0.0e0 "
        f"&& ({most} < 0.0e0 || {divided} < {least} * {least} || {divided} > {most} * {most})) }}"
    )


def _middle(pick: str, compares: str) -> str:
    inner = (
        f"SELECT (SUM(IF(?other {compares} ?x, 1, 0)) AS ?within) (COUNT(?other) AS ?all) ?x %(bound)s WHERE {{ {_AS_X} "
        f"{_AS_X.replace('?row', '?more').replace('?cell', '?next').replace('?x', '?other')} }} GROUP BY ?x %(bound)s"
    )
    return (
        f"{{ SELECT ({pick}(?x) AS ?{pick.lower()}) %(bound)s WHERE {{ {{ {inner} }} "
        f"FILTER (2 * ?within >= ?all) }} GROUP BY %(bound)s }}"
    )


_MEDIAN = (
    f"SELECT $this WHERE {{ {_middle('MIN', '<=')} {_middle('MAX', '>=')} FILTER ({_apart('(?min + ?max) / 2.0e0')}) }}"
)
_MODE = (
    f"SELECT DISTINCT $this WHERE {{ "
    f"{{ SELECT (SUM(IF({_apart('?x')}, 0, 1)) AS ?own) %(bound)s WHERE {{ {_AS_X} }} GROUP BY %(bound)s }} "
    f"{{ SELECT (COUNT(?row) AS ?times) ?x %(bound)s WHERE {{ {_AS_X} }} GROUP BY ?x %(bound)s }} FILTER (?times > ?own) }}"
)

KINDS: Mapping[str, tuple[str, tuple[URIRef, ...], str]] = {
    "Count": ("Stated count", (*_APART, *_COUNTED), _one(f"SUM(IF({_IS_COUNTED}, 1, 0))", _EACH)),
    "Weight": (
        "Stated weight",
        (*_APART, *_COUNTED),
        _one(f"SUM(IF({_IS_COUNTED}, {_OWN_WEIGHT}, 0.0e0))", f"{_EACH} {_WEIGHT}"),
    ),
    "Share": ("Stated share", (SSC.codePattern, *_APART), _share("1.0e0")),
    "WeightedShare": ("Stated weighted share", (SSC.codePattern, *_APART), _share(_OWN_WEIGHT, _WEIGHT)),
    "Minimum": ("Stated minimum", _APART, _one("MIN(?x)", _AS_X)),
    "Maximum": ("Stated maximum", _APART, _one("MAX(?x)", _AS_X)),
    "Mean": ("Stated mean", _APART, _one("SUM(?x) / COUNT(?x)", _AS_X)),
    "WeightedMean": ("Stated weighted mean", _APART, _one("SUM(?w * ?x) / SUM(?w)", _AS_WEIGHTED)),
    "Deviation": ("Stated deviation", _APART, _deviation("1.0e0", "1", _AS_X)),
    "WeightedDeviation": ("Stated weighted deviation", _APART, _deviation("?w", "0", _AS_WEIGHTED)),
    "Median": ("Stated median", _APART, _MEDIAN),
    "Mode": ("Stated mode", _APART, _MODE),
}
"""For each kind of statistic: the label of its component, its parameters beside those that all have, and its query."""


def stated(kind: str) -> URIRef:
    """Return the parameter that states a statistic of a kind.

    Example:
        >>> stated("WeightedMean")
        rdflib.term.URIRef('https://w3id.org/semstat/shacl#statedWeightedMean')
    """
    return URIRef(str(SSC.statedCount).removesuffix("Count") + kind)


def parameters_of(kind: str) -> tuple[URIRef, ...]:
    """Return all the parameters of the component of a kind of statistics, the stated figure first."""
    weight = (SSC.weightingVariable,) if kind in WEIGHTED_KINDS else ()
    return (stated(kind), SSC.measuredVariable, SSC.tolerance, *KINDS[kind][1], *weight)


def declare_statistic(graph: Graph, kind: str) -> None:
    """Add the component *this statistic of a variable is the one stated*, for one kind of statistics."""
    label, _, select = KINDS[kind]
    needs = parameters_of(kind)
    names = [str(item).rsplit("#", 1)[-1] for item in needs]
    component = URIRef(str(SSC.StatedCountConstraintComponent).replace("StatedCount", f"Stated{kind}"))
    bound = " ".join(["$this", *(f"${name}" for name in names)])
    declare_plain(graph, component, label, select % {"bound": bound, "stated": f"${names[0]}"}, needs=needs)
