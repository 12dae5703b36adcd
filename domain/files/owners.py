"""The owner of a file: a member, the account of an employee or a customer, or a contact who came by a reply link."""

from uuid import UUID

from domain.kernel.actors import Actor, ActorKind

# Over `{t}`, a file, and `{owner}`, the id of a member, an account or a contact.
IS_OWNED = "({t}.member_id = {owner} OR {t}.account_id = {owner} OR {t}.contact_id = {owner})"


def owner_of(actor: Actor) -> UUID | None:
    """The id that this actor's files belong to; None for the system and other mailed links, which upload nothing."""
    if actor.kind is ActorKind.REPLY_LINK:
        return actor.contact_id
    return actor.member_id or actor.account_id
