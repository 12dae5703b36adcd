"""Evaluation of moves: whether one is possible now, and if not, why; the same for open actions and for the move."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.engine import inputs
from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Lifecycle, Transition
from domain.engine.registry import Registry
from domain.kernel.actors import PORTAL_KINDS, Actor, ActorKind, Role
from domain.kernel.errors import Code, Refusal


@dataclass(frozen=True, kw_only=True)
class Action:
    """One open action of a row for one actor in one context."""

    lifecycle: Lifecycle
    transition: Transition
    refusals: tuple[Refusal, ...]
    open_until: datetime | None

    @property
    def is_allowed(self) -> bool:
        return not self.refusals


def refusals(
    subject: Lifecycle | None, transition: Transition, facts: Any, context: EvaluationContext
) -> tuple[Refusal, ...]:
    """Why this actor cannot make this move now; empty when it can. The input is checked by `input_errors`.

    `subject` is the lifecycle of the row that `facts` describe.
    """
    if not transition.roles & context.actor.roles:
        roles = tuple(role for role in Role if role in transition.roles)
        return (Refusal(Code.FORBIDDEN, "not_your_move", params={"move": transition.name, "roles": roles}),)
    if _is_outside_link(subject, transition, facts, context.actor):
        return (Refusal(Code.FORBIDDEN, "not_your_move", params={"move": transition.name}),)
    if subject is None:
        return ()
    if facts.status not in transition.from_states:
        return (_wrong_state(subject, transition, facts, context),)
    return tuple(found for guard in transition.guards if (found := guard(facts, context)))


def input_errors(transition: Transition, facts: Any, input: Any, context: EvaluationContext) -> tuple[Refusal, ...]:
    """What is wrong with the input of a move; empty when it is valid."""
    found = tuple(inputs.size_errors(input))
    return found or tuple(flaw for check in transition.validators if (flaw := check(facts, input, context)))


def available_actions(
    registry: Registry, noun: str, facts: Any, context: EvaluationContext, *, include_closed: bool = False
) -> Iterator[Action]:
    """The moves and commands of this actor's roles that the state of the row allows, in the tables' order.

    With `include_closed` also those that its state does not allow, with the reason.
    """
    for lifecycle, transition in registry.transitions_on(noun):
        if not transition.roles & context.actor.roles or _is_outside_link(
            registry.lifecycles[noun], transition, facts, context.actor
        ):
            continue
        if facts.status in transition.from_states or include_closed:
            until = transition.open_until(facts, context) if transition.open_until else None
            found = refusals(registry.lifecycles[noun], transition, facts, context)
            yield Action(lifecycle=lifecycle, transition=transition, refusals=found, open_until=until)


def _is_outside_link(subject: Lifecycle | None, transition: Transition, facts: Any, actor: Actor) -> bool:
    """Whether a mailed link reaches for another row than the one it was mailed for.

    A status link moves none; which rows a reply link moves says their scope.
    """
    if actor.kind is ActorKind.REPLY_LINK:
        return not transition.by_reply_link
    if actor.kind is ActorKind.STATUS_LINK:
        return True
    if actor.kind is not ActorKind.LINK:
        return False
    return subject is None or (subject.noun, facts.id) != actor.link_subject


def _wrong_state(subject: Lifecycle, transition: Transition, facts: Any, context: EvaluationContext) -> Refusal:
    """The refusal that names the state and those that would do; customers are told of no internal state."""
    late = transition.late_refusal(facts, context) if transition.late_refusal else None
    if late:
        return late
    params: dict[str, object] = {"noun": subject.noun, "move": transition.name}
    if context.actor.kind not in PORTAL_KINDS:
        allowed_from = tuple(state for state in subject.states if state in transition.from_states)
        params |= {"from": facts.status, "allowed_from": allowed_from}
    return Refusal(Code.ILLEGAL_TRANSITION, "not_in_this_state", params=params)
