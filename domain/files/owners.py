"""The owner of a file: the member whose account uploads it, or the account of an employee or a customer."""

from uuid import UUID

from domain.kernel.actors import Actor

# Over `{t}`, a file, and `{owner}`, the id of a member or an account.
IS_OWNED = "({t}.member_id = {owner} OR {t}.account_id = {owner})"


def owner_of(actor: Actor) -> UUID | None:
    """The id that this actor's files belong to; None for mailed links and the system, which make no uploads."""
    return actor.member_id or actor.account_id
