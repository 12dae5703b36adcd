"""Values read from the ASGI scope, whose header names are lower-case bytes."""

from starlette.types import Scope


def header(scope: Scope, name: bytes) -> str | None:
    """Return the first header of this name, or None. Builds no header object, because every request calls it."""
    for key, value in scope["headers"]:
        if key == name:
            text: str = value.decode("latin-1")
            return text
    return None
