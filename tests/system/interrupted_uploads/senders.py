"""What sends the file: tus-js-client in Node.js, or the page of the order in a browser."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from api.auth.authentication import SESSION_COOKIE
from domain.accounts.model import Account
from tests.makers.accounts import a_session
from tests.support.portal_browser import Portal

NODE = Path(__file__).resolve().parent / "node"
MISSING = "Node.js with npm, and its package tus-js-client, cannot be had here"
# Beside the time that interruptions cost, at least so many bytes go through in a second.
PATIENCE_SECONDS, SLOWEST_BYTES = 240.0, 5_000_000


@dataclass(frozen=True, kw_only=True)
class Sending:
    """What is sent: a file, by an account, for an order's delivery; `begin` comes before its first byte."""

    address: str
    path: Path
    account: Account
    order_id: str
    begin: Callable[[], None]

    @property
    def patience_seconds(self) -> float:
        """How long it may take on a busy machine."""
        return PATIENCE_SECONDS + self.path.stat().st_size / SLOWEST_BYTES


Send = Callable[[Sending], Awaitable[None]]


async def send_in_node(sending: Sending) -> None:
    """Send it with the package, as programs of others do. Skips the test where it cannot be installed."""
    await asyncio.to_thread(_require_package)
    told = {"COOKIE": f"{SESSION_COOKIE}={await a_session(sending.account)}", "ORDER": sending.order_id}
    command = ("node", "send.mjs", sending.address, str(sending.path))
    sending.begin()
    node = await asyncio.create_subprocess_exec(*command, cwd=NODE, env=os.environ | told, stderr=subprocess.PIPE)
    try:
        async with asyncio.timeout(sending.patience_seconds):
            _, said = await node.communicate()
    finally:
        if node.returncode is None:
            node.kill()
    assert node.returncode == 0, said.decode()


def by_page(browser: Browser) -> Send:
    """The sender that chooses the file on the order's page, and touches nothing until it is offered as complete."""

    async def send(sending: Sending) -> None:
        page = await Portal(sending.address, browser).sign_in(sending.account)
        await page.goto(f"/orders/{sending.order_id}")
        sending.begin()
        await page.set_input_files("form.upload input[type=file]", sending.path)
        box = page.locator(".version").get_by_role("checkbox", name=sending.path.name)
        await expect(box).to_be_checked(timeout=1000 * sending.patience_seconds)
        await page.context.close()

    return send


def _require_package() -> None:
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip(MISSING)
    if (NODE / "node_modules" / "tus-js-client").is_dir():
        return
    install = ("npm", "ci", "--no-audit", "--no-fund")
    if subprocess.run(install, cwd=NODE, capture_output=True).returncode:
        pytest.skip(MISSING)
