"""Which events and deadlines exist for whom: those of rows in sight, as far as they were meant for the reader."""

from domain.access.scope_inheritance import inherited_predicate
from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.automations.scope import AUTOMATION_RUNS_SCOPE, AUTOMATIONS_SCOPE
from domain.billing.scope import INVOICES_SCOPE, LINES_SCOPE
from domain.client_status.scope import CLIENT_STATUSES_SCOPE
from domain.deliveries.scope import DELIVERIES_SCOPE
from domain.kernel.actors import ActorKind
from domain.order_templates.scope import ORDER_TEMPLATES_SCOPE
from domain.orders.scope import ORDERS_SCOPE
from domain.parties.scope import CONTACTS_SCOPE, CUSTOMERS_SCOPE
from domain.pipelines.scope import PIPELINES_SCOPE
from domain.status_rules.sources import STATUS_RULES_SCOPE
from domain.status_templates.scope import STATUS_TEMPLATES_SCOPE

SUBJECTS = {
    "order": ORDERS_SCOPE,
    "delivery": DELIVERIES_SCOPE,
    "line": LINES_SCOPE,
    "invoice": INVOICES_SCOPE,
    "clientStatus": CLIENT_STATUSES_SCOPE,
    "customer": CUSTOMERS_SCOPE,
    "contact": CONTACTS_SCOPE,
    "automation": AUTOMATIONS_SCOPE,
    "automationRun": AUTOMATION_RUNS_SCOPE,
    "pipeline": PIPELINES_SCOPE,
    "statusTemplate": STATUS_TEMPLATES_SCOPE,
    "statusRules": STATUS_RULES_SCOPE,
    "orderTemplate": ORDER_TEMPLATES_SCOPE,
}
READERS = {
    ActorKind.MEMBER: "MEMBER",
    ActorKind.CUSTOMER: "CUSTOMER",
    ActorKind.LINK: "CUSTOMER",
    ActorKind.STAFF: "STAFF",
    ActorKind.STAFF_ASSIGNED: "STAFF",
    ActorKind.FINANCE: "FINANCE",
    ActorKind.ADMIN: "ADMIN",
}
OF_CONCERN_TO_CUSTOMERS = "{t}.kind IN ('order.expire', 'delivery.autoAccept')"


def of_a_subject_in_sight(kind: ActorKind) -> str:
    """SQL: the row that `{t}` speaks of is one that this kind of actor sees."""
    arms = [
        inherited_predicate(source, kind, "subject_id", condition=f"{{t}}.subject_kind = '{noun}'")
        for noun, source in SUBJECTS.items()
        if kind in source.predicates
    ]
    return f"({' OR '.join(arms)})"


DEADLINES_SCOPE = ScopedTable(
    name="deadlines",
    table="deadlines",
    predicates={
        **{kind: of_a_subject_in_sight(kind) for kind in READERS},
        **{
            kind: f"{OF_CONCERN_TO_CUSTOMERS} AND {of_a_subject_in_sight(kind)}"
            for kind in (ActorKind.CUSTOMER, ActorKind.LINK)
        },
        ActorKind.CLOCK: EVERYTHING,
    },
)
# Only administrators move deadlines themselves, and only they read of it.
RETRIED = inherited_predicate(DEADLINES_SCOPE, ActorKind.ADMIN, "subject_id", condition="{t}.subject_kind = 'deadline'")


def _meant_for(kind: ActorKind, role: str) -> str:
    seen = of_a_subject_in_sight(kind)
    if kind is ActorKind.ADMIN:
        seen = f"({seen} OR {RETRIED})"
    return f"'{role}' = ANY({{t}}.audience) AND {seen}"


EVENTS_SCOPE = ScopedTable(
    name="events",
    table="events",
    predicates={**{kind: _meant_for(kind, role) for kind, role in READERS.items()}, ActorKind.CLOCK: EVERYTHING},
)
