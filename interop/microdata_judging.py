"""Judging microdata: finds the described file that each data file is, stages the rows of all, has each kind of record judged."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rdflib import Graph, URIRef

from semstat.interop.counting import InputRefused
from semstat.interop.formats.microdata.opening import open_microdata
from semstat.interop.formats.microdata.parts_on_disk import PartsOnDisk
from semstat.interop.microdata_checks import file_report, lists_report, record_report
from semstat.interop.microdata_files import NoSuchFile, by_name, by_variables
from semstat.interop.options import Options
from semstat.interop.reports import of_refusal, totals
from semstat.interop.sources import Source
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic, Location, Report, merge
from semstat.validators.microdata import DescribedFile, described_files
from semstat.validators.microdata.data_table import DataTable
from semstat.validators.microdata.described import concluded_meanings, record_links
from semstat.validators.microdata.staging import StagedRecords, stage_table
from semstat.validators.microdata.variables import match_variables
from semstat.validators.rules import finding

if TYPE_CHECKING:
    import duckdb

__all__ = ["Microdata"]

Staged = tuple[DescribedFile, DataTable, list[StagedRecords]]


@dataclass(frozen=True, slots=True)
class Microdata:
    """The data files of a study with what documentation says of them.

    ``schema`` is where rows that the engine needs are staged: a database that it has attached. ``folder`` is where columns
    are put away. ``whole`` says that the user named the
    place of all files, so that one that is absent is a fault.
    """

    graph: Graph
    places: Mapping[URIRef, Location]
    options: Options
    engine: "duckdb.DuckDBPyConnection"
    schema: str | None = None
    folder: str | None = None
    whole: bool = False
    _files: list[DescribedFile] = field(default_factory=list)
    _refused: dict[URIRef, str] = field(default_factory=dict)

    def judge(self, items: Iterable[Source | Diagnostic]) -> Report:
        """Return the report on all data files together; a file that another refers to serves that one as well.

        Raises:
            NoSuchFile: the user says which described file a data file is, and one of the two is not there.
        """
        self._files.extend(described_files(self.graph))
        items = list(items)
        self._refuse_unknown([item.name for item in items if isinstance(item, Source)])
        parts: list[Report] = []
        staged: list[Staged] = []
        for item in items:
            if isinstance(item, Diagnostic):
                parts.append(of_refusal(item))
                continue
            try:
                parts.extend(self._stage(item, staged))
            except InputRefused as refused:
                parts.append(of_refusal(refused.diagnostic))
                meant = by_name(item.name, self._files, dict(self.options.microdata.described))
                if meant is not None:
                    self._refused[meant.iri] = item.name
        for one in staged:
            parts.extend(self._judged(one, staged))
        parts.append(self._absent(staged))
        return merge(parts)

    def _refuse_unknown(self, sources: Sequence[str]) -> None:
        ids = [name for file in self._files for name in (file.identifier, file.name) if name]
        for source, name in self.options.microdata.described:
            if source not in sources:
                raise NoSuchFile("data file", source, sources)
            if name not in ids:
                raise NoSuchFile("described file", name, ids)

    def _stage(self, source: Source, staged: list[Staged]) -> Iterator[Report]:
        chosen = self.options.microdata
        file = by_name(source.name, self._files, dict(chosen.described))
        if file is None and len(self._files) == 1 and not chosen.described:
            file = self._files[0]
        table = open_microdata(source, file, chosen)
        file = file or by_variables(table, self._files)
        if file is None or not file.records:
            table.close()
            yield self._unknown(source)
            return
        where = Location(source.name, table.header_line)
        columns: list[Mapping[URIRef, int]] = []
        found: list[Diagnostic] = []
        # A file with names holds one kind of record; of several described kinds the first is taken.
        for record, kind in zip(file.records, table.kinds, strict=False):
            stated = file.variable_count if len(file.records) == 1 else None
            places, differing = match_variables(record, kind, where, self.places, stated)
            columns.append(places)
            found.extend(differing)
        prefix = str(len(staged))
        rows = stage_table(table, columns, self.engine, prefix, schema=self.schema, parts=PartsOnDisk(self.folder))
        staged.append((file, table, rows))
        yield file_report(source, file, table, rows, found, self.places, self.options)

    def _judged(self, one: Staged, staged: Sequence[Staged]) -> Iterator[Report]:
        file, table, rows = one
        others = {
            record.iri: part for other, _, parts in staged for record, part in zip(other.records, parts, strict=False)
        }
        links = record_links(self.graph)
        yield lists_report(file, self._files, concluded_meanings(self.graph), table.source, self.places, self.options)
        for record, part in zip(file.records, rows, strict=False):
            yield record_report(
                file, record, part, table, self._files, links, others, places=self.places, options=self.options
            )
        for record in file.records[len(rows) :]:
            kind = f"of the kind `{record.type}`" if record.type else "of a further kind"
            reason = f"records {kind} are described, and a file with a header holds one kind of record"
            yield Report(checks=(CheckOutcome("MD003", None, CheckStatus.NOT_CHECKED, table.source, reason=reason),))

    def _unknown(self, source: Source) -> Report:
        names = ", ".join(file.identifier or str(file.name) for file in self._files)
        reason = f"none of the described files ({names}) has the name or the variables of this one"
        outcome = CheckOutcome("MD003", None, CheckStatus.NOT_CHECKED, source.name, reason=reason)
        return Report(checks=(outcome,), sources=(source.name,))

    def _absent(self, staged: Sequence[Staged]) -> Report:
        """Report the described files that no data file is: a fault where all were to be there, else not checked."""
        there = {file.iri for file, _, _ in staged}
        checks: list[CheckOutcome] = []
        found: list[Diagnostic] = []
        for file in self._files:
            place = self.places.get(file.iri, Location())
            if file.iri in there:
                continue
            name = file.name or file.identifier
            if file.iri in self._refused:
                reason = f"the described file `{name}` is `{self._refused[file.iri]}`, which could not be read"
                checks.append(CheckOutcome("MD001", None, CheckStatus.NOT_CHECKED, place.source, reason=reason))
            elif self.whole:
                found.append(finding("MD001", f"the described file `{name}` is not there", place, value=name))
            else:
                reason = f"the described file `{name}` is not among the data"
                checks.append(CheckOutcome("MD001", None, CheckStatus.NOT_CHECKED, place.source, reason=reason))
        return Report(diagnostics=tuple(found), totals=tuple(totals(found, None)), checks=tuple(checks))
