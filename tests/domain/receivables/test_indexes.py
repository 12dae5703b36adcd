"""Lists of the few receivables that matter are read by indexes of their own, however many are paid."""

import asyncpg
import pytest

from settings import Settings
from tests.makers.parties import FINANCE
from tests.support.fixtures import in_operations as in_operations
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.database
LIST = "query ($where: ReceivableWhere) { receivables(first: 20, where: $where) { nodes { id } totalCount } }"


async def plan_of(client: SchemaClient, settings: Settings, where: dict[str, object]) -> str:
    """How the database reads the list where reading whole tables is dear, whatever the values are."""
    prepared = client.fast_path.prepare(LIST, {"where": where}, None, FINANCE)
    assert prepared is not None
    connection = await asyncpg.connect(settings.database_url)
    try:
        await connection.execute("SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off")
        await connection.execute(f"PREPARE list AS SELECT {prepared.plan.text}")
        values = ", ".join(["NULL"] * len(prepared.plan.parameters))
        lines = await connection.fetch(f"EXPLAIN EXECUTE list{f'({values})' if values else ''}")
    finally:
        await connection.close()
    return "\n".join(line[0] for line in lines)


@pytest.mark.parametrize(
    ("where", "index"),
    [
        ({"reminderDue": True}, "receivables_remindable_by_day"),
        ({"overdue": True, "reminderDue": False}, "receivables_remaining_"),
        ({"remains": True}, "receivables_remaining_"),
        ({"overpaid": True}, "receivables_overpaid"),
        ({"remindersPaused": True}, "receivables_paused"),
    ],
)
async def test_what_is_rare_is_found_by_its_index(
    in_operations: SchemaClient, settings: Settings, where: dict[str, object], index: str
) -> None:
    assert index in await plan_of(in_operations, settings, where)
