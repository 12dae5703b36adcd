"""Inputs of the moves of automations."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.automations.model import AutomationAction, ExpectedRule
from domain.client_status.model import Visibility
from domain.engine.inputs import input_field
from domain.kernel.amendments import amendment_of


@dataclass(frozen=True, kw_only=True)
class AutomationInput:
    """An automation as a whole: its trigger, its conditions on orders, and its action.

    Every condition that is given must hold. Fields that the action does not use stay empty.
    """

    name: str = input_field("What it is called among colleagues.", shortest=1, longest=100)
    position: int = input_field("Its place in the order in which automations run.", least=1, most=10_000)
    trigger: str = input_field("The event it follows, such as `delivery.submit`.", shortest=1, longest=64)
    stage_id: UUID | None = input_field(
        "The stage that is entered, for `order.enterStage`.", id_prefix="stg", default=None
    )
    tags: tuple[str, ...] = input_field("Orders with all of these tags.", default=(), longest=30, longest_entry=100)
    customer_id: UUID | None = input_field("Orders of this customer.", id_prefix="cus", default=None)
    member_id: UUID | None = input_field("Orders of this member.", id_prefix="mem", default=None)
    pipeline_id: UUID | None = input_field("Orders in a stage of this pipeline.", id_prefix="pip", default=None)
    order_template_id: UUID | None = input_field("Orders begun from this template.", id_prefix="ort", default=None)
    from_template_id: UUID | None = input_field(
        "Orders whose client status came from this template.", id_prefix="stt", default=None
    )
    action: AutomationAction = input_field("What it does.")
    template_id: UUID | None = input_field("The template it sets.", id_prefix="stt", default=None)
    visibility: Visibility | None = input_field(
        "Whether the status is shown with the template; empty: as it is.", default=None
    )
    expected_rule: ExpectedRule | None = input_field("Which day the client may expect the result.", default=None)
    expected_in_days: int | None = input_field(
        "How many calendar days after the event, in the operator's zone.", default=None, least=0, most=3650
    )
    target_stage_id: UUID | None = input_field("The stage that the order enters.", id_prefix="stg", default=None)


AutomationAmendment = amendment_of(AutomationInput, "AutomationAmendment")


@dataclass(frozen=True, kw_only=True)
class RehearsalInput:
    """The part of the past over which an automation is rehearsed."""

    since: date = input_field("The first day; at most 365 days back.")
