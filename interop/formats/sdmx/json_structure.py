"""SDMX-JSON messages of structures and of reference metadata, from bytes to the frozen values that SDMX-ML gives too."""

from semstat.interop.counting import InputRefused
from semstat.interop.formats.json_parse import parse_json
from semstat.interop.formats.json_values import JsonObject, kind_of
from semstat.interop.formats.sdmx.json_arrays import ARRAYS
from semstat.interop.formats.sdmx.json_header import report_errors, version_of
from semstat.interop.formats.sdmx.json_report import JsonReport, PlacedFindings
from semstat.interop.formats.sdmx.json_reported import has_reports
from semstat.interop.formats.sdmx.json_source import JsonSource
from semstat.interop.formats.sdmx.json_transcribe import transcribe
from semstat.interop.formats.sdmx.model import Message
from semstat.interop.formats.sdmx.parse import read_artefacts
from semstat.interop.formats.sdmx.vocabulary import NAMESPACE_STEMS
from semstat.validators.diagnostics import Location, Severity
from semstat.validators.rules import finding

__all__ = ["parse_json_message"]

_ML_VERSIONS = {"1.0": "2.1", "2.0": "3.0", "2.1": "3.1"}
"""The version of SDMX-ML of the same information model."""

_OF_1_0 = frozenset({"contentConstraints", "attachmentConstraints", "hierarchicalCodelists", "structureSets"})


def parse_json_message(data: bytes, *, origin: str) -> Message:
    """Return the artefacts of a structure message in SDMX-JSON 1.0, 2.0 or 2.1, or the metadata sets of one.

    The message is transcribed to the elements of SDMX-ML that say the same, and read like these: an artefact is the same
    in both notations. Every language, annotation and link is kept; a member that the standard does not know is kept as it
    is, and reported. ``name`` is used where there is no ``names``, in the first language of ``contentLanguages``.

    Findings:
        IO101, IO105 to IO107 (unreadable); IO103 (no structure message), IO108 (unknown member), IO110 (no artefact), IO111
        (errors that the service reports), IO113 (no header; a version that had to be assumed), IO114, IO117, IO118, and those
        of :func:`semstat.interop.formats.sdmx.parse.parse_message`.

    Source:
        SDMX-JSON 1.0, 2.0 and 2.1, structure message and metadata message.
    """
    try:
        text = parse_json(data, origin=origin)
    except InputRefused as refused:
        return Message(origin, "json", diagnostics=(refused.diagnostic,))
    root = text.root
    content = root.get("data") if isinstance(root, JsonObject) else None
    if not isinstance(root, JsonObject) or not isinstance(content, JsonObject):
        what = kind_of(root) if not isinstance(root, JsonObject) else "an object without `data`"
        wrong = finding("IO103", f"the JSON is {what}, and no SDMX-JSON structure message", Location(origin, 1))
        return Message(origin, "json", diagnostics=(*text.findings, wrong))
    version = version_of(root) or _assumed(content)
    stem = next(stem for stem, number in NAMESPACE_STEMS.items() if number == _ML_VERSIONS.get(version, "3.1"))
    source = JsonSource(origin, _ML_VERSIONS.get(version, "3.1"), stem, {}, list(text.findings), document=text)
    report = JsonReport(text, PlacedFindings(text, source.diagnostics))
    if version_of(root) is None:
        message = f"the message names no schema; by its content it is read as SDMX-JSON {version}"
        report.add("IO113", message, text.place_of(root), "/meta/schema", severity=Severity.INFO)
    report_errors(root, report)
    artefacts = read_artefacts(source, transcribe(source, root, content))
    return Message(origin, f"sdmx-json-{version}", artefacts, tuple(source.diagnostics))


def _assumed(content: JsonObject) -> str:
    if has_reports(content):
        return "1.0"
    return "1.0" if any(name in _OF_1_0 for name, _ in content.pairs if name in ARRAYS) else "2.0"
