"""Groups of mails to accounts, and which of them a person may do without.

A choice is about mails alone: what is told stands under the bell all the same. Contacts of customers choose their mails
about client statuses as contacts (`contact.chooseStatusMails`); what else they get is an offer, a delivery, an invoice
or a reminder, which have an effect on them by arriving.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.kernel.actors import OFFICE, Role
from domain.kernel.i18n import translate


class MailGroup(StrEnum):
    """A group of mails to an account that is chosen or left out as one."""

    ORDERS = "ORDERS"
    COMMENTS = "COMMENTS"
    DELIVERIES = "DELIVERIES"
    CLIENT_STATUSES = "CLIENT_STATUSES"
    INVOICES = "INVOICES"
    PAYMENTS = "PAYMENTS"
    CLAIMS = "CLAIMS"
    MEMBERS = "MEMBERS"
    MEMBERSHIP = "MEMBERSHIP"
    ALARMS = "ALARMS"
    ACCOUNT = "ACCOUNT"


# Mails that have to arrive: the membership is a contract, of whose changes its member is told in text form; alarms are
# the only sign of what has failed or is overdue (decision 0013); those about the account show a theft of it.
REQUIRED = frozenset({MailGroup.MEMBERSHIP, MailGroup.ALARMS, MailGroup.ACCOUNT})
GROUP_OF_KIND: Mapping[str, MailGroup] = {
    "order": MailGroup.ORDERS,
    "delivery": MailGroup.DELIVERIES,
    "clientStatus": MailGroup.CLIENT_STATUSES,
    "invoice": MailGroup.INVOICES,
    "line": MailGroup.INVOICES,
    "supplement": MailGroup.INVOICES,
    "receivable": MailGroup.PAYMENTS,
    "claim": MailGroup.CLAIMS,
    "member": MailGroup.MEMBERSHIP,
}
GROUP_OF_NAME: Mapping[str, MailGroup] = {
    "order.comment": MailGroup.COMMENTS,
    "member.proposeDetails": MailGroup.MEMBERS,
}
# To people of the operator: something has failed, or is overdue and waits for them.
ALARMS = frozenset(
    {
        "deadline.failed",
        "delivery.recordFailed",
        "delivery.unsent",
        "invoice.approval",
        "invoice.renderingFailed",
        "invoice.undelivered",
        "invoice.unsent",
        "message.failed",
        "order.cancellation",
        "order.deliveryDue",
        "order.review",
        "verification.failed",
        "webhookEndpoint.suspend",
    }
)
OF_STAFF = (MailGroup.ORDERS, MailGroup.COMMENTS, MailGroup.CLIENT_STATUSES, MailGroup.MEMBERS)
OF_FINANCE = (MailGroup.INVOICES, MailGroup.PAYMENTS, MailGroup.CLAIMS)
OF_MEMBER = (
    MailGroup.ORDERS,
    MailGroup.COMMENTS,
    MailGroup.DELIVERIES,
    MailGroup.INVOICES,
    MailGroup.PAYMENTS,
    MailGroup.CLAIMS,
    MailGroup.MEMBERSHIP,
)
GROUPS_OF_ROLE: Mapping[Role, tuple[MailGroup, ...]] = {
    Role.MEMBER: OF_MEMBER,
    Role.STAFF: (*OF_STAFF, MailGroup.INVOICES, MailGroup.ALARMS),
    Role.FINANCE: (*OF_FINANCE, MailGroup.ALARMS),
    Role.ADMIN: (*OF_STAFF, *OF_FINANCE, MailGroup.ALARMS),
}


@dataclass(frozen=True, kw_only=True)
class MailChoice:
    """One group of mails that an account may get, in words, and whether its holder wants it.

    `required_because` says why it cannot be left out; None where it can.
    """

    group: MailGroup
    label: str
    explanation: str
    wanted: bool
    required_because: str | None


def group_of(name: str, role: Role) -> MailGroup:
    """The group of a message to an account; what belongs to no other is about the account itself."""
    if role in OFFICE and name in ALARMS:
        return MailGroup.ALARMS
    return GROUP_OF_NAME.get(name) or GROUP_OF_KIND.get(name.partition(".")[0], MailGroup.ACCOUNT)


def is_unwanted(name: str, role: Role, unwanted: Collection[str]) -> bool:
    """Whether the reader does without a message of this name, in this role."""
    group = group_of(name, role)
    return group in unwanted and group not in REQUIRED


def mail_choices(roles: Collection[str], unwanted: Collection[str], language: str) -> Iterator[MailChoice]:
    """The groups of mails that an account with these roles may get, in their order."""
    possible = {group for role in roles for group in GROUPS_OF_ROLE.get(Role(role), ())} | {MailGroup.ACCOUNT}
    for group in MailGroup:
        if group in possible:
            yield MailChoice(
                group=group,
                label=translate(language, f"status.mailGroup.{group}"),
                explanation=translate(language, f"mail_group.{group}"),
                wanted=group in REQUIRED or group not in unwanted,
                required_because=translate(language, f"mail_group_required.{group}") if group in REQUIRED else None,
            )
