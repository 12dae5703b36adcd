"""The HTTP client of webhooks: certificates, timeouts and sizes are what it says they are."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.webhook_receiver import Receiver
from workers.webhooks import http_client
from workers.webhooks.http_client import MAX_ANSWER_BYTES, WebhookClient


def a_certificate(folder: Path, host: str) -> Path:
    """A certificate of this host with its key, signed by itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.NameAttribute(NameOID.COMMON_NAME, host)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([name]))
        .issuer_name(x509.Name([name]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / f"{host}.pem"
    path.write_bytes(certificate.public_bytes(pem) + secret)
    return path


@asynccontextmanager
async def encrypted(receiver: Receiver, certificate: Path) -> AsyncIterator[str]:
    """The receiver's address by HTTPS, with this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    async with await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=context) as server:
        yield f"https://localhost:{server.sockets[0].getsockname()[1]}/hooks"


async def test_a_certificate_is_checked_for_the_name_although_an_address_is_connected_to(
    receiver: Receiver, tmp_path: Path
) -> None:
    certificate = a_certificate(tmp_path, "localhost")
    client = WebhookClient(allow_loopback=True, tls=ssl.create_default_context(cafile=str(certificate)))

    async with encrypted(receiver, certificate) as url:
        answer = await client.post(url, {}, b"{}")

    assert answer.succeeded
    assert receiver.received[0].headers["host"].startswith("localhost:")


@pytest.mark.parametrize("host", ["localhost", "other.example"])
async def test_a_wrong_certificate_gets_nothing(receiver: Receiver, tmp_path: Path, host: str) -> None:
    certificate = a_certificate(tmp_path, host)
    trusted = None if host == "localhost" else str(certificate)
    client = WebhookClient(allow_loopback=True, tls=ssl.create_default_context(cafile=trusted))

    async with encrypted(receiver, certificate) as url:
        answer = await client.post(url, {}, b"{}")

    assert (answer.error, receiver.received) == ("CERTIFICATE", [])


async def test_who_does_not_answer_in_time_has_failed(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "TOTAL_SECONDS", 0.05)
    receiver.hangs()

    answer = await WebhookClient(allow_loopback=True).post(receiver.url, {}, b"{}")

    assert (answer.succeeded, answer.error) == (False, "TIMEOUT")


async def test_only_the_beginning_of_an_answer_is_kept(receiver: Receiver) -> None:
    receiver.answers(200, text="x" * 100_000)

    answer = await WebhookClient(allow_loopback=True).post(receiver.url, {}, b"{}")

    assert answer.succeeded
    assert answer.body == "x" * MAX_ANSWER_BYTES


@pytest.mark.parametrize("said", [b"", b"SSH-2.0-OpenSSH\r\n"])
async def test_what_is_no_http_has_failed(receiver: Receiver, said: bytes) -> None:
    receiver.answer = lambda request: said

    answer = await WebhookClient(allow_loopback=True).post(receiver.url, {}, b"{}")

    assert answer.error == "NO_HTTP"


async def test_nobody_listens(receiver: Receiver) -> None:
    answer = await WebhookClient(allow_loopback=True).post("http://127.0.0.1:1/hooks", {}, b"{}")

    assert answer.error == "NO_CONNECTION"
