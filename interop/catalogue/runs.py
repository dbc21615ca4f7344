"""Recording what a pipeline does: a run, its step of GSBPM, what it used and what it made, as an event beside the catalogue.

Source:
    OpenLineage specification, 2-0-2, RunEvent.
"""

import json
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from semstat.interop.catalogue.backends import Backend
from semstat.interop.catalogue.names import Naming, NotFound
from semstat.interop.formats.openlineage import SUB_PROCESS_FACET
from semstat.interop.writing import write_text
from semstat.ontology.terms import BASE

__all__ = ["RecordedRun", "record_run"]

_PRODUCER = BASE
_SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
_COLUMNS = "https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet"
_STEP = re.compile(r"[1-8](?:\.[0-9]{1,2})?")


@dataclass(slots=True)
class RecordedRun:
    """A run that is going on; what it uses and makes can still be added."""

    id: str
    inputs: list[str] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    computations: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    def used(self, *names: str) -> None:
        """Say that the run uses things: by IRI, URN, short form, or a name of the pipeline's own."""
        self.inputs.extend(names)

    def made(self, *names: str) -> None:
        """Say that the run makes things."""
        self.outputs.extend(names)

    def computed(self, output: str, column: str, origins: Mapping[str, Sequence[str]], *, how: str = "") -> None:
        """Say from which columns the run computes one; its dataset counts as made, those of the origins as used.

        Args:
            output: The dataset that the column belongs to.
            column: The name of the column.
            origins: By dataset, the columns from which.
            how: A word for it, such as ``AGGREGATION`` or ``IDENTITY``.
        """
        self.outputs.extend([output] if output not in self.outputs else [])
        for dataset, columns in origins.items():
            self.inputs.extend([dataset] if dataset not in self.inputs else [])
            self.computations += [(output, column, dataset, origin, how) for origin in columns]


@contextmanager
def record_run(
    catalogue: Backend,
    *,
    step: str,
    inputs: Sequence[str] = (),
    outputs: Sequence[str] = (),
    job: str | None = None,
    namespace: str = "pipeline",
) -> Iterator[RecordedRun]:
    """Record a run of a sub-process of GSBPM; when it ends, also by an exception, it is written and loaded.

    The event is a file in the folder ``runs`` of the catalogue, as OpenLineage, so that the catalogue can be built again.

    Args:
        catalogue: Where to record it.
        step: The sub-process, such as ``5.7``.
        inputs: What is used: things of the catalogue by IRI, URN or short form, others by names of your own.
        outputs: What is made.
        job: What the step is called in your pipeline; by default as the sub-process.
        namespace: What your own names belong to.

    Raises:
        ValueError: the step is no sub-process such as ``5.7``.
    """
    if not _STEP.fullmatch(step):
        raise ValueError(f"{step!r} is no sub-process of GSBPM such as '5.7'")
    run = RecordedRun(str(uuid.uuid4()), list(inputs), list(outputs))
    started, state = _now(), "FAIL"
    try:
        yield run
        state = "COMPLETE"
    finally:
        with catalogue.snapshot() as snapshot:
            naming = Naming(snapshot.store)
            used = [_named(naming, namespace, name) for name in run.inputs]
            made = [_named(naming, namespace, name) | _columns(naming, namespace, run, name) for name in run.outputs]
        facets = {SUB_PROCESS_FACET: {"_producer": _PRODUCER, "_schemaURL": _PRODUCER, "subProcess": step}}
        told: dict[str, Any] = {
            "job": {"namespace": namespace, "name": job or step, "facets": facets},
            "run": {"runId": run.id},
        }
        events = [
            _event("START", started, told),
            _event(state, _now(), told | {"inputs": used, "outputs": made}),
        ]
        folder = catalogue.folder / "runs"
        folder.mkdir(exist_ok=True)
        path = folder / f"{run.id}.json"
        write_text(path, "".join(json.dumps(event, ensure_ascii=False, sort_keys=True) + "\n" for event in events))
        catalogue.load([path])


def _event(kind: str, time: str, told: dict[str, Any]) -> dict[str, Any]:
    return {"eventType": kind, "eventTime": time, "producer": _PRODUCER, "schemaURL": _SCHEMA, **told}


def _columns(naming: Naming, namespace: str, run: RecordedRun, output: str) -> dict[str, Any]:
    """Return the facet that says from which columns those of a dataset were computed, where anything was said."""
    fields: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for whole, column, dataset, origin, how in run.computations:
        if whole == output:
            way: dict[str, Any] = {"transformations": [{"type": "DIRECT", "subtype": how}]} if how else {}
            source = _named(naming, namespace, dataset) | {"field": origin} | way
            fields.setdefault(column, {"inputFields": []})["inputFields"].append(source)
    facet = {"_producer": _PRODUCER, "_schemaURL": _COLUMNS, "fields": fields}
    return {"facets": {"columnLineage": facet}} if fields else {}


def _named(naming: Naming, namespace: str, name: str) -> dict[str, str]:
    """Return a dataset as events name it: a thing of the catalogue by its IRI, others by their names."""
    try:
        found = naming.find(name, nearest=False)
    except NotFound:
        found = ()
    return {"namespace": namespace, "name": found[0] if len(found) == 1 else name}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
