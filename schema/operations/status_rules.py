"""The rules that hold for all client statuses."""

import strawberry

from schema.declarations.fields import column
from schema.operations.api_profile import OPEN_ACTIONS
from schema.shared.actions import OpenAction


@strawberry.type(description="The rules for client statuses: quiet period, staleness, daily mails.")
class StatusRules:
    """The rules for client statuses."""

    id: strawberry.ID = column(id_prefix="sru", description="The rules' identifier.")
    version: int = column(description="Counts their changes; for `expectedVersion`.")
    quiet_minutes: int = column(description="How many minutes a change waits unseen and can be taken back.")
    stale_after_days: int | None = column(
        description="After how many days without a change a shown status is stale; null for never."
    )
    digest_hour: int = column(description="The full hour at which daily mails are sent, in the operator's zone.")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("statusRules")
