"""Billable lines and invoices as the registry knows them."""

from domain.billing.consequences import CONSEQUENCES
from domain.billing.documents.job_claims import RENDERING_FAILED
from domain.billing.lifecycle.invoices import INVOICES
from domain.billing.lifecycle.lines import LINES
from domain.engine.noun import AfterSending, Noun
from domain.kernel.actors import Role
from domain.outbox.recipients import Alarm, Recipients

MEMBER = """SELECT m.account_id, NULL::uuid, NULL::uuid FROM invoices i JOIN members m ON m.id = i.member_id
    WHERE i.id = {subject}"""
CUSTOMER = "SELECT NULL::uuid, NULL::uuid, i.customer_id FROM invoices i WHERE i.id = {subject}"
UNDELIVERED = Alarm(name="invoice.undelivered", roles=frozenset({Role.ADMIN, Role.FINANCE, Role.MEMBER}))
RECIPIENTS = Recipients(
    queries={Role.MEMBER: MEMBER, Role.CUSTOMER: CUSTOMER},
    caretaker=Role.FINANCE,
    alarms=frozenset({UNDELIVERED.name, RENDERING_FAILED}),
    undelivered={"invoice.print": UNDELIVERED, "invoice.reverse": UNDELIVERED},
)
SENDING_IS_RECORDED = AfterSending(move="recordSending")

NOUN = Noun(
    lifecycles=(LINES, INVOICES),
    consequences=CONSEQUENCES,
    recipients={"line": Recipients(caretaker=Role.FINANCE), "invoice": RECIPIENTS},
    after_sending={"invoice.print": SENDING_IS_RECORDED, "invoice.reverse": SENDING_IS_RECORDED},
)
