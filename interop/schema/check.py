"""One message against its schema: the official one, and of structure-specific data also that of their structure."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from semstat.interop.counting import InputRefused, Limits
from semstat.interop.options import Options
from semstat.interop.registry import format_of
from semstat.interop.reports import counted, listed, totals
from semstat.interop.schema.faults import faults
from semstat.interop.schema.json_lines import Path, lines_of
from semstat.interop.schema.packs import BrokenSchema, json_validator, xml_schema
from semstat.interop.schema.sentences import Saying, of_json
from semstat.interop.schema.specific import NoSchema, schema_of_message
from semstat.interop.sources import Source
from semstat.interop.structures import Structures
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic, Location, Report
from semstat.validators.rules import finding

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

__all__ = ["of_schema"]

_ML = re.compile(r"sdmx-ml-(?P<version>\d\.\d)-(?P<kind>.+)")
_JSON = re.compile(r"sdmx-json-(?P<version>\d\.\d)-(?P<kind>structure|data|metadata)")
_BY_STRUCTURE = ("structure-specific", "compact", "utility", "cross-sectional")


class _NotCheckable(Exception):
    """The official schemas cannot judge the message; the text says why."""


def of_schema(source: Source, options: Options, structures: Structures) -> Report:
    """Return what the schema says of a message; of what is no SDMX message, that the level does not apply.

    Structure-specific data are judged by the official schema and by those made for the structures that they cite, which
    must be at hand.

    Findings:
        ``IO119`` what the schema refuses; ``IO120`` what this schema cannot judge, which leaves the verdict open, and values
        that it refuses by a fault of its own, which does not.
    """
    try:
        name = format_of(source, named=options.format).name
    except InputRefused:
        return Report()  # its reader says so
    if _ML.fullmatch(name) is None and not name.startswith("sdmx-json"):
        reason = "there is no official schema for this format"
        return Report(checks=(CheckOutcome("IO119", None, CheckStatus.NOT_APPLICABLE, source.name, reason=reason),))
    try:
        found = tuple(_found(source, name, structures, options.limits))
    except InputRefused as refused:
        return _unchecked(source, refused.diagnostic.message, ())
    except _NotCheckable as reason:
        item = finding("IO120", str(reason), Location(source.name))
        return _unchecked(source, str(reason), (item,))
    return _report(source, found, options.max_findings or None)


def _found(source: Source, name: str, structures: Structures, limits: Limits) -> Iterator[tuple[Diagnostic, bool]]:
    """Yield findings, each with whether it leaves the verdict open."""
    message = _ML.fullmatch(name)
    with source.open() as stream:
        data = stream.read(limits.archive_bytes + 1)
    if len(data) > limits.archive_bytes:
        raise _NotCheckable(
            f"a schema looks at the whole message, and more than {limits.archive_bytes} bytes are not held"
        )
    try:
        if message is None:
            yield from _of_json(data, source.name, name)
        else:
            cited = structures if message["kind"].startswith(_BY_STRUCTURE) else None
            yield from _of_xml(data, source.name, message["version"], cited)
    except BrokenSchema as broken:
        raise _NotCheckable(f"the schema is incomplete: {broken}") from broken


def _report(source: Source, found: tuple[tuple[Diagnostic, bool], ...], limit: int | None) -> Report:
    items = [item for item, _ in found]
    number = counted(items, "IO119")
    checks = [CheckOutcome("IO119", None, CheckStatus.CHECKED, source.name, 1, number, "reader")]
    reasons = dict.fromkeys(item.message for item, is_open in found if is_open)
    checks += [CheckOutcome("IO120", None, CheckStatus.NOT_CHECKED, source.name, reason=reason) for reason in reasons]
    return Report(tuple(listed(items, limit)), tuple(totals(items, limit)), tuple(checks))


def _unchecked(source: Source, reason: str, items: tuple[Diagnostic, ...]) -> Report:
    outcome = CheckOutcome("IO119", None, CheckStatus.NOT_CHECKED, source.name, reason=reason)
    return Report(items, tuple(totals(items, None)), (outcome,))


def _of_xml(data: bytes, origin: str, version: str, structures: Structures | None) -> Iterator[tuple[Diagnostic, bool]]:
    from semstat.interop.safety import read_xml

    general = xml_schema(version)
    if general is None:
        raise _NotCheckable(f"there is no schema for SDMX-ML {version} at hand")
    tree = read_xml(data, origin=origin)
    if isinstance(tree, Diagnostic):
        raise InputRefused(tree)
    try:
        schema = general if structures is None else schema_of_message(tree.root, version, structures)
    except NoSchema as reason:
        raise _NotCheckable(str(reason)) from reason
    for fault in faults(schema, tree):
        yield _finding(fault.saying, Location(origin, fault.line))


def _finding(said: Saying, where: Location) -> tuple[Diagnostic, bool]:
    if said.is_beyond:
        return finding("IO120", f"the schemas at hand cannot judge this part: {said.text}", where), True
    rule = "IO120" if said.is_defect else "IO119"
    item = finding(rule, said.text, where, value=said.value, expected=said.expected)
    return item, False


def _of_json(data: bytes, origin: str, name: str) -> Iterator[tuple[Diagnostic, bool]]:
    message = _JSON.fullmatch(name)
    validator = json_validator(message["version"], message["kind"]) if message else None
    if validator is None:
        raise _NotCheckable("there is no official schema for this version of SDMX-JSON")
    try:
        text = data.decode(json.detect_encoding(data))
        content = json.loads(text)
    except (ValueError, RecursionError) as problem:
        broken = finding("IO101", f"the JSON is not well-formed: {problem}", Location(origin))
        raise InputRefused(broken) from problem
    errors = [_deepest(error) for error in validator.iter_errors(content)]
    lines = lines_of(text, {tuple(error.absolute_path) for error in errors})
    items = {_json_finding(error, lines.get(tuple(error.absolute_path)), origin) for error in errors}
    for item in sorted(items, key=lambda item: (item.location.line or 0, item.message)):
        yield item, False


def _deepest(error: "ValidationError") -> "ValidationError":
    """Return, of a choice that nothing fits, the fault of the form that comes nearest: the one that lies deepest."""
    while error.context and error.validator in {"oneOf", "anyOf"}:
        error = max(error.context, key=lambda inner: len(inner.absolute_path))
    return error


def _json_finding(error: "ValidationError", line: int | None, origin: str) -> Diagnostic:
    path: Path = tuple(error.absolute_path)
    said = of_json(str(error.validator), error.message, _written(path), error.instance, error.validator_value)
    item = finding("IO119", said.text, Location(origin, line), value=said.value, expected=said.expected)
    return replace(item, location=replace(item.location, focus=_written(path)))


def _written(path: Path) -> str:
    """Return a path as people write it: names joined by dots, positions in brackets."""
    if not path:
        return "the message"
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(parts).removeprefix(".")
