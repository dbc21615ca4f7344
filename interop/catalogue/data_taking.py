"""What a catalogue takes from data: that there is a dataset, what its structure is, and how often it uses which code.

Source:
    The lineage module, class *code usage*; SDMX 3.0, Section 2, *available constraint* says the same of a data source.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from rdflib import Graph, Literal, URIRef

from semstat.interop.catalogue.records import graph_of, recorded
from semstat.interop.catalogue.taking import Taken
from semstat.interop.counting import InputRefused
from semstat.interop.formats.dataset import Dataset
from semstat.interop.reports import UNREADABLE
from semstat.interop.sources import Source
from semstat.interop.structures import NoSuchStructure, Resolved, Structures
from semstat.ontology.dependencies import edges_of
from semstat.ontology.iri import item_namer, name_of, part_of
from semstat.ontology.terms import DCTERMS, RDF, SST, XSD
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_study import SSD
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.observations import KIND, OBSERVATION_KINDS, RECORD_KINDS
from semstat.validators.rules import finding

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Counted", "count_usage", "graph_of_quads", "structures_in", "structures_of", "take_data", "taken_of"]

Statement = tuple[URIRef, URIRef, URIRef | Literal]

_FLOWS = re.compile(r"\.(?:Dataflow|ProvisionAgreement)/")
_ITEMS = {"ValueList": "ValueItem", "GeoCodelist": "GeoFeatureSetCode", "GeoGridCodelist": "GridCode"}
"""The classes of items of lists whose items are not called codes."""
_OBSERVATIONS = pa.array([RECORD_KINDS.index(kind) for kind in OBSERVATION_KINDS], pa.int8())


@dataclass(slots=True)
class Counted:
    """How often a code was found, and in which periods first and last (by their text)."""

    observations: int = 0
    first: str | None = None
    last: str | None = None

    def add(self, number: int, first: str | None, last: str | None) -> None:
        """Count further observations."""
        self.observations += number
        self.first = min(filter(None, (self.first, first)), default=None)
        self.last = max(filter(None, (self.last, last)), default=None)


@dataclass(slots=True)
class _Said:
    """The statements about the datasets of one source."""

    triples: list[Statement] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    format: str = ""


def structures_in(store: "ox.Store") -> Structures:
    """Return the structures in a store; of their lists only that they are there, since data are not judged here.

    What is not of SDMX is passed over: of a large catalogue that is most.
    """
    import pyoxigraph as ox

    structural: set[ox.NamedNode | ox.BlankNode | ox.Triple] = set()
    codes = set(structural)
    for quad in store.quads_for_pattern(None, _node(RDF.type), None, None):
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(str(SST)):
            (codes if quad.object.value == str(SST.Code) else structural).add(quad.subject)
    named = {ox.NamedNode(record.graph) for record in recorded(store)}
    found = (quad for item in structural - codes for quad in store.quads_for_pattern(item, None, None, None))
    return structures_of(quad for quad in found if quad.graph_name in named)


def structures_of(quads: "Iterable[ox.Quad]") -> Structures:
    """Return the structures that statements are about."""
    return Structures(graph_of_quads(quads))


def graph_of_quads(quads: "Iterable[ox.Quad]") -> Graph:
    """Return statements as a graph, without those on or with blank nodes."""
    import pyoxigraph as ox

    graph = Graph()
    for quad in quads:
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        value: URIRef | Literal
        if isinstance(quad.object, ox.NamedNode):
            value = URIRef(quad.object.value)
        elif isinstance(quad.object, ox.Literal):
            kind = None if quad.object.language else URIRef(quad.object.datatype.value)
            value = Literal(quad.object.value, lang=quad.object.language, datatype=kind)
        else:
            continue
        graph.add((URIRef(quad.subject.value), URIRef(quad.predicate.value), value))
    return graph


def take_data(source: Source, name: str, structures: Structures) -> Taken:
    """Read a source of data: which datasets it holds, and how often each uses which code.

    Nothing is taken of a dataset whose structure is not in the catalogue.

    Args:
        source: The data, in any format of SDMX, CSV or Parquet.
        name: The name of the source in the catalogue.
        structures: The structures of the catalogue.

    Findings:
        ``DF013`` where the structure is not in the catalogue; those of the reader.
    """
    from semstat.interop.formats.data import open_data

    said = _Said()
    try:
        for dataset in open_data(source, structures.components):
            _dataset(source, name, dataset, structures, said)
    except InputRefused as refused:
        said.findings.append(refused.diagnostic)
    return taken_of(said.format, said.triples, said.findings)


def taken_of(format: str, triples: Sequence[Statement], findings: Sequence[Diagnostic]) -> Taken:
    """Return what is said of data as a catalogue takes it: nothing where the data could not be read to the end."""
    if not triples or any(item.rule in UNREADABLE for item in findings):
        return Taken(None, findings=tuple(findings))
    edges = edges_of((str(one), str(how), str(other)) for one, how, other in triples if isinstance(other, URIRef))
    return Taken(format, tuple(map(_stored, triples)), tuple(edges), tuple(findings))


def count_usage(
    dataset: Dataset,
    components: "dict[str, Callable[[str], URIRef]]",
    time: str | None,
    columns: set[str] | None = None,
) -> dict[tuple[str, str], Counted]:
    """Return, by component and code, how often a dataset uses it; the stream is consumed.

    Args:
        dataset: The dataset.
        components: The components that have lists, by their ids.
        time: The id of the time dimension, if there is one.
        columns: Takes the names of the columns that hold a value somewhere.
    """
    found: dict[tuple[str, str], Counted] = {}
    for batch in dataset.observations.batches:
        table = pa.table(batch)
        if KIND in table.column_names:
            table = table.filter(pc.is_in(table[KIND].cast(pa.int8()), value_set=_OBSERVATIONS))
        if columns is not None:
            columns |= {name for name in table.column_names if table[name].null_count < table.num_rows}
        for component in components:
            if component in table.column_names:
                for code, number, first, last in _counts(table, component, time):
                    found.setdefault((component, code), Counted()).add(number, first, last)
    return found


def _counts(table: pa.Table, component: str, time: str | None) -> Iterator[tuple[str, int, str | None, str | None]]:
    column = table[component]
    if pa.types.is_list(column.type):
        flat = column.combine_chunks()
        table = pa.table({"code": flat.flatten()})
        time = None
    else:
        periods = {"time": table[time].cast(pa.string())} if time and time in table.column_names else {}
        table = pa.table({"code": column.cast(pa.string()), **periods})
    spans = [("time", "min"), ("time", "max")] if "time" in table.column_names else []
    for row in table.group_by("code").aggregate([("code", "count"), *spans]).to_pylist():
        if row["code"]:
            yield row["code"], row["code_count"], row.get("time_min"), row.get("time_max")


def _dataset(source: Source, name: str, dataset: Dataset, structures: Structures, said: _Said) -> None:
    try:
        resolved = _resolved(dataset, structures)
    except NoSuchStructure as reason:
        for _ in dataset.observations.batches:
            pass
        said.findings += dataset.tally.diagnostics
        if dataset.index:
            said.findings.append(finding("DF013", str(reason), Location(source.name, dataset.line)))
        return
    iri = part_of(graph_of(name), "dataset", dataset.index)
    said.format = dataset.format
    said.triples += _facts(iri, name, dataset, resolved)
    view = structures.view(resolved.structure)
    lists = {item.id: (item.iri, namer) for item in view.components if (namer := _namer(item.codelist))}
    columns: set[str] = set()
    counted = count_usage(
        dataset, {key: namer for key, (_, namer) in lists.items()}, view.time.id if view.time else None, columns
    )
    said.findings += dataset.tally.diagnostics
    for item in view.components:
        if item.id in columns:
            said.triples += _column(iri, item.id, item.iri)
    for (component, code), counts in sorted(counted.items()):
        variable, namer = lists[component]
        said.triples += _usage(iri, component, code, variable, namer(code), counts)


def _resolved(dataset: Dataset, structures: Structures) -> Resolved:
    """Return the structure that a dataset names; what names none is not bound to whatever is at hand.

    Raises:
        NoSuchStructure: it names none, or one that is not in the catalogue.
    """
    if dataset.reference is None:
        raise NoSuchStructure("the data name no structure, so that nothing is known of whose codes they use")
    try:
        return structures.resolve(dataset.reference)
    except NoSuchStructure as reason:
        raise NoSuchStructure(f"{reason}: load its structure into the catalogue first") from reason


def _facts(iri: URIRef, name: str, dataset: Dataset, resolved: Resolved) -> Iterator[Statement]:
    yield iri, RDF.type, SSI.DataSet
    yield iri, DCTERMS.title, Literal(name)
    yield iri, DCTERMS.format, Literal(dataset.format)
    if dataset.header.prepared:
        yield iri, DCTERMS.created, Literal(dataset.header.prepared)
    yield iri, SSL.structure, resolved.structure
    for one in resolved.scope:
        if _FLOWS.search(one):
            yield iri, SSL.dataflow, one


def _column(dataset: URIRef, name: str, component: URIRef) -> Iterator[Statement]:
    column = part_of(dataset, name)
    yield dataset, SSL.instanceVariable, column
    yield column, RDF.type, SSI.InstanceVariable
    yield column, SSD.variableName, Literal(name)
    yield column, SSL.ofComponent, component


def _usage(
    dataset: URIRef, component: str, text: str, variable: URIRef, code: URIRef, counts: Counted
) -> Iterator[Statement]:
    iri = part_of(dataset, component, text)
    yield iri, RDF.type, SSL.CodeUsage
    yield iri, SSL.inDataset, dataset
    yield iri, SSL.onVariable, variable
    yield iri, SSL.code, code
    yield iri, SSL.observationCount, Literal(counts.observations)
    if counts.first is not None and counts.last is not None:
        yield iri, SSL.firstPeriod, Literal(counts.first)
        yield iri, SSL.lastPeriod, Literal(counts.last)


def _namer(codelist: URIRef | None) -> Callable[[str], URIRef] | None:
    """Return how the codes of a list are named, ``None`` where there is no list of SDMX."""
    name = name_of(codelist) if codelist else None
    if name is None:
        return None
    named = item_namer(name, _ITEMS.get(name.cls, "Code"))
    return lambda code: named(code)[0]


def _node(iri: URIRef) -> "ox.NamedNode":
    import pyoxigraph as ox

    return ox.NamedNode(str(iri))


def _stored(triple: Statement) -> "ox.Triple":
    import pyoxigraph as ox

    subject, predicate, value = triple
    if isinstance(value, URIRef):
        made: ox.NamedNode | ox.Literal = _node(value)
    else:
        made = ox.Literal(str(value), datatype=_node(value.datatype or XSD.string))
    return ox.Triple(_node(subject), _node(predicate), made)
