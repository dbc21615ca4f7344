"""A small structure with an attribute of every level, and hypothesis strategies for datasets that fit it."""

import pyarrow as pa
from hypothesis import strategies as st

from semstat.interop.formats.outgoing import Outgoing
from semstat.interop.formats.spool import Spool
from semstat.ontology.iri import SdmxName
from semstat.validators.observations import PART_SEPARATOR
from semstat.validators.structural.view import ComponentView, StructureView

DSD = SdmxName("datastructure", "DataStructure", "TEST", "CUBE", "1.0")
FLOW = SdmxName("datastructure", "Dataflow", "TEST", "DF_CUBE", "1.0")
DIMENSIONS = ("FREQ", "AREA", "TIME_PERIOD")
LEVELS = {"SOURCE": (), "TITLE": ("AREA",), "UNIT": ("FREQ", "AREA"), "NOTE": DIMENSIONS, "TAGS": DIMENSIONS}


def _component(name: str, role: str, **facts) -> ComponentView:
    return ComponentView(
        DSD.of_item("Component", name).iri, name, role, mandatory=role in ("dimension", "time"), **facts
    )


VIEW = StructureView(
    DSD.iri,
    DSD.short,
    (
        _component("FREQ", "dimension"),
        _component("AREA", "dimension"),
        _component("TIME_PERIOD", "time", text_type="ObservationalTimePeriod"),
        _component("OBS_VALUE", "measure"),
        _component("SOURCE", "attribute", level="dataset"),
        _component("TITLE", "attribute", level="group", attached=("AREA",), groups=("Region",)),
        _component("UNIT", "attribute", level="series", attached=("FREQ", "AREA")),
        _component("NOTE", "attribute", level="observation"),
        _component("TAGS", "attribute", level="observation", facets={"minOccurs": "0", "maxOccurs": "unbounded"}),
    ),
    {"Region": ("AREA",)},
)

_AWKWARD = (
    "NA",
    "null",
    "NaN",
    "",
    " x ",
    "a,b",
    'say "x"',
    '"',
    "a;b",
    "two\nlines",
    "cr\r\nlf",
    "\t",
    "é ☃ 𝄞",
    "<&>'",
    "=1+1",
    "0",
)
# XML holds neither control characters nor the two code points that are no characters.
_CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
texts = st.one_of(st.sampled_from(_AWKWARD), st.text(_CHARACTERS, max_size=6))
codes = st.sampled_from(("NA", "FR", "01", "1", "a b", 'x"y', "é", "A,B", "<&>"))
values = st.sampled_from(("1", "1.0", "1.50", "-0", "1e5", "007", "NaN", "12345678901234567890.123456789"))
_periods = st.sampled_from(("2020", "2020-Q1", "2020-01", "2020-01-01/P1M"))
_tags = st.lists(texts, min_size=1, max_size=3).map(PART_SEPARATOR.join)


@st.composite
def datasets(draw) -> list[dict[str, str]]:
    """Records with keys of their own; attributes are constant within their level, and each is present or absent there."""
    keys = draw(st.lists(st.tuples(st.sampled_from("AQM"), codes, _periods), min_size=1, max_size=8, unique=True))
    shared: dict[tuple[str, tuple[str, ...]], str | None] = {}
    rows = []
    for key in keys:
        row = dict(zip(DIMENSIONS, key, strict=True))
        optional = {"OBS_VALUE": draw(st.none() | values)}
        for name, level in LEVELS.items():
            where = (name, tuple(row[item] for item in level))
            if where not in shared:
                shared[where] = draw(st.none() | (_tags if name == "TAGS" else texts))
            optional[name] = shared[where]
        rows.append(row | {name: value for name, value in optional.items() if value is not None})
    return rows


def outgoing(rows: list[dict[str, str]], *, batches: int = 2, encoded: bool = True, **facts) -> Outgoing:
    """Return records as a dataset on its way to a writer, in several batches with different columns."""
    size = -(-len(rows) // batches)
    made = []
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        names = list(dict.fromkeys(name for row in part for name in row))
        columns = [pa.array([row.get(name) for row in part], pa.string()) for name in names]
        made.append(pa.record_batch([item.dictionary_encode() if encoded else item for item in columns], names=names))
    return Outgoing(DSD, DSD, FLOW, VIEW, Spool(made), "data.csv", frozenset({"TAGS"}), **facts)
