"""HTTP client of webhooks: one POST to an address that was checked, without redirects, proxies and cookies.

Small enough to be seen through: which address is connected to, how long it may take and how much is read are decided
here and nowhere else.
"""

import asyncio
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import h11

from domain.webhooks.addresses import DEFAULT_PORTS, HTTPS, split_url
from domain.webhooks.claims import Answer
from workers.webhooks.resolution import PrivateAddress, UnknownHost, resolve

CONNECT_SECONDS, TOTAL_SECONDS = 5.0, 15.0
MAX_ANSWER_BYTES = 2_048
READ_BYTES = 16_384


@dataclass(frozen=True)
class WebhookClient:
    """Posts to endpoints; `allow_loopback` lets this machine be one, in development."""

    allow_loopback: bool = False
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post once. Every failure is an answer with its error; nothing is raised for what the other side does."""
        begun = time.monotonic()
        status, answer, error = None, b"", None
        try:
            async with asyncio.timeout(TOTAL_SECONDS):
                status, answer = await self._exchange(url, headers, body)
        except Exception as failure:
            error = _error_code(failure)
        text = answer.decode(errors="replace").replace("\0", "")
        duration_ms = round((time.monotonic() - begun) * 1000)
        return Answer(duration_ms=duration_ms, status=status, body=text, error=error)

    async def _exchange(self, url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        parts = split_url(url)
        if parts is None or parts.hostname is None:
            raise UnknownHost(url)
        host, is_secure = parts.hostname, parts.scheme == HTTPS
        async with asyncio.timeout(CONNECT_SECONDS):
            reader, writer = await self._connect(host, parts.port or DEFAULT_PORTS[parts.scheme], is_secure=is_secure)
        try:
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            return await _request(reader, writer, target, {"Host": parts.netloc, **headers}, body)
        finally:
            writer.close()

    async def _connect(
        self, host: str, port: int, *, is_secure: bool
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to the first address that answers. The certificate must be that of the host's name."""
        addresses = await resolve(host, port, allow_loopback=self.allow_loopback)
        tls = {"ssl": self.tls, "server_hostname": host} if is_secure else {}
        for address in addresses[:-1]:
            try:
                return await asyncio.open_connection(address, port, **tls)  # type: ignore[arg-type]
            except ssl.SSLError:
                raise
            except OSError:
                continue
        return await asyncio.open_connection(addresses[-1], port, **tls)  # type: ignore[arg-type]


async def _request(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    target: str,
    headers: Mapping[str, str],
    body: bytes,
) -> tuple[int, bytes]:
    """Send one request; return the status and the beginning of the answer."""
    connection = h11.Connection(our_role=h11.CLIENT)
    framing = {"Content-Length": str(len(body)), "Connection": "close"}
    request = h11.Request(method="POST", target=target, headers=list({**headers, **framing}.items()))
    sent = [request, h11.Data(data=body), h11.EndOfMessage()]
    writer.write(b"".join(connection.send(event) or b"" for event in sent))
    await writer.drain()
    status, answer = 0, b""
    while len(answer) < MAX_ANSWER_BYTES:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(READ_BYTES))
        elif isinstance(event, h11.Response):
            status = event.status_code
        elif isinstance(event, h11.Data):
            answer += bytes(event.data)
        elif not isinstance(event, h11.InformationalResponse):
            break
    if not status:
        raise h11.RemoteProtocolError("no answer")
    return status, answer[:MAX_ANSWER_BYTES]


def _error_code(failure: Exception) -> str:
    """The stable word for what went wrong."""
    match failure:
        case UnknownHost():
            return "UNKNOWN_HOST"
        case PrivateAddress():
            return "PRIVATE_ADDRESS"
        case TimeoutError():
            return "TIMEOUT"
        case ssl.SSLError():
            return "CERTIFICATE"
        case h11.ProtocolError():
            return "NO_HTTP"
        case OSError():
            return "NO_CONNECTION"
        case _:
            raise failure
