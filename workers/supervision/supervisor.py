"""`werkstand up`: everything on one machine, started in order, watched, and ended together."""

import os
import socket
import urllib.error
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from settings import Settings
from workers.supervision import banner
from workers.supervision.application_process import ApplicationProcess
from workers.supervision.embedded.servers import LOOPBACK, EmbeddedServers
from workers.supervision.env_files import ensure_secrets, remove_server_urls, write_server_urls
from workers.supervision.listening_sockets import listen
from workers.supervision.process_monitor import ProcessMonitor, StopRequested, werkstand_command
from workers.supervision.process_template import prepare_template
from workers.supervision.var_folder import ENDING, FolderLock, prepare_var_folder, supervisor_lock

READY_TIMEOUT_SECONDS = 90.0
WILDCARD_HOSTS = ("0.0.0.0", "::")  # noqa: S104 - asked about, never bound here.
WITHOUT_OWNER = {"DATABASE_OWNER_URL": ""}  # What serves and works never migrates.
APPLICATION_PROCESSES = frozenset({"api", "clock", "worker"})


@dataclass(kw_only=True)
class Supervisor:
    """One running Werkstand. Works in the main thread: the kernel ties the children's lives to it."""

    settings: Settings
    without_redis: bool = False
    server_urls: dict[str, str] = field(default_factory=dict)
    monitor: ProcessMonitor = field(default_factory=lambda: ProcessMonitor(banner.print_line))

    def run(self) -> None:
        """Start everything, watch it until asked to end, then end it in order."""
        prepare_var_folder(self.var_dir)
        self.monitor.stop_on_signals()
        prepare_template()
        with ExitStack() as stack:
            lock = stack.enter_context(supervisor_lock(self.var_dir))
            api_socket = stack.enter_context(listen(self.settings.host, self.settings.port))
            stack.callback(self._stop, lock)
            try:
                self._start_servers(stack)
                self._prepare_database()
                self._start_processes(api_socket)
                banner.print_addresses(self.settings, self.server_urls)
                self.monitor.run()
            except StopRequested:
                banner.print_line("Ending.")

    @property
    def var_dir(self) -> Path:
        return self.settings.var_dir.resolve()

    def _start_servers(self, stack: ExitStack) -> None:
        """Start each embedded server whose URL is not given, and note all addresses for other commands."""
        given = configured_urls(self.settings)
        if self.without_redis:
            given["REDIS_URL"] = ""
        if self.settings.in_development:
            embedded = EmbeddedServers(monitor=self.monitor, var_dir=self.var_dir, secrets=ensure_secrets(self.var_dir))
            if "SMTP_URL" not in given:
                given["SMTP_URL"] = embedded.start_mail_server(stack.enter_context(listen(LOOPBACK, 0)))
            if "REDIS_URL" not in given:
                given["REDIS_URL"] = embedded.start_valkey()
            if "DATABASE_URL" not in given:
                given |= embedded.start_postgres()
            write_server_urls(self.var_dir, given)
        self.server_urls = given

    def _prepare_database(self) -> None:
        """Bring the schema up to date and, in development, fill an empty database with the demo."""
        banner.print_line("Preparing the database; with the demo data of a first start this takes a moment ...")
        command = werkstand_command("prepare-database")
        self.monitor.run_task("Preparing the database", command, self.server_urls, self._log("prepare"))

    def _start_processes(self, api_socket: socket.socket) -> None:
        self._start("api", api_socket)
        self._start("clock")
        if self.server_urls["REDIS_URL"]:
            self._start("worker")
        self.monitor.wait_for("The API", self._is_ready, seconds=READY_TIMEOUT_SECONDS, log=self._log("api"))

    def _start(self, name: str, listening: socket.socket | None = None) -> None:
        self.monitor.start(
            ApplicationProcess(
                name=name,
                command=(name,),
                log=self._log(name),
                environment=self.server_urls | WITHOUT_OWNER,
                listening=listening,
            )
        )

    def _is_ready(self) -> bool:
        host = LOOPBACK if self.settings.host in WILDCARD_HOSTS else self.settings.host
        try:
            with urllib.request.urlopen(f"http://{host}:{self.settings.port}/health/ready", timeout=2) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def _log(self, name: str) -> Path:
        return self.var_dir / "log" / f"{name}.log"

    def _stop(self, lock: FolderLock) -> None:
        lock.write_state(ENDING)
        self.monitor.stop_all(APPLICATION_PROCESSES)
        remove_server_urls(self.var_dir)


def configured_urls(settings: Settings) -> dict[str, str]:
    """What the environment names; an empty `REDIS_URL` means none, any other empty one was not given."""
    given = {"PORT": str(settings.port), "STORAGE_URL": settings.storage_url}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "SMTP_URL"):
        if os.environ.get(name):
            given[name] = os.environ[name]
    if "REDIS_URL" in os.environ or not settings.in_development:
        given["REDIS_URL"] = os.environ.get("REDIS_URL", "")
    return given
