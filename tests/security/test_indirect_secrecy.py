"""Secrecy outside of reads: filters, sorting, mails, and rows kept for later mails."""

import io
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage, Message

import pytest
from graphql import GraphQLInputObjectType, get_named_type
from pypdf import PdfReader
from tortoise import connections

from schema.execution import limits
from schema.portal import schema as portal
from settings import Settings
from tests.makers.time import berlin, the_clock_shows
from tests.support.graphql.schema_client import SchemaClient
from tests.support.inbox import Inbox
from tests.support.secret_rows import a_world
from tests.support.secret_statuses import SECRET
from workers.notifications.dispatcher import Dispatcher

SCHEMA = portal._schema
OUTBOX = "SELECT string_agg(o::text, ' ') AS rows, count(*) AS number FROM outbox o"


def questions() -> Iterator[str]:
    """Every list of the root, filtered by every text filter it has for a secret text."""
    assert SCHEMA.query_type is not None
    for name, field in SCHEMA.query_type.fields.items():
        if "where" not in field.args:
            continue
        where = get_named_type(field.args["where"].type)
        assert isinstance(where, GraphQLInputObjectType)
        for asked, input_field in where.fields.items():
            kind = get_named_type(input_field.type)
            if getattr(kind, "name", "") in ("String", "TextFilter"):
                value = f'"{SECRET}"' if kind.name == "String" else f'{{contains: "{SECRET}"}}'
                yield f"{{ {name}(first: 5, where: {{{asked}: {value}}}) {{ totalCount nodes {{ __typename }} }} }}"


def orders_of_lists() -> Iterator[str]:
    """Every list of the root, sorted by everything it can be sorted by."""
    assert SCHEMA.query_type is not None
    for name, field in SCHEMA.query_type.fields.items():
        if "orderBy" in field.args:
            sort = get_named_type(field.args["orderBy"].type)
            assert isinstance(sort, GraphQLInputObjectType)
            for key in get_named_type(sort.fields["field"].type).values:
                for direction in ("ASC", "DESC"):
                    order = f"orderBy: {{field: {key}, direction: {direction}}}"
                    yield f"{{ {name}(first: 100, {order}) {{ totalCount edges {{ cursor node {{ id }} }} }} }}"


async def test_no_filter_finds_what_is_secret(in_portal: SchemaClient) -> None:
    world = await a_world()

    found = {query: await in_portal.ask(query, world.by_customer) for query in questions()}

    assert len(found) >= 3
    assert {query: answer for query, answer in found.items() if next(iter(answer.values()))["totalCount"]} == {}


async def test_no_order_of_a_list_counts_what_is_secret(
    in_portal: SchemaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_COST", 10**9)
    world = await a_world()

    counts: dict[str, set[int]] = {}
    for query in orders_of_lists():
        ((name, listed),) = (await in_portal.ask(query, world.by_customer)).items()
        assert listed["totalCount"] == len(listed["edges"])
        counts.setdefault(name, set()).add(listed["totalCount"])

    assert [name for name, numbers in counts.items() if len(numbers) > 1] == []
    assert (counts["orders"], counts["workInProgress"]) == ({4}, {2})


def text_of(part: Message) -> str:
    """What a part of a mail says: its text, or that of the pages of an attached PDF."""
    if part.get_content_type() == "application/pdf":
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return str(part.get_content()) if isinstance(part, EmailMessage) and part.get_content_maintype() == "text" else ""


@pytest.mark.parametrize("days", [0, 1])
async def test_no_mail_to_the_customer_tells_a_secret(
    settings: Settings, smtp: Inbox, database: str, days: int
) -> None:
    await a_world()
    await the_clock_shows(berlin(2026, 4, 1, 12) + timedelta(days=days))

    await Dispatcher(settings).send_waiting()

    mails = [mail for mail in smtp.mails if "kunde.example" in mail["To"] and SECRET not in mail["To"]]
    told = [mail.as_string() + "".join(text_of(part) for part in mail.walk()) for mail in mails]
    assert [text for text in told if SECRET in text.upper()] == []
    assert any("Sichtbar in Arbeit" in text for text in told)


async def test_the_outbox_holds_no_words_at_all(database: str) -> None:
    await a_world()

    (row,) = await connections.get("default").execute_query_dict(OUTBOX)

    assert row["number"] > 20
    assert "GEHEIM" not in row["rows"].upper()
    assert "SICHTBAR" not in row["rows"].upper()
