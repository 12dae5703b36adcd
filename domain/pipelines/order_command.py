"""The command that moves an order into a stage of a board, or off the board."""

from domain.engine.lifecycle import Transition
from domain.engine.noun import Extension
from domain.engine.transition import TransitionContext
from domain.kernel.actors import OFFICE, Role
from domain.kernel.errors import Refused, guard_failed, raise_refusals
from domain.orders.model import OrderStatus
from domain.pipelines.inputs import StageEntryInput
from domain.pipelines.stage_entry import enter_stage


async def enter(move: TransitionContext) -> None:
    """Enter the stage; refused when the order is in it already, because nothing would be written."""
    result = await enter_stage(move.work, [move.row.id], move.input, move.context)
    raise_refusals(result.refused)
    if result.unchanged:
        raise Refused(guard_failed("already_in_stage"))


ENTER_STAGE = Extension(
    noun="order",
    after="assign",
    command=Transition(
        name="enterStage",
        doc="Put the order into a stage of a board, or take it off the board.",
        from_states=frozenset(OrderStatus),
        roles=frozenset({Role.STAFF, Role.CLOCK}),
        input=StageEntryInput,
        handler=enter,
        audience=OFFICE,
        increments_version=False,
    ),
)
