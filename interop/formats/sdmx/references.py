"""References between artefacts in SDMX-ML: ``<Ref>``, ``<URN>``, the text of 3.x, and ids within one artefact.

Source:
    SDMX 2.1, Section 3A, SDMXCommonReferences.xsd (``Ref``: ``class`` and ``package`` optional, ``version`` 1.0
    by default); SDMX 3.0, Section 3A, SDMXCommonReferences.xsd (URN as text).
"""

from collections.abc import Mapping

from lxml import etree

from semstat.interop.formats.sdmx.model import LocalReference, Reference
from semstat.interop.formats.sdmx.source import Source
from semstat.interop.formats.sdmx.vocabulary import PACKAGES, REFERENCE_CLASSES
from semstat.ontology.iri import SdmxName, parse_urn
from semstat.validators.rules import finding

__all__ = ["local_reference", "parent_id", "ref_name", "reference"]


def reference(source: Source, element: etree._Element, cls: str) -> Reference | None:
    """Return what an element refers to; ``cls`` is the class that the element's place implies.

    A ``Ref`` may leave out class, package and version; the place and the defaults of the standard fill them in.

    Findings:
        ``DSD002`` when ``Ref`` and ``URN`` stand side by side and differ (``Ref`` is used); ``DSD001`` when neither
        yields a name.
    """
    ref = urn = None
    for child in element:
        name = source.local(child.tag) if isinstance(child.tag, str) else None
        ref = child if name == "Ref" else ref
        urn = child if name == "URN" else urn
    stated = (urn.text if urn is not None else element.text if ref is None else None) or ""
    from_urn = parse_urn(stated)
    from_ref = _of_ref(ref, cls) if ref is not None else None
    if from_ref is not None and from_urn is not None and from_ref != from_urn:
        _differ(source, element, from_ref, stated.strip())
    target = from_ref or from_urn
    if target is None:
        shown = stated.strip()
        what = cls or "artefact"
        source.report("DSD001", f"`{shown}` does not name a {what}: it is no SDMX reference", element, value=shown)
        return None
    return Reference(target, source.line(element))


def _differ(source: Source, element: etree._Element, name: SdmxName, urn: str) -> None:
    message = f"the URN `{urn}` beside the reference does not say the same as it, `{name.urn}`, which is used"
    source.diagnostics.append(finding("DSD002", message, source.at(element), value=urn, expected=name.urn))


def _of_ref(ref: etree._Element, implied: str) -> SdmxName | None:
    return ref_name({str(key): str(value) for key, value in ref.items()}, implied)


def ref_name(ref: Mapping[str, str], implied: str) -> SdmxName | None:
    """Return what the attributes of a ``Ref`` name; ``implied`` is the class that its place implies.

    Example:
        >>> ref_name({"id": "CL_SEX", "agencyID": "SDMX"}, "Codelist").short
        'SDMX:CL_SEX(1.0)'
    """
    stated = ref.get("class") or implied
    cls = REFERENCE_CLASSES.get(stated, stated)
    if cls not in PACKAGES:
        cls = implied
    identifier, agency, parent = ref.get("id"), ref.get("agencyID"), ref.get("maintainableParentID")
    if identifier is None or agency is None or not cls:
        return None
    package = PACKAGES[cls]
    if parent is None:
        return SdmxName(package, cls, agency, identifier, ref.get("version", "1.0"))
    container = ref.get("containerID")
    path = f"{container}.{identifier}" if container else identifier
    return SdmxName(package, cls, agency, parent, ref.get("maintainableParentVersion", "1.0"), path)


def local_reference(source: Source, element: etree._Element) -> LocalReference | None:
    """Return a reference by id within the same artefact: ``<Ref id="…"/>``, a URN's last part, or plain text.

    Findings:
        ``DSD004`` when the element names nothing.
    """
    identifier = parent_id(source, element)
    if identifier:
        return LocalReference(identifier, source.line(element))
    source.report("DSD004", f"`{etree.QName(element).localname}` does not say what it refers to", element)
    return None


def parent_id(source: Source, element: etree._Element) -> str | None:
    """Return the id that a local reference holds, or ``None`` when it holds none."""
    for child in element:
        name = source.local(child.tag) if isinstance(child.tag, str) else None
        if name == "Ref" and child.get("id"):
            return child.get("id")
        if name == "URN" and child.text:
            return _last_part(child.text)
    text = (element.text or "").strip()
    return _last_part(text) if text else None


def _last_part(text: str) -> str:
    name = parse_urn(text)
    if name is None:
        return text.strip()
    return name.item if name.item is not None else name.id
