"""Lifecycle of the rules for client statuses: one row that always exists, and that administrators amend."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.client_status.effects import amend_rules
from domain.client_status.inputs import StatusRulesAmendment
from domain.client_status.model import StatusRules
from domain.client_status.scope import STATUS_RULES_SCOPE
from domain.engine.facts import fact
from domain.engine.lifecycle import ALL_BUT_CUSTOMERS, Lifecycle, Transition
from domain.kernel.actors import ADMIN_ROLE


class RulesStanding(StrEnum):
    """The rules have one state and keep it."""

    IN_FORCE = "IN_FORCE"


@dataclass(frozen=True)
class StatusRulesFacts:
    """The rules as guards see them."""

    id: UUID = fact("{t}.id")
    status: RulesStanding = fact("'IN_FORCE'")


STATUS_RULES = Lifecycle(
    noun="statusRules",
    id_prefix="sru",
    model=StatusRules,
    facts=StatusRulesFacts,
    scope=STATUS_RULES_SCOPE,
    states=RulesStanding,
    start=RulesStanding.IN_FORCE,
    transitions=(),
    commands=(
        Transition(
            name="amend",
            doc="Change the given rules for client statuses; what is waiting already keeps its time.",
            from_states=frozenset({RulesStanding.IN_FORCE}),
            roles=ADMIN_ROLE,
            input=StatusRulesAmendment,
            effect=amend_rules,
            audience=ALL_BUT_CUSTOMERS,
        ),
    ),
)
