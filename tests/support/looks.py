"""The two looks in which a page is judged: `make test` takes the first, the thorough tests the other."""

import pytest

from tests.support.portal_browser import DESKTOP, PHONE

ON_DESKTOP, ON_PHONE = (DESKTOP, "light"), (PHONE, "dark")


def _looks(*looks: object) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("size", "colors"), looks)


DESKTOP_FIRST = _looks(
    pytest.param(*ON_DESKTOP, id="desktop"), pytest.param(*ON_PHONE, id="phone", marks=pytest.mark.thorough)
)
PHONE_FIRST = _looks(
    pytest.param(*ON_PHONE, id="phone"), pytest.param(*ON_DESKTOP, id="desktop", marks=pytest.mark.thorough)
)
