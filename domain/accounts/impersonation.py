"""Impersonation: a session sees the portal as a customer does, changes nothing, and is audited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.billing.scope import INVOICE_OF_ASSIGNED, ISSUED
from domain.database.audit import audit
from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.errors import Refused, guard_failed
from domain.orders.scope import ASSIGNED, NOT_DELETED, WAS_SUBMITTED

# A forgotten impersonation ends with its session, whose life is not extended by use.
MAX_DURATION = timedelta(hours=8)
BEGIN = """UPDATE sessions
    SET viewing_customer_id = $2, expires_at = least(expires_at, clock_timestamp() + $3::interval)
    WHERE id = $1 RETURNING old.account_id, old.viewing_customer_id"""
LEAVE = """WITH before AS (SELECT id, account_id, viewing_customer_id FROM sessions
        WHERE id = $1 AND viewing_customer_id IS NOT NULL FOR UPDATE)
    UPDATE sessions s SET viewing_customer_id = NULL FROM before WHERE s.id = before.id
    RETURNING before.account_id, before.viewing_customer_id"""


SUBMITTED = f"{NOT_DELETED} AND {WAS_SUBMITTED}".replace("{t}", "v")


def has_nothing_beyond_assigned(customer: str, account: str) -> str:
    """SQL: every submitted order of a customer is assigned to an employee; each issued invoice is about such a one."""
    assigned, invoiced = (each.replace("{account}", account) for each in (ASSIGNED, INVOICE_OF_ASSIGNED))
    return f"""NOT EXISTS (SELECT 1 FROM orders v WHERE v.customer_id = {customer}
            AND {SUBMITTED} AND NOT {assigned.replace("{t}", "v")})
        AND NOT EXISTS (SELECT 1 FROM invoices v WHERE v.customer_id = {customer}
            AND {ISSUED.replace("{t}", "v")} AND NOT {invoiced.replace("{t}", "v")})"""


# Orders may be created, assigned and reassigned meanwhile, so this is evaluated at every request.
SELECT_IMPERSONATION = f"""
    s.id AS session_id, s.viewing_customer_id,
    (SELECT c.legal_name FROM customers c WHERE c.id = s.viewing_customer_id) AS viewing_name,
    s.viewing_customer_id IS NOT NULL AND (s.active_role = 'ADMIN' OR s.active_role = 'STAFF' AND (
        a.order_access = 'ALL' OR {has_nothing_beyond_assigned("s.viewing_customer_id", "s.account_id")})) AS
        may_view"""


@dataclass(frozen=True, kw_only=True)
class Impersonation:
    """A session that sees the portal as a customer: `actor` has the customer's scope and is read-only."""

    actor: Actor
    customer_id: UUID
    customer_name: str


def impersonation_of(session: Mapping[str, Any]) -> Impersonation | None:
    """The impersonation of a session, as `SELECT_IMPERSONATION` reads it; nothing when there is none."""
    if not session["may_view"]:
        return None
    actor = Actor(
        kind=ActorKind.CUSTOMER,
        role=Role.CUSTOMER,
        customer_ids=(session["viewing_customer_id"],),
        session_id=session["session_id"],
        read_only=True,
        language=session["language"],
        name=session["viewing_name"],
    )
    return Impersonation(actor=actor, customer_id=session["viewing_customer_id"], customer_name=session["viewing_name"])


async def start_impersonation(connection: BaseDBAsyncClient, actor: Actor, customer_id: UUID) -> None:
    """Let the actor's session see the portal as this customer, within the caller's transaction.

    An impersonation of another customer ends. Refused when the session has ended meanwhile.
    """
    before = await connection.execute_query_dict(BEGIN, [actor.session_id, customer_id, MAX_DURATION])
    if not before:
        raise Refused(guard_failed("session_has_ended"))
    await audit_stopped(connection, before)
    await audit(connection, "customer.viewAs", actor.account_id, {"customer": customer_id})


async def stop_impersonation(session_id: UUID) -> UUID | None:
    """End the session's impersonation; return the customer, if there was one."""
    async with in_transaction() as connection:
        left = await connection.execute_query_dict(LEAVE, [session_id])
        await audit_stopped(connection, left)
    return left[0]["viewing_customer_id"] if left else None


async def audit_stopped(connection: BaseDBAsyncClient, sessions: Iterable[Mapping[str, Any]]) -> None:
    """Audit the end of impersonation for each session that ended, or that ended its impersonation."""
    for session in sessions:
        if session["viewing_customer_id"] is not None:
            detail = {"customer": session["viewing_customer_id"]}
            await audit(connection, "customer.leaveView", session["account_id"], detail)
