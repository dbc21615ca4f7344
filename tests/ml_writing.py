"""Writes one dataset in each of the layouts of SDMX-ML data, simply, for tests that read them all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from semstat.interop.formats.dataset import ComponentIds

V20, V21, V30 = (
    f"http://www.{name}/schemas/{version}"
    for name, version in (
        ("SDMX.org/resources/SDMXML", "v2_0"),
        ("sdmx.org/resources/sdmxml", "v2_1"),
        ("sdmx.org/resources/sdmxml", "v3_0"),
    )
)
SERIES, TIME, VALUE, OF_SERIES, OF_OBSERVATION = ("FREQ", "AREA"), "TIME_PERIOD", "OBS_VALUE", ("UNIT",), ("STATUS",)
COMPONENTS = ComponentIds(
    (*SERIES, TIME),
    TIME,
    attributes=(*OF_SERIES, *OF_OBSERVATION, "TITLE"),
    measures=(VALUE,),
    groups={"Sibling": ("AREA",)},
)

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Content:
    """What to write: rows in the order of their series, and the title that each area's group states."""

    rows: Sequence[Row]
    titles: Row

    def series(self) -> Iterator[tuple[Row, list[Row]]]:
        """Yield each series and its observations."""
        names = (*SERIES, *OF_SERIES)
        for key, rows in groupby(self.rows, key=lambda row: tuple(row.get(name) for name in names)):
            shared = {name: value for name, value in zip(names, key, strict=True) if value is not None}
            yield shared, [{name: value for name, value in row.items() if name not in names} for row in rows]

    def records(self) -> list[Row]:
        """The records that a reader should find, groups applied, in no particular order."""
        found = [row | ({"TITLE": self.titles[row["AREA"]]} if row["AREA"] in self.titles else {}) for row in self.rows]
        areas = {row["AREA"] for row in self.rows}
        found += [{"AREA": area, "TITLE": title} for area, title in self.titles.items() if area not in areas]
        return sorted(found, key=lambda row: sorted(row.items()))


def _attributes(row: Row) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in row.items())


def _only(row: Row, *names: str) -> Row:
    return {name: row[name] for name in names if name in row}


def _message(root: str, stem: str, body: str, *, at: str = TIME, data: str = "data/structurespecific") -> bytes:
    names = (
        f'xmlns:m="{stem}/message" xmlns:c="{stem}/common" xmlns:g="{stem}/{data}" '
        'xmlns:k="urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=A:D:compact" '
        'xmlns:x="http://www.w3.org/2001/XMLSchema-instance"'
    )
    reference = '<c:Structure><Ref agencyID="A" id="D" version="1.0"/></c:Structure>'
    if stem == V30:
        urn = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=A:D(1.0)"
        reference = f"<c:Structure>{urn}</c:Structure>"
    structure = f'<m:Structure structureID="S" dimensionAtObservation="{at}">{reference}</m:Structure>'
    header = f"<m:Header>{'' if stem == V20 else structure}</m:Header>"
    return f"<m:{root} {names}>\n{header}\n{body}</m:{root}>".encode()


def _groups(content: Content) -> str:
    return "".join(
        f'<Group x:type="k:Sibling"{_attributes({"AREA": area, "TITLE": title})}/>\n'
        for area, title in content.titles.items()
    )


def flat(content: Content, stem: str = V21) -> bytes:
    """Structure-specific, flat."""
    rows = "".join(f"<Obs{_attributes(row)}/>\n" for row in content.rows)
    body = f'<m:DataSet g:structureRef="S">\n{_groups(content)}{rows}</m:DataSet>'
    return _message("StructureSpecificData", stem, body, at="AllDimensions")


def flat_30(content: Content) -> bytes:
    """Structure-specific 3.0, flat, each value in a ``Comp``."""

    def comps(row: Row) -> str:
        return "".join(f'<Comp id="{name}"><Value>{escape(value)}</Value></Comp>\n' for name, value in row.items())

    rows = "".join(
        f"<Obs{_attributes(_only(row, *SERIES, TIME))}>{comps(_only(row, VALUE, *OF_SERIES, *OF_OBSERVATION))}</Obs>"
        for row in content.rows
    )
    body = f'<m:DataSet g:structureRef="S">\n{_groups(content)}{rows}</m:DataSet>'
    return _message("StructureSpecificData", V30, body, at="AllDimensions")


def series(content: Content) -> bytes:
    """Structure-specific 2.1, series."""
    parts = [
        f"<Series{_attributes(shared)}>\n" + "".join(f"<Obs{_attributes(row)}/>\n" for row in rows) + "</Series>\n"
        for shared, rows in content.series()
    ]
    body = f'<m:DataSet g:structureRef="S">\n{_groups(content)}{"".join(parts)}</m:DataSet>'
    return _message("StructureSpecificTimeSeriesData", V21, body)


def compact(content: Content) -> bytes:
    """Compact 2.0: elements in the key family's namespace, groups called by their names."""
    groups = "".join(
        f"<k:Sibling{_attributes({'AREA': area, 'TITLE': title})}/>\n" for area, title in content.titles.items()
    )
    parts = [
        f"<k:Series{_attributes(shared)}>\n"
        + "".join(f"<k:Obs{_attributes(row)}/>\n" for row in rows)
        + "</k:Series>\n"
        for shared, rows in content.series()
    ]
    return _message("CompactData", V20, f"<k:DataSet>\n{groups}{''.join(parts)}</k:DataSet>", data="compact")


def _held(element: str, row: Row, *names: str, by: str = "id") -> str:
    values = "".join(
        f"<g:Value {by}={quoteattr(name)} value={quoteattr(row[name])}/>\n" for name in names if name in row
    )
    return f"<g:{element}>\n{values}</g:{element}>\n" if values else ""


def _generic_groups(content: Content) -> str:
    return "".join(
        f'<g:Group type="Sibling">{_held("GroupKey", {"AREA": area}, "AREA")}'
        f"{_held('Attributes', {'TITLE': title}, 'TITLE')}</g:Group>\n"
        for area, title in content.titles.items()
    )


def _value(row: Row) -> str:
    return f"<g:ObsValue value={quoteattr(row[VALUE])}/>" if VALUE in row else ""


def generic_flat(content: Content) -> bytes:
    """Generic 2.1, flat."""
    rows = "".join(
        f"<g:Obs>\n{_held('ObsKey', row, *SERIES, TIME)}{_value(row)}"
        f"{_held('Attributes', row, *OF_SERIES, *OF_OBSERVATION)}</g:Obs>\n"
        for row in content.rows
    )
    body = f'<m:DataSet structureRef="S">\n{_generic_groups(content)}{rows}</m:DataSet>'
    return _message("GenericData", V21, body, at="AllDimensions", data="data/generic")


def generic_series(content: Content) -> bytes:
    """Generic 2.1, series."""

    def obs(row: Row) -> str:
        time = f"<g:ObsDimension value={quoteattr(row[TIME])}/>\n"
        return f"<g:Obs>\n{time}{_value(row)}{_held('Attributes', row, *OF_OBSERVATION)}</g:Obs>\n"

    parts = [
        f"<g:Series>{_held('SeriesKey', shared, *SERIES)}{_held('Attributes', shared, *OF_SERIES)}"
        f"{''.join(map(obs, rows))}</g:Series>\n"
        for shared, rows in content.series()
    ]
    body = f'<m:DataSet structureRef="S">\n{_generic_groups(content)}{"".join(parts)}</m:DataSet>'
    return _message("GenericTimeSeriesData", V21, body, data="data/generic")


def generic_20(content: Content) -> bytes:
    """Generic 2.0: the series of a group stand inside it."""

    def obs(row: Row) -> str:
        time = f"<g:Time>{escape(row[TIME])}</g:Time>\n"
        return f"<g:Obs>\n{time}{_value(row)}{_held('Attributes', row, *OF_OBSERVATION, by='concept')}</g:Obs>\n"

    parts = {}
    for shared, rows in content.series():
        key = _held("SeriesKey", shared, *SERIES, by="concept")
        text = f"<g:Series>{key}{_held('Attributes', shared, *OF_SERIES, by='concept')}{''.join(map(obs, rows))}</g:Series>\n"
        parts.setdefault(shared["AREA"], []).append(text)
    body = ""
    for area in dict.fromkeys([*parts, *content.titles]):
        inside = "".join(parts.get(area, []))
        if area in content.titles:
            key = _held("GroupKey", {"AREA": area}, "AREA", by="concept")
            title = _held("Attributes", {"TITLE": content.titles[area]}, "TITLE", by="concept")
            inside = f'<g:Group type="Sibling">{key}{title}{inside}</g:Group>\n'
        body += inside
    text = f"<m:DataSet><g:KeyFamilyRef>D</g:KeyFamilyRef>\n{body}</m:DataSet>"
    return _message("GenericData", V20, text, data="generic")


def utility(content: Content) -> bytes:
    """Utility 2.0: keys and measures are elements; the series of a group stand inside it."""

    def obs(row: Row) -> str:
        elements = "".join(f"<k:{name}>{escape(row[name])}</k:{name}>" for name in (TIME, VALUE) if name in row)
        return f"<k:Obs{_attributes(_only(row, *OF_OBSERVATION))}>{elements}</k:Obs>\n"

    body = ""
    for area, members in groupby(content.series(), key=lambda item: item[0]["AREA"]):
        inside = ""
        for shared, rows in members:
            key = "".join(f"<k:{name}>{escape(shared[name])}</k:{name}>" for name in SERIES if name in shared)
            own = _attributes(_only(shared, *OF_SERIES))
            inside += f"<k:Series{own}>\n<k:Key>{key}</k:Key>\n{''.join(map(obs, rows))}</k:Series>\n"
        title = content.titles.get(area)
        body += f"<k:Sibling TITLE={quoteattr(title)}>\n{inside}</k:Sibling>\n" if title is not None else inside
    areas = {row["AREA"] for row in content.rows}
    for area, title in content.titles.items():
        if area not in areas:
            body += f"<k:Sibling{_attributes({'AREA': area, 'TITLE': title})}/>"
    return _message("UtilityData", V20, f"<k:DataSet>\n{body}</k:DataSet>", data="utility")


LAYOUTS: dict[str, Callable[[Content], bytes]] = {
    "flat 2.1": flat,
    "flat 3.0": flat_30,
    "series 2.1": series,
    "generic flat 2.1": generic_flat,
    "generic series 2.1": generic_series,
    "generic 2.0": generic_20,
    "compact 2.0": compact,
    "utility 2.0": utility,
}
