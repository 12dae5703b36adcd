"""The open connections of each address, so that no address takes all of them."""

from collections import Counter
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

EVERYWHERE = "*"


class ConnectionCounter:
    """Counts connections by address; those of trusted proxies stand for many people and are not counted.

    `limit` is how many one address may hold, 0 for any number.
    """

    def __init__(self, limit: int, trusted_proxies: str) -> None:
        self._limit = limit
        names = [each.strip() for each in trusted_proxies.split(",") if each.strip()]
        self._trusts_all = EVERYWHERE in names
        self._trusted = list(_networks(names))
        self._open: Counter[str] = Counter()

    def enter(self, address: str | None) -> bool:
        """Count one more connection; false when the address holds too many, and then it is not counted."""
        if not self._is_counted(address):
            return True
        assert address is not None
        if self._open[address] >= self._limit:
            return False
        self._open[address] += 1
        return True

    def leave(self, address: str | None) -> None:
        """Count one less, of a connection that entered."""
        if address is not None and self._open[address] > 0:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]

    def _is_counted(self, address: str | None) -> bool:
        if address is None or not self._limit or self._trusts_all:
            return False
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return not any(found in network for network in self._trusted)


def _networks(names: Iterable[str]) -> Iterable[IPv4Network | IPv6Network]:
    for name in names:
        try:
            yield ip_network(name, strict=False)
        except ValueError:
            continue  # A name that uvicorn compares as text: such a peer is no address.
