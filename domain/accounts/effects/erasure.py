"""Erasure of an account (article 17 GDPR): nothing personal is left but what the law keeps, which the event names."""

from domain.accounts.effects.administration import end_access
from domain.accounts.effects.kept_records import RecordsOfAccount, kept_records
from domain.accounts.second_factors.reset import remove_second_factors
from domain.engine.facts import read_facts
from domain.engine.transition import TransitionContext
from domain.kernel.i18n import translate
from domain.personal_data.kept_records import as_values

SELECT_CONTACTS = "SELECT k.id FROM contacts k WHERE k.account_id = $1 AND k.status <> 'ERASED' ORDER BY k.id"
RENAME_COMMENTS = """UPDATE comments c SET author_name = $2 FROM events e
    WHERE e.name = 'order.comment' AND e.order_id = c.order_id AND e.at = c.created_at AND e.account_id = $1
        AND c.author_role = e.actor_role"""
DROP_MAILS = """UPDATE outbox SET state = CASE state WHEN 'SENT' THEN 'SENT' ELSE 'DROPPED' END, last_error = NULL
    WHERE account_id = $1"""
DELETE_LINKS = "DELETE FROM links WHERE account_id = $1"
DELETE_ASSIGNMENTS = "DELETE FROM assignments WHERE account_id = $1"


async def erase(move: TransitionContext) -> None:
    """Replace the name, empty the address, delete what signs in; the contacts of the same person are erased with it."""
    account, name = move.row, translate(move.row.language, "erased.name")
    records = kept_records(await read_facts(move.connection, RecordsOfAccount(), account.id))
    move.event_body["kept"] = as_values(records)
    await move.connection.execute_query(RENAME_COMMENTS, [account.id, name])
    for statement in (DROP_MAILS, DELETE_LINKS, DELETE_ASSIGNMENTS):
        await move.connection.execute_query(statement, [account.id])
    await remove_second_factors(move.connection, account.id)
    await end_access(move)
    contacts = await move.connection.execute_query_dict(SELECT_CONTACTS, [account.id])
    await move.cascade("contact", "erase", [row["id"] for row in contacts])
    account.name, account.email, account.roles = name, "", []
    account.password_hash = account.pending_email = account.previous_email = account.email_change_ends_at = None
    account.approval_limit_cents = account.invitation_ends_at = None
