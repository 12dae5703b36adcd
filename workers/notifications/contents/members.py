"""Contents of messages about a member."""

from workers.notifications.contents.message import Data, MessageContents, MessageContext, value_at

MEMBERSHIP_PAGE = "/membership"


def member_contents(member: Data, context: MessageContext) -> MessageContents:
    """Return the contents of a message about a membership, for the member or the operator.

    Bank accounts do not stand in mails.
    """
    events = value_at(member, "events", "nodes") or []
    event: Data = next((each for each in events if each["id"] == context.event_id), {})
    number = f"{member['number']:05}"
    placeholders: dict[str, object] = {
        "number": number,
        "title": f"{member['name']} ({number})",
        "note": event.get("note"),
    }
    path = MEMBERSHIP_PAGE if context.audience == "member" else f"/members/{member['id']}"
    return MessageContents(placeholders=placeholders, facts=(), path=path)
