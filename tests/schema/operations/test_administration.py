"""The administrator's queries: audit trail, refused deadlines, mails and processes; empty for all others."""

from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest
from tortoise import connections

from domain.billing.model import InvoiceStatus
from domain.commands import fire_due_deadlines
from domain.database.audit import audit
from domain.database.heartbeats import beat
from domain.engine.model import Deadline, DeadlineState
from domain.kernel.actors import Actor, Role
from domain.kernel.i18n import has_translation
from domain.kernel.ids import external
from domain.kernel.languages import LANGUAGES
from domain.orders.model import OrderStatus
from domain.outbox.alarms import ALARMS
from domain.outbox.model import MessageState
from domain.registry import REGISTRY
from domain.verification.results import verify_now
from settings import Settings
from tests.makers.accounts import an_account
from tests.makers.billing import an_invoice, the_operator
from tests.makers.mails import a_mail
from tests.makers.orders import an_order
from tests.makers.parties import ADMIN, FINANCE, STAFF, a_customer
from tests.makers.time import berlin, the_clock_shows
from tests.support.graphql.schema_client import SchemaClient
from tests.support.tampering import tamper

MONDAY = berlin(2026, 4, 13, 10)
EVERYTHING = """{ auditEntries(first: 5) { nodes { id } } messages(first: 5) { nodes { id } }
    backgroundProcesses { name } verifications { at } punctuality { window } }"""
HISTORY = """{ verifications { isIntact broken events documents brokenRows { table rowId subject fault label } }
    punctuality { window fired p99Seconds overdue } }"""
AUDIT = """query ($where: AuditEntryWhere) { auditEntries(first: 9, where: $where) { totalCount nodes {
    action actionLabel account { name } concernedAccount { name } customer { legalName }
    details { label before after } } } }"""
LATE = """{ lateDeadlines(first: 5) { totalCount nodes { kind attempts lastError order { number } invoice { id }
    reasons { message remedy } } } }"""
MAILS = """query ($where: MessageWhere) { messages(first: 5, where: $where) { nodes {
    label state stateLabel recipientName recipientEmail recipientRole attempts lastError order { project } } } }"""


async def an_audited_change() -> str:
    """A view as a customer, a change, and a sign-in of someone unknown; the account's identifier."""
    account, customer, connection = await an_account(Role.ADMIN), await a_customer(), connections.get("default")
    await audit(connection, "account.signInFailed", None, {"address": "192.0.2.7"})
    await audit(connection, "customer.viewAs", account.id, {"customer": customer.id})
    await audit(connection, "operator.approvalWorkflow", account.id, {"on": {"before": False, "after": True}})
    return external("acc", account.id)


async def a_refused_expiry() -> Deadline:
    """An offer's end that came too early, and was refused."""
    await the_clock_shows(MONDAY)
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 6, 10))
    await Deadline.filter(subject_id=case.order.id, kind="order.expire").update(due_at=MONDAY, next_attempt_at=MONDAY)
    await fire_due_deadlines()
    return await Deadline.get(subject_id=case.order.id, kind="order.expire")


async def test_the_audit_trail_tells_who_did_what_in_words(in_operations: SchemaClient) -> None:
    await an_audited_change()

    switched, viewed, failed = (await in_operations.ask(AUDIT, ADMIN))["auditEntries"]["nodes"]

    assert switched["details"] == [{"label": "Switched on", "before": "no", "after": "yes"}]
    assert (viewed["actionLabel"], viewed["account"]["name"]) == ("Viewed the portal as a customer", "Petra Person")
    assert viewed["customer"]["legalName"]
    assert viewed["details"] == []
    assert (failed["account"], failed["details"][0]["after"]) == (None, "192.0.2.7")


async def test_the_audit_trail_is_filtered_by_account_action_and_time(in_operations: SchemaClient) -> None:
    account = await an_audited_change()

    async def count(where: dict[str, Any]) -> int:
        found: int = (await in_operations.ask(AUDIT, ADMIN, where=where))["auditEntries"]["totalCount"]
        return found

    assert await count({"account": {"eq": account}}) == 2
    assert await count({"action": {"eq": "customer.viewAs"}}) == 1
    assert await count({"at": {"lt": "2020-01-01T00:00:00Z"}}) == 0
    assert await count({"at": {"gte": "2020-01-01T00:00:00Z"}}) == 3


async def test_the_audit_trail_names_the_account_that_was_moved(in_operations: SchemaClient) -> None:
    moved = await an_account(Role.MEMBER)
    await audit(connections.get("default"), "account.block", None, {"account": moved.id, "by": "Ada Admin"})

    (entry,) = (await in_operations.ask(AUDIT, ADMIN))["auditEntries"]["nodes"]

    assert (entry["account"], entry["concernedAccount"]) == (None, {"name": moved.name})
    assert entry["details"] == [{"label": "By", "before": None, "after": "Ada Admin"}]


async def test_an_action_without_words_is_shown_by_its_name(in_operations: SchemaClient) -> None:
    await audit(connections.get("default"), "nobody.knowsThis", None, {"customer": "no identifier"})

    (entry,) = (await in_operations.ask(AUDIT, ADMIN))["auditEntries"]["nodes"]

    assert (entry["actionLabel"], entry["customer"]) == ("nobody.knowsThis", None)


async def test_a_late_deadline_tells_why_it_was_refused(in_operations: SchemaClient) -> None:
    await a_refused_expiry()

    late = (await in_operations.ask(LATE, ADMIN))["lateDeadlines"]

    (found,) = late["nodes"]
    assert (late["totalCount"], found["kind"], found["attempts"]) == (1, "order.expire", 1)
    assert [reason["message"] for reason in found["reasons"]] == ["The offer is still open."]
    assert "offer_still_open" in found["lastError"]


async def test_an_invoice_that_cannot_be_printed_names_what_is_missing(in_operations: SchemaClient) -> None:
    await the_clock_shows(MONDAY)
    await the_operator(vat_id="")
    billed = await an_invoice(InvoiceStatus.READY_TO_PRINT)
    await the_clock_shows(MONDAY + timedelta(days=400))
    await fire_due_deadlines()

    late = (await in_operations.ask(LATE, ADMIN))["lateDeadlines"]["nodes"]

    (found,) = [each for each in late if each["kind"] == "invoice.print"]
    assert found["invoice"]["id"] == external("inv", billed.invoice.id)
    assert "The operator's name, address, or VAT id and tax number are missing." in [
        each["message"] for each in found["reasons"]
    ]
    assert "Complete the operator's settings." in [each["remedy"] for each in found["reasons"]]


async def test_the_technical_report_of_a_deadline_is_for_administrators(in_operations: SchemaClient) -> None:
    await a_refused_expiry()

    (found,) = (await in_operations.ask(LATE, STAFF))["lateDeadlines"]["nodes"]

    assert (found["lastError"], len(found["reasons"])) == (None, 1)


async def test_a_deadline_that_is_computed_anew_forgets_why_it_was_refused() -> None:
    expiry = await a_refused_expiry()
    assert [refusal["reason"] for refusal in expiry.refusals] == ["offer_still_open"]

    await the_clock_shows(MONDAY + timedelta(days=60))
    await fire_due_deadlines()

    await expiry.refresh_from_db()
    assert expiry.state is DeadlineState.FIRED


async def test_a_mail_names_its_reader_its_order_and_its_last_error(in_operations: SchemaClient) -> None:
    case = await an_order(OrderStatus.IN_REVIEW, project="Catalogue")
    staff = await an_account(Role.STAFF)
    await a_mail(staff.id, case.order.id, state=MessageState.FAILED, attempts=240, last_error="550 no such user")

    (mail,) = (await in_operations.ask(MAILS, ADMIN, where={"state": {"eq": "FAILED"}}))["messages"]["nodes"]

    assert (mail["label"], mail["stateLabel"]) == ("Submitted for review", "Undeliverable")
    assert (mail["recipientName"], mail["recipientEmail"]) == ("Petra Person", staff.email)
    assert (mail["order"]["project"], mail["lastError"]) == ("Catalogue", "550 no such user")


async def test_a_mail_whose_reader_is_gone_is_still_listed(in_operations: SchemaClient) -> None:
    case = await an_order(OrderStatus.IN_REVIEW)
    await a_mail(case.order.id, case.order.id)

    (mail,) = (await in_operations.ask(MAILS, ADMIN, where={"name": {"eq": "order.submit"}}))["messages"]["nodes"]

    assert (mail["recipientName"], mail["recipientEmail"]) == (None, None)


async def test_a_process_that_beat_just_now_is_alive(in_operations: SchemaClient) -> None:
    await beat("worker")

    answer = await in_operations.ask("{ backgroundProcesses { name label isAlive } }", ADMIN)

    assert answer["backgroundProcesses"] == [{"name": "worker", "label": "Queue worker", "isAlive": True}]


async def test_administrators_read_what_a_verification_found_and_how_punctual_deadlines_are(
    in_operations: SchemaClient, settings: Settings, owner: asyncpg.Connection
) -> None:
    case = await an_order()
    await tamper(owner, "UPDATE events SET actor_name = 'Eve'")
    await verify_now(settings.database_url, settings.storage_url)

    answer = await in_operations.ask(HISTORY, ADMIN)

    (result,), (row,) = answer["verifications"], answer["verifications"][0]["brokenRows"]
    assert (result["isIntact"], result["broken"]) == (False, 1)
    assert (row["table"], row["subject"]) == ("events", f"order {case.order.id}")
    assert row["label"] == "its content was changed"
    assert [each["window"] for each in answer["punctuality"]] == ["HOUR", "DAY"]


@pytest.mark.parametrize("actor", [STAFF, FINANCE], ids=lambda actor: actor.role)
async def test_all_others_find_nothing(in_operations: SchemaClient, actor: Actor) -> None:
    await an_audited_change()
    await beat("clock")
    await an_order(OrderStatus.IN_REVIEW)

    answer = await in_operations.ask(EVERYTHING, actor)

    assert answer == {"auditEntries": {"nodes": []}, "messages": {"nodes": []}, "backgroundProcesses": []} | {
        "verifications": [],
        "punctuality": [],
    }


async def test_the_portal_has_no_such_fields(in_portal: SchemaClient) -> None:
    portal = in_portal.schema.as_str()

    names = (
        "auditEntries",
        "messages(",
        "lateDeadlines",
        "failedDeadlines",
        "backgroundProcesses",
        "verifications",
        "punctuality",
    )
    assert [name for name in names if f" {name}" in portal] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_has_a_name_in_words(language: str) -> None:
    moves = {
        f"{noun}.{each.name}" for noun, of in REGISTRY.lifecycles.items() for each in of.transitions if each.notifies
    }
    names = moves | {kind for kind, (_, timer) in REGISTRY.timers.items() if timer.notifies} | ALARMS

    known = {
        name
        for name in names
        for kind in ("mail", "happened", "deadline")
        if has_translation(language, f"{kind}.{name}")
    }

    assert names - known == set()
