"""A whole system of its own: PostgreSQL, Valkey, two API processes, two schedulers and a worker of the queue."""

import asyncio
import os
import socket
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from domain.database.installation.migration import migrate
from tests.chaos.mail_sink import MailSink, a_mail_sink
from workers.supervision.application_process import ApplicationProcess
from workers.supervision.child_process import ChildProcess
from workers.supervision.embedded import postgres
from workers.supervision.embedded.servers import EmbeddedServers
from workers.supervision.env_files import ensure_secrets
from workers.supervision.listening_sockets import listen, port_of
from workers.supervision.process_monitor import ProcessMonitor
from workers.supervision.var_folder import prepare_var_folder

SECRET_KEY = "a secret that only chaos uses, long enough"
SECONDS_TO_START = 120.0
POLL_SECONDS = 0.05
APPLICATION = (("api-1", "api"), ("api-2", "api"), ("clock-1", "clock"), ("clock-2", "clock"), ("worker", "worker"))


@dataclass(frozen=True, kw_only=True)
class ChaosSystem:
    """What runs, where it is found, and where its logs are."""

    servers: "Servers"
    port: int
    mails: MailSink

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def logs(self) -> Path:
        return self.servers.folder / "log"

    def processes(self, *names: str) -> Sequence[ChildProcess]:
        """Those of this system with these names, all without any."""
        return [child for child in self.servers.monitor.children if not names or child.name in names]


@dataclass(frozen=True, kw_only=True)
class Servers:
    """PostgreSQL and Valkey of a folder, and the monitor they and all other processes are children of."""

    monitor: ProcessMonitor
    folder: Path
    database_url: str
    administrator_url: str
    redis_url: str


@contextmanager
def running_servers(folder: Path | None = None) -> Iterator[Servers]:
    """Start the servers in this folder, or in a temporary one that is left behind; outside of any event loop.

    Whatever was started besides, under the same monitor, is ended with them.
    """
    folder = folder or Path(tempfile.mkdtemp(prefix="werkstand-chaos-"))
    prepare_var_folder(folder)
    monitor, secrets = ProcessMonitor(lambda sentence: None), ensure_secrets(folder)
    try:
        embedded = EmbeddedServers(monitor=monitor, var_dir=folder, secrets=secrets)
        redis_url, databases = embedded.start_valkey(), embedded.start_postgres()
        asyncio.run(migrate(databases["DATABASE_OWNER_URL"], runtime_url=databases["DATABASE_URL"]))
        password = secrets["WERKSTAND_POSTGRES_PASSWORD"]
        yield Servers(
            monitor=monitor,
            folder=folder,
            database_url=databases["DATABASE_URL"],
            administrator_url=postgres.database_url(embedded.paths, password, user="postgres"),
            redis_url=redis_url,
        )
    finally:
        monitor.stop_all(frozenset(name for name, _ in APPLICATION))


@asynccontextmanager
async def running_system(
    servers: Servers, application: Sequence[tuple[str, str]] = APPLICATION
) -> AsyncIterator[ChaosSystem]:
    """Start the application's processes, each with its command, beside the servers; give all when the API is ready."""
    async with a_mail_sink(servers.folder / "mails") as mails:
        with listen("127.0.0.1", 0) as listening:
            system = ChaosSystem(servers=servers, port=port_of(listening), mails=mails)
            for name, command in application:
                servers.monitor.start(_application_process(system, name, command, listening))
            async with supervised(servers.monitor):
                await _until_ready(system)
                yield system


@asynccontextmanager
async def supervised(monitor: ProcessMonitor) -> AsyncIterator[None]:
    """Restart what has died, as `werkstand up` does, until the block ends."""

    async def tend() -> None:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            for child in monitor.children:
                child.restart_if_dead()

    tending = asyncio.create_task(tend())
    try:
        yield
    finally:
        tending.cancel()
        await asyncio.wait([tending])


def _application_process(system: ChaosSystem, name: str, command: str, listening: socket.socket) -> ChildProcess:
    """Both API processes accept from one socket, as behind a balancer that does not look at their health."""
    return ApplicationProcess(
        name=name,
        command=(command,),
        log=system.logs / f"{name}.log",
        environment=application_environment(system.servers) | {"SMTP_URL": system.mails.url},
        listening=listening if command == "api" else None,
    )


def application_environment(servers: Servers) -> dict[str, str]:
    """What the application's processes are told, but for the mail server."""
    return {
        "DATABASE_URL": servers.database_url,
        "DATABASE_OWNER_URL": "",
        "REDIS_URL": servers.redis_url,
        "WERKSTAND_VAR_DIR": str(servers.folder),
        "WERKSTAND_SECRET_KEY": SECRET_KEY,
        # Counted as ever, and never used up.
        "WERKSTAND_COST_BUDGET": "1000000000000",
    }


async def _until_ready(system: ChaosSystem) -> None:
    async with asyncio.timeout(SECONDS_TO_START), httpx2.AsyncClient(base_url=system.base_url) as client:
        while True:
            try:
                if (await client.get("/health/ready")).status_code == httpx2.codes.OK:
                    return
            except httpx2.TransportError:
                pass
            await asyncio.sleep(0.1)


def require_linux() -> None:
    """Pausing and finding processes goes by /proc."""
    if not os.path.isdir("/proc/self"):
        raise SystemExit("Chaos needs Linux: it finds the processes of PostgreSQL in /proc.")
