"""The embedded PostgreSQL: its cluster, its repair after a crash, its two roles and database."""

import asyncio
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import asyncpg

from workers.errors import CommandError
from workers.supervision.child_process import ChildProcess, die_with_parent
from workers.supervision.embedded.paths import ServerPaths, group_of
from workers.supervision.memory import shared_buffers

PORT = 5432
DATABASE_NAME = OWNER = "werkstand"
RUNTIME = "werkstand_runtime"
ORPHAN_TIMEOUT_SECONDS = 20.0
INITDB_OPTIONS = (
    "--username=postgres",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)
SERVER_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "wal_buffers": "16MB",
    # What a large change writes is on disk already, nearly all of it, when it commits.
    "wal_writer_delay": "50ms",
    "random_page_cost": "1.1",
    "checkpoint_timeout": "15min",
    "max_wal_size": "2GB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


def postgres_process(paths: ServerPaths, password: str, log: Path, **configuration: str) -> ChildProcess:
    """The server process over an existing or a fresh cluster; `configuration` adds server settings."""
    create_cluster(paths, password)
    chosen = (
        SERVER_SETTINGS
        | {"shared_buffers": shared_buffers(), "unix_socket_directories": str(paths.sockets / "pg")}
        | configuration
    )
    settings = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
    return ChildProcess(
        name="postgres",
        command=[str(paths.binaries / "postgres"), "-D", str(paths.data), *settings],
        log=log,
        os_user=paths.os_user,
        stop_signal=signal.SIGINT,
        parent_death_signal=signal.SIGINT,
        stop_timeout_seconds=20.0,
        before_start=lambda: recover_from_crash(paths),
    )


def database_url(paths: ServerPaths, password: str, *, user: str = OWNER, database: str = DATABASE_NAME) -> str:
    """A URL over the socket that asyncpg and Tortoise both understand."""
    return f"postgresql://{user}:{password}@/{database}?host={paths.sockets / 'pg'}&port={PORT}"


def create_cluster(paths: ServerPaths, password: str) -> None:
    """Create the cluster once; an interrupted start leaves no partial cluster."""
    if (paths.data / "PG_VERSION").exists():
        _restore_ownership(paths)
        return
    unfinished = paths.data.with_name(f"{paths.data.name}.unfinished")
    password_file = paths.sockets / "pg" / "password"
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        _create_owned_folder(unfinished, paths.os_user)
        password_file.write_text(password, encoding="utf-8")
        _run_as(paths, "initdb", "-D", str(unfinished), f"--pwfile={password_file}", *INITDB_OPTIONS)
    finally:
        password_file.unlink(missing_ok=True)
    unfinished.rename(paths.data)


def _restore_ownership(paths: ServerPaths) -> None:
    """Data a plain user made earlier are handed to the user PostgreSQL runs as under root."""
    if paths.os_user and paths.data.owner() != paths.os_user:
        subprocess.run(["chown", "-R", paths.os_user, str(paths.data)], check=True)


def _create_owned_folder(folder: Path, os_user: str | None) -> None:
    folder.mkdir(mode=0o700)
    if os_user:
        shutil.chown(folder, os_user)


def _run_as(paths: ServerPaths, program: str, *arguments: str) -> None:
    ended = subprocess.run(
        [str(paths.binaries / program), *arguments],
        user=paths.os_user,
        group=group_of(paths.os_user) if paths.os_user else None,
        extra_groups=[] if paths.os_user else None,
        cwd="/",
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
        capture_output=True,
        text=True,
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGKILL),
    )
    if ended.returncode:
        reason = (ended.stderr.strip() or ended.stdout.strip() or "no reason given").splitlines()[-1]
        raise CommandError(f"The embedded PostgreSQL could not be prepared: {reason}")


def recover_from_crash(paths: ServerPaths) -> None:
    """Wait for a server that is still ending, end an orphan, repair what a dead one left.

    The folder's lock is held, so no other supervisor owns a server over these data. The pid file
    itself stays: it names the shared memory by which PostgreSQL knows that the last
    process of a killed server is gone.
    """
    started = time.monotonic()
    while (pid := _running_server_pid(paths.data)) is not None:
        waited = time.monotonic() - started
        if waited > ORPHAN_TIMEOUT_SECONDS / 2:
            os.kill(pid, signal.SIGINT if waited < ORPHAN_TIMEOUT_SECONDS else signal.SIGQUIT)
            time.sleep(1)
        time.sleep(0.05)
    _replace_stale_pid(paths.data / "postmaster.pid")
    for left_over in (paths.sockets / "pg").glob(".s.PGSQL.*"):
        left_over.unlink()


def _running_server_pid(data: Path) -> int | None:
    """Return the pid of the server on these data, or None; after a reboot the pid file may name another process."""
    try:
        pid = int((data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return None
    return pid if str(data) in _command_line(pid) else None


def _command_line(pid: int) -> str:
    try:
        if Path("/proc/self").exists():
            return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace")
        return subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True).stdout
    except OSError:
        return ""


def _replace_stale_pid(pid_file: Path) -> None:
    """Put our own pid in place of the dead one's: PostgreSQL ignores its parent's, but not a stranger's."""
    try:
        _, _, rest = pid_file.read_text(encoding="utf-8").partition("\n")
    except FileNotFoundError:
        return
    if rest:
        pid_file.write_text(f"{os.getpid()}\n{rest}", encoding="utf-8")
    else:
        pid_file.unlink()


def accepts_connections(url: str) -> bool:
    """Return whether the server accepts connections; a starting or recovering one does not."""
    try:
        asyncio.run(_probe(url))
    except (TimeoutError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return False
    return True


async def _probe(url: str) -> None:
    connection = await asyncpg.connect(url, timeout=5)
    await connection.close()


def ensure_database(paths: ServerPaths, password: str, runtime_password: str) -> None:
    """Create the database, its owner, and the role of the application, which owns nothing; neither is a superuser."""
    url = database_url(paths, password, user="postgres", database="postgres")
    asyncio.run(_ensure_database(url, {OWNER: password, RUNTIME: runtime_password}))


async def _ensure_database(url: str, passwords: Mapping[str, str]) -> None:
    connection = await asyncpg.connect(url)
    try:
        for role, password in passwords.items():
            if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role):
                await connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{password}'")
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", DATABASE_NAME):
            await connection.execute(f"CREATE DATABASE {DATABASE_NAME} OWNER {OWNER}")
    finally:
        await connection.close()
