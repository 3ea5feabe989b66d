"""Serve repositories over HTTP on loopback, by git's own CGI program."""

from __future__ import annotations

import base64
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import SplitResult, urlsplit

_SETTINGS = (
    ("uploadpack.allowFilter", "true"),
    ("safe.bareRepository", "all"),
    ("safe.directory", "*"),
)


@dataclass
class GitServer:
    """Serves `root/OWNER/NAME.git`; with a token, only to those who bring it.

    `faults` are statuses to answer with first.
    """

    root: Path
    token: str | None = None
    address: str = ""
    headers_seen: list[str] = field(default_factory=list)
    faults: list[int] = field(default_factory=list)

    def answer(self, handler: BaseHTTPRequestHandler) -> bool:
        """Answer a request of git; False when it is none."""
        parts = urlsplit(handler.path)
        if ".git/" not in parts.path:
            return False
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        given = handler.headers.get("Authorization", "")
        self.headers_seen.append(given)
        if self.faults:
            _send(handler, self.faults.pop(), {}, b"")
            return True
        wanted = base64.b64encode(f"x-access-token:{self.token}".encode()).decode()
        if self.token is not None and given != f"Basic {wanted}":
            _send(handler, 401, {}, b"")
            return True
        head, _, content = self._run(handler, parts, body).partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        _send(handler, int(fields.pop("Status", "200")[:3]), fields, content)
        return True

    def _run(self, handler: BaseHTTPRequestHandler, parts: SplitResult, body: bytes) -> bytes:
        environment = {
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": handler.headers.get("Content-Type", ""),
            "GIT_CONFIG_COUNT": str(len(_SETTINGS)),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_PROTOCOL": handler.headers.get("Git-Protocol", ""),
            "HTTP_CONTENT_ENCODING": handler.headers.get("Content-Encoding", ""),
            "PATH": os.environ["PATH"],
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "REQUEST_METHOD": handler.command,
        }
        for place, (key, value) in enumerate(_SETTINGS):
            environment |= {f"GIT_CONFIG_KEY_{place}": key, f"GIT_CONFIG_VALUE_{place}": value}
        done = subprocess.run(
            ["git", "http-backend"], env=environment, input=body, capture_output=True, check=False
        )
        return done.stdout


@contextmanager
def serving(root: Path, token: str | None = None) -> Iterator[GitServer]:
    """Yield a server that runs until the `with` block ends."""
    server = GitServer(root, token)
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(server.answer)) as listening:
        server.address = f"http://127.0.0.1:{listening.server_port}"
        thread = Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()


def _handler(
    answer: Callable[[BaseHTTPRequestHandler], bool],
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


def _send(
    handler: BaseHTTPRequestHandler, status: int, fields: dict[str, str], content: bytes
) -> None:
    handler.send_response(status)
    for name, value in {**fields, "Content-Length": str(len(content))}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(content)
