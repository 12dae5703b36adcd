"""Confirmed lines of one member for a public body, many of them, and an account of finance that invoices them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.accounts.authentication.api_tokens import issue_token
from domain.accounts.authentication.credentials import actor_of_account
from domain.database.pools import connect, disconnect
from domain.kernel.actors import Role
from domain.parties.model import Customer
from tests.chaos.connection import Administrator
from tests.makers.accounts import an_account
from tests.makers.billing import a_manual_line, the_operator
from tests.makers.parties import a_customer, a_member

LINES_PER_INVOICE = 4
# Two files for each invoice: a process may die between them.
PUBLIC_BODY = {"document_format": "XRECHNUNG_UBL", "buyer_reference": "04011000-12345-34"}
# Each invoice has a date of its own.
DATE_FIRST = "UPDATE billable_lines SET invoice_on = service_to WHERE id = $1"
COPY = """INSERT INTO billable_lines SELECT made.* FROM billable_lines first, generate_series(1, $2::int - 1) AS n,
    jsonb_populate_record(first, jsonb_build_object('id', uuidv7(), 'text', 'Leistung ' || n,
        'invoice_on', first.invoice_on + n / $3::int)) AS made
    WHERE first.id = $1"""
LAST_DATE = "SELECT max(invoice_on) FROM billable_lines"


@dataclass(frozen=True, kw_only=True)
class PreparedLines:
    """What a run selects, and who makes it."""

    member_id: UUID
    until: date
    token: str


async def prepare_lines(database_url: str, administrator: Administrator, count: int) -> PreparedLines:
    """So many lines, four of which share an invoice. The clock issues none of them while the test lasts."""
    await connect(database_url)
    await the_operator(contact_name="Bea Büro", phone="+49 30 123456")
    account = await an_account(Role.FINANCE)
    actor = await actor_of_account(account.id, Role.FINANCE)
    assert actor is not None
    member, customer = await a_member(), await a_customer()
    await Customer.filter(id=customer.id).update(**PUBLIC_BODY)
    line = await a_manual_line(member=member, customer=customer, by=actor)
    token = await issue_token(account.email)
    await disconnect()
    await administrator.fetch(DATE_FIRST, line.id)
    await administrator.fetch(COPY, line.id, count, LINES_PER_INVOICE)
    await administrator.fetch("ANALYZE billable_lines")
    until = await administrator.fetchval(LAST_DATE)
    return PreparedLines(member_id=member.id, until=until, token=token)
