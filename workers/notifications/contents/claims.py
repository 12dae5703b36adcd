"""Contents of messages about a claim, for its member or finance."""

from workers.notifications.contents.message import Data, MessageContents, MessageContext, value_at


def claim_contents(claim: Data, context: MessageContext) -> MessageContents:
    """Return the contents of a message about a claim. Bank accounts do not stand in mails."""
    placeholders: dict[str, object] = {
        "title": claim["purpose"],
        "purpose": claim["purpose"],
        "amount": claim["amount"]["formatted"],
        "member": value_at(claim, "member", "name"),
        "note": claim["decisionReason"],
    }
    facts = ("amount",) if context.audience == "member" else ("member", "amount")
    return MessageContents(placeholders=placeholders, facts=facts, path=f"/claims/{claim['id']}")
