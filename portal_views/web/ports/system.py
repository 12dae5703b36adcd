"""Port for the state of the system: what the health page shows and the API implements."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class SystemReport:
    """The state of the parts this process depends on.

    `checks` maps the name of a part to `ok`, `off`, `missing` or `unreachable`. `queued_jobs` is None when there is no
    queue, or it cannot be reached.
    """

    version: str
    checks: Mapping[str, str]
    queued_jobs: int | None


class SystemPort(Protocol):
    """The state of the system, looked at anew with each call."""

    async def report(self) -> SystemReport:
        """The report as of now; a part that does not answer is unreachable and raises nothing."""
        ...
