"""Lineage as events that other catalogues take: OpenLineage, what :mod:`semstat.interop.formats.openlineage` reads.

A thing of the catalogue goes by its IRI; a dataset or job that events brought goes by the names that they gave it. OpenLineage
asks for moments: a time that the catalogue has without a zone is written as one of UTC, a day as its beginning.

Source:
    OpenLineage specification, 2-0-2: RunEvent, JobEvent, DatasetEvent; SchemaDatasetFacet 1-1-1, ColumnLineageDatasetFacet 1-2-0.
"""

import json
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from semstat.interop.catalogue.backends import Quads, State
from semstat.interop.catalogue.lineage import Edge
from semstat.interop.formats.openlineage import SUB_PROCESS_FACET
from semstat.interop.stamping import moment
from semstat.ontology.terms import BASE, PROV, SS
from semstat.ontology.terms_lineage import SSL

__all__ = ["events_of"]

_SPECIFICATION = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/"
_FACETS = "https://openlineage.io/spec/facets/"
_DATASETS, _JOBS, _GSBPM = (f"{BASE}{place}" for place in ("openlineage/dataset/", "openlineage/job/", "gsbpm/"))
_OWN = BASE.rstrip("/")
"""The namespace of what goes by its IRI."""

_STATED = re.compile(r"(\d{4}-\d\d-\d\d)(T\d\d:\d\d:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?")

_Event = dict[str, Any]


class _Known:
    """The edges to be told, by what they say."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        self._ends: dict[str, dict[str, list[str]]] = {}
        self.columns: dict[str, str] = {}
        for dependent, dependency, on in sorted(edges):
            self._ends.setdefault(dependency, {}).setdefault(dependent, []).append(on)
            if dependency == str(SSL.instanceVariable):
                self.columns[on] = dependent

    def ends(self, dependency: object) -> Mapping[str, list[str]]:
        """Return, by dependent, what it depends on in some way."""
        return self._ends.get(str(dependency), {})

    def of(self, thing: str, dependency: object) -> list[str]:
        """Return what one thing depends on in some way."""
        return self.ends(dependency).get(thing, [])


def events_of(snapshot: State, edges: Sequence[Edge]) -> tuple[_Event, ...]:
    """Return events that state dependencies: of every run, of derivations without a run, of columns; in a fixed order.

    Edges of other kinds (structures, lists, concepts) are no matter of OpenLineage and are left out.

    Args:
        snapshot: The catalogue, which knows the times.
        edges: The dependencies to tell; a column needs the ``instanceVariable`` edge that says whose it is.
    """
    known = _Known(edges)
    when = max((item.loaded for item in snapshot.sources), default="") or moment()
    runs = sorted({*known.ends(SSL.used), *(run for made in known.ends(SSL.generatedBy).values() for run in made)})
    told: set[tuple[str, str]] = set()
    events = [event for run in runs for event in _run(snapshot.store, known, run, when, told)]
    events += _derivations(snapshot.store, known, when, told)
    stated = {name for event in events for name in _names(event)}
    events += (
        _dataset_event(snapshot.store, known, dataset, when)
        for dataset in sorted({*known.columns.values()})
        if _name(dataset) not in stated
    )
    return tuple(events)


def _names(event: _Event) -> Iterator[tuple[str, str]]:
    for item in event.get("outputs", ()):
        yield item["namespace"], item["name"]


def _run(store: Quads, known: _Known, run: str, when: str, told: set[tuple[str, str]]) -> Iterator[_Event]:
    """Yield an event for the beginning and the end of a run, as far as they are known; the last says what was used and made."""
    inputs = known.of(run, SSL.used)
    outputs = [made for made, runs in sorted(known.ends(SSL.generatedBy).items()) if run in runs]
    inputs = [item for item in inputs if item not in known.columns]
    outputs = [item for item in outputs if item not in known.columns]
    told.update((one, other) for one in outputs for other in inputs)
    began, ended = (_moment(_text(store, run, str(term))) for term in (PROV.startedAtTime, PROV.endedAtTime))
    steps = known.of(run, SSL.ofStep)
    about = {"run": {"runId": _run_id(run)}, "job": _job(known, steps, run)}
    if began and ended:
        yield _event("RunEvent", began) | {"eventType": "START"} | about
    kind = _outcome(store, run) if ended else "START" if began else "OTHER"
    yield (
        _event("RunEvent", ended or began or when) | {"eventType": kind} | about | _flow(store, known, inputs, outputs)
    )


def _outcome(store: Quads, run: str) -> str:
    """Return how a run ended: as the event said that brought it, otherwise well."""
    kept = (text for text in _texts(store, run, str(SS.unreadContent)) if text.startswith('{"eventType": '))
    return next((str(json.loads(text)["eventType"]) for text in kept), "COMPLETE")


def _moment(time: str) -> str:
    """Return a time as RFC 3339 has it; empty for what is none."""
    found = _STATED.fullmatch(time)
    stated = f"{found[1]}{found[2] or 'T00:00:00'}{found[3] or 'Z'}" if found else ""
    try:
        datetime.fromisoformat(stated)
    except ValueError:  # the 30th of February
        return ""
    return stated


def _derivations(store: Quads, known: _Known, when: str, told: set[tuple[str, str]]) -> Iterator[_Event]:
    """Yield an event for every dataset that was derived from others by no run that is known."""
    for output, origins in known.ends(SSL.derivedFrom).items():
        inputs = [item for item in origins if (output, item) not in told and item not in known.columns]
        if output in known.columns or not inputs:
            continue
        job = {"namespace": _OWN, "name": f"derivation of {_name(output)[1]}"}
        yield _event("JobEvent", when) | {"job": job} | _flow(store, known, inputs, [output])


def _dataset_event(store: Quads, known: _Known, dataset: str, when: str) -> _Event:
    return _event("DatasetEvent", when) | {"dataset": _dataset(store, known, dataset)}


def _event(kind: str, time: str) -> _Event:
    return {"eventTime": time, "producer": BASE, "schemaURL": _SPECIFICATION + kind}


def _flow(store: Quads, known: _Known, inputs: Iterable[str], outputs: Iterable[str]) -> _Event:
    return {
        "inputs": [_dataset(store, known, item) for item in inputs],
        "outputs": [_dataset(store, known, item) for item in outputs],
    }


def _dataset(store: Quads, known: _Known, iri: str) -> _Event:
    namespace, name = _name(iri)
    columns = sorted(column for column, owner in known.columns.items() if owner == iri)
    facets = {}
    if columns:
        facets["schema"] = _facet("1-1-1", "SchemaDatasetFacet") | {
            "fields": [{"name": _column(known, column)} for column in columns]
        }
    fields = {
        _column(known, column): {"inputFields": found}
        for column in columns
        if (found := _origins(store, known, column))
    }
    whole = _origins(store, known, iri)
    if fields or whole:
        lineage = _facet("1-2-0", "ColumnLineageDatasetFacet") | {"fields": fields}
        facets["columnLineage"] = lineage | ({"dataset": whole} if whole else {})
    return {"namespace": namespace, "name": name} | ({"facets": facets} if facets else {})


def _origins(store: Quads, known: _Known, derived: str) -> list[_Event]:
    """Return the columns from which a column, or a dataset as a whole, was derived."""
    found = []
    for origin in known.of(derived, SSL.derivedFrom):
        if origin in known.columns:
            namespace, name = _name(known.columns[origin])
            ways = _transformations(store, derived, origin)
            field = {"namespace": namespace, "name": name, "field": _column(known, origin)}
            found.append(field | ({"transformations": ways} if ways else {}))
    return found


def _transformations(store: Quads, derived: str, origin: str) -> list[_Event]:
    import pyoxigraph as ox

    ways = []
    for quad in store.quads_for_pattern(None, ox.NamedNode(str(SSL.edgeFrom)), ox.NamedNode(derived), None):
        ends = store.quads_for_pattern(quad.subject, ox.NamedNode(str(SSL.edgeTo)), ox.NamedNode(origin), None)
        if next(iter(ends), None) is not None and isinstance(quad.subject, ox.NamedNode):
            kind = "INDIRECT" if _text(store, quad.subject.value, str(SSL.isDirect)) == "false" else "DIRECT"
            how = _text(store, quad.subject.value, str(SSL.transformationType))
            ways.append({"type": kind} | ({"subtype": how} if how and how != kind else {}))
    return sorted(ways, key=lambda way: (way["type"], way.get("subtype", "")))


def _job(known: _Known, steps: Sequence[str], run: str) -> _Event:
    step = steps[0] if steps else run
    namespace, name = _named(step, _JOBS)
    functions = [item.removeprefix(_GSBPM) for item in known.of(step, SSL.businessFunction) if item.startswith(_GSBPM)]
    facet = {"_producer": BASE, "_schemaURL": BASE, "subProcess": functions[0]} if functions else None
    return {"namespace": namespace, "name": name} | ({"facets": {SUB_PROCESS_FACET: facet}} if facet else {})


def _facet(version: str, name: str) -> _Event:
    return {"_producer": BASE, "_schemaURL": f"{_FACETS}{version}/{name}.json#/$defs/{name}"}


def _run_id(run: str) -> str:
    """Return a run's UUID: its own, or one that is always the same for the same IRI."""
    given = run.removeprefix("urn:uuid:")
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, run))


def _name(iri: str) -> tuple[str, str]:
    return _named(iri, _DATASETS)


def _named(iri: str, home: str) -> tuple[str, str]:
    namespace, mark, name = iri.removeprefix(home).partition("/")
    return (unquote(namespace), unquote(name)) if mark and iri.startswith(home) else (_OWN, iri)


def _column(known: _Known, iri: str) -> str:
    """Return a column's name within its dataset, or its IRI where it has a name of its own."""
    part = iri.removeprefix(known.columns[iri] + "#")
    return iri if part == iri else unquote(part)


def _text(store: Quads, iri: str, predicate: str) -> str:
    return max(_texts(store, iri, predicate), default="")


def _texts(store: Quads, iri: str, predicate: str) -> list[str]:
    import pyoxigraph as ox

    quads = store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, None)
    return sorted(quad.object.value for quad in quads if isinstance(quad.object, ox.Literal))
