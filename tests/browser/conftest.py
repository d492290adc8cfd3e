"""The real server and the real page in headless Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chat_page import ChatPage
from desk import OFFICER_ID, PASSWORD, Desk
from desk_page import DESK_HEIGHT, DESK_WIDTH, DeskPage
from host_site import HostSite
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from server_process import PROJECT_DIR, ServerProcess

PHONE = {"width": 390, "height": 844}
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]
NO_CHROMIUM = (
    "找不到 Chromium，网页测试没法跑。Debian/Ubuntu：apt-get install chromium；"
    "或 .venv/bin/playwright install chromium 后用环境变量 CHROMIUM 指明可执行文件。"
)


# As long as one waits for an action: beside other tests, three hashes of a password have taken over five seconds.
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The executable; a failure that says how to install it where there is none."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for path in map(shutil.which, filter(None, names)) if path), None)
    if found is None:
        pytest.fail(NO_CHROMIUM, pytrace=False)
    return found


@pytest.fixture(scope="session")
def host_site() -> Iterator[HostSite]:
    """Another site, which may show the page in a frame."""
    with HostSite() as site:
        yield site


@pytest.fixture(scope="session")
def server(chromium: str, host_site: HostSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    if not (PROJECT_DIR / "web" / "dist" / "index.html").is_file():
        pytest.fail("web/dist is missing: run `make page`", pytrace=False)
    process = ServerProcess(tmp_path_factory.mktemp("server"), EMBED_ORIGINS=host_site.origin)
    process.start()
    yield process
    process.stop()


@pytest.fixture(scope="session")
def desk(server: ServerProcess) -> Desk:
    """An officer of the agencies, logged in."""
    return Desk(server)


# For a module, not the session: Playwright's loop runs as long as it is open, and the
# asynchronous tests of other folders need the thread without one.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, headless=True, args=SWITCHES)
        yield opened
        opened.close()


class Visits:
    """Opens pages as different people would, and notes what each page asked for and complained of."""

    def __init__(self, browser: Browser, server: ServerProcess) -> None:
        self._browser, self._server = browser, server
        self.hosts: set[str] = set()
        self.complaints: list[str] = []

    def person(self, width: int = PHONE["width"]) -> BrowserContext:
        """A browser that has not been here before."""
        context = self._browser.new_context(
            viewport={"width": width, "height": PHONE["height"]}, locale="zh-CN", timezone_id="Asia/Shanghai",
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE_MS)
        return context

    def open(self, context: BrowserContext | None = None, width: int = PHONE["width"]) -> ChatPage:
        """The page, connected, in that person's browser."""
        page = (context or self.person(width)).new_page()
        self._listen(page)
        return ChatPage(page, self._server.url).open()

    def desk(self, width: int = DESK_WIDTH) -> DeskPage:
        """The desk's page in a browser that has not been here before."""
        context = self.person(width)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": DESK_HEIGHT})
        self._listen(page)
        return DeskPage(page, self._server.url).open()

    def _listen(self, page: Page) -> None:
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))
        page.on("websocket", lambda socket: self.hosts.add(socket.url.split("/")[2]))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: line.type in ("error", "warning") and self.complaints.append(line.text))


@pytest.fixture
def visits(browser: Browser, server: ServerProcess) -> Iterator[Visits]:
    opened = Visits(browser, server)
    yield opened
    for context in browser.contexts:
        context.close()


@pytest.fixture
def chat(visits: Visits) -> ChatPage:
    """The page as someone finds it who has never been here."""
    return visits.open()


@pytest.fixture
def desk_page(visits: Visits, desk: Desk) -> DeskPage:
    """The desk's page with the officer of all regions signed in."""
    return visits.desk().sign_in(OFFICER_ID, PASSWORD)


@pytest.fixture
def shot(tmp_path_factory: pytest.TempPathFactory) -> Callable[[ChatPage, str], Path]:
    """Takes a picture of the page as it is, into a folder that pytest keeps for a while."""
    folder = tmp_path_factory.getbasetemp() / "screenshots"
    folder.mkdir(exist_ok=True)

    def take(chat: ChatPage, name: str) -> Path:
        path = folder / f"{name}.png"
        chat.page.screenshot(path=path)
        return path

    return take
