"""Real web servers for tests: they keep what they were told and answer as they are told to."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Listener:
    """What came, and the answers still to give (status, headers, body); then 200."""

    port: int = 0
    requests: list[Request] = field(default_factory=list)
    answers: list[tuple] = field(default_factory=list)

    def answer(self, request: Request) -> tuple:
        """What to say to this request."""
        self.requests.append(request)
        return self.answers.pop(0) if self.answers else (200, {}, b"{}")


@contextmanager
def listener(heard: Listener | None = None) -> Iterator[Listener]:
    """A web server on this machine as long as the block lasts."""
    heard = heard or Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            request = Request(self.command, self.path, self.headers, body)
            status, headers, *content = heard.answer(request)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(b"".join(content))))
            self.end_headers()
            self.wfile.write(b"".join(content))

        do_GET = do_POST

        def log_message(self, *_words) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    heard.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}).start()
    try:
        yield heard
    finally:
        server.shutdown()
        server.server_close()
