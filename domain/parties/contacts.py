"""What a contact decides: whether, and how often, they are written to about client statuses."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.core.actors import Role
from domain.core.facts import fact
from domain.core.lifecycle import Lifecycle, Transition
from domain.core.move import Move
from domain.parties.model import Contact
from domain.parties.sources import OWN_CONTACTS_SOURCE
from domain.parties.takes import ChosenStatusMails


class ContactStanding(StrEnum):
    """A contact is known from the first moment on, and stays so."""

    KNOWN = "KNOWN"


@dataclass(frozen=True)
class ContactFacts:
    """A contact as guards see it."""

    id: UUID = fact("{t}.id")
    status: ContactStanding = fact("'KNOWN'")


def keep_the_choice(move: Move) -> None:
    move.note |= {"from": move.row.status_mails, "to": move.takes.status_mails}
    move.row.status_mails = move.takes.status_mails


CONTACTS = Lifecycle(
    noun="contact",
    id_prefix="con",
    model=Contact,
    facts=ContactFacts,
    source=OWN_CONTACTS_SOURCE,
    states=ContactStanding,
    start=ContactStanding.KNOWN,
    transitions=(),
    commands=(
        Transition(
            name="chooseStatusMails",
            doc="A contact says when to be written to about client statuses; signed in, or from a mail.",
            sources=frozenset({ContactStanding.KNOWN}),
            by=frozenset({Role.CUSTOMER}),
            takes=ChosenStatusMails,
            writes=keep_the_choice,
        ),
    ),
)
