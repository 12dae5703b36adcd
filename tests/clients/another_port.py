"""The clients in a page that another port serves, in Chromium, and the page of the guide."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.clients.installation import NODE, ROOT
from tests.clients.programs import bundle
from tests.clients.results import Result
from tests.support.markdown import code_blocks
from tests.support.running_system import RunningSystem
from workers.commands.chromium import ARGUMENTS, find_chromium

SECONDS = 240
LIVE_SECONDS = 15
COMMENT = """mutation ($id: ID!) {
  orderComment(input: { id: $id, text: "Live.", visibility: INTERNAL }) { errors { message } }
}"""


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without writing a log."""

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def served_folder(folder: Path, port: int) -> Iterator[None]:
    """Serve files on a port, as the development server of a front end does."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(QuietHandler, directory=folder))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def clients_in_a_page(system: RunningSystem, token: str, origin: str) -> Iterator[Result]:
    """The scenario in a page at `origin`: for each client whether all its steps work, and the guide's page."""
    executable = find_chromium()
    if executable is None:
        yield Result("Chromium", "another port", "there is none")
        return
    bundle("clients/page.mjs", "build/page.js", '--define:process.env.NODE_ENV="production"')
    folder = NODE / "build"
    (folder / "page.html").write_text('<!doctype html><script type="module" src="page.js"></script>', "utf-8")
    (folder / "orders.html").write_text(guide_page(system.base, token), "utf-8")
    with served_folder(folder, int(origin.rpartition(":")[2])), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield from _scenario(browser, system, token, origin)
        yield Result("docs/api.md: the page that lists orders live", "", _guide(browser, system, token, origin))
        browser.close()


def guide_page(base: str, token: str) -> str:
    """The page of the guide as its reader saves it, with their token and their system."""
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    page = next(block.code for block in code_blocks(text) if block.language == "html")
    return page.replace("http://127.0.0.1:8000", base).replace("PUT YOUR TOKEN HERE", token)


def _scenario(browser: Browser, system: RunningSystem, token: str, origin: str) -> Iterator[Result]:
    page = browser.new_page()

    def ask_around(query: str, variables: str) -> str:
        return json.dumps(system.ask("/graphql", f"Bearer {token}", query, **json.loads(variables)))

    page.expose_function("askAround", ask_around)
    page.goto(f"{origin}/page.html#url={system.base}/graphql&token={token}")
    page.wait_for_function("window.results", timeout=SECONDS * 1000)
    results: list[dict[str, Any]] = page.evaluate("window.results")
    errors: dict[str, list[str]] = {}
    for each in results:
        errors.setdefault(each["client"], []).extend([f"{each['step']}: {each['error']}"] if each["error"] else [])
    yield from (Result(client, "another port", "; ".join(found) or None) for client, found in errors.items())


def _guide(browser: Browser, system: RunningSystem, token: str, origin: str) -> str | None:
    """What goes wrong with the guide's page, or None when it lists orders and shows a change."""
    page = browser.new_page()
    page.goto(f"{origin}/orders.html")
    try:
        page.locator("#orders li").first.wait_for(timeout=LIVE_SECONDS * 1000)
        return _sees_a_change(page, system, token)
    except Exception as problem:
        return str(problem).partition("\n")[0]


def _sees_a_change(page: Page, system: RunningSystem, token: str) -> str | None:
    row = page.locator("#orders li").last
    order_id = row.get_attribute("id")
    page.evaluate("id => { document.getElementById(id).textContent = 'before' }", order_id)
    system.ask("/graphql", f"Bearer {token}", COMMENT, id=order_id)
    page.wait_for_function(
        "id => document.getElementById(id).textContent !== 'before'", arg=order_id, timeout=LIVE_SECONDS * 1000
    )
    return None
