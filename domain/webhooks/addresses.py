"""Addresses that webhooks may be sent to: public ones, and no others."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

IpAddress = IPv4Address | IPv6Address
HTTP, HTTPS = "http", "https"
DEFAULT_PORTS = {HTTP: 80, HTTPS: 443}
LOCAL_NAMES = (".localhost", ".local", ".internal", ".home.arpa")
# Networks that lead to an IPv4 address inside them, which may be a private one.
TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("2002::/16"))


def url_error(url: str, *, in_development: bool) -> str | None:
    """The reason why a URL cannot be one of an endpoint; None when it can, as far as its text tells.

    Plain HTTP and this machine are for development only.
    """
    parts = split_url(url)
    if parts is None:
        return "webhook_url_malformed"
    if parts.scheme != HTTPS and not in_development:
        return "webhook_url_not_https"
    host = str(parts.hostname).rstrip(".").lower()
    address = _literal(host)
    is_loopback = host == "localhost" or (address is not None and address.is_loopback)
    if is_loopback:
        return None if in_development else "webhook_url_private"
    is_private = host.endswith(LOCAL_NAMES) or (address is not None and not is_public(address))
    return "webhook_url_private" if is_private else None


def split_url(url: str) -> SplitResult | None:
    """The parts of an absolute URL of HTTP without user, password and fragment; None when it is another one."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in DEFAULT_PORTS and parts.hostname and parts.port != 0 and url.isascii()
    except ValueError:
        return None
    if not usable or "@" in parts.netloc or parts.fragment or any(sign <= " " for sign in url):
        return None
    return parts


def is_public(address: IpAddress) -> bool:
    """Whether an address belongs to a machine of the public internet."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address.teredo or any(address in network for network in TRANSLATED):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _literal(host: str) -> IpAddress | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
