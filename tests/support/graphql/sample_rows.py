"""The tables and rows behind the sample schema: nulls, ties, and every sign that could break JSON text."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import asyncpg

from domain.kernel.actors import Actor, ActorKind, Role

TABLES = """
DROP SCHEMA IF EXISTS sample CASCADE;
CREATE SCHEMA sample;
CREATE TABLE sample.clients (id uuid PRIMARY KEY, name text NOT NULL, email text);
CREATE TABLE sample.jobs (
    id uuid PRIMARY KEY, number text NOT NULL UNIQUE, title text NOT NULL, note text, state text NOT NULL,
    former_state text, urgent boolean, hours int, rating float8, rate numeric(12, 2), starts_on date,
    due_at timestamptz, created_at timestamptz NOT NULL, tags text[] NOT NULL, assignees uuid[], extra jsonb,
    member_id uuid NOT NULL, client_id uuid REFERENCES sample.clients, net_cents bigint NOT NULL,
    fee_cents bigint, currency text NOT NULL);
CREATE INDEX ON sample.jobs (state, number, id);
CREATE TABLE sample.steps (
    id uuid PRIMARY KEY, job_id uuid NOT NULL REFERENCES sample.jobs, position int NOT NULL, text text,
    public boolean NOT NULL);
"""
START = datetime(2020, 3, 27, 17, 0, 0, 123456, tzinfo=UTC)
TEXTS = (
    "Projekt ABC",
    'Quotes "here" and \\ there',
    "Straße, Œuvre, 日本語 and 🙂",
    "a\x01b\x02c\x03d\x1f",
    "line\nbreak\ttab\u2028separator",
    "100% _sure_",
    "",
)
STATES = ("DRAFT", "ACTIVE", "DONE")


def identity(kind: int, number: int) -> UUID:
    """A fixed identity, ascending by number."""
    return UUID(int=(0x0197 << 112) | (7 << 76) | (2 << 62) | (kind << 32) | number)


CLIENTS = [identity(1, n) for n in range(3)]
MEMBERS = [identity(2, n) for n in range(2)]
ACCOUNTS = [identity(3, n) for n in range(2)]
JOBS = [identity(4, n) for n in range(30)]

ACTORS = {
    ActorKind.MEMBER: Actor(kind=ActorKind.MEMBER, role=Role.MEMBER, member_id=MEMBERS[0], account_id=ACCOUNTS[0]),
    ActorKind.CUSTOMER: Actor(kind=ActorKind.CUSTOMER, role=Role.CUSTOMER, customer_ids=(CLIENTS[0],)),
    ActorKind.LINK: Actor(kind=ActorKind.LINK, role=Role.CUSTOMER, order_id=JOBS[4], language="en"),
    ActorKind.STAFF: Actor(kind=ActorKind.STAFF, role=Role.STAFF, language="en"),
    ActorKind.STAFF_ASSIGNED: Actor(kind=ActorKind.STAFF_ASSIGNED, role=Role.STAFF, account_id=ACCOUNTS[1]),
    ActorKind.FINANCE: Actor(kind=ActorKind.FINANCE, role=Role.FINANCE),
    ActorKind.ADMIN: Actor(kind=ActorKind.ADMIN, role=Role.ADMIN),
}


def _job(n: int) -> tuple[object, ...]:
    due_at = None if n % 4 == 0 else START + timedelta(days=n % 3, microseconds=n * 100 if n % 2 else -123456)
    return (
        JOBS[n],
        f"AF-{n:05d}",
        TEXTS[n % len(TEXTS)],
        None if n % 3 else TEXTS[(n + 1) % len(TEXTS)],
        STATES[n % 3],
        None if n % 2 else STATES[(n + 1) % 3],
        (None, True, False)[n % 3],
        None if n % 5 == 0 else n % 4,
        None if n % 2 else n / 3,
        None if n % 6 == 0 else Decimal(n) / 4,
        None if n % 3 == 0 else date(2026, 1, 1) + timedelta(days=n),
        due_at,
        START + timedelta(minutes=n),
        list(TEXTS[: n % 4]),
        None if n % 7 == 0 else ACCOUNTS[: n % 3],
        None if n % 3 == 0 else '{"deep": [1, 2.5, null, {"x": "ü\\u0001"}]}',
        MEMBERS[n % 2],
        None if n % 10 == 9 else CLIENTS[n // 2 % 3],
        n * 1005,
        None if n % 2 else n * 90,
        "EUR",
    )


async def fill(connection: asyncpg.Connection) -> None:
    """Make the tables and put the rows in."""
    await connection.execute(TABLES)
    clients = [(CLIENTS[n], TEXTS[n + 1], (None, "b@example.org", "c@example.org")[n]) for n in range(3)]
    await connection.executemany("INSERT INTO sample.clients VALUES ($1, $2, $3)", clients)
    jobs = [_job(n) for n in range(len(JOBS))]
    places = ", ".join(f"${n}" for n in range(1, len(jobs[0]) + 1))
    await connection.executemany(f"INSERT INTO sample.jobs VALUES ({places})", jobs)
    steps = [
        (identity(5, n), JOBS[n % 20], n // 20, None if n % 5 == 0 else TEXTS[n % 7], n % 3 > 0) for n in range(70)
    ]
    await connection.executemany("INSERT INTO sample.steps VALUES ($1, $2, $3, $4, $5)", steps)
