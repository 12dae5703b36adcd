"""Port for the first setup: what its page needs and the API implements."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from portal_views.web.ports.auth import AuthRefusal


class SetupPort(Protocol):
    """Sets up an installation that has no account yet."""

    async def is_new(self) -> bool: ...

    async def opens(self, token: str) -> bool:
        """Whether this is the token that start-up printed, and there is still no account."""
        ...

    def inputs(self, language: str) -> list[dict[str, Any]]:
        """What the setup takes, described like the inputs of an open action."""
        ...

    async def set_up(self, values: Mapping[str, Any], password: str, language: str) -> Sequence[AuthRefusal]:
        """Set up the installation, or return what is wrong; `field` is the name in the form, as in `details-iban`."""
        ...
