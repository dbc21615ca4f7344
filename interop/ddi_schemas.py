"""The second level of judging a document of DDI: what the official XML schema says of it, where the user has that schema."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from xml.parsers import expat

from semstat.interop.counting import InputRefused
from semstat.interop.options import Options
from semstat.interop.reading import content
from semstat.interop.recognise import Root, is_xml, root_of
from semstat.interop.recognise_ddi import CODEBOOK_1, ddi_kind
from semstat.interop.reports import counted, listed, totals
from semstat.interop.safety import XmlTree, read_xml, utf8_text
from semstat.interop.schema.faults import MOST_FAULTS, Fault, bounded_faults
from semstat.interop.schema.packs import BrokenSchema
from semstat.interop.sources import Source
from semstat.ontology.terms import RDF
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic, Location, Report
from semstat.validators.rules import finding

if TYPE_CHECKING:
    from lxml import etree

    from semstat.interop.schema.folder import UserSchemas

__all__ = ["of_ddi_schema"]

_CODEBOOKS = {"ddi:codebook:2_5": "2.5", "ddi:codebook:2_6": "2.6"}
_STANDING_IN = {
    CODEBOOK_1: ("ddi:codebook:2_5", "ddi:codebook:2_6"),
    "ddi:codebook:2_5": ("ddi:codebook:2_6",),
}
"""Schemas of later versions that say of a document what its own would nearly say; they take nothing away."""
_NONE_GIVEN = "no schemas are given; `--ddi-schemas` names the folder that has those of the DDI Alliance"


@dataclass(frozen=True, slots=True)
class _Judged:
    """Which schema there is for a document: of its own namespace, or of a later one that stands in for it."""

    schema: "etree.XMLSchema"
    namespace: str
    own: str

    @property
    def is_own(self) -> bool:
        return self.namespace == self.own


class _NotCheckable(Exception):
    """No schema can judge the document; the text says why."""


def of_ddi_schema(source: Source, schemas: "UserSchemas | None", options: Options) -> Report:
    """Return what the official XML schema says of a document of DDI.

    The schema is that of the namespace of the root element. A codebook of 2.5 whose schema is not at hand is judged by that
    of 2.6, which only adds to it, and the report says so. The namespace of the versions before has no schema in use: those
    documents cannot be checked, and what a later schema would say of them is told beside.

    Args:
        source: The document.
        schemas: The schemas that the user has, ``None`` where no folder is named.
        options: ``max_findings`` that are listed.

    Findings:
        ``DDI008`` what the schema refuses; ``DDI009`` that a schema of another version was looked at.

    Source:
        DDI Codebook 2.5 and 2.6, DDI Lifecycle 3.2 and 3.3, DDI-CDI 1.0: XML schemas.
    """
    try:
        data = content(source)
        root = root_of(data) if is_xml(data) else None
        root = None if root is not None and root.namespace == str(RDF) else root
    except (InputRefused, expat.ExpatError):
        return Report()  # its reader says so
    if root is None:
        return _outcome(source.name, CheckStatus.NOT_APPLICABLE, "an XML schema judges XML alone, and no RDF")
    if schemas is None:
        return _outcome(source.name, CheckStatus.NOT_CHECKED, _NONE_GIVEN)
    tree = read_xml(data, origin=source.name)
    if isinstance(tree, Diagnostic):
        return Report()
    try:
        judged = _schema_for(root, schemas)
        text = utf8_text(data, origin=source.name) if judged.is_own else _rewritten(tree, judged)
        assert isinstance(text, bytes)
        found, is_whole = bounded_faults(judged.schema, tree, text)
    except (_NotCheckable, BrokenSchema) as reason:
        return _outcome(source.name, CheckStatus.NOT_CHECKED, str(reason))
    return _report(source.name, judged, found, options, is_whole=is_whole)


def _schema_for(root: Root, schemas: "UserSchemas") -> _Judged:
    own = schemas.schema(root.namespace)
    if own is not None:
        return _Judged(own, root.namespace, root.namespace)
    for namespace in _STANDING_IN.get(root.namespace, ()):
        other = schemas.schema(namespace)
        if other is not None:
            return _Judged(other, namespace, root.namespace)
    kind = ddi_kind(root.namespace, root.local)
    if kind is not None and kind.expected is not None:
        raise _NotCheckable(f"the namespace `{root.namespace}` is none of the standard's, and no schema is for it")
    raise _NotCheckable(f"the folder `{schemas.folder.name}` has no schema of the namespace `{root.namespace}`")


def _rewritten(tree: XmlTree, judged: _Judged) -> bytes:
    """Write a document over to the namespace of a later version, in place, and return its text."""
    from lxml import etree

    old = f"{{{judged.own}}}"
    for element in tree.root.iter("*"):
        tag = str(element.tag)
        if tag.startswith(old):
            element.tag = f"{{{judged.namespace}}}{tag.removeprefix(old)}"
    tree.root.set("version", _CODEBOOKS[judged.namespace])
    return etree.tostring(tree.root, encoding="utf-8")


def _report(origin: str, judged: _Judged, found: list[Fault], options: Options, *, is_whole: bool) -> Report:
    limit = options.max_findings or None
    if judged.own == CODEBOOK_1 and not judged.is_own:
        return _beside(origin, judged, found)
    items = [_finding(fault, origin) for fault in found]
    if not judged.is_own:
        version = _CODEBOOKS[judged.namespace]
        said = f"the schema of this version is not in the folder, so the document is judged by that of {version}"
        items.insert(0, finding("DDI009", said, Location(origin, 1), value=judged.own, expected=judged.namespace))
    failed = counted(items, "DDI008")
    checks = [CheckOutcome("DDI008", None, CheckStatus.CHECKED, origin, 1, failed, "reader")]
    if not is_whole:
        reason = f"the document has more than {MOST_FAULTS} faults by its schema, and the rest of it was not looked at"
        checks.append(CheckOutcome("DDI008", None, CheckStatus.NOT_CHECKED, origin, reason=reason))
    return Report(tuple(listed(items, limit)), tuple(totals(items, limit)), tuple(checks))


def _beside(origin: str, judged: _Judged, found: list[Fault]) -> Report:
    """Return the report on a codebook of a version without schema: not checked, with what a later schema would say."""
    number = sum(fault.count for fault in found)
    faults = f"has {number} fault{'s' if number > 1 else ''}" if number else "is valid"
    version = _CODEBOOKS[judged.namespace]
    said = f"written over to version {version}, the document {faults} by the schema of that version"
    item = finding("DDI009", said, Location(origin, 1), value=judged.own, expected=judged.namespace)
    reason = f"the folder has no schema of the namespace `{CODEBOOK_1}`"
    outcome = CheckOutcome("DDI008", None, CheckStatus.NOT_CHECKED, origin, reason=reason)
    return Report((item,), tuple(totals([item], None)), (outcome,))


def _finding(fault: Fault, origin: str) -> Diagnostic:
    said = fault.saying
    text = (
        said.text if fault.line else f"{said.text} ({fault.count} times; there are too many faults to tell the lines)"
    )
    item = finding("DDI008", text, Location(origin, fault.line), value=said.value, expected=said.expected)
    return replace(item, count=fault.count)


def _outcome(origin: str, status: CheckStatus, reason: str) -> Report:
    return Report(checks=(CheckOutcome("DDI008", None, status, origin, reason=reason),))
