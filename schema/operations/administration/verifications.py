"""Verifications of the stored history, and the punctuality of deadlines, for administrators."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry

from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel.i18n import translate
from schema.declarations.fields import column, computed


@dataclass(frozen=True)
class FindingFacts:
    """The findings of a verification."""

    findings: list[Any] = fact("{t}.findings")


@strawberry.type(description="A row that is missing or was changed.")
class BrokenRow:
    """One finding of a verification."""

    table: str = strawberry.field(description="The table of the row.")
    row_id: str = strawberry.field(description="Its identifier in the database.")
    subject: str = strawberry.field(description="What it is about, as far as that is known.")
    fault: str = strawberry.field(description="What is wrong with it: `CHANGED`, `END_MISSING`.")
    label: str = strawberry.field(description="That in the viewer's language.")


def broken_rows(facts: FindingFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> list[BrokenRow]:
    """The first broken rows, with words."""
    return [
        BrokenRow(
            table=each["table"],
            row_id=each["row_id"],
            subject=each["subject"],
            fault=each["fault"],
            label=translate(context.actor.language, f"verification.fault.{each['fault']}"),
        )
        for each in facts.findings
    ]


@strawberry.type(description="One verification that the stored history was not changed.")
class Verification:
    """The result of one verification."""

    at: datetime = column(description="When it ended, in real time.")
    is_intact: bool = column("{t}.broken = 0", description="Whether nothing was missing or changed.")
    broken: int = column(description="How many rows are missing or were changed.")
    events: int = column("least({t}.events, 2147483647)::int", description="How many events were checked.")
    rows: int = column("least({t}.rows, 2147483647)::int", description="How many other final rows were checked.")
    documents: int = column(
        "least({t}.documents, 2147483647)::int", description="How many document numbers were checked."
    )
    files: int = column(
        "least({t}.files, 2147483647)::int", description="How many files of invoices were read and checked."
    )
    unchecked: int = column(
        "least({t}.unchecked, 2147483647)::int",
        description="How many files could not be checked, because the storage did not answer.",
    )
    broken_rows: list[BrokenRow] = computed(FindingFacts, broken_rows, description="The first of the broken rows.")


@strawberry.type(description="How punctually deadlines were carried out in a span of time until now.")
class Punctuality:
    """The lateness of the deadlines of one window."""

    window: str = column("{t}.name", description="The span: `HOUR` or `DAY`.")
    fired: int = column("{t}.fired::int", description="How many were carried out.")
    p50_seconds: float | None = column(description="The median of their lateness in seconds; null without any.")
    p99_seconds: float | None = column(description="The 99th percentile of their lateness in seconds.")
    max_seconds: float | None = column(description="The greatest lateness in seconds.")
    overdue: int = column("{t}.overdue::int", description="How many could have happened by now and have not.")
