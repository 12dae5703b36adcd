"""Requests to the pages that no form or link of theirs produces."""

from typing import Any

import pytest

from domain.orders.model import Order
from tests.makers.accounts import a_member_account, an_account
from tests.makers.parties import a_member
from tests.support.account_client import Target

DRAFT = {
    "project": "Projekt",
    "plannedInvoices-0-text": "Arbeit",
    "plannedInvoices-0-unitPrice": "500.00",
    "plannedInvoices-0-invoiceOn": "2035-01-31",
}


@pytest.mark.parametrize("query", ["after=x", "before=%00", "after=W10%3D", f"after={'x' * 9000}"])
async def test_a_made_up_cursor_is_refused(target: Target, query: str) -> None:
    account = await a_member_account(await a_member())

    response = await target.get(f"/orders?{query}", account)

    assert response.status_code == 400


@pytest.mark.parametrize("price", ["NaN", "sNaN", "-Infinity", "1e400", "1e-400", "9" * 21, "0." + "1" * 40])
async def test_what_is_no_amount_is_told_beside_its_field(target: Target, price: str) -> None:
    account = await a_member_account(await a_member())

    response = await target.post("/orders/new", account, DRAFT | {"plannedInvoices-0-unitPrice": price})

    assert response.status_code == 422
    assert "plannedInvoices-0-unitPrice" in response.text
    assert not await Order.exists()


@pytest.mark.parametrize("due", ["0001-01-01T00:00", "9999-12-31T23:59-23:00", "2026-W10-1T25"])
async def test_what_is_no_time_is_told_beside_its_field(target: Target, due: str) -> None:
    account = await a_member_account(await a_member())

    response = await target.post("/orders/new", account, DRAFT | {"deliveryDueAt": due})

    assert response.status_code == 422


@pytest.mark.parametrize(
    "changed",
    [{"completionRule": "NOPE"}, {"reviewUnit": "\U0001f600"}, {"plannedInvoices-0-vatCategory": "x"}],
    ids=str,
)
async def test_a_choice_no_list_offers_is_refused(target: Target, changed: dict[str, Any]) -> None:
    account = await a_member_account(await a_member())

    response = await target.post("/orders/new", account, DRAFT | changed)

    assert response.status_code == 400
    assert not await Order.exists()


@pytest.mark.parametrize("path", ["/setup/templates/new", "/setup/pipelines/new", "/bulk/new", "/board/move"])
async def test_a_file_where_texts_belong_is_refused(target: Target, path: str) -> None:
    names = ("color", "name", "nameDe", "labelDe", "do", "order", "stage")

    response = await target.upload(path, await an_account(), dict.fromkeys(names, ("a.txt", b"hello")))

    assert response.status_code == 400


@pytest.mark.parametrize("authorization", ["Basic bm9ib2R5OmtleQ==", "Bearer nonsense", "Link nonsense", ""])
async def test_a_form_of_another_site_is_refused_whatever_header_it_sends(target: Target, authorization: str) -> None:
    account = await a_member_account(await a_member())

    response = await target.post(
        "/password", account, {"new": "x"}, origin="https://evil.example", authorization=authorization
    )

    assert response.status_code == 403


@pytest.mark.parametrize("authorization", ["Basic bm9ib2R5OmtleQ==", "Bearer nonsense"])
async def test_the_cookie_does_not_count_beside_an_authorization(target: Target, authorization: str) -> None:
    account = await an_account()
    cookie = (await target.get("/", account)).request.headers["cookie"]

    response = await target.client.post(
        "/graphql", json={"query": "{ now }"}, headers={"cookie": cookie, "authorization": authorization}
    )

    assert response.status_code == 401
