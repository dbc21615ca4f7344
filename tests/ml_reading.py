"""What a reading of SDMX-ML data gives, in a form that two readings can be compared by."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from semstat.interop.formats.dataset import ComponentIds
from semstat.interop.formats.sdmx.ml_data import open_ml
from semstat.interop.sources import InputRefused, Source
from semstat.validators.diagnostics import Diagnostic
from semstat.validators.observations import GROUP_LINE, KIND, LINE


def source_of(data: bytes, name: str = "message.xml") -> Source:
    return Source(name, lambda: BytesIO(data), len(data))


def reading(source: Source, components: ComponentIds | None = None, *, fast: bool) -> list[Any]:
    """Return all that a message says, dataset by dataset; a refusal as its finding."""
    result: list[Any] = []
    try:
        for dataset in open_ml(source, lambda _: components, fast=fast):
            batches = list(dataset.observations.batches)
            levels = dataset.observations.levels
            rows = [_placed(row, levels) for batch in batches for row in batch.to_pylist()]
            result.append(
                {
                    "reference": dataset.reference,
                    "place": (dataset.index, dataset.line, dataset.action),
                    "observations": [row for row in rows if KIND not in row],
                    "others": [row for row in rows if KIND in row],
                    "counts": (dataset.tally.observations, dataset.tally.series, dataset.tally.groups),
                    "findings": sorted(dataset.tally.diagnostics, key=_place_of),
                }
            )
    except InputRefused as refused:
        result.append(refused.diagnostic)
    return result


def _place_of(item: Diagnostic) -> tuple[int, int, str, str]:
    return item.location.line or 0, item.location.column or 0, item.rule, item.message


def _placed(row: dict[str, Any], levels: Mapping[str, str]) -> dict[str, Any]:
    """Return a record's values, each with the line that it stands on."""
    return {
        name: (value, _line(row, name, levels))
        for name, value in row.items()
        if value is not None and not name.startswith(GROUP_LINE)
    }


def _line(row: dict[str, Any], name: str, levels: Mapping[str, str]) -> int | str | None:
    own = row.get(GROUP_LINE + name)
    if own is not None:
        return own
    level = levels.get(name, LINE)
    return level if level == "_dataset" and not row.get(KIND) else row.get(level) or row[LINE]
