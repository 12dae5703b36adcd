"""The lifecycle of a deadline, as far as people move it; the engine arms, fires and gives it up."""

from dataclasses import dataclass
from uuid import UUID

from domain.access.scoped_table import ScopedTable
from domain.engine.facts import fact
from domain.engine.lifecycle import Lifecycle, Transition
from domain.engine.model import Deadline, DeadlineState
from domain.engine.noun import Noun
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Role

ADMIN = frozenset({Role.ADMIN})


@dataclass(frozen=True)
class DeadlineFacts:
    """A deadline as its guards see it."""

    id: UUID = fact("{t}.id")
    status: DeadlineState = fact("{t}.state")


def rearm(move: TransitionContext) -> None:
    """It is due as it was and fires with the next sweep; the attempts are counted anew."""
    deadline = move.row
    move.event_body |= {"kind": deadline.kind, "attempts": deadline.attempts, "error": deadline.last_error}
    deadline.attempts, deadline.next_attempt_at = 0, move.now
    move.work.changes.deadlines[deadline.id] = move.now


def deadline_noun(scope: ScopedTable) -> Noun:
    """Deadlines as the registry knows them; their scope follows from those of the nouns they are about."""
    lifecycle = Lifecycle(
        noun="deadline",
        id_prefix="dln",
        model=Deadline,
        facts=DeadlineFacts,
        scope=scope,
        states=DeadlineState,
        start=DeadlineState.PENDING,
        states_set_elsewhere=frozenset({DeadlineState.FIRED, DeadlineState.DISARMED, DeadlineState.FAILED}),
        status_field="state",
        orders_to_lock="SELECT d.order_id FROM deadlines d WHERE d.id = {id} AND d.order_id IS NOT NULL",
        transitions=(
            Transition(
                name="retry",
                doc="An administrator has a deadline that was given up tried again.",
                from_states=frozenset({DeadlineState.FAILED}),
                to_state=DeadlineState.PENDING,
                roles=ADMIN,
                effect=rearm,
                audience=ADMIN,
            ),
        ),
    )
    return Noun(lifecycles=(lifecycle,), has_timeline=False)
