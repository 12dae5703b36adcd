"""Contents of messages about a webhook endpoint, for administrators."""

from workers.notifications.contents.message import Data, MessageContents, MessageContext


def webhook_contents(endpoint: Data, _context: MessageContext) -> MessageContents:
    """Return the contents of a message about an endpoint: what it is called, and its address."""
    url = endpoint["url"]
    placeholders: dict[str, object] = {"title": endpoint["description"] or url, "url": url}
    return MessageContents(placeholders=placeholders, facts=(), path=f"/settings/webhooks/{endpoint['id']}")
