"""The register of document numbers, for finance and administrators."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import strawberry

from domain.billing.register import GAPS_SCOPE, GapReason
from domain.billing.scope import INVOICES_SCOPE
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel.actors import Role
from domain.kernel.i18n import translate
from schema.declarations.fields import column, computed, filter_field, ordering, sort_key, to_many, to_one
from schema.declarations.where_inputs import where_input
from schema.operations.invoices.invoice import Invoice
from schema.operations.invoices.lists import SEARCH
from schema.shared.enums import describe_enum
from schema.shared.filters import DateFilter, IntFilter, TextFilter
from schema.shared.node import Node

describe_enum(
    GapReason,
    "Why numbers of a series are not there.",
    BEFORE_START="The operator let the series begin later, because another system had begun it.",
    MISSING="They were given and their documents are gone; the verification of the history names them.",
)


@dataclass(frozen=True)
class GapFacts:
    """Why the numbers are not there."""

    reason: GapReason = fact("{t}.reason")


@dataclass(frozen=True)
class IssuerFacts:
    """The role of who issued a document."""

    role: Role | None = fact("{t}.actor_role")


def gap_label(gap: GapFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> str:
    """The reason in the viewer's language."""
    return translate(context.actor.language, f"register.gap.{gap.reason}")


def is_automatic(entry: IssuerFacts, _arguments: Mapping[str, Any], _context: EvaluationContext) -> bool:
    """Whether the system issued the document at its time."""
    return entry.role is Role.CLOCK


@strawberry.type(description="Consecutive numbers that no document has, with the reason.")
class NumberGap:
    """Consecutive numbers that no document has."""

    first: int = column("{t}.first_missing", description="The first of them.")
    last: int = column("{t}.last_missing", description="The last of them.")
    reason: GapReason = column(description="Why they are not there.")
    label: str = computed(GapFacts, gap_label, description="That in the viewer's language.")


@strawberry.type(description="A series of consecutive document numbers: one format in one year.")
class NumberSeries:
    """A series of document numbers."""

    name: str = column(description="What its numbers begin with: `RE-2026`.")
    year: int | None = column(description="The year of its last document; null before the first.")
    first_sequence: int = column(description="The number with which it begins: 1, or what the operator has set.")
    last_sequence: int | None = column(description="The last number that was given; null before the first.")
    numbers: int = column(description="How many numbers have a document.")
    start_set_at: datetime | None = column("{t}.set_at", description="When the operator set its beginning.")
    start_set_by: str | None = column("{t}.set_by", description="Who did that.")
    gaps: list[NumberGap] = to_many(
        GAPS_SCOPE,
        on="{t}.series = {p}.name",
        order="{t}.first_missing",
        limit=100,
        description="All numbers from 1 to the last one that no document has; one entry for those that follow each "
        "other.",
    )


@strawberry.type(description="One document number, explained: who gave it, when, and to which document.")
class RegisterEntry(Node):
    """One number of the register."""

    id: strawberry.ID = column(id_prefix="num", description="The entry's identifier.")
    number: str = column(description="The number as it stands on the document.")
    series: str = column(description="The series it belongs to.")
    sequence: int = column(description="Its place in the series.")
    year: int = column(description="The year of the document.")
    issued_on: date = column(description="The date that the document carries.")
    allocated_at: datetime = column(description="When the number was given.")
    allocated_by: str | None = column(description="Who issued the document, by name.")
    is_automatic: bool = computed(
        IssuerFacts, is_automatic, description="Whether the system issued it at its time, or as a consequence."
    )
    seal: str | None = column(
        description="The SHA-256 with which the database sealed number, dates and contents, in hexadecimal."
    )
    invoice: Invoice | None = to_one(
        INVOICES_SCOPE,
        on="{t}.id = {p}.invoice_id",
        description="The document, with its files and their hashes, its customer and total, and what reverses it.",
    )


OF_INVOICES_FOUND = f"{{t}}.invoice_id IN (SELECT i.id FROM invoices i WHERE {SEARCH.replace('{t}', 'i')})"


@where_input(description="Which numbers to list; all that is given must hold.")
class RegisterEntryWhere:
    """The filter of the register."""

    search: str | None = filter_field(
        OF_INVOICES_FOUND,
        description="Part of the number, the customer's or member's name, the order's number or project.",
    )
    number: TextFilter | None = filter_field(description="By number.")
    series: TextFilter | None = filter_field(description="By series.")
    year: IntFilter | None = filter_field(description="By the year of the document.")
    issued_on: DateFilter | None = filter_field(description="By the date of the document.")


REGISTER_SORTS = ordering(
    "RegisterEntry",
    default="-ALLOCATED_AT",
    ALLOCATED_AT=sort_key("{t}.allocated_at", "timestamptz", description="When the number was given."),
    SEQUENCE=sort_key("{t}.sequence", "int", description="The place in its series."),
    NUMBER=sort_key("{t}.number", description="The number as text."),
)
