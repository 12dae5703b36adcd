"""A tus client that sends exactly what a test says."""

import base64
import hashlib
from dataclasses import dataclass, field

from httpx2 import AsyncClient, Response

from api.auth.authentication import SESSION_COOKIE
from domain.accounts.model import Account
from tests.makers.accounts import a_session

UPLOADS = "/files/uploads"
BODY = "application/offset+octet-stream"


def encoded(text: str | bytes) -> str:
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


def checksum_of(content: bytes, algorithm: str = "sha256") -> str:
    return f"{algorithm} {encoded(hashlib.new(algorithm, content).digest())}"


@dataclass
class TusClient:
    """Requests of one account."""

    client: AsyncClient
    headers: dict[str, str] = field(default_factory=dict)
    session: str = ""

    async def create(
        self, length: int | str, name: str = "slides.txt", *, content: bytes = b"", **more: str
    ) -> Response:
        headers = {"upload-length": str(length), "upload-metadata": f"filename {encoded(name)}", **more}
        if content:
            headers["content-type"] = BODY
        return await self.client.post(UPLOADS, content=content, headers=self._with(headers))

    async def place(self, length: int, name: str = "slides.txt") -> str:
        """The path of a new upload."""
        answer = await self.create(length, name)
        assert answer.status_code == 201
        return str(answer.headers["location"])

    async def patch(self, path: str, offset: int, content: bytes, **more: str) -> Response:
        headers = {"upload-offset": str(offset), "content-type": BODY}
        headers |= {name.replace("_", "-"): value for name, value in more.items()}
        return await self.client.patch(path, content=content, headers=self._with(headers))

    async def head(self, path: str) -> Response:
        return await self.client.head(path, headers=self._with({}))

    async def delete(self, path: str) -> Response:
        return await self.client.delete(path, headers=self._with({}))

    async def offset(self, path: str) -> int:
        return int((await self.head(path)).headers["upload-offset"])

    def _with(self, headers: dict[str, str]) -> dict[str, str]:
        return {"tus-resumable": "1.0.0", **self.headers, **headers}


async def a_tus_client(client: AsyncClient, account: Account) -> TusClient:
    """A client with a session of this account."""
    session = await a_session(account)
    return TusClient(client, {"cookie": f"{SESSION_COOKIE}={session}"}, session)
