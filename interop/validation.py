"""Validating files: opens structures and data, has each judged, and puts the reports together."""

import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from os import PathLike
from typing import TYPE_CHECKING, TypeGuard

from semstat.interop.cdi_structures import with_cdi_structures
from semstat.interop.ddi_given import of_given
from semstat.interop.graphs import of_graphs, rdf_files
from semstat.interop.inputs import inputs, is_structure, structure_inputs
from semstat.interop.microdata_hook import judge_microdata, microdata_of
from semstat.interop.options import Options
from semstat.interop.reading import Reading, read_sources
from semstat.interop.reports import UNREADABLE, of_reading
from semstat.interop.sources import Source
from semstat.interop.structures import Structures
from semstat.validators.diagnostics import Diagnostic, Report, Severity, merge
from semstat.validators.selection import applied

if TYPE_CHECKING:
    import duckdb

__all__ = ["Options", "inputs", "validate"]

AnyPath = str | PathLike[str]


def validate(
    data: Sequence[AnyPath],
    *,
    structure: Sequence[AnyPath] = (),
    shapes: Sequence[AnyPath] = (),
    max_findings: int = 10,
    fail_on: Severity = Severity.ERROR,
    options: Options | None = None,
) -> Report:
    """Return the verdict on data files, judged by structures.

    Structure messages among ``data`` are judged themselves, by the rules on structures, and serve the data like those of
    ``structure``: a folder with both needs nothing else.

    Args:
        data: Files, folders, archives, ``-`` for standard input.
        structure: Structure messages that describe the data (files or folders), read together.
        shapes: Further SHACL shapes in Turtle that hold beside those of the structure.
        max_findings: Places listed in full for each rule and component; 0 for all.
        fail_on: The least severity that fails.
        options: All the options at once; then the two above are not looked at.

    Raises:
        ValueError: ``data`` is empty.
        NoSuchStructure: every structure could be read, and none is called as ``options.against`` says.
        MissingExtra: ``schema`` is asked for, and the schemas are not installed.

    Findings:
        Whatever is wrong with the data, the structures or the files themselves; nothing about data is raised.

    Example:
        >>> validate(["no-such-file.csv"]).verdict
        <Verdict.UNREADABLE: 'unreadable'>
    """
    if not data:
        raise ValueError("nothing to validate: name at least one file")
    chosen = options or Options(max_findings=max_findings, fail_on=fail_on)
    items = list(inputs(data, chosen.limits))
    graphs = rdf_files(items, chosen.format)
    taken = [file.source for file in graphs]
    own = [item for item in items if item not in taken and is_structure(item, chosen.format)]
    beside = list(structure_inputs(structure, chosen.limits, beside=own))
    reading = read_sources([*beside, *own, *inputs(shapes, chosen.limits)])
    structures = _structures(reading, [*beside, *own], chosen)
    if _is_whole(reading):
        structures.find_named()
    parts = [*_on_metadata(reading, own, items, beside, structures, chosen), *of_graphs(graphs, chosen)]
    described = microdata_of(reading, items, own)
    others = [*own, *taken, *described]
    observed = [item for item in items if item not in others]
    if observed or described:
        parts.extend(_on_data(reading, observed, described, structures, chosen, data))
    return applied(merge(parts, fail_on=chosen.fail_on), chosen.selection)


def _on_data(
    reading: Reading,
    observed: Sequence[Source | Diagnostic],
    described: Sequence[Source],
    structures: Structures,
    options: Options,
    paths: Sequence[AnyPath],
) -> list[Report]:
    """Return what is found in data and microdata. The engine takes time to load, and metadata need none."""
    from semstat.interop.judging import Run

    with tempfile.TemporaryDirectory(prefix="semstat-") as folder:
        run = Run(structures, options, _engine(folder, options))
        try:
            parts = [run.judge(item) for item in observed]
            parts.extend(judge_microdata(reading, described, run, folder, paths))
            return run.together(parts)
        finally:
            run.engine.close()


def _on_metadata(
    reading: Reading,
    own: Sequence[Source | Diagnostic],
    items: Sequence[Source | Diagnostic],
    beside: Sequence[Source | Diagnostic],
    structures: Structures,
    options: Options,
) -> Iterator[Report]:
    """Yield what reading found, and what rules, schemas and shapes say of the metadata among the inputs."""
    judged = _judged(own, items, reading)
    yield of_reading(reading, judged=judged)
    yield _linted(reading, judged, options)
    documents = [item for item in items if _is_ddi(item, reading, judged)]
    serving = [item for item in beside if isinstance(item, Source) and reading.is_ddi(item.name)]
    yield from of_given(documents, options, beside=[item for item in serving if item.name not in judged])
    yield from _by_schema(items, options, structures, documents)
    yield from _by_shapes(own, reading, options)


def _is_whole(reading: Reading) -> bool:
    """Tell whether every input could be read."""
    found = reading.document.diagnostics
    return not any(item.rule in UNREADABLE and item.severity is Severity.ERROR for item in found)


def _judged(own: Sequence[Source | Diagnostic], items: Sequence[object], reading: Reading) -> set[str]:
    """Return the metadata files that get a verdict: shapes only where there is nothing that they could serve."""
    names = {item.name for item in own if isinstance(item, Source)}
    shapes = {name for name in names if reading.is_shapes(name)}
    return names - shapes if len(items) > len(shapes) else names


def _is_ddi(item: Source | Diagnostic, reading: Reading, judged: Collection[str]) -> TypeGuard[Source]:
    return isinstance(item, Source) and reading.is_ddi(item.name) and item.name in judged


def _structures(reading: Reading, sources: Sequence[Source | Diagnostic], options: Options) -> Structures:
    return Structures(
        with_cdi_structures(reading, sources),
        options.against,
        reading.shapes,
        options.selection,
        options.sums,
        dict(options.sender_areas),
    )


def _linted(reading: Reading, judged: Collection[str], options: Options) -> Report:
    """Return what the rules on structures find: in those that are judged, or with ``lint`` in all that were read."""
    wanted = [name for name in reading.names if options.lint or name in judged]
    if not wanted:
        return Report()
    from semstat.interop.linting import of_lint

    broken = {item.location.source for item in reading.document.diagnostics if item.rule in UNREADABLE}
    whole = [name for name in wanted if name not in broken]
    parts = [of_lint(reading.document, [name for name in whole if not reading.is_ddi(name)], options)]
    documented = [name for name in whole if reading.is_ddi(name)]
    if documented:
        from semstat.interop.ddi_judging import of_cascade

        parts.append(of_cascade(reading.document, documented, options))
    return merge(parts)


def _by_schema(
    items: Iterable[Source | Diagnostic], options: Options, structures: Structures, documents: Sequence[Source]
) -> Iterator[Report]:
    """Yield what the schemas say of each input that is no document of DDI, when asked for."""
    if not options.schema:
        return
    from semstat.interop.schema.check import of_schema
    from semstat.interop.schema.packs import require

    require()
    others = (item for item in items if isinstance(item, Source) and item not in documents)
    yield from (of_schema(item, options, structures) for item in others)


def _by_shapes(own: Sequence[Source | Diagnostic], reading: Reading, options: Options) -> Iterator[Report]:
    """Yield what shapes that the user names say of documents of DDI-CDI."""
    if reading.shapes is not None and "ddi-cdi" in reading.formats.values():
        from semstat.interop.cdi_shapes import of_cdi_shapes

        yield from of_cdi_shapes(own, reading, options)


def _engine(folder: str, options: Options) -> "duckdb.DuckDBPyConnection":
    """Return an engine in memory that spills below a folder and reaches nothing else: no files, no network, no extensions."""
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": folder,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if options.memory is not None:
        settings["memory_limit"] = options.memory
    if options.threads is not None:
        settings["threads"] = options.threads
    return duckdb.connect(":memory:", config=settings)
