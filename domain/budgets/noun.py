"""Budgets of members as the registry knows them."""

from domain.budgets.consequences import CONSEQUENCES
from domain.budgets.lifecycle import BUDGETS
from domain.engine.noun import Noun
from domain.kernel.actors import Role
from domain.outbox.recipients import Recipients

MEMBER = """SELECT m.account_id, NULL::uuid, NULL::uuid FROM member_budgets b JOIN members m ON m.id = b.member_id
    WHERE b.id = {subject}"""

NOUN = Noun(
    lifecycles=(BUDGETS,),
    consequences=CONSEQUENCES,
    recipients={"memberBudget": Recipients(queries={Role.MEMBER: MEMBER}, caretaker=Role.FINANCE)},
)
