"""Speaking to one web server and to nobody else: what is sent goes to the address that the caller named, or nowhere.

Redirects to another host, or from a protected way to an open one, are refused; certificates are checked; an answer may take
so long and be so large, and no more. Proxies are not used. Who one is, is told only to that host, and only if it asks.

Source:
    RFC 9110, *HTTP Semantics*, 11 (authentication) and 15.4 (redirection); RFC 7616 and 7617 (digest and basic).
"""

import http.client
import ipaddress
import os
import re
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from netrc import NetrcParseError, netrc
from typing import IO
from urllib.response import addinfourl

from semstat.ontology.errors import SemstatError

__all__ = ["Address", "EndpointFailed", "EndpointRefused", "Reply", "exchange"]

_BLOCK = 1 << 18
_MOST_SAID = 2_000
"""Bytes of an error's text that are looked at."""
_FEW = 200
_USER, _PASSWORD, _TOKEN = "SEMSTAT_ENDPOINT_USER", "SEMSTAT_ENDPOINT_PASSWORD", "SEMSTAT_ENDPOINT_TOKEN"
_FAULTS = {400, 413, 422, 500}
_PORTS = {"http": 80, "https": 443}


class EndpointFailed(SemstatError):
    """An endpoint did not answer, or answered with something else than what was asked for."""


class EndpointRefused(EndpointFailed):
    """An endpoint took a request, and does not carry it out: it finds fault with what was sent."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is.

    Raises:
        EndpointFailed: the text is no address that begins with https:// or http://, or it holds a password.

    Example:
        >>> Address("https://example.org/sparql").host
        'example.org:443'
        >>> Address("https://me:secret@example.org/sparql")
        Traceback (most recent call last):
        ...
        semstat.interop.catalogue.web.EndpointFailed: an address holds no user and no password
    """

    url: str

    def __post_init__(self) -> None:
        if "@" in re.split("[/?#]", self.url.partition("//")[2], maxsplit=1)[0]:
            raise EndpointFailed("an address holds no user and no password", hint=f"set {_USER} and {_PASSWORD}")
        try:
            parts = urllib.parse.urlsplit(self.url)
            named = parts.hostname is not None and parts.scheme in _PORTS and parts.port != 0
        except ValueError:
            named = False
        if not named or not self.url.isascii() or any(letter <= " " for letter in self.url):
            raise EndpointFailed(f"{self.url!r} is no address that begins with https:// or http://")

    @property
    def host(self) -> str:
        """The host and the port."""
        parts = urllib.parse.urlsplit(self.url)
        return f"{parts.hostname}:{parts.port or _PORTS[parts.scheme]}"

    @property
    def is_protected(self) -> bool:
        """Whether nobody on the way can read along: the way is encrypted, or does not leave the machine."""
        parts = urllib.parse.urlsplit(self.url)
        if parts.scheme == "https" or parts.hostname == "localhost":
            return True
        try:
            return ipaddress.ip_address(parts.hostname or "").is_loopback
        except ValueError:
            return False

    def sibling(self, path: str) -> "Address":
        """Return another place of the same server.

        Example:
            >>> Address("http://localhost:8890/sparql").sibling("/sparql-auth").url
            'http://localhost:8890/sparql-auth'
        """
        parts = urllib.parse.urlsplit(self.url)
        return Address(urllib.parse.urlunsplit((parts.scheme, parts.netloc, path, "", "")))


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered: its headers by their names in small letters, and its bytes."""

    headers: Mapping[str, str]
    data: bytes

    @property
    def kind(self) -> str:
        """The media type, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def exchange(
    address: Address, data: bytes, *, kind: str, accept: str = "*/*", seconds: float, most_bytes: int
) -> Reply:
    """Send something and return the answer.

    Args:
        address: Where to.
        data: What is sent, as a POST.
        kind: Its media type.
        accept: What may come back.
        seconds: The most time until all of the answer is there.
        most_bytes: The most that the answer may hold.

    Raises:
        EndpointFailed: there was no answer, it is an error, or it is too late or too large.
    """
    end = time.monotonic() + seconds
    headers = {"Content-Type": kind, "Accept": accept, "User-Agent": "semstat", "Accept-Encoding": "identity"}
    token = os.environ.get(_TOKEN)
    if token and address.is_protected:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(address.url, data, headers, method="POST")  # noqa: S310 - an address is http or https
    try:
        with _opener(address).open(request, timeout=seconds) as answer:
            found = _received(answer, end, most_bytes, address)
            return Reply({name.lower(): value for name, value in answer.headers.items()}, found)
    except urllib.error.HTTPError as refused:
        with closing(refused):  # which may be closed already
            raise _refusal(refused, address) from refused
    except TimeoutError as late:
        raise _late(address, seconds) from late
    except urllib.error.URLError as problem:
        if isinstance(problem.reason, TimeoutError):
            raise _late(address, seconds) from problem
        raise EndpointFailed(f"{address.host} cannot be reached: {_reason(problem.reason)}") from problem
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise EndpointFailed(f"{address.host} broke off: {_reason(problem)}") from problem


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Goes where the server leads to, as long as that is the server."""

    def redirect_request(  # the library's parameters
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request:  # fmt: skip
        before = Address(req.full_url)
        fp.close()
        if urllib.parse.urlsplit(newurl).scheme not in _PORTS:
            raise EndpointFailed(f"{before.host} leads on to {newurl}, which nobody named")
        after = Address(newurl)
        if before.host != after.host:
            raise EndpointFailed(f"{before.host} leads on to {after.host}, which nobody named")
        if before.is_protected and not after.is_protected:
            raise EndpointFailed(f"{before.host} leads on to {newurl}, a way that others can read")
        if code not in {307, 308}:
            raise EndpointFailed(
                f"{before.host} leads on to {newurl} ({code}), and what was sent would be lost",
                hint=f"name {newurl} as the endpoint",
            )
        return urllib.request.Request(newurl, req.data, dict(req.header_items()), method="POST")  # noqa: S310


class _Credentials(urllib.request.HTTPPasswordMgr):
    """Tells one host who one is, from the environment or from the file ``.netrc``."""

    def __init__(self, address: Address) -> None:
        super().__init__()
        self._address = address

    def find_user_password(self, realm: str, authuri: str) -> tuple[str | None, str | None]:
        """Return the user and the password; none for another host."""
        if "//" in authuri and Address(authuri).host != self._address.host:
            return None, None
        user, password = os.environ.get(_USER), os.environ.get(_PASSWORD)
        if user is not None and password is not None:
            return user, password
        known = _netrc().get(urllib.parse.urlsplit(self._address.url).hostname or "")
        return known or (None, None)


class _Basic(urllib.request.HTTPBasicAuthHandler):
    """Sends a password as it is, which is only done where nobody can read along."""

    def retry_http_basic_auth(self, host: str, req: urllib.request.Request, realm: str) -> addinfourl | None:
        """Send it.

        Raises:
            EndpointFailed: others could read it.
        """
        address = Address(req.full_url)
        if not address.is_protected:
            raise EndpointFailed(
                f"{address.host} asks for a password over a way that others can read", hint="use https://"
            )
        return super().retry_http_basic_auth(host, req, realm)


def _opener(address: Address) -> urllib.request.OpenerDirector:
    """Return what speaks HTTP and nothing else: no files, no FTP, no proxies."""
    opener = urllib.request.OpenerDirector()
    known = _Credentials(address)
    for handler in (
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=_certificates()),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPDigestAuthHandler(known),
        _Basic(known),
        _SameHost(),
    ):
        opener.add_handler(handler)
    return opener


@cache
def _certificates() -> ssl.SSLContext:
    """Return whom the system trusts, which takes ten times as long to read as a request takes."""
    return ssl.create_default_context()


def _netrc() -> dict[str, tuple[str, str]]:
    try:
        return {host: (user, secret) for host, (user, _, secret) in netrc().hosts.items() if user and secret}
    except (OSError, NetrcParseError):
        return {}


def _received(answer: http.client.HTTPResponse, end: float, most_bytes: int, address: Address) -> bytes:
    found = bytearray()
    while chunk := answer.read1(_BLOCK):
        found += chunk
        if len(found) > most_bytes:
            raise EndpointFailed(
                f"the answer of {address.host} is larger than {most_bytes:,} bytes", hint="ask for less"
            )
        if time.monotonic() > end:
            raise TimeoutError
    stated = answer.headers.get("Content-Length", "")
    if stated.isdigit() and int(stated) != len(found):
        raise EndpointFailed(f"the answer of {address.host} broke off after {len(found):,} of {int(stated):,} bytes")
    return bytes(found)


def _late(address: Address, seconds: float) -> EndpointFailed:
    return EndpointFailed(
        f"{address.host} did not answer within {seconds:g} seconds", hint="ask for less, or give it more with --seconds"
    )


def _refusal(refused: urllib.error.HTTPError, address: Address) -> EndpointFailed:
    """Return what an answer that is an error says, in one sentence."""
    if refused.code in {401, 403}:
        hint = f"set {_USER} and {_PASSWORD}, or {_TOKEN}, or have the host in .netrc"
        if os.environ.get(_TOKEN) and not address.is_protected:
            hint = f"use https://, {_TOKEN} is not sent over a way that others can read"
        what = "wants to know who asks" if refused.code == 401 else "does not allow this"
        return EndpointFailed(f"{address.host} {what} ({refused.code})", hint=hint)
    if refused.code == 404:
        return EndpointFailed(f"{address.host} has no endpoint at {address.url} (404)")
    try:
        said = (
            ""
            if refused.headers.get_content_type() == "text/html"
            else refused.read(_MOST_SAID).decode("utf-8", "replace")
        )
    except (OSError, http.client.HTTPException, ValueError):  # what led in a circle is closed
        said = ""
    first = " ".join((said.strip().partition("\n\n")[0] or refused.reason or "no reason given").split())
    kind = EndpointRefused if refused.code in _FAULTS else EndpointFailed
    return kind(f"{address.host} answers {refused.code}: {first[:_FEW]}")


def _reason(problem: object) -> str:
    if isinstance(problem, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted ({problem.verify_message})"
    if isinstance(problem, OSError) and problem.strerror:
        return problem.strerror
    return str(problem) or type(problem).__name__
