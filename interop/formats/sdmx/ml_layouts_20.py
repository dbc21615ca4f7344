"""The layouts of compact, utility and cross-sectional SDMX-ML data 2.0, whose elements a key family names."""

from semstat.interop.formats.sdmx.ml_cell import Cell
from semstat.interop.formats.sdmx.ml_events import Events
from semstat.interop.formats.sdmx.ml_key_family import begin_dataset
from semstat.interop.formats.sdmx.ml_layout import ANY, Layout
from semstat.interop.formats.sdmx.ml_names import ELEMENT, MEASURE, XSI_TYPE
from semstat.interop.formats.sdmx.ml_nesting import (
    begin_group,
    begin_nested_series,
    begin_obs,
    end_group,
    end_nested_series,
    inherit,
)
from semstat.interop.formats.sdmx.ml_records import Element, attribute, unqualified

__all__ = ["COMPACT", "CROSS_SECTIONAL", "UTILITY"]


def _begin_group(events: Events, name: str, attributes: Element) -> None:
    """A group's element is called after the group; where it is called ``Group``, ``xsi:type`` or ``type`` names it.

    In 2.0 the type of an element has the element's name and ``Type`` behind it (in 2.1 it is called as the group itself).
    """
    local = name.rpartition(" ")[2]
    typed = (attribute(attributes, XSI_TYPE) or "").strip()
    stated = typed.removesuffix("Type") or attribute(attributes, "type")
    if local != "Group" or stated is None:
        begin_group(events, local, unqualified(attributes))
        return
    begin_group(events, stated.rpartition(":")[2], unqualified(attributes, but=("type",)))


def _begin_series(events: Events, _name: str, attributes: Element) -> None:
    begin_nested_series(events, attributes)


COMPACT = Layout(
    {
        ("message", "Header"): "tree",
        ("message", "DataSet"): "dataset",
        ("dataset", "Series"): "series",
        ("dataset", "Obs"): "obs",
        ("dataset", ANY): "group",
        ("group", "Series"): "series",
        ("series", "Obs"): "obs",
    },
    {"dataset": begin_dataset, "group": _begin_group, "series": _begin_series, "obs": begin_obs},
    {"group": end_group, "series": end_nested_series, "obs": Events.end_observation},
    interleaves=True,
    regular="attributes",
)
"""Components are attributes of the elements; a group stands before its series, or around them."""


def _begin_component(events: Events, name: str, _attributes: Element) -> str | None:
    if events.context[-1] == "key" and events.collector.had_observations:
        events.report("IO108", "a `Key` stands after its series' observations; it is passed over", "Key")
        return "skip"
    events.cell = Cell(name.rpartition(" ")[2], events.line)
    events.begin_text()
    return None


def _end_component(events: Events) -> None:
    # Only now, so that a message that breaks off has no name without a value.
    values, line, lines = events.owners[-1]
    if not lines:
        lines += [line] * (len(values) // 2)
    values += [events.cell.component, events.end_text()[0].strip()]
    lines.append(events.cell.line)


UTILITY = Layout(
    {
        ("message", "Header"): "tree",
        ("message", "DataSet"): "dataset",
        ("dataset", "Series"): "series",
        ("dataset", ANY): "group",
        ("group", "Series"): "series",
        ("series", "Key"): "key",
        ("series", "Obs"): "obs",
        ("key", ANY): "component",
        ("obs", ANY): "component",
    },
    {
        "dataset": begin_dataset,
        "group": _begin_group,
        "series": _begin_series,
        "obs": begin_obs,
        "component": _begin_component,
    },
    {
        "group": end_group,
        "series": end_nested_series,
        "obs": Events.end_observation,
        "component": _end_component,
    },
    interleaves=True,
)
"""Dimensions and measures are elements called after them, attributes are attributes."""


def _begin_cross_group(events: Events, _name: str, attributes: Element) -> None:
    begin_group(events, None, unqualified(attributes), typed=False)


def _begin_measure(events: Events, name: str, attributes: Element) -> None:
    if events.nest is not None and events.nest.due:
        inherit(events)
    local = name.rpartition(" ")[2]
    values = [] if local == "Obs" else [ELEMENT, local]
    for i in range(0, len(attributes), 2):
        if " " not in attributes[i]:
            values += [MEASURE if attributes[i] == "value" else attributes[i], attributes[i + 1]]
    events.begin_observation(values)


CROSS_SECTIONAL = Layout(
    {
        ("message", "Header"): "tree",
        ("message", "DataSet"): "dataset",
        ("dataset", "Group"): "group",
        ("dataset", "Section"): "series",
        ("group", "Section"): "series",
        ("series", ANY): "obs",
    },
    {"dataset": begin_dataset, "group": _begin_cross_group, "series": _begin_series, "obs": _begin_measure},
    {"group": end_group, "series": end_nested_series, "obs": Events.end_observation},
    interleaves=True,
)
"""A section states what its observations share; each observation is an element called after a measure."""
