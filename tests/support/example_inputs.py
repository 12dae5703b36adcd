"""A fitting input for every move, so that only the move itself is under test."""

from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.accounts import inputs as of_accounts
from domain.accounts.model import OrderAccess
from domain.automations import inputs as of_automations
from domain.bank import inputs as of_bank
from domain.billing import inputs as of_billing
from domain.budgets import inputs as of_budgets
from domain.bulk import inputs as of_bulk
from domain.bulk.inputs import BulkTemplateInput
from domain.claims import inputs as of_claims
from domain.client_status.inputs import StatusInput, StatusRulesAmendment
from domain.database.clock import now
from domain.deliveries import inputs as of_deliveries
from domain.engine.lifecycle import Transition
from domain.imports.inputs import ImportFile
from domain.imports.model import ImportKind
from domain.invoice_runs import inputs as of_invoice_runs
from domain.kernel.actors import Role
from domain.kernel.ids import new_id
from domain.kernel.money import VatCategory
from domain.members import inputs as of_members
from domain.notifications.lifecycle import Reading
from domain.operator import inputs as of_operator
from domain.operator.ledger_inputs import LedgerAmendment
from domain.operator.reminders import inputs as of_operator_reminders
from domain.order_templates.inputs import OrderTemplateAmendment, OrderTemplateEntry
from domain.orders import inputs as of_orders
from domain.orders.model import Order, PlannedInvoice
from domain.parties import inputs as of_parties
from domain.parties.model import Contact, StatusMails
from domain.pipelines import inputs as of_pipelines
from domain.pipelines.model import Pipeline, Stage
from domain.receivables import inputs as of_receivables
from domain.receivables.reminders import inputs as of_reminders
from domain.status_templates.inputs import StatusTemplateAmendment, StatusTemplateInput
from domain.supplements import inputs as of_supplements
from domain.uploads import inputs as of_uploads
from domain.uploads.model import VirusCheck
from domain.webhooks import inputs as of_webhooks
from tests.makers.automations import an_entry
from tests.makers.bank_files import Entry, bank_file_content, camt
from tests.makers.claims import a_payout
from tests.makers.parties import a_customer
from tests.makers.pipelines import named
from tests.makers.templates import a_status_entry, an_order_entry
from tests.support.example_bookings import BOOKINGS

TEXT = "A sentence that is long enough for any rule."
CUSTOMER: dict[str, Any] = {
    "legal_name": "Kunde ABC",
    "street": "Musterweg 2",
    "postcode": "10115",
    "city": "Berlin",
    "invoice_email": "rechnung@kunde.example",
}
ADDRESS = {"street": "Musterweg 3", "postcode": "10117", "city": "Berlin"}
OPERATOR: dict[str, Any] = {
    "name_de": "Werkstand eG",
    "name_en": "Werkstand",
    "street": "Musterweg 1",
    "postcode": "10115",
    "city": "Berlin",
    "email": "office@werkstand.example",
    "vat_id": "DE136695976",
    "iban": "DE02120300000000202051",
}
EXAMPLES: dict[type, Callable[[Any], Any]] = {
    of_accounts.Acceptance: lambda facts: of_accounts.Acceptance(name="Kim", language="de", password_hash="!"),
    of_accounts.NewPassword: lambda facts: of_accounts.NewPassword(password_hash="!"),
    of_accounts.NewEmail: lambda facts: of_accounts.NewEmail(email="new@kunde.example"),
    of_accounts.NewName: lambda facts: of_accounts.NewName(name="Kim"),
    of_accounts.NewLanguage: lambda facts: of_accounts.NewLanguage(language="de"),
    of_accounts.MailChoices: lambda facts: of_accounts.MailChoices(unwanted=()),
    of_accounts.RolesInput: lambda facts: of_accounts.RolesInput(roles=(Role.FINANCE,)),
    of_accounts.GrantedRole: lambda facts: of_accounts.GrantedRole(role=Role.FINANCE),
    of_accounts.OrderAccessInput: lambda facts: of_accounts.OrderAccessInput(order_access=OrderAccess.ASSIGNED),
    of_accounts.ApprovalLimitAmendment: lambda facts: of_accounts.ApprovalLimitAmendment(approval_limit=Decimal(5)),
    of_orders.Draft: lambda facts: of_orders.Draft(project="Projekt ABC"),
    of_orders.DraftAmendment: lambda facts: of_orders.DraftAmendment(project="Projekt ABC"),
    of_orders.Duplication: lambda facts: of_orders.Duplication(),
    of_orders.OptionalComment: lambda facts: of_orders.OptionalComment(),
    of_orders.Restoration: lambda facts: of_orders.Restoration(),
    of_orders.RequiredComment: lambda facts: of_orders.RequiredComment(comment=TEXT),
    of_orders.RequiredReason: lambda facts: of_orders.RequiredReason(reason=TEXT),
    of_orders.OptionalReason: lambda facts: of_orders.OptionalReason(),
    of_orders.CancellationReason: lambda facts: of_orders.CancellationReason(reason=TEXT),
    of_orders.Confirmation: lambda facts: of_orders.Confirmation(name="Kim", revision=facts.offer_revision or 1),
    of_orders.ChangeMessage: lambda facts: of_orders.ChangeMessage(message=TEXT),
    of_orders.OfferEnd: lambda facts: of_orders.OfferEnd(valid_until=date(2036, 1, 1)),
    of_orders.DueProposal: lambda facts: of_orders.DueProposal(due_on=date(2036, 1, 1)),
    of_orders.CommentText: lambda facts: of_orders.CommentText(text=TEXT),
    of_orders.EvidenceEntry: lambda facts: of_orders.EvidenceEntry(title=TEXT, link="https://files.example/1"),
    of_orders.Assignees: lambda facts: of_orders.Assignees(),
    ImportFile: lambda facts: ImportFile(
        kind=ImportKind.MEMBERS, file_name="members.csv", content=b64encode(b"number,name\n99999,Nele\n").decode()
    ),
    of_deliveries.DeliveryDraft: lambda facts: of_deliveries.DeliveryDraft(description=TEXT),
    of_deliveries.Submission: lambda facts: of_deliveries.Submission(confirm_no_file=True),
    of_deliveries.Acceptance: lambda facts: of_deliveries.Acceptance(version_number=facts.current_number or 1),
    of_deliveries.Rating: lambda facts: of_deliveries.Rating(rating=5),
    of_deliveries.DefectAnswers: lambda facts: of_deliveries.DefectAnswers(
        answers=(of_deliveries.DefectAnswer(number=1, corrected=True),)
    ),
    of_deliveries.RevisionRequest: lambda facts: of_deliveries.RevisionRequest(defects=(TEXT,)),
    of_billing.ProposedInvoice: lambda facts: of_billing.ProposedInvoice(
        text=TEXT, unit_price=Decimal(1), invoice_on=date(2030, 1, 31)
    ),
    of_billing.LineCancellation: lambda facts: of_billing.LineCancellation(reason=TEXT),
    of_supplements.SupplementConfirmation: lambda facts: of_supplements.SupplementConfirmation(name="Kim"),
    of_supplements.SupplementDecline: lambda facts: of_supplements.SupplementDecline(reason=TEXT),
    of_billing.LineChanges: lambda facts: of_billing.LineChanges(text=TEXT),
    of_billing.AcceptanceDate: lambda facts: of_billing.AcceptanceDate(accepted_on=date(2026, 4, 1)),
    of_billing.ChangeRequest: lambda facts: of_billing.ChangeRequest(message=TEXT),
    of_billing.HoldComment: lambda facts: of_billing.HoldComment(comment=TEXT),
    of_billing.ApprovalRefusal: lambda facts: of_billing.ApprovalRefusal(reason=TEXT),
    of_billing.InvoiceDate: lambda facts: of_billing.InvoiceDate(invoice_on=date(2026, 3, 31), confirmed=True),
    of_billing.ExchangeRate: lambda facts: of_billing.ExchangeRate(rate=Decimal("1.1")),
    of_billing.Sending: lambda facts: of_billing.Sending(reason=TEXT),
    of_invoice_runs.InvoiceRunSelection: lambda facts: of_invoice_runs.InvoiceRunSelection(
        invoice_on_until=date(2036, 1, 1)
    ),
    of_invoice_runs.InvoiceRunAmendment: lambda facts: of_invoice_runs.InvoiceRunAmendment(
        invoice_on_until=date(2036, 1, 1)
    ),
    of_bank.BankFileContent: lambda facts: bank_file_content(camt(Entry())),
    of_bank.LeastConfidence: lambda facts: of_bank.LeastConfidence(confidence=95),
    of_bank.Undoing: lambda facts: of_bank.Undoing(reason=TEXT),
    of_bank.SettingAside: lambda facts: of_bank.SettingAside(note=TEXT),
    of_receivables.Payment: lambda facts: of_receivables.Payment(amount=Decimal(1), received_on=date(2026, 4, 1)),
    of_receivables.Refund: lambda facts: of_receivables.Refund(amount=Decimal(1), refunded_on=date(2026, 4, 1)),
    of_receivables.Dispute: lambda facts: of_receivables.Dispute(reason=TEXT),
    of_receivables.Resolution: lambda facts: of_receivables.Resolution(comment=TEXT),
    of_receivables.WriteOff: lambda facts: of_receivables.WriteOff(reason=TEXT),
    of_reminders.ReminderPause: lambda facts: of_reminders.ReminderPause(reason=TEXT, until=date(2026, 4, 30)),
    of_reminders.Waiver: lambda facts: of_reminders.Waiver(reason=TEXT),
    of_budgets.BudgetBookings: lambda facts: of_budgets.BudgetBookings(bookings=()),
    of_budgets.Correction: lambda facts: of_budgets.Correction(amount=Decimal(1), reason=TEXT),
    of_claims.ClaimDraft: lambda facts: a_payout("1.00"),
    of_claims.ClaimAmendment: lambda facts: of_claims.ClaimAmendment(purpose=TEXT),
    of_claims.ClaimFiles: lambda facts: of_claims.ClaimFiles(file_ids=()),
    of_claims.Decision: lambda facts: of_claims.Decision(reason=TEXT),
    of_claims.PaidOn: lambda facts: of_claims.PaidOn(paid_on=date(2026, 4, 1)),
    of_billing.Reversal: lambda facts: of_billing.Reversal(reason=TEXT),
    of_automations.AutomationInput: lambda facts: an_entry(),
    of_automations.AutomationAmendment: lambda facts: of_automations.AutomationAmendment(name="Follows"),
    of_automations.RehearsalInput: lambda facts: of_automations.RehearsalInput(since=date(2026, 3, 1)),
    of_parties.CustomerAmendment: lambda facts: of_parties.CustomerAmendment(**CUSTOMER),
    of_parties.ContactAmendment: lambda facts: of_parties.ContactAmendment(name="Kim Kontakt-Neu"),
    of_parties.MergedCustomer: lambda facts: of_parties.MergedCustomer(customer_id=new_id(), legal_name="Kunde"),
    of_operator.FirstSetup: lambda facts: of_operator.FirstSetup(
        details=of_operator.OperatorDetails(**OPERATOR),
        rules=of_operator.OperatingRules(),
        numbers=of_operator.NumberFormats(),
        administrator=of_operator.Administrator(name="Ada Admin", email="ada@werkstand.example"),
        password_hash="!",
    ),
    of_operator.DetailsAmendment: lambda facts: of_operator.DetailsAmendment(**OPERATOR),
    of_operator.RulesAmendment: lambda facts: of_operator.RulesAmendment(payment_days=30),
    of_operator.NumbersAmendment: lambda facts: of_operator.NumbersAmendment(order_prefix="OR"),
    of_operator.FeeInput: lambda facts: of_operator.FeeInput(percent=Decimal(8), holds_from=date(2036, 1, 1)),
    of_operator_reminders.RemindersAmendment: lambda facts: of_operator_reminders.RemindersAmendment(
        friendly_reminder_days=5
    ),
    of_operator_reminders.BaseRateInput: lambda facts: of_operator_reminders.BaseRateInput(
        percent=Decimal("1.5"), holds_from=date(2036, 1, 1)
    ),
    of_operator.ApprovalWorkflow: lambda facts: of_operator.ApprovalWorkflow(approval_workflow=True),
    of_operator.TextsAmendment: lambda facts: of_operator.TextsAmendment(support_contact="030 1234567"),
    of_operator.BrandingAmendment: lambda facts: of_operator.BrandingAmendment(accent_color="#0f766e"),
    LedgerAmendment: lambda facts: LedgerAmendment(ledger_consultant=29_098, ledger_client=55_003),
    of_members.MemberAmendment: lambda facts: of_members.MemberAmendment(name="Mara Muster"),
    of_members.ImportedMember: lambda facts: of_members.ImportedMember(number=99_999, name="Nele Neu"),
    of_members.MemberDetails: lambda facts: of_members.MemberDetails(**ADDRESS, iban="DE02120300000000202051"),
    of_members.DetailsRefusal: lambda facts: of_members.DetailsRefusal(reason=TEXT),
    of_parties.StatusMailsInput: lambda facts: of_parties.StatusMailsInput(status_mails=StatusMails.DAILY),
    of_parties.ContactEntry: lambda facts: of_parties.ContactEntry(name="Kim", email="kim@kunde.example"),
    of_pipelines.PipelineInput: lambda facts: of_pipelines.PipelineInput(
        **named("Werkstatt"), stages=(of_pipelines.StageEntry(**named("Neu")),)
    ),
    of_pipelines.PipelineAmendment: lambda facts: of_pipelines.PipelineAmendment(
        stages=(of_pipelines.StageEntry(**named("Neu")),)
    ),
    BulkTemplateInput: lambda facts: BulkTemplateInput(),
    StatusInput: lambda facts: StatusInput(label="In progress"),
    StatusTemplateAmendment: lambda facts: StatusTemplateAmendment(color="#123456"),
    StatusTemplateInput: lambda facts: a_status_entry(),
    StatusRulesAmendment: lambda facts: StatusRulesAmendment(quiet_minutes=5, stale_after_days=7, digest_hour=8),
    OrderTemplateEntry: lambda facts: an_order_entry(),
    OrderTemplateAmendment: lambda facts: OrderTemplateAmendment(project="Projekt ABC"),
    of_bulk.BulkTemplateInput: lambda facts: of_bulk.BulkTemplateInput(),
    Reading: lambda facts: Reading(earlier_too=True),
    of_uploads.NewUpload: lambda facts: of_uploads.NewUpload(name="plan.pdf", size=3),
    of_uploads.StoredContent: lambda facts: of_uploads.StoredContent(sha256="0" * 64, media_type="text/plain"),
    of_uploads.PassedCheck: lambda facts: of_uploads.PassedCheck(finding=VirusCheck.CLEAN),
    of_uploads.FoundVirus: lambda facts: of_uploads.FoundVirus(virus_name="Eicar-Test-Signature"),
    of_webhooks.WebhookEndpointInput: lambda facts: of_webhooks.WebhookEndpointInput(url="https://example.com/hooks"),
    of_webhooks.WebhookEndpointAmendment: lambda facts: of_webhooks.WebhookEndpointAmendment(description="Shop"),
    of_webhooks.Suspension: lambda facts: of_webhooks.Suspension(cause=of_webhooks.SuspensionCause.GONE),
}


async def example_of(move: Transition, facts: Any, connection: BaseDBAsyncClient) -> Any:
    """An input that fits this move of the row that `facts` describe; nothing where it takes nothing."""
    if move.input is None:
        return None
    if move.input is of_deliveries.ReviewExtension:
        base = facts.review_ends_at or await now(connection)
        return of_deliveries.ReviewExtension(until=base + timedelta(days=1))
    if move.input is of_parties.MergeTarget:
        return of_parties.MergeTarget(into_id=(await a_customer("Kunde DEF")).id)
    if move.input is of_parties.DefaultContact:
        return of_parties.DefaultContact(contact_id=await a_contact_of(facts.id))
    if move.input is of_orders.ContactChoice:
        return of_orders.ContactChoice(contact_id=await a_contact_of(facts.customer_id))
    if move.input is of_orders.FollowedCustomer:
        return of_orders.FollowedCustomer(customer_id=(await a_customer("Kunde DEF")).id)
    if move.input is of_pipelines.StageEntryInput:
        return of_pipelines.StageEntryInput(stage_id=await a_stage_to_enter())
    if issubclass(move.input, of_billing.PlannedLine):
        planned = await PlannedInvoice.get(id=await an_entry_without_a_line(facts.id))
        more = {"number": "RE-2025-0042"} if move.input is of_billing.InvoicedLine else {}
        return move.input(planned_invoice=planned, order=await Order.get(id=facts.id), **more)
    if move.input in BOOKINGS:
        return await BOOKINGS[move.input](facts)
    return EXAMPLES[move.input](facts)


async def a_contact_of(customer_id: UUID | None) -> UUID:
    """Another person at the customer; without a customer, a person who does not exist."""
    if customer_id is None:
        return new_id()
    return (await Contact.create(customer_id=customer_id, name="Noa Neu", email="noa@kunde.example")).id


async def a_stage_to_enter() -> UUID:
    """The one stage of a new pipeline."""
    pipeline = await Pipeline.create(**named("Werkstatt"), position=1, created_at=datetime.now(UTC))
    return (await Stage.create(pipeline=pipeline, position=1, **named("Neu"), color="#64748b")).id


async def an_entry_without_a_line(order_id: UUID) -> UUID:
    """A planned invoice that has not become a line yet, as there is one at the instant of activation."""
    entry = await PlannedInvoice.create(
        order_id=order_id,
        position=9,
        invoice_on=date(2026, 5, 10),
        text=TEXT,
        quantity=1,
        unit_price_cents=100,
        vat_category=VatCategory.STANDARD,
        vat_rate=19,
        net_cents=100,
        vat_cents=19,
    )
    return entry.id
