"""The judgement of the official rules on a draft, as finance sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry

from domain.billing.e_invoices.findings import reason_of
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel import i18n
from schema.declarations.fields import column, computed


@dataclass(frozen=True)
class CheckFacts:
    """What was found, as it was stored."""

    findings: tuple[Any, ...] = fact("{t}.findings")


@strawberry.type(description="A rule that the electronic invoice of a draft would break.")
class InvoiceFinding:
    """A rule that the electronic invoice of a draft would break."""

    rule: str = strawberry.field(description="The rule by its official name, like BR-DE-15.")
    location: str = strawberry.field(description="Where in the electronic invoice.")
    text: str = strawberry.field(description="What the rule says, in its own language.")
    message: str = strawberry.field(description="What is missing, in the viewer's language.")
    remedy: str = strawberry.field(description="What to do about it.")


def findings(check: CheckFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> list[InvoiceFinding]:
    """What was found, each with its remedy."""
    return [_finding(each, context.actor.language) for each in check.findings]


def _finding(stored: Mapping[str, Any], language: str) -> InvoiceFinding:
    reason = reason_of(stored["rule"])
    return InvoiceFinding(
        rule=stored["rule"],
        location=stored["location"],
        text=stored["text"],
        message=i18n.translate(language, f"reason.{reason}", rule=stored["rule"]),
        remedy=i18n.translate(language, f"remedy.{reason}"),
    )


@strawberry.type(description="What the official rules (EN 16931, XRechnung) say of a draft.")
class InvoiceCheck:
    """What the official rules say of a draft."""

    is_current: bool = column(
        "{t}.fingerprint = invoice_fingerprint({t}.invoice_id)",
        description="Whether it judged the draft as it is now; if not, it is being checked again.",
    )
    checked_at: datetime = column(description="When it was judged.")
    findings: list[InvoiceFinding] = computed(CheckFacts, findings, description="What is to be mended; none: valid.")
