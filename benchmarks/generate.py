"""Write the injected-fault bench: a structure, and its data clean and faulty in five forms, with the truth beside them.

The data: series of 100 months over FREQ, REF_AREA, INDICATOR, SEX, AGE; OBS_STATUS (mandatory) and CONF_STATUS on
observations, UNIT_MEASURE (mandatory) on series. The faults: distinct random rows (fixed seed), the class by turns; see
``CLASSES``. Every form gets the same faults. In the XML series forms, a row whose series-level value is faulty becomes a
``<Series>`` of its own. The same arguments always give the same bytes (Parquet: with the same pyarrow).

Run ``python benchmarks/generate.py FOLDER --observations 1000000``.
"""

import argparse
import json
import random
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

MONTHS = [f"{2015 + month // 12}-{month % 12 + 1:02d}" for month in range(100)]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
AREAS = [first + second for first in LETTERS for second in LETTERS][:-1]  # all but ZZ, which is the wrong code
SEXES, AGES = ("F", "M"), ("Y0T14", "Y15T24", "Y25T54", "Y55T64", "Y_GE65")
COLUMNS = ("FREQ", "REF_AREA", "INDICATOR", "SEX", "AGE", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "OBS_STATUS",
           "CONF_STATUS")  # fmt: skip
DIMENSIONS, TIME, VALUE, UNIT, STATUS = slice(0, 5), 5, 6, 7, 8
NAMESPACES = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/"
DSD = "BENCH:DSD_BENCH(1.0)"
FORMS = {"csv": "data.csv", "series": "series.xml", "flat": "flat.xml", "generic": "generic.xml",
         "parquet": "data.parquet"}  # fmt: skip

CLASSES: tuple[tuple[str, str, str | None], ...] = (
    ("unknown area ZZ", "DF004", "REF_AREA"),
    ("unknown status Q", "DF004", "OBS_STATUS"),
    ("status blank", "DF003", "OBS_STATUS"),
    ("value n/a", "DF005", "OBS_VALUE"),
    ("quarter in a monthly series", "DF008", "TIME_PERIOD"),
    ("unit blank", "DF003", "UNIT_MEASURE"),
    ("row repeated at the end", "DF018", None),
    ("month left out", "DF020", "TIME_PERIOD"),
    ("value with status missing", "DF021", "OBS_VALUE"),
    ("row contradicted at the end", "DF009", None),
    ("series taken up again", "DF022", None),
)
"""Class of fault: its name, the rule that must find it, the component that it concerns."""
REPEATED, LEFT_OUT, CONTRADICTED, AGAIN, ORIGINAL = 6, 7, 9, 10, -1
AT_END = (0, REPEATED, CONTRADICTED)
"""Classes whose rows stand at the end of the file. The last class is a consequence of others, and not chosen by itself."""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bench:
    """The rows of one size: clean, and the faults by row number (from 0)."""

    observations: int
    faults: dict[int, int] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """Yield the clean rows, series by series."""
        indicators = self.indicators
        for series in range(self.observations // len(MONTHS)):
            rest, age = divmod(series, len(AGES))
            rest, sex = divmod(rest, len(SEXES))
            area, indicator = divmod(rest, len(indicators))
            key = ("M", AREAS[area], indicators[indicator], SEXES[sex], AGES[age])
            start = series * 7919
            for number, month in enumerate(MONTHS):
                value = f"{(start + number * 104729) % 1_000_003 / 100:.2f}"
                yield (*key, month, value, "PS", "A", "F")

    @property
    def indicators(self) -> list[str]:
        """The codes of INDICATOR: twenty, or more where the areas would not suffice."""
        blocks = self.observations // (len(MONTHS) * len(AGES) * len(SEXES))
        return [f"IND_{number:02d}" for number in range(1, max(20, -(-blocks // len(AREAS))) + 1)]

    def spoilt(self) -> Iterator[tuple[Row, int | None]]:
        """Yield the rows with their class of fault; those that have a fellow at the end as ``ORIGINAL``."""
        last = []
        for number, row in enumerate(self.rows()):
            kind = self.faults.get(number)
            if kind in AT_END:
                last.append((row, kind))
                yield row, ORIGINAL
            elif kind != LEFT_OUT:
                after = self.faults.get(number - 1) == LEFT_OUT
                yield (row, LEFT_OUT) if after else (row if kind is None else spoil(row, kind), kind)
        yield from ((spoil(row, kind), kind) for row, kind in last)


def spoil(row: Row, kind: int) -> Row:
    """Return the row with the fault of a class."""
    year, month = row[TIME].split("-")
    changes = {
        0: (1, "ZZ"),
        1: (STATUS, "Q"),
        2: (STATUS, ""),
        3: (VALUE, "n/a"),
        4: (TIME, f"{year}-Q{(int(month) + 2) // 3}"),
        5: (UNIT, ""),
        REPEATED: (TIME, row[TIME]),
        LEFT_OUT: (TIME, row[TIME]),
        8: (STATUS, "M"),
        CONTRADICTED: (VALUE, f"{row[VALUE]}1"),
    }
    place, value = changes[kind]
    return (*row[:place], value, *row[place + 1 :])


def original(row: Row, kind: int) -> Row:
    """Return the row that a row at the end goes back to."""
    return (*row[:VALUE], row[VALUE][:-1], *row[VALUE + 1 :]) if kind == CONTRADICTED else row


def plan(observations: int, *, faults: int, seed: int = 20260101) -> Bench:
    """Choose the faulty rows: no two give the same key, so that every duplicate is a deliberate one."""
    if observations < len(MONTHS) or observations % len(MONTHS):
        raise SystemExit(f"--observations must be a multiple of {len(MONTHS)}")
    clean = Bench(observations)
    order = random.Random(seed).sample(range(observations), min(observations, faults * 3))
    wanted = set(order)
    rows = {number: row for number, row in enumerate(clean.rows()) if number in wanted}
    chosen: dict[int, int] = {}
    keys: set[Row] = set()  # of the faulty rows; the code ZZ and the quarters cannot collide with clean ones
    alone: set[int] = set()  # series that lack a month, where nothing else must be wrong
    others: set[int] = set()
    for number in order:
        if len(chosen) == faults:
            break
        kind = len(chosen) % AGAIN
        # Two rows of the area ZZ in one series would leave a gap between them: a series for each.
        key = spoil(rows[number], kind)[: TIME + (kind != 0)]
        series, month = divmod(number, len(MONTHS))
        fits = series not in alone and (kind != LEFT_OUT or (series not in others and 0 < month < len(MONTHS) - 1))
        if key not in keys and fits:
            keys.add(key)
            chosen[number] = kind
            (alone if kind == LEFT_OUT else others).add(series)
    if len(chosen) < faults:
        raise SystemExit(f"{faults} faults do not fit into {observations} observations")
    return Bench(observations, chosen)


@dataclass(slots=True)
class Writer:
    """Writes lines and remembers on which one each fault stands."""

    path: Path
    line: int = 0
    truth: list[tuple[int, int, int | None]] = field(default_factory=list)
    originals: dict[Row, int] = field(default_factory=dict)

    def write(self, numbered: Iterable[tuple[str, Row, int | None, int]]) -> None:
        """Write (line, row, class, line that the fault stands on, relative to this one), and note the faults."""
        with self.path.open("w", encoding="utf-8", newline="\n", buffering=1 << 20) as target:
            for text, row, kind, offset in numbered:
                target.write(text)
                self.line += 1
                if kind == ORIGINAL:
                    self.originals[row] = self.line
                elif kind is not None:
                    self.truth.append((self.line + offset, kind, self.originals.get(original(row, kind))))


Lines = Iterator[tuple[str, Row, int | None, int]]
Marked = Iterable[tuple[Row, int | None]]


def csv_lines(rows: Marked) -> Lines:
    """Yield the lines of SDMX-CSV 2.0."""
    yield "STRUCTURE,STRUCTURE_ID,ACTION," + ",".join(COLUMNS) + "\n", (), None, 0
    for row, kind in rows:
        yield f"datastructure,{DSD},I,{','.join(row)}\n", row, kind, 0


def _opening(root: str, observation_dimension: str, *, generic: bool = False) -> Iterator[str]:
    namespace = f"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure={DSD}:ObsLevelDim:{observation_dimension}"
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<mes:{root} xmlns:mes="{NAMESPACES}message" xmlns:com="{NAMESPACES}common"\n'
    yield f'    xmlns:ss="{NAMESPACES}data/structurespecific" xmlns:b="{namespace}"\n'
    yield f'    xmlns:gen="{NAMESPACES}data/generic"\n' if generic else ""
    yield '    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
    yield "<mes:Header><mes:ID>BENCH</mes:ID><mes:Test>true</mes:Test>"
    yield '<mes:Prepared>2026-01-01T00:00:00</mes:Prepared><mes:Sender id="BENCH"/>'
    yield f'<mes:Structure structureID="S" namespace="{namespace}" dimensionAtObservation="{observation_dimension}">'
    yield '<com:Structure><Ref agencyID="BENCH" id="DSD_BENCH" version="1.0"/></com:Structure></mes:Structure>'
    yield "</mes:Header>\n"
    if generic:
        yield '<mes:DataSet structureRef="S">\n'
    else:
        yield '<mes:DataSet ss:structureRef="S" ss:dataScope="DataStructure" xsi:type="b:DataSetType">\n'


def _whole_lines(parts: Iterable[str]) -> Lines:
    for text in "".join(parts).splitlines(keepends=True):
        yield text, (), None, 0


def _cells(row: Row, first: int, last: int) -> str:
    return "".join(f' {name}="{cell}"' for name, cell in zip(COLUMNS[first:last], row[first:last], strict=True) if cell)


def flat_lines(rows: Marked) -> Lines:
    """Yield the lines of structure-specific SDMX-ML 2.1, flat."""
    yield from _whole_lines(_opening("StructureSpecificData", "AllDimensions"))
    for row, kind in rows:
        yield f"<Obs{_cells(row, 0, len(COLUMNS))}/>\n", row, kind, 0
    yield from _whole_lines(("</mes:DataSet>\n", "</mes:StructureSpecificData>\n"))


def series_lines(rows: Marked) -> Lines:
    """Yield the lines of structure-specific SDMX-ML 2.1, as time series."""
    yield from _whole_lines(_opening("StructureSpecificTimeSeriesData", "TIME_PERIOD"))
    seen: set[Row] = set()
    for _, members in groupby(rows, key=lambda marked: (*marked[0][DIMENSIONS], marked[0][UNIT])):
        first = True
        for row, kind in members:
            if first:
                key = row[DIMENSIONS]
                yield (
                    f"<Series{_cells(row, 0, TIME)}{_cells(row, UNIT, STATUS)}>\n",
                    (),
                    AGAIN if key in seen else None,
                    0,
                )
                seen.add(key)
                first = False
            # A fault of the series stands on the line of its own <Series>, the one before.
            yield f"<Obs{_cells(row, TIME, UNIT)}{_cells(row, STATUS, 10)}/>\n", row, kind, -1 if kind in {0, 5} else 0
        yield "</Series>\n", (), None, 0
    yield from _whole_lines(("</mes:DataSet>\n", "</mes:StructureSpecificTimeSeriesData>\n"))


def generic_lines(rows: Marked) -> Lines:
    """Yield the lines of generic SDMX-ML 2.1, as time series: each value is an element on a line of its own."""
    yield from _whole_lines(_opening("GenericTimeSeriesData", "TIME_PERIOD", generic=True))
    seen: set[Row] = set()
    for _, members in groupby(rows, key=lambda marked: (*marked[0][DIMENSIONS], marked[0][UNIT])):
        first = True
        for row, kind in members:
            if first:
                key = row[DIMENSIONS]
                yield "<gen:Series>\n", (), AGAIN if key in seen else None, 0
                seen.add(key)
                members_of_key = list(_values("SeriesKey", row, range(5), {1: kind if kind == 0 else None}))
                if kind == 5:  # a fault of the series stands on the line of its <Series>, the one before
                    members_of_key[0] = (members_of_key[0][0], row, kind, -1)
                yield from members_of_key
                yield from _values("Attributes", row, (UNIT,), {})
                first = False
            yield "<gen:Obs>\n", row, kind if kind in {2, REPEATED, CONTRADICTED, ORIGINAL} else None, 0
            yield (
                f'<gen:ObsDimension id="TIME_PERIOD" value="{row[TIME]}"/>\n',
                row,
                kind if kind in {4, LEFT_OUT} else None,
                0,
            )
            yield f'<gen:ObsValue value="{row[VALUE]}"/>\n', row, kind if kind in {3, 8} else None, 0
            yield from _values("Attributes", row, range(STATUS, len(COLUMNS)), {STATUS: kind if kind == 1 else None})
            yield "</gen:Obs>\n", (), None, 0
        yield "</gen:Series>\n", (), None, 0
    yield from _whole_lines(("</mes:DataSet>\n", "</mes:GenericTimeSeriesData>\n"))


def _values(element: str, row: Row, places: Iterable[int], kinds: dict[int, int | None]) -> Lines:
    """Yield the lines of a key or a set of attributes; ``kinds`` tells the class of a fault by its place in the row."""
    stated = [place for place in places if row[place]]
    if stated:
        yield f"<gen:{element}>\n", (), None, 0
        for place in stated:
            yield f'<gen:Value id="{COLUMNS[place]}" value="{row[place]}"/>\n', row, kinds.get(place), 0
        yield f"</gen:{element}>\n", (), None, 0


def write_parquet(path: Path, rows: Marked) -> list[tuple[int, int, int | None]]:
    """Write Parquet with the components as columns of text; the truth names the record, counted from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    truth, cells, originals, record = [], [], {}, 0
    with pq.ParquetWriter(path, schema) as writer:
        for row, kind in rows:
            record += 1
            if kind == ORIGINAL:
                originals[row] = record
            elif kind is not None:
                truth.append((record, kind, originals.get(original(row, kind))))
            cells.append([cell or None for cell in row])
            if len(cells) == 100_000:
                writer.write_table(pa.table(list(zip(*cells, strict=True)), schema=schema))
                cells.clear()
        if cells:
            writer.write_table(pa.table(list(zip(*cells, strict=True)), schema=schema))
    return truth


def generate(folder: Path, observations: int, *, faults: int = 700, forms: Iterable[str] = FORMS) -> None:
    """Write ``structure.xml``, and per form a clean file, a faulty file and its truth, into ``folder``.

    Names: ``clean-data.csv``, ``faulty-data.csv``, ``truth-csv.json``; the truth is a list of
    ``[line, class, line of the first]``, the last for repeated rows only.
    """
    folder.mkdir(parents=True, exist_ok=True)
    bench = plan(observations, faults=faults)
    (folder / "structure.xml").write_text("\n".join(structure_lines(bench)) + "\n", encoding="utf-8")
    lines = {"csv": csv_lines, "series": series_lines, "flat": flat_lines, "generic": generic_lines}
    for form in forms:
        clean, faulty = folder / f"clean-{FORMS[form]}", folder / f"faulty-{FORMS[form]}"
        unmarked = ((row, None) for row in bench.rows())
        if form == "parquet":
            write_parquet(clean, unmarked)
            truth = write_parquet(faulty, bench.spoilt())
        else:
            Writer(clean).write(lines[form](unmarked))
            writer = Writer(faulty)
            writer.write(lines[form](bench.spoilt()))
            truth = writer.truth
        if form not in {
            "series",
            "generic",
        }:  # rows outside series elements are one matter, found where the first of them stands
            again = [line for line, kind, _ in truth if kind in {REPEATED, CONTRADICTED}]
            truth += [(min(again), AGAIN, None)] if again else []
        (folder / f"truth-{form}.json").write_text(json.dumps(sorted(truth)), encoding="utf-8")


def structure_lines(bench: Bench) -> Iterator[str]:
    """Yield the lines of the structure message, SDMX-ML 2.1."""
    lists = {
        "CL_FREQ": ["A", "Q", "M"], "CL_REF_AREA": AREAS, "CL_INDICATOR": bench.indicators, "CL_SEX": SEXES,
        "CL_AGE": AGES, "CL_UNIT_MEASURE": ["PS", "PC"], "CL_OBS_STATUS": ["A", "E", "M", "P"], "CL_CONF_STATUS": ["F", "N"],
    }  # fmt: skip
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<mes:Structure xmlns:mes="{NAMESPACES}message" xmlns:str="{NAMESPACES}structure"'
    yield f'    xmlns:com="{NAMESPACES}common">'
    yield "<mes:Header><mes:ID>BENCH</mes:ID><mes:Test>true</mes:Test><mes:Prepared>2026-01-01T00:00:00</mes:Prepared>"
    yield '<mes:Sender id="BENCH"/></mes:Header>'
    yield "<mes:Structures>"
    yield "<str:Codelists>"
    for name, codes in lists.items():
        yield from _scheme("Codelist", name, "Code", codes)
    yield "</str:Codelists>"
    yield "<str:Concepts>"
    yield from _scheme("ConceptScheme", "CS_BENCH", "Concept", COLUMNS)
    yield "</str:Concepts>"
    yield from _data_structure()
    yield "</mes:Structures>"
    yield "</mes:Structure>"


def _scheme(tag: str, name: str, item: str, ids: Iterable[str]) -> Iterator[str]:
    yield f'<str:{tag} id="{name}" agencyID="BENCH" version="1.0"><com:Name xml:lang="en">{name}</com:Name>'
    yield from (f'<str:{item} id="{code}"><com:Name xml:lang="en">{code}</com:Name></str:{item}>' for code in ids)
    yield f"</str:{tag}>"


def _data_structure() -> Iterator[str]:
    yield "<str:DataStructures>"
    yield '<str:DataStructure id="DSD_BENCH" agencyID="BENCH" version="1.0"><com:Name xml:lang="en">Bench</com:Name>'
    yield '<str:DataStructureComponents><str:DimensionList id="DimensionDescriptor">'
    for position, name in enumerate(COLUMNS[DIMENSIONS], start=1):
        yield _component("Dimension", name, f' position="{position}"', _coded(name))
    time = '<str:TextFormat textType="ObservationalTimePeriod"/>'
    yield _component("TimeDimension", "TIME_PERIOD", ' position="6"', time)
    yield '</str:DimensionList><str:AttributeList id="AttributeDescriptor">'
    series = "".join(f'<str:Dimension><Ref id="{name}"/></str:Dimension>' for name in COLUMNS[DIMENSIONS])
    observation = '<str:PrimaryMeasure><Ref id="OBS_VALUE"/></str:PrimaryMeasure>'
    for name, usage, target in (
        ("UNIT_MEASURE", "Mandatory", series),
        ("OBS_STATUS", "Mandatory", observation),
        ("CONF_STATUS", "Conditional", observation),
    ):
        tail = f"<str:AttributeRelationship>{target}</str:AttributeRelationship>"
        yield _component("Attribute", name, f' assignmentStatus="{usage}"', _coded(name), tail)
    yield '</str:AttributeList><str:MeasureList id="MeasureDescriptor">'
    yield _component("PrimaryMeasure", "OBS_VALUE", "", '<str:TextFormat textType="Double"/>')
    yield "</str:MeasureList></str:DataStructureComponents></str:DataStructure>"
    yield "</str:DataStructures>"


def _coded(name: str) -> str:
    return f'<str:Enumeration><Ref id="CL_{name}" agencyID="BENCH" version="1.0"/></str:Enumeration>'


def _component(tag: str, name: str, extra: str, representation: str, tail: str = "") -> str:
    concept = f'<Ref id="{name}" maintainableParentID="CS_BENCH" maintainableParentVersion="1.0" agencyID="BENCH"/>'
    return (
        f'<str:{tag} id="{name}"{extra}><str:ConceptIdentity>{concept}</str:ConceptIdentity>'
        f"<str:LocalRepresentation>{representation}</str:LocalRepresentation>{tail}</str:{tag}>"
    )


def main() -> None:
    """Write the bench."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, help="where to write (default: a new temporary folder)")
    parser.add_argument("--observations", type=int, default=1_000_000)
    parser.add_argument("--faults", type=int, default=700)
    parser.add_argument("--form", action="append", choices=list(FORMS), help="repeatable (default: all four)")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="semstat-bench-"))
    generate(folder, options.observations, faults=options.faults, forms=options.form or FORMS)
    print(folder)


if __name__ == "__main__":
    main()
