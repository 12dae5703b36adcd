"""Invoice runs as the registry knows them."""

from domain.engine.noun import Noun
from domain.invoice_runs.consequences import CONSEQUENCES
from domain.invoice_runs.lifecycle import INVOICE_RUNS

NOUN = Noun(lifecycles=(INVOICE_RUNS,), consequences=CONSEQUENCES)
