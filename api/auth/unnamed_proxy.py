"""A proxy in front that `WERKSTAND_TRUSTED_PROXIES` does not name: one address that stands for many people."""

import structlog
from starlette.requests import Request

from domain.database.heartbeats import UNNAMED_PROXY, beat
from settings import Settings

log = structlog.get_logger()


class UnnamedProxy:
    """Recognises requests that such a proxy has passed on, and says so once."""

    def __init__(self, settings: Settings) -> None:
        self._is_possible = not settings.trusted_proxies
        self._is_reported = False

    async def sent(self, request: Request) -> bool:
        """Whether a proxy passed this request on that no one has named; a named one is replaced by its client."""
        if not (self._is_possible and "x-forwarded-for" in request.headers):
            return False
        if not self._is_reported:
            self._is_reported = True
            log.warning(
                "a proxy in front is not named, so that everyone shares its address: set WERKSTAND_TRUSTED_PROXIES",
                address=request.client.host if request.client else "unknown",
            )
            await beat(UNNAMED_PROXY)
        return True
