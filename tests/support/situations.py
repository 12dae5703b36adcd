"""One row of every noun in every status, with the people around it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from uuid import UUID

from tortoise import connections

from domain.accounts.model import Account, AccountStatus
from domain.automations.model import AutomationAction, AutomationRun, AutomationState, RunOutcome
from domain.bank.model import BankFileStatus, BankTransactionStatus
from domain.billing.model import InvoiceStatus, LineStatus
from domain.budgets.model import BudgetStatus
from domain.bulk.model import BulkItem, BulkOperation, BulkState
from domain.claims.model import ClaimStatus, PaymentFileStatus
from domain.client_status.model import StatusRules, Visibility
from domain.client_status.rules_lifecycle import RulesStanding
from domain.commands import execute, fire_due_deadlines
from domain.database.clock import now
from domain.deliveries.model import DeliveryStatus
from domain.engine.commands import Command
from domain.engine.model import Deadline, DeadlineState
from domain.imports.model import DataImportStatus, ImportKind
from domain.invoice_runs.model import InvoiceRun, InvoiceRunInvoice, InvoiceRunStatus
from domain.kernel.actors import Actor, Role
from domain.kernel.availability import Availability
from domain.kernel.ids import new_id
from domain.notifications.lifecycle import NotificationState
from domain.operator.facts import OperatorState
from domain.operator.model import OperatorSettings
from domain.orders.model import CompletionRule, OrderStatus
from domain.outbox.model import MessageState, OutboxMessage
from domain.parties.model import Contact, ContactState, Customer, CustomerState, Member, MembershipStatus
from domain.receivables.model import ReceivableStatus
from domain.supplements.model import SupplementStatus
from domain.uploads.model import FileState
from domain.webhooks.model import WebhookEndpoint, WebhookMessage, WebhookMessageState, WebhookState
from tests.makers.accounts import an_account
from tests.makers.automations import an_automation, move_automation
from tests.makers.bank_files import a_transaction
from tests.makers.billing import WITH_WORKFLOW, an_invoice, compose, lines_of, move_line, the_operator
from tests.makers.bulk import set_status, some_orders
from tests.makers.claims import a_claim, a_payment_file_in, some_funds
from tests.makers.client_status import a_client_status
from tests.makers.deliveries import a_delivery
from tests.makers.files import a_file, hold_for_check, quarantine
from tests.makers.imports import checked
from tests.makers.invoice_runs import a_run
from tests.makers.orders import Case, a_known_order, an_order, planned
from tests.makers.parties import FINANCE, STAFF, a_customer, a_member_who_signs_in
from tests.makers.pipelines import a_pipeline, move_pipeline
from tests.makers.receivables import a_receivable
from tests.makers.supplements import a_supplement
from tests.makers.templates import a_status_template, an_order_template, move_order_template, move_status_template
from tests.makers.time import berlin, the_clock_shows
from tests.makers.webhooks import a_webhook_endpoint, a_webhook_message


@dataclass(frozen=True)
class Situation:
    """A row in one status, its member and its customer."""

    noun: str
    id: UUID
    member: Actor
    customer: Actor


async def of_order(status: OrderStatus) -> Situation:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    case = await (a_completed_order() if status is OrderStatus.COMPLETED else a_known_order(status))
    assert case.order.status is status
    return _about(case, "order", case.order.id)


async def of_unsubmitted_order() -> Situation:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    case = await an_order(OrderStatus.DRAFT)
    return _about(case, "order", case.order.id)


async def a_completed_order() -> Case:
    accepted = await a_delivery(
        DeliveryStatus.ACCEPTED,
        completion_rule=CompletionRule.ON_ACCEPTANCE,
        planned_invoices=(planned(invoice_on=None),),
    )
    await fire_due_deadlines()
    await accepted.around.order.refresh_from_db()
    return accepted.around


async def of_delivery(status: DeliveryStatus) -> Situation:
    case = await a_delivery(status, at=berlin(2026, 4, 1, 10))
    assert case.delivery.status is status
    return _about(case.around, "delivery", case.id)


async def of_client_status(visibility: Visibility) -> Situation:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    case = await a_client_status(shown=visibility is Visibility.SHOWN)
    return _about(case, "clientStatus", case.order.id)


async def of_line(status: LineStatus) -> Situation:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    case = await an_order(OrderStatus.ACTIVE)
    (line,) = await lines_of(case)
    if status is not LineStatus.CONFIRMED:
        line = await move_line(line, "hold" if status is LineStatus.ON_HOLD else "cancel")
    return _about(case, "line", line.id)


async def of_supplement(status: SupplementStatus) -> Situation:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    case = await a_supplement(status)
    assert case.supplement.status is status
    return _about(case.around, "supplement", case.supplement.id)


async def of_invoice(status: InvoiceStatus) -> Situation:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    await the_operator(approval_workflow=status in WITH_WORKFLOW)
    billed = await an_invoice(status)
    assert billed.invoice.status is status
    return _about(billed.case, "invoice", billed.invoice.id)


async def of_receivable(status: ReceivableStatus) -> Situation:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    paid = {ReceivableStatus.OPEN: (), ReceivableStatus.PARTLY_PAID: ("95.00",), ReceivableStatus.PAID: ("600.00",)}
    owed = await a_receivable(*paid[status])
    assert owed.row.status is status
    return _about(owed.billed.case, "receivable", owed.row.id)


async def of_bank_file(status: BankFileStatus) -> Situation:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    owed, file_id, _ = await a_transaction()
    return _about(owed.billed.case, "bankFile", file_id)


async def of_bank_transaction(status: BankTransactionStatus) -> Situation:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    owed, _, transaction = await a_transaction(status)
    assert transaction.status is status
    return _about(owed.billed.case, "bankTransaction", transaction.id)


async def of_member_budget(status: BudgetStatus) -> Situation:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    funds = await some_funds("595.00")
    return _about(funds.case, "memberBudget", (await funds.row()).id)


async def of_claim(status: ClaimStatus) -> Situation:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    funds, claim = await a_claim(status)
    assert claim.status is status
    return _about(funds.case, "claim", claim.id)


async def of_payment_file(status: PaymentFileStatus) -> Situation:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    funds, file = await a_payment_file_in(status)
    assert file.status is status
    return _about(funds.case, "paymentFile", file.id)


async def of_invoice_run(status: InvoiceRunStatus) -> Situation:
    """A run of one invoice, whose line is neither undone nor sent."""
    await the_clock_shows(berlin(2026, 4, 1, 10))
    await the_operator()
    case = await an_order(OrderStatus.ACTIVE)
    run = await a_run(FINANCE, invoice_on_until=date(2036, 1, 1))
    if status is not InvoiceRunStatus.ON_HOLD:
        (line,) = await lines_of(case)
        invoice = await compose(line.id)
        await InvoiceRunInvoice.create(id=invoice.id, run_id=run.id, position=1, line_ids=[line.id])
    await InvoiceRun.filter(id=run.id).update(status=status)
    return _about(case, "invoiceRun", run.id)


async def of_data_import(status: DataImportStatus) -> Situation:
    """A file of one member, checked, imported or discarded."""
    await the_clock_shows(berlin(2026, 4, 1, 10))
    case = await an_order(OrderStatus.DRAFT)
    data_import = await checked(ImportKind.MEMBERS, "number,name\n99998,Nele Neu\n")
    move = {DataImportStatus.IMPORTED: "run", DataImportStatus.DISCARDED: "discard"}.get(status)
    if move:
        await execute(Command(noun="dataImport", move=move, subject_id=data_import.id), STAFF)
    return _about(case, "dataImport", data_import.id)


async def of_deadline(state: DeadlineState) -> Situation:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    case = await an_order(OrderStatus.IN_REVIEW)
    deadline = await Deadline.get(order_id=case.order.id, kind="order.review")
    await Deadline.filter(id=deadline.id).update(state=state)
    return _about(case, "deadline", deadline.id)


async def of_customer(state: CustomerState) -> Situation:
    case, other = await an_order(), await a_customer("Kunde ABC")
    merged_into = other.id if state is CustomerState.MERGED else None
    await Customer.filter(id=case.customer.id).update(status=state, merged_into_id=merged_into)
    return _about(case, "customer", case.customer.id)


async def of_contact(state: ContactState) -> Situation:
    case = await an_order()
    contact = await Contact.get(customer_id=case.customer.id)
    await Contact.create(customer_id=case.customer.id, name="Robin Kontakt", email="robin@kunde.example")
    await Contact.filter(id=contact.id).update(status=state)
    return Situation("contact", contact.id, case.by_member, replace(case.by_customer, contact_id=contact.id))


async def of_account(status: AccountStatus) -> Situation:
    """An account of nobody around, who is the only one to change it alone."""
    case, account = await an_order(), await an_account()
    ends_at = await now(connections.get("default")) if status is AccountStatus.INVITED else None
    await Account.filter(id=account.id).update(status=status, invitation_ends_at=ends_at)
    return _about(case, "account", account.id)


async def of_invited_contact() -> Situation:
    """The account of a person at the customer, which the customer's member may invite again."""
    case, account = await an_order(), await an_account(Role.CUSTOMER)
    ends_at = await now(connections.get("default"))
    await Account.filter(id=account.id).update(status=AccountStatus.INVITED, invitation_ends_at=ends_at)
    await Contact.filter(customer_id=case.customer.id).update(account_id=account.id)
    return _about(case, "account", account.id)


async def of_operator(state: OperatorState) -> Situation:
    """The settings are new while there is no account."""
    case, settings = await an_order(), await OperatorSettings.get()
    if state is OperatorState.IN_USE:
        await an_account()
    return _about(case, "operator", settings.id)


async def of_member(status: MembershipStatus) -> Situation:
    case = await an_order()
    await Member.filter(id=case.member.id).update(status=status, proposed_at=berlin(2026, 4, 1, 10))
    return _about(case, "member", case.member.id)


async def of_invoice_message() -> Situation:
    """The mail with an invoice, which finance sends again."""
    await the_clock_shows(berlin(2026, 4, 1, 10))
    await the_operator()
    billed = await an_invoice(InvoiceStatus.PRINTED)
    message = await OutboxMessage.filter(subject_kind="invoice").order_by("id").first()
    assert message is not None
    await OutboxMessage.filter(id=message.id).update(state=MessageState.FAILED)
    return _about(billed.case, "message", message.id)


async def of_message(state: MessageState) -> Situation:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    message = await OutboxMessage.get(name="order.approve", recipient_role=Role.CUSTOMER)
    await OutboxMessage.filter(id=message.id).update(state=state)
    return _about(case, "message", message.id)


async def of_pipeline(state: Availability) -> Situation:
    case, pipeline = await an_order(), await a_pipeline()
    if state is Availability.RETIRED:
        await move_pipeline(pipeline, "retire")
    return _about(case, "pipeline", pipeline.id)


async def of_status_template(state: Availability) -> Situation:
    case, template = await an_order(), await a_status_template()
    if state is Availability.RETIRED:
        await move_status_template(template.id, "retire")
    return _about(case, "statusTemplate", template.id)


async def of_order_template(state: Availability) -> Situation:
    case, template = await an_order(), await an_order_template()
    if state is Availability.RETIRED:
        await move_order_template(template.id, "retire")
    return _about(case, "orderTemplate", template.id)


async def of_status_rules(standing: RulesStanding) -> Situation:
    case, rules = await an_order(), await StatusRules.get()
    return _about(case, "statusRules", rules.id)


async def of_automation(state: AutomationState) -> Situation:
    case, automation = await an_order(), await an_automation()
    move = {AutomationState.PAUSED: "pause", AutomationState.RETIRED: "retire"}.get(state)
    if move:
        await move_automation(automation, move)
    return _about(case, "automation", automation.id)


async def of_automation_run(outcome: RunOutcome) -> Situation:
    """What the automation could not do is possible now, so that only the run itself is judged."""
    await the_clock_shows(berlin(2026, 4, 1, 10))
    await an_automation("order.submit", action=AutomationAction.SHOW)
    case = await an_order(OrderStatus.IN_REVIEW)
    run = await AutomationRun.get(order_id=case.order.id)
    await AutomationRun.filter(id=run.id).update(outcome=outcome)
    await a_client_status(case)
    return _about(case, "automationRun", run.id)


async def of_bulk_operation(state: BulkState) -> Situation:
    (case,) = await some_orders(1)
    operation_id = await set_status([case.order.id, new_id()])
    await BulkOperation.filter(id=operation_id).update(state=state, done=1)
    await BulkItem.filter(operation_id=operation_id, position=2).delete()
    return _about(case, "bulkOperation", operation_id)


async def of_notification(state: NotificationState) -> Situation:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    member = await a_member_who_signs_in()
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, member=member)
    message = await OutboxMessage.get(name="order.approve", recipient_role=Role.MEMBER)
    if state is NotificationState.READ:
        await OutboxMessage.filter(id=message.id).update(read_at=message.created_at)
    by_member = replace(case.by_member, account_id=member.account_id)
    return replace(_about(case, "notification", message.id), member=by_member)


async def of_upload(state: FileState) -> Situation:
    """A file that has arrived and is attached to nothing; its time is over."""
    await the_clock_shows(berlin(2026, 3, 1, 10))
    case = await an_order()
    file = await a_file(case.by_member, finished=state is FileState.FINISHED)
    if state in (FileState.CHECKING, FileState.QUARANTINED):
        await hold_for_check(file)
    if state is FileState.QUARANTINED:
        await quarantine(file)
    if state is FileState.REMOVED:
        await execute(Command(noun="upload", move="cancel", subject_id=file.id), case.by_member)
    return _about(case, "upload", file.id)


async def of_webhook_endpoint(state: WebhookState) -> Situation:
    case, endpoint = await an_order(), await a_webhook_endpoint()
    await WebhookEndpoint.filter(id=endpoint.id).update(state=state)
    return _about(case, "webhookEndpoint", endpoint.id)


async def of_webhook_message(state: WebhookMessageState) -> Situation:
    case, message = await an_order(), await a_webhook_message()
    await WebhookMessage.filter(id=message.id).update(state=state)
    return _about(case, "webhookMessage", message.id)


def _about(case: Case, noun: str, row_id: UUID) -> Situation:
    return Situation(noun, row_id, case.by_member, case.by_customer)


SITUATIONS: dict[str, Callable[[], Awaitable[Situation]]] = {
    **{f"order {status}": partial(of_order, status) for status in OrderStatus},
    "order DRAFT unsubmitted": of_unsubmitted_order,
    **{f"delivery {status}": partial(of_delivery, status) for status in DeliveryStatus},
    **{f"line {status}": partial(of_line, status) for status in LineStatus},
    **{f"supplement {status}": partial(of_supplement, status) for status in SupplementStatus},
    **{f"invoice {status}": partial(of_invoice, status) for status in InvoiceStatus},
    **{f"receivable {status}": partial(of_receivable, status) for status in ReceivableStatus},
    **{f"bankFile {status}": partial(of_bank_file, status) for status in BankFileStatus},
    **{f"bankTransaction {status}": partial(of_bank_transaction, status) for status in BankTransactionStatus},
    **{f"memberBudget {status}": partial(of_member_budget, status) for status in BudgetStatus},
    **{f"claim {status}": partial(of_claim, status) for status in ClaimStatus},
    **{f"paymentFile {status}": partial(of_payment_file, status) for status in PaymentFileStatus},
    **{f"invoiceRun {status}": partial(of_invoice_run, status) for status in InvoiceRunStatus},
    **{f"dataImport {status}": partial(of_data_import, status) for status in DataImportStatus},
    **{f"deadline {state}": partial(of_deadline, state) for state in DeadlineState},
    **{f"customer {state}": partial(of_customer, state) for state in CustomerState},
    **{f"contact {state}": partial(of_contact, state) for state in ContactState},
    **{f"account {status}": partial(of_account, status) for status in AccountStatus},
    "account INVITED contact": of_invited_contact,
    **{f"operator {state}": partial(of_operator, state) for state in OperatorState},
    **{f"member {status}": partial(of_member, status) for status in MembershipStatus},
    **{f"message {state}": partial(of_message, state) for state in MessageState},
    "message FAILED of an invoice": of_invoice_message,
    **{f"pipeline {state}": partial(of_pipeline, state) for state in Availability},
    **{f"statusTemplate {state}": partial(of_status_template, state) for state in Availability},
    **{f"orderTemplate {state}": partial(of_order_template, state) for state in Availability},
    **{f"statusRules {standing}": partial(of_status_rules, standing) for standing in RulesStanding},
    **{f"automation {state}": partial(of_automation, state) for state in AutomationState},
    **{f"automationRun {outcome}": partial(of_automation_run, outcome) for outcome in RunOutcome},
    **{f"bulkOperation {state}": partial(of_bulk_operation, state) for state in BulkState},
    **{f"notification {state}": partial(of_notification, state) for state in NotificationState},
    **{f"upload {state}": partial(of_upload, state) for state in FileState},
    **{f"webhookEndpoint {state}": partial(of_webhook_endpoint, state) for state in WebhookState},
    **{f"webhookMessage {state}": partial(of_webhook_message, state) for state in WebhookMessageState},
    **{f"clientStatus {state}": partial(of_client_status, state) for state in Visibility},
}
