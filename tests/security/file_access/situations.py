"""Files in every situation of the table, each made as its people make it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.accounts.model import Account
from domain.commands import execute
from domain.deliveries.inputs import DeliveryDraft, RevisionRequest
from domain.deliveries.model import DeliveryStatus
from domain.engine.commands import Command
from domain.kernel.actors import Actor, Role
from domain.operator.model import CustomerAccess
from domain.orders.inputs import CancellationReason, CommentText, EvidenceEntry, OptionalComment, RequiredReason
from domain.orders.model import CommentVisibility, OrderStatus
from domain.uploads.model import File
from tests.makers.accounts import a_customer_account, a_session, actor_of_session, an_account
from tests.makers.client_status import a_client_status
from tests.makers.deliveries import DeliveryCase, a_delivery, an_active_order
from tests.makers.files import a_file, an_upload, hold_for_check, quarantine
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF


@dataclass(frozen=True)
class Situation:
    """A file, and the order whose people try to have it."""

    file: File
    around: Case
    delivery: DeliveryCase | None = None


async def loose() -> Situation:
    case = await an_active_order()
    return Situation(await a_file(case.by_member), case)


async def unfinished() -> Situation:
    case = await an_active_order()
    return Situation(await an_upload(case.by_member), case)


async def removed() -> Situation:
    situation = await loose()
    command = Command(noun="upload", move="cancel", subject_id=situation.file.id)
    await execute(command, situation.around.by_member)
    return situation


async def draft_order_evidence() -> Situation:
    return await _as_evidence(await an_order(OrderStatus.DRAFT))


async def evidence() -> Situation:
    return await _as_evidence(await an_active_order())


async def draft() -> Situation:
    delivery, file = await _described()
    return Situation(file, delivery.around, delivery)


async def delivered() -> Situation:
    delivery, file = await _described()
    await delivery.move("submit")
    return Situation(file, delivery.around, delivery)


async def redelivered() -> Situation:
    delivery, file = await _described()
    await delivery.move("submit")
    await delivery.move("requestRevision", RevisionRequest(defects=("A page is missing.",)))
    await delivery.move("describe", DeliveryDraft(description="Once more", link="https://files.example/2", file_ids=()))
    await delivery.move("resubmit")
    return Situation(file, delivery.around, delivery)


async def next_version() -> Situation:
    delivery = await a_delivery(DeliveryStatus.REVISION_REQUESTED)
    file = await _describe(delivery)
    return Situation(file, delivery.around, delivery)


async def accepted() -> Situation:
    return await _accepted()


async def accepted_status_only() -> Situation:
    return await _accepted(customer_access=CustomerAccess.STATUS_ONLY)


async def archived() -> Situation:
    situation = await _accepted()
    await situation.around.move("archive", situation.around.by_member)
    return situation


async def canceled() -> Situation:
    situation = await delivered()
    around = situation.around
    reason = CancellationReason(reason="The workshop does not take place at all.")
    await around.move("requestCancellation", around.by_member, reason)
    await around.move("approveCancellation", STAFF, OptionalComment())
    return situation


async def checking() -> Situation:
    case = await an_active_order()
    file = await a_file(case.by_member, finished=False)
    await hold_for_check(file)
    return Situation(file, case)


async def quarantined() -> Situation:
    situation = await checking()
    await quarantine(situation.file)
    return situation


async def loose_of_employee() -> Situation:
    return Situation(await a_file(await _an_employee()), await an_active_order())


async def loose_of_customer() -> Situation:
    case = await an_active_order()
    return Situation(await a_file(await _an_account_of(case)), case)


async def comment_internal() -> Situation:
    return await _commented(await an_active_order(), await _an_employee(), CommentVisibility.INTERNAL)


async def comment_for_member() -> Situation:
    return await _commented(await an_active_order(), await _an_employee(), CommentVisibility.MEMBER)


async def comment_for_customer() -> Situation:
    delivery = await a_delivery(DeliveryStatus.DELIVERED)
    return await _commented(delivery.around, delivery.around.by_member, CommentVisibility.CUSTOMER)


async def comment_of_customer() -> Situation:
    case = await an_active_order()
    return await _commented(case, await _an_account_of(case), CommentVisibility.CUSTOMER)


async def comment_before_offer() -> Situation:
    case = await an_order(OrderStatus.IN_REVIEW)
    return await _commented(case, case.by_member, CommentVisibility.CUSTOMER)


async def comment_status_only() -> Situation:
    case = await an_active_order(customer_access=CustomerAccess.STATUS_ONLY)
    return await _commented(case, case.by_member, CommentVisibility.CUSTOMER)


async def comment_archived() -> Situation:
    case = await an_active_order()
    situation = await _commented(case, case.by_member, CommentVisibility.CUSTOMER)
    await case.move("archive", case.by_member)
    return situation


async def comment_on_offer() -> Situation:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    return await _commented(case, case.by_member, CommentVisibility.CUSTOMER)


async def comment_declined() -> Situation:
    situation = await comment_on_offer()
    await situation.around.move("decline", situation.around.by_customer)
    return situation


async def comment_withdrawn() -> Situation:
    situation = await comment_on_offer()
    await situation.around.move("withdraw", situation.around.by_member)
    return situation


async def comment_rejected() -> Situation:
    situation = await comment_before_offer()
    await situation.around.move("reject", STAFF, RequiredReason(reason="Not what we do."))
    return situation


async def delivered_status_hidden() -> Situation:
    situation = await delivered()
    await a_client_status(situation.around, shown=False)
    return situation


async def _commented(case: Case, by: Actor, readers: CommentVisibility) -> Situation:
    file = await a_file(by)
    await case.move("comment", by, CommentText(text="See the file.", visibility=readers, file_ids=(file.id,)))
    return Situation(file, case)


async def _an_employee() -> Actor:
    return await _signed_in(await an_account(Role.STAFF))


async def _an_account_of(case: Case) -> Actor:
    return await _signed_in(await a_customer_account(case.customer))


async def _signed_in(account: Account) -> Actor:
    actor = await actor_of_session(await a_session(account))
    assert actor is not None
    return actor


async def _accepted(**facts: Any) -> Situation:
    delivery, file = await _described(await an_active_order(**facts))
    await delivery.move("submit")
    await delivery.move("accept")
    return Situation(file, delivery.around, delivery)


async def _as_evidence(case: Case) -> Situation:
    file = await a_file(case.by_member)
    await case.move("attachEvidence", case.by_member, EvidenceEntry(title="Mail", file_ids=(file.id,)))
    return Situation(file, case)


async def _described(around: Case | None = None) -> tuple[DeliveryCase, File]:
    delivery = await a_delivery(DeliveryStatus.DRAFT, around=around)
    return delivery, await _describe(delivery)


async def _describe(delivery: DeliveryCase) -> File:
    file = await a_file(delivery.around.by_member)
    await delivery.move("describe", DeliveryDraft(description="Slides", file_ids=(file.id,)))
    return file


SITUATIONS: Mapping[str, Callable[[], Awaitable[Situation]]] = {
    make.__name__: make
    for make in (
        loose,
        unfinished,
        removed,
        draft_order_evidence,
        evidence,
        draft,
        delivered,
        redelivered,
        next_version,
        delivered_status_hidden,
        accepted,
        accepted_status_only,
        archived,
        canceled,
        checking,
        quarantined,
        loose_of_employee,
        loose_of_customer,
        comment_internal,
        comment_for_member,
        comment_for_customer,
        comment_of_customer,
        comment_before_offer,
        comment_status_only,
        comment_archived,
        comment_on_offer,
        comment_declined,
        comment_withdrawn,
        comment_rejected,
    )
}
