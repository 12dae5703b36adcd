"""Documents that clients may name instead of sending them."""

from tortoise import fields

from domain.kernel.base_model import Model


class TrustedDocument(Model):
    """A trusted document has a row for each of its ids: its SHA-256 in hexadecimal, and its id in the manifest."""

    id = fields.CharField(max_length=128, primary_key=True)
    text = fields.TextField()
    registered_at = fields.DatetimeField()

    class Meta:
        table = "trusted_documents"
