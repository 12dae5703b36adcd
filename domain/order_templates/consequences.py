"""Consequences of creating an order from a template: its stage and its client status."""

from domain.client_status.change import SHOW, UPDATE, StatusChange
from domain.client_status.model import StatusOrigin, Visibility
from domain.client_status.writer import apply_change
from domain.engine.noun import Consequence, each_alone
from domain.engine.transition import TransitionContext
from domain.kernel.actors import CLOCK
from domain.kernel.errors import raise_refusals
from domain.order_templates.model import OrderTemplate
from domain.pipelines.inputs import StageEntryInput
from domain.pipelines.stage_entry import enter_stage


async def enter_template_stage(move: TransitionContext) -> None:
    """The system puts the order into the template's stage, regardless of the stage's limit."""
    template = await _template(move)
    if template.stage_id is not None:
        entry = StageEntryInput(stage_id=template.stage_id)
        await enter_stage(move.work, [move.row.id], entry, move.context.as_actor(CLOCK))


async def fill_client_status(move: TransitionContext) -> None:
    """Fill the client status from the template's status template.

    Its texts are visible as soon as the client may see the order. Refused when a placeholder has no value for this
    order.
    """
    template = await _template(move)
    if template.status_template_id is None:
        return
    is_shown = template.status_visibility is Visibility.SHOWN
    change = StatusChange(
        event=SHOW if is_shown else UPDATE,
        visibility=Visibility.SHOWN if is_shown else None,
        template_id=template.status_template_id,
        origin=StatusOrigin.TEMPLATE,
    )
    raise_refusals((await apply_change(move.work, [move.row.id], change, move.context)).refused)


async def _template(move: TransitionContext) -> OrderTemplate:
    return await OrderTemplate.get(id=move.row.order_template_id, using_db=move.connection)


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {
    "order.createFromTemplate": (each_alone(enter_template_stage), each_alone(fill_client_status)),
}
