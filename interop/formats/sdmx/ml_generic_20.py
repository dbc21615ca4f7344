"""The layout of generic SDMX-ML data 2.0: as of 2.1, with series inside groups, and time as an element of its own."""

from semstat.interop.formats.sdmx.ml_events import Events
from semstat.interop.formats.sdmx.ml_generic import (
    begin_attributes,
    begin_values,
    end_attributes,
    read_value,
)
from semstat.interop.formats.sdmx.ml_key_family import key_family, start_dataset
from semstat.interop.formats.sdmx.ml_layout import Layout
from semstat.interop.formats.sdmx.ml_names import MEASURE, TIME
from semstat.interop.formats.sdmx.ml_nesting import (
    begin_group,
    begin_nested_series,
    begin_obs,
    end_group,
    end_nested_series,
)
from semstat.interop.formats.sdmx.ml_records import Element, attribute

__all__ = ["GENERIC_20"]

_STEPS = {
    ("message", "Header"): "tree",
    ("message", "DataSet"): "dataset",
    ("dataset", "KeyFamilyRef"): "reference",
    ("dataset", "Attributes"): "atts",
    ("dataset", "Group"): "group",
    ("dataset", "Series"): "series",
    ("group", "GroupKey"): "key",
    ("group", "Attributes"): "values",
    ("group", "Series"): "series",
    ("series", "SeriesKey"): "values",
    ("series", "Attributes"): "values",
    ("series", "Obs"): "obs",
    ("obs", "Time"): "time",
    ("obs", "ObsValue"): "measure",
    ("obs", "Attributes"): "values",
    ("key", "Value"): "value",
    ("values", "Value"): "value",
    ("atts", "Value"): "value",
}


def _begin_dataset(events: Events, _name: str, attributes: Element) -> None:
    # An element inside the dataset says what it refers to.
    events.begin_dataset()
    events.opening = attributes, events.line


def _start(events: Events, identifier: str = "") -> None:
    if events.opening is not None:
        (attributes, line), events.opening = events.opening, None
        start_dataset(events, attributes, key_family(events, identifier), own=[], line=line)


def _begin_text(events: Events, _name: str, _attributes: Element) -> None:
    events.begin_text()


def _end_reference(events: Events) -> None:
    _start(events, events.end_text()[0].strip())


def _begin_group(events: Events, _name: str, attributes: Element) -> None:
    _start(events)
    begin_group(events, (attribute(attributes, "type") or "").strip() or None, [])


def _begin_key(events: Events, _name: str, _attributes: Element) -> None:
    events.cell.parts = events.owners[-1][0][::2]


def _end_key(events: Events) -> None:
    values = events.owners[-1][0]
    if events.nest is not None:
        start = 2 * len(events.cell.parts)
        events.nest.key = dict(zip(values[start::2], values[start + 1 :: 2], strict=True))


def _begin_series(events: Events, _name: str, _attributes: Element) -> None:
    _start(events)
    begin_nested_series(events, [])


def _begin_attributes(events: Events, name: str, attributes: Element) -> str | None:
    _start(events)
    return begin_attributes(events, name, attributes)


def _end_time(events: Events) -> None:
    values, _, lines = events.owners[-1]
    values += [TIME, events.end_text()[0].strip()]
    lines.append(events.line)


def _begin_value(events: Events, _name: str, attributes: Element) -> None:
    read_value(events, attributes, "Value", by="concept", default=None)


def _begin_measure(events: Events, _name: str, attributes: Element) -> None:
    read_value(events, attributes, "ObsValue", by="concept", default=MEASURE)


def _end_dataset(events: Events) -> None:
    _start(events)
    events.end_dataset()


GENERIC_20 = Layout(
    _STEPS,
    {
        "dataset": _begin_dataset,
        "reference": _begin_text,
        "atts": _begin_attributes,
        "group": _begin_group,
        "key": _begin_key,
        "series": _begin_series,
        "obs": begin_obs,
        "values": begin_values,
        "value": _begin_value,
        "time": _begin_text,
        "measure": _begin_measure,
    },
    {
        "dataset": _end_dataset,
        "reference": _end_reference,
        "atts": end_attributes,
        "group": end_group,
        "key": _end_key,
        "series": end_nested_series,
        "obs": Events.end_observation,
        "time": _end_time,
    },
    interleaves=True,
)
