"""Serve repositories over HTTP on loopback, by git's own CGI program."""

from __future__ import annotations

import base64
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit


class GitServer(ThreadingHTTPServer):
    """Serves `root/OWNER/NAME.git`; with a token, only to those who bring it."""

    def __init__(self, root: Path, token: str | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.root = root
        self.token = token
        self.headers_seen: list[str] = []

    @property
    def address(self) -> str:
        """Return where the server listens."""
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def serving(root: Path, token: str | None = None) -> Iterator[GitServer]:
    """Yield a running server."""
    server = GitServer(root, token)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: GitServer

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, body: bytes) -> None:
        given = self.headers.get("Authorization", "")
        self.server.headers_seen.append(given)
        wanted = base64.b64encode(f"x-access-token:{self.server.token}".encode()).decode()
        if self.server.token is not None and given != f"Basic {wanted}":
            self.send_error(401)
            return
        done = self._run(body)
        head, _, content = done.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(fields.pop("Status", "200")[:3]))
        for name, value in fields.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _run(self, body: bytes) -> bytes:
        parts = urlsplit(self.path)
        settings = ("uploadpack.allowFilter", "safe.bareRepository=all", "safe.directory=*")
        names = [setting.split("=") for setting in settings]
        environment = {
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "GIT_CONFIG_COUNT": str(len(names)),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROJECT_ROOT": str(self.server.root),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "PATH": os.environ["PATH"],
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "REQUEST_METHOD": self.command,
        }
        for place, (key, *value) in enumerate(names):
            environment[f"GIT_CONFIG_KEY_{place}"] = key
            environment[f"GIT_CONFIG_VALUE_{place}"] = value[0] if value else "true"
        done = subprocess.run(
            ["git", "http-backend"], env=environment, input=body, capture_output=True, check=False
        )
        return done.stdout
