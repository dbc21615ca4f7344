"""Queries to agencies' web services, put into words by sdmx1, which knows their addresses and habits.

sdmx1 only makes the request; the answer is kept byte for byte and read by our own readers. This module belongs to the
bridge, which hands sdmx1 out behind its fence.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from semstat.interop.formats.sdmx.bridge import UnknownService, client_of, fenced

if TYPE_CHECKING:
    from requests import PreparedRequest, Session

__all__ = ["Service", "UnknownService", "services"]

_STRUCTURE_SPECIFIC = "application/vnd.sdmx.structurespecificdata+xml;version=2.1"


def services() -> Iterator[tuple[str, str, str]]:
    """Yield id, name and address of the web services that sdmx1 knows, in the order of their ids.

    Raises:
        MissingExtra: sdmx1 is not installed.
    """
    with fenced() as sdmx:
        known = [sdmx.source.sources[identifier] for identifier in sorted(sdmx.source.sources)]
    yield from ((str(source.id), str(source.name), str(source.url)) for source in known if source.url)


@dataclass(frozen=True, slots=True)
class Service:
    """A web service: one that sdmx1 knows by ``name``, or any other at ``url``; ``agency`` is whose artefacts are asked for.

    ``timeout`` is how many seconds the service may stay silent.
    """

    name: str
    url: str | None = None
    agency: str | None = None
    timeout: float = 60.0

    def structure(self, flow: str) -> "PreparedRequest":
        """Return the request for a dataflow with all that it refers to.

        Raises:
            MissingExtra: sdmx1 is not installed.
            UnknownService: it knows no service of that name.
            NotImplementedError: the service does not answer questions about structures.
        """
        # sdmx1 asks for what the service itself maintains; at an address of one's own nobody knows who that is.
        agency = self.agency or ("all" if self.url is not None else None)
        owner: dict[str, Any] = {"agency_id": agency} if agency is not None else {}
        with fenced() as sdmx:
            get = client_of(sdmx, self.name, self.url).get
            return _prepared(get("dataflow", flow, params={"references": "all"}, dry_run=True, **owner))

    def data(self, flow: str, key: str | None, params: Mapping[str, str]) -> "PreparedRequest":
        """Return the request for the data of a dataflow, structure-specific where the service lets us choose.

        Raises:
            MissingExtra: sdmx1 is not installed.
            UnknownService: it knows no service of that name.
        """
        chosen: dict[str, Any] = {"key": key} if key else {}
        with fenced() as sdmx:
            request = _prepared(
                client_of(sdmx, self.name, self.url).get("data", flow, params=dict(params), dry_run=True, **chosen)
            )
        if request.headers.get("Accept", "*/*") == "*/*":
            request.headers["Accept"] = f"{_STRUCTURE_SPECIFIC}, */*;q=0.5"
        return request

    def session(self) -> "Session":
        """Return the session that sends the requests: certificates checked, few redirections."""
        with fenced() as sdmx:
            session: Session = client_of(sdmx, self.name, self.url).session
        session.max_redirects = 5
        return session


def _prepared(request: object) -> "PreparedRequest":
    """Return what sdmx1 announces as a request, and prepares already."""
    from requests import PreparedRequest

    assert isinstance(request, PreparedRequest)
    return request
