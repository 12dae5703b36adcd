"""Preview of an issue of many drafts: their numbers, dates and sums if they were issued now."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import strawberry

from domain.billing.previews.joint_issue import CurrencySum, JointPreviewFacts, joint_issue_preview
from domain.engine.context import EvaluationContext
from schema.shared.money import Money, money_of


@strawberry.type(description="Numbers of one series that follow each other.")
class NumberRange:
    """Numbers of one series that follow each other."""

    count: int = strawberry.field(description="How many they are.")
    first: str = strawberry.field(description="The first of them.")
    last: str = strawberry.field(description="The last of them.")


@strawberry.type(description="What the drafts of one currency come to.")
class DraftSums:
    """What the drafts of one currency come to."""

    currency: str = strawberry.field(description="The currency.")
    count: int = strawberry.field(description="How many drafts it sums up.")
    net: Money = strawberry.field(description="Their net sum.")
    vat: Money = strawberry.field(description="Their value added tax.")
    gross: Money = strawberry.field(description="Net and tax together.")


@strawberry.type(description="What many drafts would be if all that are ready were issued now.")
class JointIssuePreview:
    """What many drafts would be if all that are ready were issued now."""

    count: int = strawberry.field(description="How many would be issued.")
    numbers: list[NumberRange] = strawberry.field(
        description="The numbers they would take, by series; an estimate, for others may be issued first."
    )
    sums: list[DraftSums] = strawberry.field(description="What they come to, one for each currency.")
    issued_on: date = strawberry.field(description="The date that they would carry, unless finance has dated them.")
    off_plan: int = strawberry.field(description="How many would carry this date though another was planned.")
    planned_from: date | None = strawberry.field(description="The first day that was planned for those.")
    planned_until: date | None = strawberry.field(description="The last day that was planned for those.")
    redated: int = strawberry.field(description="How many carry a date that finance has chosen.")


def joint_preview(
    drafts: JointPreviewFacts, _arguments: Mapping[str, Any], context: EvaluationContext
) -> JointIssuePreview:
    """The numbers, dates and sums as of this moment."""
    found = joint_issue_preview(drafts, context)
    return JointIssuePreview(
        count=found.count,
        numbers=[NumberRange(count=each.count, first=each.first, last=each.last) for each in found.numbers],
        sums=[_sums(each, context.actor.language) for each in found.sums],
        issued_on=found.issued_on,
        off_plan=found.off_plan,
        planned_from=found.planned_from,
        planned_until=found.planned_until,
        redated=found.redated,
    )


def _sums(each: CurrencySum, language: str) -> DraftSums:
    return DraftSums(
        currency=each.currency,
        count=each.count,
        net=money_of(each.net_cents, each.currency, language),
        vat=money_of(each.vat_cents, each.currency, language),
        gross=money_of(each.net_cents + each.vat_cents, each.currency, language),
    )
