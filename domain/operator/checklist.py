"""The checklist of a firm that begins: steps before its first order, first invoice and first mail."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from domain.engine.facts import fact

MEMBER_SIGNS_IN = """EXISTS (SELECT 1 FROM members m JOIN accounts a ON a.id = m.account_id
    WHERE m.status = 'ACTIVE' AND a.status = 'ACTIVE')"""
APPROVERS = """(SELECT count(*) FROM accounts a WHERE a.status = 'ACTIVE' AND a.roles && ARRAY['FINANCE', 'ADMIN'])"""
HAS_CONSUMER = "EXISTS (SELECT 1 FROM customers c WHERE c.kind = 'CONSUMER' AND c.status <> 'MERGED')"
ADDRESS = "{t}.name_de <> '' AND {t}.street <> '' AND {t}.postcode <> '' AND {t}.city <> ''"


class Milestone(StrEnum):
    """What a firm that begins works towards."""

    FIRST_ORDER = "FIRST_ORDER"
    FIRST_INVOICE = "FIRST_INVOICE"
    FIRST_MAIL = "FIRST_MAIL"


@dataclass(frozen=True)
class ChecklistFacts:
    """What is there already."""

    member_signs_in: bool = fact(MEMBER_SIGNS_IN)
    withdrawal: bool = fact("{t}.withdrawal_de <> ''")
    has_consumer: bool = fact(HAS_CONSUMER)
    address: bool = fact(ADDRESS)
    tax_number: bool = fact("{t}.vat_id <> '' OR {t}.tax_number <> ''")
    bank_account: bool = fact("{t}.iban <> ''")
    invoice_contact: bool = fact("{t}.contact_name <> '' AND {t}.phone <> ''")
    approval_workflow: bool = fact("{t}.approval_workflow")
    approvers: int = fact(APPROVERS)
    email: bool = fact("{t}.email <> ''")
    imprint: bool = fact("{t}.imprint_de <> ''")
    privacy: bool = fact("{t}.privacy_de <> ''")
    support_contact: bool = fact("{t}.support_contact <> ''")


@dataclass(frozen=True)
class Step:
    """One step; `code` names its words, `is_done` looks at the facts."""

    milestone: Milestone
    code: str
    is_done: Callable[[ChecklistFacts], bool]


STEPS = (
    Step(Milestone.FIRST_ORDER, "member", lambda facts: facts.member_signs_in),
    Step(Milestone.FIRST_ORDER, "withdrawal", lambda facts: not facts.has_consumer or facts.withdrawal),
    Step(Milestone.FIRST_INVOICE, "address", lambda facts: facts.address),
    Step(Milestone.FIRST_INVOICE, "tax_number", lambda facts: facts.tax_number),
    Step(Milestone.FIRST_INVOICE, "bank_account", lambda facts: facts.bank_account),
    Step(Milestone.FIRST_INVOICE, "invoice_contact", lambda facts: facts.invoice_contact),
    Step(
        Milestone.FIRST_INVOICE,
        "second_approver",
        lambda facts: not facts.approval_workflow or facts.approvers > 1,
    ),
    Step(Milestone.FIRST_MAIL, "email", lambda facts: facts.email),
    Step(Milestone.FIRST_MAIL, "imprint", lambda facts: facts.imprint),
    Step(Milestone.FIRST_MAIL, "privacy", lambda facts: facts.privacy),
    Step(Milestone.FIRST_MAIL, "support_contact", lambda facts: facts.support_contact),
)


def missing_steps(facts: ChecklistFacts) -> list[Step]:
    """The steps that are not done, in their order."""
    return [step for step in STEPS if not step.is_done(facts)]
