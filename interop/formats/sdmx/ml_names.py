"""Which component a value belongs to, where a message does not say its id: by its place, or by what the header says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.dataset import ComponentIds
from semstat.interop.formats.findings import Findings
from semstat.interop.formats.sdmx.ml_records import Owner
from semstat.interop.formats.text_columns import map_text
from semstat.validators.nearest import nearest_code
from semstat.validators.observations import LANGUAGES, VERSION_SEPARATOR

__all__ = ["AT_OBSERVATION", "ELEMENT", "LANGUAGES_OF", "MEASURE", "TIME", "XSI_TYPE", "Names"]

_MARK = "\x1f"
"""Begins the names of columns whose component is not known yet; no XML holds it."""

MEASURE = _MARK + "measure"
"""Column of the values of observations whose measure is not named."""

TIME = _MARK + "time"
"""Column of the time of observations (``Time`` of SDMX-ML 2.0)."""

ELEMENT = _MARK + "element"
"""Column of the names of elements that hold cross-sectional measures (SDMX-ML 2.0)."""

LANGUAGES_OF = _MARK + "languages:"
"""Prefix of columns with the texts of a component in their languages."""

AT_OBSERVATION = _MARK + "at-observation:"
"""Prefix of columns of the dimension at the observation, where an ``ObsDimension`` names another one than the header."""

XSI_TYPE = "http://www.w3.org/2001/XMLSchema-instance type"
_QUALIFIED = re.compile(r"\S+:\S* \S+\Z")
_XSI = "http://www.w3.org/2001/XMLSchema-instance "

_MOST_HIDDEN = 10_000
Columns = dict[str, pa.Array]


@dataclass(slots=True)
class Names:
    """Names the columns of one dataset after components.

    Args:
        components: Those of its structure, if that is at hand.
        findings: Receives DF001, DF028 and IO108.
        measure_dimension: The dimension whose value ``xsi:type`` or ``type`` names (explicit measures of 2.1).
        at_observation: The dimension at the observation, as the header says.
        aliases: What else the message may call a component, and the component's id.
    """

    components: ComponentIds | None
    findings: Findings
    measure_dimension: str | None = None
    at_observation: str | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    _misnamed: dict[str, tuple[int, int]] = field(default_factory=dict)
    _refused: dict[str, tuple[int, str, int]] = field(default_factory=dict)
    _versions: dict[str, tuple[int, int]] = field(default_factory=dict)
    observed: int = 0
    """How many observations stand before the batch at hand."""
    _carried: int = 0
    _hidden: dict[tuple[int, str], tuple[int, int, str, str]] = field(default_factory=dict)

    def named(
        self, columns: Columns, lines: Columns, own: npt.NDArray[np.int64], *, carried: int = 0
    ) -> tuple[Columns, Columns]:
        """Return columns and lines by component.

        Args:
            columns: Values by name or mark.
            lines: Lines of those columns whose values do not stand on the line of their element.
            own: The lines of the elements.
            carried: How many rows at the start go on from before, and were reported on then.

        Findings:
            IO108 (qualified attributes, which belong to no component), DF001 (a name that no component can have, a
            dimension at the observation that the structure does not have), DF028 (two values for one component).
        """
        self._carried = carried
        plain: Columns = {}
        placed: Columns = {}
        for name, values in (self._by_element(columns) if ELEMENT in columns else columns).items():
            where = lines.get(name)
            chosen = self._component(name, values, own if where is None else pc.fill_null(where, 0).to_numpy())
            if chosen is None:
                continue
            component, column = chosen
            if component in plain:
                first = plain[component]
                self._both(component, first, column, own)
                column = pc.coalesce(first.cast(pa.string()), column.cast(pa.string()))
                if where is not None or component in placed:
                    none = pa.nulls(len(column), pa.int64())
                    below = none if where is None else where
                    where = pc.if_else(first.is_valid(), placed.get(component, none), below)
            plain[component] = column
            if where is not None:
                placed[component] = where
        return plain, placed

    @property
    def _known(self) -> tuple[str, ...]:
        return self.components.all if self.components else ()

    def _component(self, name: str, values: pa.Array, lines: npt.NDArray[np.int64]) -> tuple[str, pa.Array] | None:
        """Return the component of a column and its values; ``None`` where there is none, which is reported."""
        dimension = self.measure_dimension
        if name == XSI_TYPE or (name == "type" and dimension and "type" not in self._known):
            return (dimension, map_text(values, lambda qname: qname.rpartition(":")[2])) if dimension else None
        if name.startswith(_MARK):
            return self._of_mark(name, values, lines), values
        if _can_be_component(name):
            return self.aliases.get(name, name), values
        if not name.startswith(_XSI):
            filled = self._places(values.is_valid())
            if len(filled):
                self._refuse(name, int(lines[filled[0]]), values[filled[0]].as_py(), len(filled))
        return None

    def _places(self, chosen: pa.Array) -> npt.NDArray[np.int64]:
        """Return the places of the rows chosen, but those that go on from before."""
        places: npt.NDArray[np.int64] = np.flatnonzero(chosen.to_numpy(zero_copy_only=False))
        return places[places >= self._carried]

    def _of_mark(self, mark: str, values: pa.Array, lines: npt.NDArray[np.int64]) -> str:
        components = self.components
        if mark.startswith(LANGUAGES_OF):
            component = self._called(mark.removeprefix(LANGUAGES_OF))
            several = pc.fill_null(pc.match_substring(values.cast(pa.string()), VERSION_SEPARATOR), False)
            places = self._places(several)
            if len(places):
                self._several(component, int(lines[places[0]]), len(places))
            return LANGUAGES + component
        if mark == MEASURE:
            own = [name for name in components.measures if name not in components.cross_measures] if components else []
            return own[0] if len(own) == 1 else "OBS_VALUE"
        if mark == TIME:
            return (components.time_dimension if components else None) or "TIME_PERIOD"
        stated, meant = self._called(mark.removeprefix(AT_OBSERVATION)), self._called(self.at_observation or "")
        if components is None or meant not in components.dimensions or stated in components.all:
            return stated
        filled = np.flatnonzero(values.is_valid().to_numpy(zero_copy_only=False))
        first, count = self._misnamed.get(stated, (int(lines[filled[0]]), 0))
        self._misnamed[stated] = first, count + len(filled)
        return meant

    def _called(self, name: str) -> str:
        return self.aliases.get(name, name)

    def _several(self, component: str, line: int, count: int) -> None:
        first, before = self._versions.get(component, (line, 0))
        self._versions[component] = first, before + count

    def _refuse(self, name: str, line: int, value: str, count: int) -> None:
        first, shown, before = self._refused.get(name, (line, value, 0))
        self._refused[name] = first, shown, before + count

    def clean(self, owner: Owner) -> Owner:
        """Return a group's or dataset's values without those that belong to no component, or repeat one; report those."""
        values, line, lines = owner
        kept: dict[str, tuple[str, int]] = {}
        for i in range(0, len(values), 2):
            name, value, own = self._called(values[i]), values[i + 1], lines[i // 2] if lines else line
            if name.startswith(LANGUAGES_OF):
                if VERSION_SEPARATOR in value:
                    self._several(name.removeprefix(LANGUAGES_OF), own, 1)
                kept.setdefault(LANGUAGES + name.removeprefix(LANGUAGES_OF), (value, own))
            elif not _can_be_component(name):
                self._refuse(name, own, value, 1)
            elif name in kept:
                self.repeated(name, own, kept[name][0], value)
            else:
                kept[name] = value, own
        flat = [text for name, (value, _) in kept.items() for text in (name, value)]
        return flat, line, [own for _, own in kept.values()] if lines else []

    def _both(self, component: str, first: pa.Array, second: pa.Array, lines: npt.NDArray[np.int64]) -> None:
        differs = pc.not_equal(first.cast(pa.string()), second.cast(pa.string()))
        for place in self._places(pc.fill_null(differs, False)).tolist():
            self.repeated(component, int(lines[place]), first[place].as_py(), second[place].as_py())

    def repeated(self, component: str, line: int, first: str, second: str, *, besides: int | None = None) -> None:
        """Report a component that has two values in one place; ``besides`` is the line of the second, if another one."""
        where = f" on line {besides}" if besides not in {None, line} else ""
        message = f"`{component}` is stated twice: `{first}`, which is used, and `{second}`{where}"
        self.findings.add("DF028", message, line=line, path=component, value=second, expected=f"one value, `{first}`")

    def _by_element(self, columns: Columns) -> Columns:
        """Return the columns with the values of cross-sectional measures where the names of their elements say.

        The element of a cross-sectional measure stands for a code of the measure dimension. An element that is called
        like a measure holds the value of that; any other one states, where there is a measure dimension, its code.
        """
        elements, values = columns[ELEMENT], columns.get(MEASURE)
        components = self.components or ComponentIds(())
        placed = {name: column for name, column in columns.items() if name not in (ELEMENT, MEASURE)}
        for element in elements.unique().to_pylist():
            here = pc.fill_null(pc.equal(elements, element), False)
            dimension, code = components.cross_measures.get(element, (components.measure_dimension, element))
            stands_for_code = element in components.cross_measures
            is_measure = not stands_for_code and (dimension is None or element in components.measures)
            if not is_measure:
                _lay(
                    placed, str(dimension), pa.array([code], pa.string()).take(pa.array(np.zeros(len(here), int))), here
                )
            if values is not None:
                _lay(placed, element if is_measure else MEASURE, values, here)
        return placed

    def hidden(self, component: str, lines: tuple[int, int], first: str, second: str, record: int) -> None:
        """Note that a value of a series or group is hidden by a different one; each hidden value is told once.

        Args:
            component: The component.
            lines: Where the value that hides it stands, which is where the contradiction is, and where the hidden value.
            first: What hides it.
            second: The hidden value.
            record: The record, counted in its batch; of several, the first is told of.
        """
        if component.startswith(LANGUAGES):
            return
        place, line = lines
        note = (self.observed + record, place, first, second)
        if (line, component) in self._hidden or len(self._hidden) < _MOST_HIDDEN:
            self._hidden[line, component] = min(note, self._hidden.get((line, component), note))
        else:
            self.repeated(component, place, first, second, besides=line)

    def finish(self) -> None:
        """Report names that belong to no component, each once: where first, and how often; then what was hidden."""
        for stated, (line, count) in self._misnamed.items():
            message = (
                f"`{stated}` is not a component; its values are read as those of `{self.at_observation}`, "
                "the dimension at the observation that the header names"
            )
            near = nearest_code(stated, self.components.dimensions if self.components else ())
            meant = self.at_observation
            self.findings.add(
                "DF001", message, line=line, path=stated, value=stated, expected=meant, nearest=near, count=count
            )
        for name, (line, count) in self._versions.items():
            message = f"texts of `{name}` stand in several languages; the first of each is judged, all are kept"
            self.findings.add("IO114", message, line=line, path=name, count=count)
        for (line, component), (_, place, value, other) in sorted(self._hidden.items()):
            self.repeated(component, place, value, other, besides=line)
        for name, (line, value, count) in self._refused.items():
            if _QUALIFIED.match(name):
                message = f"the standard knows no attribute `{name.rpartition(' ')[2]}` here; it is passed over"
                self.findings.add("IO108", message, line=line, path=name, count=count)
                continue
            message = f"`{name}` cannot be the id of a component; its value `{value}` is passed over"
            self.findings.add("DF001", message, line=line, path=name, value=value, count=count)


def _lay(columns: Columns, name: str, values: pa.Array, here: pa.Array) -> None:
    """Lay values over a column, in some rows."""
    below = columns.get(name, pa.nulls(len(here), pa.string())).cast(pa.string())
    columns[name] = pc.if_else(here, values.cast(pa.string()), below)


def _can_be_component(name: str) -> bool:
    """Tell whether a name may be an id: not qualified by a namespace, no blank in it, and no underscore before it."""
    return not (name.startswith("_") or any(blank in name for blank in " \t\n\r"))
