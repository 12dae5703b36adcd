"""Fates of mails and of messages to other systems, and the groups of mails."""

from domain.accounts.mail_choices import MailGroup
from domain.outbox.model import MessageState
from domain.webhooks.model import WebhookMessageState, WebhookState
from schema.shared.enums import describe_enum

describe_enum(
    WebhookState,
    "Whether messages are sent to a webhook endpoint.",
    ENABLED="They are sent.",
    PAUSED="They wait, for seven days at most.",
    DELETED="It is no more.",
)
describe_enum(
    WebhookMessageState,
    "What became of a webhook message.",
    PENDING="It waits to be sent, perhaps again.",
    DELIVERED="The endpoint has taken it.",
    FAILED="All attempts have failed.",
)
describe_enum(
    MessageState,
    "What became of a mail.",
    PENDING="It waits to be sent, perhaps again.",
    SENT="A mail server has accepted it.",
    DROPPED="It was not sent, because its occasion had passed or its reader could not be reached.",
    FAILED="No mail server took it, and no more attempts are made.",
    BOUNCED="A mail server took it and sent it back later.",
    UNWANTED="It was not sent because its reader chose to get no such mails; they find it among their notifications.",
)
describe_enum(
    MailGroup,
    "A group of mails to an account.",
    ORDERS="What becomes of orders.",
    COMMENTS="What people write about orders.",
    DELIVERIES="What becomes of deliveries.",
    CLIENT_STATUSES="Client statuses that are old or contradict the facts.",
    INVOICES="Invoices, their lines and proposals of further ones.",
    PAYMENTS="Payments, disputes and reminders.",
    CLAIMS="Claims on the budget and their payment.",
    MEMBERS="Details that members propose.",
    MEMBERSHIP="One's own membership and its details; cannot be left out.",
    ALARMS="What has failed or is overdue; cannot be left out.",
    ACCOUNT="Ways to sign in to one's account; cannot be left out.",
)
