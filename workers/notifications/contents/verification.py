"""Contents of the message that the stored history was changed, for administrators."""

from domain.kernel import i18n
from workers.notifications.contents.message import Data, MessageContents, MessageContext


def verification_contents(result: Data, context: MessageContext) -> MessageContents:
    """Return the contents of a message about a failed verification: when, how many rows, and the first of them."""
    first = result["first"]
    fault = i18n.translate(context.language, f"verification.fault.{first['fault']}")
    place = " ".join(part for part in (first["table"], first["row_id"], first["subject"]) if part)
    placeholders: dict[str, object] = {
        "at": result["at"],
        "broken": i18n.format_value(result["broken"], context.language),
        "row": f"{place}: {fault}",
    }
    return MessageContents(placeholders=placeholders, facts=("at",), path="/health-overview")
