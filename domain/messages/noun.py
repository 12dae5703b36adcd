"""Messages as the registry knows them."""

from domain.engine.noun import Noun
from domain.engine.retention import cleanup
from domain.messages.consequences import CONSEQUENCES
from domain.messages.lifecycle import MESSAGES
from domain.retention.periods import KeptRecord, shortest_period

# Identifiers follow real time, so that the primary key finds what was written before the first year that is kept.
ZONE = "(SELECT s.zone FROM operator_settings s)"
FIRST_KEPT_YEAR = (
    f"extract(year FROM statement_timestamp() AT TIME ZONE {ZONE})::int - {shortest_period(KeptRecord.LETTERS)}"
)
FIRST_KEPT_INSTANT = f"make_timestamptz({FIRST_KEPT_YEAR}, 1, 1, 0, 0, 0, {ZONE})"
FIRST_KEPT_ID = f"rpad(lpad(to_hex((extract(epoch FROM {FIRST_KEPT_INSTANT}) * 1000)::bigint), 12, '0'), 32, '0')::uuid"

NOUN = Noun(
    lifecycles=(MESSAGES,),
    consequences=CONSEQUENCES,
    cleanups=(cleanup("outbox", f"id < {FIRST_KEPT_ID} AND state <> 'PENDING'"),),
)
