"""Converts data: reads the datasets of a file, and writes them in another format, with an account of what is lost."""

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import BinaryIO

from rdflib import URIRef

from semstat.interop.conversion import CannotConvert, Conversion, Job
from semstat.interop.counting import InputRefused
from semstat.interop.formats.data import open_data
from semstat.interop.formats.dataset import Dataset, StructureRef
from semstat.interop.formats.outgoing import DataWriter, Losses, Outgoing, Settings, Unprepared
from semstat.interop.formats.sdmx.fit_header import fitted_header, lost_headers
from semstat.interop.formats.sdmx.parse_header import provider_in
from semstat.interop.formats.sdmx.write_facts import lost_facts
from semstat.interop.formats.sdmx.write_ml_places import NoSuchDimension
from semstat.interop.formats.spool import Spool
from semstat.interop.mapping import MapUse, NoSuchMap, another_structure, map_use, unusable
from semstat.interop.reading import read_sources
from semstat.interop.registry import load
from semstat.interop.reports import UNREADABLE
from semstat.interop.structures import NoSuchStructure, Resolved, Structures
from semstat.interop.xsd import multilingual_components
from semstat.ontology.access import iris
from semstat.ontology.iri import SdmxName, known_name
from semstat.ontology.terms import SST
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.observations import Observations
from semstat.validators.rules import finding
from semstat.validators.validate import validate_observations

__all__ = ["WRITERS", "convert_files", "outgoing", "write_message"]

_SDMX = "semstat.interop.formats.sdmx."
WRITERS: Mapping[str, str] = {
    "sdmx-csv-1.0": _SDMX + "write_csv:write_csv_1_0",
    "sdmx-csv-2.0": _SDMX + "write_csv:write_csv_2_0",
    "sdmx-csv-2.1": _SDMX + "write_csv:write_csv_2_1",
    "sdmx-ml-2.1-structure-specific-data": _SDMX + "write_ml:write_ml_2_1",
    "sdmx-ml-3.0-structure-specific-data": _SDMX + "write_ml:write_ml_3_0",
    "sdmx-ml-3.1-structure-specific-data": _SDMX + "write_ml:write_ml_3_1",
    "sdmx-json-2.0-data": _SDMX + "write_json:write_json_2_0",
    "sdmx-json-2.1-data": _SDMX + "write_json:write_json_2_1",
    "csv": "semstat.interop.formats.write_tables:write_table",
    "parquet": "semstat.interop.formats.write_tables:write_parquet",
    "rdf-cube-n-triples": "semstat.interop.formats.write_cube:write_cube_n_triples",
    "rdf-cube-turtle": "semstat.interop.formats.write_cube:write_cube_turtle",
}
"""Where the writer of each format is, as ``"module:function"``; each is a :data:`~.formats.outgoing.DataWriter`."""


def convert_files(job: Job, stream: BinaryIO) -> Conversion:
    """Write the datasets of data files in another format.

    The records are kept in temporary files meanwhile, so that memory stays bounded.

    Raises:
        CannotConvert: the target has no writer; the message must say when it was prepared and nobody does; the structure has
            no dimension of the name given.

    Findings:
        What the readers found; with a structure map, what the map could not do (MAP001, MAP007 to MAP010, as losses) and
        what is wrong with the mapped data by the target's rules; MAP004 and MAP011 refuse a map; DF013 where a structure is
        not at hand, and then nothing is written; the losses IO202, IO220 to IO230,
        IO235 and IO236.
    """
    reading = read_sources(job.structures)
    structures = Structures(reading.document.graph, job.against)
    use = _map_of(job, structures)
    with tempfile.TemporaryDirectory(prefix="semstat-") as folder, ExitStack() as stack:
        found, datasets = list(reading.document.diagnostics), list[Outgoing]()
        refused = unusable(use) if use is not None else list[Diagnostic]()
        if refused:
            return Conversion(job.target.name, (), tuple(found), tuple(refused))
        for source in job.items:
            try:
                for dataset in open_data(source, structures.components, format=job.format):
                    datasets += _taken(dataset, structures, source.name, folder, refused, use)
                    found += dataset.tally.diagnostics
            except InputRefused as reason:
                refused.append(reason.diagnostic)
        for dataset_ in datasets:
            stack.callback(dataset_.records.close)
        refused += [item for item in found if item.rule in UNREADABLE]
        if refused or not datasets:
            nothing = finding("IO110", "no input holds a dataset", Location(job.items[0].name))
            return Conversion(job.target.name, (), tuple(found), tuple(refused or [nothing]))
        losses = Losses(list(use.findings()) if use is not None else [])
        found += _judged(datasets, structures) if use is not None else []
        write_message(
            datasets, stream, job.target.name, losses, Settings(job.header, job.dimension_at_observation, folder)
        )
        count = sum(item.records.rows for item in datasets) - losses.left_out
    return Conversion(job.target.name, tuple(losses.found), tuple(found), written={"records": count})


def _taken(
    dataset: Dataset,
    structures: Structures,
    source: str,
    folder: str,
    refused: list[Diagnostic],
    use: MapUse | None = None,
) -> list[Outgoing]:
    """Return the dataset with its structure, or nothing and a finding; a message without a dataset gives nothing."""
    if not dataset.index:
        return []
    try:
        if use is None:
            return [outgoing(dataset, structures, source, folder)]
        if not use.fits(dataset):
            refused.append(another_structure(use, dataset, source))
            return []
        return [outgoing(use.applied(dataset, source), Structures(structures.graph), source, folder)]
    except NoSuchStructure as reason:
        refused.append(finding("DF013", str(reason), Location(source, dataset.line)))
        return []


def _map_of(job: Job, structures: Structures) -> MapUse | None:
    if job.map is None:
        return None
    try:
        return map_use(structures, job.map or None)
    except NoSuchMap as reason:
        raise CannotConvert(str(reason)) from reason


def _judged(datasets: Sequence[Outgoing], structures: Structures) -> list[Diagnostic]:
    """Return what is wrong with data after a mapping, at the lines that they come from: keys that met, above all."""
    found: list[Diagnostic] = []
    for dataset in datasets:
        rules = Structures(structures.graph).rules(Resolved(dataset.structure.iri))
        observations = Observations(dataset.records.batches(), source=dataset.source, multivalued=dataset.multivalued)
        found += validate_observations(observations, rules).diagnostics
    return found


def write_message(
    datasets: Sequence[Outgoing], stream: BinaryIO, target: str, losses: Losses, settings: Settings
) -> None:
    """Write datasets as one message, whose header says what is asked for and, beside, what that of the first dataset says.

    Args:
        datasets: At least one.
        stream: Where to write.
        target: The name of the format.
        losses: Receives what the format cannot say.
        settings: How to write; the header is what the user says of the message.

    Raises:
        CannotConvert: as of :func:`convert_files`.

    Findings:
        In the account: IO202, IO235 and IO236, and what the writer of the format adds.
    """
    if target not in WRITERS:
        raise CannotConvert(f"data are not written as {target} by this version")
    writer: DataWriter = load(WRITERS[target])
    header = fitted_header(settings.header.completed_by(datasets[0].header), target)
    lost_headers(datasets, settings.header, header, target, losses)
    for dataset in datasets:
        lost_facts(dataset, datasets, losses, target)
    try:
        writer(datasets, stream, replace(settings, header=header), losses)
    except Unprepared as reason:
        raise CannotConvert(str(reason), hint="say so with --prepared") from reason
    except NoSuchDimension as reason:
        raise CannotConvert(str(reason)) from reason


def outgoing(dataset: Dataset, structures: Structures, source: str, folder: str | None = None) -> Outgoing:
    """Return a dataset with its structure, its records kept in a temporary file.

    Raises:
        NoSuchStructure: the structure that the dataset names is not at hand.
    """
    resolved = structures.resolve(dataset.reference)
    view = structures.view(resolved.structure)
    structure = known_name(resolved.structure)
    flows = [known_name(iri) for iri in resolved.scope]
    records = Spool(dataset.observations.batches, folder)
    provider = _provider_within(dataset)
    kept = (item for item in dataset.tally.diagnostics if _is_kept(item))
    components = structures.components(dataset.reference)
    # SDMX-CSV marks several languages as it marks several values; texts that come in languages alone are single ones.
    marked = records.tongues.keys() - (components.multivalued if components is not None else frozenset())
    declared = (dataset.observations.multivalued & {item.id for item in view.components}) - marked
    return Outgoing(
        structure,
        _cited(dataset.reference, [*flows, structure]),
        _flow(flows, structures, resolved.structure),
        view,
        records,
        source,
        declared | records.several,
        multilingual_components(structures.graph, view),
        dataset.action,
        structures.graph,
        dataset.facts,
        replace(dataset.identity, provider=provider) if provider else dataset.identity,
        dataset.header,
        tuple(item for item in kept if provider is None or item.location.path != _PROVIDER),
    )


def _is_kept(item: Diagnostic) -> bool:
    """Tell whether a finding is about content that is kept; some of IO114 say that values are judged in part only."""
    return item.rule == "IO114" and ("not interpreted" in item.message or item.location.path == _PROVIDER)


_PROVIDER, _IN_SET = "DataProvider", "a `DataSet`"


def _provider_within(dataset: Dataset) -> str | None:
    """Return the provider that an element in a dataset names, which is read last and goes before that of the header."""
    parts = (kept.xml for kept in dataset.tally.kept if (kept.name, kept.place) == (_PROVIDER, _IN_SET) and kept.xml)
    return next((urn for xml in parts if (urn := provider_in(xml))), None)


def _flow(scope: list[SdmxName], structures: Structures, structure: URIRef) -> SdmxName | None:
    """Return the dataflow that the data came under, else the only one that is at hand for the structure."""
    for name in scope:
        if name.cls == "Dataflow":
            return name
    others = iris(structures.graph, None, SST.structure, structure)
    return known_name(others[0]) if len(others) == 1 else None


def _cited(reference: StructureRef | None, names: list[SdmxName]) -> SdmxName:
    """Return the name to cite: of the kind that the dataset names, else of the structure."""
    kind = reference.kind if reference is not None else None
    return next((name for name in names if name.cls == kind), names[-1])
