"""The operation that works on a run, for the process that has started it."""

from uuid import UUID

from tortoise import connections

SELECT_OPERATION = "SELECT operation_id FROM invoice_runs WHERE id = $1"


async def operation_of(run_id: UUID) -> UUID:
    """The operation that a command on this run has started."""
    (row,) = await connections.get("default").execute_query_dict(SELECT_OPERATION, [run_id])
    operation_id: UUID = row["operation_id"]
    return operation_id
