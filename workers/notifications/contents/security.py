"""Contents of messages about the security of the reader's own account."""

from workers.notifications.contents.message import Data, MessageContents, MessageContext

SECURITY_AUDIENCE = "account"
FACTS = ("name", "at", "device", "network")


def security_contents(notice: Data, context: MessageContext) -> MessageContents:
    """Return the contents of a message about a change: what was changed, when, and from where."""
    return MessageContents(placeholders=dict(notice), facts=FACTS, path="/security")
