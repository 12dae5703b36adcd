"""Names that no two rows in use may share, checked under a lock of the whole table."""

from collections.abc import Mapping
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"
SELECT_TAKEN = "SELECT {columns} FROM {table} WHERE {in_use} AND id IS DISTINCT FROM $1::uuid AND ({matches})"


async def taken_names(
    connection: BaseDBAsyncClient,
    table: str,
    names: Mapping[str, str],
    own_id: UUID | None,
    *,
    in_use: str = "state = 'ACTIVE'",
) -> list[str]:
    """The columns whose name another row in use has already, regardless of case, in the order of `names`.

    Until the caller's transaction ends, others who check names of this table wait. `own_id` is the row that is to
    have the names, `in_use` the SQL condition of rows that count.
    """
    await connection.execute_query(LOCK, [f"{table}.{next(iter(names))}"])
    matches = [f"lower({column}) = lower(${number})" for number, column in enumerate(names, 2)]
    statement = SELECT_TAKEN.format(
        columns=", ".join(f"{match} AS {column}" for match, column in zip(matches, names, strict=True)),
        table=table,
        in_use=in_use,
        matches=" OR ".join(matches),
    )
    rows = await connection.execute_query_dict(statement, [own_id, *names.values()])
    return [column for column in names if any(row[column] for row in rows)]
