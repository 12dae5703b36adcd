"""Messages to administrators and caretakers about something that was given up."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from domain.database.pending_writes import PendingWrites
from domain.kernel.actors import Role
from domain.outbox.messages import NewMessage, enqueue
from domain.outbox.recipients import Alarm, own_alarms, recipients_of, root_noun

MESSAGE_FAILED, DEADLINE_FAILED = "message.failed", "deadline.failed"
ALARMS = frozenset({MESSAGE_FAILED, DEADLINE_FAILED})


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The row that an alarm is about."""

    kind: str
    id: UUID
    order_id: UUID | None


def caretaker_of(subject_kind: str) -> Role:
    """The role that can do something about a message that cannot be sent."""
    return recipients_of(subject_kind).caretaker or Role.STAFF


def raise_message_alarm(writes: PendingWrites, name: str, role: Role, subject: Subject) -> None:
    """Tell that a message to a holder of this role did not arrive, unless it is an alarm itself.

    Administrators and the subject's caretakers are told, or whom the noun names for this message to its customers.
    """
    if name in ALARMS | own_alarms():
        return
    general = Alarm(name=MESSAGE_FAILED, roles=frozenset({Role.ADMIN, caretaker_of(subject.kind)}))
    own = recipients_of(subject.kind).undelivered if role is Role.CUSTOMER else {}
    alarm = own.get(name, general)
    raise_alarm(writes, alarm.name, alarm.roles, subject)


def raise_alarm(writes: PendingWrites, name: str, roles: Iterable[Role], subject: Subject) -> None:
    """Tell the holders of these roles that something was given up, with the next flush.

    An alarm about a noun without a caretaker is about its order; without an order there is none.
    """
    kind, subject_id = subject.kind, subject.id
    if recipients_of(kind).caretaker is None:
        if subject.order_id is None:
            return
        kind, subject_id = root_noun(), subject.order_id
    enqueue(
        writes,
        NewMessage(name=name, recipients=roles, subject_kind=kind, subject_id=subject_id, order_id=subject.order_id),
    )
