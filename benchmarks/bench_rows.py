"""The rows of the bench, clean and with faults: series of 100 months over FREQ, REF_AREA, INDICATOR, SEX and AGE.

OBS_STATUS (mandatory) and CONF_STATUS stand on observations, UNIT_MEASURE (mandatory) on series. The faults are on distinct
random rows (fixed seed), the class by turns; see ``CLASSES``.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

MONTHS = [f"{2015 + month // 12}-{month % 12 + 1:02d}" for month in range(100)]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
AREAS = [first + second for first in LETTERS for second in LETTERS][:-1]  # all but ZZ, which is the wrong code
SEXES, AGES = ("F", "M"), ("Y0T14", "Y15T24", "Y25T54", "Y55T64", "Y_GE65")
COLUMNS = ("FREQ", "REF_AREA", "INDICATOR", "SEX", "AGE", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "OBS_STATUS",
           "CONF_STATUS")  # fmt: skip
DIMENSIONS, TIME, VALUE, UNIT, STATUS = slice(0, 5), 5, 6, 7, 8
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
