"""Members as the registry knows them."""

from domain.engine.noun import Noun
from domain.kernel.actors import Role
from domain.members.lifecycle import MEMBERS
from domain.outbox.recipients import Recipients

MEMBER = "SELECT m.account_id, NULL::uuid, NULL::uuid FROM members m WHERE m.id = {subject}"
STAFF = """SELECT a.id, NULL::uuid, NULL::uuid FROM accounts a
    WHERE a.status = 'ACTIVE' AND 'STAFF' = ANY(a.roles) AND a.order_access = 'ALL'"""

NOUN = Noun(
    lifecycles=(MEMBERS,),
    recipients={"member": Recipients(queries={Role.MEMBER: MEMBER, Role.STAFF: STAFF}, caretaker=Role.STAFF)},
)
