"""Preview of an issue: the number and the dates that a draft would have if it were issued now."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import strawberry

from domain.billing import issue_preview
from domain.billing.issue_preview import PreviewFacts
from domain.engine.context import EvaluationContext


@strawberry.type(description="What a draft would be if it were issued now.")
class IssuePreview:
    """What a draft would be if it were issued now."""

    number: str = strawberry.field(
        description="The next number of its series; provisional, for it goes to the document that is issued first."
    )
    issued_on: date = strawberry.field(description="The date that the document would carry.")
    planned_on: date = strawberry.field(description="The date that was planned.")
    due_on: date | None = strawberry.field(description="Until when it would be payable; null where nothing is due.")


def preview(
    invoice: PreviewFacts, _arguments: Mapping[str, Any], context: EvaluationContext
) -> issue_preview.IssuePreview:
    """The number and the dates as of this moment."""
    return issue_preview.issue_preview(invoice, context)
