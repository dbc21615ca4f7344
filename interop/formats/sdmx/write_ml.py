"""Writes structure-specific SDMX-ML 2.1, 3.0 and 3.1 data: series or flat, with groups and attributes of the dataset."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from semstat.interop.formats.outgoing import Losses, Outgoing, Settings, at_observation, prepared
from semstat.interop.formats.sdmx.header import Header
from semstat.interop.formats.sdmx.write_facts import (
    header_dates,
    ml_dates,
    ml_identity_of,
    parties,
    provider_of,
    sources,
)
from semstat.interop.formats.sdmx.write_ml_dataset import Body
from semstat.interop.formats.sdmx.write_ml_places import Places, places, with_languages
from semstat.interop.formats.sdmx.write_ml_text import attribute_value
from semstat.interop.formats.write_limits import lost_arrays, lost_languages, lost_unknown
from semstat.ontology.iri import SdmxName

__all__ = ["complex_types", "namespace_of", "write_ml_2_1", "write_ml_3_0"]

_STEM = "http://www.sdmx.org/resources/sdmxml/schemas/v"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_CITED = {"DataStructure": "Structure", "Dataflow": "StructureUsage", "ProvisionAgreement": "ProvisionAgreement"}
_NOBODY = "Unknown"
_ACTIONS = {"Merge": "Append"}
"""What is written for an action that the schemas lack: merging is what appending means (SDMX 3.0 Section 3A, ActionType)."""
_LETTERS = {"I": "Information", "A": "Append", "M": "Merge", "R": "Replace", "D": "Delete"}


@dataclass(frozen=True, slots=True)
class _Version:
    number: str
    title: str
    atts: bool
    merges: bool = False

    @property
    def stem(self) -> str:
        return _STEM + self.number


_V2_1 = _Version("2_1", "SDMX-ML 2.1", atts=False)
_V3_0 = _Version("3_0", "SDMX-ML 3.0", atts=True)
_V3_1 = _Version("3_1", "SDMX-ML 3.1", atts=True, merges=True)


def write_ml_2_1(datasets: Sequence[Outgoing], sink: BinaryIO, settings: Settings, losses: Losses) -> None:
    """Write a structure-specific data message of SDMX-ML 2.1.

    With a dimension at the observation, observations stand in series, in the order of the series' keys, each series in the
    order of the source; with ``AllDimensions``, in the order of the source. Records of different actions stand in datasets
    of their own.

    Findings:
        IO220 (measures beyond the first), IO221 (several values), IO222 (languages), IO224 (partial keys that are no series
        and no group), IO225 (attributes that are not constant), IO227 (unknown columns), IO228 (control characters).

    Source:
        SDMX 2.1 Section 3A, *Structure specific data*; SDMXMessage.xsd, SDMXDataStructureSpecific.xsd.
    """
    _write(datasets, sink, settings, losses, _V2_1)


def write_ml_3_0(datasets: Sequence[Outgoing], sink: BinaryIO, settings: Settings, losses: Losses) -> None:
    """Write a structure-specific data message of SDMX-ML 3.0; components with several values as ``Comp`` elements.

    Findings:
        As for 2.1, but IO220 to IO222, which need not be.

    Source:
        SDMX 3.0 Section 3A, *Structure specific data*; SDMXDataStructureSpecific.xsd, CompType and AttsType.
    """
    _write(datasets, sink, settings, losses, _V3_0)


def write_ml_3_1(datasets: Sequence[Outgoing], sink: BinaryIO, settings: Settings, losses: Losses) -> None:
    """Write a structure-specific data message of SDMX-ML 3.1: as for 3.0, and datasets may be merged.

    Findings:
        As for 3.0.

    Source:
        SDMX 3.1 Section 3A, *Structure specific data*; SDMXCommon.xsd, ActionType.
    """
    _write(datasets, sink, settings, losses, _V3_1)


def namespace_of(name: SdmxName, at: str) -> str:
    """Return the namespace of data that cite a structure, flow or agreement, with a dimension at the observation.

    Source:
        SDMX 2.1 Section 3A, *Structure specific data*, target namespace of the schemas.

    Example:
        >>> namespace_of(SdmxName("datastructure", "DataStructure", "ECB", "EXR", "1.0"), "TIME_PERIOD")
        'urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=ECB:EXR(1.0):ObsLevelDim:TIME_PERIOD'
    """
    return f"{name.urn}:ObsLevelDim:{at}"


def complex_types(dataset: Outgoing) -> dict[str, str]:
    """Return the components that are ``Comp`` elements in 3.0, with the names of their types in the structure's schema."""
    kinds = {
        item.id: "MEASURE" if item.role == "measure" else "ATTRIBUTE" for item in dataset.of("measure", "attribute")
    }
    nested = dataset.multivalued | dataset.records.languages.keys()
    return {name: f"{name}_{kind}" for name, kind in kinds.items() if name in nested}


def _write(datasets: Sequence[Outgoing], sink: BinaryIO, settings: Settings, losses: Losses, version: _Version) -> None:
    cited: dict[str, str] = {}
    plans = []
    for dataset in datasets:
        at = at_observation(dataset, settings)
        uri = namespace_of(dataset.named, at)
        cited.setdefault(uri, f"S{len(cited) + 1}")
        plans.append((dataset, uri, places(dataset.view, at)))
    sink.write("".join(_head(datasets, [uri for _, uri, _ in plans], cited, settings.header, version)).encode())
    for dataset, uri, where in plans:
        lost_unknown(dataset, losses, version.title)
        if version.atts:
            where = with_languages(where, complex_types(dataset), dataset.records.languages)
        else:
            lost_languages(dataset, losses)
            lost_arrays(dataset, losses, version.title)
            where = _one_measure(dataset, where, losses)
        _datasets(dataset, sink, settings, losses, (version, cited[uri], where))
    sink.write(b"</mes:StructureSpecificData>\n")


def _head(
    datasets: Sequence[Outgoing], uris: Sequence[str], cited: Mapping[str, str], header: Header, version: _Version
) -> Iterator[str]:
    own = "".join(f' xmlns:{identifier.lower()}="{attribute_value(uri)}"' for uri, identifier in cited.items())
    yield (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<mes:StructureSpecificData xmlns:mes="{version.stem}/message" '
        f'xmlns:com="{version.stem}/common" xmlns:ss="{version.stem}/data/structurespecific" xmlns:xsi="{_XSI}"{own}>\n'
        f"  <mes:Header>\n    <mes:ID>{attribute_value(header.id or datasets[0].named.id)}</mes:ID>\n"
        f"    <mes:Test>{str(bool(header.test)).lower()}</mes:Test>\n"
        f"    <mes:Prepared>{attribute_value(prepared(header))}</mes:Prepared>\n"
    )
    yield from parties(header, _NOBODY)
    for uri, identifier in cited.items():
        dataset = datasets[uris.index(uri)]
        at = uri.rpartition(":")[2]
        yield (
            f'    <mes:Structure structureID="{identifier}" namespace="{attribute_value(uri)}" '
            f'dimensionAtObservation="{at}">\n      {_reference(dataset.named, version)}\n    </mes:Structure>\n'
        )
    dates = ({"Extracted": header.extracted} if header.extracted else {}) | header_dates(datasets)
    for name, text in dates.items():
        yield f"    <mes:{name}>{attribute_value(text)}</mes:{name}>\n"
    yield from sources(header)
    yield "  </mes:Header>\n"


def _reference(name: SdmxName, version: _Version) -> str:
    element = _CITED[name.cls]
    if version.atts:
        return f"<com:{element}>{attribute_value(name.urn)}</com:{element}>"
    if element == "ProvisionAgreement":
        element = "ProvisionAgrement"  # the spelling of the 2.1 schema
    number = "" if name.version is None else f' version="{attribute_value(name.version)}"'
    ref = f'<Ref agencyID="{attribute_value(name.agency)}" id="{attribute_value(name.id)}"{number}/>'
    return f"<com:{element}>{ref}</com:{element}>"


def _one_measure(dataset: Outgoing, where: Places, losses: Losses) -> Places:
    """Return the places without the measures that 2.1 has no room for (IO220)."""
    from dataclasses import replace

    measures = [item.id for item in dataset.of("measure")]
    kept = "OBS_VALUE" if "OBS_VALUE" in measures else next(iter(measures), None)
    dropped = [name for name in measures if name != kept]
    for name in dropped:
        count = dataset.records.filled.get(name, 0)
        message = f"SDMX-ML 2.1 holds one measure, `{kept}`; values of `{name}` left out: {count}"
        losses.add("IO220", count, message, source=dataset.source, path=name)
    return replace(where, observation=tuple(name for name in where.observation if name not in dropped))


def _datasets(
    dataset: Outgoing, sink: BinaryIO, settings: Settings, losses: Losses, how: tuple[_Version, str, Places]
) -> None:
    """Write one dataset element for each action that the records state."""
    version, identifier, where = how
    prefix = f"{identifier.lower()}:"
    scope = f' ss:dataScope="{dataset.named.cls}"' if not version.atts else ""
    start = f'mes:DataSet ss:structureRef="{identifier}" xsi:type="{prefix}DataSetType"{scope}'
    types = complex_types(dataset) if version.atts else {}
    with Body(dataset, where, prefix, types, losses, atts=version.atts, folder=settings.folder) as body:
        said = {"setID": ml_identity_of(dataset.identity).set_id or ""} | ml_dates(dataset.facts)
        start += "".join(f' ss:{name}="{attribute_value(text)}"' for name, text in said.items() if text)
        provider = provider_of(dataset.identity, old=not version.atts)
        for letter in body.letters():
            action = _LETTERS.get(letter or "") or dataset.action
            action = action if version.merges else _ACTIONS.get(action or "", action)
            tag = start + (f' ss:action="{action}"' if action in _LETTERS.values() else "")
            body.write(sink, tag, letter, inside=provider)
