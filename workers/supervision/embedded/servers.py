"""Embedded PostgreSQL, Valkey and mail server, for each URL the environment does not set."""

import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from workers.supervision.child_process import ChildProcess
from workers.supervision.embedded import postgres, valkey
from workers.supervision.embedded.paths import ServerPaths, resolve_paths
from workers.supervision.listening_sockets import port_of
from workers.supervision.process_monitor import ProcessMonitor, werkstand_command

START_TIMEOUT_SECONDS = 60.0
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class EmbeddedServers:
    """Starts the servers of one installation below `var_dir` and returns their URLs."""

    monitor: ProcessMonitor
    var_dir: Path
    secrets: Mapping[str, str]

    @property
    def paths(self) -> ServerPaths:
        return resolve_paths(self.var_dir, self.secrets["WERKSTAND_INSTALLATION"])

    def start_postgres(self, **configuration: str) -> dict[str, str]:
        """Start PostgreSQL, make the database and its roles, and return the URLs of the application and the owner."""
        places, log = self.paths, self._log("postgres")
        password = self.secrets["WERKSTAND_POSTGRES_PASSWORD"]
        runtime_password = self.secrets["WERKSTAND_RUNTIME_POSTGRES_PASSWORD"]
        self.monitor.start(postgres.postgres_process(places, password, log, **configuration))
        first = postgres.database_url(places, password, user="postgres", database="postgres")
        self._wait("PostgreSQL", partial(postgres.accepts_connections, first), log)
        postgres.ensure_database(places, password, runtime_password)
        return {
            "DATABASE_URL": postgres.database_url(places, runtime_password, user=postgres.RUNTIME),
            "DATABASE_OWNER_URL": postgres.database_url(places, password),
        }

    def start_valkey(self) -> str:
        """Start Valkey and return its URL."""
        sockets, log = self.paths.sockets, self._log("valkey")
        self.monitor.start(valkey.valkey_process(sockets, self.var_dir / "valkey", log))
        self._wait("Valkey", partial(valkey.accepts_connections, sockets), log)
        return valkey.redis_url(sockets)

    def start_mail_server(self, listening: socket.socket) -> str:
        """Start the development mail server on an open socket and return its URL."""
        descriptor = listening.fileno()
        command = werkstand_command("inbox", "--descriptor", str(descriptor), "--folder", str(self.var_dir / "inbox"))
        self.monitor.start(
            ChildProcess(name="inbox", command=command, log=self._log("inbox"), descriptors=(descriptor,))
        )
        return f"smtp://{LOOPBACK}:{port_of(listening)}"

    def _log(self, name: str) -> Path:
        return self.var_dir / "log" / f"{name}.log"

    def _wait(self, what: str, ready: Callable[[], bool], log: Path) -> None:
        self.monitor.wait_for(what, ready, seconds=START_TIMEOUT_SECONDS, log=log)
