"""Imports of 2 000 members, 10 000 customers and 10 000 orders, and how long others wait meanwhile.

BENCH_ROWS in the environment makes it less, to try it out.
"""

import asyncio
import base64
import csv
import io
import os
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from tortoise import connections

from domain.accounts.authentication.credentials import actor_of_account
from domain.commands import execute
from domain.database.pools import connect, disconnect
from domain.engine.commands import Command
from domain.engine.event_log import broken_chains
from domain.imports.inputs import ImportFile
from domain.imports.model import ImportKind
from domain.kernel.actors import Actor, Role
from domain.kernel.ids import new_id
from settings import Settings
from tests.benchmarks.servers import most_memory_mib
from tests.makers.accounts import an_account

ROWS = int(os.environ.get("BENCH_ROWS", "10000"))
MEMBERS, FIRST_NUMBER, TICK = max(1, ROWS // 5), 50_000, 0.01
Rows = Iterable[Mapping[str, object]]
T = TypeVar("T")
COUNTS = """SELECT (SELECT count(*) FROM members WHERE number >= $1) AS members,
    (SELECT count(*) FROM customers WHERE legal_name LIKE 'Import %') AS customers,
    (SELECT count(*) FROM orders WHERE number LIKE 'IMP-%') AS orders,
    (SELECT count(*) FROM events WHERE name IN ('member.import', 'customer.import', 'order.import')) AS events"""


async def run(settings: Settings) -> None:
    """Print what each file takes, and prove that everything in it is there with its history."""
    await connect(settings.database_url)
    account = await an_account(Role.STAFF, email=f"staff-{new_id()}@bench.example")
    actor = await actor_of_account(account.id, Role.STAFF)
    assert actor is not None
    for kind, rows in (
        (ImportKind.MEMBERS, _members()),
        (ImportKind.CUSTOMERS, _customers()),
        (ImportKind.ORDERS, _orders()),
    ):
        await _measure(kind, _text(rows), actor)
    (found,) = await connections.get("default").execute_query_dict(COUNTS, [FIRST_NUMBER])
    assert found == {"members": MEMBERS, "customers": ROWS, "orders": ROWS, "events": MEMBERS + 2 * ROWS}, found
    assert await broken_chains(connections.get("default")) == []
    memory = most_memory_mib(Path("/proc/self/status"))
    print(f"all there, {found['events']:,} events whose chains are intact; most memory: {memory} MiB")
    await disconnect()


async def _measure(kind: ImportKind, content: bytes, actor: Actor) -> None:
    entry = ImportFile(kind=kind, file_name=f"{kind.lower()}.csv", content=base64.b64encode(content).decode())
    checked, *taken = await _timed(lambda: execute(Command(noun="dataImport", move="check", input=entry), actor))
    print(f"{kind.lower():10} {len(content) / 1e6:4.1f} MB {_shown('check', *taken)}")
    subject_id: UUID = checked.subject_id
    _, *taken = await _timed(lambda: execute(Command(noun="dataImport", move="run", subject_id=subject_id), actor))
    print(f"{'':18} {_shown('import', *taken)}")


def _shown(step: str, seconds: float, computed: float, waited: float) -> str:
    return f"{step:6} {seconds:6.2f} s, {computed:5.2f} s computed, others wait {waited * 1000:5.0f} ms at most"


async def _timed(work: Callable[[], Awaitable[T]]) -> tuple[T, float, float, float]:
    """The result, its seconds, those of this process's own work, and how long the process did nothing else at most."""
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            began = time.perf_counter()
            await asyncio.sleep(TICK)
            longest = max(longest, time.perf_counter() - began - TICK)

    watching = asyncio.create_task(watch())
    began, computed = time.perf_counter(), time.process_time()
    result = await work()
    seconds, computed = time.perf_counter() - began, time.process_time() - computed
    await asyncio.sleep(2 * TICK)
    watching.cancel()
    return result, seconds, computed, longest


def _text(rows: Rows) -> bytes:
    every = list(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(every[0]))
    writer.writeheader()
    writer.writerows(every)
    return text.getvalue().encode()


def _members() -> Rows:
    for n in range(MEMBERS):
        yield {
            "number": FIRST_NUMBER + n,
            "name": f"Mitglied {n}",
            "street": f"Weg {n}",
            "postcode": "10115",
            "city": "Berlin",
        }


def _customers() -> Rows:
    for n in range(ROWS):
        yield {
            "legal_name": f"Import {n} GmbH",
            "street": f"Musterstraße {n}",
            "postcode": f"{10000 + n % 80000}",
            "city": "Berlin",
            "vat_id": f"DE{100_000_000 + n}",
            "invoice_email": f"rechnung{n}@import.example",
            "contact_name": f"Kontakt {n}",
            "contact_email": f"kontakt{n}@import.example",
            "member_number": FIRST_NUMBER + n % MEMBERS,
        }


def _orders() -> Rows:
    for n in range(ROWS):
        yield {
            "number": f"IMP-{n:06}",
            "status": "ACTIVE",
            "member_number": FIRST_NUMBER + n % MEMBERS,
            "customer_vat_id": f"DE{100_000_000 + n}",
            "project": f"Projekt {n}",
            "service_from": "2026-01-01",
            "service_to": "2099-12-31",
            "submitted_on": "2026-01-02",
            "activated_on": "2026-01-05",
            "confirmed_by": f"Kontakt {n}",
            "invoice_on": "2099-06-30",
            "text": "Leistung",
            "unit_price": "1250.00",
        }
