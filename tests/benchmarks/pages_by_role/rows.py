"""The demo, whose people look at the pages, with one in a hundred of the many orders for its member and customer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import asyncpg

from domain.accounts.model import Account
from domain.budgets.model import MemberBudget
from domain.database.pools import connect, credentials, disconnect
from domain.demo import seed
from domain.kernel.ids import external
from domain.parties.model import Contact, Member
from settings import Settings
from tests.benchmarks.pages_by_role.money_rows import fill_money
from tests.benchmarks.seeds import work_and_bill
from tests.makers.accounts import PASSWORD, a_session
from workers.documents import documents_follow_commits

ROLES = ("CUSTOMER", "MEMBER", "STAFF", "FINANCE", "ADMIN")
STAGED = """UPDATE orders o SET stage_id = s.id, stage_entered_at = o.created_at FROM
        (SELECT s.id, s.position, count(*) OVER () AS stages, min(s.position) OVER () AS first FROM stages s
            WHERE s.pipeline_id = (SELECT id FROM pipelines ORDER BY id LIMIT 1)) s
    WHERE o.status = 'ACTIVE' AND o.number LIKE 'BM-%' AND s.position = s.first + substr(o.number, 4)::int % s.stages"""
OF_ONE_MEMBER = "UPDATE orders SET member_id = $1 WHERE number LIKE 'BM-%' AND substr(number, 4)::int % 97 = 0"
OF_ONE_CUSTOMER = """UPDATE orders SET customer_id = $1, contact_id = $2
    WHERE number LIKE 'BM-%' AND substr(number, 4)::int % 97 = 1"""
# After every order has a delivery and an invoice; shares that a firm of some years has.
STATES = (
    """UPDATE orders SET status = 'COMPLETED' WHERE number LIKE 'BM-%'
        AND substr(number, 4)::int % 10 < 7""",
    """UPDATE orders SET status = 'IN_REVIEW', submitted_at = created_at
        WHERE number LIKE 'BM-%' AND substr(number, 4)::int % 100 = 98""",
    """UPDATE client_statuses s SET visibility = 'SHOWN', label_de = 'In Arbeit', label_en = 'In progress',
        kind = CASE substr(o.number, 4)::int % 50 WHEN 7 THEN 'PLANNED'
            ELSE CASE o.status WHEN 'COMPLETED' THEN 'DONE' ELSE 'IN_REVIEW' END END,
        template_id = (SELECT m.id FROM status_templates m WHERE m.state = 'ACTIVE'
            AND m.kind = CASE o.status WHEN 'COMPLETED' THEN 'DONE' ELSE 'IN_REVIEW' END ORDER BY m.id LIMIT 1),
        changed_at = app_now() - interval '20 days', shown_since = app_now() - interval '20 days'
        FROM orders o WHERE o.id = s.id AND o.number LIKE 'BM-%'""",
    """INSERT INTO collaborations (id, member_id, customer_id) SELECT uuidv7(), member_id, customer_id FROM
        (SELECT DISTINCT member_id, customer_id FROM orders WHERE number LIKE 'BM-%') pairs ON CONFLICT DO NOTHING""",
    """INSERT INTO accounts SELECT made.* FROM accounts a, generate_series(1, 2000) AS n,
            jsonb_populate_record(a, jsonb_build_object(
                'id', uuidv7(), 'email', 'konto' || n || '@bench.example', 'name', 'Konto ' || n)) AS made
        WHERE a.email = 'staff@werkstand.example'""",
    STAGED,
)
# One message and one deadline of each order, and one entry of the audit.
MESSAGES = (
    """INSERT INTO outbox SELECT made.* FROM orders o JOIN outbox first ON first.id = (SELECT id FROM outbox
            WHERE account_id IS NOT NULL AND name = 'order.confirm' AND state = 'SENT' ORDER BY id LIMIT 1)
        CROSS JOIN LATERAL (SELECT CASE substr(o.number, 4)::int % 2 WHEN 0 THEN 'STAFF' ELSE 'MEMBER' END AS role) r
        JOIN accounts a ON a.email = lower(r.role) || '@werkstand.example'
        CROSS JOIN LATERAL jsonb_populate_record(first, jsonb_build_object('id', uuidv7(), 'account_id', a.id,
            'recipient_role', r.role, 'subject_id', o.id, 'order_id', o.id, 'event_id', NULL,
            'created_at', o.created_at, 'sent_at', o.created_at)) AS made
        WHERE o.number LIKE 'BM-%'""",
    """INSERT INTO deadlines SELECT made.* FROM orders o, deadlines first,
        jsonb_populate_record(first, jsonb_build_object('id', uuidv7(), 'subject_id', o.id, 'order_id', o.id,
            'state', CASE o.status WHEN 'ACTIVE' THEN 'PENDING' ELSE 'FIRED' END,
            'due_at', o.created_at + interval '9 years', 'next_attempt_at', o.created_at + interval '9 years')) AS made
        WHERE o.number LIKE 'BM-%'
            AND first.id = (SELECT id FROM deadlines WHERE kind = 'order.complete' ORDER BY id LIMIT 1)""",
    """INSERT INTO audit (id, at, action, detail) SELECT uuidv7(), app_now(), 'session.open', '{}'
        FROM generate_series(1, 100000)""",
)


@dataclass
class Rows:
    """The secret of a session for each role, and by path the id of a row that has many others."""

    sessions: Mapping[str, str]
    large: Mapping[str, str]


async def play_demo(settings: Settings) -> None:
    """Fill the empty database with the demo, whose pages lead to each other."""
    await connect(settings.database_url)
    with documents_follow_commits(lambda: settings.storage_url):
        assert await seed(PASSWORD)
    await disconnect()


async def fill(settings: Settings) -> Rows:
    """Make the rows around the many orders. Both pools are open."""
    people = {role: await Account.get(email=f"{role.lower()}@werkstand.example") for role in ROLES}
    contact: Any = await Contact.get(account_id=people["CUSTOMER"].id)
    member: Any = await Member.get(account_id=people["MEMBER"].id)
    connection = await asyncpg.connect(**credentials(settings.database_url))
    await connection.execute(OF_ONE_MEMBER, member.id)
    await connection.execute(OF_ONE_CUSTOMER, contact.customer_id, contact.id)
    await work_and_bill(settings)
    for statement in ("ANALYZE", *STATES, "ANALYZE"):
        await connection.execute(statement)
    await fill_money(connection)
    for statement in ("ANALYZE", *MESSAGES, "VACUUM ANALYZE"):
        await connection.execute(statement)
    await connection.close()
    budget: Any = await MemberBudget.get(member_id=member.id)
    large = {
        "/customers/{id}": external("cus", contact.customer_id),
        "/members/{id}": external("mem", member.id),
        "/budgets/{id}": external("bud", budget.id),
        "/budgets/{id}/entries": external("bud", budget.id),
    }
    return Rows({role: await a_session(account) for role, account in people.items()}, large)
