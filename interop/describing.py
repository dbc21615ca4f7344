"""Documentation from data: reads a file of microdata and writes what it shows of itself, as DDI."""

from collections.abc import Sequence
from contextlib import closing
from os import PathLike
from pathlib import Path, PurePosixPath

from rdflib import URIRef

from semstat.interop.formats.ddi.codebook import read_codebook
from semstat.interop.formats.ddi.codebook_write import codebook_text
from semstat.interop.formats.microdata.fingerprints import fingerprint_of
from semstat.interop.formats.microdata.opening import open_microdata
from semstat.interop.formats.microdata.packaged import package_of
from semstat.interop.formats.microdata.parts_on_disk import PartsOnDisk
from semstat.interop.inputs import inputs
from semstat.interop.options import MicrodataOptions, Options
from semstat.interop.recognise import is_json, is_xml
from semstat.interop.registry import format_of
from semstat.interop.sources import InputRefused, Source, refusal
from semstat.ontology.errors import SemstatError
from semstat.ontology.turtle import PREFIXES
from semstat.validators.diagnostics import Diagnostic, Severity
from semstat.validators.microdata import DescribedFile, DescribedRecord
from semstat.validators.microdata.data_table import DataColumn, DataTable
from semstat.validators.microdata.measuring import Measuring, measured_variable
from semstat.validators.microdata.staging import StagedRecords, stage_table
from semstat.validators.nearest import nearest_code

__all__ = ["TARGETS", "CannotDescribe", "described_data"]

TARGETS = ("ddi-codebook-2.6", "turtle")
"""What a description can be written as."""

_PLAIN = MicrodataOptions()


class CannotDescribe(SemstatError):
    """What the caller asks cannot be done, whatever the data hold."""


def described_data(
    path: str | PathLike[str],
    *,
    key: Sequence[str] = (),
    weight: str | None = None,
    target: str = TARGETS[0],
    options: MicrodataOptions = _PLAIN,
) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Return the documentation of a data file, and what was found while it was read.

    Args:
        path: A file of microdata in any format that ``validate`` reads, but records without separators, which nothing tells
            apart before they are documented.
        key: The names of the variables that tell its records apart.
        weight: The name of the variable that figures are weighted with, beside the plain ones.
        target: One of :data:`TARGETS`.
        options: How text is read and what counts as invalid.

    Returns:
        The text, ``None`` where the data are broken: a description of a part of them would pass for one of all.

    Raises:
        CannotDescribe: the path stands for several files, or the file has no variable of the name.
        MissingExtra: the file needs pyreadstat.

    Findings:
        Those of the readers (IO101 to IO112).
    """
    items = list(inputs([path], Options().limits))
    if len(items) != 1:
        raise CannotDescribe(f"{path} stands for {len(items)} files, and one is described at a time")
    if isinstance(items[0], Diagnostic):
        return None, (items[0],)
    try:
        _refuse_message(items[0])
        file, columns, found = _measured(items[0], Measuring(tuple(key), weight, options.conventions), options)
    except InputRefused as refused:
        return None, (refused.diagnostic,)
    if any(item.severity is Severity.ERROR for item in found):
        return None, found
    text = codebook_text(file, columns, title=file.name or file.identifier)
    if target == "turtle":
        graph = read_codebook(text.encode(), origin=file.name or "").graph
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        text = graph.serialize(format="turtle")
    return text, found


def _refuse_message(source: Source) -> None:
    """Refuse what is a message or a document: read as records, each of its lines would be one."""
    head = source.head(1024)
    if package_of(head) is None and (is_xml(head) or is_json(head)):
        what = format_of(source).title
        raise refusal("IO112", f"the input is {what}, and no file of records with variables", source.name)


def _measured(
    source: Source, how: Measuring, options: MicrodataOptions
) -> tuple[DescribedFile, Sequence[DataColumn], tuple[Diagnostic, ...]]:
    table = open_microdata(source, None, options)
    iris = [URIRef(f"urn:variable:{place}") for place in range(1, len(table.columns) + 1)]
    places = {iri: place for place, iri in enumerate(iris)}
    with closing(PartsOnDisk()) as parts:
        staged = stage_table(table, [places], None, "described", parts=parts)[0]
        _refuse_unknown(table, how)
        file = _file(source, table, staged, iris, how)
    return file, table.columns, tuple(table.findings)


def _refuse_unknown(table: DataTable, how: Measuring) -> None:
    names = [column.name for column in table.columns]
    for name in (*how.key, *((how.weight,) if how.weight is not None else ())):
        if name not in names:
            near = nearest_code(name, names)
            hint = f"did you mean `{near}`?" if near is not None else ""
            raise CannotDescribe(f"{table.source} has no variable `{name}`", hint=hint)


def _file(
    source: Source, table: DataTable, staged: StagedRecords, iris: Sequence[URIRef], how: Measuring
) -> DescribedFile:
    names = [column.name for column in table.columns]
    weight = iris[names.index(how.weight)] if how.weight is not None else None
    variables = tuple(
        measured_variable(column, iri, place, staged, weight, how)
        for place, (column, iri) in enumerate(zip(table.columns, iris, strict=True), 1)
    )
    name = PurePosixPath(Path(source.name).as_posix()).name.rpartition("!")[2]
    record = DescribedRecord(URIRef("urn:record"), variables, how.key)
    return DescribedFile(
        URIRef("urn:file"),
        "F1",
        name,
        name,
        table.format,
        staged.rows,
        len(variables),
        fingerprint_of(source),
        (record,),
    )
