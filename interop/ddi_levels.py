"""The first level of judging a document of DDI: what its root element says that it is, and whether it says so rightly."""

from dataclasses import replace
from xml.parsers import expat

from semstat.interop.document import Document
from semstat.interop.recognise import Root, is_xml, root_of
from semstat.interop.recognise_ddi import DdiKind, ddi_kind
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic, Location
from semstat.validators.rules import finding

__all__ = ["first_level", "with_first_level"]

_OPEN = ("1.0", "1.1", "1.2", "1.2.1", "1.2.2", "1.3", "2.0", "2.1")
"""The versions of DDI Codebook that share one namespace."""


def with_first_level(document: Document, data: bytes) -> Document:
    """Return a document of DDI with what the first level says of its bytes; see :func:`first_level`."""
    found, outcomes = first_level(data, origin=document.origin)
    return replace(document, diagnostics=(*found, *document.diagnostics), outcomes=(*outcomes, *document.outcomes))


def first_level(data: bytes, *, origin: str) -> tuple[tuple[Diagnostic, ...], tuple[CheckOutcome, ...]]:
    """Return what the root element of a document of DDI shows, and what became of the rules; nothing where it is no XML.

    Findings:
        ``DDI001`` the namespace is nearly, and not, one of the standard's; ``DDI002`` the version contradicts it.

    Example:
        >>> found, outcomes = first_level(b'<codeBook xmlns="ddi:codebook:2.6"/>', origin="study.xml")
        >>> found[0].expected
        'ddi:codebook:2_6'
    """
    if not is_xml(data):
        return (), ()
    try:
        root = root_of(data)
    except expat.ExpatError:
        return (), ()  # the reader says so
    kind = ddi_kind(root.namespace, root.local)
    if kind is None:
        return (), ()
    found = [item for item in (_namespace(root, kind, origin), _version(root, kind, origin)) if item is not None]
    return tuple(found), tuple(_outcome(rule, found, origin, root) for rule in ("DDI001", "DDI002"))


def _outcome(rule: str, found: list[Diagnostic], origin: str, root: Root) -> CheckOutcome:
    if rule == "DDI002" and root.version is None:
        reason = "the root element states no version"
        return CheckOutcome(rule, None, CheckStatus.NOT_APPLICABLE, origin, reason=reason)
    failed = sum(1 for item in found if item.rule == rule)
    return CheckOutcome(rule, None, CheckStatus.CHECKED, origin, 1, failed, "reader")


def _namespace(root: Root, kind: DdiKind, origin: str) -> Diagnostic | None:
    if kind.expected is None:
        return None
    is_in = f"stands in the namespace `{root.namespace}`" if root.namespace else "stands in no namespace"
    said = f"the root element `{root.local}` {is_in}, which is not one of DDI, but reads like one"
    return finding("DDI001", said, Location(origin, root.line), value=root.namespace, expected=kind.expected)


def _version(root: Root, kind: DdiKind, origin: str) -> Diagnostic | None:
    if root.version is None or kind.format != "ddi-codebook":
        return None
    stated = root.version.strip()
    if kind.version:
        fits, expected = stated == kind.version or stated.startswith(f"{kind.version}."), kind.version
    else:
        fits, expected = stated in _OPEN, "1.2.2 or another version up to 2.1"
    if fits or kind.expected is not None:
        return None
    said = f"the document says that it is of version `{root.version}`, and its namespace is that of another version"
    return finding("DDI002", said, Location(origin, root.line), value=root.version, expected=expected)
