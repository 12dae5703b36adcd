"""A fitting input for every move that stands alone and makes a row."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from tortoise import connections

from domain.accounts.inputs import Invitation
from domain.billing.inputs import Composition, ManualLine
from domain.bulk.model import BulkSubject
from domain.bulk.subjects import SUBJECTS
from domain.claims.inputs import PaymentFileInput
from domain.engine.context import read_context
from domain.engine.lifecycle import Transition
from domain.kernel.actors import CLOCK
from domain.members.inputs import NewMember
from domain.order_templates.order_creation import TemplateChoice
from domain.orders.imported.facts import KnownParties, imported_facts
from domain.orders.imported.inputs import ImportedOrder, OrderRecord
from domain.orders.model import OrderStatus
from domain.parties.inputs import ContactEntry, NewCustomer
from domain.parties.model import Contact
from domain.receivables.inputs import OpeningBalance
from domain.registry import REGISTRY
from tests.makers.billing import lines_of
from tests.makers.orders import Case
from tests.makers.templates import an_order_template
from tests.support.example_inputs import CUSTOMER, EXAMPLES, TEXT

BULK_SUFFIX = "Bulk"
BULK_FACTS = {"comment": TEXT, "reason": TEXT, "label": "In progress", "stage_id": None}
# Inputs that follow from no order.
OF_NO_ORDER = {
    "member.create": NewMember(name="Nele Neu"),
    "paymentFile.create": PaymentFileInput(execute_on=date(2036, 1, 1)),
}
NEW_CONTACT = ContactEntry(name="Kim", email="kim@kunde.example")


async def input_of_new_row(event: str, case: Case) -> Any:
    """An input for the move of this event, by anyone around the order."""
    lifecycle, move = REGISTRY.events[event]
    if lifecycle.noun.endswith(BULK_SUFFIX):
        return _bulk_input(lifecycle.noun, move, case.order.id)
    match event:
        case "order.createFromTemplate":
            return TemplateChoice(template_id=(await an_order_template()).id)
        case "line.create":
            return _line(case)
        case "invoice.compose":
            return Composition(line_ids=tuple(line.id for line in await lines_of(case)))
        case "order.import":
            return await _imported_draft(case)
        case "customer.create" | "customer.import":
            return NewCustomer(**CUSTOMER, contact=NEW_CONTACT)
        case "receivable.import":
            return OpeningBalance(
                number=f"ALT-{case.member.number}",
                issued_on=date(2026, 3, 1),
                due_on=date(2026, 3, 15),
                amount=Decimal(1),
                customer_id=case.customer.id,
            )
        case "account.invite":
            return Invitation(contact_id=(await Contact.get(customer_id=case.customer.id)).id)
    assert move.input is not None
    return OF_NO_ORDER.get(event) or EXAMPLES[move.input](None)


async def _imported_draft(case: Case) -> ImportedOrder:
    """A draft of the member, as it comes from another system."""
    context = await read_context(connections.get("default"), CLOCK)
    number = f"ALT-{case.member.number}"
    record = OrderRecord(
        number=number, status=OrderStatus.DRAFT, member_id=case.member.id, member_number=case.member.number
    )
    parties = KnownParties(member_id=case.member.id, member_is_active=True)
    return ImportedOrder(**vars(record), facts=imported_facts(record, parties, [], context))


def _line(case: Case) -> ManualLine:
    return ManualLine(
        member_id=case.member.id,
        customer_id=case.customer.id,
        text=TEXT,
        unit_price=Decimal(1),
        service_from=date(2026, 4, 1),
        service_to=date(2026, 4, 2),
    )


def _bulk_input(noun: str, move: Transition, row_id: UUID) -> Any:
    """A selection of one row, and what the move takes of it."""
    subjects = {
        "lineBulk": BulkSubject.LINE,
        "invoiceBulk": BulkSubject.INVOICE,
        "receivableBulk": BulkSubject.RECEIVABLE,
        "claimBulk": BulkSubject.CLAIM,
    }
    subject = subjects.get(noun, BulkSubject.ORDER)
    assert move.input is not None
    wanted = {item.name: BULK_FACTS[item.name] for item in fields(move.input) if item.name in BULK_FACTS}
    return move.input(**{SUBJECTS[subject].ids_field: (row_id,)}, **wanted)
