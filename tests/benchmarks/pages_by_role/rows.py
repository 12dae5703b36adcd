"""The people who look at the pages, one of whom has one order in a hundred, and a row for each page of a single one."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import asyncpg
from tortoise import connections

from domain.bulk.model import BulkOperation
from domain.database import clock
from domain.database.pools import credentials
from domain.kernel.ids import external, new_id
from domain.orders.model import OrderStatus
from settings import Settings
from tests.benchmarks.seeds import BEGUN, work_and_bill
from tests.makers.accounts import a_session
from tests.makers.automations import an_automation
from tests.makers.billing import an_invoice, lines_of, someone_in_finance, the_operator
from tests.makers.bulk import set_status
from tests.makers.deliveries import a_delivery
from tests.makers.invoice_runs import a_run
from tests.makers.orders import an_order
from tests.makers.parties import another_contact
from tests.makers.pipelines import a_pipeline
from tests.makers.supplements import a_supplement
from tests.makers.templates import a_status_template, an_order_template
from tests.makers.time import the_clock_shows
from tests.makers.webhooks import a_webhook_endpoint
from tests.support.people import Everyone, everyone

STAGES = ("Anfrage", "Geplant", "In Arbeit", "Prüfung", "Rückfrage", "Fertig")
OF_ONE_MEMBER = "UPDATE orders SET member_id = $1 WHERE number LIKE 'BM-%' AND substr(number, 4)::int % 100 = 0"
OF_ONE_CUSTOMER = """UPDATE orders SET customer_id = $1, contact_id = $2
    WHERE number LIKE 'BM-%' AND substr(number, 4)::int % 100 = 1"""
# After every order has a delivery and an invoice; shares that a firm of some years has.
STATES = (
    """UPDATE orders SET status = 'COMPLETED' WHERE number LIKE 'BM-%'
        AND substr(number, 4)::int % 10 < 7""",
    """UPDATE orders SET status = 'IN_REVIEW', submitted_at = created_at
        WHERE number LIKE 'BM-%' AND substr(number, 4)::int % 100 = 98""",
    """UPDATE client_statuses s SET visibility = 'SHOWN', label_de = 'In Arbeit', label_en = 'In progress',
        kind = CASE substr(o.number, 4)::int % 50 WHEN 7 THEN 'PLANNED'
            ELSE CASE o.status WHEN 'COMPLETED' THEN 'DONE' ELSE 'IN_REVIEW' END END,
        changed_at = app_now() - interval '20 days', shown_since = app_now() - interval '20 days'
        FROM orders o WHERE o.id = s.id AND o.number LIKE 'BM-%'""",
    """INSERT INTO collaborations (id, member_id, customer_id) SELECT uuidv7(), member_id, customer_id FROM
        (SELECT DISTINCT member_id, customer_id FROM orders WHERE number LIKE 'BM-%') pairs ON CONFLICT DO NOTHING""",
    """INSERT INTO accounts SELECT made.* FROM accounts a, generate_series(1, 2000) AS n,
            jsonb_populate_record(a, jsonb_build_object(
                'id', uuidv7(), 'email', 'konto' || n || '@bench.example', 'name', 'Konto ' || n)) AS made
        WHERE a.id = $1""",
)
# As the worker of documents does it.
CHECKED = """INSERT INTO invoice_checks (id, invoice_id, fingerprint, findings, checked_at)
    VALUES (uuidv7(), $1, invoice_fingerprint($1), '[]', app_now())"""
ON_THE_BOARD = """UPDATE orders o SET stage_id = s.id, stage_entered_at = o.created_at FROM stages s
    WHERE o.status = 'ACTIVE' AND o.number LIKE 'BM-%' AND s.pipeline_id = $1
        AND s.position = 1 + substr(o.number, 4)::int % 6"""


@dataclass
class Rows:
    """The secret of a session for each role, and the id of a row by path, or by role and path where that differs."""

    sessions: Mapping[str, str]
    ids: Mapping[str, str]

    def id_for(self, role: str, route: str) -> str:
        """The id in the address of a page, empty for a page of no single row."""
        section = route.partition("/{id}")[0]
        return next((self.ids[key] for key in (f"{role} {section}", route, section) if key in self.ids), "")


async def fill(settings: Settings) -> Rows:
    """Make the people and rows. Both pools are open."""
    await the_operator()
    await the_clock_shows(BEGUN)
    people = await everyone()
    # Before there are many invoices: settings of the operator have all drafts checked anew.
    ids = await _single_rows(people)
    connection = await asyncpg.connect(**credentials(settings.database_url))
    await connection.execute(OF_ONE_MEMBER, people.case.member.id)
    await connection.execute(OF_ONE_CUSTOMER, people.case.customer.id, people.case.order.contact_id)
    await work_and_bill(settings)
    await the_clock_shows(BEGUN)
    for statement in STATES:
        await connection.execute(statement, *([people.staff.id] if "$1" in statement else []))
    await connection.execute(ON_THE_BOARD, (await a_pipeline(*STAGES)).id)
    await clock.reset()
    await connection.execute("VACUUM ANALYZE")
    await connection.close()
    return Rows(await _sessions(people), ids)


async def _operation_like(operation_id: UUID, **changes: object) -> UUID:
    """A copy of an operation that another role sees."""
    operation = await BulkOperation.get(id=operation_id)
    copy = operation.clone(pk=new_id())
    await copy.update_from_dict(changes).save()
    return copy.id


async def _sessions(people: Everyone) -> Mapping[str, str]:
    accounts = {
        "CUSTOMER": people.customer,
        "MEMBER": people.member,
        "STAFF": people.staff,
        "FINANCE": people.finance,
        "ADMIN": people.admin,
    }
    return {role: await a_session(account) for role, account in accounts.items()}


async def _single_rows(people: Everyone) -> dict[str, str]:
    """One row for each kind of page, all of them around the order that everyone knows."""
    case = people.case
    finance = await someone_in_finance()
    issued = await an_invoice(case=case)
    await connections.get("default").execute_query(CHECKED, [issued.invoice.id])
    await issued.move("print")
    draft_invoice = await an_invoice()
    supplement = await a_supplement(around=case)
    draft = await an_order(OrderStatus.DRAFT, member=case.member, customer=case.customer)
    operation = await set_status([case.order.id])
    other_contact = await another_contact(case.customer)
    found = {
        "/orders": ("ord", case.order.id),
        "/orders/{id}/edit": ("ord", draft.order.id),
        "/orders/new": ("ort", (await an_order_template()).id),
        "/deliveries": ("del", (await a_delivery(around=case)).id),
        "/supplements": ("sup", supplement.supplement.id),
        "/work": ("ord", case.order.id),
        "/accounts": ("acc", people.staff.id),
        "MEMBER /accounts": ("acc", people.member.id),
        "/accounts/invite": ("con", other_contact.id),
        "/contacts": ("con", case.order.contact_id),
        "/bulk": ("blk", operation),
        "MEMBER /bulk": ("blk", await _operation_like(operation, account_id=people.member.id, role="MEMBER")),
        "FINANCE /bulk": ("blk", await _operation_like(operation, subject="LINE")),
        "/customers": ("cus", case.customer.id),
        "/members": ("mem", case.member.id),
        "/invoices": ("inv", issued.invoice.id),
        "/invoices/{id}/issue": ("inv", draft_invoice.invoice.id),
        "/runs": ("ivr", (await a_run(finance)).id),
        "/lines": ("lin", (await lines_of(case))[0].id),
        "/settings/webhooks": ("whe", (await a_webhook_endpoint()).id),
        "/setup/templates": ("stt", (await a_status_template()).id),
        "/setup/automations": ("aut", (await an_automation()).id),
        "/setup/pipelines": ("pip", (await a_pipeline()).id),
        "/setup/order-templates": ("ort", (await an_order_template()).id),
    }
    return {path: external(prefix, id_) for path, (prefix, id_) in found.items()}
