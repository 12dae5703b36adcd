"""Preview of an issue of many drafts at once: how many, which numbers they would take, and which dates would change."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.billing.document_numbers import series_of
from domain.billing.issue_preview import FIRST_NUMBERS, LAST_NUMBERS
from domain.billing.model import InvoiceKind
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.operator.number_series import Series

# What a rule refuses is not issued, and takes no number.
READY_GROUPS = """(SELECT coalesce(jsonb_agg(to_jsonb(ready)), '[]') FROM (
    SELECT i.currency, i.invoice_on AS planned_on,
        i.is_redated, count(*) AS count, sum(i.net_cents)::bigint AS net_cents, sum(i.vat_cents)::bigint AS vat_cents
    FROM invoices i WHERE {which} AND i.status = 'READY_TO_PRINT'
        AND NOT EXISTS (SELECT 1 FROM invoice_checks k WHERE k.invoice_id = i.id AND k.findings <> '[]')
    GROUP BY 1, 2, 3) ready)"""
OF_RUN = "i.id IN (SELECT g.id FROM invoice_run_invoices g WHERE g.run_id = {t}.id)"
OF_OPERATION = """i.id = ANY({t}.subject_ids) AND NOT EXISTS (SELECT 1 FROM bulk_items x
    WHERE x.operation_id = {t}.id AND x.subject_id = i.id AND x.outcome <> 'APPLIED')"""


@dataclass(frozen=True)
class JointPreviewFacts:
    """Drafts that are ready, by currency and planned date, and how far each series of numbers is."""

    ready: list[dict[str, Any]]
    last_numbers: dict[str, int] = fact(LAST_NUMBERS)
    first_numbers: dict[str, int] = fact(FIRST_NUMBERS)


@dataclass(frozen=True)
class RunPreviewFacts(JointPreviewFacts):
    """Those of an invoice run."""

    ready: list[dict[str, Any]] = fact(READY_GROUPS.replace("{which}", OF_RUN))


@dataclass(frozen=True)
class OperationPreviewFacts(JointPreviewFacts):
    """Those of an operation that is to print them."""

    ready: list[dict[str, Any]] = fact(READY_GROUPS.replace("{which}", OF_OPERATION))


@dataclass(frozen=True, kw_only=True)
class NumberRange:
    """The numbers that some of the drafts would take, of one series."""

    count: int
    first: str
    last: str


@dataclass(frozen=True, kw_only=True)
class CurrencySum:
    """What the drafts of one currency come to, in cents."""

    currency: str
    count: int
    net_cents: int
    vat_cents: int


@dataclass(frozen=True, kw_only=True)
class JointIssuePreview:
    """The numbers are an estimate: others of the series may be issued first. `redated` were dated by finance."""

    count: int
    numbers: list[NumberRange]
    sums: list[CurrencySum]
    issued_on: date
    off_plan: int
    planned_from: date | None
    planned_until: date | None
    redated: int


def joint_issue_preview(preview: JointPreviewFacts, context: EvaluationContext) -> JointIssuePreview:
    """What an issue of all of them would be as of now."""
    groups = [{**group, "planned_on": date.fromisoformat(group["planned_on"])} for group in preview.ready]
    off_plan = [each for each in groups if not each["is_redated"] and each["planned_on"] != context.today]
    planned = [each["planned_on"] for each in off_plan]
    return JointIssuePreview(
        count=_count(groups),
        numbers=_numbers(groups, preview, context),
        sums=_sums(groups),
        issued_on=context.today,
        off_plan=_count(off_plan),
        planned_from=min(planned, default=None),
        planned_until=max(planned, default=None),
        redated=_count(each for each in groups if each["is_redated"]),
    )


def _numbers(
    groups: Iterable[Mapping[str, Any]], preview: JointPreviewFacts, context: EvaluationContext
) -> list[NumberRange]:
    counts: dict[Series, int] = defaultdict(int)
    for group in groups:
        issued_on = group["planned_on"] if group["is_redated"] else context.today
        counts[series_of(InvoiceKind.INVOICE, issued_on, context.settings)] += group["count"]
    return [_range(series, counts[series], preview) for series in sorted(counts, key=lambda each: each.name)]


def _range(series: Series, count: int, preview: JointPreviewFacts) -> NumberRange:
    last = preview.last_numbers.get(series.name)
    first = preview.first_numbers.get(series.name, 1) if last is None else last + 1
    return NumberRange(count=count, first=series.number(first), last=series.number(first + count - 1))


def _sums(groups: Iterable[Mapping[str, Any]]) -> list[CurrencySum]:
    by_currency: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for group in groups:
        by_currency[group["currency"]].append(group)
    return [
        CurrencySum(
            currency=currency,
            count=_count(rows),
            net_cents=sum(row["net_cents"] for row in rows),
            vat_cents=sum(row["vat_cents"] for row in rows),
        )
        for currency, rows in sorted(by_currency.items())
    ]


def _count(groups: Iterable[Mapping[str, Any]]) -> int:
    return sum(group["count"] for group in groups)
