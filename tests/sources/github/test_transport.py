"""One request over a real connection: bounded in size and time, encrypted, and to one server."""

from __future__ import annotations

import ipaddress
import re
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from zlib import compressobj

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from osmm_scan.errors import SourceError
from osmm_scan.sources.github.hosts import host_of
from osmm_scan.sources.github.transport import (
    ANSWER_BYTES,
    ConnectionFault,
    Silence,
    Transport,
    UnreadableAnswer,
)
from tests.github_fake.faults import Reply
from tests.github_fake.server import FakeGitHub
from tests.github_fake.world import TOKEN
from tests.sources.github.network import FakeClock

SECRET = "proxy-password"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def github() -> Iterator[FakeGitHub]:
    with FakeGitHub() as server:
        yield server


class RushingClock(FakeClock):
    """A clock on which a minute passes at every look."""

    def monotonic(self) -> float:
        self.now += 60
        return self.now


def _bomb(size: int) -> bytes:
    zipper = compressobj(wbits=31)
    chunk = b" " * 1_000_000
    return b"".join(zipper.compress(chunk) for _ in range(size // len(chunk))) + zipper.flush()


def test_an_answer_is_read(github: FakeGitHub) -> None:
    github.next(Reply(json={"a": "ü"}, headers={"x-some": "y"}))

    response = Transport(github.host(), FakeClock()).send("GET", "/user", secret=TOKEN)

    assert (response.status, response.content, response.headers["x-some"]) == (200, {"a": "ü"}, "y")
    assert github.questions[0].headers["authorization"] == f"Bearer {TOKEN}"


def test_nobody_sends_no_header(github: FakeGitHub) -> None:
    github.next(Reply(json={}))

    Transport(github.host(), FakeClock()).send("GET", "/user", secret=None)

    assert "authorization" not in github.questions[0].headers


def test_a_zip_bomb_is_not_unpacked(github: FakeGitHub) -> None:
    bomb = Reply(raw=_bomb(2 * ANSWER_BYTES), headers={"content-encoding": "gzip"})
    github.next(bomb)

    with pytest.raises(UnreadableAnswer, match="larger than"):
        Transport(github.host(), FakeClock()).send("GET", "/user", secret=None)

    assert len(bomb.raw or b"") < 1_000_000


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        pytest.param(Reply(raw=b'{"a": 1}', missing_bytes=3), UnreadableAnswer, id="cut off"),
        pytest.param(
            Reply(raw=b"no gzip", headers={"content-encoding": "gzip"}),
            UnreadableAnswer,
            id="not packed as it says",
        ),
    ],
)
def test_a_damaged_answer_is_none(github: FakeGitHub, reply: Reply, fault: type[Exception]) -> None:
    github.next(reply)

    with pytest.raises(fault, match="broke off"):
        Transport(github.host(), FakeClock()).send("GET", "/user", secret=None)


def test_an_answer_that_drips_is_given_up(github: FakeGitHub) -> None:
    github.next(Reply(raw=b" " * 2_000_000))

    with pytest.raises(Silence, match="longer than 180 seconds"):
        Transport(github.host(), RushingClock()).send("GET", "/user", secret=None)


@pytest.mark.parametrize("server", ["127.0.0.1:9", "[::1]:9"])
def test_nobody_listens(server: str) -> None:
    transport = Transport(host_of(f"http://{server}", "test"), FakeClock())

    with pytest.raises(ConnectionFault, match=f"^{re.escape(server)} cannot be reached;"):
        transport.send("GET", "/user", secret=None)


def test_a_proxy_that_is_down_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:{SECRET}@127.0.0.1:9")
    transport = Transport(host_of("https://git.example.org", "test"), FakeClock())

    with pytest.raises(SourceError, match="the proxy of HTTPS_PROXY") as failure:
        transport.send("GET", "/user", secret=TOKEN)

    assert SECRET not in f"{failure.value}{failure.value.__cause__}"


def test_a_netrc_is_not_read(
    github: FakeGitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "netrc"
    file.write_text(f"machine 127.0.0.1 login me password {SECRET}\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(file))
    github.next(Reply(json={}))

    Transport(github.host(), FakeClock()).send("GET", "/user", secret=None)

    assert "authorization" not in github.questions[0].headers


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

    server = HTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.handle_request)
    thread.start()

    host = host_of(f"https://127.0.0.1:{server.server_port}", "test")
    with pytest.raises(SourceError, match="certificate cannot be verified"):
        Transport(host, FakeClock()).send("GET", "/user", secret=TOKEN)
    thread.join()
    server.server_close()

    assert asked == []


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file
