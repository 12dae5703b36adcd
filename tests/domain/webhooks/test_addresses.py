"""Addresses that webhooks may go to, by their text and by what a name leads to."""

from ipaddress import ip_address

import pytest

from domain.webhooks.addresses import is_public, url_error
from workers.webhooks.resolution import PrivateAddress, UnknownHost, resolve

PRIVATE = (
    "10.0.0.1 172.16.0.1 192.168.1.1 127.0.0.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 "
    "::1 :: fe80::1 fc00::1 ::ffff:10.0.0.1 64:ff9b::a00:1 2002:a00:1:: ff02::1"
)


@pytest.mark.parametrize("text", PRIVATE.split())
def test_private_addresses_are_known_in_every_notation(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", ["93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_of_the_internet_are_public(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://example.com/hooks?shop=1", None),
        ("https://example.com:8443/hooks", None),
        ("http://example.com/hooks", "webhook_url_not_https"),
        ("https://10.0.0.1/hooks", "webhook_url_private"),
        ("https://[::1]/hooks", "webhook_url_private"),
        ("https://localhost/hooks", "webhook_url_private"),
        ("https://printer.local/hooks", "webhook_url_private"),
        ("ftp://example.com", "webhook_url_malformed"),
        ("https://user:word@example.com", "webhook_url_malformed"),
        ("https://example.com/#part", "webhook_url_malformed"),
        ("https://exa mple.com", "webhook_url_malformed"),
        ("https://example.com:99999/", "webhook_url_malformed"),
        ("example.com/hooks", "webhook_url_malformed"),
    ],
)
def test_in_production_an_endpoint_is_public_and_encrypted(url: str, reason: str | None) -> None:
    assert url_error(url, in_development=False) == reason


@pytest.mark.parametrize("url", ["http://127.0.0.1:9000/hooks", "http://localhost:9000", "http://example.com"])
def test_in_development_a_receiver_may_run_on_this_machine(url: str) -> None:
    assert url_error(url, in_development=True) is None


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "::1"])
async def test_what_a_name_leads_to_decides(host: str) -> None:
    with pytest.raises((PrivateAddress, UnknownHost)):
        await resolve(host, 443, allow_loopback=False)


async def test_only_this_machine_is_let_pass_in_development() -> None:
    assert await resolve("127.0.0.1", 443, allow_loopback=True) == ["127.0.0.1"]
    with pytest.raises(PrivateAddress):
        await resolve("10.0.0.1", 443, allow_loopback=True)
