"""Hypothesis strategies: small data structures as hub graphs, and tables of records with faults of every kind."""

from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef

from semstat.ontology.iri import SdmxName
from semstat.ontology.terms import RDF, SKOS, SS, SST, XSD
from semstat.validators.observations import KIND, LINE, SERIES_LINE
from semstat.validators.structural import Sums
from semstat.validators.structural.headers import HeaderFacts

CODES = {
    "CL_FREQ": ("A", "Q", "M", "D", "W"),
    "CL_AREA": ("NA", "FR", "IT", "01"),
    "CL_SEX": ("F", "M", "_T"),
    "CL_EMPTY": (),
    "CL_OBS_STATUS": ("A", "M", "Q"),
}
WHOLES = {"CL_AREA": "FR", "CL_SEX": "_T"}
"""Of which code the others of a list are the parts."""
DSD = SdmxName("datastructure", "DataStructure", "TEST", "DSD", "1.0")


@dataclass(frozen=True)
class Component:
    """What the strategies choose for one component of a structure."""

    id: str
    role: str
    codelist: str | None = None
    text_type: str | None = None
    facets: tuple[tuple[str, str], ...] = ()
    mandatory: bool = False
    level: str | None = None
    attached: tuple[str, ...] = ()


def component_iri(component: Component) -> URIRef:
    classes = {"time": "TimeDimension", "measure": "PrimaryMeasure", "attribute": "DataAttribute"}
    return DSD.of_item(classes.get(component.role, "Dimension"), component.id).iri


def hub_graph(
    components: list[Component], constraints: list[tuple[bool, list[tuple[str, bool, list[str]]]]] = ()
) -> Graph:
    """Return the hub graph of a structure, with constraints given as regions: (included, [(component, included, values)])."""
    graph = Graph()
    for name, codes in CODES.items():
        scheme = SdmxName("codelist", "Codelist", "TEST", name, "1.0")
        graph.add((scheme.iri, RDF.type, SST.Codelist))
        for place, code in enumerate(codes, 1):
            item = scheme.of_item("Code", code).iri
            graph.add((item, RDF.type, SST.Code))
            graph.add((item, SKOS.inScheme, scheme.iri))
            graph.add((item, SKOS.notation, Literal(code)))
            graph.add((item, SS.position, Literal(str(place), datatype=XSD.integer)))
            if name in WHOLES and code != WHOLES[name]:
                graph.add((item, SKOS.broader, scheme.of_item("Code", WHOLES[name]).iri))
    graph.add((DSD.iri, RDF.type, SST.DataStructure))
    iris = {item.id: component_iri(item) for item in components}
    for place, item in enumerate(components, 1):
        _component(graph, item, place, iris)
    for number, (included, members) in enumerate(constraints, 1):
        _region(graph, number, members, included=included)
    return graph


def _component(graph: Graph, item: Component, place: int, iris: dict[str, URIRef]) -> None:
    iri = iris[item.id]
    cls = {"dimension": SST.Dimension, "time": SST.TimeDimension, "measure": SST.Measure, "attribute": SST.Attribute}[
        item.role
    ]
    graph.add((DSD.iri, SST.component, iri))
    graph.add((iri, RDF.type, cls))
    graph.add((iri, SS.identifier, Literal(item.id)))
    graph.add((iri, SS.position, Literal(str(place), datatype=XSD.integer)))
    holder = URIRef(f"{iri}#representation")
    graph.add((iri, SST.representation, holder))
    if item.codelist:
        graph.add((holder, SST.enumeration, SdmxName("codelist", "Codelist", "TEST", item.codelist, "1.0").iri))
    if item.text_type:
        graph.add((holder, SST.textType, Literal(item.text_type)))
    for name, value in item.facets:
        graph.add((holder, SST[name], Literal(value)))
    if item.role in {"attribute", "measure"}:
        graph.add((iri, SST.usage, Literal("mandatory" if item.mandatory else "optional")))
    if item.level:
        graph.add((iri, SST.attachmentLevel, Literal(item.level)))
    for other in item.attached:
        graph.add((iri, SST.attachedToComponent, iris[other]))


def _region(graph: Graph, number: int, members: list[tuple[str, bool, list[str]]], *, included: bool) -> None:
    constraint = SdmxName("registry", "ContentConstraint", "TEST", "CC", "1.0").iri
    graph.add((constraint, RDF.type, SST.DataConstraint))
    graph.add((constraint, SST.constraintRole, Literal("Allowed")))
    graph.add((constraint, SST.constrains, DSD.iri))
    region = URIRef(f"{constraint}#region-{number}")
    graph.add((constraint, SST.cubeRegion, region))
    graph.add((region, RDF.type, SST.CubeRegion))
    graph.add((region, SST.isIncluded, Literal(str(included).lower(), datatype=XSD.boolean)))
    for identifier, keeps, values in members:
        member = URIRef(f"{region}-{identifier}")
        graph.add((region, SST.memberSelection, member))
        graph.add((member, SST.componentId, Literal(identifier)))
        graph.add((member, SST.isIncluded, Literal(str(keeps).lower(), datatype=XSD.boolean)))
        for value in values:
            graph.add((member, SST.value, Literal(value)))


_NUMERIC = (
    "Decimal",
    "Integer",
    "Double",
    "Short",
    "Count",
    "ExclusiveValueRange",
    "InclusiveValueRange",
    "BigInteger",
)
_TEXTUAL = ("String", "Alpha", "AlphaNumeric", "Boolean", "URI", "Numeric", "DateTime", "Duration", "MonthDay", "Time")
_FORMATS = ((None, ()), (None, (("maxLength", "1"),)), ("Alpha", ()), ("Short", (("minValue", "2"),)))
"""Formats of enumerations: type and facets."""


@st.composite
def structures(draw: st.DrawFn) -> list[Component]:
    """Draw a structure: a frequency (or none), one to three more dimensions, a time dimension (or none), a measure, attributes."""
    components = [Component("FREQ", "dimension", "CL_FREQ")] if draw(st.booleans()) else []
    names = draw(st.lists(st.sampled_from(["AREA", "SEX", "EMPTY", "TEXT"]), min_size=1, max_size=3, unique=True))
    components += [
        Component(name, "dimension", f"CL_{name}", *draw(st.sampled_from(_FORMATS)))
        if name != "TEXT"
        else Component(name, "dimension", None, "String", draw(facets("String")))
        for name in names
    ]
    if draw(st.booleans()):
        kind = draw(st.sampled_from([None, "ObservationalTimePeriod", "GregorianTimePeriod", "ReportingQuarter"]))
        bounds = draw(
            st.sampled_from([(), (("startTime", "2020-01-02"),), (("startTime", "2019"), ("endTime", "2020-06"))])
        )
        components.append(Component("TIME_PERIOD", "time", None, kind, bounds))
    numeric = draw(st.sampled_from(_NUMERIC))
    components.append(Component("OBS_VALUE", "measure", None, numeric, draw(facets(numeric)), draw(st.booleans())))
    dimensions = [item.id for item in components if item.role in {"dimension", "time"}]
    for number in range(draw(st.integers(0, 3))):
        level = draw(st.sampled_from(["observation", "series", "dataset"]))
        attached = (
            tuple(draw(st.lists(st.sampled_from(dimensions), min_size=1, unique=True))) if level == "series" else ()
        )
        coded = draw(st.booleans())
        kind = draw(st.sampled_from(_TEXTUAL))
        form = draw(st.sampled_from(_FORMATS)) if coded else (kind, draw(facets(kind)))
        components.append(
            Component(
                f"ATT{number}",
                "attribute",
                "CL_SEX" if coded else None,
                *form,
                draw(st.booleans()),
                level,
                attached,
            )
        )
    if draw(st.booleans()):
        components.append(
            Component("OBS_STATUS", "attribute", "CL_OBS_STATUS", None, (), draw(st.booleans()), "observation")
        )
    return components


def facets(kind: str) -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    """Return a strategy for some facets that make sense for a text type."""
    if kind in _NUMERIC:
        choices = [("minValue", "0"), ("maxValue", "10"), ("decimals", "1"), ("minValue", "0.1"), ("maxLength", "4")]
    else:
        choices = [("minLength", "2"), ("maxLength", "3"), ("pattern", r"[A-Za-z]\d*"), ("pattern", "true|false|a^b")]
    choices += [("minOccurs", "2"), ("maxOccurs", "2")]
    if kind in _NUMERIC:
        sequence = (("isSequence", "true"), ("startValue", "0.5"), ("interval", "0.25"))
        return _some(choices) | st.sampled_from([sequence, (*sequence, ("endValue", "2"))])
    return _some(choices)


def _some(choices: list[tuple[str, str]]) -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    return st.lists(st.sampled_from(choices), max_size=2, unique_by=lambda item: item[0]).map(tuple)


@st.composite
def constraints(draw: st.DrawFn, components: list[Component]) -> list[tuple[bool, list[tuple[str, bool, list[str]]]]]:
    """Draw up to three cube regions over coded components."""
    coded = [item for item in components if item.codelist and CODES[item.codelist]]
    if not coded or not draw(st.booleans()):
        return []
    regions = []
    for _ in range(draw(st.integers(1, 3))):
        members = draw(st.lists(st.sampled_from(coded), min_size=1, max_size=2, unique_by=lambda item: item.id))
        regions.append(
            (
                draw(st.booleans()),
                [
                    (
                        item.id,
                        draw(st.booleans()),
                        draw(st.lists(st.sampled_from(CODES[item.codelist]), max_size=2, unique=True)),
                    )
                    for item in members
                ],
            )
        )
    return regions


_TIMES = (
    "2020",
    "2020-A1",
    "2020-Q1",
    "2020-Q5",
    "2020-01",
    "2020-13",
    "2020-02-29",
    "2021-02-29",
    "2020-W53",
    "2021-W53",
    "2020Q1",
    "2020-01-01/P1M",
    "20200101",
    "",
)
_NUMBERS = (
    "#N/A",
    "1",
    "0",
    "10",
    "10.0",
    "10.00000000000000000001",
    "0.09999999999999999999999",
    "0.1",
    "-0",
    "+5",
    "1e3",
    "n/a",
    "1.2.3",
    "NaN",
    "INF",
    "",
    " 1",
    "1_0",
    "99999",
    "1.25",
    "32768",
    "01",
)
_TEXTS = (
    "ab\x1fcd",
    "A1\x1fA1\x1f#N/A",
    "#N/A",
    "a",
    "ab",
    "abcd",
    "A1",
    "true",
    "1",
    "é",
    "a\nb",
    "true\n",
    "a^b",
    "http://x.org/",
    "P1Y",
    "2020-01-01T00:00:00",
    "",
    "nan",
    "NA",
    "007",
)


def cells(component: Component) -> st.SearchStrategy[str | None]:
    """Return a strategy for the values of a component: mostly valid, sometimes wrong, sometimes absent."""
    if component.codelist:
        good = CODES[component.codelist] or ("x",)
        return st.one_of(
            st.sampled_from(good), st.sampled_from(good), st.sampled_from(("zz", "f", "1", "", "#N/A", None))
        )
    if component.role == "time":
        return st.one_of(st.sampled_from(_TIMES), st.none())
    return st.one_of(st.sampled_from(_NUMBERS if component.text_type in _NUMERIC else _TEXTS), st.none())


@st.composite
def further_periods(
    draw: st.DrawFn, names: list[str], rows: list[tuple[str | None, ...]]
) -> list[tuple[str | None, ...]]:
    """Draw up to four further periods of one of the series that the records begin."""
    if not {"FREQ", "TIME_PERIOD"} <= set(names) or not draw(st.booleans()):
        return []
    frequency, time = names.index("FREQ"), names.index("TIME_PERIOD")
    row = list(draw(st.sampled_from(rows)))
    row[frequency] = draw(st.sampled_from(sorted(_SERIES)))
    row = [_FIRST.get(name, "F") if value is None else value for name, value in zip(names, row, strict=True)]
    periods = draw(st.lists(st.sampled_from(_SERIES[row[frequency]]), min_size=2, max_size=4))
    return [(*row[:time], period, *row[time + 1 :]) for period in periods]


@st.composite
def further_parts(
    draw: st.DrawFn, components: list[Component], rows: list[tuple[str | None, ...]]
) -> list[tuple[str | None, ...]]:
    """Draw figures of a whole and of its parts that agree in all other dimensions, most of them there and equal to the sum."""
    coded = [item for item in components if item.role == "dimension" and item.codelist in WHOLES]
    if not coded or not draw(st.booleans()):
        return []
    names = [item.id for item in components]
    item = draw(st.sampled_from(coded))
    basis = [
        _FIRST.get(name, "F") if value is None else value
        for name, value in zip(names, draw(st.sampled_from(rows)), strict=True)
    ]
    codes = CODES[item.codelist or ""]
    given = draw(st.lists(st.sampled_from(codes), min_size=len(codes) - 1, max_size=len(codes) + 1))
    figures = st.sampled_from(
        ("1", "2", "3", "3.0", "0.1", "10.00000000000000000001", "-1", "1e3", "NaN", "INF", "-INF", "#N/A", "3\n")
    )
    found = []
    for code in draw(st.sampled_from([codes, tuple(given)])):
        row = list(basis)
        row[names.index(item.id)] = code
        figure = (
            draw(st.sampled_from(("2", "3"))) if code == WHOLES[item.codelist or ""] else draw(figures | st.just("1"))
        )
        row[names.index("OBS_VALUE")] = figure
        found.append(tuple(row))
    return found


def facts() -> st.SearchStrategy[HeaderFacts]:
    """Return a strategy for what headers say of the reporting period and the sender."""
    begins, ends = (
        st.sampled_from((None, None, *days)) for days in (("2020-01-01", "2020-03"), ("2020-06-30T23:59:59",))
    )
    return st.builds(HeaderFacts, begins, ends, sender=st.sampled_from((None, "S")))


@st.composite
def sums(draw: st.DrawFn, components: list[Component]) -> list[Sums]:
    """Draw demands that figures add up along dimensions."""
    coded = [item.id for item in components if item.role == "dimension" and item.codelist in WHOLES]
    absolute, relative = (st.sampled_from((Decimal("0"), Decimal("0.1"), Decimal("1"))) for _ in range(2))
    each = st.builds(
        Sums, st.sampled_from(coded or ["SEX"]), st.none(), absolute, relative, missing_is_zero=st.booleans()
    )
    return draw(st.lists(each, max_size=2))


_FIRST = {"AREA": "FR", "TEXT": "ab", "OBS_VALUE": "1"}
_SERIES = {
    "A": ("2020", "2021-A1", "2023"),
    "Q": ("2020-Q1", "2020-Q3", "2021-Q1"),
    "M": ("2019-12", "2020-M02", "2020-01"),
    "D": ("2020-02-28", "2020-02-29", "2020-D061", "2020-03-02", "2019-12-31"),
    "W": ("2020-W52", "2021-W01", "2020-W53", "2021-W03"),
}
"""Periods of each frequency that follow each other, or nearly."""


def _single(component: Component) -> st.SearchStrategy[str | None]:
    """Cells of a component; of a dimension with one value, since which of several its key has is not defined."""
    found = cells(component)
    return found.filter(lambda cell: "\x1f" not in (cell or "")) if component.role == "dimension" else found


@st.composite
def tables(draw: st.DrawFn, components: list[Component]) -> list[pa.RecordBatch]:
    """Draw a few records, some of them copies or partial keys, with an unknown column now and then, in one or two batches."""
    names = [item.id for item in components]
    rows = draw(st.lists(st.tuples(*(_single(item) for item in components)), min_size=1, max_size=8))
    rows += draw(st.lists(st.sampled_from(rows), max_size=3))
    rows = draw(st.permutations(rows + draw(further_periods(names, rows)) + draw(further_parts(components, rows))))
    kinds = (
        draw(st.lists(st.sampled_from([0, 0, 0, 1, 2, 3, 4]), min_size=len(rows), max_size=len(rows)))
        if draw(st.booleans())
        else None
    )
    elements = st.lists(st.integers(1, 6), min_size=len(rows), max_size=len(rows)).map(sorted)
    series = draw(elements) if draw(st.booleans()) else None
    extra = draw(st.sampled_from([None, None, "UNKNOWN"]))
    cut = draw(st.integers(0, len(rows)))
    batches = []
    for start, stop in ((0, cut), (cut, len(rows))):
        part = rows[start:stop]
        if not part:
            continue
        columns = {name: pa.array([row[place] for row in part], pa.string()) for place, name in enumerate(names)}
        if draw(st.booleans()):
            columns = {name: column.dictionary_encode() for name, column in columns.items()}
        columns[LINE] = pa.array(range(start + 2, stop + 2), pa.int64())
        if series is not None:
            columns[SERIES_LINE] = pa.array(series[start:stop], pa.int64())
        if kinds is not None:
            columns[KIND] = pa.array(kinds[start:stop], pa.int8())
        if extra:
            columns[extra] = pa.array([draw(st.sampled_from([None, "x"])) for _ in part], pa.string())
        batches.append(pa.RecordBatch.from_pydict(columns))
    return batches
