"""Client statuses and their rules as the registry knows them."""

from domain.client_status.consequences import CONSEQUENCES
from domain.client_status.lifecycle import CLIENT_STATUS
from domain.client_status.rules_lifecycle import STATUS_RULES
from domain.client_status.writer import QUIET_MINUTES, SELECT_QUIET_MINUTES
from domain.engine.noun import Noun

NOUN = Noun(
    lifecycles=(CLIENT_STATUS, STATUS_RULES),
    consequences=CONSEQUENCES,
    context_facts={QUIET_MINUTES: SELECT_QUIET_MINUTES},
)
