"""Writes SDMX-JSON 2.0 and 2.1 data messages: datasets first, then the structures with the values that occurred."""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from semstat.interop.formats.outgoing import Losses, Outgoing, Settings, at_observation, prepared
from semstat.interop.formats.sdmx.fit_header import json_moment
from semstat.interop.formats.sdmx.header import Header, Party
from semstat.interop.formats.sdmx.json_write import party_of, spoken
from semstat.interop.formats.sdmx.json_write_special import languages
from semstat.interop.formats.sdmx.write_facts import json_dates, ml_identity_of
from semstat.interop.formats.sdmx.write_json_dataset import Rows
from semstat.interop.formats.sdmx.write_json_values import Values, names_of_concept, quoted
from semstat.interop.formats.sdmx.write_ml_places import Places, places, with_languages
from semstat.interop.formats.write_limits import lost_languages, lost_unknown
from semstat.ontology.identifiers import is_identifier
from semstat.ontology.iri import SdmxName
from semstat.validators.structural.view import ComponentView

__all__ = ["write_json_2_0", "write_json_2_1"]

_ACTIONS = {"I": "Information", "A": "Append", "M": "Merge", "R": "Replace", "D": "Delete"}
_RELS = {"DataStructure": "datastructure", "Dataflow": "dataflow", "ProvisionAgreement": "provisionagreement"}
_NOBODY = "Unknown"


@dataclass(frozen=True, slots=True)
class _Version:
    title: str
    schema: str
    has_merge: bool


_V2_0 = _Version(
    "SDMX-JSON 2.0",
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/2.0.0/"
    "sdmx-json-data-schema.json",
    has_merge=False,
)
_V2_1 = _Version("SDMX-JSON 2.1", "https://json.sdmx.org/2.1/sdmx-json-data-schema.json", has_merge=True)


def write_json_2_0(datasets: Sequence[Outgoing], sink: BinaryIO, settings: Settings, losses: Losses) -> None:
    """Write an SDMX-JSON 2.0 data message.

    Observations stand in series, or flat with ``AllDimensions``; attributes of groups stand on the series (flat: on the
    observations) that they belong to. Numbers keep their digits. Records of different actions stand in datasets of their own.

    Findings:
        IO222 (languages), IO224 (partial keys), IO225 (attributes that are not constant), IO226 (repeated keys), IO227 (unknown
        columns).

    Source:
        SDMX-JSON 2.0 data message, field guide and schema.
    """
    _write(datasets, sink, settings, losses, _V2_0)


def write_json_2_1(datasets: Sequence[Outgoing], sink: BinaryIO, settings: Settings, losses: Losses) -> None:
    """Write an SDMX-JSON 2.1 data message: as 2.0, with the action *Merge*, and names for structures.

    Source:
        SDMX-JSON 2.1 data message, field guide and schema.
    """
    _write(datasets, sink, settings, losses, _V2_1)


def _write(datasets: Sequence[Outgoing], sink: BinaryIO, settings: Settings, losses: Losses, version: _Version) -> None:
    with tempfile.TemporaryFile(dir=settings.folder) as body:
        found = _body(datasets, body, settings, losses, version)
        schema = f'"$schema":{quoted(version.schema)},' if version.has_merge else ""
        meta = quoted(_meta(settings.header, version, found))
        sink.write(f'{{{schema}"meta":{meta},\n"data":{{"dataSets":[\n'.encode())
        body.seek(0)
        shutil.copyfileobj(body, sink)


def _body(
    datasets: Sequence[Outgoing], sink: BinaryIO, settings: Settings, losses: Losses, version: _Version
) -> set[str]:
    """Write what is in ``data``, and return the languages of the texts in it: only then are they known."""
    structures: list[dict[str, Any]] = []
    tongues: set[str] = set()
    count = 0
    for number, dataset in enumerate(datasets):
        lost_unknown(dataset, losses, version.title)
        where = _without_groups(places(dataset.view, at_observation(dataset, settings)), dataset)
        values = {item.id: Values(dataset, item) for item in dataset.view.components}
        in_place = {name for name, item in values.items() if not item.listed}
        lost_languages(dataset, losses, kept=in_place)
        where = with_languages(where, in_place, dataset.records.languages)
        with Rows(dataset, where, values, losses, title=version.title, folder=settings.folder) as rows:
            own = []
            for letter in rows.letters():
                head = {"structure": number, "links": [*_links(dataset), *_provider(dataset)]} | _action(
                    letter, dataset, version
                )
                head |= json_dates(dataset.facts)
                sink.write(b",\n" if count else b"")
                rows.write(sink, quoted(head)[:-1], letter)
                own.append(count)
                count += 1
        tongues.update(*(dataset.records.tongues.get(name, ()) for name in in_place))
        structures.append(_structure(dataset, where, values, own))
    sink.write(f'],\n"structures":[\n{",".join(map(quoted, structures))}]}}}}\n'.encode())
    return tongues | spoken(structures)


def _meta(header: Header, version: _Version, found: set[str]) -> dict[str, Any]:
    moment = json_moment(prepared(header), days=version.has_merge)
    identifier = header.id if header.id and is_identifier(header.id) else "semstat"
    sender = header.sender if header.sender and is_identifier(header.sender.id) else Party(_NOBODY)
    names = languages("name", "names", header.names)
    # What the schema of 2.0 calls them, of data alone.
    contacts = "contacts" if version.has_merge else "contact"
    receivers = [party_of(party, contacts) for party in header.receivers if is_identifier(party.id)]
    own = {"sender": party_of(sender, contacts), **({"receivers": receivers} if receivers else {}), **names}
    tags = sorted((found | spoken(own)) - {"und"}, key=lambda tag: (tag != "en", tag))
    return ({} if version.has_merge else {"schema": version.schema}) | {
        "id": identifier,
        "test": bool(header.test),
        "prepared": moment,
        **({"contentLanguages": tags} if tags else {}),
        **own,
    }


def _links(dataset: Outgoing) -> list[dict[str, str]]:
    return [_link(dataset.named)] + ([_link(dataset.structure)] if dataset.named != dataset.structure else [])


def _provider(dataset: Outgoing) -> list[dict[str, str]]:
    urn = ml_identity_of(dataset.identity).provider
    return [{"urn": urn, "rel": "dataprovider"}] if urn else []


def _link(name: SdmxName) -> dict[str, str]:
    return {"urn": name.urn, "rel": _RELS[name.cls]}


def _action(letter: str | None, dataset: Outgoing, version: _Version) -> dict[str, str]:
    action = _ACTIONS.get(letter or "") or dataset.action
    if action == "Merge" and not version.has_merge:
        action = "Append"  # which means the same (SDMX 3.0 Section 3A, ActionType)
    return {"action": action} if action is not None and action in _ACTIONS.values() else {}


def _without_groups(where: Places, dataset: Outgoing) -> Places:
    """Return the places with the attributes of groups on the series, or on the observations, that they belong to."""
    from dataclasses import replace

    grouped = [(name, group.dimensions) for group in where.groups for name in group.attributes]
    on_series = [name for name, dimensions in grouped if where.key and set(dimensions) <= set(where.key)]
    others = [name for name, _ in grouped if name not in on_series]
    filled = dataset.records.filled
    return replace(
        where,
        groups=(),
        dataset=tuple(name for name in where.dataset if name in filled),
        series=tuple(name for name in (*where.series, *on_series) if name in filled),
        observation=tuple(
            name
            for name in (*where.observation, *others)
            if name in filled or name in where.dimensions or _kept(name, dataset)
        ),
    )


def _kept(name: str, dataset: Outgoing) -> bool:
    item = dataset.view.of(name)
    return item is not None and item.role == "measure"


def _structure(
    dataset: Outgoing, where: Places, values: Mapping[str, Values], datasets: Sequence[int]
) -> dict[str, Any]:
    def described(names: Sequence[str]) -> list[dict[str, Any]]:
        items = (dataset.view.of(name) for name in names)
        return [_component(dataset, item, values[item.id]) for item in items if item is not None]

    def occurring(names: Sequence[str]) -> list[str]:
        # The schema wants a value of every dimension: one without any, in series without observations, is not listed.
        return [name for name in names if values[name].as_list()]

    measures = [item.id for item in dataset.of("measure")]
    own = [name for name in where.observation if name not in where.dimensions and name not in measures]
    return {
        "name": dataset.named.id,
        "links": _links(dataset),
        "dataSets": list(datasets),
        "dimensions": {
            "dataSet": [],
            "series": described(occurring(where.key)),
            "observation": described(occurring(where.dimensions)),
        },
        "measures": {"observation": described([name for name in where.observation if name in measures])},
        "attributes": {
            "dataSet": described(where.dataset),
            "series": described(where.series),
            "observation": described(own),
        },
    }


def _component(dataset: Outgoing, item: ComponentView, values: Values) -> dict[str, Any]:
    names = names_of_concept(dataset, item)
    described: dict[str, Any] = {"id": item.id, "name": next(iter(names.values()), item.id)}
    if names:
        described["names"] = dict(names)
    if item.is_dimension:
        described["keyPosition"] = [part.id for part in dataset.view.dimensions].index(item.id)
    if item.role == "attribute":
        described["relationship"] = _relationship(dataset, item)
    listed = values.as_list() if values.listed else []
    return described | ({"values": listed} if listed else {})


def _relationship(dataset: Outgoing, item: ComponentView) -> dict[str, Any]:
    if item.level == "dataset":
        return {"dataflow": {}}
    if item.attached:
        return {"dimensions": list(item.attached)}
    return {"observation": {}}
