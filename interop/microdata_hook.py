"""Where microdata enter a run: which inputs they are, and what judges them."""

from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import Graph

from semstat.interop.formats.dataset import Dataset, FindStructure
from semstat.interop.formats.microdata.packaged import package_of
from semstat.interop.reading import Reading
from semstat.interop.registry import sniff
from semstat.interop.sources import InputRefused, Source, refusal
from semstat.ontology.terms import RDF
from semstat.ontology.terms_study import SSD
from semstat.validators.diagnostics import Diagnostic, Report

if TYPE_CHECKING:
    from semstat.interop.judging import Run

__all__ = ["description", "judge_microdata", "may_be_microdata", "microdata_of", "open_undescribed"]

_TABLES = frozenset({"csv", "parquet", None})


def description(reading: Reading) -> Graph | None:
    """Return the graph that describes data files, ``None`` where none does."""
    graph = reading.document.graph
    if reading.shapes is not None and (None, RDF.type, SSD.DataFile) in reading.shapes:
        graph = graph + reading.shapes
    return graph if (None, RDF.type, SSD.DataFile) in graph else None


def microdata_of(
    reading: Reading, items: Sequence[Source | Diagnostic], own: Sequence[Source | Diagnostic]
) -> list[Source]:
    """Return the inputs that are microdata: tables and files of packages, where metadata that were read describe data files.

    ``own`` are the inputs that are metadata themselves.
    """
    if description(reading) is None:
        return []
    return [item for item in items if item not in own and isinstance(item, Source) and may_be_microdata(item)]


def may_be_microdata(source: Source) -> bool:
    """Tell whether an input is a table, a file of a statistical package, or of no known format, as lines without separators are."""
    try:
        head = source.head(4096)
    except InputRefused:
        return False
    return bool(head) and (package_of(head) is not None or sniff(head, source.name) in _TABLES)


def judge_microdata(
    reading: Reading, described: Sequence[Source], run: "Run", folder: str, paths: Sequence[str | PathLike[str]]
) -> Iterator[Report]:
    """Yield the report on microdata; columns are put away below ``folder``, and what the engine needs in a database there.

    Where the user named a folder among ``paths``, the place of all files was named, and a described file that is absent is
    a fault.
    """
    graph = description(reading)
    if graph is None or not described:
        return
    from semstat.interop.microdata_judging import Microdata

    whole = any(Path(path).is_dir() for path in paths)
    engine = run.engine
    place = f"{folder}/microdata.duckdb".replace("'", "''")
    engine.execute(f"ATTACH '{place}' AS microdata")
    try:
        yield Microdata(graph, reading.document.positions, run.options, engine, "microdata", folder, whole).judge(
            described
        )
    finally:
        engine.execute("DETACH microdata")


def open_undescribed(source: Source, find_structure: FindStructure) -> Iterator[Dataset]:
    """Refuse a file of a statistical package that nothing describes.

    Raises:
        InputRefused: IO112, always.
    """
    message = "a file of a statistical package is judged by its documentation, and none is given with --structure"
    raise refusal("IO112", message, source.name)
    yield
