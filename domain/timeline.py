"""Scopes of events and deadlines: those of visible rows, as far as they are meant for the reader."""

from domain.access.scope_inheritance import inherited_predicate
from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import ActorKind
from domain.nouns import NOUNS

SUBJECTS = {lifecycle.noun: lifecycle.scope for noun in NOUNS if noun.has_timeline for lifecycle in noun.lifecycles}
READERS = {
    ActorKind.MEMBER: "MEMBER",
    ActorKind.CUSTOMER: "CUSTOMER",
    ActorKind.LINK: "CUSTOMER",
    ActorKind.STAFF: "STAFF",
    ActorKind.STAFF_ASSIGNED: "STAFF",
    ActorKind.FINANCE: "FINANCE",
    ActorKind.ADMIN: "ADMIN",
}
CONCERNS_CUSTOMERS = "{t}.kind IN ('order.expire', 'delivery.autoAccept')"


def subject_is_visible(kind: ActorKind) -> str:
    """SQL: the row that `{t}` is about is visible to this kind of actor."""
    arms = [
        inherited_predicate(scope, kind, "subject_id", condition=f"{{t}}.subject_kind = '{noun}'")
        for noun, scope in SUBJECTS.items()
        if kind in scope.predicates
    ]
    return f"({' OR '.join(arms)})"


DEADLINES_SCOPE = ScopedTable(
    name="deadlines",
    table="deadlines",
    predicates={
        **{kind: subject_is_visible(kind) for kind in READERS},
        **{
            kind: f"{CONCERNS_CUSTOMERS} AND {subject_is_visible(kind)}"
            for kind in (ActorKind.CUSTOMER, ActorKind.LINK)
        },
        ActorKind.CLOCK: EVERYTHING,
    },
)
# Only administrators move deadlines themselves, and only they read these events.
RETRIED = inherited_predicate(DEADLINES_SCOPE, ActorKind.ADMIN, "subject_id", condition="{t}.subject_kind = 'deadline'")


def _is_meant_for(kind: ActorKind, role: str) -> str:
    visible = subject_is_visible(kind)
    if kind is ActorKind.ADMIN:
        visible = f"({visible} OR {RETRIED})"
    return f"'{role}' = ANY({{t}}.audience) AND {visible}"


EVENTS_SCOPE = ScopedTable(
    name="events",
    table="events",
    predicates={**{kind: _is_meant_for(kind, role) for kind, role in READERS.items()}, ActorKind.CLOCK: EVERYTHING},
)
