"""Pipelines as the registry knows them."""

from domain.engine.noun import Noun
from domain.pipelines.consequences import CONSEQUENCES
from domain.pipelines.lifecycle import PIPELINES
from domain.pipelines.order_command import ENTER_STAGE

NOUN = Noun(lifecycles=(PIPELINES,), consequences=CONSEQUENCES, extensions=(ENTER_STAGE,))
