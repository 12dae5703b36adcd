"""What beginning an order from a template asks of the board and of what the client is told."""

from domain.client_status.change import SHOW, UPDATE, StatusChange
from domain.client_status.model import StatusOrigin, Visibility
from domain.client_status.writer import apply_change
from domain.engine.noun import Consequence
from domain.engine.transition import TransitionContext
from domain.kernel.actors import CLOCK
from domain.kernel.errors import raise_refusals
from domain.order_templates.model import OrderTemplate
from domain.pipelines.inputs import StageEntryInput
from domain.pipelines.stage_entry import enter_stage


async def enter_template_stage(move: TransitionContext) -> None:
    """The system puts the order where the template says, and no stage is too full for it."""
    template = await _template(move)
    if template.stage_id is not None:
        entered = StageEntryInput(stage_id=template.stage_id)
        await enter_stage(move.work, [move.row.id], entered, move.context.as_actor(CLOCK))


async def fill_client_status(move: TransitionContext) -> None:
    """The client status says what the template says, from the moment on at which the client may see the order.

    Refused when the status waits for something that this order does not have.
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
    "order.createFromTemplate": (enter_template_stage, fill_client_status),
}
