"""Many windows of the running service at once, each as its websocket: what a browser sends when a
page is opened, a button is pressed or words are written, and what it is shown after that. Hundreds
of real browsers would not fit beside the tests.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from tests.running import Running

T = TypeVar("T")
DRAWN = ForwardMsg.ScriptFinishedStatus.Value("FINISHED_SUCCESSFULLY")
_REFERENCE = re.compile(r"Your reference<strong>([^<]+)<")
_NO = re.compile(r'<p class="mash-refused"[^>]*>([^<]*)<')
_FAILED = ("mash-not-stored", "Something went wrong", "You are signed out")


@dataclass
class Window:
    """One window of a browser: the page and address it stands at, and what is drawn in it."""

    line: ClientConnection
    page: str = ""
    query: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)
    boxes: dict[str, str] = field(default_factory=dict)
    html: list[str] = field(default_factory=list)
    ticked: WidgetState | None = None

    async def open(self, page: str, **query: str) -> None:
        """Go to a page by its address."""
        ask = BackMsg()
        ask.rerun_script.page_name = page
        ask.rerun_script.query_string = self.query = urlencode(query)
        await self.line.send(ask.SerializeToString())
        await self._follow()

    async def press(self, label: str, *, wait: bool = True) -> None:
        """Press a button that is drawn in this window."""
        await self._send(WidgetState(id=self.buttons[label], trigger_value=True))
        if wait:
            await self._follow()

    async def tick(self, label: str, *, wait: bool = True) -> None:
        """Tick a box whose label begins so; perhaps without waiting for what the page makes of it,
        so that the next touch comes while it is busy.
        """
        name = next(each for each in self.boxes if each.startswith(label))
        self.ticked = WidgetState(id=self.boxes[name], bool_value=True)
        await self._send()
        if wait:
            await self._follow()

    @property
    def at(self) -> str:
        """The page that is open."""
        return self.pages.get(self.page, "")

    @property
    def received(self) -> str | None:
        """The reference of the receipt that is drawn; none where none is."""
        return next((found[1] for each in self.html if (found := _REFERENCE.search(each))), None)

    @property
    def refused(self) -> list[str]:
        """The sentences that say no."""
        return [found[1] for each in self.html if (found := _NO.search(each))]

    @property
    def failed(self) -> bool:
        """Is it told of a fault, of a database that did not answer, or to sign in?"""
        return any(words in each for each in self.html for words in _FAILED)

    # ------------------------------------------------------------ the line

    async def _send(self, *pressed: WidgetState) -> None:
        """What a browser says with each touch: all that is ticked here, and what was pressed."""
        ask = BackMsg()
        ask.rerun_script.page_script_hash = self.page
        ask.rerun_script.query_string = self.query
        ticked = [self.ticked] if self.ticked else []
        ask.rerun_script.widget_states.widgets.extend([*ticked, *pressed])
        await self.line.send(ask.SerializeToString())

    async def until_received(self, seconds: float) -> None:
        """Take in what is drawn until a receipt is, but not for longer than this."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.received is None:
                    await self._follow()

    async def _follow(self) -> None:
        """Take in what is drawn until the page rests, through every change of page."""
        while True:
            told = ForwardMsg.FromString(await self.line.recv())
            match told.WhichOneof("type"):
                case "new_session":
                    self.page = told.new_session.page_script_hash
                    self.buttons, self.boxes, self.html = {}, {}, []
                case "navigation":
                    self.page = told.navigation.page_script_hash
                    pages = told.navigation.app_pages
                    self.pages = {each.page_script_hash: each.url_pathname for each in pages}
                case "page_info_changed":
                    self.query = told.page_info_changed.query_string
                case "delta":
                    self._draw(told.delta.new_element)
                case "script_finished" if told.script_finished == DRAWN:
                    return

    def _draw(self, element: Element) -> None:
        match element.WhichOneof("type"):
            case "button":
                self.buttons[element.button.label] = element.button.id
            case "checkbox":
                self.boxes[element.checkbox.label] = element.checkbox.id
            case "html":
                self.html.append(element.html.body)


def together(walk: Coroutine[Any, Any, T]) -> T:
    """Walk this to its end; in a thread of its own, since a browser's driver may hold this one."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, walk).result()


@asynccontextmanager
async def window(service: Running, token: str) -> AsyncIterator[Window]:
    """A window that shows the cookie of this sign-in."""
    async with connect(
        f"ws://127.0.0.1:{service.port}/_stcore/stream",
        additional_headers={"Cookie": f"__Host-mash_session={token}"},
        origin=f"http://127.0.0.1:{service.port}",
        subprotocols=["streamlit"],
        max_size=None,
        max_queue=None,
        compression=None,
        open_timeout=60,
        ping_interval=None,
        proxy=None,
    ) as line:
        yield Window(line)
