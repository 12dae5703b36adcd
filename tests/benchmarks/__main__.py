"""Runs the benchmarks named, or all of them, on servers of their own with 100 000 orders in the database."""

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path

from domain.database.migration import migrate
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

Benchmark = Callable[[Settings], Awaitable[None]]


def main(wanted: list[str]) -> None:
    """Start PostgreSQL as it runs in earnest, without any of the tests' shortcuts, fill it, and measure."""
    chosen = [(name, found) for name in wanted or BENCHMARKS if (found := benchmark(name))]
    watch = ProcessMonitor(print)
    with tempfile.TemporaryDirectory(prefix="werkstand-bench-", ignore_cleanup_errors=True) as folder:
        try:
            os.environ |= started(watch, Path(folder))
            asyncio.run(measure(chosen))
        finally:
            watch.stop_all()


def benchmark(name: str) -> Benchmark | None:
    """`run` of the module of this name; nothing when there is none."""
    try:
        found: Benchmark = import_module(f"tests.benchmarks.{MODULES.get(name, name)}").run
    except ModuleNotFoundError:
        return None
    return found


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


async def measure(chosen: list[tuple[str, Benchmark]]) -> None:
    settings = load()
    await migrate(settings.database_url)
    print(f"{ORDERS:,} orders, one process, PostgreSQL beside it with its usual durability, {os.cpu_count()} cores")
    await seed(settings, ORDERS)
    for name, run in chosen:
        print(f"\n== {name}")
        await run(settings)


if __name__ == "__main__":
    main(sys.argv[1:])
