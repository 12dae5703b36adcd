"""The development mail server: it accepts every mail and keeps it as a file, to be read at /dev/inbox."""

import asyncio
import os
import signal
import socket
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

MAX_MAIL_BYTES = 25_000_000


class MailStore:
    """Keeps each accepted mail before the sender hears that it was accepted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sequence = count()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content or b""
        raw = content if isinstance(content, bytes) else content.encode()
        self._store(raw)
        return "250 Kept in the development inbox"

    def _store(self, raw: bytes) -> None:
        """Write the mail under a name that sorts by arrival; a half-written one is never seen."""
        name = f"{time.time_ns():020d}-{os.getpid()}-{next(self._sequence)}"
        unfinished = self._folder / f"{name}.part"
        with open(unfinished, "xb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(self._folder / f"{name}.eml")


async def serve(listening: socket.socket, folder: Path) -> None:
    """Accept mail on the socket until asked to end."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for last_signal in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(last_signal, ended.set)
    server = await loop.create_server(smtp_factory(MailStore(folder)), sock=listening)
    await ended.wait()
    server.close()


def smtp_factory(inbox: MailStore) -> Callable[[], SMTP]:
    """What makes the protocol of each connection."""
    return lambda: SMTP(inbox, hostname="localhost", data_size_limit=MAX_MAIL_BYTES, enable_SMTPUTF8=True)
