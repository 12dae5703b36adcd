"""The outbox as rows: one mail to one reader each."""

from enum import StrEnum

from tortoise import fields

from domain.kernel.actors import Role
from domain.kernel.base_model import Model
from domain.kernel.ids import new_id


class MessageState(StrEnum):
    """The outcome of a message; DROPPED when its reader may no longer see its subject, BOUNCED when it came back.

    UNWANTED when its reader chose to get no such mails: they find it on the pages only.
    """

    PENDING = "PENDING"
    SENT = "SENT"
    DROPPED = "DROPPED"
    FAILED = "FAILED"
    BOUNCED = "BOUNCED"
    UNWANTED = "UNWANTED"


class OutboxMessage(Model):
    """The outbox: one mail to one reader (an account, a contact, or a customer's invoice address).

    It holds ids only and is rendered when it is sent, in what its reader may see at that moment. With `digest_at` it
    waits for that instant and goes out in one mail with all others of its reader. `operation_id` is the bulk operation
    that caused it; the database sets it from the transaction. `resent_from_id` is the message that it repeats,
    `read_at` when its reader marked it as read on the pages, where they find it as well. `claim_id` is the claim of the
    process that sends it, until `next_attempt_at`.
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
    claim_id = fields.UUIDField(null=True)
    created_at = fields.DatetimeField()
    sent_at = fields.DatetimeField(null=True)
    operation_id = fields.UUIDField(null=True)
    digest_at = fields.DatetimeField(null=True)
    last_error = fields.TextField(null=True)
    resent_from_id = fields.UUIDField(null=True)
    read_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1, db_default=1)

    class Meta:
        table = "outbox"
