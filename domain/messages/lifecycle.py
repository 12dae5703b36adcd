"""Lifecycle of a message as far as people move it: it is sent again; the dispatcher sends, drops and gives up."""

from dataclasses import dataclass
from uuid import UUID

from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.engine.lifecycle import Lifecycle, Transition
from domain.engine.transition import TransitionContext
from domain.kernel.actors import FINANCE_ROLE, OFFICE, STAFF_ROLE
from domain.kernel.errors import Refusal, guard_failed
from domain.messages.scope import MESSAGES_SCOPE
from domain.outbox.model import MessageState, OutboxMessage

PENDING, SENT, DROPPED = MessageState.PENDING, MessageState.SENT, MessageState.DROPPED
FAILED, BOUNCED, UNWANTED = MessageState.FAILED, MessageState.BOUNCED, MessageState.UNWANTED
LINK_IS_OPEN = """({t}.link_id IS NULL OR EXISTS (SELECT 1 FROM links l
    WHERE l.id = {t}.link_id AND l.ended_at IS NULL AND l.expires_at > clock_timestamp()))"""
REPEAT = """INSERT INTO outbox (id, name, recipient_role, account_id, contact_id, customer_id, subject_kind, subject_id,
        order_id, event_id, link_id, state, attempts, next_attempt_at, created_at, resent_from_id)
    SELECT uuidv7(), m.name, m.recipient_role, m.account_id, m.contact_id, m.customer_id, m.subject_kind, m.subject_id,
        m.order_id, m.event_id, m.link_id, 'PENDING', 0, clock_timestamp(), app_now(), m.id
    FROM outbox m WHERE m.id = $1 RETURNING id"""


@dataclass(frozen=True)
class MessageFacts:
    """A message as its guards see it."""

    id: UUID = fact("{t}.id")
    status: MessageState = fact("{t}.state")
    link_is_open: bool = fact(LINK_IS_OPEN)


def link_is_open(message: MessageFacts, context: EvaluationContext) -> Refusal | None:
    """A mail that asks for an answer is not sent again once it was answered, or another person is asked."""
    return None if message.link_is_open else guard_failed("message_is_answered")


async def resend(move: TransitionContext) -> OutboxMessage:
    """A message of its own, because mail programs hide a second one with the same id; to the address on file now."""
    (row,) = await move.connection.execute_query_dict(REPEAT, [move.facts.id])
    move.work.changes.message_ids.append(row["id"])
    return await OutboxMessage.get(id=row["id"], using_db=move.connection)


MESSAGES = Lifecycle(
    noun="message",
    id_prefix="msg",
    model=OutboxMessage,
    facts=MessageFacts,
    scope=MESSAGES_SCOPE,
    states=MessageState,
    start=PENDING,
    states_set_elsewhere=frozenset({SENT, DROPPED, FAILED, BOUNCED, UNWANTED}),
    status_field="state",
    orders_to_lock="SELECT m.order_id FROM outbox m WHERE m.id = {id} AND m.order_id IS NOT NULL",
    transitions=(
        Transition(
            name="resend",
            doc="The same mail is sent once more, to the address that is on file now.",
            creates=True,
            parent_noun="message",
            from_states=frozenset({SENT, DROPPED, FAILED, BOUNCED}),
            to_state=PENDING,
            roles=STAFF_ROLE | FINANCE_ROLE,
            guards=(link_is_open,),
            effect=resend,
            audience=OFFICE,
        ),
    ),
)
