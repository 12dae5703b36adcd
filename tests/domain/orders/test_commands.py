"""Commands on an order that do not change its status."""

from datetime import date

import pytest

from domain.accounts.model import Account, OrderAccess
from domain.commands import execute
from domain.engine.commands import Command
from domain.engine.model import Event
from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.errors import Code, Refused
from domain.orders.inputs import (
    Assignees,
    CancellationReason,
    CommentText,
    Draft,
    Duplication,
    EvidenceEntry,
    RequiredReason,
)
from domain.orders.model import Assignment, Comment, CommentVisibility, CompletionRule, Evidence, Order, OrderStatus
from domain.outbox.model import OutboxMessage
from tests.makers.accounts import an_account
from tests.makers.deliveries import a_delivery
from tests.makers.files import a_file
from tests.makers.orders import Case, a_draft, a_known_order, an_order, planned
from tests.makers.parties import STAFF, a_member, acting_for_member
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def the_reason(case: Case, move: str, actor: object, takes: object = None) -> str:
    with pytest.raises(Refused) as refused:
        await case.move(move, actor, takes)  # type: ignore[arg-type]
    return refused.value.refusals[0].reason


async def told(case: Case, name: str) -> set[str]:
    """The roles that a message of this name was written to."""
    return {message.recipient_role for message in await OutboxMessage.filter(order_id=case.order.id, name=name)}


async def test_an_amended_draft_has_new_sums() -> None:
    case = await an_order()

    await case.move("amend", case.by_member, a_draft(planned_invoices=(planned("950.00"),)))

    assert (case.order.net_cents, case.order.vat_cents, case.order.budget_inflow_cents) == (95_000, 18_050, 86_450)


async def test_what_was_submitted_cannot_be_amended() -> None:
    case = await an_order(OrderStatus.IN_REVIEW)

    assert await the_reason(case, "amend", case.by_member, a_draft()) == "not_in_this_state"


async def test_a_price_has_four_decimals() -> None:
    case = await an_order()

    draft = a_draft(planned_invoices=(planned("1.00005"),))

    assert await the_reason(case, "amend", case.by_member, draft) == "price_with_more_than_four_decimals"


async def test_a_deleted_draft_is_gone_for_everyone() -> None:
    case = await an_order()

    await case.move("delete", case.by_member)

    assert await the_reason(case, "submit", case.by_member) == "not_found"
    assert await the_reason(case, "duplicate", STAFF, Duplication()) == "not_found"


async def test_an_offer_that_waits_cannot_be_archived() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)

    assert await the_reason(case, "archive", case.by_member) == "not_in_this_state"


async def test_an_archived_order_is_out_of_the_customers_sight_until_it_is_restored() -> None:
    case = await an_order(OrderStatus.ACTIVE)
    hello = CommentText(text="Hello?")

    await case.move("archive", case.by_member)
    assert await the_reason(case, "comment", case.by_customer, hello) == "not_found"
    await case.move("restore", STAFF)
    await case.move("comment", case.by_customer, hello)

    assert await Comment.filter(order_id=case.order.id).count() == 1


@pytest.mark.parametrize(("status", "move"), [(OrderStatus.DRAFT, "submit"), (OrderStatus.IN_REVIEW, "approve")])
async def test_what_is_put_away_is_offered_to_nobody(status: OrderStatus, move: str) -> None:
    case = await a_known_order(status)
    actor = case.by_member if move == "submit" else STAFF
    await case.move("archive", case.by_member)

    assert await the_reason(case, move, actor) == "order_is_archived"
    await case.move("restore", STAFF)
    await case.move(move, actor)

    assert case.order.archived_at is None


async def test_an_order_put_away_can_be_taken_back_while_its_cancellation_is_reviewed() -> None:
    case = await an_order(OrderStatus.ACTIVE)
    await case.move("archive", case.by_member)
    await case.move("requestCancellation", case.by_member, CancellationReason(reason="It was called off by everyone."))

    await case.move("restore", STAFF)

    assert case.order.archived_at is None


async def test_an_employee_limited_to_assigned_orders_takes_care_of_the_copies_they_make() -> None:
    case, employee = await an_order(OrderStatus.ACTIVE), await an_account(order_access=OrderAccess.ASSIGNED)
    limited = Actor(kind=ActorKind.STAFF_ASSIGNED, role=Role.STAFF, account_id=employee.id, name="Sam")
    assert await the_reason(case, "duplicate", limited, Duplication()) == "not_found"
    await case.move("assign", STAFF, Assignees(account_ids=(employee.id,)))

    copy = await case.move("duplicate", limited, Duplication())

    assert await Assignment.filter(order_id=copy.subject_id, account_id=employee.id).count() == 1


async def test_a_members_comment_to_the_customer_is_told_to_customer_and_operator_only() -> None:
    case = await an_order(OrderStatus.ACTIVE)
    await Account.create(name="Sam", email="sam@werkstand.example", roles=["STAFF"], created_at=berlin(2026, 1, 1))

    await case.move("comment", case.by_member, CommentText(text="Half is done."))

    assert await told(case, "order.comment") == {"CUSTOMER", "STAFF"}


async def test_an_internal_comment_is_told_to_nobody() -> None:
    case = await an_order(OrderStatus.ACTIVE)

    await case.move("comment", STAFF, CommentText(text="Careful.", visibility=CommentVisibility.INTERNAL))

    assert await told(case, "order.comment") == set()


async def test_a_customer_cannot_write_past_the_member() -> None:
    case = await an_order(OrderStatus.ACTIVE)

    aside = CommentText(text="Between us", visibility=CommentVisibility.INTERNAL)

    assert await the_reason(case, "comment", case.by_customer, aside) == "readers_not_yours_to_choose"


async def test_comments_count_in_no_version() -> None:
    case = await an_order(OrderStatus.ACTIVE)
    before = case.order.version

    await case.move("comment", case.by_member, CommentText(text="Half is done."))

    assert case.order.version == before


async def test_assigning_replaces_who_takes_care() -> None:
    case = await an_order(OrderStatus.ACTIVE)
    accounts = [
        await Account.create(
            name=name, email=f"{name}@werkstand.example", roles=["STAFF"], created_at=berlin(2026, 1, 1)
        )
        for name in ("sam", "sue")
    ]

    for account in accounts:
        await case.move("assign", STAFF, Assignees(account_ids=(account.id,)))

    assert [found.account_id for found in await Assignment.filter(order_id=case.order.id)] == [accounts[1].id]


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "https://a.example/\r\nset-cookie: x=1",
        "https://a.example/<script>alert(1)</script>",
        "https:///nowhere",
        "http://[broken",
    ],
)
async def test_evidence_must_lead_to_the_web(link: str) -> None:
    case = await an_order()

    entry = EvidenceEntry(title="Signed offer", link=link)

    assert await the_reason(case, "attachEvidence", case.by_member, entry) == "link_must_be_http"


async def test_a_new_order_brings_its_evidence() -> None:
    around = await an_order()
    files = [await a_file(around.by_member, name=name) for name in ("mail.txt", "order.txt")]
    proof = (
        EvidenceEntry(title="Agreed by mail", file_ids=tuple(file.id for file in files)),
        EvidenceEntry(title="Protocol", link="https://files.example/protocol"),
    )

    outcome = await execute(
        Command(noun="order", move="create", input=Draft(project="New", evidence=proof)), around.by_member
    )

    found = await Evidence.filter(order_id=outcome.subject_id).order_by("id")
    assert [(each.title, each.file_id, each.link) for each in found] == [
        ("Agreed by mail", files[0].id, None),
        ("Agreed by mail", files[1].id, None),
        ("Protocol", None, "https://files.example/protocol"),
    ]


async def test_a_new_order_with_evidence_that_does_not_fit_is_not_made() -> None:
    around = await an_order()
    strange = await a_file(acting_for_member(await a_member()))
    proofs = [EvidenceEntry(title="Mail"), EvidenceEntry(title="Mail", file_ids=(strange.id,))]

    for proof in proofs:
        command = Command(noun="order", move="create", input=Draft(project="New", evidence=(proof,)))
        with pytest.raises(Refused) as refused:
            await execute(command, around.by_member)
        assert refused.value.refusals[0].path[:2] == ("evidence", "0")
    assert await Order.all().count() == 1


async def test_a_cancellation_needs_twenty_characters_of_reason() -> None:
    case = await an_order(OrderStatus.ACTIVE)

    with pytest.raises(Refused) as refused:
        await case.move("requestCancellation", case.by_member, CancellationReason(reason="No.               "))

    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.path) == (Code.VALIDATION_FAILED, ("reason",))


async def test_delivery_due_pauses_while_a_cancellation_is_reviewed() -> None:
    case = await an_order(OrderStatus.ACTIVE, delivery_due_at=berlin(2026, 4, 11, 10))
    await case.move("requestCancellation", case.by_member, CancellationReason(reason="The project was called off."))
    await the_clock_shows(berlin(2026, 4, 6, 10))

    await case.move("refuseCancellation", STAFF, RequiredReason(reason="It is nearly done."))

    assert case.order.delivery_due_at == berlin(2026, 4, 16, 10)


async def test_a_delivery_that_was_made_keeps_its_agreed_instant() -> None:
    case = (await a_delivery(delivery_due_at=berlin(2026, 4, 2, 10))).around
    await case.move("requestCancellation", case.by_member, CancellationReason(reason="The project was called off."))
    await the_clock_shows(berlin(2026, 4, 6, 10))

    await case.move("refuseCancellation", STAFF, RequiredReason(reason="It is nearly done."))

    assert case.order.delivery_due_at == berlin(2026, 4, 2, 10)


async def test_a_delivery_that_is_overdue_is_due_24_hours_after_the_refusal() -> None:
    case = await an_order(OrderStatus.ACTIVE, delivery_due_at=berlin(2026, 4, 1, 9))
    await case.move("requestCancellation", case.by_member, CancellationReason(reason="The project was called off."))
    await the_clock_shows(berlin(2026, 4, 6, 10))

    await case.move("refuseCancellation", STAFF, RequiredReason(reason="It is nearly done."))

    assert case.order.delivery_due_at == berlin(2026, 4, 7, 10)


async def test_an_offer_needs_an_end_unless_confirmation_is_skipped() -> None:
    case = await an_order(offer_valid_until=None)

    assert await the_reason(case, "submit", case.by_member) == "offer_end_missing"


async def test_an_order_complete_on_acceptance_plans_one_invoice() -> None:
    case = await an_order(
        completion_rule=CompletionRule.ON_ACCEPTANCE,
        planned_invoices=(planned(), planned()),
        service_to=date(2026, 4, 2),
    )

    assert await the_reason(case, "submit", case.by_member) == "one_planned_invoice_only"


async def test_members_are_not_told_who_takes_care_of_their_order() -> None:
    case = await an_order(OrderStatus.ACTIVE)
    employee = await an_account(Role.STAFF)

    await case.move("assign", STAFF, Assignees(account_ids=(employee.id,)))

    (event,) = await Event.filter(name="order.assign")
    assert Role.MEMBER not in event.audience
