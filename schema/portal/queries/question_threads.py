"""The messages about an order, for customers and for the holder of a reply link, who reads nothing else of it."""

import strawberry

from domain.orders.related_scopes import COMMENTS_SCOPE
from schema.declarations.fields import column, connection
from schema.portal.api_profile import OPEN_ACTIONS
from schema.portal.files import File
from schema.portal.orders import PROVIDER, Comment
from schema.shared.actions import OpenAction
from schema.shared.files import unattached_files_field
from schema.shared.orders.order import COMMENT_SORTS
from schema.shared.pagination import Connection


@strawberry.type(description="What was said on an order, and how it is answered.")
class QuestionThread:
    """The comments of an order, with as much of it as the mails about them say."""

    order_id: strawberry.ID = column("{t}.id", id_prefix="ord", description="The order's identifier.")
    number: str = column(description="The order's number.")
    project: str = column(description="What it is about.")
    provider_name: str = column(PROVIDER, description="Who does the work.")
    comments: Connection[Comment] = connection(
        COMMENTS_SCOPE, on="{t}.order_id = {p}.id", sorts=COMMENT_SORTS, description="What was said."
    )
    unattached_files: list[File] = unattached_files_field()
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("order")
