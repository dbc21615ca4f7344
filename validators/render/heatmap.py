"""The picture of where faults lie: components down, periods across, darker where there are more."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from html import escape

from semstat.validators.diagnostics import DatasetSummary
from semstat.validators.render.wording import counted, number, printable

__all__ = ["Grid", "arrange", "legend", "picture", "sentence", "table"]

_MAX_COLUMNS = 60
_MAX_ROWS = 30
_LEVELS = 6
_ROUND = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_LEFT, _RIGHT, _TOP, _PLOT = 178, 74, 54, 708
_ROW, _GAP = 24, 2


@dataclass(frozen=True, slots=True)
class Grid:
    """Findings by row and column, ready to draw.

    ``columns`` holds pairs (first period, last period): where there are many periods, several share a column. ``rows``
    are the components, those with most findings first; ``others`` counts the components put together in the last row.
    ``steps`` are the upper bounds of the levels of the scale, which the last row may exceed.
    """

    rows: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    cells: tuple[tuple[int, ...], ...]
    steps: tuple[int, ...]
    others: int = 0

    def level(self, findings: int) -> int:
        """Return the level of a number of findings, from 1; 0 when there are none."""
        return min(bisect_left(self.steps, findings) + 1, len(self.steps)) if findings else 0

    def heading(self, column: int) -> str:
        """Return the name of a column."""
        first, last = self.columns[column]
        return first if first == last else f"{first} – {last}"


def arrange(dataset: DatasetSummary) -> Grid | None:
    """Return the faults of a dataset as a grid, or ``None`` when there are none.

    Example:
        >>> found = (("SEX", "2020", 4), ("AREA", "2020", 9), ("AREA", "2021", 1))
        >>> grid = arrange(DatasetSummary("a.csv", "sdmx-csv-2.0", None, 100, faults=found))
        >>> grid.rows, grid.cells
        (('AREA', 'SEX'), ((9, 1), (4, 0)))
    """
    faults = [
        (component or "(dataset)", period or "(no period)", n) for component, period, n in dataset.faults if n > 0
    ]
    if not faults:
        return None
    totals = Counter[str]()
    for component, _, findings in faults:
        totals[component] += findings
    ranked = sorted(totals, key=lambda component: (-totals[component], component))
    shown = ranked if len(ranked) <= _MAX_ROWS else ranked[: _MAX_ROWS - 1]
    others = len(ranked) - len(shown)
    row_of = {component: min(place, len(shown)) for place, component in enumerate(ranked)}
    columns, column_of = _columns(sorted({period for _, period, _ in faults}))
    cells = [[0] * len(columns) for _ in range(len(shown) + bool(others))]
    for component, period, findings in faults:
        cells[row_of[component]][column_of[period]] += findings
    rows = (*shown, f"{others} other components") if others else tuple(shown)
    highest = max(max(row) for row in cells[: len(shown)])
    return Grid(rows, columns, tuple(map(tuple, cells)), _steps(highest), others)


def _columns(periods: list[str]) -> tuple[tuple[tuple[str, str], ...], dict[str, int]]:
    size = -(-len(periods) // _MAX_COLUMNS)
    chunks = [periods[start : start + size] for start in range(0, len(periods), size)]
    place = {period: column for column, chunk in enumerate(chunks) for period in chunk}
    return tuple((chunk[0], chunk[-1]) for chunk in chunks), place


def _steps(highest: int) -> tuple[int, ...]:
    """Return the upper bounds of at most six levels: every number, or round numbers with equal ratios between them."""
    if highest <= _LEVELS:
        return tuple(range(1, highest + 1))
    ladder = list(_ROUND)
    while ladder[-1] < highest:
        ladder += [step * 1000 for step in ladder[-len(_ROUND) :]]
    reach = bisect_left(ladder, highest)
    places = [round(reach * part / (_LEVELS - 1)) for part in range(_LEVELS)]
    return tuple(dict.fromkeys(ladder[place] for place in places))


def sentence(grid: Grid) -> str:
    """Return in words where most of the faults are.

    Example:
        >>> sentence(Grid(("AREA",), (("2020", "2020"), ("2021", "2021")), ((9, 1),), (1, 9)))
        'Most findings: AREA (10 of 10). Worst cell: AREA, 2020 (9).'
    """
    total = sum(map(sum, grid.cells))
    first = sum(grid.cells[0])
    findings, row, column = max(
        (findings, -row, -column)
        for row, cells in enumerate(grid.cells[:-1] if grid.others else grid.cells)
        for column, findings in enumerate(cells)
    )
    worst = f"{grid.rows[-row]}, {grid.heading(-column)} ({number(findings)})"
    return f"Most findings: {grid.rows[0]} ({number(first)} of {number(total)}). Worst cell: {worst}."


def picture(grid: Grid, *, name: str) -> str:
    """Return the grid as an inline SVG whose colours come from the classes ``h1`` … ``h6`` of the style sheet.

    ``name`` is a prefix for the ids of title and description, unique on the page.
    """
    step = _PLOT / max(len(grid.columns), 12)
    height = _TOP + len(grid.rows) * _ROW + 34
    parts = [
        f'<svg class="heat" viewBox="0 0 960 {height}" role="img" aria-labelledby="{name}-t {name}-d">',
        f'<title id="{name}-t">Findings by component and period</title>',
        f'<desc id="{name}-d">{_text(sentence(grid))} The same numbers stand in the table below.</desc>',
        *_profile(grid, step),
    ]
    for row, (component, cells) in enumerate(zip(grid.rows, grid.cells, strict=True)):
        parts += _row(grid, row, component, cells, step)
    return "\n".join([*parts, *_axis(grid, step), "</svg>"])


def _text(text: str) -> str:
    return escape(printable(text))


def _clip(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _profile(grid: Grid, step: float) -> list[str]:
    """Return bars above the columns: the findings of each period over all components."""
    sums = [sum(cells) for cells in zip(*grid.cells, strict=True)]
    parts = [f'<text class="note end" x="{_LEFT - 10}" y="{_TOP - 8}">all components</text>']
    for column, findings in enumerate(sums):
        tall = findings / max(sums) * (_TOP - 16)
        if findings:
            title = f"{grid.heading(column)}: {counted(findings, 'finding')}"
            parts.append(
                f'<rect class="bar" x="{_LEFT + column * step:.1f}" y="{_TOP - 6 - tall:.1f}" '
                f'width="{step - _GAP:.1f}" height="{max(tall, 1):.1f}"><title>{_text(title)}</title></rect>'
            )
    return parts


def _row(grid: Grid, row: int, component: str, cells: tuple[int, ...], step: float) -> list[str]:
    top = _TOP + row * _ROW
    parts = [
        f'<text class="label end" x="{_LEFT - 10}" y="{top + 16}">{_text(_clip(component, 22))}</text>',
        f'<rect class="track" x="{_LEFT}" y="{top}" width="{len(cells) * step - _GAP:.1f}" height="{_ROW - _GAP}"/>',
    ]
    for column, findings in enumerate(cells):
        if findings:
            title = f"{component}, {grid.heading(column)}: {counted(findings, 'finding')}"
            parts.append(
                f'<rect class="h{grid.level(findings)}" x="{_LEFT + column * step:.1f}" y="{top}" '
                f'width="{step - _GAP:.1f}" height="{_ROW - _GAP}"><title>{_text(title)}</title></rect>'
            )
    end = _LEFT + len(cells) * step + 8
    return [*parts, f'<text class="sum" x="{end:.1f}" y="{top + 16}">{number(sum(cells))}</text>']


def _axis(grid: Grid, step: float) -> list[str]:
    labels = [_clip(printable(first), 12) for first, _ in grid.columns]
    room = max(map(len, labels)) * 7 + 14
    stride = max(1, -(-room // max(1, int(step))))
    y = _TOP + len(grid.rows) * _ROW + 18
    middles = [_LEFT + column * step + (step - _GAP) / 2 for column in range(len(labels))]
    return [
        f'<text class="label mid" x="{middles[column]:.1f}" y="{y}">{escape(labels[column])}</text>'
        for column in range(0, len(labels), stride)
    ]


def legend(grid: Grid) -> str:
    """Return the scale of the picture as a list."""
    items: list[str] = []
    low = 1
    for level, high in enumerate(grid.steps, 1):
        words = number(high) if low == high else f"{number(low)}–{number(high)}"
        if level == len(grid.steps) and max(map(max, grid.cells)) > high:
            words = f"{number(low)} or more"
        items.append(f'<li><svg class="key" viewBox="0 0 14 14" aria-hidden="true"><rect class="h{level}" ')
        items[-1] += f'width="14" height="14"/></svg>{words}</li>'
        low = high + 1
    return f'<ul class="legend" aria-label="Findings in one cell">{"".join(items)}</ul>'


def table(grid: Grid) -> str:
    """Return the grid as an HTML table, the twin of the picture for those who cannot see it."""
    head = "".join(f'<th scope="col">{_text(grid.heading(column))}</th>' for column in range(len(grid.columns)))
    lines = ['<table class="twin"><thead><tr><th scope="col">Component</th>' + head + '<th scope="col">All</th></tr>']
    lines.append("</thead><tbody>")
    for component, cells in zip(grid.rows, grid.cells, strict=True):
        values = "".join(f"<td>{number(findings) if findings else ''}</td>" for findings in cells)
        lines.append(f'<tr><th scope="row">{_text(component)}</th>{values}<td>{number(sum(cells))}</td></tr>')
    return "\n".join([*lines, "</tbody></table>"])
