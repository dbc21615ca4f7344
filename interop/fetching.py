"""Fetching structures and data from agencies' web services, because somebody asked to: nothing else uses the network."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from semstat.interop.counting import Limits, refusal
from semstat.interop.formats.sdmx.rest import Service, UnknownService, services
from semstat.interop.watching import Progress, Step
from semstat.interop.writing import replacing

if TYPE_CHECKING:
    from requests import PreparedRequest, Response, Session

__all__ = ["Fetched", "Service", "UnknownService", "fetch", "services"]

_BLOCK = 1 << 20
_SUFFIXES = (("sdmx-ml", ".xml"), ("sdmx-json", ".json"), ("sdmx-csv", ".csv"), ("csv", ".csv"))


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that was fetched: what it holds (``"structure"`` or ``"data"``), where it came from, its size in bytes."""

    what: str
    path: Path
    url: str
    size: int


def fetch(
    service: Service,
    flow: str,
    key: str | None = None,
    *,
    into: Path,
    params: Mapping[str, str] | None = None,
    only: str | None = None,
    limits: Limits = Limits(),
    progress: Progress | None = None,
) -> Iterator[Fetched]:
    """Fetch a dataflow's structure and data into files, byte for byte as the service sends them.

    Args:
        service: The web service.
        flow: The dataflow's id.
        key: Dimension values joined by dots, empty for any and ``+`` between alternatives; by default all series.
        into: The folder for ``FLOW-structure.xml`` and ``FLOW-data.xml`` (or .json, .csv: what the service sent).
        params: Further parameters of the query for data, such as ``startPeriod``.
        only: ``"structure"`` (dataflow, data structure, code lists, concepts, constraints) or ``"data"``; else both.
        limits: ``stream_bytes`` bounds each answer.
        progress: Told what is being fetched.

    Yields:
        Each file once it is complete.

    Raises:
        MissingExtra: sdmx1 is not installed.
        UnknownService: there is no service of that name.
        InputRefused: the service cannot be reached or refuses (IO104), or sends too much (IO107).
        OSError: a file cannot be written.

    Source:
        SDMX REST API 1.x (SDMX 2.1, Section 7), queries for structural metadata and data.
    """
    session = service.session()
    wanted: list[tuple[str, Callable[[], PreparedRequest]]] = []
    if only != "data":
        wanted.append(("structure", lambda: service.structure(flow)))
    if only != "structure":
        wanted.append(("data", lambda: service.data(flow, key, params or {})))
    for what, request_of in wanted:
        try:
            request = request_of()
        except NotImplementedError:
            raise refusal("IO104", f"the service does not answer queries for {what}", service.name) from None
        if progress is not None:
            progress(Step(f"fetching {request.url}"))
        yield _fetched(session, request, what, into / f"{flow.replace('/', '-')}-{what}", service.timeout, limits)


def _fetched(
    session: "Session", request: "PreparedRequest", what: str, stem: Path, timeout: float, limits: Limits
) -> Fetched:
    import requests

    url = str(request.url)
    try:
        with session.send(request, stream=True, timeout=timeout) as response:
            _judge(response, url)
            blocks = response.iter_content(_BLOCK)
            first = next(blocks, b"")
            if not first:
                raise refusal("IO105", "the web service sent nothing", url)
            path = stem.with_name(stem.name + _suffix(first))
            with replacing(path) as file:
                size = _copy(chain([first], blocks), file, url, limits)
    except requests.RequestException as problem:
        raise refusal("IO104", f"the web service did not answer: {_reason(problem)}", url) from problem
    return Fetched(what, path, url, size)


def _judge(response: "Response", url: str) -> None:
    """Refuse an answer that is none, or that came over an unprotected way where a protected one was asked for."""
    if urlsplit(url).scheme == "https" and urlsplit(response.url).scheme != "https":
        raise refusal("IO102", f"the web service leads on to `{response.url}`, which is not protected", url)
    if response.status_code >= 400:
        reason = response.reason or "no reason given"
        raise refusal("IO104", f"the web service answers {response.status_code} ({reason})", url)


def _copy(blocks: Iterable[bytes], file: BinaryIO, url: str, limits: Limits) -> int:
    size = 0
    for block in blocks:
        size += len(block)
        if size > limits.stream_bytes:
            raise refusal("IO107", f"the web service sends more than {limits.stream_bytes} bytes", url)
        file.write(block)
    return size


def _suffix(head: bytes) -> str:
    from semstat.interop.recognise import sniff_bytes

    name = sniff_bytes(head) or ""
    return next((suffix for stem, suffix in _SUFFIXES if name.startswith(stem)), ".dat")


def _reason(problem: Exception) -> str:
    """Return the innermost reason of a chain of network errors."""
    reason = getattr(problem.args[0], "reason", None) if problem.args else None
    text = str(reason or problem)
    return text.rpartition(": ")[2] or type(problem).__name__
