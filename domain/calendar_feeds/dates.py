"""The dates that concern an account in one of its roles, read in the scope of that role."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.access.scoped_table import ScopedTable
from domain.client_status.contradictions.rules import CONTRADICTS
from domain.client_status.scope import CLIENT_STATUSES_SCOPE
from domain.database.pools import read_sessions
from domain.kernel.actors import ROLES_OF_ADMIN, Actor, Role
from domain.orders.scope import ORDERS_SCOPE
from domain.timeline import DEADLINES_SCOPE

DUE, EXPECTED = "due", "expected"
MAX_DATES = 1000
# Dates stay in calendars for a while after they have passed.
KEPT = "(SELECT app_now()) - interval '90 days'"
# The operator's people have the days of the orders that are assigned to them, and the deadlines of their work.
ASSIGNED = "EXISTS (SELECT 1 FROM assignments a WHERE a.order_id = {order} AND a.account_id = ${account})"
DEADLINES_OF_STAFF = ("order.review", "order.cancellation")
DEADLINES_OF_FINANCE = ("invoice.approval", "invoice.print")
DEADLINES: Mapping[Role, tuple[str, ...]] = {
    Role.MEMBER: ("order.expire", "delivery.autoAccept", "invoice.print"),
    Role.CUSTOMER: ("order.expire", "delivery.autoAccept", "supplement.expire"),
    Role.STAFF: DEADLINES_OF_STAFF,
    Role.FINANCE: DEADLINES_OF_FINANCE,
    Role.ADMIN: DEADLINES_OF_STAFF + DEADLINES_OF_FINANCE,
}

OVERTAKEN = CONTRADICTS.replace("{t}", "s").replace("{o}", "o")

SELECT_DUE = f"""SELECT '{DUE}' AS kind, 'order' AS subject_kind, o.id AS subject_id, o.id AS order_id,
        concat_ws(' · ', nullif(o.project, ''), o.number) AS title, NULL::date AS day, o.delivery_due_at AS at
    FROM orders o WHERE {{scope}} AND o.status = 'ACTIVE' AND o.archived_at IS NULL AND o.delivery_due_at > {KEPT}
    ORDER BY o.delivery_due_at, o.id LIMIT {MAX_DATES}"""
SELECT_EXPECTED = f"""SELECT '{EXPECTED}' AS kind, 'clientStatus' AS subject_kind, s.id AS subject_id,
        o.id AS order_id, s.name AS title, s.expected_on AS day, NULL::timestamptz AS at
    FROM client_statuses s JOIN orders o ON o.id = s.id
    WHERE {{scope}} AND s.visibility = 'SHOWN' AND s.kind IS DISTINCT FROM 'DONE' AND s.expected_on > ({KEPT})::date
        AND o.archived_at IS NULL AND o.status IN ('IN_REVIEW', 'AWAITING_CUSTOMER', 'ACTIVE', 'CANCELLATION_REVIEW')
        AND NOT {OVERTAKEN}
    ORDER BY s.expected_on, s.id LIMIT {MAX_DATES}"""
SELECT_DEADLINES = f"""SELECT d.kind, d.subject_kind, d.subject_id, d.order_id, NULL::date AS day, d.due_at AS at,
        (SELECT concat_ws(' · ', nullif(o.project, ''), o.number) FROM orders o WHERE o.id = d.order_id) AS title
    FROM deadlines d WHERE {{scope}} AND d.state = 'PENDING' AND d.kind = ANY($1::text[])
    ORDER BY d.due_at, d.id LIMIT {MAX_DATES}"""


@dataclass(frozen=True, kw_only=True)
class CalendarDate:
    """One date: a whole `day`, or the instant `at`. `kind` is `due`, `expected`, or that of a deadline."""

    kind: str
    subject_kind: str
    subject_id: UUID
    order_id: UUID | None
    title: str | None
    day: date | None
    at: datetime | None


async def calendar_dates(actor: Actor) -> list[CalendarDate]:
    """The due days, the expected days and the deadlines of the actor's role, the earliest of each first."""
    due = await _read(actor, SELECT_DUE, ORDERS_SCOPE, "o", assigned="o.id")
    expected = await _read(actor, SELECT_EXPECTED, CLIENT_STATUSES_SCOPE, "s", assigned="s.id")
    deadlines = await _read(actor, SELECT_DEADLINES, DEADLINES_SCOPE, "d", list(DEADLINES[actor.role]))
    return due + expected + deadlines


async def _read(
    actor: Actor, statement: str, source: ScopedTable, alias: str, *values: object, assigned: str = ""
) -> list[CalendarDate]:
    """Rows of `source` in the actor's scope; with `assigned`, the operator's people get those of their orders."""
    scope, bound = source.bound_predicate(actor, alias, first=len(values) + 1)
    parameters = [*values, *bound]
    if assigned and actor.role in ROLES_OF_ADMIN:
        parameters.append(actor.account_id)
        scope = f"({scope}) AND {ASSIGNED.format(order=assigned, account=len(parameters))}"
    rows = await read_sessions().fetch(statement.format(scope=f"({scope})"), *parameters)
    return [CalendarDate(**dict(row)) for row in rows]
