"""Orders as the registry knows them."""

from domain.engine.noun import Noun
from domain.kernel.actors import Role
from domain.orders.consequences import CONSEQUENCES
from domain.orders.lifecycle import ORDERS
from domain.orders.recipients import ORDER_RECIPIENTS
from domain.outbox.recipients import Recipients

NOUN = Noun(
    lifecycles=(ORDERS,),
    consequences=CONSEQUENCES,
    recipients={"order": Recipients(caretaker=Role.STAFF)},
    default_recipients=ORDER_RECIPIENTS,
)
