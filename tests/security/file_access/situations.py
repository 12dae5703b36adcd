"""Files in every situation of the table, each made as its people make it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.commands import execute
from domain.deliveries.inputs import DeliveryDraft, RevisionRequest
from domain.deliveries.model import DeliveryStatus
from domain.engine.commands import Command
from domain.operator.model import CustomerAccess
from domain.orders.inputs import CancellationReason, EvidenceEntry, OptionalComment
from domain.orders.model import OrderStatus
from domain.uploads.model import File
from tests.makers.deliveries import DeliveryCase, a_delivery, an_active_order
from tests.makers.files import a_file, an_upload
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF


@dataclass(frozen=True)
class Situation:
    """A file, and the order whose people try to have it."""

    file: File
    around: Case


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
    return Situation(file, delivery.around)


async def delivered() -> Situation:
    delivery, file = await _described()
    await delivery.move("submit")
    return Situation(file, delivery.around)


async def redelivered() -> Situation:
    delivery, file = await _described()
    await delivery.move("submit")
    await delivery.move("requestRevision", RevisionRequest(defects=("A page is missing.",)))
    await delivery.move("describe", DeliveryDraft(description="Once more", link="https://files.example/2", file_ids=()))
    await delivery.move("resubmit")
    return Situation(file, delivery.around)


async def next_version() -> Situation:
    delivery = await a_delivery(DeliveryStatus.REVISION_REQUESTED)
    file = await _describe(delivery)
    return Situation(file, delivery.around)


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


async def _accepted(**facts: Any) -> Situation:
    delivery, file = await _described(await an_active_order(**facts))
    await delivery.move("submit")
    await delivery.move("accept")
    return Situation(file, delivery.around)


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
        accepted_status_only,
        archived,
        canceled,
    )
}
