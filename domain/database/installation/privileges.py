"""Privileges of the runtime role: it reads and writes rows, owns nothing, and cannot change the history.

Two roles share a database. The owner migrates. The API, the scheduler and the queue connect as the runtime role, which
has neither TRUNCATE nor DDL, and neither UPDATE nor DELETE on tables whose rows are final.
"""

from collections.abc import Sequence

import asyncpg

MIGRATIONS_TABLE = "tortoise_migrations"
GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON {migrations} FROM {role}",
)
# What triggers of the owner write, and no role else: by these rows a cut or replaced history is noticed.
KEPT_TABLES = ("chain_heads", "seals")
KEPT = f"unnest(ARRAY{list(KEPT_TABLES)}) AS kept (relname) WHERE to_regclass('public.' || kept.relname) IS NOT NULL"
# Every insert-only table has a trigger of this name, see `ddl.insert_only`.
FINAL_TABLES = """SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = 'public'::regnamespace AND t.tgname = c.relname || '_insert_only' ORDER BY c.relname"""
# What the role of this session could do to the history, one sentence each.
EXCESSES = f"""SELECT format('%s belongs to it', c.relname) FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND pg_has_role(c.relowner, 'USAGE')
    UNION ALL SELECT format('it may truncate %s', f.relname) FROM ({FINAL_TABLES}) f
        WHERE has_table_privilege(format('public.%I', f.relname), 'TRUNCATE')
    UNION ALL SELECT format('it may change rows of %s', f.relname) FROM ({FINAL_TABLES}) f
        WHERE has_table_privilege(format('public.%I', f.relname), 'UPDATE')
            OR has_table_privilege(format('public.%I', f.relname), 'DELETE')
    UNION ALL SELECT format('it may write %s', kept.relname) FROM {KEPT}
        AND has_table_privilege(format('public.%I', kept.relname), 'INSERT, UPDATE, DELETE')
    UNION ALL SELECT 'it is a superuser' FROM pg_roles r WHERE r.rolname = current_user AND r.rolsuper
    UNION ALL SELECT 'it may create tables' WHERE has_schema_privilege('public', 'CREATE')"""


async def grant_runtime(connection: asyncpg.Connection, role: str) -> None:
    """Give the role exactly what the application needs of the tables that exist now; run by their owner."""
    async with connection.transaction():
        for statement in GRANTS:
            await connection.execute(statement.format(role=_quoted(role), migrations=MIGRATIONS_TABLE))
        for row in await connection.fetch(FINAL_TABLES):
            await connection.execute(f"REVOKE UPDATE, DELETE ON public.{_quoted(row[0])} FROM {_quoted(role)}")
        for row in await connection.fetch(f"SELECT kept.relname FROM {KEPT}"):
            await connection.execute(f"REVOKE INSERT, UPDATE, DELETE ON public.{row[0]} FROM {_quoted(role)}")


async def excessive_privileges(connection: asyncpg.Connection) -> Sequence[str]:
    """What the role of this connection could do to the history, one phrase each; none for a proper runtime role."""
    return [row[0] for row in await connection.fetch(EXCESSES)]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
