"""Scope of accounts: everyone sees their own, employees see their colleagues, administrators see all.

Those who may invite see the invitations of those whom they may invite, to send them again.
"""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import ActorKind
from domain.orders.scope import ASSIGNED

OWN = "{t}.id = {account}"
COLLEAGUE = "{t}.roles && ARRAY['STAFF', 'FINANCE', 'ADMIN']"
INVITED = "{t}.status = 'INVITED' AND {t}.roles <@ ARRAY['MEMBER', 'CUSTOMER']"
INVITED_OF_OWN_CUSTOMER = """{t}.status = 'INVITED' AND {t}.roles = ARRAY['CUSTOMER'] AND EXISTS (SELECT 1
    FROM contacts k JOIN collaborations w ON w.customer_id = k.customer_id
    WHERE k.account_id = {t}.id AND w.member_id = {member})"""


def named_by_assigned_order(column: str) -> str:
    """SQL: an order that is assigned to the employee names `{t}` in this column."""
    assigned = ASSIGNED.replace("{t}", "o")
    return f"EXISTS (SELECT 1 FROM orders o WHERE o.{column} = {{t}}.id AND o.deleted_at IS NULL AND {assigned})"


ACCOUNTS_SCOPE = ScopedTable(
    name="accounts",
    table="accounts",
    predicates={
        ActorKind.MEMBER: f"{OWN} OR {INVITED_OF_OWN_CUSTOMER}",
        ActorKind.CUSTOMER: OWN,
        ActorKind.STAFF: f"{OWN} OR {COLLEAGUE} OR {INVITED}",
        ActorKind.STAFF_ASSIGNED: f"{OWN} OR {COLLEAGUE}",
        ActorKind.FINANCE: f"{OWN} OR {COLLEAGUE}",
        ActorKind.ACCOUNT: OWN,
        ActorKind.ADMIN: EVERYTHING,
        ActorKind.CLOCK: EVERYTHING,
    },
)

# Those whom the actor may invite to an account.
INVITABLE_CONTACTS_SCOPE = ScopedTable(
    name="invitable_contacts",
    table="contacts",
    predicates={
        ActorKind.ADMIN: EVERYTHING,
        ActorKind.STAFF: EVERYTHING,
        ActorKind.STAFF_ASSIGNED: named_by_assigned_order("contact_id"),
        ActorKind.MEMBER: """EXISTS (SELECT 1 FROM collaborations w
            WHERE w.customer_id = {t}.customer_id AND w.member_id = {member})""",
    },
)
INVITABLE_MEMBERS_SCOPE = ScopedTable(
    name="invitable_members",
    table="members",
    predicates={
        ActorKind.ADMIN: EVERYTHING,
        ActorKind.STAFF: EVERYTHING,
        ActorKind.STAFF_ASSIGNED: named_by_assigned_order("member_id"),
    },
)
