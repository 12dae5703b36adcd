"""The outbox as rows: one mail to one reader each."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from domain.kernel.actors import Role
from domain.kernel.ids import new_id


class MessageState(StrEnum):
    """The outcome of a message; DROPPED when its reader may no longer see its subject."""

    PENDING = "PENDING"
    SENT = "SENT"
    DROPPED = "DROPPED"
    FAILED = "FAILED"


class OutboxMessage(Model):
    """The outbox: one mail to one reader (an account, a contact, or a customer's invoice address).

    It holds ids only and is rendered when it is sent, in what its reader may see at that moment. With `digest_at` it
    waits for that instant and goes out in one mail with all others of its reader. `operation_id` is the bulk operation
    that caused it; the database sets it from the transaction.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    name = fields.CharField(max_length=64)
    recipient_role = fields.CharEnumField(Role, max_length=16)
    account_id = fields.UUIDField(null=True)
    contact_id = fields.UUIDField(null=True)
    customer_id = fields.UUIDField(null=True)
    subject_kind = fields.CharField(max_length=24)
    subject_id = fields.UUIDField()
    order_id = fields.UUIDField(null=True)
    event_id = fields.UUIDField(null=True)
    link_id = fields.UUIDField(null=True)
    state = fields.CharEnumField(MessageState, max_length=16, default=MessageState.PENDING)
    attempts = fields.IntField(default=0)
    next_attempt_at = fields.DatetimeField()
    created_at = fields.DatetimeField()
    sent_at = fields.DatetimeField(null=True)
    operation_id = fields.UUIDField(null=True)
    digest_at = fields.DatetimeField(null=True)
    last_error = fields.TextField(null=True)

    class Meta:
        table = "outbox"
