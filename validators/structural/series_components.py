"""Constraint components on series: that they go on without a gap, and that each is given in one place.

Source:
    W3C SHACL, 6 *SPARQL-based Constraint Components*; SDMX 3.0, Section 2, class *Series*; Section 6, 4.2 *Time*.
"""

from rdflib import Graph

from semstat.ontology.terms import QB, SS, SSC, SST
from semstat.validators.structural.components import declare
from semstat.validators.structural.sequence import START_FORM, sparql_number

__all__ = [
    "CONTINUOUS_REPORTING",
    "CONTINUOUS_SERIES",
    "SERIES_ONCE",
    "SERIES_TOGETHER",
    "declare_continuous_reporting",
    "declare_continuous_series",
    "declare_whole_series",
]

CONTINUOUS_SERIES = "ContinuousSeries"
CONTINUOUS_REPORTING = "ContinuousReportingSeries"
SERIES_ONCE = "SeriesOnce"
SERIES_TOGETHER = "SeriesTogether"

_OBSERVED = f"a <{QB.Observation}> ; <{QB.dataSet}> $this"
_IN_SERIES = f"<{SST.seriesPosition}>"
_FOLLOWS = f"<{SST.follows}>"


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


# Nested, so that an engine which works from the inside out asks the costly questions of few observations only.
_GAP = """SELECT $this?value WHERE {{
  {{
    {{
      $this a ?class.?value %(observed)s ; %(position)s ?own ;
        $frequencyDimension ?stated ; $periodDimension ?period{pairs} .%(value)s
      FILTER (STR(?stated) = STR($frequency))
      %(number period)s
    }}
    FILTER NOT EXISTS {{
      ?last %(observed)s ; $periodDimension ?latest{pairs} .%(last)s
      %(number latest)s
      FILTER (?latestNumber = ?periodNumber - 1)
    }}
  }}
  FILTER EXISTS {{
    ?old %(observed)s ; $periodDimension ?before{pairs} .%(old)s
    %(number before)s
    FILTER (?beforeNumber < ?periodNumber)
  }}
  FILTER NOT EXISTS {{
    ?odd %(observed)s ; $periodDimension ?form{pairs} .%(odd)s
    FILTER (!REGEX(STR(?form), STR($countedPattern))%(unknown)s)
  }}
  FILTER NOT EXISTS {{
    ?twin %(observed)s ; %(position)s ?place ; $periodDimension ?same{pairs} .%(twin)s
    %(number same)s
    FILTER (?sameNumber = ?periodNumber && ?place < ?own)
  }}
}}"""


def _gap(*, start: bool) -> str:
    """Return the query of gaps: of periods alone, or with the day on which the reporting year begins."""
    pairs = (("value", "period"), ("last", "latest"), ("old", "before"), ("twin", "same"))
    parts = {"observed": _OBSERVED, "position": f"<{SS.position}>"}
    parts |= {f"number {name}": _escaped(sparql_number(name, "$frequency", start=start)) for _, name in pairs}
    for node, name in (*pairs, ("odd", "form")):
        # Neither a blank nor a brace before ?value: see components.py.
        parts[node] = f" OPTIONAL {{{{ $this a ?class.?{node} $startDayAttribute ?{name}Start }}}}" if start else ""
    form = _escaped(START_FORM.replace("\\", "\\\\"))
    parts["unknown"] = f' || (BOUND(?formStart) && !REGEX(STR(?formStart), "{form}"))' if start else ""
    return _GAP % parts


_ONCE = f"""SELECT $this?value WHERE {{{{
  $this a ?class.?value {_OBSERVED} ; <{SS.position}> ?own ; {_IN_SERIES} ?series{{pairs}} .
  FILTER NOT EXISTS {{{{ $this a ?type.?value {_FOLLOWS} ?previous . ?previous {_IN_SERIES} ?series }}}}
  FILTER EXISTS {{{{
    ?old {_OBSERVED} ; <{SS.position}> ?place ; {_IN_SERIES} ?other{{pairs}} .
    FILTER (?place < ?own && ?other != ?series)
  }}}}
}}}}"""

_TOGETHER = f"""SELECT $this?value WHERE {{{{
  $this a ?class.?value {_OBSERVED} ; <{SS.position}> ?own ; {_FOLLOWS} ?previous{{pairs}} .
  FILTER NOT EXISTS {{{{ $this a ?type.?value {_IN_SERIES} ?series }}}}
  FILTER NOT EXISTS {{{{ ?previous {_OBSERVED}{{pairs}} }}}}
  FILTER EXISTS {{{{ ?old {_OBSERVED} ; <{SS.position}> ?place{{pairs}} . FILTER (?place < ?own) }}}}
}}}}"""


def declare_continuous_series(graph: Graph, arity: int) -> None:
    """Add the component *between the first and the last period of a series of this frequency none is missing*.

    It is put on a node shape whose focus nodes are datasets; the observation after each gap is a result's ``sh:value``. A
    series with a period that does not match the pattern is passed over: where it belongs is not known. The pattern has a
    parameter of its own, since those of *period fits the frequency* would switch that component on as well.
    """
    needs = (SSC.periodDimension, SSC.frequencyDimension, SSC.frequency, SSC.countedPattern)
    declare(graph, CONTINUOUS_SERIES, arity, f"Continuous series of {arity} dimensions", _gap(start=False), needs=needs)


def declare_continuous_reporting(graph: Graph, arity: int) -> None:
    """Add the same component for periods that are counted from the day on which the reporting year begins.

    That day is the value of an attribute, 1 January where there is none. A series in which one is stated that is not a day of
    every year is passed over.
    """
    needs = (SSC.periodDimension, SSC.frequencyDimension, SSC.frequency, SSC.countedPattern, SSC.startDayAttribute)
    label = f"Continuous series of {arity} dimensions in reporting years"
    declare(graph, CONTINUOUS_REPORTING, arity, label, _gap(start=True), needs=needs)


def declare_whole_series(graph: Graph, arity: int) -> None:
    """Add two components: *a series has one element in a message*, and *the records of a series stand together*.

    Both are put on node shapes whose focus nodes are datasets. The values of the first are the observations that begin
    another element of the series (``sst:seriesPosition``), those of the second the observations outside such elements
    that do not follow one of their series though there are earlier ones.
    """
    declare(graph, SERIES_ONCE, arity, f"Series of {arity} dimensions given once", _ONCE)
    declare(graph, SERIES_TOGETHER, arity, f"Series of {arity} dimensions kept together", _TOGETHER)
