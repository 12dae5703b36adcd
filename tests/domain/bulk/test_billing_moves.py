"""Lines and invoices moved in bulk: found by ids or a filter, each with its result, under the same rules as one."""

from typing import Any
from uuid import UUID

import pytest
from tortoise import connections

from domain.billing.inputs import Sending
from domain.billing.model import BillableLine, Invoice, InvoiceStatus, LineStatus
from domain.bulk.lifecycle import INVOICE_BULK, LINE_BULK
from domain.bulk.model import BulkMode, BulkOperation, BulkState, BulkSubject
from domain.commands import execute
from domain.engine.commands import Command
from domain.engine.event_log import broken_chains
from domain.kernel.actors import Actor, Role
from domain.kernel.errors import Refused
from domain.kernel.malformed_ids import MalformedId
from domain.orders.model import OrderStatus
from tests.makers.billing import a_manual_line, an_invoice, move_line, someone_in_finance, the_operator, who_was_told
from tests.makers.bulk import the_outcomes, the_reasons
from tests.makers.orders import an_order
from tests.makers.parties import FINANCE, STAFF, a_customer, a_member, a_member_who_signs_in
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def start(noun: str, move: str, actor: Actor = FINANCE, **input: Any) -> BulkOperation:
    lifecycle = LINE_BULK if noun == "lineBulk" else INVOICE_BULK
    wanted = lifecycle.moves[move].input
    assert wanted is not None
    outcome = await execute(Command(noun=noun, move=move, input=wanted(**input)), actor)
    return await BulkOperation.get(id=outcome.subject_id)


async def some_lines(count: int) -> list[UUID]:
    member, customer = await a_member(), await a_customer()
    return [(await a_manual_line(member=member, customer=customer)).id for _ in range(count)]


async def some_invoices(count: int, status: InvoiceStatus) -> list[UUID]:
    return [(await an_invoice(status)).invoice.id for _ in range(count)]


async def states(model: Any, ids: list[UUID]) -> list[str]:
    return [(await model.get(id=each)).status for each in ids]


async def test_many_lines_are_held_and_confirmed_again() -> None:
    ids = await some_lines(3)

    held = await start("lineBulk", "hold", line_ids=tuple(ids))
    between = await states(BillableLine, ids)
    confirmed = await start("lineBulk", "confirm", line_ids=tuple(ids))

    assert (held.subject, held.state, held.applied) == (BulkSubject.LINE, BulkState.DONE, 3)
    assert between == [LineStatus.ON_HOLD] * 3
    assert (confirmed.applied, await states(BillableLine, ids)) == (3, [LineStatus.CONFIRMED] * 3)
    assert await broken_chains(connections.get("default")) == []


async def test_many_lines_are_canceled_but_none_that_is_on_an_invoice() -> None:
    (free,), billed = await some_lines(1), await an_invoice()
    (taken,) = await billed.lines()

    operation = await start("lineBulk", "cancel", line_ids=(taken.id, free), reason="Never ordered.")

    assert (operation.applied, operation.failed) == (1, 1)
    assert await states(BillableLine, [taken.id, free]) == [LineStatus.CONFIRMED, LineStatus.CANCELED]


async def test_a_line_on_an_invoice_is_refused_alone_with_its_reason() -> None:
    (free,), billed = await some_lines(1), await an_invoice()
    (taken,) = await billed.lines()

    operation = await start("lineBulk", "hold", line_ids=(taken.id, free))

    assert await the_outcomes(operation.id) == ["FAILED", "APPLIED"]
    assert await the_reasons(operation.id) == [["line_is_on_an_invoice"], []]


async def test_all_means_all_lines_that_the_actor_sees() -> None:
    ids = await some_lines(2)
    await move_line(await BillableLine.get(id=ids[0]), "hold")

    operation = await start("lineBulk", "confirm", all=True)

    assert operation.total == 2
    assert await the_outcomes(operation.id) == ["FAILED", "APPLIED"]


async def test_many_invoices_go_through_approval_by_two_people() -> None:
    await the_operator(approval_workflow=True)
    ids = await some_invoices(3, InvoiceStatus.READY_TO_SUBMIT)
    fay, felix = await someone_in_finance("Fay"), await someone_in_finance("Felix")

    await start("invoiceBulk", "submit", fay, invoice_ids=tuple(ids))
    by_herself = await start("invoiceBulk", "approve", fay, invoice_ids=tuple(ids))
    await start("invoiceBulk", "approve", felix, invoice_ids=tuple(ids))

    assert await the_reasons(by_herself.id) == [["submitter_cannot_decide"]] * 3
    assert await states(Invoice, ids) == [InvoiceStatus.READY_TO_PRINT] * 3


async def test_many_invoices_are_held_with_one_comment_and_released() -> None:
    member = await a_member_who_signs_in()
    cases = [await an_order(OrderStatus.ACTIVE, member=member) for _ in range(2)]
    ids = [(await an_invoice(case=case)).invoice.id for case in cases]

    await start("invoiceBulk", "hold", invoice_ids=tuple(ids), comment="Prices are being checked.")
    comments = {(await Invoice.get(id=each)).hold_comment for each in ids}
    await start("invoiceBulk", "release", invoice_ids=tuple(ids))

    assert comments == {"Prices are being checked."}
    assert await states(Invoice, ids) == [InvoiceStatus.READY_TO_PRINT] * 2
    assert await who_was_told("invoice.release") == [Role.MEMBER] * 2


async def test_all_or_none_holds_no_invoice_when_one_is_issued() -> None:
    await the_operator()
    ids = [*await some_invoices(1, InvoiceStatus.READY_TO_PRINT), *await some_invoices(1, InvoiceStatus.PRINTED)]

    operation = await start("invoiceBulk", "hold", invoice_ids=tuple(ids), mode=BulkMode.ATOMIC)

    assert operation.state is BulkState.FAILED
    assert await states(Invoice, ids) == [InvoiceStatus.READY_TO_PRINT, InvoiceStatus.PRINTED]


async def test_what_a_dry_run_previewed_is_what_is_worked_on() -> None:
    ids = await some_lines(2)
    preview = await start("lineBulk", "hold", line_ids=tuple(ids), dry_run=True)
    untouched = await states(BillableLine, ids)

    operation = await start("lineBulk", "hold", selection=preview.id)

    assert untouched == [LineStatus.CONFIRMED] * 2
    assert (operation.preview_id, operation.subject_ids) == (preview.id, ids)
    assert await states(BillableLine, ids) == [LineStatus.ON_HOLD] * 2


async def test_a_malformed_identifier_of_an_invoice_fails_alone_and_can_be_retried() -> None:
    ids = await some_invoices(1, InvoiceStatus.READY_TO_PRINT)

    operation = await start("invoiceBulk", "hold", invoice_ids=(MalformedId("inv_nonsense"), *ids))
    retry = await execute(Command(noun="bulkOperation", move="retry", subject_id=operation.id), FINANCE)

    assert await the_outcomes(operation.id) == ["FAILED", "APPLIED"]
    again = await BulkOperation.get(id=retry.subject_id)
    assert (again.subject, again.total, again.failed) == (BulkSubject.INVOICE, 1, 1)


async def test_only_finance_moves_lines_in_bulk() -> None:
    with pytest.raises(Refused):
        await start("lineBulk", "hold", STAFF, line_ids=tuple(await some_lines(1)))


async def test_many_invoices_are_issued_with_consecutive_numbers_and_the_refused_take_none() -> None:
    await the_operator()
    ids = await some_invoices(3, InvoiceStatus.READY_TO_PRINT)
    held = (await an_invoice(InvoiceStatus.ON_HOLD)).invoice.id

    operation = await start("invoiceBulk", "print", invoice_ids=(ids[0], held, *ids[1:]))

    numbers = [(await Invoice.get(id=each)).number for each in (*ids, held)]
    assert await the_outcomes(operation.id) == ["APPLIED", "FAILED", "APPLIED", "APPLIED"]
    assert numbers == ["RE-2026-00001", "RE-2026-00002", "RE-2026-00003", None]
    assert await broken_chains(connections.get("default")) == []


async def test_many_invoices_are_posted_once_they_were_sent() -> None:
    await the_operator()
    sent, unsent = await an_invoice(InvoiceStatus.PRINTED), await an_invoice(InvoiceStatus.PRINTED)
    await sent.move("recordSending", takes=Sending(reason="by post"))

    operation = await start("invoiceBulk", "post", invoice_ids=(sent.invoice.id, unsent.invoice.id))

    assert await the_outcomes(operation.id) == ["APPLIED", "FAILED"]
    assert await the_reasons(operation.id) == [[], ["sending_not_recorded"]]
