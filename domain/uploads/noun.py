"""Uploaded files as the registry knows them, and who is told of them: their owner."""

from domain.engine.noun import Noun
from domain.kernel.actors import Role
from domain.outbox.recipients import Recipients
from domain.uploads.lifecycle import UPLOADS

MEMBER = """SELECT m.account_id, NULL::uuid, NULL::uuid FROM files f JOIN members m ON m.id = f.member_id
    WHERE f.id = {subject}"""
# An account of several roles is told once, as the employee that it is.
EMPLOYEE = """SELECT a.id, NULL::uuid, NULL::uuid FROM files f JOIN accounts a ON a.id = f.account_id
    WHERE f.id = {subject} AND a.roles && ARRAY['STAFF', 'ADMIN']"""
CUSTOMER = """(SELECT NULL::uuid, c.id, NULL::uuid FROM files f
    LEFT JOIN accounts a ON a.id = f.account_id AND NOT a.roles && ARRAY['STAFF', 'ADMIN']
    JOIN contacts c ON c.id = f.contact_id OR c.account_id = a.id
    WHERE f.id = {subject} ORDER BY c.id LIMIT 1)"""

NOUN = Noun(
    lifecycles=(UPLOADS,),
    recipients={
        "upload": Recipients(
            queries={Role.MEMBER: MEMBER, Role.STAFF: EMPLOYEE, Role.CUSTOMER: CUSTOMER}, caretaker=Role.STAFF
        )
    },
)
