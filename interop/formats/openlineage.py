"""Reading OpenLineage: events of runs, as a message, an array or a line each, become runs, steps, datasets and variables.

A dataset, field or job whose name is a URN of SDMX or DDI or an IRI is that thing, whatever its namespace; others get names of
their own. So a pipeline binds its tables to a catalogue by calling them what the catalogue calls them.

Source:
    OpenLineage specification, 2-0-2: RunEvent, DatasetEvent, SchemaDatasetFacet, ColumnLineageDatasetFacet.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from rdflib import Graph, Literal, URIRef

from semstat.interop.document import Document
from semstat.interop.formats.openlineage_runs import artefact_named, of_run
from semstat.interop.rdf_safety import nested_too_deep
from semstat.ontology.iri import part_of
from semstat.ontology.terms import BASE, DCTERMS, PROV, RDF, SKOS, SS, XSD
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding

__all__ = ["SUB_PROCESS_FACET", "read_openlineage"]

SUB_PROCESS_FACET = "gsbpm"
"""The facet of a job that names the sub-process of GSBPM that it belongs to: ``{"subProcess": "5.7"}``."""

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+")
_SUB_PROCESS = re.compile(r"[1-8](?:\.[0-9]{1,2})?")
_READ_FACETS = {
    "schema",
    "columnLineage",
    SUB_PROCESS_FACET,
    "documentation",
    "jobType",
    "processing_engine",
    "parent",
    "errorMessage",
}
_TIMES = {"START": PROV.startedAtTime, **dict.fromkeys(("COMPLETE", "FAIL", "ABORT"), PROV.endedAtTime)}
_BROKEN_OFF = {"FAIL", "ABORT"}
"""What PROV has no word for: a run that ended without having done its work."""


@dataclass(slots=True)
class _Events:
    """What events come to, one after the other."""

    origin: str
    graph: Graph = field(default_factory=Graph)
    positions: dict[URIRef, Location] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    kept: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    line: int | None = None

    def add(self, subject: URIRef, predicate: URIRef, value: URIRef | Literal | None) -> None:
        """Add a statement, unless there is nothing to say."""
        if value is not None:
            self.graph.add((subject, predicate, value))

    def named(self, iri: URIRef, kind: URIRef, label: str) -> URIRef:
        """Return a thing, with its class and label; of things that are described elsewhere, nothing is said here."""
        self.positions.setdefault(iri, Location(self.origin, self.line))
        if _absolute(label) is not None:
            return iri
        self.add(iri, RDF.type, kind)
        self.add(iri, SKOS.prefLabel, Literal(label))
        return iri

    def keep(self, subject: URIRef, what: str, content: Mapping[str, Any]) -> None:
        """Keep on a thing what is not interpreted, as it stands."""
        number, line = self.kept.get(what, (0, self.line))
        self.kept[what] = (number + 1, line)
        self.add(subject, SS.unreadContent, Literal(json.dumps(content, ensure_ascii=False, sort_keys=True)))

    def wrong(self, message: str) -> None:
        """Report a member that is not as the specification says."""
        self.found.append(finding("IO117", message, Location(self.origin, self.line)))


def read_openlineage(data: bytes, *, origin: str) -> Document:
    """Return the runs, steps, datasets and variables that events speak of, and what was derived from what.

    Args:
        data: One event, an array of events, or one event on each line.
        origin: The name of the source, for findings.

    Findings:
        ``IO101`` (no JSON), ``IO107`` (nested too deep), ``IO117`` (a member that is not as specified; the event is left out or
        read without it), ``IO114`` (facets that are kept and not interpreted), ``IO110`` (no event).
    """
    refused = nested_too_deep(data, "json-ld", origin)
    events = _Events(origin)
    if refused is not None:
        return Document(Graph(), {}, (refused,), origin, "openlineage")
    for line, event in _parsed(data, events):
        events.line = line
        _event(events, event)
    if not len(events.graph) and not events.found:
        events.found.append(finding("IO110", "the file holds no event", Location(origin)))
    for what, (number, line) in sorted(events.kept.items()):
        times = "once" if number == 1 else f"{number} times"
        message = f"the {what} is kept as it stands, and not interpreted ({times})"
        events.found.append(finding("IO114", message, Location(origin, line)))
    return Document(events.graph, events.positions, tuple(events.found), origin, "openlineage")


def _parsed(data: bytes, events: _Events) -> Iterator[tuple[int | None, Mapping[str, Any]]]:
    """Yield the events with their lines."""
    text = data.decode("utf-8-sig", "replace")
    try:
        whole = json.loads(text)
        items = [(1, item) for item in whole] if isinstance(whole, list) else [(1, whole)]
    except ValueError:
        items = list(_lines(text, events))
    for line, item in items:
        if isinstance(item, dict):
            yield line, item
        else:
            events.line = line
            events.wrong(f"an event must be an object, not `{json.dumps(item)[:40]}`")


def _lines(text: str, events: _Events) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as problem:
                events.found.append(
                    finding("IO101", f"the line is no JSON: {problem}", Location(events.origin, number))
                )


def _event(events: _Events, event: Mapping[str, Any]) -> None:
    run = _run(events, event) if "run" in event else None
    if run is None and "run" in event:
        return
    alone = [event["dataset"]] if isinstance(event.get("dataset"), dict) else []
    inputs = [_dataset(events, item) for item in [*alone, *_list(events, event, "inputs")]][len(alone) :]
    outputs = [_dataset(events, item) for item in _list(events, event, "outputs")]
    for item, output in zip(_list(events, event, "outputs"), outputs, strict=True):
        if run is not None and output is not None:
            for column in _computed(item):
                events.add(_field(events, output, column), SSL.generatedBy, run)
    _flow(events, run, [item for item in inputs if item], [item for item in outputs if item])


def _flow(events: _Events, run: URIRef | None, inputs: Sequence[URIRef], outputs: Sequence[URIRef]) -> None:
    """State what a run used and made, and that the one was derived from the other."""
    if run is not None:
        for item in inputs:
            events.add(run, SSL.used, item)
        for item in outputs:
            events.add(item, SSL.generatedBy, run)
    for output in outputs:
        for item in inputs:
            events.add(output, SSL.derivedFrom, item)


def _run(events: _Events, event: Mapping[str, Any]) -> URIRef | None:
    run, job = event.get("run"), event.get("job")
    identifier = run.get("runId") if isinstance(run, dict) else None
    if not isinstance(identifier, str) or not _IRI.fullmatch(f"urn:uuid:{identifier}"):
        events.wrong(f"an event must have a `runId`, not `{identifier}`")
        return None
    iri = events.named(URIRef(f"urn:uuid:{identifier}"), SSI.ProcessStepInstance, f"run {identifier}")
    events.add(iri, SS.identifier, Literal(identifier))
    time, kind = event.get("eventTime"), event.get("eventType", "OTHER")
    if not isinstance(kind, str):
        events.wrong(f"an event type must be a word, not `{json.dumps(kind)[:40]}`")
        kind = "OTHER"
    if kind in _TIMES and isinstance(time, str):
        events.add(iri, _TIMES[kind], Literal(time, datatype=XSD.dateTime, normalize=False))
    if kind in _BROKEN_OFF:
        events.keep(iri, f"event type `{kind}`", {"eventType": kind})
    step = _job(events, job)
    events.add(iri, SSL.ofStep, step)
    for triple in of_run(iri, _facets(events, iri, run, "run")):
        events.add(*triple)
    return iri


def _job(events: _Events, job: object) -> URIRef | None:
    if not isinstance(job, dict) or not isinstance(job.get("name"), str):
        events.wrong("an event must have a job with a `name`")
        return None
    step = events.named(_named_iri("job", str(job.get("namespace", "")), job["name"]), SSI.ProcessStep, job["name"])
    events.add(step, SS.identifier, Literal(job["name"]))
    facets = _facets(events, step, job, "job")
    stated = facets.get(SUB_PROCESS_FACET)
    number = stated.get("subProcess") if isinstance(stated, dict) else None
    if stated is not None and (not isinstance(number, str) or not _SUB_PROCESS.fullmatch(number)):
        events.wrong(f"the facet `{SUB_PROCESS_FACET}` must name a sub-process such as 5.7, not `{number}`")
    elif number is not None:
        events.add(step, SSL.businessFunction, URIRef(f"{BASE}gsbpm/{number}"))
    return step


def _dataset(events: _Events, item: object) -> URIRef | None:
    if not isinstance(item, dict) or not isinstance(item.get("name"), str):
        events.wrong("a dataset must have a `name`")
        return None
    name = item["name"]
    iri = events.named(_named_iri("dataset", str(item.get("namespace", "")), name), SSI.DataSet, name)
    facets = _facets(events, iri, item, "dataset")
    schema, lineage = facets.get("schema"), facets.get("columnLineage")
    for column in _list(events, schema if isinstance(schema, dict) else {}, "fields"):
        if isinstance(column, dict) and isinstance(column.get("name"), str):
            variable = _field(events, iri, column["name"])
            if isinstance(column.get("description"), str):
                events.add(variable, DCTERMS.description, Literal(column["description"]))
        else:
            events.wrong("a field of a schema must have a `name`")
    fields = lineage.get("fields") if isinstance(lineage, dict) else None
    for column, sources in (fields if isinstance(fields, dict) else {}).items():
        _derived(events, _field(events, iri, column), sources)
    if isinstance(lineage, dict) and "dataset" in lineage:
        _derived(events, iri, {"inputFields": lineage["dataset"]})
    return iri


def _computed(item: Mapping[str, Any]) -> Sequence[str]:
    """Return the columns of an output whose making its lineage tells."""
    facets = item.get("facets")
    lineage = facets.get("columnLineage") if isinstance(facets, dict) else None
    fields = lineage.get("fields") if isinstance(lineage, dict) else None
    return list(fields) if isinstance(fields, dict) else []


def _derived(events: _Events, variable: URIRef, sources: object) -> None:
    """State what a variable, or a dataset as a whole, was derived from, and how."""
    for source in _list(events, sources if isinstance(sources, dict) else {}, "inputFields"):
        if not isinstance(source, dict) or not all(isinstance(source.get(key), str) for key in ("name", "field")):
            events.wrong("an input field must have a `name` and a `field`")
            continue
        owner = _named_iri("dataset", str(source.get("namespace", "")), source["name"])
        events.named(owner, SSI.DataSet, source["name"])
        origin = _field(events, owner, source["field"])
        events.add(variable, SSL.derivedFrom, origin)
        for how in _list(events, source, "transformations"):
            edge = part_of(variable, f"edge-{sha256(origin.encode()).hexdigest()[:12]}")
            events.add(edge, RDF.type, SSL.Edge)
            events.add(edge, SSL.edgeFrom, variable)
            events.add(edge, SSL.edgeTo, origin)
            if isinstance(how, dict) and isinstance(how.get("subtype") or how.get("type"), str):
                events.add(edge, SSL.transformationType, Literal(how.get("subtype") or how["type"]))
                events.add(edge, SSL.isDirect, Literal(how.get("type") != "INDIRECT"))


def _field(events: _Events, dataset: URIRef, name: str) -> URIRef:
    iri = _absolute(name) or part_of(dataset, name)
    events.named(iri, SSI.InstanceVariable, name)
    if _absolute(name) is None:
        events.add(iri, SS.identifier, Literal(name))
    events.add(dataset, SSL.instanceVariable, iri)
    return iri


def _facets(events: _Events, iri: URIRef, holder: object, kind: str) -> Mapping[str, Any]:
    """Return the facets of a thing; those that are not interpreted are kept on it as they stand."""
    facets = holder.get("facets") if isinstance(holder, dict) else None
    if facets is not None and not isinstance(facets, dict):
        events.wrong(f"the facets of a {kind} must be an object")
    known = facets if isinstance(facets, dict) else {}
    for name, value in known.items():
        if name not in _READ_FACETS:
            events.keep(iri, f"facet `{name}`", {name: value})
    return known


def _list(events: _Events, holder: Mapping[str, Any], name: str) -> list[Any]:
    found = holder.get(name, [])
    if isinstance(found, list):
        return found
    events.wrong(f"`{name}` must be an array")
    return []


def _named_iri(kind: str, namespace: str, name: str) -> URIRef:
    """Return the IRI of a dataset or job: the name itself where it is one."""
    return _absolute(name) or URIRef(f"{BASE}openlineage/{kind}/{quote(namespace, safe='')}/{quote(name, safe='')}")


def _absolute(name: str) -> URIRef | None:
    artefact = artefact_named(name)
    if artefact is not None:
        return artefact
    is_absolute = "://" in name or name.lower().startswith("urn:")
    return URIRef(name) if is_absolute and _IRI.fullmatch(name) else None
