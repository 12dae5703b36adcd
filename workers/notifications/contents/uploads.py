"""Contents of messages about an uploaded file, for its owner."""

from workers.notifications.contents.message import Data, MessageContents, MessageContext, value_at


def upload_contents(file: Data, context: MessageContext) -> MessageContents:
    """Return the contents of a message about a file; it leads to the order that the file was for, if there is one."""
    order_id = value_at(file, "order", "id")
    placeholders: dict[str, object] = {
        "title": file["name"],
        "name": file["name"],
        "virus": file["virusName"],
        "number": value_at(file, "order", "number"),
    }
    path = f"/orders/{order_id}" if order_id else "/"
    return MessageContents(placeholders=placeholders, facts=("number",), path=path)
