"""Registry messages of SDMX-ML 2.0 to 3.1: what they register, the structures that they carry, and what the registry says.

Source:
    SDMX 2.0, SDMXRegistry.xsd; SDMX 2.1, 3.0 and 3.1, SDMXRegistryBase.xsd, SDMXRegistryRegistration.xsd,
    SDMXRegistryStructure.xsd and SDMXRegistrySubscription.xsd.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from semstat.interop.formats.sdmx.forms import Child, Form, group, part, read_part, refers, token
from semstat.interop.formats.sdmx.ml20 import Transcriber
from semstat.interop.formats.sdmx.ml20_message import CONTAINERS_20, transcribed
from semstat.interop.formats.sdmx.ml20_registry import registration_20
from semstat.interop.formats.sdmx.model_registry import QueryableSource, Registration
from semstat.interop.formats.sdmx.parse_identity import close_tally
from semstat.interop.formats.sdmx.source import Source, raw_xml
from semstat.validators.diagnostics import Severity
from semstat.validators.rules import finding

__all__ = ["REGISTRY_ROOTS", "read_registry"]

REGISTRY_ROOTS = frozenset(
    [
        "RegistryInterface",
        "SubmitRegistrationsRequest",
        "SubmitRegistrationsResponse",
        "QueryRegistrationResponse",
        "SubmitStructureRequest",
        "SubmitStructureResponse",
    ]
)
"""The root elements of registry messages that can carry registrations or structures, or say what became of them."""

_SHOWN = 200
_GROUPS = frozenset(
    [
        *REGISTRY_ROOTS,
        "SubmitRegistrationRequest",
        "SubmitRegistrationResponse",
        "QueryStructureResponse",
        "RegistrationRequest",
        "QueryResult",
        "NotifyRegistryEvent",
        "StructuralEvent",
        "RegistrationEvent",
        "SubmissionResult",
        "Structure",
    ]
)
_RESULTS = frozenset(["DataResult", "MetadataResult", "RegistrationStatus"])
"""What holds a registration and, in 2.0, is one."""
_SERVICE = frozenset(
    [
        "QueryRegistrationRequest",
        "QueryStructureRequest",
        "SubmitSubscriptionRequest",
        "SubmitSubscriptionResponse",
        "SubmitSubscriptionsRequest",
        "SubmitSubscriptionsResponse",
        "QuerySubscriptionRequest",
        "QuerySubscriptionResponse",
        "SubmitProvisioningRequest",
        "SubmitProvisioningResponse",
        "QueryProvisioningRequest",
        "QueryProvisioningResponse",
    ]
)
"""Requests and replies that carry neither structures nor registrations."""
_SAID = frozenset(["StructureLocation", "Constraint", "EventTime", "ObjectURN", "RegistrationID", "SubscriptionURN"])
_STATED = frozenset(["action", "timeSeriesMatch", "externalDependencies", "returnConstraints"])
_STATUS = {"Warning": Severity.WARNING, "Failure": Severity.ERROR}

_QUERYABLE = Form(
    QueryableSource,
    (Child("DataURL", "data_url", token), Child("WSDLURL", "wsdl_url", token), Child("WADLURL", "wadl_url", token)),
    flags={"isRESTDatasource": "is_rest", "isWebServiceDatasource": "is_web_service"},
)
_DATA_SOURCE = Form(
    dict,
    (Child("SimpleDataSource", "simple_source", token), Child("QueryableDataSource", "queryable", part(_QUERYABLE))),
)


def _registration(*, where: Mapping[str, object] | None = None, **fields: object) -> Registration:
    return Registration(**fields, **(where or {}))  # type: ignore[arg-type]  # as the form below says


_CHILDREN = (
    Child("ProvisionAgreement", "agreement", refers("ProvisionAgreement")),
    Child("Datasource", "where", group(_DATA_SOURCE)),
)
_REGISTRATION = Form(
    _registration,
    _CHILDREN,
    texts={"id": "id", "validFrom": "valid_from", "validTo": "valid_to", "lastUpdated": "last_updated"},
    flags={
        "indexTimeSeries": "index_time_series",
        "indexDataSet": "index_data_set",
        "indexAttributes": "index_attributes",
        "indexReportingPeriod": "index_reporting_period",
    },
)
_REGISTRATION_20 = Form(
    _registration,
    (
        *_CHILDREN,
        Child("Dataflow", "flow", refers("Dataflow")),
        Child("Metadataflow", "flow", refers("Metadataflow")),
        Child("DataProvider", "provider", refers("DataProvider")),
    ),
    texts={"validFrom": "valid_from", "validTo": "valid_to", "lastUpdated": "last_updated", "action": "action"},
    kept=frozenset({"Constraint"}),
)


def read_registry(source: Source, root: etree._Element) -> Iterator[Registration | etree._Element]:
    """Yield the registrations of a registry message, and the elements that hold structures in the words of 2.1 or 3.x.

    Findings:
        ``IO111`` for what the registry says of a request, with the severity that it states; ``IO112`` for a request or
        reply of another kind; ``IO108`` for what is unknown, and for a registration that does not say of what it is;
        ``IO114`` for what is known and not interpreted.
    """
    containers: list[etree._Element] = []
    for child in _walk(source, root, containers):
        yield from _one(source, child)
    source.tally.clear()
    yield from transcribed(source, containers)


def _walk(source: Source, above: etree._Element, containers: list[etree._Element]) -> Iterator[etree._Element]:
    """Yield what stands in the groups of a message; the containers of 2.0 are set aside, since they belong together."""
    for child in above:
        if not isinstance(child.tag, str):
            continue
        local = etree.QName(child).localname
        if local in ("Header", "Footer") and above.getparent() is None:
            continue
        old = source.version == "2.0"
        if old and local in CONTAINERS_20:
            containers.append(child)
        elif not _is_ours(source, child):
            yield child
        elif local in _GROUPS or (local in _RESULTS and not old):
            _stated(source, child)
            yield from _walk(source, child, containers)
        else:
            yield child


def _is_ours(source: Source, element: etree._Element) -> bool:
    if source.version == "2.0":
        return Transcriber(source).local(element) is not None
    return source.local(str(element.tag)) is not None


def _stated(source: Source, element: etree._Element) -> None:
    """Report the attributes of a group: those that say what is asked of the registry are known, and not interpreted."""
    for key in map(str, element.attrib):
        text = f'`{key}="{element.get(key, "")}"` of `{etree.QName(element).localname}`'
        if key in _STATED:
            holds = any(etree.QName(child).localname == "Registration" for child in element.iterchildren("{*}*"))
            if key != "action" or not holds:
                source.report(
                    "IO114", f"{text} is read, and has no place in the graph", element, value=element.get(key)
                )
        elif not key.startswith("{"):
            source.report("IO108", f"the attribute {text} is not known", element, value=element.get(key))


def _one(source: Source, child: etree._Element) -> Iterator[Registration | etree._Element]:
    local = etree.QName(child).localname
    if not _is_ours(source, child):
        _unknown(source, child)
    elif local == "Registration" or local in _RESULTS:
        yield from _registrations(source, child)
    elif local == "Structures":
        yield child
    elif local == "StatusMessage":
        _status(source, child)
    elif local == "SubmittedStructure":
        _submitted(source, child)
    elif local in _SERVICE:
        message = f"`{local}` carries neither structures nor registrations, and is not read"
        source.report("IO112", message, child, value=local)
    elif local in _SAID:
        said = " ".join(_words(child))
        source.report("IO114", f"`{local}` of the registry message is not interpreted", child, value=said[:_SHOWN])
    else:
        _unknown(source, child)


def _unknown(source: Source, element: etree._Element) -> None:
    message = f"the element `{etree.QName(element).localname}` is not known here"
    source.report("IO108", message, element, value=raw_xml(element)[:_SHOWN])


def _registrations(source: Source, element: etree._Element) -> Iterator[Registration]:
    source.tally.clear()
    old = source.version == "2.0"
    made = registration_20(Transcriber(source), element) if old else element
    if old:
        _statuses(source, element)
    read = read_part(source, made, _REGISTRATION_20 if old else _REGISTRATION)
    close_tally(source, made, "registration")
    if not isinstance(read, Registration):
        return
    if read.agreement is None and read.flow is None and read.provider is None:
        message = "the registration does not say which provision agreement it belongs to; it is left out"
        source.report("IO108", message, element, value=raw_xml(element)[:_SHOWN])
        return
    above = element.getparent()
    action = above.get("action") if above is not None and not old else read.action
    yield replace(read, action=action)


def _statuses(source: Source, element: etree._Element) -> None:
    for child in element:
        if isinstance(child.tag, str) and etree.QName(child).localname == "StatusMessage":
            _status(source, child)


def _submitted(source: Source, element: etree._Element) -> None:
    """Report which structure a request or a reply speaks of, and what is asked for."""
    if any(etree.QName(child).localname == "StatusMessage" for child in element.itersiblings("{*}*")):
        return  # said together with the status
    source.report("IO114", f"what is asked of {_about(element)} is not interpreted", element)


def _about(element: etree._Element) -> str:
    """Return the structure that an element is about, and the action on it, in words."""
    named = " ".join(_words(element))
    action = element.get("action", "")
    return f"`{named}`" + (f" ({action})" if action else "")


def _words(element: etree._Element) -> Iterator[str]:
    for node in element.iter("{*}*"):
        text = (node.text or "").strip()
        if text:
            yield text
        elif etree.QName(node).localname == "Ref":
            yield f"{node.get('agencyID', '')}:{node.get('id', '')}({node.get('version', '1.0')})"


def _status(source: Source, element: etree._Element) -> None:
    status = element.get("status", "")
    beside = next((one for one in element.itersiblings("{*}*", preceding=True)), None)
    about = ""
    if beside is not None and etree.QName(beside).localname == "SubmittedStructure":
        about = f" of {_about(beside)}"
    for node in element.iterdescendants("{*}*"):
        if etree.QName(node).localname not in ("MessageText", "Text"):
            _unknown(source, node)
    texts = " ".join(_words(element))
    codes = [code for node in element.iter("{*}*") if (code := node.get("code"))]
    said = f"the registry says{about}: {status or 'no status'}" + (f", {texts}" if texts else "")
    said += f" (code {', '.join(codes)})" if codes else ""
    severity = _STATUS.get(status, Severity.INFO if status == "Success" else Severity.WARNING)
    found = finding("IO111", said, source.at(element), severity=severity, value=", ".join(codes) or status or None)
    source.diagnostics.append(found)
