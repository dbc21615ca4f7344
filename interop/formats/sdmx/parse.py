"""SDMX-ML structure messages, from bytes to frozen values: recognising the message, its header, its artefacts."""

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from semstat.interop.formats.sdmx.forms import read_artefact
from semstat.interop.formats.sdmx.forms_flows import FLOW_FORMS
from semstat.interop.formats.sdmx.forms_hierarchies import HIERARCHY_FORMS
from semstat.interop.formats.sdmx.forms_maps import MAP_FORMS
from semstat.interop.formats.sdmx.forms_metadata import METADATA_FORMS
from semstat.interop.formats.sdmx.forms_processes import PROCESS_FORMS
from semstat.interop.formats.sdmx.metadata_dates import date_faults
from semstat.interop.formats.sdmx.metadata_specific import make_generic
from semstat.interop.formats.sdmx.ml20_message import CONTAINERS_20, HEADER_20, transcribed
from semstat.interop.formats.sdmx.ml20_reported import read_reported_20
from semstat.interop.formats.sdmx.model import Artefact, Message, OtherArtefact, Reference, Registration
from semstat.interop.formats.sdmx.parse_constraints import read_constraint
from semstat.interop.formats.sdmx.parse_identity import maintainable_grammar, read_identity, read_maintainable
from semstat.interop.formats.sdmx.parse_items import read_item_scheme
from semstat.interop.formats.sdmx.parse_metadata import METADATA_HEADER, header_structures, read_reported_metadata
from semstat.interop.formats.sdmx.parse_registry import REGISTRY_ROOTS, read_registry
from semstat.interop.formats.sdmx.parse_structures import read_data_structure
from semstat.interop.formats.sdmx.source import Source, raw_xml
from semstat.interop.formats.sdmx.vocabulary import ARTEFACTS, CONTAINERS, NAMESPACE_STEMS, STRUCTURE_HEADER
from semstat.interop.safety import read_xml
from semstat.validators.diagnostics import Diagnostic, Location, Severity
from semstat.validators.rules import finding

__all__ = ["parse_message", "read_artefacts"]

_SHOWN = 200
_IS_DATA = "the message holds a dataset, which is data and no structure; it is read where data are asked for"
_SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING}
_KINDS = (
    ("Query", "query"),
    ("Registry", "registry"),
    ("Submit", "registry"),
    ("Notify", "registry"),
    ("Metadata", "reference metadata"),
    ("Data", "data"),
    ("Error", "error"),
)


def _read_other(source: Source, element: etree._Element) -> OtherArtefact | None:
    name = read_identity(source, element)
    if name is None:
        return None
    known = ARTEFACTS[etree.QName(element).localname]
    found = source.gather(element, maintainable_grammar(known, parts=frozenset(), attributes=frozenset()))
    return OtherArtefact(read_maintainable(source, element, name, found))


_ROOTS_3 = ("Structure", "GenericMetadata", "RegistryInterface", "SubmitStructureRequest", "SubmitStructureResponse")
_ROOTS = {
    "1.0": frozenset[str](),
    "2.0": frozenset({"Structure", "RegistryInterface", "GenericMetadata", "MetadataReport", "MessageGroup"}),
    "2.1": REGISTRY_ROOTS | {"Structure", "GenericMetadata", "StructureSpecificMetadata"},
    **dict.fromkeys(("3.0", "3.1"), frozenset(_ROOTS_3)),
}
"""The root elements of the messages that are read, by version."""
_FORMS = (MAP_FORMS, HIERARCHY_FORMS, PROCESS_FORMS, FLOW_FORMS, METADATA_FORMS)
_READERS: dict[str, Callable[[Source, etree._Element], Artefact | None]] = {
    **{name: read_item_scheme for name, known in ARTEFACTS.items() if known.items},
    "DataStructure": read_data_structure,
    "ContentConstraint": read_constraint,
    "DataConstraint": read_constraint,
    "AvailabilityConstraint": read_constraint,
    "AttachmentConstraint": read_constraint,
    "MetadataConstraint": read_constraint,
    **{name: read_artefact(form) for forms in _FORMS for name, form in forms.items()},
}


def parse_message(data: bytes, *, origin: str) -> Message:
    """Return the artefacts of a structure message (SDMX-ML 2.1, 3.0 or 3.1) and what was found while reading it.

    Findings:
        Those of :func:`semstat.interop.safety.read_xml`; ``IO103`` not SDMX-ML, ``IO112`` another message or version,
        ``IO113`` no header, ``IO110`` no artefacts, ``IO111`` footer messages, ``IO108``, ``IO114``, ``DSD002``,
        ``DSD003``. One faulty artefact never loses its neighbours.

    Source:
        SDMX 2.1, 3.0 and 3.1, SDMXMessage.xsd, ``StructureType``.
    """
    tree = read_xml(data, origin=origin)
    if isinstance(tree, Diagnostic):
        return Message(origin, "xml", diagnostics=(tree,))
    root = tree.root
    namespace, local = etree.QName(root).namespace or "", etree.QName(root).localname
    stem = next((stem for stem in NAMESPACE_STEMS if namespace.startswith(stem)), None)
    where = Location(origin, tree.lines.get(root), path=local)
    if stem is None:
        message = f"the root element `{local}` (namespace `{namespace}`) is not that of an SDMX-ML message"
        return Message(origin, "xml", diagnostics=(finding("IO103", message, where, value=local),))
    version = NAMESPACE_STEMS[stem]
    # 2.0 is put into the words of 2.1 before it is read.
    words = next(known for known, number in NAMESPACE_STEMS.items() if number == "2.1") if version == "2.0" else stem
    source = Source(origin, version, words, tree.lines)
    artefacts: list[Artefact] = []
    if version == "1.0" or namespace != stem + "message" or local not in _ROOTS[version]:
        source.diagnostics.append(_unsupported(version, namespace == stem + "message", local, where))
        _error_texts(source, root)
    else:
        artefacts.extend(read_artefacts(source, root))
    return Message(origin, f"sdmx-ml-{version}", tuple(artefacts), tuple(source.diagnostics))


def read_artefacts(source: Source, root: etree._Element) -> tuple[Artefact, ...]:
    """Return the artefacts of the root element of a structure message.

    Findings:
        As :func:`parse_message`, from ``IO113`` on.
    """
    if etree.QName(root).localname in REGISTRY_ROOTS:
        kind, read = "registry", _registry
    else:
        kind, read = "structure", _old_artefacts if source.version == "2.0" else _artefacts
    artefacts = tuple(read(source, root))
    source.diagnostics += date_faults(source, artefacts)
    if not artefacts and not any(item.severity is Severity.ERROR for item in source.diagnostics):
        source.report("IO110", f"the {kind} message holds no artefact", root)
    return artefacts


def _unsupported(version: str, is_message: bool, local: str, where: Location) -> Diagnostic:
    if version == "1.0":
        text = f"this is an SDMX-ML {version} message (`{local}`), a version that is not read"
        return finding("IO112", text, where, value=local)
    kind = next((kind for word, kind in _KINDS if word in local), None)
    if kind is None or not is_message:
        return finding(
            "IO103", f"the root element `{local}` is not that of an SDMX-ML {version} message", where, value=local
        )
    text = f"this is an SDMX-ML {version} {kind} message (`{local}`), not a structure message"
    return finding("IO112", text, where, value=local)


def _error_texts(source: Source, root: etree._Element) -> None:
    """Report what an error message of a web service says."""
    if etree.QName(root).localname == "Error":
        for message in root.iter(f"{{{source.stem}message}}ErrorMessage"):
            _service_message(source, message, Severity.ERROR, speaker="the service")


def _artefacts(source: Source, root: etree._Element) -> Iterator[Artefact]:
    children = [child for child in root if isinstance(child.tag, str)]
    local_root = etree.QName(root).localname
    is_metadata = local_root in ("GenericMetadata", "StructureSpecificMetadata")
    headers = _headers(source, root, more=METADATA_HEADER if is_metadata else frozenset())
    structures = source.structures
    if headers and is_metadata and source.version == "2.1":
        structures = {**structures, **header_structures(source, headers[0])}
    for child in children:
        local = source.local(child.tag)
        if local == "Footer":
            _read_footer(source, child)
        elif local == "Structures" and not is_metadata:
            yield from _top_structures(source, child)
        elif local == "MetadataSet" and is_metadata:
            if local_root == "StructureSpecificMetadata":
                make_generic(source, child)
            yield from _metadata_set(source, child, structures)
        elif local != "Header":
            _unknown(source, child)


def _headers(source: Source, root: etree._Element, *, more: frozenset[str]) -> list[etree._Element]:
    headers = [child for child in root if isinstance(child.tag, str) and source.local(child.tag) == "Header"]
    for header in headers:
        _read_header(source, header, more=more)
    if not headers:
        source.report("IO113", "the message has no header", root)
    return headers


def _registry(source: Source, root: etree._Element) -> Iterator[Artefact]:
    children = [child for child in root if isinstance(child.tag, str)]
    if source.version == "2.0":
        _old_header(source, root)
    else:
        _headers(source, root, more=frozenset())
    for found in read_registry(source, root):
        if isinstance(found, Registration):
            yield found
        elif source.local(found.tag) == "Structures":
            yield from _structures(source, found)
        else:
            yield from _one(source, found)
    for child in children:
        if source.local(child.tag) == "Footer":
            _read_footer(source, child)


def _old_artefacts(source: Source, root: etree._Element) -> Iterator[Artefact]:
    children = [child for child in root if isinstance(child.tag, str)]
    containers = [child for child in children if etree.QName(child).localname in CONTAINERS_20]
    header = _old_header(source, root)
    for child in children:
        if etree.QName(child).localname == "MetadataSet" and etree.QName(root).localname != "Structure":
            reported = read_reported_20(source, child)
            if reported is not None:
                yield reported
        elif etree.QName(child).localname == "DataSet":
            source.report("IO112", _IS_DATA, child, value="DataSet")
        elif child is not header and child not in containers:
            _unknown(source, child)
    for element in transcribed(source, containers):
        yield from _one(source, element)


def _old_header(source: Source, root: etree._Element) -> etree._Element | None:
    header = next((child for child in root.iterchildren("{*}Header")), None)
    if header is None:
        source.report("IO113", "the message has no header", root)
        return None
    for part in header:
        name = etree.QName(part).localname if isinstance(part.tag, str) else "ID"
        if name not in HEADER_20:
            message = f"the element `{name}` does not belong into the header of a structure message"
            source.report("IO108", message, part, value=name)
    return header


def _top_structures(source: Source, element: etree._Element) -> Iterator[Artefact]:
    namespace = etree.QName(element).namespace
    if namespace != source.stem + "message":
        source.report("IO108", f"`Structures` is in the wrong namespace, `{namespace}`; it is read", element)
    yield from _structures(source, element)


def _unknown(source: Source, element: etree._Element) -> None:
    """Report an element that stands on no artefact; the start of its XML goes into the finding."""
    message = f"the element `{etree.QName(element).localname}` is not known here"
    source.report("IO108", message, element, value=raw_xml(element)[:_SHOWN])


def _metadata_set(source: Source, element: etree._Element, structures: Mapping[str, Reference]) -> Iterator[Artefact]:
    if source.version != "2.1":
        yield from _one(source, element)
        return
    reported = read_reported_metadata(source, element, structures)
    if reported is not None:
        yield reported


def _read_header(source: Source, element: etree._Element, *, more: frozenset[str]) -> None:
    for child in element:
        if isinstance(child.tag, str) and source.local(child.tag) not in STRUCTURE_HEADER | more:
            name = etree.QName(child).localname
            message = f"the element `{name}` does not belong into the header of a structure message"
            source.report("IO108", message, child, value=name)


def _read_footer(source: Source, element: etree._Element) -> None:
    for child in element:
        if isinstance(child.tag, str):
            _service_message(source, child, Severity.INFO, speaker="the footer")


def _service_message(source: Source, element: etree._Element, least: Severity, *, speaker: str) -> None:
    texts = [part for part in element if isinstance(part.tag, str) and source.local(part.tag) == "Text"]
    text = " ".join(" ".join(str(piece) for piece in part.itertext()) for part in texts)
    text = " ".join(text.split())
    severity = _SEVERITIES.get(element.get("severity", "").lower(), least)
    code = element.get("code", "")
    said = f"{speaker} says: {text}" + (f" (code {code})" if code else "")
    source.diagnostics.append(finding("IO111", said, source.at(element), severity=severity, value=code or None))


def _structures(source: Source, element: etree._Element) -> Iterator[Artefact]:
    for child in element:
        if not isinstance(child.tag, str):
            continue
        local = source.local(child.tag)
        if local in ARTEFACTS:
            yield from _one(source, child)
        elif local == "Structures":
            source.report("IO108", "`Structures` stands within `Structures`; what it holds is read", child)
            yield from _structures(source, child)
        elif local in CONTAINERS:
            for artefact in child:
                if isinstance(artefact.tag, str):
                    yield from _one(source, artefact)
        else:
            _unknown(source, child)


def _one(source: Source, element: etree._Element) -> Iterator[Artefact]:
    local = source.local(element.tag)
    if local not in ARTEFACTS:
        _unknown(source, element)
        return
    source.tally.clear()
    artefact = _READERS.get(local, _read_other)(source, element)
    if artefact is not None:
        yield artefact
