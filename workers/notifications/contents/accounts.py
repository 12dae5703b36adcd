"""Contents of messages to an account about itself: invitations, a forgotten password, a change of the address."""

from domain.kernel.actors import Role
from workers.notifications.contents.message import (
    OPERATOR_AUDIENCE,
    Data,
    MessageContents,
    MessageContext,
    parse_instant,
)


def account_contents(account: Data, context: MessageContext) -> MessageContents:
    """Return the contents of a message about an account, to its holder or, as an alarm, to administrators."""
    placeholders: dict[str, object] = {
        "operator": context.operator,
        "title": account["name"],
        "email": account["email"],
        "roles": [Role(role) for role in account["roles"]],
        "invitation_ends_at": parse_instant(account["invitationEndsAt"]),
    }
    page = f"/accounts/{account['id']}" if context.audience == OPERATOR_AUDIENCE else "/"
    return MessageContents(placeholders=placeholders, facts=(), path=page)
