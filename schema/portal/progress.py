"""The way of an order in steps, and the days that moved on it, as its customer follows them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import strawberry

from domain.client_status.expected_days import MOVED_FROM, MOVED_WHY, NEWEST_MOVE
from domain.client_status.scope import CLIENT_STATUS_CHANGES_SCOPE
from domain.engine.context import EvaluationContext
from domain.kernel.i18n import translate
from domain.orders.customer_progress import ProgressState, ProgressStep, customer_progress
from domain.orders.due_proposals import AGREED_DAY, AGREED_FROM, AGREED_WHY
from domain.orders.facts import OrderFacts
from domain.timeline import EVENTS_SCOPE
from schema.declarations.fields import column, computed, to_one
from schema.shared.enums import describe_enum

describe_enum(
    ProgressStep,
    "One stretch of an order's way, in this order.",
    OFFER="It is offered, and your answer is awaited.",
    IN_WORK="It is being worked on, for the first time or after a revision was requested.",
    DELIVERED="It is delivered, and your review is awaited.",
    ACCEPTED="It is accepted, by you or by silence.",
    INVOICE="It is invoiced.",
)
describe_enum(
    ProgressState,
    "Where an order stands to a step.",
    DONE="The step lies behind.",
    CURRENT="The order stands here.",
    AHEAD="The step lies ahead.",
)


@strawberry.type(description="One step of an order's way.")
class OrderProgress:
    """One step, and where the order stands to it."""

    step: ProgressStep = strawberry.field(description="Which stretch of the way.")
    label: str = strawberry.field(description="That in the viewer's language.")
    state: ProgressState = strawberry.field(description="Where the order stands to it.")


def order_progress(order: OrderFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> list[OrderProgress]:
    """Every step with its label in the viewer's language."""
    return [
        OrderProgress(
            step=each.step,
            label=translate(context.actor.language, f"progress.{each.step}"),
            state=each.state,
        )
        for each in customer_progress(order)
    ]


@strawberry.type(description="A move of the day on which the result may be expected.")
class ExpectedDayMove:
    """The change of a client status that moved the expected day."""

    from_on: date = column(MOVED_FROM, description="The day that was expected before.")
    moved_at: datetime = column("{t}.changed_at", description="When it moved.")
    reason: str | None = column(MOVED_WHY, description="Why, where a reason was given.")


@strawberry.type(description="A move of the day of delivery that the customer agreed to.")
class DueDayMove:
    """The agreement that moved the day of delivery."""

    from_at: datetime | None = column(AGREED_FROM, description="When the delivery was due before; null for never.")
    moved_at: datetime = column("{t}.at", description="When it moved.")
    reason: str | None = column(AGREED_WHY, description="Why, in the provider's words.")


def progress_field() -> Any:
    """The steps of an order."""
    return computed(OrderFacts, order_progress, description="Its way in steps; none where it ended early.")


def expected_day_move_field() -> Any:
    """The newest move of the expected day of the status `{p}`, while that day is still expected."""
    return to_one(
        CLIENT_STATUS_CHANGES_SCOPE,
        on=f"{{t}}.id = {NEWEST_MOVE}",
        description="How the expected day came to move to where it is; null when it has not moved.",
    )


def due_day_move_field() -> Any:
    """The newest agreed move of the day of delivery of the order `{p}`."""
    return to_one(
        EVENTS_SCOPE,
        on=f"{{t}}.order_id = {{p}}.id AND {AGREED_DAY}",
        order="{t}.at DESC, {t}.id DESC",
        description="The newest move of the day of delivery that was agreed; null when it has not moved.",
    )
