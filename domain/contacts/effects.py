"""Effects of the moves of contacts."""

from domain.access.mailed_links import END_OF_CONTACT
from domain.engine.transition import TransitionContext
from domain.kernel.amendments import given_values

SELECT_SUCCESSOR = """SELECT k.id FROM contacts k JOIN customers c ON c.id = k.customer_id
    WHERE k.customer_id = $1 AND k.id <> $2 AND k.status = 'KNOWN'
    ORDER BY k.id = c.default_contact_id DESC NULLS LAST, k.id LIMIT 1"""


def amend(move: TransitionContext) -> None:
    """Change the given facts; the event names them."""
    values = {name: value.strip() for name, value in given_values(move.input).items()}
    changed = sorted(name for name, value in values.items() if getattr(move.row, name) != value)
    move.event_body |= {"changed": changed, "email_changed": "email" in changed}
    for name, value in values.items():
        setattr(move.row, name, value)


async def remove(move: TransitionContext) -> None:
    """The person loses every way in: the account no longer speaks for the customer, and mailed links are void.

    Another contact takes their place, the default one first.
    """
    move.row.account_id = None
    await move.connection.execute_query(END_OF_CONTACT, [move.row.id])
    values = [move.row.customer_id, move.row.id]
    (successor,) = await move.connection.execute_query_dict(SELECT_SUCCESSOR, values)
    move.event_body["successor_id"] = str(successor["id"])


def store_mail_choice(move: TransitionContext) -> None:
    move.event_body |= {"from": move.row.status_mails, "to": move.input.status_mails}
    move.row.status_mails = move.input.status_mails
