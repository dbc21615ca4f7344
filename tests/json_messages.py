"""SDMX-JSON data messages of records, written plainly for tests, independently of the reader."""

import json
from collections.abc import Mapping, Sequence

Row = Mapping[str, str | None]

STEM = "urn:sdmx:org.sdmx.infomodel.datastructure"


def message(
    rows: Sequence[Row],
    dimensions: Sequence[str],
    attributes: Sequence[str],
    *,
    measures: Sequence[str] = ("OBS_VALUE",),
    series: bool = False,
    version: str = "2.0",
    inline: Sequence[str] = (),
    urn: str = f"{STEM}.DataStructure=A:D(1.0)",
    minified: bool = False,
) -> bytes:
    """Return a message with one dataset.

    Every record stands on a line of its own, unless the message is ``minified``; equal keys are written twice. With ``series``
    the last dimension is at the observation. Attributes named in ``inline`` are given as values (2.x), the rest by index.
    """
    lists = {name: _distinct(rows, name) for name in (*dimensions, *attributes)}

    def key(row: Row, names: Sequence[str]) -> str:
        return ":".join(str(lists[name].index(row[name])) for name in names)

    def cells(row: Row) -> str:
        numbers = [_number(row.get(name)) for name in measures]
        texts = [
            json.dumps(row.get(name))
            if name in inline
            else ("null" if row.get(name) is None else str(lists[name].index(row[name])))
            for name in attributes
        ]
        return "[" + ", ".join([*numbers, *texts]) + "]"

    last = dimensions[-1:] if series else dimensions
    if series:
        parts: dict[str, list[str]] = {}
        for row in rows:
            parts.setdefault(key(row, dimensions[:-1]), []).append(f'"{key(row, last)}": {cells(row)}')
        held = ",\n".join(f'"{name}": {{"observations": {{\n{_lines(members)}\n}}}}' for name, members in parts.items())
        content = f'"series": {{\n{held}\n}}'
    else:
        content = '"observations": {\n' + _lines([f'"{key(row, last)}": {cells(row)}' for row in rows]) + "\n}"
    structure = _structure(lists, dimensions, attributes, measures, series, version, inline, urn)
    text = _envelope(structure, content, version)
    return (text.replace("\n", "") if minified else text).encode()


def _distinct(rows: Sequence[Row], name: str) -> list[str | None]:
    return list(dict.fromkeys(row[name] for row in rows if row.get(name) is not None))


def _number(text: str | None) -> str:
    if text is None:
        return "null"
    try:
        value = json.loads(text, parse_constant=lambda _: 1 / 0)
    except (ValueError, ZeroDivisionError):
        return json.dumps(text)
    return text if type(value) in {int, float} else json.dumps(text)


def _lines(members: Sequence[str]) -> str:
    return ",\n".join(members)


def _structure(lists, dimensions, attributes, measures, series, version, inline, urn) -> str:
    def component(name: str) -> dict[str, object]:
        return {"id": name, "name": name} | ({} if name in inline else {"values": [{"id": v} for v in lists[name]]})

    levels = {"series": dimensions[:-1], "observation": dimensions[-1:]} if series else {"observation": dimensions}
    found: dict[str, object] = {
        "links": [{"rel": "datastructure", "urn": urn}],
        "dimensions": {level: [component(name) for name in names] for level, names in levels.items()},
    }
    if version.startswith("2"):
        found["measures"] = {"observation": [{"id": name} for name in measures]}
    found["attributes"] = {"observation": [component(name) for name in attributes]}
    return json.dumps(found, ensure_ascii=False)


def _envelope(structure: str, content: str, version: str) -> str:
    address = f"https://example.org/sdmx-json/{version}/sdmx-json-data-schema.json"
    head = '{"id": "X", "prepared": "2024-01-01", "test": true, "sender": {"id": "A"}'
    if version == "pre-1.0":
        return f'{{"header": {head}}},\n"structure": {structure},\n"dataSets": [{{\n{content}\n}}]}}'
    section = f'"structures": [{structure}]' if version.startswith("2") else f'"structure": {structure}'
    return f'{{"meta": {head}, "schema": "{address}"}},\n"data": {{{section},\n"dataSets": [{{\n{content}\n}}]}}}}'
