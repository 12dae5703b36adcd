"""The mail server of a chaos run: it counts the Message-IDs that it has accepted."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from workers.supervision.embedded.dev_mail_server import MailStore, smtp_factory
from workers.supervision.listening_sockets import listen, port_of

MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([0-9a-f-]{36})@", re.IGNORECASE | re.MULTILINE)


async def at_once() -> None:
    """Let nothing come between a mail and the answer to its sender."""


class MailSink(MailStore):
    """Keeps each mail and counts it; `before_answer` runs before its sender hears of that."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.accepted: Counter[str] = Counter()
        self.before_answer: Callable[[], Awaitable[None]] = at_once
        self.url = ""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        content = envelope.content or b""
        found = MESSAGE_ID.search(content if isinstance(content, bytes) else content.encode())
        self.accepted[found[1].decode() if found else "without an id"] += 1
        await self.before_answer()
        return answer


@asynccontextmanager
async def a_mail_sink(folder: Path) -> AsyncIterator[MailSink]:
    """Serve on any free port in the running event loop."""
    sink = MailSink(folder)
    listening = listen("127.0.0.1", 0)
    sink.url = f"smtp://127.0.0.1:{port_of(listening)}"
    server = await asyncio.get_running_loop().create_server(smtp_factory(sink), sock=listening)
    try:
        yield sink
    finally:
        server.close()
