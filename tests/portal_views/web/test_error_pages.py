"""Pages for HTTP errors."""

import pytest
from starlette.requests import Request

from portal_views.web.error_pages import error_page
from portal_views.words.catalogue import translate

REQUEST = Request({"type": "http", "path": "/orders", "headers": [], "query_string": b"", "state": {}})


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 500, 503])
def test_an_error_has_its_own_text(status: int) -> None:
    page = error_page(REQUEST, status, "en")

    assert page.status_code == status
    assert translate("en", f"error.{status}.title") in bytes(page.body).decode()


def test_an_error_without_its_own_text_has_the_general_one() -> None:
    page = error_page(REQUEST, 502, "en")

    assert page.status_code == 502
    assert translate("en", "error.500.title") in bytes(page.body).decode()
