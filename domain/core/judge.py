"""Whether a move is possible now, and if not, why: one answer for the menu and for the move itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.core import inputs
from domain.core.actors import Actor, ActorKind
from domain.core.book import Book
from domain.core.errors import Code, Refusal
from domain.core.lifecycle import Lifecycle, Transition
from domain.core.moment import Moment


@dataclass(frozen=True, kw_only=True)
class Action:
    """One entry of a row's menu for one actor at one moment."""

    lifecycle: Lifecycle
    transition: Transition
    refusals: tuple[Refusal, ...]
    open_until: datetime | None

    @property
    def is_allowed(self) -> bool:
        return not self.refusals


def refusals(judged: Lifecycle | None, transition: Transition, facts: Any, moment: Moment) -> tuple[Refusal, ...]:
    """Why this actor cannot make this move now; empty when it can. What the move takes is judged by `unfit`.

    `judged` is the lifecycle of the row that `facts` describe.
    """
    if not transition.by & moment.actor.roles or _is_beyond_the_link(judged, facts, moment.actor):
        return (Refusal(Code.ILLEGAL_TRANSITION, "not_your_move", {"move": transition.name}),)
    if judged is None:
        return ()
    if facts.status not in transition.sources:
        return (_not_here(judged, transition, facts, moment),)
    return tuple(found for guard in transition.guards if (found := guard(facts, moment)))


def unfit(transition: Transition, facts: Any, takes: Any, moment: Moment) -> tuple[Refusal, ...]:
    """What is wrong with the input of a move; empty when it fits."""
    found = tuple(inputs.flaws(takes))
    return found or tuple(flaw for check in transition.checks if (flaw := check(facts, takes, moment)))


def menu(book: Book, noun: str, facts: Any, moment: Moment, *, with_closed: bool = False) -> Iterator[Action]:
    """The moves and commands of this actor's roles that this row is in a state for, in the tables' order.

    With `with_closed` also those that its state does not allow, with the reason.
    """
    for lifecycle, transition in book.moves_on(noun):
        if not transition.by & moment.actor.roles or _is_beyond_the_link(book.lifecycles[noun], facts, moment.actor):
            continue
        if facts.status in transition.sources or with_closed:
            until = transition.open_until(facts, moment) if transition.open_until else None
            found = refusals(book.lifecycles[noun], transition, facts, moment)
            yield Action(lifecycle=lifecycle, transition=transition, refusals=found, open_until=until)


def _is_beyond_the_link(judged: Lifecycle | None, facts: Any, actor: Actor) -> bool:
    """A mailed link moves what it was mailed for: its order's offer, its one delivery, or its contact's mails."""
    if actor.kind is not ActorKind.LINK:
        return False
    if judged is None:
        return True
    if actor.order_id is None:
        return (judged.noun, facts.id) != ("contact", actor.contact_id)
    if actor.delivery_id is None:
        return (judged.noun, facts.id) != ("order", actor.order_id)
    return (judged.noun, facts.id) != ("delivery", actor.delivery_id)


def _not_here(judged: Lifecycle, transition: Transition, facts: Any, moment: Moment) -> Refusal:
    late = transition.too_late(facts, moment) if transition.too_late else None
    if late:
        return late
    params = {
        "noun": judged.noun,
        "move": transition.name,
        "from": facts.status,
        "allowed_from": tuple(state for state in judged.states if state in transition.sources),
    }
    return Refusal(Code.ILLEGAL_TRANSITION, "not_in_this_state", params)
