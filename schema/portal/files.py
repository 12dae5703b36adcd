"""Files as customers see them: those of submitted versions and of comments, and what they upload themselves."""

import strawberry

from schema.portal.api_profile import OPEN_ACTIONS
from schema.portal.references import AnOrder
from schema.shared.actions import OpenAction
from schema.shared.field_order import field_order
from schema.shared.files import FileFields, order_of_file_field


@field_order(
    """
    id name size mine received state state_label version media_type sha256 virus_check virus_name check_note url
    preview_url upload_url created_at finished_at order open_actions
    """
)
@strawberry.type(description="A file that was delivered, sent with a comment or uploaded; its bytes never change.")
class File(FileFields):
    """A file that the customer may have."""

    order: AnOrder | None = order_of_file_field()
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("upload")
