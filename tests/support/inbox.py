"""A real mail server inside the test process, and a reader for what it accepted."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from workers.supervision.embedded.dev_mail_server import MailStore as Sink
from workers.supervision.embedded.dev_mail_server import smtp_factory
from workers.supervision.listening_sockets import listen, port_of


class Inbox:
    """The mails that arrived, oldest first."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.url = f"smtp://127.0.0.1:{port}"

    @property
    def mails(self) -> list[EmailMessage]:
        return [_read(path) for path in sorted(self.folder.glob("*.eml"))]

    @property
    def names(self) -> list[str]:
        """What the mails are called in the addresses of the development inbox."""
        return [path.stem for path in sorted(self.folder.glob("*.eml"))]

    def mails_to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if address in str(mail["To"])]

    def empty(self) -> None:
        for path in self.folder.iterdir():
            path.unlink()


@asynccontextmanager
async def an_inbox() -> AsyncIterator[Inbox]:
    """Serve on any free port in the running event loop."""
    folder = Path(tempfile.mkdtemp(prefix="werkstand-inbox-"))
    listening = listen("127.0.0.1", 0)
    server = await asyncio.get_running_loop().create_server(smtp_factory(Sink(folder)), sock=listening)
    try:
        yield Inbox(folder, port_of(listening))
    finally:
        server.close()
        shutil.rmtree(folder)


def _read(path: Path) -> EmailMessage:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    if not isinstance(mail, EmailMessage):
        raise TypeError(f"{path} is no mail")
    return mail
