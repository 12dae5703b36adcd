"""Claims that must hold before a client status can be shown or changed."""

from domain.client_status.facts import ClientStatusFacts, SharedStatusFacts
from domain.client_status.inputs import StatusInput
from domain.client_status.model import KeptUntil, Visibility
from domain.engine.context import EvaluationContext
from domain.kernel.colors import color_error
from domain.kernel.errors import Refusal, guard_failed, invalid


def order_is_not_archived(status: SharedStatusFacts, context: EvaluationContext) -> Refusal | None:
    """An archived order shows its client nothing, and restoring it must not show anything by itself."""
    return guard_failed("order_is_archived") if status.order.is_archived else None


def has_pending_change(status: SharedStatusFacts, context: EvaluationContext) -> Refusal | None:
    return None if status.pending else guard_failed("nothing_waits")


def quiet_period_is_over(status: SharedStatusFacts, context: EvaluationContext) -> Refusal | None:
    is_over = status.pending is not None and status.pending.visible_from <= context.now
    return None if is_over else guard_failed("quiet_period_lasts")


def text_is_held(status: SharedStatusFacts, context: EvaluationContext) -> Refusal | None:
    return None if status.intended.kept_until else guard_failed("text_is_not_kept")


def contradicts_facts(status: ClientStatusFacts, context: EvaluationContext) -> Refusal | None:
    return None if status.contradicts_facts else guard_failed("status_fits_facts")


def became_visible(status: SharedStatusFacts, context: EvaluationContext) -> Refusal | None:
    """The order became visible, and the client has not been notified of its status."""
    is_new = status.status is Visibility.SHOWN and status.order.may_be_seen and not status.was_shown_to_customer
    return None if is_new else guard_failed("nothing_new_in_sight")


def color_is_valid(status: SharedStatusFacts, text: StatusInput, context: EvaluationContext) -> Refusal | None:
    return color_error(text.color, "color")


def hold_end_is_valid(status: SharedStatusFacts, text: StatusInput, context: EvaluationContext) -> Refusal | None:
    """A hold until a date needs a future date, and no other hold has one."""
    if text.kept_until is not KeptUntil.DATE:
        return invalid("no_last_day_needed", "kept_until_on") if text.kept_until_on else None
    if text.kept_until_on is None:
        return invalid("last_day_missing", "kept_until_on")
    if text.kept_until_on < context.today:
        return invalid("last_day_is_past", "kept_until_on", earliest=context.today)
    return None
