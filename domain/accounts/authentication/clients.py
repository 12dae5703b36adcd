"""The client of a session as its owner recognises it: a short name of browser and system, and a shortened network."""

import ipaddress
from dataclasses import dataclass

# The first that occurs in the user agent; browsers name the ones they descend from after themselves.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
MAX_DEVICE_LENGTH = 80
IPV6_PREFIX = 48


@dataclass(frozen=True)
class Client:
    """Device and network as they are stored: enough to recognise them, too little to follow a person."""

    device: str = ""
    network: str = ""


UNKNOWN_CLIENT = Client()


def describe_client(user_agent: str, address: str) -> Client:
    """The client of a request; `address` is an IP address or an IPv6 network."""
    return Client(device=describe_device(user_agent), network=shorten_address(address))


def describe_device(user_agent: str) -> str:
    """`Firefox · Linux`; the first word of an unknown user agent, and nothing without one."""
    found = [next((name for mark, name in names if mark in user_agent), "") for names in (BROWSERS, SYSTEMS)]
    known = " · ".join(name for name in found if name)
    return known or "".join(filter(str.isprintable, user_agent)).split(" ")[0][:MAX_DEVICE_LENGTH]


def shorten_address(address: str) -> str:
    """`203.0.113.x`, or the first 48 bits of an IPv6 address; nothing for what is no address."""
    try:
        network = ipaddress.ip_network(address, strict=False)
    except ValueError:
        return ""
    if network.version == 4:
        return f"{str(network.network_address).rpartition('.')[0]}.x"
    prefix = ipaddress.ip_network((network.network_address, IPV6_PREFIX), strict=False)
    return f"{prefix.network_address}/{IPV6_PREFIX}"
