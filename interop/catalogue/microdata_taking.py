"""What a catalogue takes from microdata: that they are a described file of DDI, and how many records have each of its codes.

Source:
    DDI Codebook 2.6, ``fileDscr`` and ``catgry``; DDI Lifecycle 3.3, ``pi:PhysicalInstance``; the lineage module, class *code
    usage*.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rdflib import Literal, URIRef

from semstat.interop.catalogue.backends import ahead
from semstat.interop.catalogue.data_taking import Statement, graph_of_quads, take_data, taken_of
from semstat.interop.catalogue.records import graph_of
from semstat.interop.catalogue.taking import Taken, is_data, take
from semstat.interop.counting import InputRefused
from semstat.interop.formats.microdata.opening import open_microdata
from semstat.interop.formats.microdata.parts_on_disk import PartsOnDisk
from semstat.interop.microdata_files import by_name, by_variables
from semstat.interop.microdata_hook import may_be_microdata
from semstat.interop.options import MicrodataOptions
from semstat.interop.sources import Source
from semstat.interop.structures import Structures
from semstat.ontology.errors import MissingExtra
from semstat.ontology.iri import part_of
from semstat.ontology.terms import DCTERMS, RDF
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_study import SSD
from semstat.validators.diagnostics import Location
from semstat.validators.microdata import DescribedFile, DescribedVariable, described_files
from semstat.validators.microdata.conventions import is_system_missing
from semstat.validators.microdata.data_table import DataTable
from semstat.validators.microdata.patterns import code_pattern
from semstat.validators.microdata.staging import StagedRecords, stage_table
from semstat.validators.microdata.value_table import value_table
from semstat.validators.microdata.variables import match_variables

if TYPE_CHECKING:
    import pyoxigraph as ox

    from semstat.interop.catalogue.backends import Quads

__all__ = ["FORMATS", "DataTaking", "DescribedData", "is_stale"]

FORMATS = frozenset({"csv", "dta", "fixed-width", "parquet", "por", "sas7bdat", "sav", "xpt", "zsav"})
"""The formats that microdata are recorded under."""

_LAYOUT = (SSD.physicalRecord, SSD.laysOut, SSD.valueLocation, SSD.locatedVariable)
_CODES = (
    SSI.hasSubstantiveValueDomain, SSI.hasSentinelValueDomain, SSI.takesValuesFromCodeList, SSI.containsNode,
)  # fmt: skip


class DataTaking:
    """Takes data of any kind, when all that describes them is there.

    Args:
        store: What the catalogue holds.
        structures: Gives the structures of SDMX in it, when they are first needed.
        options: How microdata are read.
    """

    def __init__(
        self, store: "Quads", structures: Callable[[], Structures], options: MicrodataOptions | None = None
    ) -> None:
        self._described, self._stored = DescribedData(store, options), structures

    @cached_property
    def _structures(self) -> Structures:
        return self._stored()

    def take(self, source: Source, name: str) -> Taken:
        """Read a source: microdata, or data of SDMX, by what the catalogue says of them, others by themselves.

        Args:
            source: The source.
            name: The name of the source in the catalogue.

        Findings:
            Those of :meth:`DescribedData.take`, :func:`take_data` and :func:`take`.
        """
        taken = self._described.take(source, name)
        if taken is not None:
            return taken
        return take_data(source, name, self._structures) if is_data(source) else take(source)


class DescribedData:
    """The data files that a catalogue describes, by which microdata are read.

    Args:
        store: What the catalogue holds.
        options: Which described file a data file is, where the user says so; how text is read.
    """

    def __init__(self, store: "Quads", options: MicrodataOptions | None = None) -> None:
        self._store, self._options = store, options or MicrodataOptions()

    @cached_property
    def _files(self) -> tuple[DescribedFile, ...]:
        """The described files with the names of their variables, and without their codes."""
        import pyoxigraph as ox

        stated = self._store.quads_for_pattern(None, _node(RDF.type), _node(SSD.DataFile), None)
        return self._described(
            {quad.subject.value for quad in stated if isinstance(quad.subject, ox.NamedNode)}, _LAYOUT
        )

    def take(self, source: Source, name: str) -> Taken | None:
        """Read microdata; ``None`` where a source is no file that the catalogue describes.

        A data file is the described one that the user names, or the one that it was when it was read before, or the one whose
        name or whose variables it has.

        Args:
            source: The data.
            name: The name of the source in the catalogue.

        Raises:
            MissingExtra: a file that the user or its name says to be described needs pyreadstat.

        Findings:
            Those of the reader.
        """
        if not may_be_microdata(source) or not self._files:
            return None
        file = self._named(source, name)
        if file is None and not is_data(source):
            return None
        try:
            table = open_microdata(source, file, self._options)
            file = file or by_variables(table, self._files)
            if file is None:
                table.close()
                return None
            return self._taken(file, table, source, name)
        except InputRefused as refused:
            return None if file is None else Taken(None, findings=(refused.diagnostic,))
        except MissingExtra:
            if file is None:
                return None
            raise

    def _named(self, source: Source, name: str) -> DescribedFile | None:
        told = dict(self._options.described)
        before = set() if source.name in told else _followed(self._store, name)
        known = next((file for file in self._files if str(file.iri) in before), None)
        return known or by_name(source.name, self._files, told)

    def _taken(self, file: DescribedFile, table: DataTable, source: Source, name: str) -> Taken:
        (file,) = self._described([file.iri], (*_LAYOUT, *_CODES))
        where = Location(source.name)
        columns = [match_variables(record, kind, where, {})[0]
                   for record, kind in zip(file.records, table.kinds, strict=False)]  # fmt: skip
        iri = part_of(graph_of(name), "dataset", 1)
        said: list[Statement] = [
            (iri, RDF.type, SSI.DataSet),
            (iri, DCTERMS.title, Literal(name)),
            (iri, DCTERMS.format, Literal(table.format)),
            (iri, DCTERMS.conformsTo, file.iri),
        ]
        with tempfile.TemporaryDirectory(prefix="semstat-") as folder:
            rows = stage_table(table, columns, None, "0", parts=PartsOnDisk(folder))
            there = {variable: part for part in rows for variable in part.columns}
            for number, variable in enumerate(file.variables, start=1):
                if variable.iri in there:
                    said.append((iri, SSL.instanceVariable, variable.iri))
                    said += _usages(iri, number, variable, there[variable.iri])
        return taken_of(table.format, said, table.findings)

    def _described(self, files: Iterable[str], followed: Sequence[URIRef]) -> tuple[DescribedFile, ...]:
        return described_files(graph_of_quads(_walked(self._store, files, followed)))


def is_stale(store: "Quads", name: str) -> bool:
    """Tell whether the description that microdata were read by is no longer there: that of a changed codebook is another one."""
    typed = _node(RDF.type), _node(SSD.DataFile)
    followed = _followed(store, name)
    return any(next(iter(store.quads_for_pattern(_node(file), *typed, None)), None) is None for file in followed)


def _followed(store: "Quads", name: str) -> set[str]:
    """Return the described file that data were read by, when they were read."""
    import pyoxigraph as ox

    graph, dataset = graph_of(name), part_of(graph_of(name), "dataset", 1)
    stated = store.quads_for_pattern(_node(dataset), _node(DCTERMS.conformsTo), None, _node(graph))
    return {quad.object.value for quad in stated if isinstance(quad.object, ox.NamedNode)}


def _walked(store: "Quads", starts: Iterable[str], followed: Sequence[URIRef]) -> "Iterator[ox.Quad]":
    """Yield what is said of things, and of those that some properties lead to from them."""
    import pyoxigraph as ox

    ways = {str(iri) for iri in followed}
    level = sorted(starts)
    seen = set(level)
    while level:
        ahead(store, level)
        found: set[str] = set()
        for iri in level:
            for quad in store.quads_for_pattern(_node(iri), None, None, None):
                yield quad
                if quad.predicate.value in ways and isinstance(quad.object, ox.NamedNode):
                    found.add(quad.object.value)
        level = sorted(found - seen)
        seen |= found


def _usages(dataset: URIRef, number: int, variable: DescribedVariable, rows: StagedRecords) -> Iterator[Statement]:
    """Yield how many records have each code of a variable, however they spell it; also that none has, which was looked at."""
    if not variable.codes:
        return
    values = value_table(rows, variable.iri, ())
    for place, code in enumerate(variable.codes, start=1):
        spelt = values.matching(code_pattern(code.value))
        count = values.absent if is_system_missing(code.value) else int(values.counts[spelt].sum())
        iri = part_of(dataset, "variable", number, "code", place)
        yield iri, RDF.type, SSL.CodeUsage
        yield iri, SSL.inDataset, dataset
        yield iri, SSL.onVariable, variable.iri
        yield iri, SSL.code, code.iri
        yield iri, SSL.observationCount, Literal(count)


def _node(iri: str) -> "ox.NamedNode":
    import pyoxigraph as ox

    return ox.NamedNode(iri)
