"""Groups of SDMX-ML 2.0 that hold their series: what a group states belongs to each of the series inside it."""

from dataclasses import dataclass, field

from semstat.interop.formats.sdmx.ml_events import Events
from semstat.interop.formats.sdmx.ml_items import Finding, GroupElement
from semstat.interop.formats.sdmx.ml_records import Element, Owner

__all__ = ["Nest", "begin_group", "begin_nested_series", "begin_obs", "end_group", "end_nested_series", "inherit"]


@dataclass(slots=True)
class Nest:
    """The open group: what it is called, what it states, its key, and whether a series has begun in it."""

    type: str | None
    owner: Owner
    after: int
    typed: bool = True
    key: dict[str, str] = field(default_factory=dict)
    holds_series: bool = False
    due: bool = False
    """Whether the open series has not been given yet what the group states."""


def begin_group(events: Events, kind: str | None, values: Element, *, typed: bool = True) -> None:
    """A group begins; ``typed``: its type must be one of the structure's groups."""
    events.nest = Nest(kind, events.own(values), events.before, typed)


def end_group(events: Events) -> None:
    """A group ends. If it held series, these have what it states; else that belongs to series elsewhere."""
    events.owners.pop()
    nest, events.nest = events.nest, None
    if nest is None:
        return
    values, line, lines = nest.owner
    events.items.append(
        GroupElement(nest.type, values, line, lines=lines, after=nest.after, spread=nest.holds_series, typed=nest.typed)
    )


def begin_nested_series(events: Events, values: Element) -> None:
    """A series begins, in a group or not."""
    events.begin_series(values)
    if events.nest is not None:
        events.nest.holds_series = events.nest.due = True


def begin_obs(events: Events, _name: str, attributes: Element) -> None:
    """An observation begins: all that its series states itself is known now."""
    if events.nest is not None and events.nest.due:
        inherit(events)
    events.begin_observation([text for i in _plain(attributes) for text in attributes[i : i + 2]])


def _plain(attributes: Element) -> list[int]:
    return [i for i in range(0, len(attributes), 2) if not attributes[i].startswith("http://www.w3.org/")]


def inherit(events: Events) -> None:
    """Give the open series what its group states, but the key, which the series must state itself.

    Findings:
        DF028: the series contradicts the key of its group.
    """
    nest = events.nest
    if nest is None:
        return
    nest.due = False
    values, line, lines = events.owners[-1]
    own = dict(zip(values[::2], values[1::2], strict=True))
    for name, value in nest.key.items():
        if own.get(name, value) != value:
            text = f"`{name}` is stated twice: `{own[name]}` by the series, which is used, and `{value}` by its group"
            events.items.append(Finding("DF028", text, line, path=name, value=value, expected=own[name]))
    if not lines:
        lines += [line] * (len(values) // 2)
    given, place, places = nest.owner
    for i in range(0, len(given), 2):
        if given[i] not in nest.key:
            values += given[i : i + 2]
            lines.append(places[i // 2] if places else place)


def end_nested_series(events: Events) -> None:
    """A series ends."""
    if events.nest is not None and events.nest.due:
        inherit(events)
    events.end_series()
