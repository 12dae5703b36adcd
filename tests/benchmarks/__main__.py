"""Runs the benchmarks named, or all of them, on servers of their own with 100 000 orders in the database."""

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from domain.database.installation.migration import migrate
from settings import Settings, load
from tests.benchmarks.seeds import seed
from tests.benchmarks.sizes import ORDERS
from workers.supervision.embedded.servers import EmbeddedServers
from workers.supervision.env_files import ensure_secrets
from workers.supervision.process_monitor import ProcessMonitor
from workers.supervision.var_folder import prepare_var_folder

BENCHMARKS = ("bulk", "pages", "moves", "sweep", "invoices", "import", "pages-by-role")
# No module may be called by these words.
MODULES = {"import": "imports", "pages-by-role": "pages_by_role"}

Step = Callable[[Settings], Awaitable[None]]


@dataclass(frozen=True)
class Benchmark:
    """One benchmark; with `prepare` it has servers of its own, which that fills before the many orders come."""

    name: str
    run: Step
    prepare: Step | None


def main(wanted: list[str]) -> None:
    """Measure what is wanted, or all of it."""
    chosen = [found for name in wanted or BENCHMARKS if (found := benchmark(name))]
    for together in ([each for each in chosen if not each.prepare], *([each] for each in chosen if each.prepare)):
        if together:
            on_new_servers(together)


def on_new_servers(chosen: list[Benchmark]) -> None:
    """Start PostgreSQL as it runs in earnest, without any of the tests' shortcuts, fill it, and measure."""
    watch = ProcessMonitor(print)
    with tempfile.TemporaryDirectory(prefix="werkstand-bench-", ignore_cleanup_errors=True) as folder:
        try:
            os.environ |= started(watch, Path(folder))
            asyncio.run(measure(chosen))
        finally:
            watch.stop_all()


def benchmark(name: str) -> Benchmark | None:
    """The module of this name; nothing when there is none."""
    try:
        module = import_module(f"tests.benchmarks.{MODULES.get(name, name)}")
    except ModuleNotFoundError:
        return None
    return Benchmark(name, module.run, getattr(module, "prepare", None))


def started(watch: ProcessMonitor, folder: Path) -> dict[str, str]:
    """The environment that names the servers."""
    prepare_var_folder(folder)
    embedded = EmbeddedServers(monitor=watch, var_dir=folder, secrets=ensure_secrets(folder))
    return {
        "DATABASE_URL": embedded.start_postgres()["DATABASE_OWNER_URL"],
        "REDIS_URL": embedded.start_valkey(),
        "WERKSTAND_VAR_DIR": str(folder),
        "WERKSTAND_SECRET_KEY": "a secret that only benchmarks use, long enough",
        # Counted as ever, and never used up.
        "WERKSTAND_COST_BUDGET": "1000000000000",
    }


async def measure(chosen: list[Benchmark]) -> None:
    settings = load()
    await migrate(settings.database_url)
    for prepare in (each.prepare for each in chosen if each.prepare):
        await prepare(settings)
    print(f"{ORDERS:,} orders, one process, PostgreSQL beside it with its usual durability, {os.cpu_count()} cores")
    await seed(settings, ORDERS)
    for each in chosen:
        print(f"\n== {each.name}")
        await each.run(settings)


if __name__ == "__main__":
    main(sys.argv[1:])
