"""The layout of generic SDMX-ML data 2.1: keys, values and attributes are elements that name their component."""

from semstat.interop.formats.sdmx.header_facts import said_of_set
from semstat.interop.formats.sdmx.ml_events import Events
from semstat.interop.formats.sdmx.ml_items import DataSetAttributes, DataSetStart, GroupElement, unknown_action
from semstat.interop.formats.sdmx.ml_layout import Layout
from semstat.interop.formats.sdmx.ml_names import AT_OBSERVATION, MEASURE
from semstat.interop.formats.sdmx.ml_records import Element, attribute

__all__ = ["GENERIC", "begin_attributes", "begin_obs", "begin_values", "end_attributes", "end_group", "read_value"]

_STEPS = {
    ("message", "Header"): "tree",
    ("message", "Footer"): "tree",
    ("message", "DataSet"): "dataset",
    ("dataset", "Attributes"): "atts",
    ("dataset", "Group"): "group",
    ("dataset", "Series"): "series",
    ("dataset", "Obs"): "obs",
    ("group", "GroupKey"): "values",
    ("group", "Attributes"): "values",
    ("series", "SeriesKey"): "values",
    ("series", "Attributes"): "values",
    ("series", "Obs"): "obs",
    ("obs", "ObsKey"): "values",
    ("obs", "ObsDimension"): "dimension",
    ("obs", "ObsValue"): "measure",
    ("obs", "Attributes"): "values",
    ("values", "Value"): "value",
    ("atts", "Value"): "value",
}


def _begin_dataset(events: Events, _name: str, attributes: Element) -> None:
    events.begin_dataset()
    reference = attribute(attributes, "structureRef")
    declaration = events.declarations.get(reference or "")
    stated = declaration.dimension_at_observation if declaration else None
    events.at_observation = stated if stated and stated != "AllDimensions" else "TIME_PERIOD"
    action = (attribute(attributes, "action") or "").strip() or None
    events.items.append(
        DataSetStart(
            reference,
            declaration,
            action or events.action,
            [],
            events.line,
            said=said_of_set(attributes, qualified=False),
        )
    )
    events.items += unknown_action(action, events.line)


def _begin_group(events: Events, _name: str, attributes: Element) -> None:
    values, line, lines = events.own([])
    late = events.is_late("Group", "is a record of its own")
    kind = (attribute(attributes, "type") or "").strip() or None
    events.group = GroupElement(kind, values, line, late, lines, events.before)


def end_group(events: Events) -> None:
    """A group ends: its key and its attributes are known."""
    events.owners.pop()
    if events.group is not None:
        events.items.append(events.group)
        events.group = None


def _begin_series(events: Events, _name: str, _attributes: Element) -> None:
    events.begin_series([])


def begin_obs(events: Events, _name: str, _attributes: Element) -> None:
    """An observation begins whose values are elements."""
    events.begin_observation([])


def begin_attributes(events: Events, _name: str, _attributes: Element) -> str | None:
    """Attributes of the dataset begin."""
    if events.is_late("Attributes", "is passed over"):
        return "skip"
    events.own([])
    return None


def end_attributes(events: Events) -> None:
    """Attributes of the dataset end."""
    events.items.append(DataSetAttributes(*events.owners.pop(), events.before))


def begin_values(events: Events, name: str, _attributes: Element) -> str | None:
    """A key or a set of attributes begins, whose values are those of the element around it."""
    if events.context[-1] == "series" and events.collector.had_observations:
        local = name.rpartition(" ")[2]
        events.report("IO108", f"`{local}` stands after its series' observations; it is passed over", local)
        return "skip"
    return None


def _begin_value(events: Events, _name: str, attributes: Element) -> None:
    name = value = " "
    if len(attributes) == 4 and attributes[0] == "id" and attributes[2] == "value":
        _, name, _, value = attributes
    elif len(attributes) == 4 and attributes[2] == "id" and attributes[0] == "value":
        _, value, _, name = attributes
    if " " in name:
        read_value(events, attributes, "Value", by="id", default=None)
        return
    values, _, lines = events.owners[-1]
    values.append(name)
    values.append(value)
    lines.append(events.line)


def _begin_dimension(events: Events, _name: str, attributes: Element) -> None:
    meant = events.at_observation
    read_value(events, attributes, "ObsDimension", by="id", default=meant, other=AT_OBSERVATION)


def _begin_measure(events: Events, _name: str, attributes: Element) -> None:
    read_value(events, attributes, "ObsValue", by="id", default=MEASURE)


def read_value(
    events: Events, attributes: Element, local: str, *, by: str, default: str | None, other: str = ""
) -> None:
    """Add the value that an element states to the values of the element around it.

    Args:
        events: Where they go.
        attributes: Those of the element.
        local: Its name.
        by: The attribute that names the component.
        default: The component where none is named.
        other: What marks a component that is named, and is not the default.

    Findings:
        IO108: no component is named, no value is given, or an attribute is not known. DF001: what is named can be none.
    """
    name, value = default, None
    for i in range(0, len(attributes), 2):
        key, text = attributes[i], attributes[i + 1]
        if key == by:
            named = text.strip()
            name = other + named if default is not None and named != default else named
        elif key == "value":
            value = text
        elif " " not in key or not key.startswith("http://www.w3.org/"):
            known = key.rpartition(" ")[2]
            events.report("IO108", f"the standard knows no attribute `{known}` of `{local}`; it is passed over", known)
    if not name:
        events.report("IO108", f"a `{local}` has no {by}; its value `{value or ''}` is passed over", local)
    elif " " in name:
        events.report("DF001", f"`{name}` cannot be the id of a component; its value `{value}` is passed over", name)
    elif value is None:
        events.report("IO108", f"the `{local}` of `{name}` has no value", local)
    else:
        values, _, lines = events.owners[-1]
        values += [name, value]
        lines.append(events.line)


GENERIC = Layout(
    _STEPS,
    {
        "dataset": _begin_dataset,
        "series": _begin_series,
        "obs": begin_obs,
        "group": _begin_group,
        "atts": begin_attributes,
        "values": begin_values,
        "value": _begin_value,
        "dimension": _begin_dimension,
        "measure": _begin_measure,
    },
    {
        "series": Events.end_series,
        "obs": Events.end_observation,
        "group": end_group,
        "atts": end_attributes,
    },
    regular="elements",
)
