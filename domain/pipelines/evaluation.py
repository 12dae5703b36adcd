"""Evaluation of orders for a stage: any number at once, from plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from domain.kernel.errors import Refusal, guard_failed
from domain.kernel.languages import LocalizedText


@dataclass(frozen=True, kw_only=True)
class TargetStage:
    """The stage to enter, or none to leave the board. `room` is how many open orders fit, None for any number."""

    id: UUID | None = None
    name: LocalizedText | None = None
    room: int | None = None


@dataclass(frozen=True, kw_only=True)
class OrderCard:
    """An order as the board sees it."""

    id: UUID
    stage_id: UUID | None
    is_archived: bool
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class StageEntryResult:
    """The orders that enter, those that are in the stage already, and the refusals of the others."""

    entered: tuple[UUID, ...]
    unchanged: tuple[UUID, ...]
    refused: Mapping[UUID, tuple[Refusal, ...]] = field(default_factory=dict)


def evaluate(cards: Iterable[OrderCard], target: TargetStage) -> StageEntryResult:
    """Evaluate each order; where the stage has a limit, the first open ones enter.

    An ended order needs no room. An archived order enters no stage, but can leave the board.
    """
    taken = 0
    entered: list[UUID] = []
    unchanged: list[UUID] = []
    refused: dict[UUID, tuple[Refusal, ...]] = {}
    for card in cards:
        if card.stage_id == target.id:
            unchanged.append(card.id)
        elif card.is_archived and target.id is not None:
            refused[card.id] = (guard_failed("order_is_archived"),)
        elif target.room is not None and card.is_open and taken >= target.room:
            refused[card.id] = (guard_failed("stage_is_full", stage=target.name),)
        else:
            entered.append(card.id)
            taken += card.is_open
    return StageEntryResult(entered=tuple(entered), unchanged=tuple(unchanged), refused=refused)
