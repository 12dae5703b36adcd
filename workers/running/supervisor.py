"""`werkstand up`: everything on one machine, started in order, watched, and ended together."""

import os
import urllib.error
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from settings import Settings
from workers.running import banner
from workers.running.children import Child
from workers.running.embedded import LOOPBACK, Embedded
from workers.running.env_files import ensure_secrets, forget_addresses, write_addresses
from workers.running.folder import ENDING, Lock, prepare_folder, the_only_one
from workers.running.sockets import listen
from workers.running.watch import Ended, Watch, python_command

SECONDS_TO_BE_READY = 90.0
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - asked about, never bound here.
OURS = frozenset({"api", "clock", "worker"})


@dataclass(kw_only=True)
class Supervisor:
    """One running Werkstand. Works in the main thread: the kernel ties the children's lives to it."""

    settings: Settings
    without_redis: bool = False
    addresses: dict[str, str] = field(default_factory=dict)
    watch: Watch = field(default_factory=lambda: Watch(banner.say))

    def run(self) -> None:
        """Start everything, watch it until asked to end, then end it in order."""
        prepare_folder(self.var_dir)
        self.watch.end_on_signals()
        with ExitStack() as stack:
            lock = stack.enter_context(the_only_one(self.var_dir))
            api_socket = stack.enter_context(listen(self.settings.host, self.settings.port))
            stack.callback(self._end, lock)
            try:
                self._start_servers(stack)
                self._prepare_the_database()
                self._start_processes(api_socket.fileno())
                banner.show(self.settings, self.addresses)
                self.watch.watch()
            except Ended:
                banner.say("Ending.")

    @property
    def var_dir(self) -> Path:
        return self.settings.var_dir.resolve()

    def _start_servers(self, stack: ExitStack) -> None:
        """Start each embedded server whose URL is not given, and note all addresses for other commands."""
        given = given_addresses(self.settings)
        if self.without_redis:
            given["REDIS_URL"] = ""
        if self.settings.in_development:
            embedded = Embedded(watch=self.watch, var_dir=self.var_dir, secrets=ensure_secrets(self.var_dir))
            if "SMTP_URL" not in given:
                given["SMTP_URL"] = embedded.start_inbox(stack.enter_context(listen(LOOPBACK, 0)))
            if "REDIS_URL" not in given:
                given["REDIS_URL"] = embedded.start_valkey()
            if "DATABASE_URL" not in given:
                given["DATABASE_URL"] = embedded.start_postgres()
            write_addresses(self.var_dir, given)
        self.addresses = given

    def _prepare_the_database(self) -> None:
        """Bring the schema up to date and, in development, fill an empty database with the demo."""
        banner.say("Preparing the database; with the demo data of a first start this takes a moment ...")
        command = python_command("prepare-database")
        self.watch.run_task("Preparing the database", command, self.addresses, self._log("prepare"))

    def _start_processes(self, api_descriptor: int) -> None:
        self._start("api", "--descriptor", str(api_descriptor), descriptors=(api_descriptor,))
        self._start("clock")
        if self.addresses["REDIS_URL"]:
            self._start("worker")
        self.watch.wait_for("The API", self._is_ready, seconds=SECONDS_TO_BE_READY, log=self._log("api"))

    def _start(self, name: str, *arguments: str, descriptors: tuple[int, ...] = ()) -> None:
        command = python_command(name, *arguments)
        self.watch.start(
            Child(
                name=name,
                command=command,
                log=self._log(name),
                environment=self.addresses,
                descriptors=descriptors,
            )
        )

    def _is_ready(self) -> bool:
        host = LOOPBACK if self.settings.host in EVERYWHERE else self.settings.host
        try:
            with urllib.request.urlopen(f"http://{host}:{self.settings.port}/health/ready", timeout=2) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def _log(self, name: str) -> Path:
        return self.var_dir / "log" / f"{name}.log"

    def _end(self, lock: Lock) -> None:
        lock.note(ENDING)
        self.watch.stop(OURS)
        forget_addresses(self.var_dir)


def given_addresses(settings: Settings) -> dict[str, str]:
    """What the environment names; an empty `REDIS_URL` means none, any other empty one was not given."""
    given = {"PORT": str(settings.port), "STORAGE_URL": settings.storage_url}
    for name in ("DATABASE_URL", "SMTP_URL"):
        if os.environ.get(name):
            given[name] = os.environ[name]
    if "REDIS_URL" in os.environ or not settings.in_development:
        given["REDIS_URL"] = os.environ.get("REDIS_URL", "")
    return given
