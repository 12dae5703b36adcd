"""SQL of pipelines and stages that other nouns use; the stage or pipeline is `$1`."""

from domain.orders.scope import ENDED_STATES, WAS_SUBMITTED

ON_THE_BOARD = "{o}.archived_at IS NULL AND {o}.deleted_at IS NULL"
# Limits and refusals speak of open work that all employees see: drafts may lie in a stage already, ended orders still.
COUNTED_ON_THE_BOARD = (
    f"{ON_THE_BOARD} AND {WAS_SUBMITTED.replace('{t}', '{o}')} AND {{o}}.status NOT IN {ENDED_STATES}"
)
# An order that was reopened or restored after its pipeline was retired is on no board.
IN_RETIRED_PIPELINE = f"""({{o}}.status NOT IN {ENDED_STATES} AND {{o}}.stage_id = ANY(ARRAY(SELECT s.id FROM stages s
    JOIN pipelines p ON p.id = s.pipeline_id WHERE p.state = 'RETIRED')))"""
# A lock on the pipeline `p` keeps its stages open.
FROM_OPEN_STAGE = "FROM stages s JOIN pipelines p ON p.id = s.pipeline_id WHERE s.id = $1 AND p.state = 'ACTIVE'"
SELECT_OPEN_STAGE = f"SELECT 1 {FROM_OPEN_STAGE}"
# These take shared locks: a retirement at the same moment waits, and then finds what refers to the row.
LOCK_OPEN_STAGE = f"SELECT s.id {FROM_OPEN_STAGE} FOR SHARE"
LOCK_ACTIVE_PIPELINE = "SELECT id FROM pipelines WHERE id = $1 AND state = 'ACTIVE' FOR SHARE"
