"""Files as customers see them: those of submitted versions."""

import strawberry

from schema.shared.field_order import field_order
from schema.shared.files import FileFields


@field_order(
    """
    id name size media_type sha256 url preview_url created_at
    """
)
@strawberry.type(description="A file that was delivered; its bytes never change.")
class File(FileFields):
    """A delivered file."""
