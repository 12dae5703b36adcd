"""Receivables as the registry knows them."""

from domain.engine.noun import Noun
from domain.kernel.actors import Role
from domain.outbox.recipients import Recipients
from domain.receivables.consequences import CONSEQUENCES
from domain.receivables.lifecycle import RECEIVABLES

MEMBER = """SELECT m.account_id, NULL::uuid, NULL::uuid FROM receivables r JOIN invoices i ON i.id = r.invoice_id
    JOIN members m ON m.id = i.member_id WHERE r.id = {subject}"""
CUSTOMER = """SELECT NULL::uuid, NULL::uuid, i.customer_id FROM receivables r
    JOIN invoices i ON i.id = r.invoice_id WHERE r.id = {subject}"""

NOUN = Noun(
    lifecycles=(RECEIVABLES,),
    consequences=CONSEQUENCES,
    recipients={
        "receivable": Recipients(queries={Role.MEMBER: MEMBER, Role.CUSTOMER: CUSTOMER}, caretaker=Role.FINANCE)
    },
)
