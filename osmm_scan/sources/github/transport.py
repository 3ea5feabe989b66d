"""Send one request through PyGithub and read its answer within bounds of time and size.

PyGithub follows redirects without their query, polls a 202 for ever, and reads without a bound; its
connection is replaced here by one that does none of this. Limits and retries are not known here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
import urllib3
from github import Auth, Github
from github.Requester import HTTPSRequestsConnectionClass, RequestsResponse

from osmm_scan import __version__
from osmm_scan.errors import SourceError
from osmm_scan.sources.github.clock import Clock

if TYPE_CHECKING:
    from osmm_scan.sources.github.hosts import Host

CONNECT_SECONDS = 10
READ_SECONDS = 60
ANSWER_SECONDS = 180
ANSWER_BYTES = 64 * 1024 * 1024

Read: TypeAlias = "Callable[[Mapping[str, str], bytes], Any]"

_CHUNK = 64 * 1024
_MOST_REDIRECTS = 3
_REDIRECTS = {301, 302, 307, 308}
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What came back: header names in lower case, and the JSON, None for whatever else it was."""

    status: int
    headers: Mapping[str, str]
    content: Any
    size: int


class ConnectionFault(Exception):
    """No answer could be had this time; the text says why and holds nothing secret."""


class Silence(ConnectionFault):
    """The server took too long, as it does over a question that is too heavy."""


class UnreadableAnswer(Exception):
    """An answer came but broke off, was too large, or leads elsewhere."""


class Transport:
    """The way to one server, for one request at a time.

    `read` turns headers and body into what an answer holds, JSON unless told otherwise.
    """

    def __init__(
        self, host: Host, clock: Clock, *, read: Read | None = None, limit: int = ANSWER_BYTES
    ) -> None:
        self._host = host
        self._clock = clock
        self._bearer = _Bearer()
        self._connection = _Connection(host, clock, read or _content, limit)
        client = Github(
            base_url=host.rest,
            auth=self._bearer,
            user_agent=f"osmm-scan/{__version__}",
            retry=None,
            seconds_between_requests=None,
            seconds_between_writes=None,
            lazy=True,
        )
        self._requester = client.requester

    def send(
        self,
        verb: str,
        address: str,
        *,
        secret: str | None,
        parameters: Mapping[str, str | int | bool] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> Response:
        """Return the answer whatever its status.

        Raises `ConnectionFault` or `UnreadableAnswer`, and `SourceError` where trying again is no
        use: a certificate that cannot be verified, a proxy that refuses.
        """
        with _translated(self._host):
            self._bearer.secret = secret
            self._requester.requestJson(
                verb,
                address,
                parameters=dict(parameters or {}),
                headers={"Accept": "application/vnd.github+json"},
                input=body,
                cnx=self._connection,
            )
            return self._connection.answer


class _Bearer(Auth.Auth):
    """The header of whatever token is valid at the moment, or none."""

    def __init__(self) -> None:
        self.secret: str | None = None

    @property
    def token_type(self) -> str:
        return "Bearer"

    @property
    def token(self) -> str:
        return self.secret or ""

    def authentication(self, headers: dict[str, Any]) -> None:
        if self.secret:
            headers["Authorization"] = f"Bearer {self.secret}"

    def mask_authentication(self, headers: dict[str, Any]) -> None:
        if "Authorization" in headers:
            headers["Authorization"] = "<hidden>"


class _Connection(HTTPSRequestsConnectionClass):
    """PyGithub's connection with bounded reading, and redirects to the same server only."""

    def __init__(self, host: Host, clock: Clock, read: Read, limit: int) -> None:
        parts = urlsplit(host.rest)
        super().__init__(parts.hostname or "", parts.port or _PORTS[parts.scheme])
        self._server = f"{parts.scheme}://{parts.netloc}"
        self.timeout = (CONNECT_SECONDS, READ_SECONDS)  # type: ignore[assignment] # both reach requests
        # Even when told not to follow, requests reads the whole body and the address of a redirect.
        self.session.get_redirect_target = _nowhere  # type: ignore[method-assign]
        self._clock = clock
        self._content = read
        self._limit = limit
        self._origin = _origin(parts)
        self.answer = Response(status=0, headers={}, content=None, size=0)

    def getresponse(self) -> RequestsResponse:
        """Return an answer that PyGithub does not act upon; the real one is in `answer`."""
        address = f"{self._server}{self.url}"
        for _ in range(_MOST_REDIRECTS + 1):
            response = self._send(address)
            headers = {name.lower(): value for name, value in response.headers.items()}
            with response:
                body = self._read(response)
            if response.status_code not in _REDIRECTS or "location" not in headers:
                self.answer = Response(
                    status=response.status_code,
                    headers=headers,
                    content=self._content(headers, body),
                    size=len(body),
                )
                return RequestsResponse(_silent())
            address = self._followed(address, headers["location"])
        raise UnreadableAnswer("the server redirects without an end")

    def _send(self, address: str) -> requests.Response:
        return self.session.request(
            self.verb,
            address,
            headers=self.headers,
            data=self.input,
            timeout=self.timeout,
            verify=True,
            allow_redirects=False,
            stream=True,
        )

    def _read(self, response: requests.Response) -> bytes:
        deadline = self._clock.monotonic() + ANSWER_SECONDS
        chunks: list[bytes] = []
        size = 0
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            chunks.append(chunk)
            size += len(chunk)
            if size > self._limit:
                raise UnreadableAnswer(f"the answer is larger than {self._limit} bytes")
            if self._clock.monotonic() > deadline:
                raise Silence(f"the answer took longer than {ANSWER_SECONDS} seconds")
        return b"".join(chunks)

    def _followed(self, address: str, location: str) -> str:
        target = urljoin(address, location)
        try:
            same = _origin(urlsplit(target)) == self._origin
        except ValueError:
            same = False
        if not same:
            # The token belongs to one server; an answer from elsewhere would prove nothing.
            raise UnreadableAnswer("the server redirects to another one, which is not asked")
        return target


def _content(headers: Mapping[str, str], body: bytes) -> Any:
    """Return the parsed body, None for what is no JSON or does not say that it is."""
    if "json" not in headers.get("content-type", ""):
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _origin(parts: SplitResult) -> tuple[str, str, int]:
    port = parts.port or _PORTS.get(parts.scheme, 0)
    return parts.scheme, (parts.hostname or "").lower(), port


def _nowhere(resp: requests.Response) -> str | None:
    return None


def _silent() -> requests.Response:
    """Return an answer of no content, on which PyGithub has nothing to do."""
    response = requests.Response()
    response.status_code = 200
    response._content = b""
    return response


@contextmanager
def _translated(host: Host) -> Iterator[None]:
    """Turn failures of the libraries into ours. Their texts may hold a proxy's password."""
    name = urlsplit(host.rest).netloc
    try:
        yield
    except requests.exceptions.SSLError as error:
        raise SourceError(
            f"{name}: its certificate cannot be verified; "
            "REQUESTS_CA_BUNDLE may name the certificates of your network"
        ) from _nameless(error)
    except requests.exceptions.ProxyError as error:
        raise SourceError(f"{name}: the proxy of HTTPS_PROXY refuses or is down") from _nameless(
            error
        )
    except (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError) as error:
        raise Silence(f"{name} did not answer in time") from _nameless(error)
    except (requests.exceptions.ConnectionError, urllib3.exceptions.HTTPError, OSError) as error:
        raise _broken(name, error) from _nameless(error)


def _broken(name: str, error: Exception) -> Exception:
    if isinstance(error, requests.exceptions.ConnectionError):
        return ConnectionFault(f"{name} cannot be reached; HTTPS_PROXY may name a proxy")
    return UnreadableAnswer("the answer broke off or cannot be decoded")


def _nameless(error: Exception) -> Exception:
    return Exception(type(error).__name__)
