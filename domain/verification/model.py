"""Verifications, and what the database keeps so that they can notice what was cut off or replaced."""

from tortoise import fields

from domain.kernel.base_model import Model
from domain.kernel.ids import new_id


class Verification(Model):
    """The result of one verification of the history, in real time; insert-only.

    `findings` are the first of the broken rows, each with its table, its id and its fault; `broken` counts all of them,
    `unchecked` the files that the storage did not give.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    at = fields.DatetimeField()
    broken = fields.IntField()
    events = fields.BigIntField()
    rows = fields.BigIntField()
    documents = fields.BigIntField()
    files = fields.BigIntField(default=0, db_default=0)
    unchecked = fields.BigIntField(default=0, db_default=0)
    findings: list[dict[str, object]] = fields.JSONField(default=list)
    seconds = fields.FloatField()

    class Meta:
        table = "verifications"


class ChainHead(Model):
    """The last event of each chain, kept by the database, so that a chain that was cut is noticed."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    subject_kind = fields.CharField(max_length=24)
    subject_id = fields.UUIDField()
    sequence = fields.IntField()
    hash = fields.BinaryField()

    class Meta:
        table = "chain_heads"
        unique_together = (("subject_kind", "subject_id"),)


class Seal(Model):
    """The hash of a final row that has no chain, written by the database with the row; insert-only."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    table_name = fields.CharField(max_length=32)
    row_id = fields.CharField(max_length=64)
    hash = fields.BinaryField()
    sealed_at = fields.DatetimeField()

    class Meta:
        table = "seals"
        unique_together = (("table_name", "row_id"),)
