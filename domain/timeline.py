"""Scopes of events, deadlines and notifications: those of visible rows, as far as they are meant for the reader."""

from domain.access.scope_inheritance import predicate_of_one_parent
from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.accounts.security_notices import SUBJECT_KIND
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
CONCERNS_CUSTOMERS = "{t}.kind IN ('order.expire', 'delivery.autoAccept', 'supplement.expire')"


def subject_is_visible(kind: ActorKind) -> str:
    """SQL: the row that `{t}` is about is visible to this kind of actor."""
    arms = [
        predicate_of_one_parent(scope, kind, "subject_id", f"{{t}}.subject_kind = '{noun}'")
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
RETRIED = predicate_of_one_parent(DEADLINES_SCOPE, ActorKind.ADMIN, "subject_id", "{t}.subject_kind = 'deadline'")


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

# What a reader was told in their role, and about their own account. An administrator reads what staff and finance do.
TOLD_IN_ROLE = {
    ActorKind.MEMBER: "'MEMBER'",
    ActorKind.STAFF: "'STAFF'",
    ActorKind.STAFF_ASSIGNED: "'STAFF'",
    ActorKind.FINANCE: "'FINANCE'",
    ActorKind.ADMIN: "'ADMIN', 'STAFF', 'FINANCE'",
}
IS_FIRST_TELLING = "{t}.state <> 'DROPPED' AND {t}.resent_from_id IS NULL"
ABOUT_OWN_ACCOUNT = (
    f"{{t}}.account_id = {{account}} AND ({{t}}.recipient_role = 'ACCOUNT' OR {{t}}.subject_kind = '{SUBJECT_KIND}')"
)
OF_OWN_CONTACTS = "{t}.contact_id = ANY(ARRAY(SELECT c.id FROM contacts c WHERE c.account_id = {account}))"
# What the account and its contacts were told, found by two indexes whatever the order of the list.
OF_CUSTOMER_ACCOUNT = """{t}.id = ANY(ARRAY(SELECT own.id FROM outbox own WHERE own.account_id = {account}
    UNION ALL SELECT own.id FROM contacts c JOIN outbox own ON own.contact_id = c.id WHERE c.account_id = {account}))"""


def _was_told(kind: ActorKind) -> str:
    if kind is ActorKind.CUSTOMER:
        own, told = OF_CUSTOMER_ACCOUNT, OF_OWN_CONTACTS
    else:
        own, told = "{t}.account_id = {account}", f"{{t}}.recipient_role IN ({TOLD_IN_ROLE[kind]})"
    return f"{IS_FIRST_TELLING} AND {own} AND ({ABOUT_OWN_ACCOUNT} OR {told} AND {subject_is_visible(kind)})"


NOTIFICATIONS_SCOPE = ScopedTable(
    name="notifications",
    table="outbox",
    predicates={kind: _was_told(kind) for kind in (*TOLD_IN_ROLE, ActorKind.CUSTOMER)},
)
