"""A delivery as rows: one draft that can change, and submitted versions that never do."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields

from domain.kernel.base_model import Model
from domain.kernel.ids import new_id

if TYPE_CHECKING:
    from domain.orders.model import Order
    from domain.uploads.model import File


class DeliveryStatus(StrEnum):
    """The state of a delivery."""

    DRAFT = "DRAFT"
    DELIVERED = "DELIVERED"
    REVISION_REQUESTED = "REVISION_REQUESTED"
    ACCEPTED = "ACCEPTED"
    CANCELED = "CANCELED"


class AcceptedBy(StrEnum):
    """Whether the customer accepted, or did not object in time."""

    CUSTOMER = "CUSTOMER"
    SILENCE = "SILENCE"


class Delivery(Model):
    """One delivery of an order. The `draft_` fields are the member's next version, invisible to the customer.

    `review_ends_at` is empty while no review runs: before delivery, during a revision or a cancellation review, and for
    a consumer until the mail server has accepted the mail that names acceptance by silence. `review_left_seconds`
    stores the time that was left when the order's cancellation was requested.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    order_id: UUID
    order: fields.ForeignKeyRelation["Order"] = fields.ForeignKeyField(
        "domain.Order", related_name="deliveries", on_delete=fields.RESTRICT
    )
    position = fields.IntField()
    status = fields.CharEnumField(DeliveryStatus, max_length=24, default=DeliveryStatus.DRAFT)
    version = fields.IntField(default=1)
    draft_description = fields.TextField(default="")
    draft_link = fields.CharField(max_length=2000, null=True)
    current_number = fields.IntField(default=0)
    delivered_at = fields.DatetimeField(null=True)
    review_ends_at = fields.DatetimeField(null=True)
    review_left_seconds = fields.BigIntField(null=True)
    review_awaits_mail = fields.BooleanField(default=False)
    extensions = fields.IntField(default=0)
    revisions = fields.IntField(default=0)
    accepted_at = fields.DatetimeField(null=True)
    accepted_by = fields.CharEnumField(AcceptedBy, max_length=16, null=True)
    rating = fields.IntField(null=True)
    canceled_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "deliveries"
        unique_together = (("order", "position"),)


class DeliveryVersion(Model):
    """A submitted version; it never changes."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    delivery: fields.ForeignKeyRelation[Delivery] = fields.ForeignKeyField(
        "domain.Delivery", related_name="versions", on_delete=fields.RESTRICT
    )
    number = fields.IntField()
    description = fields.TextField()
    link = fields.CharField(max_length=2000, null=True)
    submitted_at = fields.DatetimeField()

    class Meta:
        table = "delivery_versions"
        unique_together = (("delivery", "number"),)


class DeliveryFile(Model):
    """A file of one version, or of the draft, which has the number that its version will have.

    Rows of submitted versions are final.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    delivery: fields.ForeignKeyRelation[Delivery] = fields.ForeignKeyField(
        "domain.Delivery", related_name="files", on_delete=fields.RESTRICT
    )
    number = fields.IntField()
    position = fields.IntField()
    file_id: UUID
    file: fields.ForeignKeyRelation["File"] = fields.ForeignKeyField(
        "domain.File", related_name="deliveries", on_delete=fields.RESTRICT
    )

    class Meta:
        table = "delivery_files"
        unique_together = (("delivery", "number", "file"),)
        indexes = (("file_id",),)


class Defect(Model):
    """A defect that a customer found in one version, of the whole or at a file and page of it.

    `corrected_at` and `answer` are the member's: one of them is there before the next version is delivered.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    delivery: fields.ForeignKeyRelation[Delivery] = fields.ForeignKeyField(
        "domain.Delivery", related_name="defects", on_delete=fields.RESTRICT
    )
    version_number = fields.IntField()
    text = fields.TextField()
    file_id: UUID | None
    file: fields.ForeignKeyNullableRelation["File"] = fields.ForeignKeyField(
        "domain.File", related_name="defects", null=True, on_delete=fields.RESTRICT
    )
    page = fields.IntField(null=True)
    corrected_at = fields.DatetimeField(null=True)
    answer = fields.TextField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "defects"
        indexes = (("delivery_id", "id"),)
