"""The SHACL validation report as Turtle, whichever executor made the findings."""

import hashlib
import re
from collections.abc import Iterator

from semstat.ontology.terms import DCTERMS, REPORT, RULE, SH, SS
from semstat.validators.diagnostics import Diagnostic, Report, Severity, Verdict
from semstat.validators.render.wording import place, printable, summary, verdict_words

__all__ = ["render"]

_SEVERITIES = {Severity.ERROR: "sh:Violation", Severity.WARNING: "sh:Warning", Severity.INFO: "sh:Info"}
_PREFIXES = (("dcterms", str(DCTERMS)), ("rule", str(RULE)), ("sh", str(SH)), ("ss", str(SS)))
_IRI = re.compile(r"(?:https?|urn):[^\x00-\x20<>\"{}|^`\\]+", re.IGNORECASE)
_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def render(report: Report) -> str:
    """Return the listed findings as an ``sh:ValidationReport`` with an IRI for everything.

    The IRI of the report is made from its content, so that the same report has the same IRI. The key of an observation
    is a literal as focus, and a component that is known by its id only gets an IRI within the report. The rule stands
    as ``sh:sourceShape`` and as ``sh:sourceConstraintComponent``: a report must name one, and a rule may come from a
    reader, for which no shape exists. The place in the file is ``dcterms:source``.

    ``sh:conforms`` is true only when the verdict is a pass and nothing was found: a run that could not check everything
    does not conform.

    Source:
        W3C SHACL, 3.6 *Validation Report*.

    Example:
        >>> "sh:conforms false" in render(Report())
        True
    """
    body = [_result(item) for item in report.diagnostics]
    note = _literal(f"{verdict_words(report)}: {summary(report)}") + "@en"
    content = repr((note, report.sources, body))
    base = str(REPORT) + hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    paths = list(dict.fromkeys(item.location.path for item in report.diagnostics if _needs_node(item)))
    components = {path: f"<{base}#component-{number}>" for number, path in enumerate(paths, 1)}
    conforms = "true" if report.verdict is Verdict.PASS and not report.diagnostics and not report.totals else "false"
    head = [f"<{base}> a sh:ValidationReport", f"sh:conforms {conforms}", f"dcterms:description {note}"]
    names = [f"<{base}#result-{number}>" for number in range(1, len(body) + 1)]
    head += [f"sh:result {', '.join(names)}"] if names else []
    blocks = ["\n".join(f"@prefix {prefix}: <{iri}> ." for prefix, iri in _PREFIXES), _block(head)]
    blocks += [f"{node} ss:identifier {_literal(path)} ." for path, node in components.items() if path is not None]
    for name, item, lines in zip(names, report.diagnostics, body, strict=True):
        blocks.append(_block([f"{name} a sh:ValidationResult", *lines, *_path(item, components)]))
    return "\n\n".join(blocks) + "\n"


def _block(lines: list[str]) -> str:
    return " ;\n  ".join(lines) + " ."


def _result(item: Diagnostic) -> list[str]:
    focus = item.location.focus or item.series_key or place(item.location)
    lines = [
        f"sh:sourceShape {_rule(item.rule)}",
        f"sh:sourceConstraintComponent {_rule(item.rule)}",
        f"sh:resultSeverity {_SEVERITIES[item.severity]}",
        f"sh:resultMessage {_literal(item.message)}@en",
        f"sh:focusNode {_node(focus)}",
    ]
    if item.value is not None:
        lines.append(f"sh:value {_literal(item.value)}")
    if item.location.source is not None:
        lines.append(f"dcterms:source {_literal(place(item.location))}")
    lines += [f"dcterms:relation {_literal(place(other))}" for other in dict.fromkeys(item.related)]
    return lines


def _needs_node(item: Diagnostic) -> bool:
    return item.location.path is not None and not _IRI.fullmatch(item.location.path)


def _path(item: Diagnostic, components: dict[str | None, str]) -> Iterator[str]:
    path = item.location.path
    if path is not None:
        yield f"sh:resultPath {components[path] if path in components else _node(path)}"


def _rule(rule: str) -> str:
    return f"rule:{rule}" if _LOCAL.fullmatch(rule) else f"<{RULE}{hashlib.sha256(rule.encode()).hexdigest()[:16]}>"


def _node(text: str) -> str:
    return f"<{text}>" if _IRI.fullmatch(text) else _literal(text)


def _literal(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(character, character) for character in printable(text, keep="\n\r\t")) + '"'
