"""A real mail server that keeps every mail waiting for its answer until the test lets it go."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from functools import partial

from aiosmtpd.smtp import SMTP, Envelope, Session

from workers.supervision.listening_sockets import listen, port_of


class HeldMailServer:
    """`received` are the message ids of all mails that came, `accepted` those that were answered."""

    def __init__(self, port: int) -> None:
        self.url = f"smtp://127.0.0.1:{port}"
        self.received: list[str] = []
        self.accepted: list[str] = []
        self.may_answer = asyncio.Event()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content or b""
        message_id = str(message_from_bytes(content if isinstance(content, bytes) else content.encode())["Message-ID"])
        self.received.append(message_id)
        await self.may_answer.wait()
        self.accepted.append(message_id)
        return "250 OK"


@asynccontextmanager
async def a_held_mail_server() -> AsyncIterator[HeldMailServer]:
    """Serve on any free port in the running event loop."""
    listening = listen("127.0.0.1", 0)
    held = HeldMailServer(port_of(listening))
    sessions = partial(SMTP, held, hostname="localhost")
    server = await asyncio.get_running_loop().create_server(sessions, sock=listening)
    try:
        yield held
    finally:
        held.may_answer.set()
        server.close()
