"""Uploaded files as members and the operator's people see them."""

import strawberry

from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.references import AnOrder
from schema.operations.timeline import Deadline, deadlines_field
from schema.shared.actions import OpenAction
from schema.shared.field_order import field_order
from schema.shared.files import FileFields, order_of_file_field


@field_order(
    """
    id name size mine received state state_label version media_type sha256 virus_check virus_name check_note url
    preview_url upload_url created_at finished_at order deadlines open_actions
    """
)
@strawberry.type(description="An uploaded file. Its bytes never change once it is finished.")
class File(FileFields):
    """An uploaded file."""

    order: AnOrder | None = order_of_file_field()
    deadlines: list[Deadline] = deadlines_field("upload")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("upload")
