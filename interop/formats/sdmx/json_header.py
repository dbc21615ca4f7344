"""The envelope of an SDMX-JSON message: its version, its header, the errors it reports, and where its content is."""

import re
from dataclasses import dataclass

from semstat.interop.formats.json_values import JsonObject, JsonValue
from semstat.interop.formats.sdmx.json_report import JsonReport, pointer
from semstat.interop.sources import refusal
from semstat.validators.diagnostics import Severity

__all__ = ["Envelope", "open_envelope", "report_errors", "version_of"]

_SCHEMA = re.compile(r"/(?P<version>\d\.\d)(?:\.\d+)?/sdmx-json-\w+-schema")
_EARLY = "pre-1.0"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands around the datasets of a message.

    ``data`` is the object that holds ``dataSets``, ``pointer`` leads to it; ``sections`` are the structure sections with
    their pointers.
    """

    version: str
    data: JsonObject
    pointer: str
    sections: tuple[tuple[JsonObject, str], ...]

    @property
    def format(self) -> str:
        """The name of the format."""
        return f"sdmx-json-{self.version}-data"

    @property
    def inline(self) -> bool:
        """Whether attributes may be given as values, not by index (SDMX-JSON 2.x)."""
        return self.version.startswith("2")

    @property
    def has_implied_measure(self) -> bool:
        """Whether the measure is not listed (before SDMX-JSON 2.0)."""
        return not self.inline


def version_of(root: JsonObject) -> str | None:
    """Return the version that the address of the message's schema names, ``None`` without one.

    Source:
        SDMX-JSON 1.0 and 2.0, ``meta.schema``; SDMX-JSON 2.1, ``$schema``.
    """
    meta = root.get("meta")
    for stated in (root.get("$schema"), meta.get("schema") if isinstance(meta, JsonObject) else None):
        match = _SCHEMA.search(stated) if isinstance(stated, str) else None
        if match:
            return match["version"]
    return None


def open_envelope(root: JsonObject, report: JsonReport) -> Envelope:
    """Return the envelope of a data message.

    Raises:
        InputRefused: IO112, the message has neither ``data`` nor ``dataSets``, or its header alone says that it is
            SDMX-JSON.

    Findings:
        IO111 for errors that the service reports, IO113 for an absent header and for a version that had to be assumed.
    """
    text = report.text
    early = "data" not in root
    if early and "dataSets" not in root and "errors" not in root:
        reason = "the message has neither `data` nor `dataSets`, so it is no SDMX-JSON data message"
        raise refusal("IO112", reason, text.origin, line=text.line(root))
    data = root if early else report.member(root, "data", JsonObject, "") or JsonObject([], root.number)
    where = "" if early else "/data"
    version = version_of(root)
    if version is None:
        version = _EARLY if early else "2.0" if "structures" in data else "1.0"
        if not early:
            message = f"the message names no schema; by its content it is read as SDMX-JSON {version}"
            report.add("IO113", message, text.place_of(root), "/meta/schema", severity=Severity.INFO)
    if "meta" not in root and "header" not in root:
        report.add("IO113", "the message has no header", text.place_of(root), "/header" if early else "/meta")
    report_errors(root, report)
    return Envelope(version, data, where, _sections(data, where, report))


def _sections(data: JsonObject, where: str, report: JsonReport) -> tuple[tuple[JsonObject, str], ...]:
    if "structures" in data:
        listed = report.objects(data, "structures", where)
        return tuple((item, pointer(where, "structures", str(place))) for place, item in enumerate(listed))
    single = report.member(data, "structure", JsonObject, where)
    return () if single is None else ((single, pointer(where, "structure")),)


def report_errors(root: JsonObject, report: JsonReport) -> None:
    """Report what the service says went wrong, one IO111 for each error; text in any language will do."""
    errors = report.member(root, "errors", list, "") or []
    member = report.text.member_place(root, "errors")
    for rank, item in enumerate(errors):
        code, said = _error(item)
        message = f"the message reports an error: {said}" + (f" (code {code})" if code else "")
        report.add("IO111", message, report.text.element_place(member, rank), f"/errors/{rank}", value=code)


def _error(item: JsonValue) -> tuple[str | None, str]:
    if not isinstance(item, JsonObject):
        return None, str(item)
    code = item.get("code")
    texts = (item.get(name) for name in ("title", "detail", "message", "titles", "details"))
    said = (text for value in texts for text in _texts(value))
    return None if code is None else str(code), next(said, "without a text")


def _texts(value: JsonValue) -> list[str]:
    if isinstance(value, JsonObject):
        return [text for _, text in value.pairs if isinstance(text, str)]
    return [value] if isinstance(value, str) else []
