"""Pipelines and their stages as rows."""

from uuid import UUID

from tortoise import fields

from domain.kernel.availability import Availability
from domain.kernel.base_model import Model
from domain.kernel.ids import new_id


class Pipeline(Model):
    """A board: its stages in order, and whether its cards show the client status."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    state = fields.CharEnumField(Availability, max_length=8, default=Availability.ACTIVE)
    position = fields.IntField()
    name_de = fields.CharField(max_length=100)
    name_en = fields.CharField(max_length=100)
    shows_client_status = fields.BooleanField(default=True)
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()

    class Meta:
        table = "pipelines"


class Stage(Model):
    """One column of a board. `card_limit` is the number of cards it is meant to hold.

    With `advances` an order enters the next stage by itself when all its linked work is done.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    pipeline_id: UUID
    pipeline: fields.ForeignKeyRelation["Pipeline"] = fields.ForeignKeyField(
        "domain.Pipeline", related_name="stages", on_delete=fields.RESTRICT
    )
    position = fields.IntField()
    name_de = fields.CharField(max_length=100)
    name_en = fields.CharField(max_length=100)
    color = fields.CharField(max_length=7)
    card_limit = fields.IntField(null=True)
    advances = fields.BooleanField(default=False)

    class Meta:
        table = "stages"
        indexes = (("pipeline_id", "position"),)
