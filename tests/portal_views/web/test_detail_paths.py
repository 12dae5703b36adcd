"""Every row that has a page of its own is found there by its identifier."""

import pytest

from portal_views.page_table import PAGES
from portal_views.web.detail_paths import DETAIL_PATHS, detail_path


@pytest.mark.parametrize("path", DETAIL_PATHS.values())
def test_the_path_leads_to_a_page(path: str) -> None:
    assert f"{path}/{{id}}" in {page.path for page in PAGES}


def test_a_row_that_cannot_be_read_any_more_leads_to_the_first_page() -> None:
    assert detail_path("ord_1") == "/orders/ord_1"
    assert detail_path(None) == "/"
