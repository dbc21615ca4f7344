"""Converting files between standards: which converter, which target format, an output that is whole or not there."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path
from typing import BinaryIO, Literal, get_args

from semstat.interop.counting import InputRefused, Limits
from semstat.interop.formats.sdmx.header import Header
from semstat.interop.inputs import inputs, structure_inputs
from semstat.interop.registry import Format, format_of, known_formats, load
from semstat.interop.sources import Source
from semstat.interop.watching import Progress, telling, watched
from semstat.interop.writing import replacing
from semstat.ontology.errors import SemstatError
from semstat.validators.diagnostics import Diagnostic

__all__ = ["CONVERTERS", "CannotConvert", "Conversion", "Job", "Shape", "convert", "target_format"]

AnyPath = str | PathLike[str]
Kind = Literal["structure", "data", "other"]
Shape = Literal["wide", "long", "dimensional", "key-value"]

CONVERTERS: Mapping[Kind, str] = {
    "structure": "semstat.interop.structure_conversion:convert_structures",
    "data": "semstat.interop.data_conversion:convert_files",
}
"""Who converts inputs of a kind: ``"module:function"`` of a function ``(job, stream) -> Conversion``.

The function writes to the binary stream as it goes; nothing of it remains when the conversion has ``refused`` something.
"""

_SUFFIXES: Mapping[str, tuple[str, ...]] = {
    ".ddi-c.xml": ("ddi-codebook",),
    ".ddi-l.xml": ("ddi-lifecycle",),
    ".xml": ("sdmx-ml",),
    ".json": ("sdmx-json",),
    ".csv": ("sdmx-csv-2.0",),
    ".parquet": ("parquet",),
    ".ttl": ("turtle", "rdf-cube-turtle"),
    ".nt": ("rdf-cube-n-triples", "rdf-cube-structure-n-triples"),
    ".jsonld": ("ddi-cdi-json-ld",),
}
"""What a suffix can mean: the beginnings of the names of formats."""
_BY_NAME = "-registry-interface"
"""The formats that only their own name means: a request to register is seldom wanted."""


class CannotConvert(SemstatError):
    """What was asked for cannot be done whatever the data hold: no such format, or several that could be meant."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be converted: the inputs, which are of one kind, and into what.

    ``structures`` are further inputs, with the structures that data are described by. ``header`` is what the user says of
    the message to be written; parts that are not given come from the first input's own header. ``format`` is the inputs'
    format, if it is not to be recognised; ``dimension_at_observation`` the layout of a data message, by default the usual.
    ``map`` names the structure map that data go through, ``""`` the only one at hand, ``None`` none. ``agency`` gives its name
    to what has none in the source; ``shape`` is how DDI-CDI lays out the files that DDI describes.
    """

    items: tuple[Source, ...]
    target: Format
    structures: tuple[Source, ...] = ()
    header: Header = field(default_factory=Header)
    limits: Limits = Limits()
    against: str | None = None
    format: str | None = None
    dimension_at_observation: str | None = None
    map: str | None = None
    agency: str | None = None
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of a conversion.

    ``losses`` are what the target cannot say, item by item (rules IO2xx); ``findings`` what was found while reading;
    ``refused`` those for which nothing was written at all. ``written`` counts what was written, by its name in the plural
    (``{"artefacts": 12}``).
    """

    target: str
    losses: tuple[Diagnostic, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    refused: tuple[Diagnostic, ...] = ()
    written: Mapping[str, int] = field(default_factory=dict)


Converter = Callable[[Job, BinaryIO], Conversion]


class _Refused(Exception):
    """Leaves the output untouched."""


def convert(
    data: Sequence[AnyPath],
    output: AnyPath | BinaryIO,
    *,
    to: str | None = None,
    structure: Sequence[AnyPath] = (),
    header: Header | None = None,
    against: str | None = None,
    format: str | None = None,
    dimension_at_observation: str | None = None,
    map: str | None = None,
    agency: str | None = None,
    shape: Shape | None = None,
    limits: Limits = Limits(),
    progress: Progress | None = None,
) -> Conversion:
    """Convert files into one, and account for what the target cannot say.

    A file is written whole or not at all. Where there are data among the inputs, the structures beside them describe the
    data; else the structures are converted.

    Args:
        data: Files, folders, archives, ``-`` for standard input.
        output: A path, or a binary stream that stays open.
        to: The target's name or its beginning (``sdmx-ml-3.0``); by default what the suffix of ``output`` means.
        structure: Structure messages that describe the data.
        header: What the header of the message says; by default what that of the first input says.
        against: The structure of the data, where they do not name it.
        format: The inputs' format, if it is not to be recognised.
        dimension_at_observation: The dimension that tells apart the observations of a series in a data message, or
            ``AllDimensions`` for observations without series; by default time.
        map: The structure map among the structures that data go through on the way: ``AGENCY:ID(VERSION)``, a URN or an id;
            ``""`` where there is only one.
        agency: The agency of what has no name of its own in the source and needs one in the target; by default that of the
            source. Nothing where all have names.
        shape: How DDI-CDI lays out the data files that DDI describes; by default ``wide``, a column for each variable.
        limits: What inputs may grow to.
        progress: Told how far reading and writing have come.

    Raises:
        CannotConvert: the target is not known, not written, ambiguous, or not for this kind of input; an argument is for data
            and the inputs are structures; the agency is none; nothing in the target has the shape; the header has an id or a
            date that is none; or the message needs a date of preparation and none is at hand.
        OSError: the output cannot be written.

    Findings:
        In the result; nothing about data is raised.

    Example:
        >>> convert(["no-such-file.xml"], "out.ttl").refused[0].rule
        'IO104'
    """
    if not data:
        raise ValueError("nothing to convert: name at least one file")
    found = list(inputs(data, limits))
    beside = list(structure_inputs(structure, limits, beside=found))
    bad = [item for item in (*found, *beside) if isinstance(item, Diagnostic)]
    sorted_, unknown = _by_kind([item for item in found if isinstance(item, Source)], format)
    if bad or unknown:
        return Conversion(to or "", refused=(*bad, *unknown))
    kind: Kind = "data" if "data" in sorted_ else "structure"
    target = target_format(to, None if _is_stream(output) else Path(str(output)), kind)
    _refuse_idle(kind, map=map, against=against, dimension_at_observation=dimension_at_observation)
    _refuse_header(header or Header())
    _refuse_words(target, agency=agency, shape=shape)
    described = sorted_.get("structure", []) if kind == "data" else []
    described += [item for item in beside if isinstance(item, Source)]
    items = tuple(sorted_.get(kind, []))
    job = Job(
        items, target, tuple(described), header or Header(), limits, against, format, dimension_at_observation, map,
        agency, shape,
    )  # fmt: skip
    if kind not in CONVERTERS:
        raise CannotConvert(f"{kind} cannot be converted by this version")
    converter: Converter = load(CONVERTERS[kind])
    return _run(converter if progress is None else _watched(converter, progress), job, output)


def _watched(converter: Converter, tell: Progress) -> Converter:
    """Return the converter, which tells how far it has come with reading and writing."""

    def run(job: Job, stream: BinaryIO) -> Conversion:
        items = tuple(watched(item, tell) for item in job.items)
        return converter(replace(job, items=items), telling(stream, f"writing {job.target.name}", tell))

    return run


def _refuse_idle(kind: Kind, **of_data: str | None) -> None:
    """Refuse what only data can be converted with, where there are none: nobody shall think that it was done."""
    for name, value in of_data.items():
        if kind == "structure" and value is not None:
            raise CannotConvert(f"{name.replace('_', '-')} {value!r} is for data, and the inputs are structures")


def _refuse_header(header: Header) -> None:
    for fault in header.faults():
        raise CannotConvert(fault)


def _refuse_words(target: Format, *, agency: str | None, shape: str | None) -> None:
    """Refuse an agency that DDI would not take, and a shape where nothing has one."""
    if agency is not None and not _AGENCY.fullmatch(agency):
        raise CannotConvert(
            f"{agency!r} is no agency: words of letters, digits and hyphens, with full stops between them"
        )
    if shape is not None and shape not in get_args(Shape):
        raise CannotConvert(f"{shape!r} is no shape of data; there are {', '.join(get_args(Shape))}")
    if shape is not None and not target.name.startswith("ddi-cdi"):
        raise CannotConvert(f"shape {shape!r} is for DDI-CDI, and the target is {target.title}")


_AGENCY = re.compile(r"[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*", re.ASCII)


def _run(converter: Converter, job: Job, output: AnyPath | BinaryIO) -> Conversion:
    done: list[Conversion] = []
    try:
        with _opened(output) as stream:
            done.append(converter(job, stream))
            if done[0].refused:
                raise _Refused
    except _Refused:
        pass
    return done[0]


def _is_stream(output: AnyPath | BinaryIO) -> bool:
    return not isinstance(output, str | PathLike)


@contextmanager
def _opened(output: AnyPath | BinaryIO) -> Iterator[BinaryIO]:
    if isinstance(output, str | PathLike):
        with replacing(Path(output)) as stream:
            yield stream
    else:
        yield output


def _by_kind(items: Sequence[Source], named: str | None) -> tuple[dict[str, list[Source]], list[Diagnostic]]:
    """Sort inputs by what they hold; what cannot be told or is not read is refused by its finding."""
    from semstat.interop.reading import RDF_FORMATS, holds_structures
    from semstat.validators.diagnostics import Location
    from semstat.validators.rules import finding

    kinds: dict[str, list[Source]] = {}
    refused: list[Diagnostic] = []
    for item in items:
        try:
            known = format_of(item, named=named)
            is_read = known.reads or holds_structures(item, known.name)
        except InputRefused as reason:
            refused.append(reason.diagnostic)
            continue
        if is_read:
            kinds.setdefault(known.kind, []).append(item)
        else:
            why = "which this version does not read"
            if known.name in RDF_FORMATS:
                why = "of which structures of data cubes and concept schemes are converted, and it holds none"
            message = f"the input is {known.title}, {why}"
            refused.append(finding("IO112", message, Location(item.name)))
    return kinds, refused


def target_format(to: str | None, output: Path | None, kind: Kind) -> Format:
    """Return the format that a name, or else the suffix of the output, means for inputs of a kind.

    Raises:
        CannotConvert: nothing or more than one format is meant.

    Example:
        >>> target_format(None, Path("structure.ttl"), "structure").name
        'turtle'
    """
    every = [item for item in known_formats() if item.writes and item.kind == kind]
    if to is not None:
        stems: tuple[str, ...] = (to.lower(),)
        asked = f"{to!r}"
    else:
        suffix = "".join(output.suffixes[-2:]).lower() if output is not None else ""
        if output is not None and suffix not in _SUFFIXES:
            suffix = output.suffix.lower()
        stems = _SUFFIXES.get(suffix, ())
        asked = f"the suffix {suffix!r}" if suffix else "an output without a suffix"
    exact = [item for item in every if item.name in stems]
    fits = exact or [item for item in every if any(item.name.startswith(stem) for stem in stems)]
    fits = [item for item in fits if not item.name.endswith(_BY_NAME)] or fits
    if len(fits) == 1:
        return fits[0]
    names = ", ".join(item.name for item in fits or every) or "none"
    if fits:
        raise CannotConvert(f"{asked} can mean {names}", hint="choose one with --to")
    raise CannotConvert(f"{asked} names no format that {_WORDS[kind]} written in; there are {names}")


_WORDS: Mapping[Kind, str] = {"structure": "structures are", "data": "data are", "other": "this is"}
