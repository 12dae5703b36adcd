"""Supplements as the registry knows them."""

from domain.engine.noun import Noun
from domain.kernel.actors import Role
from domain.outbox.recipients import Recipients
from domain.supplements.consequences import CONSEQUENCES
from domain.supplements.lifecycle import SUPPLEMENTS

NOUN = Noun(
    lifecycles=(SUPPLEMENTS,),
    consequences=CONSEQUENCES,
    recipients={"supplement": Recipients(caretaker=Role.FINANCE)},
)
