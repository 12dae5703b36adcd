"""Listening sockets that the supervisor opens and its children inherit, so that a restart refuses no connection."""

import errno
import socket

from workers.errors import CommandError

BACKLOG = 2048


def listen(host: str, port: int) -> socket.socket:
    """Open the port; raises `CommandError` when that fails. Port 0 takes any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except OSError as problem:
        listening.close()
        raise CommandError(_explanation(host, port, problem)) from None
    return listening


def inherited_socket(descriptor: int) -> socket.socket:
    """The socket a parent process passed on."""
    return socket.socket(fileno=descriptor)


def port_of(listening: socket.socket) -> int:
    return int(listening.getsockname()[1])


def _explanation(host: str, port: int, problem: OSError) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program: end it, or choose another, PORT={port + 1} make run."
    if problem.errno == errno.EACCES:
        return f"Port {port} may not be opened by this user: choose one above 1023, PORT=8000 make run."
    return f"Port {port} cannot be opened on {host}: {problem.strerror}."
