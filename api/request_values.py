"""Headers as a server hands them on: names in small letters, values as bytes."""

from starlette.types import Scope


def header(scope: Scope, name: bytes) -> str | None:
    """The first header of this name, or None. For what is asked of every single request: nothing is built for it."""
    for given, value in scope["headers"]:
        if given == name:
            text: str = value.decode("latin-1")
            return text
    return None
