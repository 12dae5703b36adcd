"""Mail addresses as every mail server takes them."""

import re

LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
DELIVERABLE = re.compile(rf"(?=[^@]{{1,64}}@)(?=.{{3,254}}$){LOCAL}(\.{LOCAL})*@({LABEL}\.)+{LABEL}")


def to_ascii(address: str) -> str | None:
    """The address with its domain in ASCII (`a@müller.example`); nothing when no mail can be sent to it."""
    local, _, domain = address.rpartition("@")
    try:
        plain = domain.encode("idna").decode()
        # The codec changes some letters, ß among them, which would lead to another domain.
        is_same = plain.encode().decode("idna").lower() == domain.lower()
    except UnicodeError:
        return None
    return f"{local}@{plain}" if is_same and DELIVERABLE.fullmatch(f"{local}@{plain}") else None
