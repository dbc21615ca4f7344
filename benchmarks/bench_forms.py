"""The forms of the bench's data: lines of text with the faults that stand on them, and Parquet."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from bench_rows import (
    AGAIN,
    COLUMNS,
    CONTRADICTED,
    DIMENSIONS,
    LEFT_OUT,
    MONTHS,
    ORIGINAL,
    REPEATED,
    STATUS,
    TIME,
    UNIT,
    VALUE,
    Row,
    original,
)
from bench_structure import NAMESPACES

DSD = "BENCH:DSD_BENCH(1.0)"


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


def json_lines(rows: Marked) -> Lines:
    """Yield the lines of SDMX-JSON 2.0 in series, without faults: each observation on a line."""
    names = COLUMNS[DIMENSIONS]
    codes: dict[str, dict[str, int]] = {name: {} for name in (*names, "UNIT_MEASURE", "OBS_STATUS", "CONF_STATUS")}
    body = []
    for key, members in groupby(rows, key=lambda marked: (*marked[0][DIMENSIONS], marked[0][UNIT])):
        places = [codes[name].setdefault(code, len(codes[name])) for name, code in zip(codes, key, strict=False)]
        body.append(f'"{":".join(map(str, places[:5]))}":{{"attributes":[{places[5]}],"observations":{{')
        lines = [_json_observation(row, codes) for row, _ in members]
        body += [*(f"{line}," for line in lines[:-1]), lines[-1], "}},"]
    body[-1] = "}}"
    yield from _whole_lines((_json_head(codes), *(f"{line}\n" for line in body), "}}]}}\n"))


def _json_observation(row: Row, codes: dict[str, dict[str, int]]) -> str:
    status, confidentiality = (
        codes[name].setdefault(code, len(codes[name]))
        for name, code in (("OBS_STATUS", row[STATUS]), ("CONF_STATUS", row[STATUS + 1]))
    )
    return f'"{MONTHS.index(row[TIME])}":[{row[VALUE]},{status},{confidentiality}]'


def _json_head(codes: dict[str, dict[str, int]]) -> str:
    def values(name: str) -> list[dict[str, str]]:
        return [{"id": code, "name": code} for code in codes.get(name, MONTHS)]

    def component(name: str, extra: dict[str, object] | None = None) -> dict[str, object]:
        return {"id": name, "name": name, **(extra or {}), "values": values(name)}

    observed = {"relationship": {"observation": {}}}
    structure = {
        "links": [{"rel": "datastructure", "urn": f"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure={DSD}"}],
        "dimensions": {
            "dataSet": [],
            "series": [component(name, {"keyPosition": place}) for place, name in enumerate(COLUMNS[DIMENSIONS])],
            "observation": [component("TIME_PERIOD", {"keyPosition": 5, "roles": ["TIME_PERIOD"]})],
        },
        "measures": {"observation": [{"id": "OBS_VALUE", "name": "OBS_VALUE"}]},
        "attributes": {
            "dataSet": [],
            "dimensionGroup": [],
            "series": [component("UNIT_MEASURE", {"relationship": {"dimensions": list(COLUMNS[DIMENSIONS])}})],
            "observation": [component(name, observed) for name in ("OBS_STATUS", "CONF_STATUS")],
        },
    }
    meta = {
        "schema": "https://json.sdmx.org/2.0.0/sdmx-json-data-schema.json",
        "id": "BENCH",
        "test": False,
        "prepared": "2026-01-01T00:00:00Z",
        "sender": {"id": "BENCH"},
    }
    head = json.dumps({"meta": meta, "data": {"structures": [structure]}}, separators=(",", ":"))
    return f'{head[:-2]},\n"dataSets":[{{"structure":0,"action":"Information","series":{{\n'


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
