"""E-mail addresses break behind @ and dots, and stay as they are otherwise."""

import pytest

from portal_views.web.template_filters import address_breaks


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ada.erste@werk-ost.example", "ada.<wbr>erste@<wbr>werk-ost.<wbr>example"),
        ("Write to a@b.example. Or call.", "Write to a@<wbr>b.<wbr>example. Or call."),
        ("No address. At all.", "No address. At all."),
        ('<b>"@x.example', "&lt;b&gt;&#34;@<wbr>x.<wbr>example"),
        (None, ""),
    ],
)
def test_addresses_break_at_sensible_places(text: str | None, shown: str) -> None:
    assert address_breaks(text) == shown
