"""Registrations as registry messages of SDMX-ML 2.1, 3.0 and 3.1.

Source:
    SDMX 2.1, 3.0 and 3.1, SDMXMessage.xsd, ``RegistryInterfaceType``; SDMXRegistryBase.xsd, ``RegistrationType``.
"""

from collections.abc import Iterable, Iterator

from semstat.interop.formats.sdmx.account import Account
from semstat.interop.formats.sdmx.dialects import Dialect
from semstat.interop.formats.sdmx.fit import fit_reference
from semstat.interop.formats.sdmx.header import Header, Party
from semstat.interop.formats.sdmx.lift_tables import holder_of
from semstat.interop.formats.sdmx.model import Artefact
from semstat.interop.formats.sdmx.model_registry import QueryableSource, Registration
from semstat.interop.formats.sdmx.serialise_facts import party_element
from semstat.interop.formats.sdmx.serialise_references import reference
from semstat.interop.formats.sdmx.target import Writing
from semstat.interop.formats.sdmx.xml_text import Element, escaped, lines
from semstat.validators.diagnostics import Severity

__all__ = ["serialise_registrations"]

_SPACES = ("message", "registry", "common")
_UNKNOWN = Party("UNKNOWN")


def serialise_registrations(
    artefacts: Iterable[Artefact], dialect: Dialect, header: Header, account: Account, *, source: str = ""
) -> Iterator[str]:
    """Yield the text of a request to register what some artefacts register; the same artefacts give the same text.

    A registration that names no action is to be added (``Append``).

    Args:
        artefacts: What to write; other artefacts than registrations go on the account.
        dialect: The version to write.
        header: Who sends what; it must have ``id``, ``prepared`` and ``sender``.
        account: Receives IO201 for structures, IO202 for what was kept raw, IO212 for a registration without agreement
            or source.
        source: The version of SDMX that the artefacts were read from, ``""`` if that is not known.

    Raises:
        ValueError: the header lacks a part that the schema demands.
    """
    if header.id is None or header.prepared is None or header.sender is None:
        raise ValueError("a message needs an id, a date of preparation and a sender")
    requests = tuple(_requests(artefacts, dialect, account, source))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    spaces = "".join(f' xmlns:{name[:3]}="{escaped(dialect.stem + name)}"' for name in _SPACES)
    yield f"<mes:RegistryInterface{spaces}>\n"
    yield from lines(_header(header), 1)
    if requests:
        yield from lines(Element("mes:SubmitRegistrationsRequest", children=requests), 1)
    yield "</mes:RegistryInterface>\n"


def _header(header: Header) -> Element:
    receivers = header.receivers or (_UNKNOWN,)
    said = (
        Element("mes:ID", text=header.id or ""),
        Element("mes:Test", text="true" if header.test else "false"),
        Element("mes:Prepared", text=header.prepared or ""),
        party_element("mes:Sender", header.sender or _UNKNOWN),
        party_element("mes:Receiver", receivers[0]),
    )
    return Element("mes:Header", children=said)


def _requests(artefacts: Iterable[Artefact], dialect: Dialect, account: Account, source: str) -> Iterator[Element]:
    for artefact in artefacts:
        holder = holder_of(artefact) if isinstance(artefact, Registration) else artefact.head
        writing = Writing(dialect, account.of(holder.name if holder is not None else None), source)
        if not isinstance(artefact, Registration):
            writing.entry.lose("IO201", "it is left out: a request to register holds no structures")
            continue
        made = _registration(artefact, writing)
        if made is not None:
            account.written += 1
            yield Element("reg:RegistrationRequest", (("action", artefact.action or "Append"),), children=(made,))


def _registration(registration: Registration, writing: Writing) -> Element | None:
    """Return a registration; ``None`` where it lacks what the schema demands."""
    sources = tuple(_sources(registration, writing))
    lacking = "provision agreement" if registration.agreement is None else "source" if not sources else None
    if registration.agreement is None or lacking is not None:
        message = f"a registration is left out: it names no {lacking}, which the schema demands"
        writing.entry.lose("IO212", message, value=registration.id, severity=Severity.ERROR)
        return None
    for kept in registration.unread:
        writing.lose_raw(kept)
    beside = [one.name.urn for one in (registration.flow, registration.provider) if one is not None]
    if beside:
        message = "the flow and the provider are those of the agreement, and not named beside it"
        writing.entry.lose("IO206", message, value=" ".join(beside), count=len(beside))
    agreement = fit_reference(registration.agreement, writing)
    children = (
        reference("reg:ProvisionAgreement", agreement.name, writing),
        Element("reg:Datasource", children=sources),
    )
    return Element("reg:Registration", tuple(_attributes(registration)), children=children)


def _attributes(registration: Registration) -> Iterator[tuple[str, str]]:
    stated: tuple[tuple[str, str | bool | None], ...] = (
        ("id", registration.id),
        ("validFrom", registration.valid_from),
        ("validTo", registration.valid_to),
        ("lastUpdated", registration.last_updated),
        ("indexTimeSeries", registration.index_time_series),
        ("indexDataSet", registration.index_data_set),
        ("indexAttributes", registration.index_attributes),
        ("indexReportingPeriod", registration.index_reporting_period),
    )
    for key, value in stated:
        if value is not None:
            yield key, value if isinstance(value, str) else _word(value)


def _word(value: bool | None) -> str:
    return "true" if value else "false"


def _sources(registration: Registration, writing: Writing) -> Iterator[Element]:
    if registration.simple_source is not None:
        yield Element("reg:SimpleDataSource", text=registration.simple_source)
    if registration.queryable is not None:
        yield _queryable(registration.queryable, writing)


def _queryable(asked: QueryableSource, writing: Writing) -> Element:
    for kept in asked.unread:
        writing.lose_raw(kept)
    if asked.is_rest is None or asked.is_web_service is None:
        message = (
            "whether a service speaks REST or is a web service is not said; `false` is written for what is missing"
        )
        writing.entry.lose("IO212", message, value=asked.data_url)
    stated = (
        ("isRESTDatasource", _word(asked.is_rest)),
        ("isWebServiceDatasource", _word(asked.is_web_service)),
    )
    addresses = (("DataURL", asked.data_url or ""), ("WSDLURL", asked.wsdl_url), ("WADLURL", asked.wadl_url))
    children = tuple(Element(f"com:{name}", text=text) for name, text in addresses if text is not None)
    return Element("reg:QueryableDataSource", stated, children=children)
