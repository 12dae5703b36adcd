"""Lifecycle of a contact, who decides whether and how often mails about client statuses arrive."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.engine.facts import fact
from domain.engine.lifecycle import Lifecycle, Transition
from domain.engine.transition import TransitionContext
from domain.kernel.actors import CUSTOMER_ROLE
from domain.parties.inputs import StatusMailsInput
from domain.parties.model import Contact
from domain.parties.scope import OWN_CONTACTS_SCOPE


class ContactState(StrEnum):
    """A contact has one state and keeps it."""

    KNOWN = "KNOWN"


@dataclass(frozen=True)
class ContactFacts:
    """A contact as guards see it."""

    id: UUID = fact("{t}.id")
    status: ContactState = fact("'KNOWN'")


def store_mail_choice(move: TransitionContext) -> None:
    move.event_body |= {"from": move.row.status_mails, "to": move.input.status_mails}
    move.row.status_mails = move.input.status_mails


CONTACTS = Lifecycle(
    noun="contact",
    id_prefix="con",
    model=Contact,
    facts=ContactFacts,
    scope=OWN_CONTACTS_SCOPE,
    states=ContactState,
    start=ContactState.KNOWN,
    transitions=(),
    commands=(
        Transition(
            name="chooseStatusMails",
            doc="A contact says when to be written to about client statuses; signed in, or from a mail.",
            from_states=frozenset({ContactState.KNOWN}),
            roles=CUSTOMER_ROLE,
            input=StatusMailsInput,
            effect=store_mail_choice,
        ),
    ),
)
