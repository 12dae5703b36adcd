"""The process that renders and checks: rules and fonts are loaded there once, and never in the process that asks.

It starts with the first request and ends with the process that started it.
"""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from domain.billing.documents.files import Branding, RenderedDocument
from domain.billing.e_invoices.findings import Finding

if TYPE_CHECKING:
    from domain.billing.documents.rendering import Renderer

NICENESS = 10
T = TypeVar("T")
Snapshot = Mapping[str, Any]


class _State:
    """What a process keeps: the executor in the one that asks, the renderer in the one that works."""

    executor: ProcessPoolExecutor | None = None
    renderer: "Renderer | None" = None


async def check(snapshot: Snapshot) -> tuple[Finding, ...]:
    """What the official rules find in the documents of a snapshot."""
    return await _run(_check, snapshot)


async def render(snapshot: Snapshot, branding: Branding) -> tuple[RenderedDocument, ...]:
    """All files of an issued document. Raises `InvalidDocument` when a rule refuses one."""
    return await _run(_render, snapshot, branding)


async def draft(snapshot: Snapshot, branding: Branding) -> bytes:
    """The PDF of a draft."""
    return await _run(_draft, snapshot, branding)


async def page(page: Path, values: Mapping[str, Any], branding: Branding, on: date) -> bytes:
    """The PDF of another document: its own page with these values, dated `on`."""
    return await _run(_page, page, values, branding, on)


async def _run(work: Callable[..., T], *values: object) -> T:
    """Run work there. When the process has died, the next request starts another one."""
    executor = _State.executor = _State.executor or _new_executor()
    try:
        return await asyncio.get_running_loop().run_in_executor(executor, work, *values)
    except BrokenProcessPool:
        _State.executor = None
        raise


def _new_executor() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=_prepare_process)


def _prepare_process() -> None:
    """Yield to moves and deadlines, which are more urgent, and end with the parent, even if that is killed."""
    os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def _renderer() -> "Renderer":
    """The renderer of this process; its libraries are loaded here alone."""
    from domain.billing.documents.rendering import Renderer

    _State.renderer = _State.renderer or Renderer()
    return _State.renderer


def _check(snapshot: Snapshot) -> tuple[Finding, ...]:
    return _renderer().check(snapshot)


def _render(snapshot: Snapshot, branding: Branding) -> tuple[RenderedDocument, ...]:
    return _renderer().render(snapshot, branding)


def _draft(snapshot: Snapshot, branding: Branding) -> bytes:
    return _renderer().draft(snapshot, branding)


def _page(page: Path, values: Mapping[str, Any], branding: Branding, on: date) -> bytes:
    return _renderer().page(page, values, branding, on)
