"""Previews of a dry run beside its results: automations and mails."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import strawberry

from domain.bulk.previews import mails as mail_preview
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact


@strawberry.type(description="An automation that a dry run saw, and for how many orders.")
class ForeseenRun:
    """An automation that a dry run foresees."""

    automation_id: strawberry.ID = strawberry.field(description="Which automation.")
    orders: int = strawberry.field(description="For how many of the orders it would run.")


@dataclass(frozen=True)
class DryRunFacts:
    """The stored automations that a dry run foresees."""

    runs: list[dict[str, Any]] = fact("{t}.foreseen")


def foreseen(operation: DryRunFacts, _arguments: Mapping[str, Any], _context: EvaluationContext) -> list[ForeseenRun]:
    """The automations that a dry run foresees."""
    return [
        ForeseenRun(automation_id=strawberry.ID(f"aut_{each['automation']}"), orders=each["orders"])
        for each in operation.runs
    ]


@strawberry.type(description="The mails that a dry run foresees.")
class ForeseenMails:
    """The mails that a dry run foresees."""

    mails: int = strawberry.field(
        description="How many mails would be sent; one contact gets one mail about all client statuses."
    )
    people: int = strawberry.field(description="How many people or addresses would get them.")
    daily_readers: int = strawberry.field(description="How many contacts would read of it in their daily mail instead.")


@dataclass(frozen=True)
class MailFacts:
    """The stored mails that a dry run foresees."""

    mails: dict[str, Any] = fact("{t}.foreseen_mails")


def foreseen_mails(operation: MailFacts, _arguments: Mapping[str, Any], _context: EvaluationContext) -> ForeseenMails:
    """The mails that a dry run foresees."""
    preview = mail_preview.load(operation.mails)
    return ForeseenMails(mails=preview.mails, people=preview.people, daily_readers=len(preview.daily))
