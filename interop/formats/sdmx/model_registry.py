"""What registry messages hold beside structures: registrations of data and of reference metadata.

Source:
    SDMX 2.1, 3.0 and 3.1, Section 5 (Registry), *Registration*; SDMXRegistryBase.xsd, ``RegistrationType``.
"""

from dataclasses import dataclass, field

from semstat.interop.formats.sdmx.model_facts import Reference

__all__ = ["QueryableSource", "Registration"]


@dataclass(frozen=True, slots=True)
class QueryableSource:
    """A service that answers queries: its address, the descriptions of it, and whether it speaks REST or SOAP."""

    line: int | None = field(compare=False)
    data_url: str | None = None
    wsdl_url: str | None = None
    wadl_url: str | None = None
    is_rest: bool | None = None
    is_web_service: bool | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Registration:
    """Where data or reference metadata can be fetched; it has no URN, and no identity outside its registry (``head``).

    ``flow`` and ``provider`` stand for the agreement in 2.0. ``action`` is what the registry is asked to do.
    """

    line: int | None = field(compare=False)
    id: str | None = None
    agreement: Reference | None = None
    flow: Reference | None = None
    provider: Reference | None = None
    simple_source: str | None = None
    queryable: QueryableSource | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    last_updated: str | None = None
    index_time_series: bool | None = None
    index_data_set: bool | None = None
    index_attributes: bool | None = None
    index_reporting_period: bool | None = None
    action: str | None = None
    unread: tuple[str, ...] = ()
    head: None = None
