"""Merging one customer into another: what belongs to it moves, and its row leads to the other one from then on."""

from uuid import UUID

from domain.engine.transition import TransitionContext
from domain.kernel.errors import Refused, guard_failed, invalid
from domain.parties.inputs import MergedCustomer
from domain.parties.model import Customer, CustomerState

CURRENT_CUSTOMER = "coalesce((SELECT g.merged_into_id FROM customers g WHERE g.id = {id}), {id})"
LOCK_TARGET = "SELECT id FROM customers WHERE id = $1 FOR UPDATE"
MOVE_CONTACTS = "UPDATE contacts SET customer_id = $2 WHERE customer_id = $1"
ADD_COLLABORATIONS = """INSERT INTO collaborations (id, member_id, customer_id)
    SELECT uuidv7(), w.member_id, $2 FROM collaborations w WHERE w.customer_id = $1
    ON CONFLICT (member_id, customer_id) DO NOTHING"""
REMOVE_COLLABORATIONS = "DELETE FROM collaborations WHERE customer_id = $1"
REDIRECT_EARLIER = "UPDATE customers SET merged_into_id = $2 WHERE merged_into_id = $1"


def current_customer(column: str) -> str:
    """SQL: the customer that a column names, or the one it was merged into."""
    return CURRENT_CUSTOMER.replace("{id}", column)


async def merge(move: TransitionContext) -> None:
    """Move contacts and collaborations to the other customer; other nouns follow with what is theirs.

    Issued documents keep their snapshot. Raises `Refused` when the two cannot be the same customer.
    """
    merged, target = move.row, await _locked_target(move, move.input.into_id)
    _require_same_kind(merged, target)
    merged.merged_into_id, values = target.id, [merged.id, target.id]
    for statement in (MOVE_CONTACTS, ADD_COLLABORATIONS, REDIRECT_EARLIER):
        await move.connection.execute_query(statement, values)
    await move.connection.execute_query(REMOVE_COLLABORATIONS, [merged.id])
    move.event_body |= {"into_id": str(target.id), "message": target.legal_name}


async def record_at_target(move: TransitionContext) -> None:
    """The customer that received everything has the event in its own history."""
    merged_customer = MergedCustomer(customer_id=move.row.id, legal_name=move.row.legal_name)
    await move.cascade("customer", "receive", [move.row.merged_into_id], merged_customer)


def record_received(move: TransitionContext) -> None:
    move.event_body |= {"customer_id": str(move.input.customer_id), "message": move.input.legal_name}


async def _locked_target(move: TransitionContext, target_id: UUID) -> Customer:
    await move.connection.execute_query(LOCK_TARGET, [target_id])
    target = await Customer.get_or_none(id=target_id, using_db=move.connection)
    if target is None or target.status is CustomerState.MERGED:
        raise Refused(invalid("customer_unknown", "into_id"))
    if target.id == move.row.id:
        raise Refused(invalid("merged_into_itself", "into_id"))
    return target


def _require_same_kind(merged: Customer, target: Customer) -> None:
    """A business and a person have different rights; two VAT identification numbers are two businesses."""
    if merged.kind is not target.kind:
        raise Refused(guard_failed("customers_of_two_kinds"))
    if merged.vat_id and target.vat_id and merged.vat_id != target.vat_id:
        raise Refused(guard_failed("customers_of_two_vat_ids", one=merged.vat_id, other=target.vat_id))
