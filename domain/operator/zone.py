"""The operator's zone, for pages that show instants and run no document."""

from domain.database.pools import read_sessions

SELECT = "SELECT zone FROM operator_settings"
DEFAULT_ZONE = "Europe/Berlin"


async def read_zone() -> str:
    """The name of the operator's zone; the default one before the settings exist."""
    return await read_sessions().fetchval(SELECT) or DEFAULT_ZONE
