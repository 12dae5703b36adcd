"""Effects of the commands of the operator's settings: every change is recorded with its value before and after."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from domain.database.audit import audit
from domain.database.audit_details import AFTER, BEFORE
from domain.engine.transition import TransitionContext
from domain.kernel.amendments import given_values
from domain.kernel.identifiers import compact
from domain.kernel.languages import LANGUAGES
from domain.operator.number_series import Series, continue_series, parsed_format

COMPACTED = frozenset({"iban", "bic", "vat_id"})
LEGAL_TEXTS = ("imprint", "privacy", "withdrawal")
REMINDERS = ("friendly_reminder", "first_reminder", "formal_reminder")
# Neither picture nor long text belongs into a trail that people read: its length before and after is recorded.
TOO_LONG_TO_RECORD = frozenset(
    {"logo", *(f"{text}_{language}" for text in LEGAL_TEXTS + REMINDERS for language in LANGUAGES)}
)
FORMAT_OF_FIRST_NUMBER = {
    "first_invoice_number": "invoice_format",
    "first_cancellation_number": "cancellation_format",
}
REPLACE_FEE = """INSERT INTO fee_rates (id, holds_from, percent) VALUES (uuidv7(), $1, $2)
    ON CONFLICT (holds_from) DO UPDATE SET percent = excluded.percent RETURNING old.percent"""


async def amend(move: TransitionContext) -> None:
    """Store the values that are given."""
    await store(move, given_values(move.input))


async def set_number_formats(move: TransitionContext) -> None:
    """Store the formats, and where their series continue."""
    await store_number_formats(move, given_values(move.input))


async def store_number_formats(move: TransitionContext, given: Mapping[str, Any]) -> None:
    """Store the formats that are given; a first number begins the series of the named year, else of this one."""
    values = dict(given)
    year = values.pop("first_numbers_year", None) or move.context.today.year
    firsts = {name: values.pop(name, None) for name in FORMAT_OF_FIRST_NUMBER}
    await store(move, values)
    for name, first in firsts.items():
        if first is not None:
            series = Series(parsed_format(getattr(move.row, FORMAT_OF_FIRST_NUMBER[name])), year)
            await continue_series(move, series, first, name)
            await record(move, {name: (None, series.number(first))})


async def set_fee(move: TransitionContext) -> None:
    """Store a fee from a day on; one that holds from the same day is replaced."""
    await store_fee(move, move.input.percent, move.input.holds_from)


async def store_fee(move: TransitionContext, percent: Any, holds_from: Any) -> None:
    before = await move.connection.execute_query_dict(REPLACE_FEE, [holds_from, percent])
    old = before[0]["percent"] if before else None
    await record(move, {"fee_percent": (old, percent), "fee_holds_from": (None, holds_from)})


async def request_verification(move: TransitionContext) -> None:
    """The scheduler verifies the history next, in real time; who asked for it is audited."""
    move.row.verification_requested_at = datetime.now(UTC)
    await audit(move.connection, "operator.requestVerification", move.context.actor.account_id)


async def set_approval_workflow(move: TransitionContext) -> None:
    await store(move, {"approval_workflow": move.input.approval_workflow})


async def store(move: TransitionContext, values: Mapping[str, Any]) -> None:
    """Write values into the row and record those that differ."""
    changed = {}
    for name, given in values.items():
        value = _cleaned(name, given)
        if getattr(move.row, name) != value:
            changed[name] = (getattr(move.row, name), value)
            setattr(move.row, name, value)
    await record(move, changed)


async def record(move: TransitionContext, changed: Mapping[str, tuple[Any, Any]]) -> None:
    """The event and the audit trail say what became what."""
    if not changed:
        return
    detail = {name: _readable(name, before, after) for name, (before, after) in changed.items()}
    move.event_body |= detail
    name = move.lifecycle.event_name(move.transition)
    await audit(move.connection, name, move.context.actor.account_id, detail)


def _readable(name: str, before: Any, after: Any) -> dict[str, object]:
    if name in TOO_LONG_TO_RECORD:
        return {BEFORE: len(before or ""), AFTER: len(after or "")}
    return {BEFORE: before, AFTER: after}


def _cleaned(name: str, value: Any) -> Any:
    if not isinstance(value, str) or type(value) is not str:
        return value
    return compact(value) if name in COMPACTED else value.strip()
