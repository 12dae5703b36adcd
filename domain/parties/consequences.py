"""Consequences of the merging of customers: the one that stays has it in its history."""

from domain.engine.noun import Consequence, each_alone
from domain.parties.merging import record_at_target

CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {"customer.merge": (each_alone(record_at_target),)}
