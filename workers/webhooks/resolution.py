"""Resolution of an endpoint's host to addresses that may be connected to."""

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import ip_address

from domain.webhooks.addresses import is_public


class UnknownHost(Exception):
    """The host has no address."""


class PrivateAddress(Exception):
    """The host has an address that is none of the public internet."""


async def resolve(host: str, port: int, *, allow_loopback: bool) -> Sequence[str]:
    """The addresses of a host, which connections use as they are, so that a second look-up changes nothing.

    Raises `PrivateAddress` when any of them is not public; this machine is let pass with `allow_loopback`.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnknownHost(host) from error
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    for text in addresses:
        address = ip_address(text.partition("%")[0])
        if not (is_public(address) or (allow_loopback and address.is_loopback)):
            raise PrivateAddress(text)
    return addresses
