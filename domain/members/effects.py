"""Effects of the moves of members."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.engine.transition import TransitionContext
from domain.kernel.amendments import given_values
from domain.kernel.errors import Refused, guard_failed, invalid
from domain.kernel.identifiers import compact_iban
from domain.members.inputs import MAX_NUMBER, MemberDetails
from domain.parties.model import Member

DETAILS = tuple(item.name for item in fields(MemberDetails))
LOCK_NUMBERS = "SELECT pg_advisory_xact_lock(hashtextextended('members.number', 0))"
SELECT_NUMBERS = """SELECT coalesce(max(m.number), 0) + 1 AS next, coalesce(bool_or(m.number = $1::int), FALSE) AS taken
    FROM members m"""


async def create(move: TransitionContext) -> Member:
    """A new active member. Creations wait for each other, so that no number is given twice."""
    number = await _free_number(move.connection, move.input.number)
    member = Member(number=number, name=move.input.name.strip())
    await member.save(using_db=move.connection)
    return member


def insert_imported(move: TransitionContext) -> Member:
    """Write a member of another system, whose number is free."""
    entry = move.input
    details = {name: getattr(entry, name) for name in DETAILS}
    member = Member(
        number=entry.number,
        name=entry.name.strip(),
        status=entry.status,
        last_order_number=entry.last_order_number,
        **_cleaned(details),
    )
    move.insert(member)
    return member


async def _free_number(connection: BaseDBAsyncClient, wanted: int | None) -> int:
    await connection.execute_query(LOCK_NUMBERS)
    (row,) = await connection.execute_query_dict(SELECT_NUMBERS, [wanted])
    if row["taken"]:
        raise Refused(invalid("member_number_taken", "number", next=f"{row['next']:05}"))
    number: int = row["next"] if wanted is None else wanted
    if number > MAX_NUMBER:
        raise Refused(guard_failed("member_numbers_used_up"))
    return number


def amend(move: TransitionContext) -> None:
    """The event names what was changed and holds no bank account."""
    values = _cleaned(given_values(move.input))
    move.event_body["changed"] = sorted(name for name, value in values.items() if getattr(move.row, name) != value)
    for name, value in values.items():
        setattr(move.row, name, value)


def propose_details(move: TransitionContext) -> None:
    """An earlier proposal that was not decided yet is replaced."""
    for name, value in _cleaned({name: getattr(move.input, name) for name in DETAILS}).items():
        setattr(move.row, f"proposed_{name}", value)
    move.row.proposed_at = move.now


def confirm_details(move: TransitionContext) -> None:
    for name in DETAILS:
        setattr(move.row, name, getattr(move.row, f"proposed_{name}"))
    _clear_proposal(move.row)


def refuse_details(move: TransitionContext) -> None:
    move.event_body["reason"] = move.input.reason.strip()
    _clear_proposal(move.row)


def _clear_proposal(member: Member) -> None:
    for name in (*DETAILS, "at"):
        setattr(member, f"proposed_{name}", None)


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values without outer blanks; an empty text is no value, an IBAN has no blanks at all."""
    cleaned: dict[str, Any] = {name: (value or "").strip() or None for name, value in values.items()}
    iban = cleaned.get("iban")
    return cleaned | {"iban": compact_iban(iban)} if iban else cleaned
