"""Acceptance records as the registry knows them."""

from domain.acceptance_records.consequences import CONSEQUENCES
from domain.engine.noun import Noun

NOUN = Noun(consequences=CONSEQUENCES)
