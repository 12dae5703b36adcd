"""The client of clamd: what it makes of each answer, and of a scanner that gives none."""

import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from domain.uploads.virus_checks.clamd import PIECE_BYTES, Clamd, ScannerUnavailable, Verdict
from tests.support.clamd_server import CUT, EICAR, FAULTY, SILENT, a_clamd_server

pytestmark = pytest.mark.asyncio
CLEAN = b"Nothing to find. " * 10_000


async def content_of(*portions: bytes) -> AsyncIterator[bytes]:
    for portion in portions:
        yield portion


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (CLEAN, Verdict()),
        (CLEAN + EICAR, Verdict(virus="Eicar-Test-Signature")),
        (CLEAN * 30, Verdict(is_too_large=True)),
        (b"", Verdict()),
    ],
)
async def test_a_scanner_says_what_it_finds(content: bytes, verdict: Verdict) -> None:
    async with a_clamd_server() as scanner:
        assert await Clamd(url=scanner.url).check(content_of(content[:PIECE_BYTES], content[PIECE_BYTES:])) == verdict


async def test_a_scanner_is_reached_by_its_unix_socket(tmp_path: Path) -> None:
    async with a_clamd_server(socket=tmp_path / "clamd") as scanner:
        client = Clamd(url=scanner.url)

        assert await client.check(content_of(EICAR)) == Verdict(virus="Eicar-Test-Signature")
        assert (await client.version()).startswith("ClamAV 1.4.3")


@pytest.mark.parametrize("content", [FAULTY, SILENT, CUT])
async def test_a_scanner_that_fails_has_found_nothing(content: bytes) -> None:
    async with a_clamd_server() as scanner:
        with pytest.raises(ScannerUnavailable):
            await Clamd(url=scanner.url, answer_seconds=0.2).check(content_of(content))


@pytest.mark.parametrize("address", [lambda: f"tcp://127.0.0.1:{a_free_port()}", lambda: "http://127.0.0.1:3310"])
async def test_an_address_without_scanner_is_named(address: Callable[[], str]) -> None:
    with pytest.raises(ScannerUnavailable):
        await Clamd(url=address()).check(content_of(CLEAN))


def a_free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
