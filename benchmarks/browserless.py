"""A signed-in Streamlit session without a browser: its websocket, spoken directly.

So the time of one rerun is the server's, and hundreds of sessions fit beside it.
"""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

DONE = ForwardMsg.ScriptFinishedStatus.Value("FINISHED_SUCCESSFULLY")


@contextmanager
def served(url: str, key: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The whole service on this database, in a process of its own, ready to be asked."""
    server = subprocess.Popen(
        [sys.executable, "-c", f"from mash_triage.web.server import serve; serve(port={port})"],
        env={**_environment(), "MASH_DATABASE_URL": url, "MASH_DATABASE_KEY": key},
    )
    try:
        _wait_until_ready(port)
        yield server
    finally:
        server.terminate()
        server.wait()


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "MASH_SECURE_COOKIE": "false"}


def _wait_until_ready(port: int, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if httpx.get(f"http://localhost:{port}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise RuntimeError("the service did not start")


def sign_in(port: int, name: str) -> str:
    """Press a demo person's button; gives the cookie header of her sign-in."""
    origin = f"http://localhost:{port}"
    with httpx.Client(base_url=origin, headers={"Origin": origin}) as browser:
        page = browser.get("/signin").text
        fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
        button = next(
            each for each in re.findall(r"<button.*?</button>", page, re.DOTALL) if name in each
        )
        person = re.search(r'value="([^"]+)"', button)
        assert person is not None
        browser.post("/signin/demo", data={**fields, "person": person[1]})
        return "; ".join(f"{each}={value}" for each, value in browser.cookies.items())


class Session:
    """One browser tab's connection."""

    def __init__(self, port: int, cookie: str) -> None:
        self.socket: ClientConnection = connect(
            f"ws://localhost:{port}/_stcore/stream",
            additional_headers={"Cookie": cookie},
            origin=f"http://localhost:{port}",
            subprotocols=["streamlit"],
            max_size=None,
            legacy=True,
        )

    def rerun(self, page: str, query: str = "") -> float:
        """Run a page from top to bottom; gives the seconds until the server says it is done."""
        ask = BackMsg()
        ask.rerun_script.page_name = page
        ask.rerun_script.query_string = query
        started = time.perf_counter()
        self.socket.send(ask.SerializeToString())
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(self.socket.recv(timeout=30))
            if answer.WhichOneof("type") == "script_finished" and answer.script_finished == DONE:
                return time.perf_counter() - started

    def close(self) -> None:
        """Leave."""
        self.socket.close()
