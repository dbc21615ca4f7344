"""The layout of structure-specific SDMX-ML data 2.1, 3.0 and 3.1: components are attributes, or ``Comp`` elements."""

from semstat.interop.formats.sdmx.header_facts import said_of_set
from semstat.interop.formats.sdmx.ml_cell import Cell
from semstat.interop.formats.sdmx.ml_events import Events
from semstat.interop.formats.sdmx.ml_items import DataSetAttributes, DataSetStart, Finding, GroupElement, unknown_action
from semstat.interop.formats.sdmx.ml_layout import Layout
from semstat.interop.formats.sdmx.ml_names import LANGUAGES_OF, XSI_TYPE
from semstat.interop.formats.sdmx.ml_records import Element, attribute, unqualified

__all__ = ["SPECIFIC", "begin_comp", "end_comp"]

_LANGUAGE = "http://www.w3.org/XML/1998/namespace lang"
_STEPS = {
    ("message", "Header"): "tree",
    ("message", "Footer"): "tree",
    ("message", "DataSet"): "dataset",
    ("dataset", "Atts"): "atts",
    ("dataset", "Group"): "group",
    ("dataset", "Series"): "series",
    ("dataset", "Obs"): "obs",
    ("series", "Obs"): "obs",
    ("atts", "Comp"): "comp",
    ("group", "Comp"): "comp",
    ("series", "Comp"): "comp",
    ("obs", "Comp"): "comp",
    ("comp", "Value"): "value",
    ("value", "Text"): "text",
    ("value", "StructuredText"): "text",
}


def _begin_dataset(events: Events, _name: str, attributes: Element) -> None:
    events.begin_dataset()
    stated = dict.fromkeys(("structureRef", "action"))
    for i in range(0, len(attributes), 2):
        local = attributes[i].rpartition(" ")[2]
        # ``action`` is qualified in the schemas; many writers leave the prefix out. No component is called so.
        if local in stated and (" " in attributes[i] or local == "action"):
            stated[local] = attributes[i + 1]
    own = unqualified(attributes, but=("action",))
    reference = stated["structureRef"]
    declaration = events.declarations.get(reference or "")
    action = (stated["action"] or "").strip() or None
    events.items.append(
        DataSetStart(
            reference,
            declaration,
            action or events.action,
            own,
            events.line,
            said=said_of_set(attributes, qualified=True),
        )
    )
    events.items += unknown_action(action, events.line)


def _begin_series(events: Events, _name: str, attributes: Element) -> None:
    events.begin_series(attributes)


def _begin_obs(events: Events, _name: str, attributes: Element) -> None:
    events.begin_observation(attributes)


def _begin_group(events: Events, _name: str, attributes: Element) -> None:
    """A group is of the type that is called after it (``xsi:type``); its attribute ``type``, if there, says the same."""
    typed, said = (attribute(attributes, name) for name in (XSI_TYPE, "type"))
    kind = (typed or said or "").strip().rpartition(":")[2]
    own, line, lines = events.own(unqualified(attributes, but=("type",)))
    late = events.is_late("Group", "is a record of its own")
    events.group = GroupElement(kind or None, own, line, late, lines, events.before)
    if typed and said and said.strip() != kind:
        message = f"a group of the type `{kind}` says that it is of the type `{said}`"
        events.items.append(Finding("DF015", message, line, value=said, expected=kind))


def _end_group(events: Events) -> None:
    # Only now, because a Comp inside adds to its attributes.
    events.owners.pop()
    if events.group is not None:
        events.items.append(events.group)


def _begin_atts(events: Events, _name: str, attributes: Element) -> str | None:
    if events.is_late("Atts", "is passed over"):
        return "skip"
    events.own(unqualified(attributes))
    return None


def _end_atts(events: Events) -> None:
    events.items.append(DataSetAttributes(*events.owners.pop(), events.before))


def begin_comp(events: Events, _name: str, attributes: Element) -> str | None:
    """A component begins whose values are elements."""
    component = attribute(attributes, "id") or ""
    events.cell = Cell(component, events.line)
    after = events.context[-1] == "series" and events.collector.had_observations
    if component and not after:
        return None
    what = "stands after its series' observations" if after else "has no id"
    events.report("IO108", f"a `Comp` {what}; it is passed over", "Comp")
    return "skip"


def end_comp(events: Events) -> None:
    """A component ends: its parts become one cell; without any there is none."""
    cell = events.cell
    if cell.value is None:
        return
    values, line, lines = events.owners[-1]
    if not lines:
        lines += [line] * (len(values) // 2)
    values += [cell.component, cell.value]
    lines.append(cell.line)
    if cell.stated is not None:
        values += [LANGUAGES_OF + cell.component, cell.stated]
        lines.append(cell.line)


def _begin_value(events: Events, _name: str, _attributes: Element) -> None:
    events.begin_text()


def _begin_text(events: Events, _name: str, attributes: Element) -> None:
    events.cell.texts.append("")
    # TextType of SDMXCommon.xsd: a text whose language is not stated is English.
    events.cell.languages.append(attribute(attributes, _LANGUAGE) or "en")


def _end_value(events: Events) -> None:
    events.end_text()
    events.cell.end_part()


SPECIFIC = Layout(
    _STEPS,
    {
        "dataset": _begin_dataset,
        "series": _begin_series,
        "obs": _begin_obs,
        "group": _begin_group,
        "atts": _begin_atts,
        "comp": begin_comp,
        "value": _begin_value,
        "text": _begin_text,
    },
    {
        "series": Events.end_series,
        "obs": Events.end_observation,
        "group": _end_group,
        "atts": _end_atts,
        "comp": end_comp,
        "value": _end_value,
    },
    regular="attributes",
)
